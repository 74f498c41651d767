#include "world.h"

#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tongban::app {

namespace {
namespace fs = std::filesystem;

constexpr auto begin_of_tests = "2026-10-15 09:24";

void must(Result<void> done, std::string const& what) {
    if (!done.ok()) throw std::runtime_error(what + ": " + done.error().code + ": " + done.error().detail);
}

std::unique_ptr<House> must_build(HouseOptions const& options, Clock const& clock) {
    auto house = House::build(options, clock);
    if (!house.ok())
        throw std::runtime_error("building: " + house.error().code + ": " + house.error().detail);
    return std::move(house).value();
}

kit::Browser signed_in(http::Dispatcher& dispatcher, std::string const& account) {
    kit::Browser browser(dispatcher);
    auto answer = browser.sign_in(is_staff(account) ? "staff" : "resident", account, password_of(account));
    if (answer.status != 200) throw std::runtime_error("signing in " + account + ": " + answer.body);
    return browser;
}

/// Imported, with everybody signed in, and closed so that it can be copied.
struct Template {
    kit::TempDir directory;
    std::unique_ptr<kit::PostgresDatabase> database;
    std::map<std::string, std::map<std::string, std::string>> cookies;  ///< by account
};

Template make_template(store::Dialect dialect) {
    log_threshold(LogLevel::error);
    Template one;
    if (dialect == store::Dialect::postgres) one.database = std::make_unique<kit::PostgresDatabase>();
    SetClock const clock(kit::at(begin_of_tests));
    auto house = must_build(options_for(one.directory.path(), one.database.get()), clock);
    must(house->store().migrate(), "migrating");
    must(house->open_doors(), "opening");
    must(house->import(Pack{TONGBAN_PACK}), "importing");
    must(house->store().run_pending().ok() ? Result<void>{} : Error{}, "running what the import left");
    http::Dispatcher dispatcher(house->routes(), house->authenticator(), clock, {});
    for (auto const* account :
         {zhou, li, clerk, other_clerk, reviewer, both_roles, keeper, clerk_elsewhere, reviewer_elsewhere})
        one.cookies[account] = signed_in(dispatcher, account).cookies();
    return one;
}

Template const& template_of(store::Dialect dialect) {
    static std::map<store::Dialect, Template> made;
    if (auto found = made.find(dialect); found != made.end()) return found->second;
    return made.emplace(dialect, make_template(dialect)).first->second;
}

std::string big_endian(std::uint32_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xFF);
    return bytes;
}

std::string chunk(std::string const& kind, std::string const& data) {
    auto typed = kind + data;
    auto sum = crc32(0, reinterpret_cast<Bytef const*>(typed.data()), static_cast<uInt>(typed.size()));
    return big_endian(static_cast<std::uint32_t>(data.size())) + typed +
           big_endian(static_cast<std::uint32_t>(sum));
}

}  // namespace

std::string small_png() {
    constexpr int width = 64, height = 48;
    std::string rows;
    for (int y = 0; y < height; ++y) {
        rows += '\0';
        for (int x = 0; x < width; ++x) rows += static_cast<char>(x * 3 + y);
    }
    std::string packed(compressBound(rows.size()), '\0');
    auto size = static_cast<uLongf>(packed.size());
    compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<Bytef const*>(rows.data()),
             rows.size());
    packed.resize(size);
    auto header = big_endian(width) + big_endian(height) + std::string("\x08\x00\x00\x00\x00", 5);
    return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("IDAT", packed) + chunk("IEND", "");
}

std::string small_pdf(std::string const& catalog, std::string const& more) {
    std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R " + catalog + " >>",
                                     "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"};
    if (!more.empty()) objects.push_back(more);
    std::string text = "%PDF-1.4\n", table;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        auto at = std::to_string(text.size());
        table += std::string(10 - at.size(), '0') + at + " 00000 n \n";
        text += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    auto count = std::to_string(objects.size() + 1);
    auto start = std::to_string(text.size());
    return text + "xref\n0 " + count + "\n0000000000 65535 f \n" + table + "trailer\n<< /Size " + count +
           " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
}

std::string text_of(std::string const& pdf) {
    kit::TempDir place;
    auto file = place.path() + "/page.pdf";
    std::ofstream(file, std::ios::binary) << pdf;
    std::string text;
    FILE* reader = popen(("pdftotext " + file + " -").c_str(), "r");
    if (reader == nullptr) return text;
    char part[4096];
    while (auto count = fread(part, 1, sizeof part, reader)) text.append(part, count);
    pclose(reader);
    return text;
}

std::string in_query(std::string_view text) {
    std::string out;
    auto hex = to_hex(text);
    for (std::size_t i = 0; i < hex.size(); i += 2) out += "%" + hex.substr(i, 2);
    return out;
}

bool is_staff(std::string const& account) {
    return account.front() < '0' || account.front() > '9';
}
std::string password_of(std::string const& account) {
    return is_staff(account) ? "Desk-2026" : "Tongban-2026";
}

HouseOptions options_for(std::string const& directory, kit::PostgresDatabase const* database) {
    HouseOptions options;
    options.data_directory = directory;
    if (database != nullptr) options.database = database->url();
    options.fonts = TONGBAN_FONTS;
    options.check_program = TONGBAN_PROGRAM;
    return options;
}

void copy_pack(std::string const& folder) {
    fs::copy(TONGBAN_PACK, folder, fs::copy_options::recursive);
}

void edit(std::string const& file, std::string const& from, std::string const& to) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    auto whole = text.str();
    auto at = whole.find(from);
    if (at == std::string::npos || whole.find(from, at + 1) != std::string::npos)
        throw std::runtime_error(from + " stands not once in " + file);
    std::ofstream(file) << whole.replace(at, from.size(), to);
}

World::World(store::Dialect dialect, std::string_view at) : clock(kit::at(at)) {
    auto const& from = template_of(dialect);
    fs::copy(from.directory.path(), directory_.path(), fs::copy_options::recursive);
    if (from.database) database_ = std::make_unique<kit::PostgresDatabase>(*from.database);
    open();
    if (at != begin_of_tests) return;
    for (auto const& [account, cookies] : from.cookies) {
        auto& browser = people_.emplace(account, kit::Browser(*dispatcher_)).first->second;
        for (auto const& [name, value] : cookies) browser.keep_cookie(name, value);
    }
}

HouseOptions World::options() const {
    return options_for(directory_.path(), database_.get());
}

void World::open() {
    auto options = options_for(directory_.path(), database_.get());
    options.exchange_at = exchange_at_;
    house_ = must_build(options, clock);
    must(house_->open_doors(), "opening");
    http::Settings settings;
    settings.openapi = "{}";
    settings.metrics = [this] { return house_->metrics(); };
    dispatcher_ =
        std::make_unique<http::Dispatcher>(house_->routes(), house_->authenticator(), clock, settings);
}

void World::restart() {
    people_.clear();
    dispatcher_.reset();
    house_.reset();
    open();
}

void World::join_departments(std::string const& pack, std::string const& address) {
    must(house_->import(Pack{pack}), "importing");
    exchange_at_ = address;
    restart();
    pump();
}

kit::Browser& World::as(std::string const& account) {
    if (auto found = people_.find(account); found != people_.end()) return found->second;
    return people_.emplace(account, signed_in(*dispatcher_, account)).first->second;
}

void World::go_to(std::string_view beijing_time) {
    clock.set(kit::at(beijing_time));
    people_.clear();
}

void World::pump() {
    auto ran = store().run_pending();
    EXPECT_TRUE(ran.ok()) << (ran.ok() ? "" : ran.error().code + ": " + ran.error().detail);
}

Json const& World::application() {
    if (application_.is_null())
        application_ = nobody().get(std::string("/api/catalog/items/") + item_code + "/application").json;
    return application_;
}

Json World::agreed(std::string_view pointer) {
    auto const& text = application().at_pointer(pointer);
    return {{"key", text.at("key")}, {"version", text.at("version")}, {"hash", text.at("hash")}};
}

Json World::promise(std::string const& material) {
    for (auto const& each : application().at("materials").as_array())
        if (each.at("key").as_string() == material) {
            auto const& text = each.at("promise");
            return {{"key", material},
                    {"way", "promise"},
                    {"promise",
                     {{"key", text.at("key")}, {"version", text.at("version")}, {"hash", text.at("hash")}}}};
        }
    throw std::runtime_error("the item asks for no " + material);
}

json::object World::good_answers() {
    return {{"relation", "daughter"},
            {"other_name", "李晓燕"},
            {"other_id_number", li_id_number},
            {"purpose", "bank"},
            {"receiving_unit", "示例银行梧桐里分理处"},
            {"contact_phone", zhou}};
}

json::array World::good_materials(Papers papers, std::string const& file) {
    json::array all{promise("commitment"), promise("birth_certificate")};
    if (papers == Papers::promised)
        all.push_back(promise("household_register"));
    else
        all.push_back(
            {{"key", "household_register"}, {"way", "upload"}, {"files", json::array{{{"id", file}}}}});
    return all;
}

Json World::saving(std::int64_t version, json::object answers, json::array materials) {
    return {{"version", version},
            {"step", "materials"},
            {"answers", std::move(answers)},
            {"materials", std::move(materials)},
            {"notice", agreed("/notice")},
            {"collection", "electronic"}};
}

std::string World::upload(kit::Browser& who) {
    auto answer = who.upload("/api/files/uploads", "file", "户口簿.png", "image/png", small_png());
    EXPECT_EQ(answer.status, 201) << answer;
    return answer.text("/id");
}

kit::Answer World::fill_draft(kit::Browser& who, Papers papers, std::string const& region) {
    auto draft = who.post("/api/cases/drafts", {{"item", item_code}, {"region", region}});
    EXPECT_EQ(draft.status, 201) << draft;
    auto file = papers == Papers::uploaded ? upload(who) : std::string();
    auto saved = who.put("/api/cases/drafts/" + draft.text("/id"),
                         saving(draft.integer("/version"), good_answers(), good_materials(papers, file)));
    EXPECT_EQ(saved.status, 200) << saved;
    return saved;
}

kit::Answer World::submit(kit::Browser& who, kit::Answer const& draft) {
    return who.post("/api/cases/drafts/" + draft.text("/id") + "/submission",
                    {{"version", draft.integer("/version")}, {"declaration", agreed("/declaration")}});
}

std::string World::file_case(kit::Browser& who, Papers papers, std::string const& region) {
    auto receipt = submit(who, fill_draft(who, papers, region));
    EXPECT_EQ(receipt.status, 201) << receipt;
    return receipt.text("/case_no");
}

kit::Answer World::mine(std::string const& case_no, std::string const& who) {
    return as(who).get("/api/cases/mine/" + case_no);
}

kit::Answer World::desk(std::string const& case_no, std::string const& who) {
    return as(who).get("/api/cases/desk/cases/" + case_no);
}

kit::Answer World::act(std::string const& who, std::string const& case_no, std::string const& verb,
                       json::object body) {
    if (!body.contains("version")) body["version"] = desk(case_no, who).integer("/version");
    return as(who).post("/api/cases/desk/cases/" + case_no + "/" + verb, std::move(body));
}

kit::Answer World::approve(std::string const& case_no, std::string const& who) {
    return act(who, case_no, "decision", {{"verdict", "approve"}, {"opinion", "材料齐全，同意出具。"}});
}

kit::Answer World::ask_correction(std::string const& case_no, std::vector<std::string> const& gaps) {
    json::array told;
    for (auto const& gap : gaps)
        told.push_back({{"key", gap}, {"problem", "这一处看不清楚"}, {"remedy", "请重新提供清楚的一份"}});
    return act(clerk, case_no, "correction", {{"gaps", told}});
}

std::string World::conclude_case() {
    auto case_no = file_case(resident());
    EXPECT_EQ(accept(case_no).status, 200);
    EXPECT_EQ(approve(case_no).status, 200);
    pump();
    return case_no;
}

World::Letter World::letter(std::string const& case_no, std::string_view kind, std::string const& who) {
    Letter found;
    for (auto const& each : mine(case_no, who).json.at("letters").as_array()) {
        if (each.at("kind").as_string() != kind) continue;
        found.id = each.at("id").as_string();
        found.title = each.at("title").as_string();
        found.state = each.at("state").as_string();
        found.number = each.at("number").as_string();
    }
    if (found.state != "ready") return found;
    found.text = text_of(as(who).get("/api/cases/mine/" + case_no + "/letters/" + found.id).body);
    std::erase(found.text, '\n');
    return found;
}

std::vector<std::string> World::messages(std::string const& who) {
    auto answer = as(who).get("/api/notify/messages");
    EXPECT_EQ(answer.status, 200) << answer;
    std::vector<std::string> texts;
    for (auto const& each : answer.json.at("messages").as_array())
        texts.emplace_back(each.at("text").as_string());
    return texts;
}

}  // namespace tongban::app
