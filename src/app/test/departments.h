// A house whose departments are a Wire that says what the test tells it, with one item that asks them all.
#pragma once

#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>

#include "client/test/wire.h"
#include "world.h"

namespace tongban::app {

constexpr char const* asking_item = "992080009001";
constexpr char const* son = "990102200605180133";
constexpr char const* home = "示例路26号3栋201室";

/// What the departments say; changed by the test while they are not being asked.
struct Registers {
    std::mutex mutex;
    std::string household =
        R"({"code":"0","data":[{"address":"示例路26号3栋201室","since":"20010506","minors":[]}]})";
    std::string kinship = R"({"code":"0","data":[{"proven":"Y","relation":"祖孙"}]})";
    std::string estate = R"({"code":"1"})";
    std::set<std::string> down, held;
};

class Departments : public HouseTest {
protected:
    Departments() {
        copy_pack(pack_.path() + "/pack");
        auto pack = pack_.path() + "/pack";
        namespace fs = std::filesystem;
        auto shared = fs::path(TONGBAN_PACK).parent_path().parent_path() / "test/shared/asking";
        fs::remove_all(pack + "/exchange");
        fs::remove_all(pack + "/catalog/items");
        fs::create_directories(pack + "/exchange/connectors");
        fs::create_directories(pack + "/catalog/items");
        fs::copy(shared / asking_item, pack + "/catalog/items/" + asking_item, fs::copy_options::recursive);
        fs::copy(shared / "resources.json", pack + "/exchange/resources.json");
        fs::copy(shared / "connector.json", pack + "/exchange/connectors/reg.json");
        world.join_departments(pack, wire_.url());
    }
    ~Departments() override { wire_.let_go(); }

    void script(client::test::Heard const& heard, client::test::Line const& line) {
        std::string body;
        auto path = heard.target.substr(heard.target.rfind('/') + 1);
        bool hold = false, down = false;
        {
            std::scoped_lock lock(says_.mutex);
            body = path == "household" ? says_.household : path == "kinship" ? says_.kinship : says_.estate;
            hold = says_.held.contains(path);
            down = says_.down.contains(path);
            if (path == "corrections") body = R"({"accepted":true})";
        }
        if (hold) line.hold();
        line.answer(down ? 503 : 200, "application/json", body);
    }
    void say(std::string Registers::*what, std::string text) {
        std::scoped_lock lock(says_.mutex);
        says_.*what = std::move(text);
    }
    void take_down(std::string const& path) {
        std::scoped_lock lock(says_.mutex);
        says_.down.insert(path);
    }

    Json text(char const* pointer) {
        auto answer = world.nobody().get(std::string("/api/catalog/items/") + asking_item + "/application");
        auto const& found = answer.json.at_pointer(pointer);
        return {{"key", found.at("key")}, {"version", found.at("version")}, {"hash", found.at("hash")}};
    }
    kit::Answer open(kit::Browser& who) {
        auto draft = who.post("/api/cases/drafts", {{"item", asking_item}, {"region", street}});
        EXPECT_EQ(draft.status, 201) << draft;
        return draft;
    }
    Json saving(kit::Answer const& draft, json::object answers, json::object more = {}) {
        json::object body{{"version", draft.integer("/version")},
                          {"step", "form"},
                          {"answers", std::move(answers)},
                          {"materials", json::array{}},
                          {"notice", text("/notice")},
                          {"collection", "electronic"}};
        for (auto const& [key, value] : more) body[key] = value;
        return body;
    }
    json::object people() { return {{"other_name", "王知远"}, {"other_id_number", son}, {"phone", zhou}}; }
    kit::Answer save(kit::Browser& who, kit::Answer const& draft, json::object answers,
                     json::object more = {}) {
        auto saved = who.put("/api/cases/drafts/" + draft.text("/id"),
                             saving(draft, std::move(answers), std::move(more)));
        EXPECT_EQ(saved.status, 200) << saved;
        return saved;
    }
    /// Agrees, asks, and looks until nothing is being asked.
    kit::Answer ask(kit::Browser& who, std::string const& id, Json wish) {
        auto draft = who.post("/api/cases/drafts/" + id + "/data", std::move(wish));
        EXPECT_EQ(draft.status, 200) << draft;
        for (int looks = 0; looks < 2000 && draft.find("/data/asking")->as_bool(); ++looks)
            draft = who.get("/api/cases/drafts/" + id);
        EXPECT_FALSE(draft.find("/data/asking")->as_bool()) << draft;
        return draft;
    }
    kit::Answer agree(kit::Browser& who, std::string const& id) {
        return ask(who, id, {{"consent", text("/data_consent")}});
    }
    /// Opened, filled in, agreed to, answered.
    kit::Answer prepare(kit::Browser& who) {
        auto draft = open(who);
        draft = save(who, draft, people());
        return agree(who, draft.text("/id"));
    }
    kit::Answer submit(kit::Browser& who, kit::Answer const& draft, json::object more = {}) {
        json::object body{{"version", draft.integer("/version")}, {"declaration", text("/declaration")}};
        for (auto const& [key, value] : more) body[key] = value;
        return who.post("/api/cases/drafts/" + draft.text("/id") + "/submission", body);
    }
    std::int64_t count(std::string const& sql) {
        store::Query query{"test.count", sql, sql};
        auto reader = MUST(world.store().reader());
        return MUST(reader->rows(query))[0].integer("n");
    }
    static std::string outcome(kit::Answer const& draft, std::string const& key) {
        for (auto const& one : draft.find("/data/sources")->as_array())
            if (one.at("key").as_string() == key) return std::string(one.at("outcome").as_string());
        return "not told";
    }
    static Json const* offer(kit::Answer const& draft, std::string const& key) {
        for (auto const& one : draft.find("/offers")->as_array())
            if (one.at("key").as_string() == key) return &one;
        return nullptr;
    }

    Registers says_;
    kit::TempDir pack_;
    client::test::Wire wire_{
        [this](client::test::Heard const& heard, client::test::Line const& line) { script(heard, line); }};
};

}  // namespace tongban::app
