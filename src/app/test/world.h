// A whole house in one test: the demonstration pack imported once per process and database, cloned for every
// test, with the clock standing at 2026-10-15 09:24, a Thursday.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/house.h"
#include "kit/kit.h"
#include "kit/scenario.h"

namespace tongban::app {

constexpr char const* item_code = "992080005001";
constexpr char const* street = "990102001000";  ///< 示例街道, whose window is sl001 and whose post is sl003
constexpr char const* zhou = "19900000001";     ///< 周桂兰 asks
constexpr char const* zhou_name = "周桂兰";
constexpr char const* zhou_id_number = "990102195603120029";
constexpr char const* li = "19900000002";  ///< 李晓燕, her daughter
constexpr char const* li_id_number = "99010219810725024X";
constexpr char const* clerk = "sl001";
constexpr char const* other_clerk = "sl002";
constexpr char const* reviewer = "sl003";
constexpr char const* both_roles = "sl005";
constexpr char const* keeper = "sl006";
constexpr char const* clerk_elsewhere = "hd001";
constexpr char const* reviewer_elsewhere = "hd002";

std::string small_png();
/// A whole one-page PDF; `catalog` and `more` go into its root dictionary and behind its pages.
std::string small_pdf(std::string const& catalog = "", std::string const& more = "");

class World {
public:
    explicit World(store::Dialect dialect, std::string_view at = "2026-10-15 09:24");

    SetClock clock;
    House& house() { return *house_; }
    store::Store& store() { return house_->store(); }
    http::Dispatcher& dispatcher() { return *dispatcher_; }
    [[nodiscard]] std::string const& directory() const { return directory_.path(); }
    [[nodiscard]] HouseOptions options() const;  ///< what another process on the same data would be told

    /// Whoever has this account, signed in. Sessions of before a go_to() have ended; ask again.
    kit::Browser& as(std::string const& account);
    kit::Browser& resident() { return as(zhou); }
    kit::Browser nobody() { return kit::Browser(*dispatcher_); }
    void go_to(std::string_view beijing_time);
    /// Everything due now: letters, licences, limits that passed.
    void pump();
    /// Takes a pack (its folder) and asks its departments at this address from now on.
    void join_departments(std::string const& pack, std::string const& address);
    /// Closes the house and opens it again on the same data.
    void restart();

    enum class Papers { uploaded, promised };
    /// A draft of `who`, filled in and saved; `papers` says how the household register is given.
    kit::Answer fill_draft(kit::Browser& who, Papers papers, std::string const& region = street);
    kit::Answer submit(kit::Browser& who, kit::Answer const& draft);
    /// Draft, papers, submission; the case's number.
    std::string file_case(kit::Browser& who, Papers papers = Papers::promised,
                          std::string const& region = street);
    std::string upload(kit::Browser& who);  ///< the file's id

    /// What the wizard was told: texts with version and hash.
    Json const& application();
    Json agreed(std::string_view pointer);  ///< `/notice`, `/declaration`
    Json promise(std::string const& material);
    Json saving(std::int64_t version, json::object answers, json::array materials);
    json::object good_answers();
    json::array good_materials(Papers papers, std::string const& file = "");

    kit::Answer mine(std::string const& case_no, std::string const& who = zhou);
    kit::Answer desk(std::string const& case_no, std::string const& who = clerk);
    /// An act at the desk on the version that the actor sees, unless `body` has one.
    kit::Answer act(std::string const& who, std::string const& case_no, std::string const& verb,
                    json::object body = {});
    kit::Answer accept(std::string const& case_no, std::string const& who = clerk) {
        return act(who, case_no, "acceptance");
    }
    kit::Answer approve(std::string const& case_no, std::string const& who = reviewer);
    kit::Answer ask_correction(std::string const& case_no, std::vector<std::string> const& gaps);
    /// Filed, accepted, approved, and the licence made.
    std::string conclude_case();
    struct Letter {
        std::string id, title, number, state = "absent", text;  ///< text: what a reader of the PDF sees
    };
    /// Of that kind, as the applicant's own page has it; whatever ends a line is left out of its text.
    Letter letter(std::string const& case_no, std::string_view kind, std::string const& who = zhou);
    /// Texts of the messages that the resident got, newest first.
    std::vector<std::string> messages(std::string const& who = zhou);

private:
    void open();

    std::string exchange_at_;
    kit::TempDir directory_;
    std::unique_ptr<kit::PostgresDatabase> database_;
    std::unique_ptr<House> house_;
    std::unique_ptr<http::Dispatcher> dispatcher_;
    std::map<std::string, kit::Browser> people_;
    Json application_;
};

/// What a reader of the PDF sees, in reading order, with the ends of its lines.
std::string text_of(std::string const& pdf);
/// Percent-encoded, for a query.
std::string in_query(std::string_view text);
bool is_staff(std::string const& account);
std::string password_of(std::string const& account);
HouseOptions options_for(std::string const& directory, kit::PostgresDatabase const* database);
/// The house's pack copied to a folder that a test may change.
void copy_pack(std::string const& folder);
/// Replaces the only place where `from` stands in the file.
void edit(std::string const& file, std::string const& from, std::string const& to);

class HouseTest : public testing::TestWithParam<store::Dialect> {
protected:
    World world{GetParam()};
};

}  // namespace tongban::app
