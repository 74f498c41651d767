#include "cases/letters.h"

#include "cases/desk.h"

namespace tongban::cases {

namespace {

struct Kind {
    std::string_view kind, form, mark;  ///< mark: the word in 〔机关代字〕mark字
};
constexpr Kind kinds[] = {{"receipt", "receipt", "收"},
                          {"correction", "correction_notice", "补"},
                          {"acceptance", "acceptance_notice", "受"},
                          {"not_accepted", "not_accepted", "不受"},
                          {"denial", "denial", "不予"},
                          {"service", "service_record", "送"},
                          {"special_notice", "special_notice", "特"},
                          {"site_record", "site_record", "核"},
                          {"extension", "extension", "延"},
                          {"approval", "approval", "准"},
                          {"permit_denial", "permit_denial", "许不"},
                          {"permit_approval", "permit_approval", "许准"},
                          {"withdrawal", "withdrawal", "撤申"},
                          {"lapse", "lapse", "终"},
                          {"revocation", "revocation", "撤"}};

Kind const& kind_of(std::string_view kind) {
    for (auto const& known : kinds)
        if (known.kind == kind) return known;
    ensure(false, "a kind of letter without a template");
    return kinds[0];
}

std::string day_words(Due const& due) {
    return chinese_date(due.day) + (due.provisional ? "（暂定）" : "");
}

void put_head(sign::Values& values, LetterFacts const& facts) {
    auto const& picture = *facts.ground.picture;
    auto const& found = facts.found;
    auto& text = values.text;
    text["letter_number"] = "（预览，未编号）";  // make_letter puts the number
    bool firm = facts.ground.item->applicant == catalog::Applicant::organisation;
    text["applicant_name"] = facts.applicant.name;
    text["you"] = firm ? "你单位" : "您";
    text["applicant_id"] = facts.applicant.id_number;
    if (!facts.agent.empty()) text["agent_name"] = facts.agent;
    text["item_name"] = found.item_name;
    text["result_name"] = facts.ground.item->result_name;
    text["case_number"] = found.case_no;
    text["query_code"] = facts.query_code;
    auto host = picture.site().address;
    text["case_url_shown"] = host + "/progress";
    text["case_url"] = "https://" + host + "/progress?no=" + found.case_no;
    text["date"] = chinese_date(facts.ground.day());
    text["received_on"] = chinese_date(beijing_day(found.received_at));
    text["received_at"] = chinese_time(found.received_at);
    if (auto const* body = picture.body(found.body)) {
        text["body_name"] = body->name;
        text["contact_phone"] = body->phone;
        text["contact_address"] = body->address;
    }
    if (!facts.remedies.empty()) text["remedies"] = facts.remedies;
}

void put_dates(sign::Values& values, LetterFacts const& facts) {
    auto const& found = facts.found;
    auto& text = values.text;
    text["review_until"] = day_words(found.accept_by);
    if (found.accepted_at) text["accepted_on"] = chinese_date(found.accepted_on);
    if (found.promised.day != Day{}) text["promised_due"] = day_words(found.promised);
    text["statutory_due"] =
        found.statutory ? "法定办结期限到" + day_words(*found.statutory) : "法律没有另外规定办结期限";
    if (found.correction_by.day != Day{}) text["due_date"] = day_words(found.correction_by);
}

std::string way_text(api::MaterialGiven const& material) {
    if (material.way == api::Way::waived) return "免交";
    if (material.way == api::Way::licence) return "电子证照";
    if (material.way == api::Way::window) return "交到窗口";
    return material.way == api::Way::promise ? "告知承诺" : "电子件";
}

/// Templates put the full stop after what a gap says; people and suggested words bring theirs along.
std::string without_stop(std::string text) {
    constexpr std::string_view stop = "。";
    while (text.ends_with(stop)) text.resize(text.size() - stop.size());
    return text;
}

void put_lists(sign::Values& values, LetterFacts const& facts) {
    auto& gaps = values.lists["gaps"];
    for (auto const& gap : facts.gaps)
        gaps.push_back({{"n", std::to_string(gaps.size() + 1)},
                        {"what", gap.label + "：" + without_stop(gap.problem)},
                        {"how", without_stop(gap.remedy)}});
    auto& materials = values.lists["materials"];
    for (auto const& material : facts.materials) {
        auto count =
            material.way == api::Way::upload && material.files ? material.files->size() : std::size_t{0};
        materials.push_back({{"n", std::to_string(materials.size() + 1)},
                             {"name", material_name(*facts.ground.item, material.key)},
                             {"form", way_text(material)},
                             {"count", count == 0 ? std::string("—") : std::to_string(count)}});
    }
}

void put_service(sign::Values& values, LetterFacts const& facts) {
    auto& text = values.text;
    text["document_name"] = facts.ground.item->result_name;
    text["document_number"] = facts.found.licence_number;
    text["recipient_name"] = facts.applicant.name;
    text["method"] = "电子送达";
    text["place"] = facts.ground.picture->site().name + "“我的证照”";
    text["served_at"] = chinese_time(facts.ground.now);
    text["receiver"] = facts.applicant.name;
    text["server_name"] = "系统自动送达";
}

/// As a sentence of its own: with the full stop that whoever typed it may have left out.
std::string whole_sentence(std::string const& text) {
    auto words = clause(text);
    return words.empty() ? text : words + "。";
}

}  // namespace

std::string clause(std::string_view text) {
    auto words = trimmed(text);
    while (words.ends_with("。") || words.ends_with("；")) words.resize(words.size() - 3);
    return words;
}

std::string material_name(catalog::Item const& item, std::string const& key) {
    for (auto const& known : item.materials)
        if (known.key == key) return known.name;
    return key;
}

std::string denial_letter(catalog::Item const& item) {
    return item.type == catalog::ItemType::permit ? "permit_denial" : "denial";
}

std::string approval_letter(catalog::Item const& item) {
    return item.type == catalog::ItemType::permit ? "permit_approval" : "approval";
}

std::vector<LetterForm> letter_forms() {
    std::vector<LetterForm> all;
    for (auto const& each : kinds)
        all.push_back({std::string(each.form), letter_title(each.kind, Language::zh)});
    return all;
}

std::string letter_template(std::string_view kind) {
    return std::string(kind_of(kind).form);
}

sign::Values letter_values(std::string_view kind, LetterFacts const& facts) {
    sign::Values values;
    put_head(values, facts);
    put_dates(values, facts);
    put_lists(values, facts);
    auto& text = values.text;
    auto const& reason = facts.grounds.reason;
    text["reason"] = kind == "extension" ? clause(reason) : whole_sentence(reason);
    text["basis"] = whole_sentence(facts.grounds.basis);
    if (!facts.grounds.right_body.empty()) text["right_body"] = facts.grounds.right_body;
    text["channel"] = facts.found.channel == "online" ? "网上提交" : "窗口";
    text["collection"] = collection_words(facts.found.collection, Language::zh);
    text["clerk_name"] = facts.who.empty() ? "系统自动收件" : facts.who;
    auto const* hall = facts.ground.picture->hall(facts.found.hall);
    text["place"] = hall != nullptr ? hall->name : "";
    if (kind == "service") put_service(values, facts);
    for (auto const& [name, value] : facts.more) text[name] = value;
    for (auto const& [name, rows] : facts.lists) values.lists[name] = rows;
    return values;
}

json::object to_json(sign::Values const& values) {
    json::object text, lists;
    for (auto const& [key, value] : values.text) text[key] = value;
    for (auto const& [key, rows] : values.lists) {
        json::array list;
        for (auto const& row : rows) {
            json::object one;
            for (auto const& [name, value] : row) one[name] = value;
            list.push_back(std::move(one));
        }
        lists[key] = std::move(list);
    }
    return {{"text", std::move(text)}, {"lists", std::move(lists)}};
}

namespace {
sign::Row read_row(json::object const& from) {
    sign::Row row;
    for (auto const& [key, value] : from) row[std::string(key)] = std::string(value.as_string());
    return row;
}
}  // namespace

sign::Values read_values(Json const& value) {
    sign::Values values;
    values.text = read_row(value.at("text").as_object());
    for (auto const& [key, rows] : value.at("lists").as_object())
        for (auto const& row : rows.as_array())
            values.lists[std::string(key)].push_back(read_row(row.as_object()));
    for (auto const& [key, rows] : value.at("lists").as_object()) values.lists[std::string(key)];
    return values;
}

std::string order_letter(Tx& tx, Sealer const& sealer, std::string_view kind, LetterFacts const& facts) {
    auto const* body = facts.ground.picture->body(facts.found.body);
    ensure(body != nullptr, "a case has a body");
    auto const& form = kind_of(kind);
    auto year = std::to_string(year_of(facts.ground.day()));
    auto head = body->letter_sign + std::string(form.mark);
    LetterRow letter;
    letter.id = make_id(facts.ground.now);
    letter.kind = kind;
    letter.title = letter_title(kind, Language::zh);
    letter.ordered_at = facts.ground.now;
    insert_letter(tx, sealer, facts.found.id, letter, {body->id, head + "字〔" + year + "〕第"},
                  to_json(letter_values(kind, facts)));
    tx.emit({"cases.letter_ordered",
             facts.found.id.text,
             {{"case", facts.found.id.text}, {"letter", letter.id}}});
    return letter.id;
}

Result<void> make_letter(Rooms& rooms, CaseId const& id, std::string_view letter) {
    auto const& sealer = rooms.store.sealer();
    auto reader = TRY(rooms.store.reader());
    auto wanted = TRY(load_letter(*reader, sealer, id, letter));
    if (wanted.row.state == "ready") return {};
    auto found = TRY(load_case(*reader, id));
    reader.reset();
    auto values = read_values(wanted.values);
    values.text["letter_number"] = wanted.row.number;
    auto page = rooms.licences.letter({letter_template(wanted.row.kind), found.body, std::move(values),
                                       licences::LetterOrder::Seal::sealed});
    if (!page.ok()) {
        auto tx = TRY(rooms.store.begin());
        tx->write(sql::letter_failed, id, letter, page.error().code);
        if (wanted.row.state != "failed") tx->emit({"cases.letter_failed", id.text, {{"case", id.text}}});
        TRY(tx->commit());
        return page.error();
    }
    auto file = TRY(rooms.files.put_bytes(wanted.row.title + ".pdf", "pdf", 1, *page));
    auto tx = TRY(rooms.store.begin());
    rooms.files.attach_made(*tx, file, id.text);
    tx->write_expecting(1, Error{ErrorKind::conflict, "letter_was_made_meanwhile", ""}, sql::letter_made, id,
                        letter, file.id, rooms.clock.now());
    if (wanted.row.state == "failed") tx->emit({"cases.letter_made", id.text, {{"case", id.text}}});
    return tx->commit();
}

}  // namespace tongban::cases
