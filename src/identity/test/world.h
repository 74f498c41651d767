// A small site for these tests: the demonstration region with three members of staff and two residents.
#pragma once

#include <filesystem>
#include <fstream>

#include "identity/api.h"
#include "identity/identity.h"
#include "kit/kit.h"
#include "kit/scenario.h"
#include "kit/tree.h"

namespace tongban::identity::testing {

using kit::tree_root;

inline void write_file(std::string const& path, std::string const& text) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

inline std::string residents(std::string const& zhou_phone = "19900000001",
                             std::string const& password = "Tongban-2026") {
    return R"({"note": "n", "demonstration_password": ")" + password + R"(", "residents": [
      {"name": "周桂兰", "id_number": "990102195603120029", "phone": ")" +
           zhou_phone + R"(",
       "address": "示例市示例区示例街道示例路26号", "region": "990102001001", "real_name_level": 2},
      {"name": "李晓燕", "id_number": "99010219810725024X", "phone": "19900000002",
       "address": "示例市示例区河东街道河东路88号", "region": "990102002001", "real_name_level": 3}]})";
}

class SmallPack {
public:
    SmallPack() {
        std::filesystem::copy(tree_root() / "packs/demo-city/org", directory_.path() + "/org",
                              std::filesystem::copy_options::recursive);
        put("org/staff.json", R"({"staff": [
          {"id": "sl001", "name": "林静", "posts": ["990102001-window"]},
          {"id": "sl005", "name": "顾小满", "posts": ["990102001-window", "990102001-review"]},
          {"id": "hd001", "name": "方晓禾", "posts": ["990102002-window"]}]})");
        put("identity/residents.json", residents());
        put("identity/staff_passwords.json",
            R"({"note": "n", "all": "Desk-2026", "passwords": {"hd001": "Other-2026"}})");
    }
    void put(std::string const& path, std::string const& text) {
        write_file(directory_.path() + "/" + path, text);
    }
    [[nodiscard]] Pack pack() const { return {directory_.path()}; }

private:
    kit::TempDir directory_;
};

/// Everything of identity but its pack.
class Site : public ::testing::TestWithParam<store::Dialect> {
protected:
    Site() {
        MUST(org_.import(pack_.pack()));
        identity_.routes(routes_);
        routes_.get("/api/test/desk", {"test.desk"}, [this](auto const& request) -> Result<http::Reply> {
            seen_ = request.actor;
            return http::ok("{}");
        });
        routes_.grant({"test.desk"}, {"clerk", "resident"});
        dispatcher_ = std::make_unique<http::Dispatcher>(routes_, identity_, clock_, http::Settings{});
    }
    std::int64_t count(std::string_view sql) {
        store::Query query{"test.count", sql, sql};
        auto reader = MUST(store_->reader());
        return MUST(reader->rows(query))[0].integer("n");
    }

    SmallPack pack_;
    SetClock clock_{kit::at("2026-10-15 09:24")};
    kit::FreshStore store_ = kit::fresh_store(GetParam(), clock_, {org::schema(), identity::schema()});
    org::Org org_{*store_, clock_};
    Identity identity_{*store_, clock_, org_};
    http::Routes routes_;
    Actor seen_;
    std::unique_ptr<http::Dispatcher> dispatcher_;
};

}  // namespace tongban::identity::testing
