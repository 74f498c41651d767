#include <algorithm>
#include <array>

#include "org/contents.h"

namespace tongban::org {

namespace {
constexpr std::array<std::string_view, 5> level_words = {"province", "city", "county", "town", "village"};
constexpr std::array<std::string_view, 3> kind_words = {"government", "street_office", "department"};

/// Digits that are no padding, by level.
constexpr std::array<std::size_t, 5> level_digits = {2, 4, 6, 9, 12};

/// In the present list, else in the former one.
template <class T, class Key>
T const* find(std::vector<T> const& present, std::vector<T> const& former, Key const& key, auto field) {
    for (auto const* list : {&present, &former}) {
        auto it = std::find_if(list->begin(), list->end(), [&](T const& one) { return one.*field == key; });
        if (it != list->end()) return &*it;
    }
    return nullptr;
}

/// As find, where the present list is sorted by the field.
template <class T, class Key>
T const* find_sorted(std::vector<T> const& present, std::vector<T> const& former, Key const& key,
                     auto field) {
    auto it = std::lower_bound(present.begin(), present.end(), key,
                               [&](T const& one, Key const& wanted) { return one.*field < wanted; });
    if (it != present.end() && *it.*field == key) return &*it;
    return find(former, {}, key, field);
}
/// The English of some members over their Chinese.
void lay_over(English const& english, std::initializer_list<std::pair<char const*, std::string*>> members) {
    for (auto const& [name, member] : members)
        if (auto said = english.find(name); said != english.end()) *member = said->second;
}

/// 12345转2101: how Chinese writes an extension.
void tell_extension(std::string& phone) {
    static constexpr std::string_view turn = "转";
    if (auto at = phone.find(turn); at != std::string::npos) phone.replace(at, turn.size(), " ext. ");
}

void put_in_english(Body& body) {
    lay_over(body.english, {{"name", &body.name},
                            {"short_name", &body.short_name},
                            {"reconsideration_body", &body.reconsideration_body},
                            {"court", &body.court}});
    tell_extension(body.phone);
    tell_extension(body.complaint_phone);
}
void put_in_english(Hall& hall) {
    lay_over(hall.english, {{"name", &hall.name}, {"hours", &hall.hours}});
    tell_extension(hall.phone);
}
void put_in_english(Region& region) {
    lay_over(region.english, {{"name", &region.name}});
}
void put_in_english(Post& post) {
    lay_over(post.english, {{"title", &post.title}});
}
}  // namespace

std::string_view to_text(Level level) {
    return level_words[static_cast<std::size_t>(level)];
}

std::optional<Level> read_level(std::string_view text) {
    auto it = std::find(level_words.begin(), level_words.end(), text);
    if (it == level_words.end()) return std::nullopt;
    return static_cast<Level>(it - level_words.begin());
}

Level level_of(RegionCode const& code) {
    for (std::size_t i = 0; i < level_digits.size(); ++i)
        if (code.text.find_first_not_of('0', level_digits[i]) == std::string::npos)
            return static_cast<Level>(i);
    return Level::village;
}

std::string_view to_text(BodyKind kind) {
    return kind_words[static_cast<std::size_t>(kind)];
}

std::optional<BodyKind> read_body_kind(std::string_view text) {
    auto it = std::find(kind_words.begin(), kind_words.end(), text);
    if (it == kind_words.end()) return std::nullopt;
    return static_cast<BodyKind>(it - kind_words.begin());
}

Region const* Picture::region(RegionCode const& code) const {
    return find_sorted(regions_, former_.regions, code, &Region::code);
}
Body const* Picture::body(BodyId const& id) const {
    return find(bodies_, former_.bodies, id, &Body::id);
}
Hall const* Picture::hall(HallId const& id) const {
    return find(halls_, former_.halls, id, &Hall::id);
}
Post const* Picture::post(PostId const& id) const {
    return find_sorted(posts_, former_.posts, id, &Post::id);
}
Staff const* Picture::staff(StaffId const& id) const {
    return find_sorted(staff_, former_.staff, id, &Staff::id);
}

Body const* Picture::body_of(RegionCode const& region) const {
    for (auto const& body : bodies_)
        if (body.kind != BodyKind::department && body.region == region) return &body;
    return nullptr;
}

Body const* Picture::department_of(std::string_view department, RegionCode const& region) const {
    for (auto const& body : bodies_)
        if (!department.empty() && body.department == department && body.region == region) return &body;
    return nullptr;
}

Hall const* Picture::hall_of(RegionCode const& region) const {
    for (auto const* above : chain(region))
        for (auto const& hall : halls_)
            if (hall.region == above->code) return &hall;
    return nullptr;
}

std::vector<Post> Picture::posts_of(BodyId const& body, std::string_view role) const {
    std::vector<Post> out;
    for (auto const& post : posts_)
        if (post.body == body && std::find(post.roles.begin(), post.roles.end(), role) != post.roles.end())
            out.push_back(post);
    return out;
}

std::vector<Region const*> Picture::chain(RegionCode const& code) const {
    std::vector<Region const*> out;
    for (auto const* at = region(code); at != nullptr && out.size() < level_words.size();
         at = region(at->parent))
        out.push_back(at);
    return out;
}

std::string Picture::full_name(RegionCode const& code) const {
    auto above = chain(code);
    std::string out;
    bool const en = language_ == http::Language::en;
    for (auto const* region : above)
        if (region->level != Level::province || above.size() == 1)
            out = en ? out + (out.empty() ? "" : ", ") + region->name : region->name + out;
    return out;
}

Picture const& Picture::in(http::Language language) const {
    return language == http::Language::en && english_ ? *english_ : *this;
}

void Picture::add_english() {
    english_.reset();
    auto twin = std::make_shared<Picture>(*this);
    twin->language_ = http::Language::en;
    auto& site = twin->site_;
    lay_over(site.english, {{"name", &site.name}, {"city", &site.city}, {"host_body", &site.host_body}});
    for (auto* regions : {&twin->regions_, &twin->former_.regions})
        for (auto& one : *regions) put_in_english(one);
    for (auto* bodies : {&twin->bodies_, &twin->former_.bodies})
        for (auto& one : *bodies) put_in_english(one);
    for (auto* halls : {&twin->halls_, &twin->former_.halls})
        for (auto& one : *halls) put_in_english(one);
    for (auto* posts : {&twin->posts_, &twin->former_.posts})
        for (auto& one : *posts) put_in_english(one);
    english_ = std::move(twin);
}

}  // namespace tongban::org
