#include "org/contents.h"

#include <algorithm>
#include <array>
#include <set>

namespace tongban::org {

namespace {
constexpr std::array<std::string_view, 8> staff_roles = {"clerk",  "reviewer",   "inspector", "head",
                                                         "keeper", "supervisor", "operator",  "auditor"};

/// Places of things already named, so that a second one can point at the first.
class Seen {
public:
    /// Notes a trouble and answers no when `key` was there before.
    bool fresh(std::string const& key, std::string const& place, std::string_view what, Troubles& troubles) {
        auto [it, added] = places_.emplace(key, place);
        if (!added && !key.empty())
            troubles.add(place, "pack_names_it_twice",
                         std::string(what) + " " + key + " 与 " + it->second + " 重复。");
        return added;
    }
    [[nodiscard]] bool has(std::string const& key) const { return places_.contains(key); }

private:
    std::map<std::string, std::string> places_;
};

void check_region(Region const& region, std::map<std::string, Region> const& all, std::string const& place,
                  Troubles& troubles) {
    if (region.level == Level::province) {
        if (!region.parent.empty()) troubles.add(place, "region_parent_is_wrong", "省没有上级区划。");
        return;
    }
    auto parent = all.find(region.parent.text);
    if (parent == all.end()) {
        troubles.add(place, "region_is_unknown", "上级区划 " + region.parent.text + " 不在本表。");
        return;
    }
    if (parent->second.level >= region.level || !region_contains(region.parent, region.code))
        troubles.add(place, "region_parent_is_wrong",
                     region.code.text + " 不属于 " + region.parent.text + "。");
}

std::vector<Region> read_regions(Pack const& pack, Troubles& troubles) {
    auto lines = read_pack_csv(pack, "org/regions.csv", "code,name,level,parent", "name_en", troubles);
    std::map<std::string, Region> all;
    std::vector<std::pair<Region, std::string>> read;
    Seen seen;
    for (auto const& line : lines) {
        auto code = read_region(line.cells[0]);
        if (!code.ok() || line.cells[0].size() != 12) {
            troubles.add(line.place, "region_code_is_malformed", "区划代码应当是 12 位数字。");
            continue;
        }
        if (!seen.fresh(code->text, line.place, "区划", troubles)) continue;
        Region region{*code, trimmed(line.cells[1]), level_of(*code), RegionCode{line.cells[3]}, {}};
        if (line.cells.size() > 4 && !trimmed(line.cells[4]).empty())
            region.english["name"] = trimmed(line.cells[4]);
        if (region.name.empty()) troubles.add(line.place, "pack_value_is_missing", "缺少名称。");
        if (read_level(line.cells[2]) != region.level)
            troubles.add(line.place, "region_level_is_wrong",
                         region.code.text + " 的级别应当是 " + std::string(to_text(region.level)) + "。");
        all.emplace(region.code.text, region);
        read.emplace_back(region, line.place);
    }
    for (auto const& [region, place] : read) check_region(region, all, place, troubles);
    std::vector<Region> out;
    for (auto& [code, region] : all) out.push_back(std::move(region));
    return out;
}

RegionCode known_region(PackNode const& node, Picture const& picture) {
    RegionCode code{node.text("region", 12)};
    if (!code.empty() && picture.region(code) == nullptr)
        node.wrong("region", "region_is_unknown", "区划 " + code.text + " 不在 org/regions.csv。");
    return code;
}

BodyId known_body(PackNode const& node, Picture const& picture) {
    BodyId id{node.text("body", 18)};
    if (!id.empty() && picture.body(id) == nullptr)
        node.wrong("body", "body_is_unknown", "机关 " + id.text + " 不在 org/bodies.json。");
    return id;
}

std::string read_id(PackNode const& node) {
    auto id = node.text("id", 64);
    bool fits = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!fits) node.wrong("id", "pack_id_is_malformed", "编号只用小写字母、数字和连字符。");
    return id;
}

/// `x-en` beside the Chinese: some of these members.
English read_english(PackNode const& node, std::initializer_list<std::string_view> names) {
    English english;
    auto given = node.maybe("x-en");
    if (!given) return english;
    given->only(names);
    for (auto name : names)
        if (given->has(name)) english.emplace(name, given->text(name, 160));
    return english;
}

/// The list `name` of `org/<name>.json`.
std::vector<PackNode> read_list(Pack const& pack, std::string const& name, std::vector<Json>& keep,
                                Troubles& troubles) {
    auto path = "org/" + name + ".json";
    auto file = read_pack_json(pack, path, troubles);
    if (!file) return {};
    keep.push_back(std::move(*file));
    PackNode root(keep.back(), path + "#", troubles);
    root.only({name});
    return root.list(name);
}

Body read_body(PackNode const& node, Picture const& picture) {
    node.only({"id", "name", "short_name", "letter_sign", "kind", "region", "phone", "complaint_phone",
               "address", "reconsideration_body", "court", "department", "x-en"});
    Body body;
    auto code = node.text("id", 18);
    auto checked = read_credit_code(code);
    if (!code.empty() && !checked.ok()) node.troubles().add(node.place("id"), checked.error());
    body.id = BodyId{code};
    body.name = node.text("name", 80);
    body.short_name = node.text("short_name", 20);
    body.letter_sign = node.text("letter_sign", 8);
    body.region = known_region(node, picture);
    body.phone = node.text("phone", 40);
    body.complaint_phone = node.text("complaint_phone", 40);
    body.address = node.text("address", 100);
    body.reconsideration_body = node.text("reconsideration_body", 80);
    body.court = node.text("court", 80);
    body.english = read_english(node, {"name", "short_name", "reconsideration_body", "court"});
    body.kind = read_body_kind(node.one_of("kind", {"government", "street_office", "department"}))
                    .value_or(BodyKind::department);
    body.department = node.text_or("department", "", 40);
    bool lower = body.department.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    if (!lower || (!body.department.empty() && body.kind != BodyKind::department))
        node.wrong("department", "department_is_malformed",
                   "只有部门写 department，用小写字母和下划线，例如 natural_resources。");
    return body;
}

void read_bodies(Pack const& pack, Picture& picture, std::vector<Json>& keep, Troubles& troubles) {
    Seen ids, signs, seats;
    for (auto const& node : read_list(pack, "bodies", keep, troubles)) {
        auto body = read_body(node, picture);
        bool fresh = ids.fresh(body.id.text, node.place(), "机关", troubles);
        signs.fresh(body.letter_sign, node.place("letter_sign"), "机关代字", troubles);
        if (body.kind != BodyKind::department)
            seats.fresh(body.region.text, node.place("region"), "区划的政府或街道办事处", troubles);
        else if (!body.department.empty())
            seats.fresh(body.region.text + " " + body.department, node.place("department"), "区划的部门",
                        troubles);
        if (fresh) picture.bodies_.push_back(std::move(body));
    }
}

void read_halls(Pack const& pack, Picture& picture, std::vector<Json>& keep, Troubles& troubles) {
    Seen ids;
    for (auto const& node : read_list(pack, "halls", keep, troubles)) {
        node.only({"id", "name", "region", "body", "address", "phone", "hours", "x-en"});
        Hall hall{HallId{read_id(node)},       node.text("name", 80),
                  known_region(node, picture), known_body(node, picture),
                  node.text("address", 100),   node.text("phone", 40),
                  node.text("hours", 80),      read_english(node, {"name", "hours"})};
        if (ids.fresh(hall.id.text, node.place(), "大厅", troubles))
            picture.halls_.push_back(std::move(hall));
    }
}

std::vector<std::string> read_roles(PackNode const& node) {
    auto roles = node.texts("roles", 20);
    for (std::size_t i = 0; i < roles.size(); ++i) {
        auto const& role = roles[i];
        auto key = "roles/" + std::to_string(i);
        if (std::find(staff_roles.begin(), staff_roles.end(), role) == staff_roles.end())
            node.troubles().add(node.place() + "/" + key, "role_is_unknown", "没有角色 " + role + "。");
        else if (std::count(roles.begin(), roles.end(), role) > 1)
            node.troubles().add(node.place() + "/" + key, "pack_names_it_twice", "角色 " + role + " 重复。");
    }
    return roles;
}

void read_posts(Pack const& pack, Picture& picture, std::vector<Json>& keep, Troubles& troubles) {
    Seen ids;
    for (auto const& node : read_list(pack, "posts", keep, troubles)) {
        node.only({"id", "title", "body", "hall", "roles", "x-en"});
        Post post{PostId{read_id(node)},     node.text("title", 20),
                  known_body(node, picture), HallId{node.text_or("hall", "", 64)},
                  read_roles(node),          read_english(node, {"title"})};
        if (!post.hall.empty() && picture.hall(post.hall) == nullptr)
            node.wrong("hall", "hall_is_unknown", "大厅 " + post.hall.text + " 不在 org/halls.json。");
        bool at_window = std::find(post.roles.begin(), post.roles.end(), "clerk") != post.roles.end();
        if (at_window && post.hall.empty())
            node.wrong("hall", "window_post_has_no_hall", "窗口岗位要写明在哪个大厅。");
        if (ids.fresh(post.id.text, node.place(), "岗位", troubles))
            picture.posts_.push_back(std::move(post));
    }
}

void read_staff(Pack const& pack, Picture& picture, std::vector<Json>& keep, Troubles& troubles) {
    std::set<std::string> posts;
    for (auto const& post : picture.posts_) posts.insert(post.id.text);
    Seen ids;
    for (auto const& node : read_list(pack, "staff", keep, troubles)) {
        node.only({"id", "name", "posts"});
        Staff staff{StaffId{read_id(node)}, node.text("name", 30), {}};
        for (auto const& post : node.texts("posts", 64)) {
            if (!posts.contains(post))
                node.wrong("posts", "post_is_unknown", "岗位 " + post + " 不在 org/posts.json。");
            staff.posts.push_back(PostId{post});
        }
        if (ids.fresh(staff.id.text, node.place(), "工作人员", troubles))
            picture.staff_.push_back(std::move(staff));
    }
}

Site read_site(Pack const& pack, Troubles& troubles) {
    Site site;
    auto file = read_pack_json(pack, "org/site.json", troubles);
    if (!file) return site;
    PackNode root(*file, "org/site.json#", troubles);
    root.only({"name", "city", "host_body", "address", "hotline", "demonstration", "x-en"});
    site.name = root.text("name", 40);
    site.city = root.text("city", 40);
    site.host_body = root.text("host_body", 80);
    site.address = root.text("address", 253);
    site.hotline = root.text("hotline", 40);
    site.demonstration = root.flag("demonstration");
    site.english = read_english(root, {"name", "city", "host_body"});
    if (site.address.find_first_of("/ ") != std::string::npos)
        root.wrong("address", "site_address_is_not_a_host", "只写域名，不带 https:// 和路径。");
    return site;
}

std::map<int, std::string> read_years(Pack const& pack, Troubles& troubles) {
    std::map<int, std::string> years;
    Seen seen;
    for (auto const& path : pack.list("org/calendar", ".json")) {
        auto file = read_pack_json(pack, path, troubles);
        if (!file) continue;
        PackNode root(*file, path + "#", troubles);
        root.only({"year", "holidays", "make_up"});
        auto year = static_cast<int>(root.number("year", 2000, 2199));
        auto text = canonical_text(*file);
        Calendar scratch;
        auto added = scratch.add_year(text);
        if (!added.ok()) troubles.add(path, added.error());
        if (seen.fresh(std::to_string(year), path, "年份", troubles)) years.emplace(year, std::move(text));
    }
    return years;
}
}  // namespace

Result<Contents> read_contents(Pack const& pack) {
    Contents contents;
    Troubles troubles;
    std::vector<Json> keep;  // nodes point into the files
    keep.reserve(4);
    auto& picture = contents.picture;
    picture.site_ = read_site(pack, troubles);
    picture.regions_ = read_regions(pack, troubles);
    read_bodies(pack, picture, keep, troubles);
    read_halls(pack, picture, keep, troubles);
    read_posts(pack, picture, keep, troubles);
    read_staff(pack, picture, keep, troubles);
    std::sort(picture.posts_.begin(), picture.posts_.end(), [](auto& a, auto& b) { return a.id < b.id; });
    std::sort(picture.staff_.begin(), picture.staff_.end(), [](auto& a, auto& b) { return a.id < b.id; });
    contents.years = read_years(pack, troubles);
    TRY(troubles.verdict());
    return contents;
}

namespace {
/// Texts one after another; none of them holds a control character.
class Digest {
public:
    Digest& line(std::string_view kind) {
        text_ += '\n';
        return add(kind);
    }
    Digest& add(std::string_view text) {
        text_.append(text).push_back('\x1f');
        return *this;
    }
    Digest& add(English const& english) {
        for (auto const& [name, text] : english) add(name).add(text);
        return *this;
    }
    [[nodiscard]] std::string hex() const { return sha256_hex(text_); }

private:
    std::string text_;
};
}  // namespace

std::string fingerprint(Picture const& picture) {
    Digest all;
    auto const& site = picture.site_;
    all.line("site").add(site.name).add(site.city).add(site.host_body).add(site.address).add(site.hotline);
    all.add(site.demonstration ? "demonstration" : "").add(site.english);
    for (auto const& r : picture.regions_)
        all.line("region").add(r.code.text).add(r.name).add(r.parent.text).add(r.english);
    for (auto const& b : picture.bodies_) {
        all.line("body").add(b.id.text).add(b.name).add(b.short_name).add(b.letter_sign).add(to_text(b.kind));
        all.add(b.region.text).add(b.phone).add(b.complaint_phone).add(b.address);
        all.add(b.reconsideration_body).add(b.court).add(b.department).add(b.english);
    }
    for (auto const& h : picture.halls_) {
        all.line("hall").add(h.id.text).add(h.name).add(h.region.text).add(h.body.text);
        all.add(h.address).add(h.phone).add(h.hours).add(h.english);
    }
    for (auto const& p : picture.posts_) {
        all.line("post").add(p.id.text).add(p.title).add(p.body.text).add(p.hall.text);
        for (auto const& role : p.roles) all.add(role);
        all.add(p.english);
    }
    for (auto const& s : picture.staff_) {
        all.line("staff").add(s.id.text).add(s.name);
        for (auto const& post : s.posts) all.add(post.text);
    }
    return all.hex();
}

}  // namespace tongban::org
