// Who saw whose data, and why (个人信息保护法 arts. 44, 45): written by whoever looks, read by the person.
#include "identity/rows.h"
#include "identity/sql.h"

namespace tongban::identity {

namespace {
constexpr std::string_view purpose_place = "identity_access.purpose";
constexpr std::string_view purpose_en_place = "identity_access.purpose_en";
constexpr std::size_t page_size = 50;

struct Words {
    std::string_view key, zh, en;
};
constexpr Words kinds[] = {
    {"applicant", "姓名、证件号码、手机号", "Name, ID number, phone"},
    {"applicant.name", "姓名", "Name"},
    {"applicant.id_number", "证件号码", "ID number"},
    {"applicant.phone", "手机号", "Phone"},
    {"applicant.address", "地址", "Address"},
    {"case.page", "办件内容（已隐去部分号码）", "The case, with numbers masked"},
    {"case.file", "您交的材料", "A paper you gave"},
    {"case.letter", "文书", "A letter of the case"},
    {"case.answers", "您填写的内容", "What you filled in"},
    {"licence.face", "证照上的内容", "What the licence says"},
};

std::string words_of(std::string_view key, Identity::State::Language language) {
    for (auto const& each : kinds)
        if (each.key == key)
            return std::string(language == Identity::State::Language::en ? each.en : each.zh);
    return std::string(key);
}

std::string basis_words(std::string const& basis, Identity::State::Language language) {
    bool zh = language == Identity::State::Language::zh;
    if (basis == "consent") return zh ? "您的同意" : "Your consent";
    return zh ? "履行法定职责（个人信息保护法第十三条）"
              : "Statutory duty (Personal Information Protection Law art. 13)";
}

std::string who_words(org::Picture const& picture, std::string const& actor,
                      Identity::State::Language language) {
    bool zh = language == Identity::State::Language::zh;
    if (actor.starts_with("resident:"))
        return zh ? "系统（您申请时自动查询）" : "The system, for your application";
    if (!actor.starts_with("staff:")) return zh ? "系统" : "The system";
    auto const* staff = picture.staff(StaffId{actor.substr(6)});
    return staff != nullptr ? staff->name : (zh ? "工作人员" : "Staff");
}

/// What it was for, as it was written down; English where it was, and is asked for.
Result<std::string> purpose_of(store::Sealer const& sealer, store::Row const& row,
                               Identity::State::Language language) {
    if (language == Identity::State::Language::en && !row.is_null("purpose_en_sealed"))
        return sealer.open_sealed(purpose_en_place, row.text("id"), row.bytes("purpose_en_sealed"));
    return sealer.open_sealed(purpose_place, row.text("id"), row.bytes("purpose_sealed"));
}

std::vector<std::string> what_of(store::Row const& row, Identity::State::Language language) {
    auto what = MUST(read_json(row.text("what")));
    auto english = MUST(read_json(row.text("what_en")));
    bool told = language == Identity::State::Language::en && !english.as_array().empty();
    std::vector<std::string> all;
    for (auto const& each : (told ? english : what).as_array())
        all.push_back(words_of(std::string_view(each.as_string()), language));
    return all;
}

/// `1760492640000|01jc…`: where the page before ended.
std::pair<Instant, std::string> read_cursor(std::string_view after) {
    auto cut = after.find('|');
    std::int64_t ms = 0;
    if (cut == std::string_view::npos || cut == 0 || cut > 15) return {{INT64_MAX}, ""};
    for (char c : after.substr(0, cut)) {
        if (c < '0' || c > '9') return {{INT64_MAX}, ""};
        ms = ms * 10 + (c - '0');
    }
    return {{ms}, std::string(after.substr(cut + 1))};
}

/// The same for the same actor, case and day, whoever asks first.
std::string view_id(Access const& access, Day day) {
    return "v" + sha256_hex(access.actor + "|" + access.case_no + "|" + to_text(day)).substr(0, 25);
}
}  // namespace

void Identity::State::write_access(store::Tx& tx, Access const& access, std::string const& id) const {
    json::array what, what_en;
    for (auto const& each : access.what) what.emplace_back(each);
    for (auto const& each : access.what_en) what_en.emplace_back(each);
    // What staff type as their reason may name the person.
    auto purpose = store_.sealer().seal(purpose_place, id, access.purpose);
    std::optional<store::Blob> purpose_en;
    if (!access.purpose_en.empty())
        purpose_en = store_.sealer().seal(purpose_en_place, id, access.purpose_en);
    tx.write(sql::add_access, access.person, id, clock_.now(), access.actor, access.body, purpose,
             access.basis, access.basis_text, access.case_no, tongban::to_text(what), purpose_en,
             tongban::to_text(what_en));
}

void Identity::record_access(store::Tx& tx, Access const& access) const {
    state_->write_access(tx, access, make_id(state_->clock_.now()));
}

Result<void> Identity::record_view(Access const& access) const {
    auto id = view_id(access, state_->clock_.today());
    {
        auto reader = TRY(state_->store_.reader());
        auto known = TRY(reader->maybe_one(sql::access_is_known, access.person, id));
        if (known) return {};
    }
    auto tx = TRY(state_->store_.begin());
    state_->write_access(*tx, access, id);
    return tx->commit();
}

Result<api::Looks> Identity::State::looks(PersonId const& person, std::string_view after,
                                          Language language) const {
    auto const picture = org_.picture();
    auto reader = TRY(store_.reader());
    auto [at, id] = read_cursor(after);
    auto rows = TRY(reader->rows(sql::looks_of, person, at, id));
    api::Looks page;
    for (auto row : rows) {
        if (page.looks.size() == page_size) {
            auto const last = rows[page_size - 1];
            page.next = std::to_string(last.instant("seen_at").ms) + "|" + last.text("id");
            break;
        }
        api::Look look;
        look.at = tongban::to_text(row.instant("seen_at"));
        look.who = who_words(*picture, row.text("actor"), language);
        auto const* body = picture->in(language).body(row.id<BodyId>("body"));
        look.office = body != nullptr ? body->name : picture->in(language).site().name;
        look.purpose = TRY(purpose_of(store_.sealer(), row, language));
        look.basis = MUST(api::read_look_basis(row.text("basis")));
        look.basis_text = row.text("basis_text");
        if (look.basis_text.empty()) look.basis_text = basis_words(row.text("basis"), language);
        if (auto number = row.text("case_no"); !number.empty()) look.case_no = number;
        look.what = what_of(row, language);
        page.looks.push_back(std::move(look));
    }
    return page;
}

}  // namespace tongban::identity
