#include "base/base.h"

namespace tongban::result_detail {

namespace {
std::string at(std::source_location const& where) {
    std::string_view file = where.file_name();
    if (auto cut = file.rfind("src/"); cut != std::string_view::npos) file = file.substr(cut);
    return std::string(file) + ":" + std::to_string(where.line());
}
}  // namespace

void must_failed(Error const& error, std::source_location where) {
    throw Bug{at(where) + ": " + error.code + ": " + error.detail};
}

void ensure_failed(char const* what, std::source_location where) {
    throw Bug{at(where) + ": " + what};
}

}  // namespace tongban::result_detail
