#include "app/doctor.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include "app/doctor_lines.h"
#include "sign/sign.h"

namespace tongban::app {

namespace {
namespace fs = std::filesystem;
using std::chrono::hours;

using Findings = std::vector<Finding>;

std::string number(std::int64_t n) {
    return std::to_string(n);
}

constexpr std::int64_t mebibyte = 1 << 20;

// --- before the database is opened: nothing may be made by looking

void look_at_folder(Findings& all, HouseOptions const& options) {
    struct stat about {};
    auto const& data = options.data_directory;
    if (::stat(data.c_str(), &about) != 0 || !S_ISDIR(about.st_mode)) {
        all.push_back({"data_folder",
                       Health::bad,
                       {"没有数据目录 " + data + "。", "There is no data folder " + data + "."},
                       {"请用 --data 指出正确的目录；新站点先运行 tongban import。",
                        "Name the right one with --data; a new site starts with tongban import."}});
        return;
    }
    if ((about.st_mode & S_IRWXO) != 0) {
        all.push_back({"data_folder",
                       Health::attention,
                       {"数据目录别人也能进。", "Others may enter the data folder."},
                       {"chmod 700 " + data, "chmod 700 " + data}});
        return;
    }
    good(all, "data_folder", "数据目录在，只有自己能进。", "The data folder is there and closed to others.");
}

void look_at_disk(Findings& all, HouseOptions const& options) {
    struct statvfs about {};
    if (::statvfs(options.data_directory.c_str(), &about) != 0) return;
    auto free =
        static_cast<std::int64_t>(about.f_bavail) * static_cast<std::int64_t>(about.f_frsize) / mebibyte;
    auto inodes_short = about.f_files > 0 && about.f_favail < about.f_files / 50;
    Words const says{"数据目录所在的磁盘还剩 " + number(free) + " MB。",
                     "The disk of the data folder has " + number(free) + " MB left."};
    Words const fix{
        "请腾出空间或换大一些的磁盘：写满以后谁也办不了事，已办的不会丢。",
        "Make room or take a larger disk: when it is full nobody can do anything; nothing done is lost."};
    if (free < 200)
        all.push_back({"disk_space", Health::bad, says, fix});
    else if (free < 2048 || inodes_short)
        all.push_back({"disk_space", Health::attention, says, fix});
    else
        good(all, "disk_space", says.zh, says.en);
}

void look_at_keys(Findings& all, HouseOptions const& options) {
    auto folder = fs::path(options.data_directory) / "keys";
    std::error_code failed;
    for (auto const* name : {"master.key", "audit.key"})
        if (!fs::exists(folder / name, failed)) {
            all.push_back({"keys",
                           Health::bad,
                           {std::string("缺少密钥 keys/") + name + "。",
                            std::string("The key keys/") + name + " is missing."},
                           {"请从保管处取回；没有它，已加密的内容谁也打不开，程序也不会另造。",
                            "Bring it back from where the copies are kept; without it nobody can open what "
                            "is sealed."}});
            return;
        }
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
        struct stat about {};
        if (::stat(it->path().c_str(), &about) == 0 && S_ISREG(about.st_mode) &&
            (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
            auto name = it->path().string();
            all.push_back({"keys",
                           Health::bad,
                           {"别人也能读密钥 " + name + "。", "Others may read the key " + name + "."},
                           {"chmod 600 " + name + "，并查一查谁可能已经读过。",
                            "chmod 600 " + name + ", and ask who may have read it."}});
            return;
        }
    }
    good(all, "keys", "密钥都在，只有自己能读。请确认另有两份抄存在备份够不到的地方。",
         "The keys are there and closed to others. Make sure two copies lie where no back-up reaches.");
}

void look_at_fonts(Findings& all, HouseOptions const& options) {
    auto opened = sign::Fonts::open(options.fonts);
    if (opened.ok()) return good(all, "fonts", "字库能打开。", "The fonts open.");
    all.push_back(
        {"fonts",
         Health::bad,
         {"字库打不开：" + opened.error().detail, "The fonts do not open: " + opened.error().code + "."},
         {"用 --fonts 指出字库目录，或运行 tools/fonts.sh DIR 新做一份；在此之前文书和证照要等。",
          "Name their folder with --fonts, or make one with tools/fonts.sh DIR; until then letters and "
          "licences wait."}});
}

// --- with the database open

Words fix_for_database(std::string const& code) {
    if (code == "schema_is_old") return {"请先运行 tongban migrate。", "Run tongban migrate first."};
    if (code == "database_is_newer_than_program") return {"请换用新版程序。", "Use the newer program."};
    if (code == "keys_do_not_fit_database")
        return {"请取回当初的密钥目录。", "Bring back the keys that this database was made with."};
    return {"请看数据库是否在运行、地址和口令是否正确、磁盘是否已满；日志里有原因。",
            "See whether the database runs, its address and password are right and its disk has room; the "
            "log says why."};
}

bool look_at_schema(Findings& all, House& house) {
    auto checked = house.store().check_schema();
    if (!checked.ok()) {
        all.push_back({"database",
                       Health::bad,
                       {checked.error().detail, "The database is refused: " + checked.error().code + "."},
                       fix_for_database(checked.error().code)});
        return false;
    }
    auto sqlite = house.store().dialect() == store::Dialect::sqlite;
    good(all, "database", std::string(sqlite ? "SQLite" : "PostgreSQL") + " 有应答，结构与程序相符。",
         std::string(sqlite ? "SQLite" : "PostgreSQL") + " answers, and its schema fits the program.");
    return true;
}

void look_at_clock(Findings& all, House& house, Clock const& clock) {
    auto newest = house.store().newest_moment();
    auto now = clock.now();
    if (newest.ok() && *newest && now + std::chrono::minutes{2} < **newest) {
        all.push_back({"clock",
                       Health::bad,
                       {"时钟被拨回过：现在显示 " + chinese_time(now) + "，而库里已有 " +
                            chinese_time(**newest) + " 的记录。",
                        "The clock was set back: it shows " + to_text(now) + ", and records of " +
                            to_text(**newest) + " are there already."},
                       {"请对准服务器的时间（建议开 NTP）。期限按这个时钟算。",
                        "Set the server's time right (NTP). Limits are counted by this clock."}});
        return;
    }
    good(all, "clock", "时钟没有倒走：" + chinese_time(now) + "（北京时间）。",
         "The clock did not go back: " + to_text(now) + " (Beijing).");
}

void look_at_calendar(Findings& all, House& house, Clock const& clock) {
    auto picture = house.org().picture();
    auto year = year_of(clock.today());
    Words const fix{"请在地区包 org/calendar/ 里加上那一年的放假安排，再运行 tongban import。",
                    "Add that year's notice to org/calendar/ of the pack and run tongban import."};
    for (auto wanted : {year, year + 1}) {
        if (picture->calendar().has_year(wanted)) continue;
        auto known_by_now = wanted == year || clock.today() >= MUST(read_day(number(year) + "-12-01"));
        all.push_back(
            {"calendar",
             wanted == year ? Health::bad
             : known_by_now ? Health::attention
                            : Health::good,
             {number(wanted) + " 年的放假安排还没有，涉及那一年的期限是暂定的。",
              "The working days of " + number(wanted) + " are not known; due days in it are provisional."},
             known_by_now ? fix : Words{}});
        return;
    }
    good(all, "calendar", "今明两年的放假安排都有。",
         "The working days of this year and the next are known.");
}

void look_at_seals(Findings& all, House& house, Clock const& clock) {
    auto reader = house.store().reader();
    if (!reader.ok()) return;
    auto validity = house.licences().validity(**reader);
    if (!validity.ok()) return;
    std::map<std::string, Instant> until;
    for (auto const& each : *validity) until[each.body.text] = each.until;
    std::string missing, ending;
    int without = 0, soon = 0;
    auto picture = house.org().picture();
    for (auto const& body : picture->bodies()) {
        auto found = until.find(body.id.text);
        if (found == until.end() || found->second <= clock.now())
            missing = missing.empty() ? body.short_name : missing, ++without;
        else if (found->second <= clock.now() + hours{24 * 60})
            ending = ending.empty() ? body.short_name : ending, ++soon;
    }
    Words const fix{"演示站点重新运行 tongban import 就会补做；正式站点请印章管理员处理。",
                    "On a demonstration site run tongban import again; elsewhere ask the keeper of seals."};
    if (without > 0)
        return all.push_back(
            {"seals",
             Health::bad,
             {number(without) + " 个机关没有有效的电子印章（如 " + missing + "），它们的文书和证照要等。",
              number(without) + " bodies have no valid seal; their letters and licences wait."},
             fix});
    if (soon > 0)
        return all.push_back({"seals",
                              Health::attention,
                              {number(soon) + " 个机关的印章证书在 60 天内到期（如 " + ending + "）。",
                               "The seal certificates of " + number(soon) + " bodies end within 60 days."},
                              fix});
    auto authority = until.find("");
    if (authority != until.end() && authority->second <= clock.now() + hours{24 * 60})
        return all.push_back(
            {"seals",
             Health::attention,
             {"本站签发印章的根证书在 60 天内到期。", "The site's own authority ends within 60 days."},
             fix});
    good(all, "seals", "每个机关都有有效的电子印章。", "Every body has a valid seal.");
}

void look_at_backlog(Findings& all, House& house, Clock const& clock) {
    auto failing = house.store().failing();
    auto backlog = house.store().backlog();
    if (!failing.ok() || !backlog.ok()) return;
    for (auto const& each : *failing) {
        auto old = each.since + hours{1} < clock.now();
        all.push_back({"backlog",
                       old ? Health::bad : Health::attention,
                       {number(each.count) + " 件后台工作失败后在等重试：" + each.who + "，原因 " +
                            each.code + "，最早是 " + chinese_time(each.since) + " 的。",
                        number(each.count) + " pieces of work failed and wait for another try: " + each.who +
                            ", because " + each.code + ", the oldest of " + to_text(each.since) + "."},
                       {"按原因处理；好了以后会自动重试，重启服务会马上重试。",
                        "Mend the cause; it is tried again by itself, and at once after a restart."}});
    }
    if (!failing->empty()) return;
    auto waiting = backlog->deliveries + backlog->jobs_due;
    if (waiting > 1000)
        return all.push_back(
            {"backlog",
             Health::attention,
             {number(waiting) + " 件后台工作在等。", number(waiting) + " pieces of work wait."},
             {"看服务是否在运行；在运行就等它赶上。", "See whether a server runs; if so, let it catch up."}});
    good(all, "backlog", "没有失败的后台工作，在等的有 " + number(waiting) + " 件。",
         "No work failed; " + number(waiting) + " pieces wait.");
}

void look_at_audit(Findings& all, House& house) {
    auto unsealed = [&]() -> std::int64_t {
        auto backlog = house.store().backlog();
        return backlog.ok() ? backlog->unsealed_audit : 0;
    };
    auto before = unsealed();
    // A running server seals each second: what is still there after three was not touched by one.
    if (before > 0) std::this_thread::sleep_for(std::chrono::seconds{3});
    if (before > 0 && unsealed() >= before)
        return all.push_back(
            {"audit",
             Health::attention,
             {number(before) + " 条审计记录还没有入链。",
              number(before) + " audit rows are not chained yet."},
             {"服务没有运行时属正常，启动后两秒内入链；在运行就看日志。",
              "That is so while no server runs; it chains them within two seconds. Else see the log."}});
    good(all, "audit", "审计记录都已入链。要证明链没有被改动，请运行 tongban audit verify。",
         "All audit rows are chained. tongban audit verify proves the chain.");
}

void look_at_files(Findings& all, House& house) {
    auto reader = house.store().reader();
    if (!reader.ok()) return;
    auto newest = house.files().newest(**reader);
    if (!newest.ok()) return;
    for (auto const& file : *newest) {
        auto bytes = house.files().bytes(file);
        if (bytes.ok() && sha256_hex(*bytes) == file.sha256) continue;
        return all.push_back(
            {"files",
             Health::bad,
             {"文件 " + file.id.text + " 打不开。", "The file " + file.id.text + " does not open."},
             {"看 files/ 是否完整、密钥是否是当初的；从备份取回 files/" + files::place_of(file.id) + "。",
              "See whether files/ is whole and the keys are the first ones; bring files/" +
                  files::place_of(file.id) + " back from a back-up."}});
    }
    good(all, "files", "抽查的 " + number(static_cast<std::int64_t>(newest->size())) + " 个文件都能打开。",
         "The " + number(static_cast<std::int64_t>(newest->size())) + " newest files open.");
}

void look_inside(Findings& all, HouseOptions const& options, Clock const& clock) {
    auto house = House::build(options, clock);
    if (!house.ok()) {
        all.push_back({"database",
                       Health::bad,
                       {house.error().detail, "The database cannot be opened: " + house.error().code + "."},
                       fix_for_database(house.error().code)});
        return;
    }
    if (!look_at_schema(all, **house)) return;
    (void)(*house)->org().start();
    look_at_clock(all, **house, clock);
    look_at_calendar(all, **house, clock);
    look_at_seals(all, **house, clock);
    look_at_letters(all, **house);
    look_at_files(all, **house);
    look_at_sources(all, **house, clock);
    look_at_sms(all, **house, clock);
    look_at_backlog(all, **house, clock);
    look_at_audit(all, **house);
}

}  // namespace

std::string_view to_text(Health health) {
    return health == Health::good ? "good" : health == Health::attention ? "attention" : "bad";
}

Findings examine(HouseOptions const& options, Clock const& clock) {
    Findings all;
    look_at_folder(all, options);
    if (worst(all) == Health::bad) return all;
    look_at_disk(all, options);
    look_at_keys(all, options);
    look_at_fonts(all, options);
    auto keys_are_there = std::ranges::none_of(
        all, [](Finding const& each) { return each.check == "keys" && each.health == Health::bad; });
    std::error_code failed;
    auto file = options.data_directory + "/tongban.db";
    if (options.database.empty() && !fs::exists(file, failed))
        all.push_back(
            {"database",
             Health::bad,
             {"没有数据库 " + file + "。", "There is no database " + file + "."},
             {"数据在 PostgreSQL 里就用 --database 指出；新站点先运行 tongban import；否则从备份恢复。",
              "Name PostgreSQL with --database; a new site starts with tongban import; else restore a "
              "back-up."}});
    else if (keys_are_there)
        look_inside(all, options, clock);
    return all;
}

Health worst(Findings const& findings) {
    auto health = Health::good;
    for (auto const& each : findings) health = std::max(health, each.health);
    return health;
}

std::string report(Findings const& findings, std::string_view language) {
    std::string text;
    for (auto const& each : findings) {
        auto zh = language == "zh";
        text += each.health == Health::good ? "✓ " : each.health == Health::attention ? "! " : "✗ ";
        text += each.check + "  " + (zh ? each.says.zh : each.says.en) + "\n";
        auto const& fix = zh ? each.fix.zh : each.fix.en;
        if (!fix.empty()) text += "    " + std::string(zh ? "怎么办：" : "Do: ") + fix + "\n";
    }
    return text;
}

Json report_json(Findings const& findings, Instant at) {
    json::array all;
    for (auto const& each : findings) {
        json::object one{{"check", each.check},
                         {"health", to_text(each.health)},
                         {"says", each.says.zh},
                         {"x-en", {{"says", each.says.en}, {"fix", each.fix.en}}}};
        if (!each.fix.zh.empty()) one.emplace("fix", each.fix.zh);
        all.push_back(std::move(one));
    }
    return json::object{
        {"at", to_text(at)}, {"health", to_text(worst(findings))}, {"findings", std::move(all)}};
}

}  // namespace tongban::app
