#include "app/program.h"

#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "app/arguments.h"
#include "app/backup.h"
#include "app/doctor.h"
#include "app/doctor_lines.h"
#include "app/house.h"
#include "app/rooms.h"
#include "app/rules.h"
#include "app/settings.h"
#include "files/files.h"

namespace tongban::app {

namespace {

constexpr char const* usage = R"(tongban: a region's government services in one program

  tongban serve   --data DIR [--port 8080] [--address 127.0.0.1] [--database postgres://…] [--web DIR] [--fonts DIR]
                  [--site-address HOST] [--cookies plain|secure] [--trusted-proxies A,B] [--workers 64] [--seats N]
                  [--exchange-at URL]     where $SIM in the pack's addresses of other departments points
  tongban migrate --data DIR [--database …]            brings the schema up to date
  tongban import PACK --data DIR [--database …]        takes a region's pack, whole or not at all; again changes nothing
  tongban lint PACK                                    checks a pack without a database of yours
  tongban audit verify --data DIR [--database …]       proves the chain of the audit
  tongban backup --to DIR2 --data DIR [--database …]   all rows as of one moment and all files, while servers run; never the keys
  tongban backup verify DIR2                           reads a back-up again and compares; needs neither keys nor database
  tongban restore DIR2 --data DIR [--database …]       into an empty database and a folder that holds nothing but keys/
  tongban doctor --data DIR [--database …] [--json] [--language zh|en]   what is wrong with a site, and what to do
  tongban rebuild supervision --data DIR [--database …]   counts every case anew for the boards, while servers run
  tongban seal-authority --data DIR [--database …]     prints the certificate that readers of our sealed files must trust
  tongban rules eval MODEL.dmn --input data.json [--decision NAME] [--explain] [--profile strict|standard]   asks a decision model
  tongban rules check MODEL.dmn                        reads a decision model, lists every finding with its place
  tongban rules tck DIR                                runs test cases laid out like those of the DMN TCK
  tongban openapi                                      prints the contract of the HTTP interface
  tongban version

The database is DIR/tongban.db unless --database names another. Keys are made in DIR/keys: keep them apart from backups.
)";

int refused(Error const& error) {
    std::cerr << "tongban: " << error.code << ": " << error.detail << "\n";
    for (auto const& field : error.fields)
        std::cerr << "  " << field.path << ": " << field.code << ": " << field.detail << "\n";
    return 1;
}

/// Blocked before any thread starts, so that only sigwait() sees them.
sigset_t block_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    signal(SIGPIPE, SIG_IGN);
    return set;
}

/// An upgrade may bring letters that the region's pack does not know yet: acts go on, their letters wait.
void warn_of_letters(House& house) {
    for (auto const& each : letters_without_template(house))
        log(LogLevel::warning, "letter_has_no_template",
            {{"file", "cases/letters/" + each.key + ".json"},
             {"do", "import a pack that has it; letters that wait are then made by themselves"}});
}

Result<void> serve(Arguments const& arguments) {
    // Whatever is wrong with the options is said before anything is made on disk.
    auto settings = TRY(read_settings(arguments));
    auto signals = block_signals();
    SystemClock clock;
    auto house = TRY(House::build(house_options(arguments), clock));
    TRY(house->open_doors());
    warn_of_letters(*house);
    settings.health = [&house] { return house->store().ping(); };
    settings.metrics = [&house] { return house->metrics(); };
    http::Server server(settings, house->routes(), house->authenticator(), clock);
    auto port = TRY(server.start());
    house->store().step_aside_while([&server] { return server.is_crowded(); });
    house->start_work();
    std::cout << "listening on http://" << settings.address << ":" << port << std::endl;
    int caught = 0;
    sigwait(&signals, &caught);
    log(LogLevel::info, "stopping", {{"signal", std::to_string(caught)}});
    server.stop();
    house->stop_work();
    return {};
}

Result<void> migrate(Arguments const& arguments) {
    SystemClock clock;
    auto house = TRY(House::build(house_options(arguments), clock));
    return house->store().migrate();
}

Result<void> import(Arguments const& arguments) {
    SystemClock clock;
    auto house = TRY(House::build(house_options(arguments), clock));
    TRY(house->open_doors());
    return house->import(Pack{arguments.words[1]});
}

Result<void> lint(Arguments const& arguments) {
    SystemClock clock;
    std::string place = (std::filesystem::temp_directory_path() / "tongban-lint-XXXXXX").string();
    if (mkdtemp(place.data()) == nullptr)
        return Error{ErrorKind::unavailable, "folder_cannot_be_made", "no room for a temporary database"};
    auto options = house_options(arguments);
    options.data_directory = place;
    options.database.clear();
    auto checked = [&]() -> Result<void> {
        auto house = TRY(House::build(options, clock));
        TRY(house->open_doors());
        return house->import(Pack{arguments.words[1]});
    }();
    std::filesystem::remove_all(place);
    if (checked.ok()) std::cout << "no findings\n";
    return checked;
}

Result<void> audit_verify(Arguments const& arguments) {
    SystemClock clock;
    auto house = TRY(House::build(house_options(arguments), clock));
    TRY(house->store().check_schema());
    auto report = TRY(house->store().verify_audit());
    std::cout << report.rows << " rows, " << report.sealed << " sealed, " << report.tail
              << " in the unsealed tail, head " << report.head << "\n";
    return {};
}

Result<void> seal_authority(Arguments const& arguments) {
    SystemClock clock;
    auto house = TRY(House::build(house_options(arguments), clock));
    TRY(house->store().check_schema());
    std::cout << TRY(house->seal_authorities());
    return {};
}

/// For verbs that look at a site: opening would make a new, empty one where there is none.
Result<void> site_is_there(Arguments const& arguments) {
    auto options = house_options(arguments);
    std::error_code failed;
    auto needed = options.data_directory + (options.database.empty() ? "/tongban.db" : "/keys/master.key");
    if (std::filesystem::exists(needed, failed)) return {};
    return Error{ErrorKind::not_found, "site_is_not_there",
                 "没有 " + needed + "：请用 --data 指出站点的数据目录。"};
}

Result<void> rebuild(Arguments const& arguments) {
    SystemClock clock;
    auto house = TRY(House::build(house_options(arguments), clock));
    TRY(house->open_doors());
    auto counted = TRY(house->rebuild_supervision());
    std::cout << counted << " cases counted anew\n";
    return {};
}

void say(std::string const& zh, std::string const& en) {
    std::cout << zh << "\n" << en << "\n";
}

void tell_backup(BackupFacts const& facts, std::string const& where) {
    auto rows = std::to_string(facts.rows()), files = std::to_string(facts.files);
    say("备份在 " + where + "：" + chinese_time(facts.made_at) + " 那一刻的 " + rows + " 行、" + files +
            " 个文件。",
        "The back-up " + where + " holds " + rows + " rows as of " + to_text(facts.made_at) + " and " +
            files + " files.");
}

Result<void> backup(Arguments const& arguments) {
    SystemClock clock;
    auto to = arguments.option("to");
    if (to.empty()) return Error{ErrorKind::bad_request, "option_needs_a_value", "--to needs a folder"};
    TRY(site_is_there(arguments));
    auto house = TRY(House::build(house_options(arguments), clock));
    auto facts = TRY(back_up(*house, clock, to));
    tell_backup(facts, to);
    say("密钥不在备份里。请把 keys/ 另外抄存两份，放在备份够不到的地方：没有它，备份谁也读不出。",
        "The keys are not in it. Keep two copies of keys/ where no back-up reaches: without them nobody can "
        "read it.");
    if (facts.missing.empty()) return {};
    return Error{ErrorKind::unavailable, "files_are_missing",
                 "备份已做好，但原处就缺 " + std::to_string(facts.missing.size()) + " 个文件，头一个是 " +
                     facts.missing.front() + "。请运行 tongban doctor，并从更早的备份取回。"};
}

Result<void> backup_verify(Arguments const& arguments) {
    auto facts = TRY(verify_backup(arguments.words[2]));
    tell_backup(facts, arguments.words[2]);
    say("每个文件都与校验和相符。", "Every file is as its checksum says.");
    return {};
}

Result<void> restore_site(Arguments const& arguments) {
    SystemClock clock;
    auto options = house_options(arguments);
    auto facts = TRY(restore(arguments.words[1], options, clock));
    tell_backup(facts, arguments.words[1]);
    say("已恢复到 " + options.data_directory + "，审计链完好。接着运行 tongban doctor，再 tongban serve。",
        "Restored to " + options.data_directory +
            "; the audit chain is whole. Now tongban doctor, then tongban serve.");
    return {};
}

int doctor(Arguments const& arguments) {
    SystemClock clock;
    log_threshold(LogLevel::error);
    auto findings = examine(house_options(arguments), clock);
    if (arguments.option("json") == "yes")
        std::cout << tongban::to_text(report_json(findings, clock.now())) << "\n";
    else
        std::cout << report(findings, arguments.option("language", "zh"));
    return worst(findings) == Health::bad ? 1 : 0;
}

/// What is wrong with the command itself is misuse; what the world refuses is not.
int ended(Result<void> const& result) {
    if (result.ok()) return 0;
    auto misuse = result.error().code.starts_with("option_");
    return refused(result.error()), misuse ? 2 : 1;
}

int misused() {
    std::cerr << usage;
    return 2;
}

}  // namespace

int run(int count, char** texts) {
    // The child that looks at uploads has no business with options, databases or keys.
    if (count >= 2 && std::string_view(texts[1]) == "check-upload") return files::check_upload_child();
    auto read = read_arguments(
        count, texts,
        {"data", "port", "address", "database", "web", "fonts", "site-address", "cookies", "trusted-proxies",
         "workers", "seats", "exchange-at", "to", "language", "input", "decision", "profile"},
        {"json", "explain"});
    if (!read.ok()) return refused(read.error()), 2;
    auto const& arguments = *read;
    auto const& words = arguments.words;
    auto verb = words.empty() ? std::string("help") : words[0];
    if (verb == "serve" && words.size() == 1) return ended(serve(arguments));
    if (verb == "migrate" && words.size() == 1) return ended(migrate(arguments));
    if (verb == "import" && words.size() == 2) return ended(import(arguments));
    if (verb == "lint" && words.size() == 2) return ended(lint(arguments));
    if (verb == "audit" && words.size() == 2 && words[1] == "verify") return ended(audit_verify(arguments));
    if (verb == "backup" && words.size() == 1) return ended(backup(arguments));
    if (verb == "backup" && words.size() == 3 && words[1] == "verify") return ended(backup_verify(arguments));
    if (verb == "restore" && words.size() == 2) return ended(restore_site(arguments));
    if (verb == "doctor" && words.size() == 1) return doctor(arguments);
    if (verb == "rebuild" && words.size() == 2 && words[1] == "supervision") return ended(rebuild(arguments));
    if (verb == "seal-authority" && words.size() == 1) return ended(seal_authority(arguments));
    if (verb == "rules") {
        auto const code = rules_command(arguments, std::cout, std::cerr);
        return code == 2 ? misused() : code;
    }
    if (verb == "openapi") return std::cout << openapi_text() << "\n", 0;
    if (verb == "version") return std::cout << "tongban " TONGBAN_VERSION "\n", 0;
    if (verb == "help") return std::cout << usage, 0;
    return misused();
}

}  // namespace tongban::app
