#include "sim/switches.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "sim/departments.h"

namespace tongban::sim {

namespace {

struct Word {
    Mode mode;
    std::string_view text, chinese;
};
constexpr std::array<Word, 8> words{{{Mode::ok, "ok", "正常"},
                                     {Mode::down, "down", "不通"},
                                     {Mode::slow, "slow", "很慢"},
                                     {Mode::wrong, "wrong", "答复残缺"},
                                     {Mode::other, "other", "答成别人"},
                                     {Mode::none, "none", "查无记录"},
                                     {Mode::several, "several", "查出两条"},
                                     {Mode::twice, "twice", "重复答复"}}};

std::string text_at(json::object const& object, std::string_view key) {
    auto const* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

}  // namespace

std::string_view to_text(Mode mode) {
    return words[static_cast<std::size_t>(mode)].text;
}
std::string_view chinese(Mode mode) {
    return words[static_cast<std::size_t>(mode)].chinese;
}
std::optional<Mode> read_mode(std::string_view text) {
    for (auto const& word : words) {
        if (word.text == text) return word.mode;
    }
    return std::nullopt;
}

Result<void> Switches::read_presets(Pack const& pack) {
    auto text = pack.read("stories.json");
    if (!text.ok()) return {};
    Error malformed{ErrorKind::invalid, "stories_are_malformed", pack.directory + "/stories.json"};
    auto all = read_json(*text);
    auto const* list = all.ok() && all->is_object() ? all->as_object().if_contains("switches") : nullptr;
    if (list == nullptr || !list->is_array()) return malformed;
    for (auto const& each : list->as_array()) {
        if (!each.is_object()) return malformed;
        auto source = text_at(each.as_object(), "source"), person = text_at(each.as_object(), "id_number");
        auto mode = read_mode(text_at(each.as_object(), "mode"));
        if (!mode || department(source) == nullptr) return malformed;
        set(source, person, {*mode});
    }
    std::lock_guard const lock(mutex_);
    presets_ = pressed_;
    return {};
}

void Switches::reset() {
    std::lock_guard const lock(mutex_);
    pressed_ = presets_;
}

void Switches::set(std::string const& source, std::string const& id_number, Switch wanted) {
    wanted.ms = std::clamp(wanted.ms, 0, slow_ms_most);
    std::lock_guard const lock(mutex_);
    auto& pressed = pressed_[source];
    if (id_number.empty())
        pressed.all = wanted;
    else if (wanted.mode == Mode::ok)
        pressed.people.erase(id_number);
    else
        pressed.people[id_number] = wanted;
}

Switch Switches::for_call(std::string const& source, std::vector<std::string> const& id_numbers) const {
    std::lock_guard const lock(mutex_);
    auto found = pressed_.find(source);
    if (found == pressed_.end()) return {};
    for (auto const& person : id_numbers) {
        if (auto one = found->second.people.find(person); one != found->second.people.end())
            return one->second;
    }
    return found->second.all;
}

Switches::Pressed Switches::of(std::string const& source) const {
    std::lock_guard const lock(mutex_);
    auto found = pressed_.find(source);
    return found == pressed_.end() ? Pressed{} : found->second;
}

}  // namespace tongban::sim
