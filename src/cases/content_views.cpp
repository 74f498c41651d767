#include <algorithm>
#include <set>

#include "cases/data_views.h"
#include "cases/desk.h"

namespace tongban::cases {

std::string masked_text(catalog::Item const& item, std::string const& value, forms::FieldKind kind,
                        Audience audience) {
    bool firm = item.applicant == catalog::Applicant::organisation;
    switch (kind) {
        case forms::FieldKind::id_number:
            return mask_id_number(value);
        case forms::FieldKind::name:
            return audience == Audience::staff ? mask_name(value) : value;
        case forms::FieldKind::phone:
            return audience == Audience::staff ? mask_phone(value) : value;
        case forms::FieldKind::address:
            return audience == Audience::staff && !firm ? mask_address(value) : value;
        default:
            return value;
    }
}

Party masked_applicant(catalog::Item const& item, Party applicant) {
    applicant.phone = mask_phone(applicant.phone);
    if (item.applicant == catalog::Applicant::organisation) return applicant;
    applicant.name = mask_name(applicant.name);
    applicant.id_number = mask_id_number(applicant.id_number);
    return applicant;
}

std::string in(Language language, std::string const& zh, std::string const& en) {
    return language == Language::en && !en.empty() ? en : zh;
}

std::string chosen(forms::Words const& words, Language language) {
    return in(language, words.zh, words.en);
}

namespace {

std::string earlier_value(std::vector<forms::Line> const& before, forms::Line const& now, Language language) {
    for (auto const& line : before)
        if (line.path == now.path && line.text.zh != now.text.zh) return chosen(line.text, language);
    return {};
}

/// The round in which each file first came.
int round_of(std::vector<Application> const& rounds, std::string const& file) {
    for (auto const& round : rounds)
        for (auto const& material : round.materials)
            if (material.files)
                for (auto const& ref : *material.files)
                    if (ref.id == file) return round.round;
    return 1;
}

std::string way_words(api::Way way, std::size_t files, Language language) {
    bool zh = language == Language::zh;
    if (way == api::Way::waived) return zh ? "免交" : "Waived";
    if (way == api::Way::licence) return zh ? "用电子证照代替" : "An e-licence stands for it";
    if (way == api::Way::window) return zh ? "交到窗口" : "Brought to the window";
    if (way == api::Way::promise) return zh ? "告知承诺" : "Promised";
    auto count = std::to_string(files);
    return zh ? "上传" + count + "份" : count + " uploaded";
}

std::optional<api::PromiseKept> promise_kept(api::MaterialGiven const& given,
                                             catalog::Material const& material,
                                             std::vector<Agreement> const& agreements, Language language) {
    if (!given.promise || !material.promise) return std::nullopt;
    auto const& english = material.promise->en;
    bool translated = language == Language::en && english.has_value();
    api::PromiseKept kept{translated ? english->title : material.promise->title,
                          given.promise->version,
                          given.promise->hash,
                          {},
                          translated ? english->paragraphs : material.promise->paragraphs};
    for (auto const& agreement : agreements)
        if (agreement.hash == given.promise->hash) kept.agreed_at = to_text(agreement.agreed_at);
    return kept;
}

std::optional<api::MachineCheck> check_view(forms::Line const& line, Language language) {
    bool zh = language == Language::zh;
    if (line.locked)
        return api::MachineCheck{api::MachineCheckResult::ok,
                                 zh ? "与实名信息一致" : "Same as the real-name record"};
    if (line.kind != forms::FieldKind::id_number) return std::nullopt;
    return api::MachineCheck{
        api::MachineCheckResult::needs_person,
        zh ? "校验位正确，本人信息要人核对" : "Check digit right; a person must compare"};
}

/// Whence the answer came. True when that is a register, or disputed with one.
bool tell_source(Ground const& ground, Application const& application, api::AnswerRow& row,
                 Language language) {
    bool zh = language == Language::zh;
    auto const* field = ground.item->form.field(row.key);
    bool firm = field != nullptr && field->locked.starts_with("firm.");
    bool locked = field != nullptr && !field->locked.empty();
    if (firm)
        row.source = zh ? "企业登记信息" : "Register of companies";
    else
        row.source = locked ? (zh ? "实名信息" : "Real-name record") : (zh ? "申请人填写" : "Applicant");
    auto source = application.sources.find(row.key);
    if (source == application.sources.end()) return firm;
    auto name = zh || source->second.en.empty() ? source->second.zh : source->second.en;
    auto disputed = std::any_of(application.disputes.begin(), application.disputes.end(),
                                [&](DisputeRow const& one) { return one.field == row.key; });
    if (disputed) {
        row.source = zh ? "申请人填写（纠错：" + name + "）" : "Applicant, disputing " + name;
        row.check = api::MachineCheck{
            api::MachineCheckResult::mismatch,
            zh ? "与部门数据不一致，要人核对" : "Differs from the register; a person compares"};
        return true;
    }
    auto age = age_words(source->second.answered_at, source->second.data_at, language);
    row.source = name + (zh ? "（" + age + "）" : " (" + age + ")");
    row.check = api::MachineCheck{api::MachineCheckResult::ok, zh ? "部门数据" : "From the register"};
    return true;
}

/// All files a material ever had, newest round last, each once.
std::vector<std::string> files_over_rounds(std::vector<Application> const& rounds, std::string const& key) {
    std::vector<std::string> ids;
    std::set<std::string> seen;
    for (auto const& round : rounds)
        for (auto const& material : round.materials)
            if (material.key == key && material.files)
                for (auto const& ref : *material.files)
                    if (seen.insert(ref.id).second) ids.push_back(ref.id);
    return ids;
}

}  // namespace

std::vector<api::AnswerPage> answer_pages(Ground const& ground, std::vector<Application> const& rounds,
                                          Audience audience, Language language) {
    std::vector<api::AnswerPage> pages;
    if (rounds.empty()) return pages;
    auto now = forms::lines(ground.item->form, rounds.back().answers);
    std::vector<forms::Line> before;
    if (rounds.size() > 1) before = forms::lines(ground.item->form, rounds[rounds.size() - 2].answers);
    for (auto const& line : now) {
        auto title = chosen(line.page, language);
        if (pages.empty() || pages.back().title != title) pages.push_back({title, {}});
        auto whole = chosen(line.text, language);
        api::AnswerRow row;
        row.key = line.path.empty() ? line.path : line.path.substr(1);
        row.label = chosen(line.label, language);
        row.value = masked_text(*ground.item, whole, line.kind, audience);
        if (row.value != whole) row.masked = true;
        auto earlier = earlier_value(before, line, language);
        if (!earlier.empty()) row.earlier = masked_text(*ground.item, earlier, line.kind, audience);
        if (!tell_source(ground, rounds.back(), row, language)) row.check = check_view(line, language);
        pages.back().rows.push_back(std::move(row));
    }
    return pages;
}

std::vector<api::CaseMaterial> material_views(Ground const& ground, std::vector<Application> const& rounds,
                                              std::vector<Agreement> const& agreements,
                                              std::vector<files::File> const& attached, Language language) {
    std::vector<api::CaseMaterial> views;
    if (rounds.empty()) return views;
    for (auto const& given : rounds.back().materials) {
        auto const& all = ground.item->materials;
        auto known = std::find_if(all.begin(), all.end(), [&](auto const& m) { return m.key == given.key; });
        if (known == all.end()) continue;
        api::CaseMaterial view{
            given.key, chosen({known->name, known->en.name}, language), given.way, {}, {}, {}, {}};
        for (auto const& id : files_over_rounds(rounds, given.key))
            for (auto const& file : attached)
                if (file.id.text == id)
                    view.files.push_back(
                        {id, file.name, file.kind, file.pages, file.size, round_of(rounds, id)});
        view.way_text = way_words(given.way, given.files ? given.files->size() : 0, language);
        if (given.way == api::Way::promise) view.promise = promise_kept(given, *known, agreements, language);
        views.push_back(std::move(view));
    }
    return views;
}

namespace {
std::string face_key(std::string const& material, licences::FaceRow const& row) {
    return "licence." + material + "." + row.key;
}

std::string masked_face(licences::FaceRow const& row) {
    return licences::shown_value(row, licences::Viewer::staff).value_or("****");
}
}  // namespace

void show_licences(std::vector<api::CaseMaterial>& materials, Application const& newest, Language language) {
    for (auto& material : materials) {
        auto held = newest.licences.find(material.key);
        if (held == newest.licences.end() || material.way != api::Way::licence) continue;
        auto const& kept = held->second;
        api::LicenceGiven view{in(language, kept.type_name, kept.type_name_en),
                               kept.number,
                               in(language, kept.issuer_name, kept.issuer_name_en),
                               {},
                               {},
                               {},
                               {}};
        if (kept.issued_on != Day{}) view.issued_on = to_text(kept.issued_on);
        if (kept.valid_until) view.valid_until = to_text(*kept.valid_until);
        if (kept.as_of != Day{}) view.as_of = to_text(kept.as_of);
        for (auto const& row : kept.face) {
            api::AnswerRow shown;
            shown.key = face_key(material.key, row);
            shown.label = in(language, row.label, row.label_en);
            shown.value = masked_face(row);
            if (shown.value != row.value) shown.masked = true;
            view.face.push_back(std::move(shown));
        }
        material.licence = std::move(view);
    }
}

json::object whole_licences(Application const& newest) {
    json::object values;
    for (auto const& [material, held] : newest.licences)
        for (auto const& row : held.face)
            if (masked_face(row) != row.value) values[face_key(material, row)] = row.value;
    return values;
}

api::Letter letter_view(LetterRow const& letter, Language language) {
    api::Letter view;
    view.id = letter.id;
    view.kind = letter.kind;
    view.title = letter_title(letter.kind, language);
    if (!letter.number.empty()) view.number = letter.number;
    if (letter.made_at) view.made_at = to_text(*letter.made_at);
    view.state = MUST(api::read_letter_state(letter.state));
    if (letter.read_at) view.read_at = to_text(*letter.read_at);
    return view;
}

std::optional<api::Outcome> outcome_view(std::optional<OutcomeRow> const& outcome, Case const& found,
                                         Ground const& ground, Language language) {
    if (!outcome) return std::nullopt;
    auto remedies = outcome->remedies;
    if (language == Language::en && !remedies.empty()) remedies = remedies_of(ground, found, language);
    api::Outcome view{
        MUST(api::read_outcome_kind(outcome->kind)), outcome->reason, outcome->basis, {}, remedies};
    if (!outcome->right_body.empty()) view.right_body = outcome->right_body;
    return view;
}

api::Gap gap_view(Gap const& gap, Ground const& ground, Language language) {
    auto label = gap.label;
    for (auto const& material : ground.item->materials)
        if (gap.key == "material:" + material.key) label = chosen({gap.label, material.en.name}, language);
    if (gap.key.starts_with("field:"))
        if (auto const* field = ground.item->form.field(gap.key.substr(6)))
            label = chosen({gap.label, field->label.en}, language);
    return {gap.key, label, gap.problem, gap.remedy};
}

}  // namespace tongban::cases
