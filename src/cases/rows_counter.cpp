// Rows of special procedures and of service; what names people and places is one sealed JSON text.
#include "cases/rows.h"

namespace tongban::cases {

namespace {

constexpr std::string_view plan_place = "cases_special.plan";
constexpr std::string_view record_place = "cases_special.record";
constexpr std::string_view service_place = "cases_service.body";

std::string part(CaseId const& id, std::int64_t number) {
    return id.text + ":" + std::to_string(number);
}

std::string text_at(Json const& value, std::string_view key) {
    return std::string(value.at(key).as_string());
}

}  // namespace

void insert_special(Tx& tx, Sealer const& sealer, CaseId const& id, SpecialRow const& special) {
    json::object plan{{"place", special.place}, {"planned_by", special.planned_by}};
    tx.write(sql::insert_special, id, special.seq, special.step, special.planned_on,
             sealer.seal(plan_place, part(id, special.seq), to_text(plan)), special.notice);
}

void record_special(Tx& tx, Sealer const& sealer, CaseId const& id, SpecialRow const& special) {
    tx.write_expecting(1, Error{ErrorKind::conflict, "special_step_is_not_open", "这个环节已经有了结果。"},
                       sql::record_special, id, special.seq,
                       sealer.seal(record_place, part(id, special.seq), to_text(special.record)),
                       special.conclusion, special.letter);
}

Result<std::vector<SpecialRow>> load_special(Reader& reader, Sealer const& sealer, CaseId const& id) {
    std::vector<SpecialRow> all;
    auto rows = TRY(reader.rows(sql::load_special, id));
    for (auto row : rows) {
        SpecialRow one;
        one.seq = row.integer("seq");
        one.step = row.text("step");
        one.planned_on = row.day("planned_on");
        one.notice = row.text("notice");
        one.conclusion = row.text("conclusion");
        one.letter = row.text("letter");
        auto opened = TRY(sealer.open_sealed(plan_place, part(id, one.seq), row.bytes("plan")));
        auto plan = TRY(read_json(opened));
        one.place = text_at(plan, "place");
        one.planned_by = text_at(plan, "planned_by");
        if (!row.is_null("record")) {
            auto kept = TRY(sealer.open_sealed(record_place, part(id, one.seq), row.bytes("record")));
            auto record = TRY(read_json(kept));
            one.record = record.as_object();
        }
        all.push_back(std::move(one));
    }
    return all;
}

void insert_service(Tx& tx, Sealer const& sealer, CaseId const& id, ServiceRow const& service) {
    json::object body{{"recipient", service.recipient},
                      {"relation", service.relation},
                      {"tracking_no", service.tracking_no},
                      {"refused_note", service.refused_note},
                      {"server", service.server}};
    tx.write(sql::insert_service, id, service.served_at, service.method, service.staff, service.letter,
             sealer.seal(service_place, id.text, to_text(body)));
}

Result<std::optional<ServiceRow>> load_service(Reader& reader, Sealer const& sealer, CaseId const& id) {
    auto rows = TRY(reader.rows(sql::load_service, id));
    if (rows.empty()) return std::optional<ServiceRow>{};
    ServiceRow service;
    service.served_at = rows[0].instant("served_at");
    service.method = rows[0].text("method");
    service.staff = rows[0].text("staff");
    service.letter = rows[0].text("letter");
    auto opened = TRY(sealer.open_sealed(service_place, id.text, rows[0].bytes("body")));
    auto body = TRY(read_json(opened));
    service.recipient = text_at(body, "recipient");
    service.relation = text_at(body, "relation");
    service.tracking_no = text_at(body, "tracking_no");
    service.refused_note = text_at(body, "refused_note");
    service.server = text_at(body, "server");
    return std::optional<ServiceRow>(std::move(service));
}

}  // namespace tongban::cases
