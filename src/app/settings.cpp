#include "app/settings.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "app/rooms.h"

namespace tongban::app {

namespace {

/// Beside the program when installed or built: <program>/../share/<name>, <program>/share/<name>.
std::string beside(std::string const& name) {
    std::error_code none;
    auto program = std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
    for (auto const& place : {program / "share" / name, program.parent_path() / "share" / "tongban" / name})
        if (std::filesystem::is_directory(place, none)) return place.string();
    return {};
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

/// Two for each processor, since one of them may wait for the database; measured with both databases on the
/// same machine (docs/adr/2026-11-23-seats.md). Where PostgreSQL is far away more may help.
int seats_for_this_machine() {
    return std::clamp(2 * static_cast<int>(std::thread::hardware_concurrency()), 4, 64);
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

}  // namespace

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

Result<http::Settings> read_settings(Arguments const& arguments) {
    http::Settings settings;
    settings.address = arguments.option("address", "127.0.0.1");
    settings.port = TRY(read_number(arguments, "port", 8080, 65535));
    settings.workers = TRY(read_number(arguments, "workers", 64, 256));
    settings.seats = TRY(read_number(arguments, "seats", seats_for_this_machine(), 256));
    settings.web_root = arguments.option("web", beside("web"));
    settings.openapi = openapi_text();
    auto cookies = arguments.option("cookies", "plain");
    if (cookies != "plain" && cookies != "secure")
        return Error{ErrorKind::bad_request, "option_is_not_one_of", "--cookies takes plain or secure"};
    settings.secure_cookies = cookies == "secure";
    settings.trusted_proxies = split(arguments.option("trusted-proxies"));
    return settings;
}

}  // namespace tongban::app
