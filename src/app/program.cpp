#include "app/program.h"

#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "app/arguments.h"
#include "app/house.h"
#include "app/rooms.h"
#include "files/files.h"

namespace tongban::app {

namespace {

constexpr char const* usage = R"(tongban: a region's government services in one program

  tongban serve   --data DIR [--port 8080] [--address 127.0.0.1] [--database postgres://…] [--web DIR] [--fonts DIR]
                  [--site-address HOST] [--cookies plain|secure] [--trusted-proxies A,B] [--workers 12]
                  [--exchange-at URL]     where $SIM in the pack's addresses of other departments points
  tongban migrate --data DIR [--database …]            brings the schema up to date
  tongban import PACK --data DIR [--database …]        takes a region's pack, whole or not at all; again changes nothing
  tongban lint PACK                                    checks a pack without a database of yours
  tongban audit verify --data DIR [--database …]       proves the chain of the audit
  tongban seal-authority --data DIR [--database …]     prints the certificate that readers of our sealed files must trust
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

/// Beside the program when installed or built: <program>/../share/<name>, <program>/share/<name>.
std::string beside(std::string const& name) {
    std::error_code none;
    auto program = std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
    for (auto const& place : {program / "share" / name, program.parent_path() / "share" / "tongban" / name})
        if (std::filesystem::is_directory(place, none)) return place.string();
    return {};
}

HouseOptions house_options(Arguments const& arguments) {
    HouseOptions options;
    options.data_directory = arguments.option("data", "data");
    options.database = arguments.option("database");
    options.fonts = arguments.option("fonts", beside("fonts"));
    options.site_address = arguments.option("site-address");
    options.exchange_at = arguments.option("exchange-at");
    if (arguments.option("cookies") == "secure") options.cookies = identity::Cookies::secure;
    return options;
}

Result<int> read_number(Arguments const& arguments, std::string const& name, int otherwise, int most) {
    auto text = arguments.option(name);
    if (text.empty()) return otherwise;
    int number = 0;
    for (char c : text) {
        if (c < '0' || c > '9' || number > most)
            return Error{ErrorKind::bad_request, "option_is_not_a_number",
                         "--" + name + " takes 0 to " + std::to_string(most)};
        number = number * 10 + (c - '0');
    }
    if (number > most)
        return Error{ErrorKind::bad_request, "option_is_not_a_number",
                     "--" + name + " takes 0 to " + std::to_string(most)};
    return number;
}

std::vector<std::string> split(std::string const& text) {
    std::vector<std::string> parts;
    std::string part;
    for (char c : text + ",") {
        if (c != ',')
            part += c;
        else if (!part.empty())
            parts.push_back(std::move(part)), part.clear();
    }
    return parts;
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

Result<void> serve(Arguments const& arguments) {
    auto signals = block_signals();
    SystemClock clock;
    auto house = TRY(House::build(house_options(arguments), clock));
    TRY(house->open_doors());
    http::Settings settings;
    settings.address = arguments.option("address", "127.0.0.1");
    settings.port = TRY(read_number(arguments, "port", 8080, 65535));
    settings.workers = TRY(read_number(arguments, "workers", 12, 256));
    settings.web_root = arguments.option("web", beside("web"));
    settings.openapi = openapi_text();
    settings.secure_cookies = arguments.option("cookies") == "secure";
    settings.trusted_proxies = split(arguments.option("trusted-proxies"));
    settings.health = [&house] { return house->store().ping(); };
    settings.metrics = [&house] { return house->metrics(); };
    http::Server server(settings, house->routes(), house->authenticator(), clock);
    auto port = TRY(server.start());
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

int ended(Result<void> const& result) {
    return result.ok() ? 0 : refused(result.error());
}

int misused() {
    std::cerr << usage;
    return 2;
}

}  // namespace

int run(int count, char** texts) {
    // The child that looks at uploads has no business with options, databases or keys.
    if (count >= 2 && std::string_view(texts[1]) == "check-upload") return files::check_upload_child();
    auto read = read_arguments(count, texts,
                               {"data", "port", "address", "database", "web", "fonts", "site-address",
                                "cookies", "trusted-proxies", "workers", "exchange-at"});
    if (!read.ok()) return refused(read.error()), 2;
    auto const& arguments = *read;
    auto const& words = arguments.words;
    auto verb = words.empty() ? std::string("help") : words[0];
    if (verb == "serve" && words.size() == 1) return ended(serve(arguments));
    if (verb == "migrate" && words.size() == 1) return ended(migrate(arguments));
    if (verb == "import" && words.size() == 2) return ended(import(arguments));
    if (verb == "lint" && words.size() == 2) return ended(lint(arguments));
    if (verb == "audit" && words.size() == 2 && words[1] == "verify") return ended(audit_verify(arguments));
    if (verb == "seal-authority" && words.size() == 1) return ended(seal_authority(arguments));
    if (verb == "openapi") return std::cout << openapi_text() << "\n", 0;
    if (verb == "version") return std::cout << "tongban " TONGBAN_VERSION "\n", 0;
    if (verb == "help") return std::cout << usage, 0;
    return misused();
}

}  // namespace tongban::app
