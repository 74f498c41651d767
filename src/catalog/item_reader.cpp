#include "catalog/item_reader.h"

#include <algorithm>
#include <set>

#include "catalog/api.h"
#include "catalog/english.h"
#include "catalog/item_data.h"

namespace tongban::catalog {

namespace {
Json without_schema(Json value) {
    if (value.is_object()) value.get_object().erase("$schema");
    return value;
}

rules::Type type_of(forms::FieldKind kind) {
    using forms::FieldKind;
    switch (kind) {
        case FieldKind::number:
        case FieldKind::money:
            return rules::Type::number;
        case FieldKind::date:
            return rules::Type::date;
        case FieldKind::boolean:
            return rules::Type::boolean;
        case FieldKind::multi_choice:
        case FieldKind::group:
            return rules::Type::list;
        default:
            return rules::Type::string;
    }
}

api::Limit shown(Limit limit) {
    static constexpr api::LimitUnit units[] = {api::LimitUnit::working_day, api::LimitUnit::natural_day,
                                               api::LimitUnit::hour, api::LimitUnit::month};
    return {limit.value, units[static_cast<std::size_t>(limit.unit)], limit_text(limit)};
}

api::Text shown(Text const& text) {
    api::Text out{text.key, text.title, text.version, text.paragraphs, {}, text.hash};
    if (!text.agree_label.empty()) out.agree_label = text.agree_label;
    return out;
}

std::optional<std::string> maybe(std::string text) {
    if (text.empty()) return std::nullopt;
    return text;
}

constexpr std::pair<Way, std::string_view> way_words[] = {{Way::waived, "waived"},
                                                          {Way::licence, "licence"},
                                                          {Way::promise, "promise"},
                                                          {Way::upload, "upload"},
                                                          {Way::window, "window"}};

std::optional<Way> read_way(std::string_view word) {
    for (auto const& [way, name] : way_words)
        if (name == word) return way;
    return std::nullopt;
}

bool offers(Material const& material, Way way) {
    return std::find(material.ways.begin(), material.ways.end(), way) != material.ways.end();
}

/// Reads one item; the pieces of the API's guide and application grow beside it.
class Reader {
public:
    Reader(Content const& content, std::string const& place, org::Troubles& troubles)
        : item_(content.item, place + "/item.json#", troubles),
          guide_(content.guide, place + "/guide.json#", troubles),
          texts_(content.texts, place + "/texts.json#", troubles),
          data_(item_, content.resources, out_.item),
          content_(content),
          place_(place),
          troubles_(troubles) {}

    Parsed run() {
        read_names();
        read_limits();
        read_texts();
        data_.declare();
        read_form();
        data_.read(conditions_);
        data_.check_consent(texts_, data_consent_);
        read_materials();
        read_review();
        data_.read_special_steps();
        read_handing_over();
        read_face();
        read_guide();
        check_english(content_, place_, troubles_);
        finish();
        return std::move(out_);
    }

private:
    Limit limit_or(std::string_view key, Limit usual) {
        auto node = item_.maybe(key);
        return node ? read_limit(*node) : usual;
    }

    void read_names() {
        item_.only({"code",         "name",           "summary",
                    "x-en",         "synonyms",       "audience",
                    "kind",         "level",          "proof_kind",
                    "theme",        "frequent",       "promise",
                    "statutory",    "statutory_text", "acceptance",
                    "correction",   "visits",         "visits_text",
                    "fee_text",     "minutes",        "real_name_level",
                    "type",         "result_name",    "result_text",
                    "collection",   "flow",           "materials",
                    "phrases",      "bases",          "right_bodies",
                    "remedies",     "licence_type",   "licence_face",
                    "department",   "applicant",      "data",
                    "data_consent", "instant",        "special_steps",
                    "card",         "bring_within",   "extension_days_max"});
        auto& item = out_.item;
        auto& card = out_.card;
        item.code = ItemId{item_.text("code", 12)};
        bool digits = item.code.text.size() == 12 &&
                      item.code.text.find_first_not_of("0123456789") == std::string::npos;
        if (!item.code.empty() && !digits)
            item_.wrong("code", "item_code_is_malformed", "基本编码是 12 位数字。");
        if (digits && item.code != content_.code)
            item_.wrong("code", "item_code_differs_from_folder", "编码和文件夹的名称不一样。");
        card.code = item.code;
        card.name = item.name = item_.text("name", 60);
        card.summary = item.summary = item_.text("summary", 120);
        read_english(item_, item, card);
        out_.synonyms = item_.texts_or_none("synonyms", 40);
        card.audience = read_audience(item_.one_of("audience", {"person", "organisation", "both"}))
                            .value_or(Audience::both);
        card.level = item.level =
            org::read_level(item_.one_of("level", {"province", "city", "county", "town", "village"}))
                .value_or(org::Level::town);
        card.department = item.department = item_.text_or("department", "", 40);
        if (item_.has("applicant") && item_.one_of("applicant", {"person", "organisation"}) == "organisation")
            item.applicant = Applicant::organisation;
        item.type = read_type(item_);
        out_.proof_kind = item_.text_or("proof_kind", "", 40);
        card.theme = item_.text("theme", 40);
        card.frequent = static_cast<int>(item_.number_or("frequent", 0, 1, 99));
    }

    void read_limits() {
        auto& item = out_.item;
        if (item_.has("promise"))
            item.promise = read_limit(item_.object("promise"));
        else
            item_.wrong("promise", "pack_value_is_missing", "缺少 promise。");
        if (auto node = item_.maybe("statutory")) item.statutory = read_limit(*node);
        item.acceptance = limit_or("acceptance", item.acceptance);
        item.correction = limit_or("correction", item.correction);
        item.extension_days_max =
            static_cast<int>(item_.number_or("extension_days_max", item.extension_days_max, 1, 60));
        if (item.statutory && item.statutory->unit == item.promise.unit &&
            item.statutory->value < item.promise.value)
            item_.wrong("promise", "promise_is_longer_than_statutory", "承诺时限不能长于法定时限。");
        item.real_name_level = static_cast<int>(item_.number_or("real_name_level", 2, 0, 3));
        instant_ = item_.one_of("kind", {"instant", "promised"}) == "instant";
        out_.card.time_text = instant_ ? "当场办完" : limit_text(item.promise) + "办完";
        out_.card.time_text_en =
            instant_ ? "Done on the spot" : "Done in " + limit_text_in_english(item.promise);
        out_.card.visits = static_cast<int>(item_.number("visits", 0, 9));
        out_.card.fee_text = item_.text("fee_text", 40);
    }

    Text read_text(org::PackNode const& node, std::string key) {
        node.only({"version", "title", "paragraphs", "agree_label", "x-en"});
        Text text;
        text.key = std::move(key);
        text.version = node.text("version", 32);
        text.title = node.text("title", 60);
        text.agree_label = node.text_or("agree_label", "", 60);
        text.paragraphs = node.texts("paragraphs", 500);
        json::array paragraphs;
        for (auto const& one : text.paragraphs) paragraphs.emplace_back(one);
        json::object said;
        said["title"] = text.title;
        said["paragraphs"] = std::move(paragraphs);
        text.hash = sha256_hex(canonical_text(said));
        text.en = english_of(node);
        return text;
    }

    void read_texts() {
        texts_.only({"notice", "declaration", "promises", "data_consent"});
        out_.item.notice = read_text(texts_.object("notice"), "notice");
        out_.item.declaration = read_text(texts_.object("declaration"), "declaration");
        if (auto consent = texts_.maybe("data_consent")) data_consent_ = read_text(*consent, "data_consent");
        auto promises = texts_.maybe("promises");
        if (!promises) return;
        for (auto const& pair : promises->members()) {
            std::string key(pair.key().data(), pair.key().size());
            promises_.emplace(key, read_text(promises->object(key), key));
        }
    }

    void read_form() {
        auto supplied = supplied_to(out_.item);
        auto form = forms::read_form(content_.form, supplied);
        if (!form.ok()) {
            troubles_.add(place_ + "/form.json#", form.error());
            return;
        }
        out_.item.form = std::move(*form);
        conditions_.use(out_.item.form, names_of(out_.item.form, supplied));
    }

    void read_ways(org::PackNode const& node, Material& material) {
        for (auto const& word : node.texts("ways", 20)) {
            auto way = read_way(word);
            if (!way)
                node.wrong("ways", "way_is_unknown", "没有这种提交方式：" + word + "。");
            else if (offers(material, *way))
                node.wrong("ways", "pack_names_it_twice", word + " 重复。");
            else
                material.ways.push_back(*way);
        }
        bool waived = offers(material, Way::waived), conditional = node.has("waive_when");
        if (conditional)
            material.waive_when = conditions_.read(node, "waive_when", Conditions::Wanted::shown_condition);
        if (waived && !conditional && material.ways.size() > 1)
            node.wrong("ways", "waived_stands_alone",
                       "免交的材料没有别的提交方式；有条件才免的写 waive_when。");
        if (conditional && (!waived || material.ways.size() < 2 || material.ways.front() != Way::waived))
            node.wrong("ways", "waiver_may_fail_without_another_way",
                       "有条件才免的，先写 waived，后面还要有别的提交方式：数据查不到时不能让人办不了。");
        if (waived == material.waived_because.empty())
            node.wrong("waived_because", "waiver_needs_its_reason", "免交要写理由，只有免交才写。");
        if (!conditional && node.has("not_waived_because"))
            node.wrong("not_waived_because", "waiver_needs_its_reason",
                       "只有写了 waive_when 才写不能免的理由。");
        if (offers(material, Way::promise) != node.has("promise"))
            node.wrong("promise", "promise_needs_its_text", "承诺要指明承诺书，只有承诺才写。");
        if (offers(material, Way::licence) == material.licence_type.empty())
            node.wrong("licence_type", "licence_way_needs_its_type",
                       "用证照代替要写明证照类型，只有这时才写。");
    }

    void read_promise(org::PackNode const& node, Material& material) {
        if (!node.has("promise")) return;
        auto key = node.text("promise", 64);
        auto found = promises_.find(key);
        if (found != promises_.end()) {
            material.promise = found->second;
            promised_.insert(key);
        } else if (!key.empty()) {
            node.wrong("promise", "text_is_unknown", "texts.json 的 promises 里没有 " + key + "。");
        }
    }

    Material read_material(org::PackNode const& node) {
        node.only({"key", "name", "note", "basis", "waived_because", "not_waived_because", "waive_when",
                   "licence_type", "copies", "required", "ways", "when", "promise", "files_max", "accept",
                   "size_max_mb", "remedies", "x-en"});
        Material material;
        material.key = node.text("key", 64);
        material.name = node.text("name", 60);
        material.note = node.text("note", 200);
        material.basis = node.text_or("basis", "", 200);
        material.waived_because = node.text_or("waived_because", "", 200);
        material.not_waived_because = node.text_or("not_waived_because", "", 200);
        material.licence_type = node.text_or("licence_type", "", 64);
        material.copies = node.text_or("copies", "", 60);
        if (auto english = node.maybe("x-en")) {
            english->only({"name", "note", "copies", "waived_because", "not_waived_because"});
            (void)english->text_or("copies", "", 120);
            material.en = {english->text("name", 120), english->text("note", 400),
                           english->text_or("waived_because", "", 400),
                           english->text_or("not_waived_because", "", 400)};
        }
        material.required = node.flag_or_yes("required");
        material.files_max = static_cast<int>(node.number_or("files_max", 5, 1, 10));
        material.size_max = node.number_or("size_max_mb", 10, 1, 20) * 1024 * 1024;
        material.accept =
            node.has("accept") ? node.texts("accept", 8) : std::vector<std::string>{"pdf", "jpeg", "png"};
        for (auto const& kind : material.accept)
            if (kind != "pdf" && kind != "jpeg" && kind != "png")
                node.wrong("accept", "file_kind_is_unknown", "只收 pdf、jpeg、png。");
        material.remedies = node.texts_or_none("remedies", 200);
        read_ways(node, material);
        read_promise(node, material);
        if (node.has("when"))
            material.when = conditions_.read(node, "when", Conditions::Wanted::shown_condition);
        if (contains_catch_all(material.name))
            node.wrong("name", "material_is_a_catch_all", "不能用“其他材料”“有关材料”兜底，要写明是什么。");
        return material;
    }

    /// 国务院令第722号 and its local rules: nothing beyond the guide, no open-ended papers.
    static bool contains_catch_all(std::string const& name) {
        for (auto const* word : {"其他材料", "其它材料", "有关材料", "相关材料", "等材料"})
            if (name.find(word) != std::string::npos) return true;
        return false;
    }

    void read_materials() {
        std::set<std::string> keys;
        for (auto const& node : item_.list_or_none("materials")) {
            auto material = read_material(node);
            if (!keys.insert(material.key).second)
                node.wrong("key", "pack_names_it_twice", "材料 " + material.key + " 重复。");
            out_.item.materials.push_back(std::move(material));
        }
        for (auto const& [key, text] : promises_)
            if (!promised_.contains(key))
                texts_.troubles().add(texts_.place("promises") + "/" + key, "text_is_not_used",
                                      "没有材料用这份承诺书。");
    }

    void read_review() {
        auto& item = out_.item;
        item.flow = item_.texts("flow", 60);
        for (auto const& step : item.flow) {
            auto colon = step.find(':');
            if (colon == std::string::npos || colon == 0 || colon + 1 == step.size())
                item_.wrong("flow", "flow_step_is_malformed", "每一步写成 角色:名称，例如 reviewer:审核。");
        }
        item.collection = item_.texts("collection", 20);
        for (auto const& way : item.collection)
            if (way != "electronic" && way != "window" && way != "courier")
                item_.wrong("collection", "collection_is_unknown",
                            "领取方式只有 electronic、window、courier。");
        item.phrases = item_.texts("phrases", 200);
        item.bases = item_.texts("bases", 200);
        item.right_bodies = item_.texts_or_none("right_bodies", 80);
        item.remedies = item_.text("remedies", 500);
        for (auto const* slot : {"{body}", "{court}"})
            if (item.remedies.find(slot) == std::string::npos)
                item_.wrong("remedies", "remedies_name_no_body_or_court",
                            std::string("救济途径里要有 ") + slot + "。");
        item.result_name = item_.text("result_name", 60);
        item.licence_type = item_.text("licence_type", 64);
    }

    /// How papers come in afterwards and a card goes out.
    void read_handing_over() {
        auto& item = out_.item;
        if (auto node = item_.maybe("bring_within")) item.bring_within = read_limit(*node);
        bool brought = std::any_of(item.materials.begin(), item.materials.end(),
                                   [](Material const& one) { return offers(one, Way::window); });
        if (brought != item.bring_within.has_value())
            item_.wrong("bring_within", "papers_to_bring_need_their_limit",
                        "有要交到窗口的材料，就要写多久内交来；没有就不写。");
        auto card = item_.maybe("card");
        if (!card) return;
        card->only({"name", "x-en"});
        item.card = read_words(*card, "name", 40);
        bool handed = std::any_of(item.collection.begin(), item.collection.end(),
                                  [](auto const& way) { return way != "electronic"; });
        if (!handed)
            item_.wrong("collection", "card_cannot_be_collected", "有实体证（卡）的，要能到窗口领取或邮寄。");
    }

    void read_face() {
        auto node = item_.object("licence_face");
        out_.item.licence_face = node.members();
        auto names = conditions_.names();
        names.add("issued_on", rules::Type::date);
        for (auto const& pair : node.members()) {
            std::string key(pair.key().data(), pair.key().size());
            if (auto value = conditions_.read(node, key, Conditions::Wanted::value, names))
                out_.item.face.push_back({key, std::move(*value)});
        }
    }

    void read_guide() {
        guide_.only({"conditions", "steps", "basis", "faq", "note", "x-en"});
        auto& out = shown_;
        out.conditions = guide_.texts("conditions", 120);
        for (auto const& node : guide_.list("steps")) {
            node.only({"name", "who", "time_text", "note", "x-en"});
            out.steps.push_back({node.text("name", 60), node.text("who", 60), node.text("time_text", 40),
                                 maybe(node.text_or("note", "", 200))});
        }
        for (auto const& node : guide_.list("basis")) {
            node.only({"title", "article", "text", "x-en"});
            out.basis.push_back(
                {node.text("title", 120), node.text("article", 60), maybe(node.text_or("text", "", 1000))});
        }
        for (auto const& node : guide_.list("faq")) {
            node.only({"question", "answer", "x-en"});
            out.faq.push_back({node.text("question", 120), node.text("answer", 1000)});
        }
        out.note = maybe(guide_.text_or("note", "", 500));
    }

    void guide_materials() {
        for (auto const& material : out_.item.materials) {
            api::GuideMaterial one;
            one.key = material.key;
            one.name = material.name;
            one.note = material.note;
            one.necessity = material.required ? api::GuideMaterialNecessity::required
                                              : api::GuideMaterialNecessity::optional;
            auto way = material.ways.empty() ? Way::upload : material.ways.front();
            one.way = MUST(api::read_guide_material_way(to_text(way)));
            one.name_en = maybe(material.en.name);
            one.note_en = maybe(material.en.note);
            if (material.waive_when) one.waived_if = true;
            one.basis = maybe(material.basis);
            one.copies = maybe(material.copies);
            shown_.materials.push_back(std::move(one));
        }
    }

    void finish() {
        auto const& item = out_.item;
        auto const& card = out_.card;
        shown_.code = item.code.text;
        shown_.name = item.name;
        shown_.name_en = maybe(card.name_en);
        shown_.summary = item.summary;
        shown_.summary_en = maybe(card.summary_en);
        shown_.audience = card.audience == Audience::person         ? api::GuideAudience::person
                          : card.audience == Audience::organisation ? api::GuideAudience::organisation
                                                                    : api::GuideAudience::both;
        shown_.kind = instant_ ? api::GuideKind::instant : api::GuideKind::promised;
        shown_.promise = shown(item.promise);
        if (item.statutory) shown_.statutory = shown(*item.statutory);
        shown_.statutory_text = maybe(item_.text_or("statutory_text", "", 60));
        shown_.visits = card.visits;
        shown_.visits_text = item_.text("visits_text", 60);
        shown_.fee_text = card.fee_text;
        shown_.minutes = item_.number("minutes", 1, 240);
        shown_.real_name_level = item.real_name_level;
        shown_.theme = maybe(card.theme);
        shown_.result_name = item.result_name;
        shown_.result_text = item_.text("result_text", 120);
        guide_materials();
        shown_.applicant = item.applicant == Applicant::person ? api::GuideApplicant::person
                                                               : api::GuideApplicant::organisation;
        if (!item.instant.empty()) shown_.instant = true;
        shown_.data = asked_data();
        shown_.special_steps = special_steps();
        shown_.card = card_shown();
        if (item.bring_within) shown_.bring_within = shown(*item.bring_within);
        out_.item.guide = api::to_json(shown_).as_object();
        if (!troubles_.none()) return;
        out_.item.application = application();
        out_.item.guide_en = guide_in_english(content_, out_.item.guide);
        out_.item.application_en = application_in_english(content_, out_.item.application);
    }

    std::optional<std::vector<api::AskedData>> asked_data() const {
        if (out_.item.data.empty()) return std::nullopt;
        std::vector<api::AskedData> all;
        for (auto const& datum : out_.item.data)
            all.push_back(
                {datum.key, datum.resource, datum.what.zh, maybe(datum.what.en), datum.provider.zh,
                 maybe(datum.provider.en), datum.why.zh, maybe(datum.why.en),
                 datum.basis == Basis::duty ? api::AskedDataBasis::duty : api::AskedDataBasis::consent,
                 maybe(datum.basis_text)});
        return all;
    }

    std::optional<std::vector<api::SpecialStep>> special_steps() const {
        if (out_.item.special_steps.empty()) return std::nullopt;
        std::vector<api::SpecialStep> all;
        for (auto const& step : out_.item.special_steps)
            all.push_back({step.key, step.name.zh, maybe(step.name.en), step.officers, shown(step.limit),
                           step.counts_in_limit, step.basis});
        return all;
    }

    std::optional<api::Card> card_shown() const {
        if (!out_.item.card) return std::nullopt;
        return api::Card{out_.item.card->zh, maybe(out_.item.card->en)};
    }

    json::object application() const {
        auto const& item = out_.item;
        api::Application out;
        out.code = item.code.text;
        out.name = item.name;
        out.minutes = shown_.minutes;
        out.notice = shown(item.notice);
        out.declaration = shown(item.declaration);
        out.form = forms::to_browser(item.form);
        for (auto const& material : item.materials) out.materials.push_back(asked(material));
        for (auto const& way : item.collection)
            out.collection.push_back(way == "electronic" ? api::ApplicationCollectionItem::electronic
                                     : way == "window"   ? api::ApplicationCollectionItem::window
                                                         : api::ApplicationCollectionItem::courier);
        out.applicant = item.applicant == Applicant::person ? api::ApplicationApplicant::person
                                                            : api::ApplicationApplicant::organisation;
        out.data = asked_data();
        if (item.data_consent) out.data_consent = shown(*item.data_consent);
        if (!item.instant.empty()) out.instant = true;
        out.card = card_shown();
        if (item.bring_within) out.bring_within = shown(*item.bring_within);
        return api::to_json(out).as_object();
    }

    static api::AskedMaterial asked(Material const& material) {
        api::AskedMaterial out;
        out.key = material.key;
        out.name = material.name;
        out.note = material.note;
        out.necessity =
            material.required ? api::AskedMaterialNecessity::required : api::AskedMaterialNecessity::optional;
        for (auto way : material.ways)
            out.ways.push_back(MUST(api::read_asked_material_ways_item(to_text(way))));
        out.name_en = maybe(material.en.name);
        out.note_en = maybe(material.en.note);
        out.licence_type = maybe(material.licence_type);
        if (material.waive_when) out.waive_when = rules::to_tree(*material.waive_when);
        out.waived_because_en = maybe(material.en.waived_because);
        out.not_waived_because = maybe(material.not_waived_because);
        out.not_waived_because_en = maybe(material.en.not_waived_because);
        if (material.when) out.when = rules::to_tree(*material.when);
        if (material.promise) out.promise = shown(*material.promise);
        out.waived_because = maybe(material.waived_because);
        if (!offers(material, Way::upload)) return out;
        out.files_max = material.files_max;
        out.size_max = material.size_max;
        auto& kinds = out.accept.emplace();
        for (auto const& kind : material.accept)
            kinds.push_back(kind == "pdf"    ? api::AskedMaterialAcceptItem::pdf
                            : kind == "jpeg" ? api::AskedMaterialAcceptItem::jpeg
                                             : api::AskedMaterialAcceptItem::png);
        return out;
    }

    Parsed out_{};
    org::PackNode item_, guide_, texts_;
    DataReader data_;
    Content const& content_;
    std::string place_;
    org::Troubles& troubles_;
    api::Guide shown_{};
    Conditions conditions_{};
    std::optional<Text> data_consent_{};
    std::map<std::string, Text> promises_{};
    std::set<std::string> promised_{};
    bool instant_ = false;
};
}  // namespace

Json Content::json() const {
    json::object out;
    out["item"] = without_schema(item);
    out["form"] = without_schema(form);
    out["guide"] = without_schema(guide);
    out["texts"] = without_schema(texts);
    if (resources.is_object()) out["resources"] = resources;  // an item that asks nothing keeps its hash
    return out;
}

std::string Content::hash() const {
    return sha256_hex(canonical_text(json()));
}

Content content_of(ItemId const& code, Json const& stored) {
    auto const& from = stored.as_object();
    auto const* resources = from.if_contains("resources");
    return {code,
            from.at("item"),
            from.at("form"),
            from.at("guide"),
            from.at("texts"),
            resources == nullptr ? Json(nullptr) : *resources};
}

Parsed read_item(Content const& content, std::string const& place, org::Troubles& troubles) {
    return Reader(content, place, troubles).run();
}

std::string_view to_text(Way way) {
    for (auto const& [known, name] : way_words)
        if (known == way) return name;
    ensure(false, "a way without a name");
    return {};
}

std::string limit_text(Limit limit) {
    static constexpr std::string_view words[] = {"个工作日", "个自然日", "小时", "个月"};
    return std::to_string(limit.value) + std::string(words[static_cast<std::size_t>(limit.unit)]);
}

rules::Names names_of(forms::Form const& form, std::vector<forms::Supplied> const& supplied) {
    rules::Names names;
    names.add("today", rules::Type::date);
    for (auto const& one : supplied) names.add(one.path, one.type);
    for (auto const& page : form.pages) {
        for (auto const& field : page.fields) {
            names.add(field.key, type_of(field.kind));
            if (!field.name.empty()) names.alias(field.name, field.key);
        }
    }
    return names;
}

}  // namespace tongban::catalog
