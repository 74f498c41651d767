// A small pack of departments, played by a Wire, and an exchange that asks them. No other program, no fixed
// ports.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>

#include "client/test/wire.h"
#include "exchange/exchange.h"
#include "exchange/sql.h"
#include "identity/sql.h"
#include "kit/kit.h"
#include "kit/scenario.h"
#include "kit/tree.h"
#include "org/sql.h"

namespace tongban::exchange::test {

using client::test::Heard;
using client::test::Line;
using client::test::Wire;

inline std::string const zhou = "990102195603120029";
inline std::string const li = "99010219810725024X";

inline void put(std::string const& file, std::string const& text) {
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

/// One resource of each kind. `pop` speaks JSON, `hh` XML, `mar` forms, `edu` gives a list.
inline std::string resources_json() {
    auto one = [](std::string const& code, std::string const& mode, std::string const& parameters,
                  std::string const& fields) {
        return R"({"code":")" + code + R"(","name":"资源)" + code + R"(","x-en":{"name":"Resource )" + code +
               R"("},"provider":{"name":"示例市某局","x-en":{"name":"Some bureau"}},"summary":"测试","share":{"kind":"unconditional"},)"
               R"("mode":")" +
               mode +
               R"(","update_cycle":"daily","security_grade":3,"published_on":"2026-07-01","parameters":[)" +
               parameters + R"(],"fields":[)" + fields + "]}";
    };
    std::string const number = R"({"name":"id_number","type":"id_number"})";
    auto field = [](std::string const& key, std::string const& type) {
        return R"({"key":")" + key + R"(","name":"字段)" + key + R"(","x-en":{"name":"Field )" + key +
               R"("},"type":")" + type + "\"}";
    };
    return R"({"resources":[)" +
           one("population", "api", number + R"(,{"name":"name","type":"name"})", field("sex", "string")) +
           "," + one("household", "api", number, field("address", "string") + "," + field("minors", "list")) +
           "," + one("marriage", "api", number, field("status", "string")) + "," +
           one("enrolment", "batch", number, field("school", "string") + "," + field("grade", "number")) +
           "," + one("idle", "api", number, field("any", "string")) + "]}";
}

struct Setting {
    int deadline_ms = 5000, late_after_ms = 20000, retries = 0, failures = 3, cache_seconds = 0;
    std::string health_path{};
};

inline std::string connector_json(std::string const& source, std::string const& scheme,
                                  std::string const& resource, Setting const& setting) {
    auto number = [](int value) { return std::to_string(value); };
    return R"({"source":")" + source + R"(","name":"来源)" + source + R"(","x-en":{"name":"Source )" +
           source + R"("},"provider":"示例市某局","base_url":"$SIM/)" + source + R"(","sign":{"scheme":")" +
           scheme + R"(","key_id":"us","key_name":"key-)" + source + R"(","demo_secret":"secret-)" + source +
           R"("},"deadline_ms":)" + number(setting.deadline_ms) + R"(,"late_after_ms":)" +
           number(setting.late_after_ms) + R"(,"retries":)" + number(setting.retries) +
           R"(,"breaker":{"failures":)" + number(setting.failures) + R"(,"seconds":30},"cache_seconds":)" +
           number(setting.cache_seconds) +
           (setting.health_path.empty() ? "" : R"(,"health_path":")" + setting.health_path + "\"") +
           R"(,"corrections":{"path":"/corrections"},"resources":{)" + resource + "}}";
}

inline void write_pack(std::string const& folder, Setting const& setting = {}) {
    auto file = [&](std::string const& name) { return folder + "/exchange/connectors/" + name + ".json"; };
    put(folder + "/exchange/resources.json", resources_json());
    put(file("pop"), connector_json("pop", "hmac_sha256", R"("population":{"method":"POST","path":"/person",
        "content_type":"application/json","body":{"q":{"no":"{{id_number}}","name":"{{name}}"}},
        "answer":{"format":"json","found":{"at":"/code","equals":"0"},"none":{"at":"/code","equals":"1"},"records":"/data",
        "same":{"id_number":"/no"},"fields":{"sex":"/sex"}}})",
                                    setting));
    put(file("hh"), connector_json("hh", "hmac_sm3",
                                   R"("household":{"method":"POST","path":"/ws","content_type":"text/xml",
        "body":"<Q><No>{{id_number}}</No></Q>","answer":{"format":"xml","found":{"at":"//R/@code","equals":"00"},
        "none":{"at":"//R/@code","equals":"01"},"records":"//H","same":{"id_number":"No"},
        "fields":{"address":"Address","minors":{"at":"M/No","as":"list"}}}})",
                                   setting));
    put(file("mar"), connector_json("mar", "sorted_sm3", R"("marriage":{"method":"POST","path":"/cx",
        "content_type":"application/x-www-form-urlencoded","body":{"sfzh":"{{id_number}}"},"answer":{"format":"json",
        "found":{"at":"/code","equals":200},"none":{"at":"/code","equals":404},"records":"/result",
        "fields":{"status":{"at":"/hyzt","values":{"10":"single","20":"married"}}}}})",
                                    setting));
    put(file("edu"),
        connector_json(
            "edu", "bearer",
            R"("enrolment":{"method":"GET","path":"/list.csv","batch":{"key":{"id_number":"身份证号"},
        "every_hours":24},"answer":{"format":"csv","fields":{"school":"学校","grade":"年级"}}})",
            setting));
}

inline std::string person_answer(std::string const& number, std::string const& sex = "女") {
    return R"({"code":"0","data":{"no":")" + number + R"(","sex":")" + sex + "\"}}";
}

/// Set by the test while the threads of the exchange read it.
class SharedClock final : public Clock {
public:
    explicit SharedClock(Instant at) : ms_(at.ms) {}
    [[nodiscard]] Instant now() const override { return {ms_}; }
    void set(Instant at) { ms_ = at.ms; }
    void advance(std::chrono::milliseconds by) { ms_ += by.count(); }

private:
    std::atomic<std::int64_t> ms_;
};

/// The exchange on a store of its own, with the departments at the other end of `wire`.
class Rig {
public:
    Rig(store::Dialect dialect, Wire::Script script, Setting const& setting = {})
        : wire(std::move(script)),
          store(kit::fresh_store(dialect, clock, {org::schema(), identity::schema(), exchange::schema()})),
          org(*store, clock),
          identity(*store, clock, org) {
        log_threshold(LogLevel::error);
        write_pack(pack.path(), setting);
        for (auto const* source : {"pop", "hh", "mar", "edu"})
            put(store.directory() + "/keys/key-" + source, std::string("secret-") + source);
        people();
        open();
        MUST(exchange->import(Pack{pack.path()}));
    }
    ~Rig() {
        wire.let_go();
        exchange->stop();
    }
    void open(std::string const& address = "") {
        exchange.reset();
        calls = std::make_unique<client::Client>();
        exchange = std::make_unique<Exchange>(*store, clock, org, identity, *calls,
                                              address.empty() ? wire.url() : address);
        MUST(exchange->start());
    }

    /// The residents of the demonstration, without their passwords: hashing them is slow.
    void people() {
        kit::TempDir folder;
        for (auto const* part : {"org", "identity"})
            std::filesystem::copy(kit::tree_root() / "packs/demo-city" / part, folder.path() + "/" + part,
                                  std::filesystem::copy_options::recursive);
        auto file = folder.path() + "/org/site.json";
        std::ifstream in(file);
        std::string site(std::istreambuf_iterator<char>(in), {});
        auto at = site.find("true");
        put(file, site.replace(at, 4, "false"));
        MUST(org.import(Pack{folder.path()}));
        MUST(identity.import(Pack{folder.path()}));
    }

    PersonId person() {
        auto reader = MUST(store->reader());
        return MUST(identity.find(*reader, zhou)).value();
    }
    Purpose purpose(std::string subject = "draft-1") {
        Purpose purpose;
        purpose.subject = std::move(subject);
        purpose.person = person();
        purpose.item = ItemId{"992080005001"};
        purpose.item_name = "亲属关系情况证明";
        purpose.by.kind = ActorKind::resident;
        purpose.by.person = purpose.person;
        purpose.body = BodyId{"11990102MB0D20011R"};
        purpose.basis = "consent";
        purpose.consent = "consent-7";
        purpose.why = "核对您的信息";
        return purpose;
    }
    static Ask population(std::string const& number = zhou, std::string key = "population") {
        return {std::move(key), "population", {{"id_number", number}, {"name", "周桂兰"}}};
    }
    static Ask household(std::string const& number = zhou) {
        return {"household", "household", {{"id_number", number}}};
    }
    /// Asks and waits until nothing is asking any more.
    std::vector<Answer> ask(std::vector<Ask> const& asks, std::string const& subject = "draft-1") {
        MUST(exchange->start(purpose(subject), asks));
        EXPECT_TRUE(MUST(exchange->wait(subject, std::chrono::seconds{20})));
        return answers(subject);
    }
    std::vector<Answer> answers(std::string const& subject = "draft-1") {
        auto reader = MUST(store->reader());
        return MUST(exchange->answers(*reader, subject));
    }
    Answer one(std::vector<Ask> const& asks, std::string const& subject = "draft-1") {
        auto all = ask(asks, subject);
        return all.empty() ? Answer{} : all.front();
    }
    /// What stands in the rows once the threads have written all.
    std::vector<Answer> after_restart(std::string const& subject = "draft-1") {
        exchange->stop();
        open();
        return answers(subject);
    }
    store::Rows rows(std::string const& text) {
        auto reader = MUST(store->reader());
        return MUST(reader->rows(store::Query{"test.rows", text, text}));
    }

    SharedClock clock{kit::at("2026-10-15 09:24")};
    Wire wire;
    kit::TempDir pack;
    kit::FreshStore store;
    org::Org org;
    identity::Identity identity;
    std::unique_ptr<client::Client> calls;
    std::unique_ptr<Exchange> exchange;
};

inline std::string verdict(Answer const& answer) {
    return std::string(to_text(answer.outcome)) + (answer.why.empty() ? "" : " " + answer.why);
}

}  // namespace tongban::exchange::test
