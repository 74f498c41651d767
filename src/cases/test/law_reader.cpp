#include "law_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <sstream>

#include "house.h"

namespace tongban::cases::test {

namespace {

/// What a line's words are not: the table is wrong, not the law.
struct Unreadable {
    std::string why;
};

std::string joined(std::vector<std::string> const& words, std::size_t from = 0) {
    std::string text;
    for (auto i = from; i < words.size(); ++i) text += (i == from ? "" : " ") + words[i];
    return text;
}

/// `sl001 accepts C1 on 2026-10-09` against `WHO accepts CASE on DAY`: the capital words are taken out.
std::optional<std::map<std::string, std::string>> match(std::vector<std::string> const& words,
                                                        std::string const& pattern) {
    std::istringstream in(pattern);
    std::map<std::string, std::string> taken;
    std::string expected;
    std::size_t at = 0;
    while (in >> expected) {
        if (at == words.size()) return std::nullopt;
        bool const open =
            std::all_of(expected.begin(), expected.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
        if (open)
            taken[expected] = words[at];
        else if (words[at] != expected)
            return std::nullopt;
        ++at;
    }
    if (at != words.size()) return std::nullopt;
    return taken;
}

Limit read_limit(std::string text) {
    if (text.ends_with(',')) text.pop_back();
    auto const unit = text.size() > 2 ? text.substr(text.size() - 2) : "";
    if (unit != "wd" && unit != "nd") throw Unreadable{"a limit is 5wd or 15nd, not " + text};
    return {std::stoi(text), unit == "wd" ? LimitUnit::working_day : LimitUnit::natural_day};
}

SpecialRule special_rule(std::string const& key, std::string const& limit, bool counts) {
    return {key, "inspector", 2, read_limit(limit), counts, {"place", "fire"}};
}

std::vector<std::string> split(std::string const& text) {
    std::vector<std::string> parts;
    std::istringstream in(text == "nothing" ? "" : text);
    for (std::string one; std::getline(in, one, ',');) parts.push_back(one);
    return parts;
}

std::vector<Gap> read_gaps(std::string const& text) {
    std::vector<Gap> gaps;
    if (text == "nothing") return gaps;
    std::istringstream in(text);
    std::string key;
    while (std::getline(in, key, ',')) gaps.push_back({key, key, "看不清", "请重拍"});
    return gaps;
}

/// `nothing` is what people type who think a blank is an answer.
std::string read_words(std::string const& text) {
    return text == "nothing" ? " 　" : text;
}

class Play {
public:
    explicit Play(Scenario const& scenario) : scenario_(scenario) {}

    void run() {
        for (auto const& line : scenario_.lines) {
            testing::ScopedTrace trace(scenario_.file.c_str(), line.number, joined(line.words));
            try {
                step(line);
            } catch (Unreadable const& wrong) {
                ADD_FAILURE() << "the table cannot be read: " << wrong.why;
                return;
            }
        }
        EXPECT_FALSE(refusal_.has_value()) << "refused and not expected: " << refusal_->code;
    }

private:
    using Taken = std::map<std::string, std::string>;

    void step(Line const& line) {
        auto words = line.words;
        auto const kind = words.front();
        words.erase(words.begin());
        if (kind == "limits") return limits(words);
        if (kind == "given" || kind == "when") {
            if (refusal_) ADD_FAILURE() << "refused and not expected: " << refusal_->code;
            refusal_.reset();
            return happen(words);
        }
        if (kind == "then" || kind == "and") return hold(words);
        throw Unreadable{"a line begins with case, limits, given, when, then or and"};
    }

    void limits(std::vector<std::string> const& words) {
        for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
            if (words[i] == "statutory" && words[i + 1].starts_with("none"))
                limits_.statutory.reset();
            else if (words[i] == "acceptance")
                limits_.acceptance = read_limit(words[i + 1]);
            else if (words[i] == "correction")
                limits_.correction = read_limit(words[i + 1]);
            else if (words[i] == "promise")
                limits_.promise = read_limit(words[i + 1]);
            else if (words[i] == "statutory")
                limits_.statutory = read_limit(words[i + 1]);
            else if (words[i] == "bringing")
                limits_.bringing = read_limit(words[i + 1]);
            else if (words[i] == "check")
                limits_.special.push_back(special_rule("check", words[i + 1], false));
            else if (words[i] == "counted_check")
                limits_.special.push_back(special_rule("counted_check", words[i + 1], true));
            else if (words[i] == "extension")
                limits_.extension_days_max = read_limit(words[i + 1]).value;
            else if (words[i] == "card")
                limits_.has_card = true;
            else
                throw Unreadable{"there is no limit called " + words[i]};
        }
    }

    Today today(std::string const& text) {
        auto day = read_day(text);
        if (!day.ok()) throw Unreadable{text + " is not a day"};
        return {start_of(*day) + std::chrono::hours{10}, calendar_, limits_};
    }

    Case& at(Taken const& taken) {
        auto found = cases_.find(taken.at("CASE"));
        if (found == cases_.end()) throw Unreadable{"nothing is given of " + taken.at("CASE")};
        return found->second;
    }

    /// The next state, or the refusal that the next line must expect.
    void become(Case& present, Result<Case> const& next) {
        before_ = present;
        if (!next.ok())
            refusal_ = next.error();
        else
            present = *next;
    }

    void happen(std::vector<std::string> const& words);
    bool at_window(std::vector<std::string> const& words);
    bool at_post(std::vector<std::string> const& words);
    bool at_special(std::vector<std::string> const& words);
    bool at_head(std::vector<std::string> const& words);
    bool at_service(std::vector<std::string> const& words);
    bool holds_special(std::vector<std::string> const& words, Case const& found);
    Instant at_nine(std::string const& text);
    bool by_applicant(std::vector<std::string> const& words);
    bool by_time(std::vector<std::string> const& words);
    void hold(std::vector<std::string> const& words);
    bool holds_day(std::vector<std::string> const& words, Case const& found);

    Scenario const& scenario_;
    Calendar calendar_ = Calendar::embedded();  // up to 2026
    Limits limits_{{5, LimitUnit::working_day},
                   {15, LimitUnit::working_day},
                   {2, LimitUnit::working_day},
                   Limit{20, LimitUnit::working_day}};
    std::map<std::string, Case> cases_;
    std::map<std::string, std::vector<Gap>> first_notices_;
    std::string last_;
    Case before_;
    std::optional<Error> refusal_;
};

/// An hour before the day's work of these tables.
Instant Play::at_nine(std::string const& text) {
    return today(text).now - std::chrono::hours{1};
}

bool Play::at_special(std::vector<std::string> const& words) {
    if (auto t = match(words, "WHO plans STEP of CASE for PLANNED on DAY")) {
        auto planned = today(t->at("PLANNED")).day();
        become(at(*t), decide_start_special(at(*t), t->at("STEP"), planned, today(t->at("DAY"))));
        return true;
    }
    auto record = [&](Taken const& t, std::string const& began, std::string const& findings,
                      Conclusion conclusion) {
        SpecialRecord given;
        for (auto const& officer : split(t.at("OFFICERS"))) given.officers.push_back(StaffId{officer});
        given.began_at = at_nine(began);
        given.ended_at = given.began_at + std::chrono::minutes{40};
        given.findings = split(findings);
        given.conclusion = conclusion;
        become(at(t), decide_record_special(at(t), t.at("STEP"), given, today(t.at("DAY"))));
        return true;
    };
    if (auto t = match(words, "OFFICERS pass STEP of CASE on DAY"))
        return record(*t, t->at("DAY"), "place,fire", Conclusion::pass);
    if (auto t = match(words, "OFFICERS fail STEP of CASE on DAY"))
        return record(*t, t->at("DAY"), "place,fire", Conclusion::fail);
    if (auto t = match(words, "OFFICERS pass STEP of CASE seen on BEGAN on DAY"))
        return record(*t, t->at("BEGAN"), "place,fire", Conclusion::pass);
    if (auto t = match(words, "OFFICERS pass STEP of CASE looking at FINDINGS on DAY"))
        return record(*t, t->at("DAY"), t->at("FINDINGS"), Conclusion::pass);
    return false;
}

bool Play::at_head(std::vector<std::string> const& words) {
    if (auto t = match(words, "head declines CASE because REASON on DAY")) {
        auto reason = read_words(t->at("REASON"));
        become(at(*t), decide_decline_extension(at(*t), reason, today(t->at("DAY"))));
        return true;
    }
    auto asked = match(words, "WHO asks for DAYS days more for CASE because REASON on DAY");
    auto given = match(words, "head extends CASE by DAYS days because REASON on DAY");
    if (!asked && !given) return false;
    auto const& t = asked ? *asked : *given;
    auto reason = read_words(t.at("REASON"));
    Extension const wish{std::stoi(t.at("DAYS")), reason};
    auto const when = today(t.at("DAY"));
    become(at(t), asked ? decide_ask_extension(at(t), wish, when) : decide_extend(at(t), wish, when));
    return true;
}

bool Play::at_service(std::vector<std::string> const& words) {
    auto serve = [&](Taken const& t, std::string const& given_on) {
        ServiceGiven given;
        auto const& method = t.at("METHOD");
        given.method = method == "courier"      ? ServiceMethod::courier
                       : method == "electronic" ? ServiceMethod::electronic
                                                : ServiceMethod::in_person;
        given.recipient = read_words(t.at("RECIPIENT"));
        given.at = today(given_on).now;
        become(at(t), decide_serve(at(t), given, today(t.at("DAY"))));
        return true;
    };
    if (auto t = match(words, "WHO serves CASE to RECIPIENT by METHOD on DAY"))
        return serve(*t, t->at("DAY"));
    if (auto t = match(words, "WHO serves CASE to RECIPIENT by METHOD given on GIVEN on DAY"))
        return serve(*t, t->at("GIVEN"));
    if (auto t = match(words, "WHO receives PAPERS of CASE on DAY")) {
        become(at(*t), decide_receive_papers(at(*t), {"register", "photo"}, split(t->at("PAPERS")),
                                             today(t->at("DAY"))));
        return true;
    }
    if (auto t = match(words, "nobody brings papers of CASE by DAY")) {
        become(at(*t), decide_not_brought(at(*t), today(t->at("DAY"))));
        return true;
    }
    return false;
}

bool Play::by_applicant(std::vector<std::string> const& words) {
    if (auto t = match(words, "CASE submitted on DAY")) {
        Case fresh;
        fresh.body = BodyId{"street"};
        last_ = t->at("CASE");
        cases_[last_] = decide_submit(std::move(fresh), today(t->at("DAY")));
        return true;
    }
    if (auto t = match(words, "CASE received on DAY by COLLECTION")) {
        Case fresh;
        fresh.body = BodyId{"street"};
        fresh.collection = t->at("COLLECTION");
        last_ = t->at("CASE");
        cases_[last_] = decide_receive(std::move(fresh), today(t->at("DAY")));
        return true;
    }
    if (auto t = match(words, "CASE received on DAY")) {
        Case fresh;
        fresh.body = BodyId{"street"};
        last_ = t->at("CASE");
        cases_[last_] = decide_receive(std::move(fresh), today(t->at("DAY")));
        return true;
    }
    if (auto t = match(words, "applicant corrects CASE on DAY")) {
        become(at(*t), decide_answer_correction(at(*t), today(t->at("DAY"))));
        return true;
    }
    if (auto t = match(words, "applicant withdraws CASE on DAY")) {
        become(at(*t), decide_withdraw(at(*t), today(t->at("DAY"))));
        return true;
    }
    return false;
}

bool Play::at_window(std::vector<std::string> const& words) {
    if (auto t = match(words, "WHO accepts CASE on DAY")) {
        auto next = decide_accept(at(*t), StaffId{t->at("WHO")}, today(t->at("DAY")));
        if (next.ok()) next->review_role = "reviewer";  // the flow begins: that is the service's part
        become(at(*t), next);
        return true;
    }
    if (auto t = match(words, "WHO tells CASE to correct GAPS on DAY")) {
        auto gaps = read_gaps(t->at("GAPS"));
        auto& first = first_notices_[t->at("CASE")];
        auto next = decide_ask_correction(at(*t), gaps, first, today(t->at("DAY")));
        if (next.ok() && first.empty()) first = gaps;
        become(at(*t), next);
        return true;
    }
    if (auto t = match(words, "WHO refuses CASE because REASON citing BASIS on DAY")) {
        Grounds grounds{read_words(t->at("REASON")), read_words(t->at("BASIS")), ""};
        become(at(*t), decide_refuse(at(*t), grounds, today(t->at("DAY"))));
        return true;
    }
    return false;
}

bool Play::at_post(std::vector<std::string> const& words) {
    if (auto t = match(words, "WHO as ROLE of BODY opens CASE")) {
        auto allowed = may_review(at(*t), StaffId{t->at("WHO")}, {t->at("ROLE")}, BodyId{t->at("BODY")});
        before_ = at(*t);
        if (!allowed.ok()) refusal_ = allowed.error();
        return true;
    }
    if (auto t = match(words, "WHO approves CASE on DAY")) {
        become(at(*t), decide_decision(at(*t), StaffId{t->at("WHO")}, FinalVerdict::approve, {},
                                       today(t->at("DAY"))));
        return true;
    }
    if (auto t = match(words, "WHO denies CASE because REASON citing BASIS on DAY")) {
        Grounds grounds{read_words(t->at("REASON")), read_words(t->at("BASIS")), ""};
        become(at(*t), decide_decision(at(*t), StaffId{t->at("WHO")}, FinalVerdict::deny, grounds,
                                       today(t->at("DAY"))));
        return true;
    }
    if (auto t = match(words, "licence NUMBER is made for CASE on DAY")) {
        become(at(*t), decide_conclude(at(*t), LicenceId{"licence"}, t->at("NUMBER"), today(t->at("DAY"))));
        return true;
    }
    return false;
}

bool Play::by_time(std::vector<std::string> const& words) {
    if (auto t = match(words, "nobody tells CASE anything by DAY")) {
        auto next = decide_deem_accepted(at(*t), today(t->at("DAY")));
        if (next.ok()) next->review_role = "reviewer";
        become(at(*t), next);
        return true;
    }
    if (auto t = match(words, "nobody corrects CASE by DAY")) {
        become(at(*t), decide_lapse(at(*t), today(t->at("DAY"))));
        return true;
    }
    if (auto t = match(words, "YEAR is announced with rest on DAYS")) {
        json::object holidays;
        std::istringstream in(t->at("DAYS"));
        for (std::string one; std::getline(in, one, ',');) holidays[one] = "元旦";
        json::object year{
            {"year", std::stoi(t->at("YEAR"))}, {"holidays", holidays}, {"make_up", json::object{}}};
        MUST(calendar_.add_year(json::serialize(year)));
        return true;
    }
    if (auto t = match(words, "CASE is recounted on DAY")) {
        before_ = at(*t);
        if (auto next = decide_recount(at(*t), today(t->at("DAY")))) at(*t) = *next;
        return true;
    }
    return false;
}

void Play::happen(std::vector<std::string> const& words) {
    for (auto const& word : words)
        if (cases_.contains(word)) last_ = word;
    if (at_special(words) || at_head(words) || at_service(words)) return;
    if (by_applicant(words) || at_window(words) || at_post(words) || by_time(words)) return;
    throw Unreadable{"nobody does this"};
}

bool Play::holds_day(std::vector<std::string> const& words, Case const& found) {
    std::optional<Due> checked;
    if (found.special) checked = found.special->by;
    std::pair<std::string, std::optional<Due>> const dues[] = {
        {"told", found.accept_by},    {"corrected", found.correction_by},
        {"promised", found.promised}, {"statutory", found.statutory},
        {"brought", found.bring_by},  {"served", found.serve_by},
        {"checked", checked}};
    for (auto const& [name, due] : dues) {
        if (auto t = match(words, name + " by DAY")) {
            EXPECT_EQ(due ? tongban::to_text(due->day) : "no day", t->at("DAY"));
            EXPECT_FALSE(due && due->provisional) << "it is provisional";
            return true;
        }
        if (auto t = match(words, name + " provisionally by DAY")) {
            EXPECT_EQ(due ? tongban::to_text(due->day) : "no day", t->at("DAY"));
            EXPECT_TRUE(due && due->provisional) << "it is certain";
            return true;
        }
        if (match(words, "no day " + name)) {
            EXPECT_TRUE(!due || due->day == Day{}) << tongban::to_text(due->day);
            return true;
        }
    }
    if (auto t = match(words, "accepted since DAY")) {
        EXPECT_EQ(tongban::to_text(found.accepted_on), t->at("DAY"));
        return true;
    }
    return false;
}

bool Play::holds_special(std::vector<std::string> const& words, Case const& found) {
    auto kind = running_clock(found, limits_).kind;
    if (match(words, "the clock rests")) {
        EXPECT_EQ(kind, ClockKind::special);
    } else if (match(words, "the clock runs")) {
        EXPECT_EQ(kind, ClockKind::review);
    } else if (auto role = match(words, "waits for ROLE")) {
        EXPECT_EQ(found.special_role.empty() ? "nobody" : found.special_role, role->at("ROLE"));
    } else if (auto asked = match(words, "the head is asked for DAYS days")) {
        EXPECT_EQ(std::to_string(found.extension_asked), asked->at("DAYS"));
    } else if (match(words, "the head is not asked")) {
        EXPECT_EQ(found.extension_asked, 0);
    } else if (auto days = match(words, "rested DAYS working days")) {
        EXPECT_EQ(std::to_string(rested(calendar_, found.pauses, found.accepted_on, found.promised.day,
                                        LimitUnit::working_day)),
                  days->at("DAYS"));
    } else {
        return false;
    }
    return true;
}

void Play::hold(std::vector<std::string> const& words) {
    if (auto t = match(words, "refused CODE")) {
        EXPECT_EQ(refusal_ ? refusal_->code : "not at all", t->at("CODE"));
        EXPECT_TRUE(!refusal_ || !refusal_->detail.empty()) << "people must be told what to do";
        refusal_.reset();
        return;
    }
    auto const& found = cases_[last_];
    if (holds_day(words, found) || holds_special(words, found)) return;
    if (match(words, "allowed")) {
        EXPECT_FALSE(refusal_.has_value()) << refusal_->code;
    } else if (match(words, "unchanged")) {
        EXPECT_EQ(found.version, before_.version);
    } else if (match(words, "changed once")) {
        EXPECT_EQ(found.version, before_.version + 1);
    } else if (match(words, "closed")) {
        EXPECT_TRUE(is_closed(found.state) && found.closed_at && found.review_role.empty());
    } else if (match(words, "the applicant may withdraw")) {
        EXPECT_TRUE(may_withdraw(found));
    } else if (match(words, "the applicant may not withdraw")) {
        EXPECT_FALSE(may_withdraw(found));
    } else if (auto by = match(words, "accepted by WHO")) {
        EXPECT_EQ(found.accepted_by.empty() ? "nobody" : found.accepted_by.text, by->at("WHO"));
    } else if (auto who = match(words, "decided by WHO")) {
        EXPECT_EQ(found.decided_by.text, who->at("WHO"));
    } else if (auto number = match(words, "licence number NUMBER")) {
        EXPECT_EQ(found.licence_number, number->at("NUMBER"));
    } else if (words.size() == 1 && read_state(words[0]).ok()) {
        EXPECT_EQ(to_text(found.state), words[0]);
    } else {
        throw Unreadable{"nothing can be looked at by this"};
    }
}

}  // namespace

std::vector<Scenario> read_tables(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".cases") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<Scenario> scenarios;
    for (auto const& file : files) {
        std::istringstream in(text_of(file));
        std::string text;
        for (int number = 1; std::getline(in, text); ++number) {
            std::istringstream split(text);
            Line line{number, {}};
            for (std::string word; split >> word;) line.words.push_back(word);
            if (line.words.empty() || line.words.front().starts_with('#')) continue;
            if (line.words.front() == "case")
                scenarios.push_back({file.filename().string(), joined(line.words, 1), {}});
            else {
                ensure(!scenarios.empty(), "a table begins with a case");
                scenarios.back().lines.push_back(std::move(line));
            }
        }
    }
    return scenarios;
}

void play(Scenario const& scenario) {
    Play(scenario).run();
}

}  // namespace tongban::cases::test
