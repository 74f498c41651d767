#include "rules/names.h"

#include <algorithm>

#include "rules/lexer.h"

namespace tongban::rules {

namespace {

/// Levenshtein distance in code points, for names of sane length.
std::size_t distance(std::u32string const& a, std::u32string const& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::vector<std::string> split_at_dots(std::string_view path) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= path.size();) {
        auto const dot = std::min(path.find('.', from), path.size());
        out.emplace_back(path.substr(from, dot - from));
        from = dot + 1;
    }
    return out;
}

}  // namespace

std::string normal_name(std::string_view name) {
    std::string out;
    bool blank = false;
    for (char32_t const c : to_code_points(name)) {
        if (detail::is_space(c)) {
            blank = !out.empty();
            continue;
        }
        if (blank) out += ' ';
        blank = false;
        out += from_code_points({&c, 1});
    }
    return out;
}

Slot Names::root_slot(std::string_view name) {
    if (auto const known = slot_of(name)) return *known;
    roots_.emplace_back(name);
    return static_cast<Slot>(roots_.size() - 1);
}

void Names::spell(std::string_view spelling, Spelling entry) {
    entry.parts = detail::name_parts(spelling);
    if (entry.parts.empty()) return;
    auto& all = spellings_[entry.parts[0]];
    // The longest first; of two alike the later.
    auto const place = std::find_if(
        all.begin(), all.end(), [&](Spelling const& one) { return one.parts.size() <= entry.parts.size(); });
    all.insert(place, std::move(entry));
}

Names& Names::add(std::string_view path, FeelType type) {
    auto parts = split_at_dots(path);
    Spelling entry;
    entry.known = {std::string(path), std::move(type)};
    entry.slot = root_slot(parts[0]);
    entry.rest.assign(parts.begin() + 1, parts.end());
    spell(path, std::move(entry));
    return *this;
}

Slot Names::declare(std::string_view name, FeelType type) {
    auto const normal = normal_name(name);
    roots_.push_back(normal);
    Spelling entry;
    entry.known = {normal, std::move(type)};
    entry.slot = static_cast<Slot>(roots_.size() - 1);
    auto const slot = entry.slot;
    spell(normal, std::move(entry));
    return slot;
}

Names& Names::alias(std::string_view name, std::string_view path) {
    auto const parts = detail::name_parts(path);
    auto const* all = parts.empty() ? nullptr : starting_with(parts[0]);
    Spelling const* known = nullptr;
    for (std::size_t i = 0; all != nullptr && i < all->size() && known == nullptr; ++i) {
        if ((*all)[i].parts == parts) known = &(*all)[i];
    }
    ensure(known != nullptr, "an alias names a declared name");
    spell(name, Spelling(*known));
    return *this;
}

Names& Names::add_type(std::string_view name, FeelType type) {
    types_.emplace_back(detail::name_parts(name), std::move(type));
    return *this;
}

std::optional<Names::Known> Names::find(std::string_view path) const {
    auto const parts = detail::name_parts(path);
    auto const* all = parts.empty() ? nullptr : starting_with(parts[0]);
    if (all == nullptr) return std::nullopt;
    for (auto const& one : *all) {
        if (one.parts == parts) return one.known;
    }
    return std::nullopt;
}

std::optional<FeelType> Names::find_type(std::string_view name) const {
    auto const parts = detail::name_parts(name);
    for (auto one = types_.rbegin(); one != types_.rend(); ++one) {
        if (one->first == parts) return one->second;
    }
    return FeelType::named(name);
}

std::vector<std::string> Names::nearest(std::string_view path) const {
    auto const wanted = to_code_points(path);
    if (wanted.size() > 100) return {};
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (auto const& [word, all] : spellings_) {
        for (auto const& one : all) {
            std::string name;
            for (auto const& part : one.parts) {
                bool const joins = name.empty() || part == "." || name.ends_with('.');
                name += (joins ? "" : " ") + part;
            }
            auto const letters = to_code_points(name);
            std::size_t const far = distance(wanted, letters);
            if (far <= std::max<std::size_t>(1, std::max(wanted.size(), letters.size()) / 2))
                ranked.emplace_back(far, name);
        }
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> out;
    for (auto const& [far, name] : ranked) {
        if (out.size() < 3 && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    }
    return out;
}

std::optional<Slot> Names::slot_of(std::string_view name) const {
    auto const found = std::find(roots_.rbegin(), roots_.rend(), name);
    if (found == roots_.rend()) return std::nullopt;
    return static_cast<Slot>(roots_.rend() - found - 1);
}

std::vector<Names::Spelling> const* Names::starting_with(std::string_view word) const {
    auto const found = spellings_.find(word);
    return found == spellings_.end() ? nullptr : &found->second;
}

Frame::Frame(Names const& names, Context const& context) : Frame(names) {
    for (Slot slot = 0; slot < values_.size(); ++slot) {
        if (auto const* found = context.find(names.root(slot))) values_[slot] = *found;
    }
}

void Frame::put(Slot slot, Value value) {
    if (slot >= values_.size()) values_.resize(slot + 1, Value::unset());
    values_[slot] = std::move(value);
}

Value const& Frame::at(Slot slot) const {
    static Value const unset = Value::unset();
    return slot < values_.size() ? values_[slot] : unset;
}

}  // namespace tongban::rules
