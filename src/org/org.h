// The door of `org`: regions, bodies, halls, posts, staff and their scopes; calendar years and the site's own
// settings. All of it comes from packs (`org/`), is kept in the database, and is held in memory as one
// immutable picture.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/base.h"
#include "http/http.h"
#include "org/pack_reader.h"
#include "store/store.h"

namespace tongban::org {

enum class Level { province, city, county, town, village };
std::string_view to_text(Level level);
std::optional<Level> read_level(std::string_view text);
Level level_of(RegionCode const& code);  ///< by its trailing zeros

/// What a pack says of something in English (`x-en`), by the name of the member. What it lacks stays Chinese.
using English = std::map<std::string, std::string, std::less<>>;

struct Region {
    RegionCode code;
    std::string name;  ///< 示例街道
    Level level = Level::town;
    RegionCode parent;  ///< empty for the province
    English english{};  ///< name
};

/// A region has at most one body that is not a department.
enum class BodyKind { government, street_office, department };

/// A body (机关) that decides and seals. `sign` (机关代字) opens its letter numbers: 示街.
struct Body {
    BodyId id;                ///< 统一社会信用代码
    std::string name;         ///< 示例市示例区人民政府示例街道办事处
    std::string short_name;   ///< 示例街道
    std::string letter_sign;  ///< 示街
    RegionCode region;
    std::string phone, complaint_phone, address;
    std::string reconsideration_body, court;  ///< 行政复议机关, 有管辖权的人民法院
    BodyKind kind = BodyKind::government;
    std::string department;  ///< of a department (部门): its key, `natural_resources`; one a region
    English english{};       ///< name, short_name, reconsideration_body, court
};

struct Hall {
    HallId id;
    std::string name;
    RegionCode region;
    BodyId body;
    std::string address, phone, hours;
    English english{};  ///< name, hours
};

/// A post (岗位): where work waits. `roles` as in http::Routes::grant.
struct Post {
    PostId id;
    std::string title;  ///< 综合窗口, 审核岗
    BodyId body;
    HallId hall;  ///< empty behind the counter
    std::vector<std::string> roles;
    English english{};  ///< title
};

struct Staff {
    StaffId id;  ///< the number they sign in with
    std::string name;
    std::vector<PostId> posts;
};

struct Site {
    std::string name, city, host_body, address, hotline;
    bool demonstration = false;
    English english{};  ///< name, city, host_body
};

/// What a later pack no longer names. Cases still tell who acted, so look-ups by id know it; nobody works
/// there now.
struct Former {
    std::vector<Region> regions;
    std::vector<Body> bodies;
    std::vector<Hall> halls;
    std::vector<Post> posts;   ///< without roles
    std::vector<Staff> staff;  ///< without posts
};

/// Everything at one moment. Cheap to hold; import replaces it whole.
class Picture {
public:
    /// The same as it is told to a reader of that language: names, hours, extensions of telephones. Addresses
    /// and people stay as they are. For screens only; letters and licences are Chinese.
    [[nodiscard]] Picture const& in(http::Language language) const;
    [[nodiscard]] Site const& site() const { return site_; }
    [[nodiscard]] Calendar const& calendar() const { return calendar_; }
    [[nodiscard]] std::vector<Region> const& regions() const { return regions_; }
    [[nodiscard]] std::vector<Body> const& bodies() const { return bodies_; }
    [[nodiscard]] std::vector<Hall> const& halls() const { return halls_; }
    [[nodiscard]] Region const* region(RegionCode const& code) const;
    [[nodiscard]] Body const* body(BodyId const& id) const;
    [[nodiscard]] Body const* body_of(
        RegionCode const& region) const;  ///< the government or 街道办事处 of exactly this region
    [[nodiscard]] Body const* department_of(std::string_view department,
                                            RegionCode const& region) const;  ///< of exactly this region
    [[nodiscard]] Hall const* hall(HallId const& id) const;
    [[nodiscard]] Hall const* hall_of(
        RegionCode const& region) const;  ///< acceptance point: of the region, else of the nearest above
    [[nodiscard]] Post const* post(PostId const& id) const;
    [[nodiscard]] Staff const* staff(StaffId const& id) const;
    [[nodiscard]] std::vector<Post> posts_of(BodyId const& body, std::string_view role) const;
    [[nodiscard]] std::string full_name(
        RegionCode const& code) const;  ///< 示例市示例区示例街道; in English nearest first
    /// The region and what lies above it, nearest first; empty for an unknown one.
    [[nodiscard]] std::vector<Region const*> chain(RegionCode const& code) const;

    void add_english();  ///< once the rest is whole

    Site site_;
    Calendar calendar_ = Calendar::embedded();
    std::vector<Region> regions_;  ///< by code, so that parents come first
    std::vector<Body> bodies_;
    std::vector<Hall> halls_;
    std::vector<Post> posts_;   ///< by id
    std::vector<Staff> staff_;  ///< by id
    Former former_;
    http::Language language_ = http::Language::zh;
    std::shared_ptr<Picture const> english_;
};

class Org final : public Module {
public:
    /// Kept in memory as "org": a running server notices an import done beside it.
    /// `site_address`, when given, stands in place of the pack's: the host people see in links and QR codes.
    Org(store::Store& store, Clock const& clock, std::string site_address = {});
    void routes(http::Routes& routes) override;
    /// Refuses: pack_has_errors, naming every wrong place. Emits `org.calendar_imported` {"year":2027} when a
    /// year is new or differs: provisional due days are then recomputed. Emits `org.imported` when anything
    /// else changed.
    Result<void> import(Pack const& pack) override;
    Result<void> start() override;
    [[nodiscard]] std::shared_ptr<Picture const> picture() const;

private:
    Result<void> reload();
    Result<void> take(store::Reader& reader);
    store::Store& store_;
    Clock const& clock_;
    std::string site_address_;
    std::atomic<std::shared_ptr<Picture const>> picture_;
};

store::Schema schema();

}  // namespace tongban::org
