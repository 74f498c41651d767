#include <mutex>

#include "notify/api.h"
#include "notify/model.h"
#include "notify/sms.h"

namespace tongban::notify {

namespace {
constexpr std::string_view message_place = "notify_message.sealed";
constexpr std::string_view templates_file = "notify/templates.json";
constexpr std::string_view receipts_job = "notify.receipts", erase_job = "notify.erase_sms";
using Templates = std::map<std::string, Template, std::less<>>;

Template template_of(api::PackTemplate const& from) {
    return {{from.zh.title, from.zh.text}, {from.en.title, from.en.text}, from.sms.value_or("")};
}

Error wrong(std::string const& what) {
    return {ErrorKind::invalid, "pack_file_is_wrong", std::string(templates_file) + "：" + what};
}

Result<api::PackTemplates> read_templates(std::string_view text) {
    auto file = api::read_pack_templates(text);
    if (!file.ok()) {
        auto what = file.error().code;
        for (auto const& field : file.error().fields) what += " " + field.path + " " + field.code;
        return wrong(what);
    }
    for (auto const& each : file->templates) {
        auto made = template_of(each);
        for (auto const& words : {made.zh, made.en})
            for (auto const& name : unknown_placeholders(words))
                return wrong(each.kind + " 用了没有的值 {" + name + "}");
        for (auto const& name : forbidden_in_sms(made.sms))
            return wrong(each.kind + " 的短信里不能有 {" + name + "}：短信会被别人看到");
    }
    return file;
}
}  // namespace

struct Notify::State {
    State(store::Store& store, Clock const& clock, std::optional<SmsLine> line)
        : store_(store), clock_(clock), sms_(store, clock, std::move(line)) {}

    Result<void> load();
    Result<api::Messages> messages(PersonId const& person, Language language) const;
    Result<void> mark_read(PersonId const& person, std::string const& id) const;
    [[nodiscard]] std::shared_ptr<Templates const> templates() const {
        std::scoped_lock lock(mutex_);
        return templates_;
    }

    store::Store& store_;
    Clock const& clock_;
    Sms sms_;
    mutable std::mutex mutex_;
    std::shared_ptr<Templates const> templates_ = std::make_shared<Templates>();
};

Result<void> Notify::State::load() {
    auto reader = TRY(store_.reader());
    auto rows = TRY(reader->rows(sql::templates));
    auto loaded = std::make_shared<Templates>();
    for (auto const& row : rows) {
        auto value = TRY(read_json(row.text("words")));
        auto words = TRY(api::read_pack_template_value(value));
        loaded->emplace(row.text("kind"), template_of(words));
    }
    TRY(sms_.load(*reader));
    std::scoped_lock lock(mutex_);
    templates_ = std::move(loaded);
    return {};
}

Result<api::Messages> Notify::State::messages(PersonId const& person, Language language) const {
    auto reader = TRY(store_.reader(store::Snapshot::none));
    reader->foresee(sql::messages_of, person);
    auto counted = TRY(reader->rows(sql::count_unread, person));
    auto rows = TRY(reader->rows(sql::messages_of, person));
    api::Messages out;
    out.unread = counted[0].integer("unread");
    for (auto const& row : rows) {
        auto opened = TRY(store_.sealer().open_sealed(message_place, row.text("id"), row.bytes("sealed")));
        auto value = TRY(read_json(opened));
        auto const& words = value.at(language == Language::en ? "en" : "zh");
        api::Message message;
        message.id = row.text("id");
        message.at = to_text(row.instant("sent_at"));
        message.title = std::string(words.at("title").as_string());
        message.text = std::string(words.at("text").as_string());
        if (auto link = row.text("link"); !link.empty()) message.link = link;
        message.read = !row.is_null("read_at");
        out.messages.push_back(std::move(message));
    }
    return out;
}

Result<void> Notify::State::mark_read(PersonId const& person, std::string const& id) const {
    auto tx = TRY(store_.begin());
    tx->write_expecting(1, {ErrorKind::not_found, "message_is_unknown", "没有找到这条消息。"}, sql::mark_read,
                        person, id, clock_.now());
    return tx->commit();
}

Notify::Notify(store::Store& store, Clock const& clock, std::optional<SmsLine> line)
    : state_(std::make_unique<State>(store, clock, std::move(line))) {
    store.memories().add("notify", [this]() -> Result<void> { return state_->load(); });
}
Notify::~Notify() = default;

void Notify::routes(http::Routes& routes) {
    auto& state = *state_;
    http::Permission const permission{"notify.read"};
    routes.get("/api/notify/messages", permission,
               [&state](http::Request const& request) -> Result<http::Reply> {
                   auto language = request.asked("lang") == "en" ? Language::en : Language::zh;
                   auto messages = TRY(state.messages(request.actor.person, language));
                   return http::ok(api::write(messages));
               });
    routes.post("/api/notify/messages/{id}/reading", permission,
                [&state](http::Request const& request) -> Result<http::Reply> {
                    TRY(state.mark_read(request.actor.person, request.param("id")));
                    return http::no_content();
                });
    routes.grant(permission, {"resident"});
    http::Permission const watch{"notify.watch"};
    routes.get("/api/notify/sms", watch, [&state](http::Request const& request) -> Result<http::Reply> {
        return http::ok(
            api::write(TRY(state.sms_.list(request.asked("after").value_or(""), request.language()))));
    });
    routes.grant(watch, {"supervisor", "operator"});
    http::RouteOptions from_machines;
    from_machines.body_limit = 4096;
    from_machines.csrf = false;  // the signature proves who sends it; there is no session
    routes.post(
        "/api/notify/sms/receipts", http::Permission::anyone(),
        [&state](http::Request const& request) -> Result<http::Reply> {
            TRY(state.sms_.take_receipt(request));
            return http::no_content();
        },
        from_machines);
}

void Notify::consumers(store::Consumers& consumers) {
    auto& sms = state_->sms_;
    consumers.add_slow("notify.hand_over", {"notify.sms_waiting"},
                       [&sms](store::Event const& event, Instant) -> Result<void> {
                           return sms.hand_over(std::string(event.body.at("sms").as_string()));
                       });
    consumers.add_slow("notify.ask_receipts", {"notify.receipts_due"},
                       [&sms](store::Event const&, Instant) -> Result<void> { return sms.ask_receipts(); });
}

void Notify::jobs(store::Jobs& jobs) {
    auto& state = *state_;
    using Body = json::object;
    jobs.add(std::string(receipts_job),
             [&state](store::Tx& tx, std::string const&, Body const&, Instant) -> Result<void> {
                 TRY(state.sms_.receipts_due(tx));
                 tx.plan(receipts_job, "", state.clock_.now() + std::chrono::minutes{1});
                 return {};
             });
    jobs.add(std::string(erase_job),
             [&state](store::Tx& tx, std::string const&, Body const&, Instant) -> Result<void> {
                 state.sms_.erase_old(tx);
                 tx.plan(erase_job, "", state.clock_.now() + std::chrono::days{1});
                 return {};
             });
}

Result<void> Notify::import(Pack const& pack) {
    auto text = TRY(pack.read(templates_file));
    auto file = TRY(read_templates(text));
    auto tx = TRY(state_->store_.begin());
    for (auto const& each : file.templates) tx->write(sql::save_template, each.kind, api::write(each));
    tx->audit({Actor::system("import").text(),
               "notify.import",
               "templates",
               {{"templates", file.templates.size()}}});
    tx->outdate("notify");
    TRY(tx->commit());
    TRY(state_->sms_.import(pack));
    return state_->load();
}

Result<void> Notify::start() {
    TRY(state_->load());
    auto tx = TRY(state_->store_.begin());
    tx->plan(receipts_job, "", state_->clock_.now() + std::chrono::minutes{1});
    tx->plan(erase_job, "", state_->clock_.now() + std::chrono::days{1});
    return tx->commit();
}

Result<std::string> Notify::send_code(store::Tx& tx, Code const& code) {
    return state_->sms_.send_code(tx, code);
}

Result<SmsState> Notify::sms_state(store::Reader& reader, std::string_view id) const {
    return state_->sms_.state(reader, id);
}

Result<SmsStanding> Notify::sms_standing(store::Reader& reader) const {
    return state_->sms_.standing(reader);
}

void Notify::send(store::Tx& tx, Message const& message) {
    auto const templates = state_->templates();
    auto found = templates->find(message.kind);
    if (found == templates->end()) {
        log(LogLevel::error, "message_has_no_template", {{"kind", message.kind}});
        return;
    }
    auto now = state_->clock_.now();
    auto values_en = message.values;
    for (auto const& [name, value] : message.values_en) values_en[name] = value;
    auto zh = write_out(found->second.zh, message.values, Language::zh, beijing_day(now));
    auto en = write_out(found->second.en, values_en, Language::en, beijing_day(now));
    json::object words{{"zh", {{"title", zh.title}, {"text", zh.text}}},
                       {"en", {{"title", en.title}, {"text", en.text}}}};
    auto id = make_id(now);
    tx.write(sql::add_message, message.to, id, message.key, message.kind, message.link,
             state_->store_.sealer().seal(message_place, id, to_text(words)), now);
    state_->sms_.send(tx, message, found->second.sms);
}

}  // namespace tongban::notify
