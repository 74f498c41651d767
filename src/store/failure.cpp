#include "store/database.h"

namespace tongban::store {

namespace failure {

Error cannot_be_opened(std::string const& why) {
    return {ErrorKind::unavailable, "database_cannot_be_opened", "数据库打不开：" + why + "。"};
}

Error does_not_answer() {
    return {ErrorKind::unavailable,
            "database_does_not_answer",
            "数据库暂时没有应答，什么都没有保存，请稍后再试。",
            {},
            10};
}

Error outcome_is_unknown() {
    return {ErrorKind::unavailable,
            "outcome_is_unknown",
            "数据库在保存的那一刻断开了：也许已经保存，也许没有。请刷新看过再继续；同一请求再发一次，不会办成"
            "两次。",
            {},
            10};
}

Error is_busy() {
    return {
        ErrorKind::unavailable, "database_is_busy", "此刻办理的人较多，什么都没有保存，请稍后再试。", {}, 2};
}

Error row_already_exists() {
    return {ErrorKind::conflict, "row_already_exists", "同样的记录已经存在，请刷新后再看。"};
}

Error reference_is_broken() {
    return {ErrorKind::conflict, "reference_is_broken", "所指的记录不存在，或者仍被使用，请刷新后再看。"};
}

Error row_breaks_a_rule() {
    return {ErrorKind::conflict, "row_breaks_a_rule", "记录不符合数据库的约束，没有保存。"};
}

Error query_failed(std::string_view query) {
    return {ErrorKind::internal, "query_failed", "语句 " + std::string(query) + " 执行失败。"};
}

Error text_is_not_utf8(std::string_view query) {
    return {ErrorKind::invalid, "text_is_not_utf8", "文字中有不能保存的字符（" + std::string(query) + "）。"};
}

}  // namespace failure

void log_failure(std::string_view query, std::string const& code, std::string const& words,
                 Error const& error) {
    // A broken constraint is an answer that the verb gives, not a fault of the system.
    auto level = error.kind == ErrorKind::conflict ? LogLevel::warning : LogLevel::error;
    log(level, "query_failed", {{"query", std::string(query)}, {"code", code}, {"words", words}});
}

Result<void> check_texts(Query const& query, std::vector<Value> const& parameters) {
    for (auto const& parameter : parameters) {
        auto const* text = std::get_if<std::string>(&parameter);
        if (text != nullptr && !is_utf8(*text)) return failure::text_is_not_utf8(query.name);
    }
    return {};
}

}  // namespace tongban::store
