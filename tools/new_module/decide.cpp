#include "@name@/decide.h"

namespace tongban::@name@ {

Result<std::string> decide_add(std::string_view text) {
    auto kept = trimmed(text);
    if (kept.empty()) return Error{ErrorKind::invalid, "@name@_entry_is_empty", "请写内容。"};
    return kept;
}

}  // namespace tongban::@name@
