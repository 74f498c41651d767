#include "licences/decide.h"

#include <algorithm>

namespace tongban::licences {

State state_of(Licence const& licence, Day today) {
    if (licence.stage == Stage::revoked) return State::revoked;
    if (licence.stage == Stage::replaced) return State::replaced;
    return licence.valid_until && today > *licence.valid_until ? State::expired : State::valid;
}

std::optional<Day> valid_until(Day issued_on, int months) {
    if (months == 0) return std::nullopt;
    auto date = std::chrono::year_month_day{issued_on} + std::chrono::months{months};
    return std::chrono::sys_days(date.ok() ? date : date.year() / date.month() / std::chrono::last);
}

std::string number_series(Type const& type, std::string_view letter_sign, int year) {
    return fill(type.number, [&](std::string_view name) -> std::string {
        if (name == "sign") return std::string(letter_sign);
        return name == "year" ? std::to_string(year) : "{" + std::string(name) + "}";
    });
}

std::string number_of(std::string_view series, std::int64_t n) {
    return fill(series, [&](std::string_view) { return std::to_string(n); });
}

std::string normal_number(std::string_view typed) {
    if (!is_utf8(typed)) return "";
    std::u32string out;
    for (auto c : to_code_points(typed)) {
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if (c == ' ' || c == 0x3000 || c == 0xA0 || (c >= '\t' && c <= '\r')) continue;
        if (c == '[' || c == '(' || c == U'【' || c == U'﹝' || c == U'［') c = U'〔';
        if (c == ']' || c == ')' || c == U'】' || c == U'﹞' || c == U'］') c = U'〕';
        out += c;
    }
    return from_code_points(out);
}

std::string normal_code(std::string_view typed) {
    std::string out;
    for (char c : normal_number(typed)) {
        if (c != '-') out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    }
    return out;
}

std::vector<FaceRow> face_of(Type const& type, std::vector<FaceRow> const& ordered) {
    std::vector<FaceRow> face;
    for (auto const& rule : type.face) {
        auto found = std::find_if(ordered.begin(), ordered.end(),
                                  [&](auto const& row) { return row.key == rule.key; });
        if (found != ordered.end() && !found->value.empty())
            face.push_back({rule.key, rule.label, found->value, rule.shown});
    }
    return face;
}

Result<void> judge_revocation(Licence const& licence, Actor const& by, std::int64_t version) {
    if (by.body != licence.issuer && by.kind != ActorKind::system)
        return Error{ErrorKind::forbidden, "licence_is_of_another_body",
                     "这份证照由别的机关颁发，只能由颁发机关撤销。"};
    if (licence.stage == Stage::revoked)
        return Error{ErrorKind::conflict, "licence_already_revoked", "这份证照已经撤销，不用再撤。"};
    if (licence.version != version)
        return Error{ErrorKind::conflict, "licence_changed_meanwhile", "这份证照刚有变动，请刷新后再看。"};
    return {};
}

FileVerdict judge_file(FileFacts const& facts) {
    if (facts.bytes_match) return facts.is_the_asked ? FileVerdict::same : FileVerdict::other_licence;
    // Our seal on it and nothing changed: a letter, or a licence this register does not know.
    if (facts.genuine) return FileVerdict::other_licence;
    return facts.sealed_by_us || facts.bears_our_number ? FileVerdict::altered : FileVerdict::not_ours;
}

}  // namespace tongban::licences
