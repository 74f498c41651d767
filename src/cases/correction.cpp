// The applicant answers the one-time notice: all gaps at once, and nothing outside them.
#include <algorithm>

#include "cases/mine.h"

namespace tongban::cases {

namespace {

bool told(std::vector<Gap> const& gaps, std::string const& key) {
    return std::any_of(gaps.begin(), gaps.end(), [&](Gap const& gap) { return gap.key == key; });
}

std::vector<FieldError> outside(std::vector<Gap> const& gaps, api::CorrectionAnswer const& wish) {
    std::vector<FieldError> wrong;
    constexpr char const* words = "告知书没有要求改这一处，不能改。";
    for (auto const& [key, value] : wish.answers.as_object())
        if (!told(gaps, "field:" + std::string(key)))
            wrong.push_back({"/answers/" + std::string(key), "answer_is_outside_the_notice", words});
    for (auto const& material : wish.materials)
        if (!told(gaps, "material:" + material.key))
            wrong.push_back({"/materials/" + material.key, "answer_is_outside_the_notice", words});
    return wrong;
}

std::vector<FieldError> unanswered(std::vector<Gap> const& gaps, api::CorrectionAnswer const& wish) {
    std::vector<FieldError> wrong;
    for (auto const& gap : gaps) {
        auto const colon = gap.key.find(':');
        auto const name = gap.key.substr(colon + 1);
        bool const field = gap.key.starts_with("field:");
        bool const given = field ? wish.answers.as_object().contains(name)
                                 : std::any_of(wish.materials.begin(), wish.materials.end(),
                                               [&](auto const& m) { return m.key == name; });
        if (!given)
            wrong.push_back({(field ? "/answers/" : "/materials/") + name, "gap_is_not_answered",
                             "“" + gap.label + "”还没有改。请一次改完再提交。"});
    }
    return wrong;
}

/// What stood before, with the answered gaps in their places.
Application merged(Application const& before, api::CorrectionAnswer const& wish, Instant now) {
    Application next = before;
    next.round = before.round + 1;
    next.at = now;
    for (auto const& [key, value] : wish.answers.as_object()) next.answers[key] = value;
    for (auto const& material : wish.materials) {
        auto same = std::find_if(next.materials.begin(), next.materials.end(),
                                 [&](auto const& m) { return m.key == material.key; });
        if (same != next.materials.end())
            *same = material;
        else
            next.materials.push_back(material);
    }
    return next;
}

struct Answered {
    Case next;
    Application application;
    CorrectionRow notice;
};

Result<Answered> check_answer(Rooms& rooms, Reader& reader, Case const& found, Ground const& ground,
                              api::CorrectionAnswer const& wish) {
    auto const& sealer = rooms.store.sealer();
    auto next = TRY(decide_answer_correction(found, ground.today()));
    auto corrections = TRY(load_corrections(reader, sealer, found.id));
    ensure(!corrections.empty(), "a case in correction has a notice");
    auto notice = corrections.back();
    if (auto wrong = outside(notice.gaps, wish); !wrong.empty())
        return Error{ErrorKind::invalid, "answer_is_outside_the_notice", "只能改告知书列出的地方。",
                     std::move(wrong)};
    if (auto wrong = unanswered(notice.gaps, wish); !wrong.empty())
        return Error{ErrorKind::invalid, "gap_is_not_answered", "还有没改的地方，请一次改完再提交。",
                     std::move(wrong)};
    auto rounds = TRY(load_applications(reader, sealer, found.id));
    auto application = merged(rounds.back(), wish, ground.now);
    auto known = known_of(application);
    if (known.given.empty()) known.given = supplied(TRY(rooms.identity.person(reader, found.applicant)));
    auto checked = check_wholly(ground, known, application.answers, application.materials);
    if (!checked.wrong.empty())
        return Error{ErrorKind::invalid, "application_is_incomplete",
                     "改过的内容还有不对的地方，请按提示改。", std::move(checked.wrong)};
    application.answers = std::move(checked.answers);
    application.materials = std::move(checked.materials);
    return Answered{std::move(next), std::move(application), std::move(notice)};
}

}  // namespace

Result<api::MyCase> Mine::answer_correction(Actor const& by, std::string_view case_no,
                                            api::CorrectionAnswer const& wish, std::string_view key,
                                            Language language) {
    auto const& sealer = rooms_.store.sealer();
    {
        auto tx = TRY(rooms_.store.begin());
        hold_case(*tx, case_no);
        auto found = TRY(own(*tx, by, case_no));
        auto first = TRY(tx->first_answer(by.text(), "cases.answer_correction", key));
        if (!first) {
            TRY(same_version(found, wish.version));
            auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
            auto answered = TRY(check_answer(rooms_, *tx, found, ground, wish));
            auto const& next = answered.next;
            TRY(rooms_.files.attach(*tx, by, files_of(answered.application.materials), next.id.text));
            save_case(*tx, next, ground.limits, ground.now);
            insert_application(*tx, sealer, next.id, answered.application);
            std::vector<Agreement> promises;
            for (auto const& material : wish.materials)
                if (auto const& promise = material.promise)
                    promises.push_back({promise->key, promise->version, promise->hash, ground.now});
            insert_agreements(*tx, next.id, promises);
            tx->write(sql::answer_correction, next.id, answered.notice.notice, ground.now);
            insert_event(*tx, sealer, next.id,
                         {next.version, ground.now, "corrected", by.text(), "", "", ""});
            tx->cancel("cases.correction_due", next.id.text);
            tx->plan("cases.acceptance_due", next.id.text,
                     start_of(next.accept_by.day + std::chrono::days{1}));
            tx->audit({by.text(), "cases.answer_correction", next.id.text, {}});
            tx->keep_answer(by.text(), "cases.answer_correction", key, next.case_no);
            tx->emit({"cases.corrected", next.id.text, {{"case", next.id.text}}});
            TRY(tx->commit());
        }
    }
    return show(by, case_no, language);
}

}  // namespace tongban::cases
