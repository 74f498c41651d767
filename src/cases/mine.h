// The resident's own cases, and progress for whoever has number and query code.
#pragma once

#include "cases/apply.h"
#include "cases/views.h"

namespace tongban::cases {

class Mine {
public:
    explicit Mine(Rooms& rooms) : rooms_(rooms) {}
    Result<api::MyCases> list(Actor const& by, Language language);
    Result<api::MyCase> show(Actor const& by, std::string_view case_no,
                             Language language);  ///< refuses: case_is_unknown
    /// Refuses: case_awaits_no_correction, gap_is_not_answered, answer_is_outside_the_notice,
    /// application_is_incomplete, case_changed_meanwhile.
    Result<api::MyCase> answer_correction(Actor const& by, std::string_view case_no,
                                          api::CorrectionAnswer const& wish, std::string_view key,
                                          Language language);
    /// Refuses: case_already_closed, case_already_decided, case_changed_meanwhile.
    Result<api::MyCase> withdraw(Actor const& by, std::string_view case_no, api::Withdrawal const& wish,
                                 std::string_view key, Language language);
    Result<Bytes> letter(Actor const& by, std::string_view case_no, std::string_view letter);
    struct Content {
        files::File file;
        Bytes bytes;
    };
    Result<Content> file(Actor const& by, std::string_view case_no, std::string_view file);
    /// Refuses: case_or_code_is_wrong, too_many_attempts.
    Result<api::Progress> progress(api::ProgressQuery const& wish, Language language);

private:
    Result<Case> own(Reader& reader, Actor const& by, std::string_view case_no);
    Rooms& rooms_;
};

}  // namespace tongban::cases
