#include "cases/apply.h"

#include <algorithm>
#include <set>

namespace tongban::cases {

namespace {

bool offers(catalog::Material const& material, catalog::Way way) {
    return std::find(material.ways.begin(), material.ways.end(), way) != material.ways.end();
}

catalog::Way way_of(api::Way way) {
    if (way == api::Way::waived) return catalog::Way::waived;
    return way == api::Way::promise ? catalog::Way::promise : catalog::Way::upload;
}

api::MaterialGiven const* find(std::vector<api::MaterialGiven> const& given, std::string const& key) {
    for (auto const& one : given)
        if (one.key == key) return &one;
    return nullptr;
}

FieldError wrong(std::string path, std::string code, std::string detail) {
    return {std::move(path), std::move(code), std::move(detail)};
}

/// Undetermined is asked for: a paper too many can be left out by a person, a paper missing cannot be made
/// up.
bool is_asked(catalog::Material const& material, rules::Context const& context) {
    return !material.when || rules::decide(*material.when, context).verdict != rules::Verdict::no;
}

void check_given(catalog::Material const& material, api::MaterialGiven const& given, Checked& result) {
    auto path = "/materials/" + material.key;
    if (!offers(material, way_of(given.way))) {
        result.wrong.push_back(
            wrong(path, "material_way_is_not_offered", "“" + material.name + "”不能用这种方式提交。"));
        return;
    }
    auto count = given.files ? given.files->size() : 0;
    if (given.way == api::Way::upload && count > static_cast<std::size_t>(material.files_max))
        result.wrong.push_back(
            wrong(path, "material_has_too_many_files",
                  "“" + material.name + "”最多 " + std::to_string(material.files_max) + " 个文件。"));
    if (given.way == api::Way::promise && given.promise && material.promise)
        if (auto error = check_text(given.promise, *material.promise, path)) result.wrong.push_back(*error);
}

void require_content(catalog::Material const& material, api::MaterialGiven const& given, Checked& result) {
    auto path = "/materials/" + material.key;
    if (!offers(material, way_of(given.way))) return;  // one wrong thing is said once
    if (given.way == api::Way::upload && (!given.files || given.files->empty()))
        result.wrong.push_back(wrong(path, "material_has_no_file", "请上传“" + material.name + "”。"));
    if (given.way == api::Way::promise && !given.promise)
        result.wrong.push_back(
            wrong(path, "text_is_not_agreed_to", "请阅读并确认“" + material.name + "”的承诺。"));
}

api::MaterialGiven tidied(api::MaterialGiven given) {
    if (given.way != api::Way::upload) given.files.reset();
    if (given.way != api::Way::promise) given.promise.reset();
    return given;
}

void refuse_unknown(Ground const& ground, std::vector<api::MaterialGiven> const& given, Checked& result) {
    std::set<std::string> seen;
    for (auto const& one : given) {
        auto const& all = ground.item->materials;
        bool known = std::any_of(all.begin(), all.end(), [&](auto const& m) { return m.key == one.key; });
        if (!known || !seen.insert(one.key).second)
            result.wrong.push_back(
                wrong("/materials/" + one.key, "material_is_unknown", "这个事项不要这份材料。"));
    }
}

forms::Asked asked(Ground const& ground, identity::Person const& person, forms::Stage stage) {
    forms::Asked ask;
    ask.stage = stage;
    ask.today = ground.day();
    ask.given = supplied(person);
    return ask;
}

}  // namespace

json::object supplied(identity::Person const& person) {
    json::object given{{"applicant.name", person.name},
                       {"applicant.id_number", person.id_number},
                       {"applicant.phone", person.phone},
                       {"applicant.address", person.address},
                       {"applicant.real_name_level", person.real_name_level}};
    if (person.id_number.size() == 18)
        given["applicant.birth"] = person.id_number.substr(6, 4) + "-" + person.id_number.substr(10, 2) +
                                   "-" + person.id_number.substr(12, 2);
    return given;
}

std::optional<FieldError> check_text(std::optional<api::TextAgreed> const& agreed, catalog::Text const& text,
                                     std::string path) {
    if (!agreed) return wrong(std::move(path), "text_is_not_agreed_to", "请阅读并确认“" + text.title + "”。");
    if (agreed->key != text.key || agreed->version != text.version || agreed->hash != text.hash)
        return wrong(std::move(path), "text_is_not_the_present_version",
                     "“" + text.title + "”的内容更新了，请重新阅读并确认。");
    return std::nullopt;
}

Checked check_partly(Ground const& ground, identity::Person const& person, Json const& answers,
                     std::vector<api::MaterialGiven> const& given) {
    Checked result;
    auto form = forms::check(ground.item->form, answers, asked(ground, person, forms::Stage::draft));
    result.answers = std::move(form.answers);
    result.wrong = std::move(form.errors);
    refuse_unknown(ground, given, result);
    for (auto const& material : ground.item->materials)
        if (auto const* one = find(given, material.key)) {
            check_given(material, *one, result);
            result.materials.push_back(tidied(*one));
        }
    return result;
}

Checked check_wholly(Ground const& ground, identity::Person const& person, Json const& answers,
                     std::vector<api::MaterialGiven> const& given) {
    Checked result;
    auto form = forms::check(ground.item->form, answers, asked(ground, person, forms::Stage::submission));
    result.answers = form.answers;
    result.wrong = std::move(form.errors);
    refuse_unknown(ground, given, result);
    for (auto const& material : ground.item->materials) {
        if (!is_asked(material, form.context)) continue;
        if (offers(material, catalog::Way::waived)) {
            result.materials.push_back({material.key, api::Way::waived, {}, {}});
            continue;
        }
        auto const* one = find(given, material.key);
        if (one == nullptr) {
            if (material.required)
                result.wrong.push_back(wrong("/materials/" + material.key, "material_is_missing",
                                             "还没有交“" + material.name + "”。"));
            continue;
        }
        check_given(material, *one, result);
        require_content(material, *one, result);
        result.materials.push_back(tidied(*one));
    }
    return result;
}

std::vector<FileId> files_of(std::vector<api::MaterialGiven> const& materials) {
    std::vector<FileId> ids;
    for (auto const& material : materials)
        if (material.way == api::Way::upload && material.files)
            for (auto const& ref : *material.files) ids.push_back(FileId{ref.id});
    return ids;
}

}  // namespace tongban::cases
