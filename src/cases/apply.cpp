#include "cases/apply.h"

#include <algorithm>
#include <set>

namespace tongban::cases {

namespace {

bool is_lawful(catalog::Material const& material, api::Way way) {
    return std::any_of(material.ways.begin(), material.ways.end(),
                       [&](catalog::Way one) { return to_text(one) == to_text(way); });
}

api::MaterialGiven const* find(std::vector<api::MaterialGiven> const& given, std::string const& key) {
    for (auto const& one : given)
        if (one.key == key) return &one;
    return nullptr;
}

FieldError wrong(std::string path, std::string code, std::string detail) {
    return {std::move(path), std::move(code), std::move(detail)};
}

void check_given(catalog::Material const& material, api::MaterialGiven const& given, Checked& result) {
    auto path = "/materials/" + material.key;
    if (!is_lawful(material, given.way)) {
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
    if (!is_lawful(material, given.way)) return;  // one wrong thing is said once
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

forms::Asked asked(Ground const& ground, Known const& known, forms::Stage stage) {
    forms::Asked ask;
    ask.stage = stage;
    ask.today = ground.day();
    ask.given = known.given;
    ask.disputed = known.disputed;
    return ask;
}

/// Of a paper that is asked: what the server fills in, or what was given.
void take(Offer const& offer, std::vector<api::MaterialGiven> const& given, Checked& result) {
    auto const& material = *offer.material;
    if (offer.chosen == api::Way::waived) {
        result.materials.push_back({material.key, api::Way::waived, {}, {}});
        return;
    }
    auto const* one = find(given, material.key);
    if (one == nullptr && offer.chosen == api::Way::licence) {
        result.materials.push_back({material.key, api::Way::licence, {}, {}});
        return;
    }
    auto path = "/materials/" + material.key;
    if (one == nullptr) {
        if (material.required)
            result.wrong.push_back(wrong(path, "material_is_missing", "还没有交“" + material.name + "”。"));
        return;
    }
    bool lawful = is_lawful(material, one->way);
    if (lawful && !is_open(offer, one->way)) {  // a waiver or a licence that no longer holds
        if (material.required)
            result.wrong.push_back(wrong(path, "material_way_is_not_offered",
                                         "“" + material.name + "”现在不能用这种方式，请另选一种。"));
        return;
    }
    check_given(material, *one, result);
    require_content(material, *one, result);
    result.materials.push_back(tidied(*one));
}

}  // namespace

std::optional<FieldError> check_text(std::optional<api::TextAgreed> const& agreed, catalog::Text const& text,
                                     std::string path) {
    if (!agreed) return wrong(std::move(path), "text_is_not_agreed_to", "请阅读并确认“" + text.title + "”。");
    if (agreed->key != text.key || agreed->version != text.version || agreed->hash != text.hash)
        return wrong(std::move(path), "text_is_not_the_present_version",
                     "“" + text.title + "”的内容更新了，请重新阅读并确认。");
    return std::nullopt;
}

Checked check_partly(Ground const& ground, Known const& known, Json const& answers,
                     std::vector<api::MaterialGiven> const& given) {
    Checked result;
    result.form = forms::check(ground.item->form, answers, asked(ground, known, forms::Stage::draft));
    result.answers = result.form.answers;
    result.wrong = result.form.errors;
    refuse_unknown(ground, given, result);
    for (auto const& material : ground.item->materials)
        if (auto const* one = find(given, material.key)) {
            check_given(material, *one, result);
            result.materials.push_back(tidied(*one));
        }
    return result;
}

Checked check_wholly(Ground const& ground, Known const& known, Json const& answers,
                     std::vector<api::MaterialGiven> const& given, Language language) {
    Checked result;
    result.form = forms::check(ground.item->form, answers, asked(ground, known, forms::Stage::submission));
    result.answers = result.form.answers;
    result.wrong = result.form.errors;
    refuse_unknown(ground, given, result);
    result.offers = offers(ground, known, result.form.context, given, language);
    for (auto const& offer : result.offers) take(offer, given, result);
    return result;
}

std::optional<FieldError> check_collection(Draft const& draft) {
    if (draft.collection.empty()) return wrong("/collection", "collection_is_missing", "请选择怎么领取。");
    if (draft.collection == "courier" && !draft.delivery)
        return wrong("/delivery", "delivery_is_missing", "请填写收件人、电话和地址。");
    return std::nullopt;
}

std::vector<FileId> files_of(std::vector<api::MaterialGiven> const& materials) {
    std::vector<FileId> ids;
    for (auto const& material : materials)
        if (material.way == api::Way::upload && material.files)
            for (auto const& ref : *material.files) ids.push_back(FileId{ref.id});
    return ids;
}

}  // namespace tongban::cases
