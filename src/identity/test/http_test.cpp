#include "identity/sql.h"
#include "world.h"

using namespace tongban;
using namespace tongban::identity;
using namespace tongban::identity::testing;
using std::chrono::minutes;

namespace {
class identity_http : public Site {
protected:
    identity_http() { MUST(identity_.import(pack_.pack())); }
    kit::Browser browser() { return kit::Browser(*dispatcher_); }
    kit::Answer wrong(kit::Browser& at, std::string account) {
        return at.sign_in("resident", std::move(account), "not this one");
    }
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, identity_http, ::testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(identity_http, the_routes_are_those_of_the_contract) {
    http::Routes own;
    identity_.routes(own);
    auto same = http::check_contract(own, api::contract());
    EXPECT_TRUE(same.ok()) << same.error().detail;
}

TEST_P(identity_http, every_query_prepares) {
    auto prepared = store_->check_queries();
    EXPECT_TRUE(prepared.ok()) << prepared.error().detail;
}

TEST_P(identity_http, a_resident_signs_in_by_phone_or_number_and_sees_herself) {
    auto at = browser();
    auto me = at.sign_in("resident", "19900000001", "Tongban-2026");
    ASSERT_EQ(me.status, 200) << me;
    EXPECT_EQ(me.text("/name"), "周桂兰");
    EXPECT_EQ(me.text("/masked_id_number"), "9901**********0029");
    EXPECT_EQ(me.text("/masked_phone"), "199****0001");
    EXPECT_EQ(me.integer("/real_name_level"), 2);
    EXPECT_EQ(me.text("/region"), "990102001000") << "the town, not the village";
    EXPECT_EQ(me.text("/ends_at"), "2026-10-15T09:54:00+08:00");
    EXPECT_EQ(at.get("/api/identity/me").text("/name"), "周桂兰");
    EXPECT_EQ(at.get("/api/test/desk").status, 200);
    EXPECT_EQ(seen_.kind, ActorKind::resident);
    EXPECT_EQ(seen_.real_name_level, 2);
    auto by_number = browser();
    EXPECT_EQ(by_number.sign_in("resident", "99010219810725024x", "Tongban-2026").text("/name"), "李晓燕");
}

TEST_P(identity_http, the_cookie_is_kept_from_scripts_and_the_database_knows_only_its_hash) {
    auto at = browser();
    auto me = at.sign_in("resident", "19900000001", "Tongban-2026");
    auto cookie = me.header("Set-Cookie");
    for (auto const* part : {"tb_session=", "; HttpOnly", "; SameSite=Lax", "; Path=/"})
        EXPECT_NE(cookie.find(part), std::string::npos) << cookie;
    EXPECT_EQ(cookie.find("Secure"), std::string::npos);
    auto token = at.cookies().at("tb_session");
    auto reader = MUST(store_->reader());
    EXPECT_FALSE(MUST(reader->maybe_one(sql::session, token)));
    EXPECT_TRUE(MUST(reader->maybe_one(sql::session, sha256_hex(token))));
    Identity behind_tls(*store_, clock_, org_, Cookies::secure);
    http::Routes routes;
    behind_tls.routes(routes);
    http::Dispatcher dispatcher(routes, behind_tls, clock_, {});
    auto secure = kit::Browser(dispatcher).sign_in("resident", "19900000001", "Tongban-2026");
    EXPECT_NE(secure.header("Set-Cookie").find("; Secure"), std::string::npos);
}

TEST_P(identity_http, staff_work_in_their_only_post_or_choose_one) {
    auto clerk = browser();
    auto me = clerk.sign_in("staff", "sl001", "Desk-2026");
    EXPECT_EQ(me.text("/staff/post/id"), "990102001-window");
    EXPECT_EQ(me.text("/staff/post/region_name"), "示例街道");
    EXPECT_EQ(me.find("/staff/last_sign_in"), nullptr);
    EXPECT_EQ(clerk.get("/api/test/desk").status, 200);
    EXPECT_EQ(seen_.body.text, "11990102MB0D20011R");
    EXPECT_EQ(seen_.hall.text, "hall-990102001");
    EXPECT_EQ(seen_.region.text, "990102001000");
    EXPECT_EQ(seen_.post.text, "990102001-window");

    auto both = browser();
    auto unsettled = both.sign_in("staff", "sl005", "Desk-2026");
    EXPECT_EQ(unsettled.find("/staff/post"), nullptr);
    ASSERT_NE(unsettled.find("/staff/posts"), nullptr);
    EXPECT_EQ(unsettled.find("/staff/posts")->as_array().size(), 2U);
    EXPECT_EQ(both.get("/api/test/desk").code, "permission_is_missing");
    EXPECT_EQ(both.post("/api/identity/post", {{"post", "990102002-window"}}).code, "post_is_not_yours");
    EXPECT_EQ(both.post("/api/identity/post", {{"post", "990102001-window"}}).text("/staff/post/title"),
              "综合窗口");
    EXPECT_EQ(both.get("/api/test/desk").status, 200);
    EXPECT_EQ(both.post("/api/identity/post", {{"post", "990102001-review"}}).status, 200);
    EXPECT_EQ(both.get("/api/test/desk").code, "permission_is_missing") << "one post at a time";
}

TEST_P(identity_http, the_last_sign_in_is_shown_so_that_a_stranger_is_noticed) {
    browser().sign_in("staff", "sl001", "Desk-2026");
    clock_.advance(minutes{90});
    auto second = browser().sign_in("staff", "sl001", "Desk-2026");
    EXPECT_EQ(second.text("/staff/last_sign_in"), "2026-10-15T09:24:00+08:00");
}

TEST_P(identity_http, a_wrong_password_and_an_unknown_account_read_alike) {
    auto at = browser();
    auto known = wrong(at, "19900000001"), unknown = wrong(at, "19900000077"), nonsense = wrong(at, "nobody");
    EXPECT_EQ(known.status, 401);
    EXPECT_EQ(known.code, "account_or_password_is_wrong");
    EXPECT_NE(known.text("/detail").find("4 次"), std::string::npos) << known;
    EXPECT_EQ(known.text("/detail"), unknown.text("/detail"));
    EXPECT_EQ(known.text("/detail"), nonsense.text("/detail"));
    auto staff = at.sign_in("staff", "sl001", "x"), no_staff = at.sign_in("staff", "zz999", "x");
    EXPECT_EQ(staff.text("/detail"), no_staff.text("/detail"));
    EXPECT_EQ(at.sign_in("staff", "19900000001", "Tongban-2026").code, "account_or_password_is_wrong")
        << "a resident's account opens no desk";
}

TEST_P(identity_http, five_wrong_ones_lock_the_account_for_a_quarter_of_an_hour) {
    auto at = browser();
    for (auto i = 0; i < 4; ++i) EXPECT_EQ(wrong(at, "19900000001").code, "account_or_password_is_wrong");
    auto fifth = wrong(at, "19900000001");
    EXPECT_EQ(fifth.status, 429);
    EXPECT_EQ(fifth.code, "account_is_locked");
    EXPECT_EQ(fifth.header("Retry-After"), "900");
    clock_.advance(minutes{14});
    auto by_number = at.sign_in("resident", "990102195603120029", "Tongban-2026");
    EXPECT_EQ(by_number.code, "account_is_locked") << "the other name of the account is locked too";
    EXPECT_EQ(by_number.header("Retry-After"), "60");
    clock_.advance(minutes{1});
    EXPECT_EQ(at.sign_in("resident", "19900000001", "Tongban-2026").status, 200);
}

TEST_P(identity_http, an_account_that_does_not_exist_locks_in_the_same_way) {
    auto at = browser();
    for (auto i = 0; i < 4; ++i) wrong(at, "19900000077");
    EXPECT_EQ(wrong(at, "19900000077").code, "account_is_locked");
    EXPECT_EQ(wrong(at, "19900000077").code, "account_is_locked");
}

TEST_P(identity_http, the_right_password_forgets_the_wrong_ones) {
    auto at = browser();
    for (auto i = 0; i < 4; ++i) wrong(at, "19900000001");
    EXPECT_EQ(at.sign_in("resident", "19900000001", "Tongban-2026").status, 200) << "the fifth was right";
    at.forget();
    EXPECT_NE(wrong(at, "19900000001").text("/detail").find("4 次"), std::string::npos);
}

TEST_P(identity_http, sign_out_ends_the_session_everywhere) {
    auto at = browser();
    at.sign_in("resident", "19900000001", "Tongban-2026");
    auto token = at.cookies().at("tb_session");
    EXPECT_EQ(at.get("/api/test/desk").status, 200);
    EXPECT_EQ(at.post("/api/identity/sign-out").status, 204);
    auto replay = browser();
    replay.keep_cookie("tb_session", token);
    auto refused = replay.get("/api/test/desk");
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.code, "session_ended");
    auto me = replay.get("/api/identity/me");
    EXPECT_EQ(me.status, 200);
    EXPECT_NE(me.header("Set-Cookie").find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(browser().post("/api/identity/sign-out").status, 204) << "nobody is signed in: nothing to end";
}

TEST_P(identity_http, a_session_ends_by_itself) {
    auto at = browser();
    at.sign_in("resident", "19900000001", "Tongban-2026");
    clock_.advance(minutes{29});
    EXPECT_EQ(at.get("/api/test/desk").status, 200);
    clock_.advance(minutes{29});
    EXPECT_EQ(at.get("/api/test/desk").status, 200) << "it was used meanwhile";
    clock_.advance(minutes{30});
    EXPECT_EQ(at.get("/api/test/desk").code, "session_ended");
    auto back = at.sign_in("resident", "19900000001", "Tongban-2026");
    EXPECT_EQ(back.status, 200) << "the dead cookie is no hindrance " << back;
}

TEST_P(identity_http, signing_in_changes_the_token) {
    auto at = browser();
    at.sign_in("resident", "19900000001", "Tongban-2026");
    auto first = at.cookies().at("tb_session");
    at.sign_in("resident", "19900000001", "Tongban-2026");
    EXPECT_NE(at.cookies().at("tb_session"), first);
    auto old = browser();
    old.keep_cookie("tb_session", first);
    EXPECT_EQ(old.get("/api/test/desk").code, "session_ended");
}

TEST_P(identity_http, csrf_tokens_belong_to_one_session) {
    auto one = browser(), other = browser();
    one.sign_in("staff", "sl005", "Desk-2026");
    other.sign_in("staff", "sl001", "Desk-2026");
    auto foreign = other.get("/api/identity/me").text("/csrf");
    auto refused =
        one.post("/api/identity/post", {{"post", "990102001-window"}}, {{"X-CSRF-Token", foreign}});
    EXPECT_EQ(refused.code, "csrf_token_is_wrong");
    auto own = one.get("/api/identity/me").text("/csrf");
    EXPECT_EQ(one.post("/api/identity/post", {{"post", "990102001-window"}}, {{"X-CSRF-Token", own}}).status,
              200);
}

TEST_P(identity_http, reading_writes_the_session_once_a_minute_at_most) {
    auto at = browser();
    at.sign_in("resident", "19900000001", "Tongban-2026");
    auto last_seen = [&] { return count("SELECT max(last_seen_at) AS n FROM identity_session"); };
    auto first = last_seen();
    clock_.advance(std::chrono::seconds{59});
    at.get("/api/identity/me");
    EXPECT_EQ(last_seen(), first);
    clock_.advance(std::chrono::seconds{1});
    at.get("/api/identity/me");
    EXPECT_EQ(last_seen(), first + 60'000);
}

TEST_P(identity_http, a_member_of_staff_who_left_is_out_at_once) {
    auto at = browser();
    at.sign_in("staff", "hd001", "Other-2026");
    pack_.put("org/staff.json",
              R"({"staff": [{"id": "sl001", "name": "林静", "posts": ["990102001-window"]}]})");
    MUST(org_.import(pack_.pack()));
    EXPECT_EQ(at.get("/api/test/desk").code, "session_ended");
    EXPECT_EQ(browser().sign_in("staff", "hd001", "Other-2026").code, "account_or_password_is_wrong");
}

TEST_P(identity_http, audit_tells_who_came_without_personal_data) {
    auto at = browser();
    at.sign_in("resident", "19900000001", "Tongban-2026");
    clock_.advance(std::chrono::seconds{1});
    wrong(at, "19900000077");
    clock_.advance(std::chrono::seconds{1});
    at.post("/api/identity/sign-out");
    auto const* sql =
        "SELECT actor, verb, aggregate, facts FROM store_audit WHERE verb <> 'identity.import' "
        "AND verb LIKE 'identity.%' ORDER BY id";
    auto reader = MUST(store_->reader());
    auto rows = MUST(reader->rows(store::Query{"test.audit", sql, sql}));
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].text("verb"), "identity.sign_in");
    EXPECT_TRUE(rows[0].text("actor").starts_with("resident:"));
    EXPECT_EQ(rows[1].text("verb"), "identity.refuse_sign_in");
    EXPECT_EQ(rows[1].text("actor"), "anyone");
    EXPECT_EQ(rows[2].text("verb"), "identity.sign_out");
    for (auto const& row : rows) EXPECT_EQ(row.text("facts").find("199000"), std::string::npos);
}

TEST_P(identity_http, ended_sessions_and_old_attempts_are_erased) {
    identity_.jobs(store_->jobs());
    MUST(identity_.start());
    auto at = browser();
    at.sign_in("resident", "19900000001", "Tongban-2026");
    wrong(at, "19900000077");
    clock_.advance(minutes{61});
    MUST(store_->run_pending());
    EXPECT_EQ(count("SELECT count(*) AS n FROM identity_session"), 0);
    EXPECT_EQ(count("SELECT count(*) AS n FROM identity_attempt"), 0);
    at.sign_in("resident", "19900000001", "Tongban-2026");
    clock_.advance(minutes{61});
    MUST(store_->run_pending());
    EXPECT_EQ(count("SELECT count(*) AS n FROM identity_session"), 0) << "the job plans itself again";
}

TEST_P(identity_http, who_saw_whose_data_is_written_down) {
    auto tx = MUST(store_->begin());
    identity_.record_access(*tx, {PersonId{"p1"},
                                  "staff:sl001",
                                  BodyId{"11990102MB0D20011R"},
                                  "核对申请人身份",
                                  "duty",
                                  "990102202610150000017",
                                  {"applicant.id_number"}});
    MUST(tx->commit());
    EXPECT_EQ(count("SELECT count(*) AS n FROM identity_access WHERE person = 'p1' AND basis = 'duty'"), 1);
}
