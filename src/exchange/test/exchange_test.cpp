#include "world.h"

using namespace tongban;
using namespace tongban::exchange;
using namespace tongban::exchange::test;

namespace {
class asking : public ::testing::TestWithParam<store::Dialect> {
protected:
    Rig& rig(Wire::Script script, Setting const& setting = {}) {
        rig_ = std::make_unique<Rig>(GetParam(), std::move(script), setting);
        return *rig_;
    }
    std::unique_ptr<Rig> rig_;
};

void well(Heard const& heard, Line const& line) {
    if (heard.target == "/pop/person") line.answer(200, "application/json", person_answer(zhou));
    if (heard.target == "/hh/ws")
        line.answer(200, "text/xml",
                    "<A><R code='00'/><H><No>" + zhou + "</No><Address>示例路26号</Address></H></A>");
    if (heard.target == "/mar/cx") line.answer(200, "application/json", R"({"code":404})");
    if (heard.target.ends_with("/health")) line.answer(200, "text/plain", "well");
}

Wire::Script always(int status, std::string body) {
    return [status, body](Heard const&, Line const& line) { line.answer(status, "application/json", body); };
}
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, asking, ::testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(asking, every_query_is_understood) {
    auto understood = rig(well).store->check_queries();
    EXPECT_TRUE(understood.ok()) << understood.error().detail;
}

TEST_P(asking, several_sources_answer_at_once) {
    auto& r = rig(well);
    auto answers =
        r.ask({Rig::population(), Rig::household(), {"marriage", "marriage", {{"id_number", zhou}}}});
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_EQ(answers[0].key, "household");
    EXPECT_EQ(to_text(Json(answers[0].fields)), R"({"address":"示例路26号","minors":[]})");
    EXPECT_EQ(verdict(answers[1]), "none");
    EXPECT_EQ(verdict(answers[2]), "found");
    EXPECT_EQ(answers[2].fields.at("sex").as_string(), "女");
    EXPECT_EQ(answers[2].provider, "示例市某局");
    EXPECT_EQ(answers[2].provider_en, "Some bureau");
    EXPECT_EQ(answers[2].resource_name, "资源population");
    EXPECT_EQ(answers[2].answered_at, r.clock.now());
    EXPECT_EQ(answers[2].data_at, r.clock.now());
    EXPECT_EQ(answers[2].source, "pop");
    EXPECT_FALSE(answers[2].from_cache);
    for (auto const& kept : r.after_restart()) EXPECT_TRUE(is_answer(kept.outcome)) << verdict(kept);
}

TEST_P(asking, a_call_says_who_asks_for_what_and_is_signed) {
    auto& r = rig(well);
    r.ask({Rig::population(), {"marriage", "marriage", {{"id_number", zhou}}}});
    for (auto heard : r.wire.heard()) {
        if (heard.target == "/mar/cx") {
            EXPECT_NE(heard.body.find("&sign="), std::string::npos);
            continue;
        }
        EXPECT_EQ(heard.body, R"({"q":{"no":")" + zhou + R"(","name":"周桂兰"}})");
        auto& headers = heard.headers;
        auto text = client::signed_text("POST", "/pop/person", headers["x-timestamp"], headers["x-nonce"],
                                        heard.body);
        EXPECT_EQ(headers["x-sign"], to_hex(hmac_sha256("secret-pop", text)));
        EXPECT_EQ(headers["x-item"], "992080005001");
        EXPECT_EQ(headers["x-basis"], "consent");
        EXPECT_EQ(headers["x-consent"], "consent-7");
        EXPECT_EQ(client::percent_decoded(headers["x-purpose"]), "核对您的信息");
        EXPECT_TRUE(is_id(headers["x-call-id"]));
    }
}

TEST_P(asking, hostile_values_stay_values) {
    auto& r = rig([](Heard const& heard, Line const& line) {
        if (heard.target.starts_with("/hh")) {
            EXPECT_EQ(heard.body, "<Q><No>1&lt;/No&gt;&lt;x a=&quot;&#39;&amp;</No></Q>");
            line.answer(200, "text/xml", "<A><R code='01'/></A>");
        } else if (heard.target == "/mar/cx") {
            EXPECT_TRUE(heard.body.starts_with("sfzh=1%26sign%3Dno%3D&")) << heard.body;
            line.answer(200, "application/json", R"({"code":404})");
        } else {
            auto body = MUST(read_json(heard.body));
            EXPECT_EQ(body.at_pointer("/q/no").as_string(), R"(1","x":"\)");
            EXPECT_EQ(body.at("q").as_object().size(), 2U);
            line.answer(200, "application/json", R"({"code":"1"})");
        }
    });
    auto answers = r.ask({Rig::household(R"(1</No><x a="'&)"),
                          {"marriage", "marriage", {{"id_number", "1&sign=no="}}},
                          Rig::population(R"(1","x":"\)")});
    for (auto const& answer : answers) EXPECT_EQ(verdict(answer), "none");
}

TEST_P(asking, a_question_that_is_no_question_is_refused_before_anything_happens) {
    auto& r = rig(well);
    auto code = [&](Ask const& ask) {
        auto done = r.exchange->start(r.purpose(), {ask});
        return done.ok() ? "" : done.error().code;
    };
    EXPECT_EQ(code({"x", "weather", {}}), "resource_is_unknown");
    EXPECT_EQ(code({"x", "population", {{"id_number", zhou}}}), "parameter_is_missing");
    EXPECT_EQ(code({"x", "household", {{"id_number", zhou}, {"name", "a"}}}), "parameter_is_unknown");
    EXPECT_EQ(code({"x", "household", {{"id_number", 5}}}), "parameter_is_malformed");
    EXPECT_EQ(code({"x", "household", {{"id_number", "a\nb"}}}), "parameter_is_malformed");
    EXPECT_EQ(code({"x", "household", {{"id_number", std::string(201, '1')}}}), "parameter_is_malformed");
    EXPECT_TRUE(r.answers().empty());
    EXPECT_TRUE(r.wire.heard().empty());
}

TEST_P(asking, a_fresh_answer_is_not_asked_for_again) {
    auto& r = rig(well);
    auto first = MUST(r.exchange->start(r.purpose(), {Rig::population()}));
    auto at_once = MUST(r.exchange->start(r.purpose(), {Rig::population()}));
    EXPECT_EQ(first, at_once) << "still on its way";
    r.ask({Rig::population()});
    EXPECT_EQ(MUST(r.exchange->start(r.purpose(), {Rig::population()})), first);
    EXPECT_EQ(r.wire.heard().size(), 1U);
    r.one({Rig::population(li)});
    EXPECT_EQ(r.wire.heard().size(), 2U) << "another question";
    EXPECT_EQ(verdict(r.answers()[0]), "wrong answer_is_about_somebody_else") << "the newest stands";
    r.one({Rig::population(zhou)});
    EXPECT_EQ(r.wire.heard().size(), 3U);
    r.clock.advance(std::chrono::hours{25});
    EXPECT_EQ(verdict(r.one({Rig::population()})), "found");
    EXPECT_EQ(r.wire.heard().size(), 4U) << "data of the day";
}

TEST_P(asking, an_earlier_answer_serves_another_subject_while_it_is_young) {
    auto& r = rig(well, {.cache_seconds = 300});
    r.ask({Rig::population()}, "draft-1");
    r.clock.advance(std::chrono::seconds{200});
    // The writer may still hold the first answer in its hands.
    r.after_restart();
    auto second = r.one({Rig::population()}, "draft-2");
    EXPECT_EQ(verdict(second), "found");
    EXPECT_TRUE(second.from_cache);
    EXPECT_EQ(second.data_at, kit::at("2026-10-15 09:24"));
    EXPECT_EQ(second.fields.at("sex").as_string(), "女");
    EXPECT_EQ(r.wire.heard().size(), 1U);
    r.clock.advance(std::chrono::seconds{101});
    EXPECT_FALSE(r.one({Rig::population()}, "draft-3").from_cache);
}

TEST_P(asking, a_late_answer_is_told_when_it_comes) {
    auto& r = rig(
        [](Heard const& heard, Line const& line) {
            line.hold();
            well(heard, line);
        },
        {.deadline_ms = 100});
    auto late = r.one({Rig::population()});
    EXPECT_EQ(verdict(late), "late answer_is_late");
    EXPECT_EQ(late.down_since, r.clock.now());
    EXPECT_EQ(outcome_text(late, Language::zh), "示例市某局的系统答复较慢，答复来了会自动补上。");
    EXPECT_EQ(MUST(r.exchange->start(r.purpose(), {Rig::population()})).at(0), late.call)
        << "it is still asked";
    std::mutex mutex;
    std::condition_variable came;
    std::string told;
    r.store->consumers().add("test.told", {"exchange.answered"},
                             [&](store::Tx&, store::Event const& event, Instant) -> Result<void> {
                                 std::scoped_lock lock(mutex);
                                 told = to_text(Json(event.body));
                                 came.notify_one();
                                 return {};
                             });
    r.store->start();
    r.wire.let_go();
    std::unique_lock lock(mutex);
    came.wait(lock, [&] { return !told.empty(); });
    EXPECT_EQ(told, R"({"subject":"draft-1","call":")" + late.call + R"(","key":"population"})");
    EXPECT_EQ(verdict(r.answers()[0]), "found");
    EXPECT_FALSE(r.answers()[0].down_since);
    lock.unlock();
    r.store->stop();
}

TEST_P(asking, an_answer_that_never_comes_stays_late) {
    auto& r =
        rig([](Heard const&, Line const& line) { line.hold(); }, {.deadline_ms = 100, .late_after_ms = 200});
    auto late = r.one({Rig::population()});
    EXPECT_EQ(verdict(late), "late answer_is_late");
    EXPECT_EQ(verdict(r.after_restart()[0]), "late answer_is_late");
    auto again = r.one({Rig::population()});
    EXPECT_NE(again.call, late.call) << "whoever comes again asks again";
}

TEST_P(asking, a_wait_that_is_too_short_says_so) {
    auto& r = rig([](Heard const&, Line const& line) { line.hold(); });
    MUST(r.exchange->start(r.purpose(), {Rig::population()}));
    EXPECT_FALSE(MUST(r.exchange->wait("draft-1", std::chrono::milliseconds{20})));
    EXPECT_EQ(verdict(r.answers()[0]), "asking");
    EXPECT_EQ(outcome_text(r.answers()[0], Language::en), "Asking Some bureau.");
    EXPECT_TRUE(MUST(r.exchange->wait("draft-9", std::chrono::milliseconds{1}))) << "nothing is asked";
}

TEST_P(asking, whatever_a_source_does_has_a_name_and_harms_nobody) {
    auto& r = rig([](Heard const& heard, Line const& line) {
        auto name = MUST(read_json(heard.body)).at_pointer("/q/name").as_string();
        if (name == "huge") {
            line.say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
            for (int i = 0; i < 50 && line.say(std::string(1 << 20, ' ')); ++i) continue;
        }
        if (name == "twice") {
            auto one = person_answer(zhou);
            auto head = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(one.size()) + "\r\n\r\n";
            line.say(head + one + head + person_answer(zhou, "男"));
        }
        if (name == "broken") line.say("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"code\"");
        if (name == "page") line.answer(200, "text/html", "<html>502 from a proxy</html>");
        if (name == "lie") line.answer(200, "application/json", person_answer(li));
        if (name == "moved") line.say("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n");
        if (name == "key") line.answer(401, "application/json", "{}");
        if (name == "gone") line.say("");
        if (name == "error") line.answer(500, "application/json", "{}");
    });
    std::vector<Ask> asks;
    for (auto const* name : {"huge", "twice", "broken", "page", "lie", "moved", "key", "error", "gone"})
        asks.push_back({name, "population", {{"id_number", zhou}, {"name", name}}});
    std::map<std::string, std::string> said;
    for (auto const& answer : r.ask(asks)) said[answer.key] = verdict(answer);
    EXPECT_EQ(said["huge"], "wrong answer_is_too_large");
    EXPECT_EQ(said["twice"], "found");
    EXPECT_EQ(said["broken"], "wrong answer_is_broken");
    EXPECT_EQ(said["page"], "wrong answer_cannot_be_read");
    EXPECT_EQ(said["lie"], "wrong answer_is_about_somebody_else");
    EXPECT_EQ(said["moved"], "wrong source_points_elsewhere");
    EXPECT_EQ(said["key"], "refused source_refuses_us");
    EXPECT_EQ(said["error"], "down source_has_an_error");
    EXPECT_EQ(said["gone"], "down source_is_not_reachable");
}

TEST_P(asking, a_failure_that_may_pass_is_tried_again) {
    std::atomic<int> count = 0;
    auto& r = rig(
        [&](Heard const& heard, Line const& line) {
            if (++count < 3)
                line.answer(503, "text/plain", "");
            else
                well(heard, line);
        },
        {.retries = 2});
    EXPECT_EQ(verdict(r.one({Rig::population()})), "found");
    auto heard = r.wire.heard();
    ASSERT_EQ(heard.size(), 3U);
    EXPECT_NE(heard[0].headers["x-nonce"], heard[1].headers["x-nonce"]) << "each try is signed afresh";
    EXPECT_EQ(heard[0].headers["x-call-id"], heard[2].headers["x-call-id"]);
}

TEST_P(asking, a_source_that_fails_in_a_row_is_left_alone_for_a_while) {
    auto& r = rig(always(500, ""));
    auto key = [](int i) { return Rig::population(zhou, "p" + std::to_string(i)); };
    for (int i = 0; i < 3; ++i) r.ask({key(i)});
    EXPECT_EQ(r.exchange->sources_down(), 1);
    r.clock.advance(std::chrono::seconds{10});
    r.ask({key(3)});
    auto paused = r.answers()[3];
    EXPECT_EQ(verdict(paused), "down source_is_paused");
    EXPECT_EQ(paused.down_since, kit::at("2026-10-15 09:24"));
    EXPECT_EQ(outcome_text(paused, Language::zh), "示例市某局的系统自2026年10月15日 9:24起没有答复。");
    EXPECT_EQ(outcome_text(paused, Language::en), "Some bureau has not answered since 15 October 09:24.");
    EXPECT_EQ(r.wire.heard().size(), 3U);
    r.clock.advance(std::chrono::seconds{21});
    EXPECT_EQ(verdict(r.ask({key(4)})[4]), "down source_has_an_error");
    EXPECT_EQ(r.wire.heard().size(), 4U) << "one tries";
    r.after_restart();
    EXPECT_EQ(r.exchange->sources_down(), 1) << "a restart does not forget it";
}

TEST_P(asking, a_paused_source_that_is_well_again_is_noticed_before_anybody_waits) {
    std::atomic<bool> sick = true;
    auto& r = rig(
        [&](Heard const& heard, Line const& line) {
            if (sick) {
                line.answer(500, "text/plain", "");
                return;
            }
            if (heard.target == "/pop/health") line.hold();  // the engine asks when it likes
            well(heard, line);
        },
        {.health_path = "/health"});
    for (int i = 0; i < 3; ++i) r.ask({Rig::population(zhou, "p" + std::to_string(i))});
    sick = false;
    r.clock.advance(std::chrono::seconds{31});
    EXPECT_EQ(verdict(r.ask({Rig::population(zhou, "p3")})[3]), "down source_is_paused");
    EXPECT_EQ(r.wire.heard_at_least(4).back().target, "/pop/health");
    r.wire.let_go();
    while (r.exchange->sources_down() > 0) std::this_thread::yield();
    EXPECT_EQ(verdict(r.ask({Rig::population(zhou, "p3")})[3]), "found");
}

TEST_P(asking, what_nobody_can_be_asked_is_down_and_says_so) {
    auto& r = rig(well);
    std::filesystem::remove(r.store.directory() + "/keys/key-hh");
    EXPECT_EQ(verdict(r.one({Rig::household()}, "d1")), "refused key_is_missing");
    auto idle = r.one({{"idle", "idle", {{"id_number", zhou}}}}, "d2");
    EXPECT_EQ(verdict(idle), "down address_is_not_set");
    EXPECT_EQ(outcome_text(idle, Language::zh), "示例市某局的系统还没有接通。");
    r.exchange.reset();
    r.calls = std::make_unique<client::Client>();
    r.exchange = std::make_unique<Exchange>(*r.store, r.clock, r.org, r.identity, *r.calls);
    MUST(r.exchange->start());
    EXPECT_EQ(verdict(r.one({Rig::population()}, "d3")), "down address_is_not_set");
}

TEST_P(asking, what_a_former_process_asked_is_settled) {
    auto& r = rig([](Heard const&, Line const& line) { line.hold(); });
    MUST(r.exchange->start(r.purpose(), {Rig::population()}));
    r.wire.heard_at_least(1);
    EXPECT_EQ(verdict(r.after_restart()[0]), "asking") << "a second process may be asking";
    r.clock.advance(std::chrono::seconds{22});
    EXPECT_EQ(verdict(r.answers()[0]), "down program_stopped");
    r.open();
    EXPECT_EQ(r.rows("SELECT outcome FROM exchange_call")[0].text("outcome"), "down");
}

TEST_P(asking, the_person_sees_every_look) {
    auto& r = rig(well);
    r.ask({Rig::population(), Rig::household(li)});
    r.exchange->stop();
    auto looks = r.rows("SELECT actor, body, basis, what FROM identity_access");
    ASSERT_EQ(looks.size(), 1U) << "an answer about somebody else showed nothing";
    EXPECT_EQ(looks[0].text("actor"), "resident:" + r.person().text);
    EXPECT_EQ(looks[0].text("body"), "11990102MB0D20011R");
    EXPECT_EQ(looks[0].text("basis"), "consent");
    EXPECT_NE(looks[0].text("what").find("资源population"), std::string::npos);
}

TEST_P(asking, answers_lie_sealed_and_go_with_their_draft) {
    auto& r = rig(well);
    r.ask({Rig::population()});
    r.exchange->stop();
    for (auto const& row : r.rows("SELECT asked_sealed, answer_sealed FROM exchange_call"))
        for (auto const* column : {"asked_sealed", "answer_sealed"}) {
            EXPECT_FALSE(row.bytes(column).empty());
            EXPECT_EQ(row.bytes(column).find("女"), std::string::npos);
            EXPECT_EQ(row.bytes(column).find(zhou), std::string::npos);
        }
    auto tx = MUST(r.store->begin());
    r.exchange->forget(*tx, "draft-1");
    MUST(tx->commit());
    auto rows = r.rows("SELECT outcome, asked_sealed, answer_sealed FROM exchange_call");
    auto row = rows[0];
    EXPECT_TRUE(row.is_null("asked_sealed"));
    EXPECT_TRUE(row.is_null("answer_sealed"));
    EXPECT_EQ(row.text("outcome"), "found") << "that it was asked stays known";
    EXPECT_TRUE(r.answers()[0].fields.empty());
}

TEST_P(asking, a_draft_dropped_while_it_is_asked_keeps_nothing) {
    auto& r = rig([](Heard const& heard, Line const& line) {
        line.hold();
        well(heard, line);
    });
    MUST(r.exchange->start(r.purpose(), {Rig::population()}));
    r.wire.heard_at_least(1);
    auto tx = MUST(r.store->begin());
    r.exchange->forget(*tx, "draft-1");
    MUST(tx->commit());
    EXPECT_TRUE(MUST(r.exchange->wait("draft-1", std::chrono::seconds{1})));
    r.wire.let_go();
    r.exchange->stop();
    EXPECT_TRUE(r.rows("SELECT answer_sealed FROM exchange_call")[0].is_null("answer_sealed"));
    EXPECT_EQ(verdict(r.answers()[0]), "late draft_was_dropped");
}

TEST_P(asking, what_became_a_case_is_kept_and_the_rest_goes_in_time) {
    auto& r = rig(well);
    r.ask({Rig::population()}, "draft-1");
    r.ask({Rig::population()}, "draft-2");
    r.exchange->stop();
    auto tx = MUST(r.store->begin());
    r.exchange->keep(*tx, "draft-1", "99010220261015000001X");
    MUST(tx->commit());
    r.exchange->jobs(r.store->jobs());
    r.exchange->consumers(r.store->consumers());
    r.clock.advance(std::chrono::days{31});
    MUST(r.store->run_pending());
    EXPECT_FALSE(r.answers("draft-1")[0].fields.empty());
    EXPECT_TRUE(r.answers("draft-2")[0].fields.empty());
    r.clock.advance(std::chrono::days{3 * 366});
    MUST(r.store->run_pending());
    auto left = r.rows("SELECT subject FROM exchange_call");
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].text("subject"), "draft-1");
    EXPECT_TRUE(r.rows("SELECT subject FROM exchange_loose").empty());
}

TEST_P(asking, a_running_program_hears_of_a_new_pack) {
    auto& r = rig(well);
    auto held = r.exchange->resource("population");
    ASSERT_NE(held, nullptr);
    EXPECT_EQ(held->field("sex")->type, FieldType::string);
    EXPECT_EQ(held->source, "pop");
    r.exchange->jobs(r.store->jobs());
    r.exchange->consumers(r.store->consumers());
    Exchange beside(*r.store, r.clock, r.org, r.identity, *r.calls, r.wire.url());
    std::filesystem::remove(r.pack.path() + "/exchange/connectors/hh.json");
    MUST(beside.import(Pack{r.pack.path()}));
    EXPECT_EQ(verdict(r.one({Rig::household()}, "d1")), "found");
    MUST(r.store->refill_memories());
    EXPECT_EQ(verdict(r.one({Rig::household()}, "d2")), "down address_is_not_set");
    EXPECT_EQ(held->name, "资源population") << "whoever holds it still may";
    EXPECT_EQ(r.exchange->resource("weather"), nullptr);
}
