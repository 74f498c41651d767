#include "app/arguments.h"

namespace tongban::app {

std::string Arguments::option(std::string const& name, std::string otherwise) const {
    auto found = options.find(name);
    return found == options.end() ? std::move(otherwise) : found->second;
}

Result<Arguments> read_arguments(int count, char** texts, std::set<std::string> const& known,
                                 std::set<std::string> const& flags) {
    Arguments read;
    for (int i = 1; i < count; ++i) {
        std::string text = texts[i];
        if (!text.starts_with("--")) {
            read.words.push_back(std::move(text));
            continue;
        }
        auto name = text.substr(2);
        if (flags.contains(name)) {
            read.options[name] = "yes";
            continue;
        }
        std::string value;
        if (auto equals = name.find('='); equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        } else if (i + 1 < count) {
            value = texts[++i];
        } else {
            return Error{ErrorKind::bad_request, "option_needs_a_value", "--" + name + " needs a value"};
        }
        if (!known.contains(name))
            return Error{ErrorKind::bad_request, "option_is_unknown",
                         "--" + name + " is not an option; see tongban help"};
        read.options[name] = std::move(value);
    }
    return read;
}

}  // namespace tongban::app
