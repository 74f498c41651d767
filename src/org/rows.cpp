#include "org/rows.h"

#include "org/sql.h"

namespace tongban::org {

namespace {
std::vector<std::string> words(std::string const& stored) {
    std::vector<std::string> out;
    auto value = MUST(read_json(stored));
    for (auto const& one : value.as_array()) out.emplace_back(one.as_string().data(), one.as_string().size());
    return out;
}

std::string stored(std::vector<std::string> const& words) {
    json::array out;
    for (auto const& word : words) out.emplace_back(word);
    return tongban::to_text(Json(std::move(out)));
}

English english_of(store::Row const& row) {
    English out;
    auto text = row.text("english");
    if (text.empty()) return out;
    auto value = MUST(read_json(text));
    for (auto const& [name, said] : value.as_object())
        out.emplace(std::string(name), std::string(said.as_string()));
    return out;
}

std::string stored(English const& english) {
    json::object out;
    for (auto const& [name, said] : english) out[name] = said;
    return out.empty() ? std::string() : tongban::to_text(Json(std::move(out)));
}

std::string stored(std::vector<PostId> const& posts) {
    std::vector<std::string> out;
    for (auto const& post : posts) out.push_back(post.text);
    return stored(out);
}

/// The list that the row belongs to.
template <class T>
std::vector<T>& list_of(store::Row const& row, std::vector<T>& present, std::vector<T>& former) {
    return row.flag("present") ? present : former;
}

Result<void> load_places(store::Reader& reader, Picture& picture) {
    auto regions = TRY(reader.rows(sql::load_regions));
    for (auto row : regions) {
        auto level = read_level(row.text("level"));
        ensure(level.has_value(), "org_region.level is a level");
        list_of(row, picture.regions_, picture.former_.regions)
            .push_back({row.id<RegionCode>("code"), row.text("name"), *level, row.id<RegionCode>("parent"),
                        english_of(row)});
    }
    auto halls = TRY(reader.rows(sql::load_halls));
    for (auto row : halls)
        list_of(row, picture.halls_, picture.former_.halls)
            .push_back({row.id<HallId>("id"), row.text("name"), row.id<RegionCode>("region"),
                        row.id<BodyId>("body"), row.text("address"), row.text("phone"), row.text("hours"),
                        english_of(row)});
    return {};
}

Result<void> load_bodies(store::Reader& reader, Picture& picture) {
    auto rows = TRY(reader.rows(sql::load_bodies));
    for (auto row : rows) {
        auto kind = read_body_kind(row.text("kind"));
        ensure(kind.has_value(), "org_body.kind is a kind");
        list_of(row, picture.bodies_, picture.former_.bodies)
            .push_back({row.id<BodyId>("id"), row.text("name"), row.text("short_name"),
                        row.text("letter_sign"), row.id<RegionCode>("region"), row.text("phone"),
                        row.text("complaint_phone"), row.text("address"), row.text("reconsideration_body"),
                        row.text("court"), *kind, row.text("department"), english_of(row)});
    }
    return {};
}

Result<void> load_people(store::Reader& reader, Picture& picture) {
    auto posts = TRY(reader.rows(sql::load_posts));
    for (auto row : posts) {
        auto& post = list_of(row, picture.posts_, picture.former_.posts)
                         .emplace_back(Post{row.id<PostId>("id"),
                                            row.text("title"),
                                            row.id<BodyId>("body"),
                                            row.id<HallId>("hall"),
                                            {},
                                            english_of(row)});
        if (row.flag("present")) post.roles = words(row.text("roles"));
    }
    auto staff = TRY(reader.rows(sql::load_staff));
    for (auto row : staff) {
        auto& one = list_of(row, picture.staff_, picture.former_.staff)
                        .emplace_back(Staff{row.id<StaffId>("id"), row.text("name"), {}});
        if (row.flag("present"))
            for (auto& post : words(row.text("posts"))) one.posts.push_back(PostId{std::move(post)});
    }
    return {};
}
}  // namespace

Result<Picture> load_picture(store::Reader& reader) {
    Picture picture;
    auto site = TRY(reader.maybe_one(sql::load_site));
    if (site) {
        auto row = (*site)[0];
        picture.site_ = {row.text("name"),    row.text("city"),    row.text("host_body"),
                         row.text("address"), row.text("hotline"), row.flag("demonstration"),
                         english_of(row)};
    }
    TRY(load_places(reader, picture));
    TRY(load_bodies(reader, picture));
    TRY(load_people(reader, picture));
    auto years = TRY(load_years(reader));
    for (auto const& [year, content] : years) TRY(picture.calendar_.add_year(content));
    return picture;
}

Result<std::string> load_fingerprint(store::Reader& reader) {
    auto site = TRY(reader.maybe_one(sql::load_site));
    return site ? (*site)[0].text("fingerprint") : std::string{};
}

Result<std::map<int, std::string>> load_years(store::Reader& reader) {
    std::map<int, std::string> out;
    auto rows = TRY(reader.rows(sql::load_years));
    for (auto row : rows) out.emplace(static_cast<int>(row.integer("year")), row.text("content"));
    return out;
}

void save_year(store::Tx& tx, int year, std::string const& content, Instant now) {
    tx.write(sql::save_year, year, content, now);
}

void save_picture(store::Tx& tx, Picture const& picture, Instant now) {
    auto const& site = picture.site_;
    tx.write(sql::save_site, site.name, site.city, site.host_body, site.address, site.hotline,
             site.demonstration, fingerprint(picture), now, stored(site.english));
    for (auto const* forget :
         {&sql::forget_region, &sql::forget_body, &sql::forget_hall, &sql::forget_post, &sql::forget_staff})
        tx.write(*forget);
    for (auto const& region : picture.regions_)
        tx.write(sql::save_region, region.code, region.name, to_text(region.level), region.parent,
                 stored(region.english));
    std::int64_t position = 0;
    for (auto const& body : picture.bodies_)
        tx.write(sql::save_body, body.id, ++position, body.name, body.short_name, body.letter_sign,
                 to_text(body.kind), body.region, body.phone, body.complaint_phone, body.address,
                 body.reconsideration_body, body.court, body.department, stored(body.english));
    position = 0;
    for (auto const& hall : picture.halls_)
        tx.write(sql::save_hall, hall.id, ++position, hall.name, hall.region, hall.body, hall.address,
                 hall.phone, hall.hours, stored(hall.english));
    for (auto const& post : picture.posts_)
        tx.write(sql::save_post, post.id, post.title, post.body, post.hall, stored(post.roles),
                 stored(post.english));
    for (auto const& staff : picture.staff_)
        tx.write(sql::save_staff, staff.id, staff.name, stored(staff.posts));
}

}  // namespace tongban::org
