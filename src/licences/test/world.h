// The demonstration region with everything licences stand on; who asks is said by a cookie.
#pragma once

#include <filesystem>
#include <fstream>

#include "kit/by_cookie.h"
#include "kit/kit.h"
#include "kit/scenario.h"
#include "kit/tree.h"
#include "licences/api.h"
#include "licences/licences.h"

namespace tongban::licences::testing {

using kit::tree_root;

/// Made by tools/fonts.sh beside this program, or where TONGBAN_FONTS says.
inline std::string fonts_directory() {
    if (char const* fonts = std::getenv("TONGBAN_FONTS")) return fonts;
    return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "share/fonts").string();
}

inline BodyId const street{"11990102MB0D20011R"}, other_street{"11990102MB0D2002XH"};

/// `zhou`, `li`: residents. `keeper:<body>`: staff of that body.
inline Actor known_as(std::string const& who) {
    if (!who.starts_with("keeper:")) return kit::resident(who);
    auto actor = kit::staff_in_role("keeper");
    actor.staff = StaffId{"sl006"};
    actor.body = BodyId{who.substr(7)};
    return actor;
}

class Site : public ::testing::TestWithParam<store::Dialect> {
protected:
    Site() {
        MUST(org_.import(pack_));
        MUST(notify_.import(pack_));
        MUST(licences_.import(pack_));
        licences_.routes(routes_);
        dispatcher_ = std::make_unique<http::Dispatcher>(routes_, authenticator_, clock_, http::Settings{});
    }

    static Order order(std::string key = "case1", std::string person = "周桂兰") {
        Order order;
        order.key = std::move(key);
        order.type = "kinship_proof";
        order.holder = PersonId{"zhou"};
        order.holder_name = person;
        order.holder_id_number = "990102195603120029";
        order.issuer = street;
        order.case_no = "990102202610150000017";
        order.face = {{"person_name", "", person},        {"person_id", "", "990102195603120029"},
                      {"relative_name", "", "李晓燕"},    {"relative_id", "", "99010219810725024X"},
                      {"relation", "", "母子（女）"},     {"purpose", "", "办理银行业务"},
                      {"receiving_unit", "", "示例银行"}, {"checked_by", "", "本机关"}};
        return order;
    }

    kit::Answer get(std::string const& who, std::string const& url) { return browser(who).get(url); }
    kit::Answer post(std::string const& who, std::string const& url, Json body) {
        return browser(who).post(url, std::move(body), {{"X-CSRF-Token", "t"}});
    }
    kit::Answer check_file(std::string_view bytes, std::string const& token = "") {
        std::map<std::string, std::string> fields;
        if (!token.empty()) fields["token"] = token;
        return browser("").upload("/api/licences/verified-file", "file", "a.pdf", "application/pdf", bytes,
                                  fields);
    }
    kit::Browser browser(std::string const& who) {
        kit::Browser at(*dispatcher_);
        at.keep_cookie("who", who);
        return at;
    }
    std::int64_t count(std::string_view sql) {
        auto reader = MUST(store_->reader());
        return MUST(reader->rows(store::Query{"test.count", sql, sql}))[0].integer("n");
    }
    Bytes file_of(Issued const& issued) {
        auto reader = MUST(store_->reader());
        auto files = MUST(files_.of(*reader, issued.id.text));
        return MUST(files_.bytes(files.at(0)));
    }

    Pack pack_{(tree_root() / "packs/demo-city").string()};
    SetClock clock_{kit::at("2026-10-15 09:24")};
    kit::FreshStore store_ = kit::fresh_store(
        GetParam(), clock_,
        {org::schema(), identity::schema(), files::schema(), notify::schema(), licences::schema()});
    org::Org org_{*store_, clock_};
    identity::Identity identity_{*store_, clock_, org_};
    files::Files files_{*store_, clock_};
    notify::Notify notify_{*store_, clock_};
    Licences licences_{*store_, clock_, org_, identity_, files_, notify_, fonts_directory()};
    http::Routes routes_;
    kit::ByCookie authenticator_{"who", known_as};
    std::unique_ptr<http::Dispatcher> dispatcher_;
};

}  // namespace tongban::licences::testing
