// Error -> problem details (RFC 9457). The one table from kinds of refusal to statuses.
#include "http/dispatch.h"

namespace tongban::http {

namespace {

struct KindWords {
    int status;
    char const* title;
    char const* detail;  ///< when the Error brings none
};

KindWords words_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::bad_request:
            return {400, "请求有误", "这个请求无法识别，请刷新页面后重试。"};
        case ErrorKind::unauthenticated:
            return {401, "尚未登录", "请先登录。"};
        case ErrorKind::forbidden:
            return {403, "无权办理", "您没有办理这项操作的权限。"};
        case ErrorKind::not_found:
            return {404, "没有找到", "没有找到您要的内容，可能已被移走或网址有误。"};
        case ErrorKind::conflict:
            return {409, "当前状态不能这样办", "情况已有变化，请刷新页面查看最新状态。"};
        case ErrorKind::too_large:
            return {413, "内容太大", "内容超过了规定的大小。"};
        case ErrorKind::unsupported:
            return {415, "格式不支持", "不支持这种格式。"};
        case ErrorKind::invalid:
            return {422, "填写有误", "有内容不符合要求，请修改后再提交。"};
        case ErrorKind::too_many:
            return {429, "操作太频繁", "操作太频繁，请稍后再试。"};
        case ErrorKind::unavailable:
            return {503, "暂时无法办理", "服务暂时无法使用，没有办理任何事项，请稍后再试。"};
        case ErrorKind::internal:
            break;
    }
    return {500, "系统出错", ""};
}

}  // namespace

int status_of(ErrorKind kind) {
    return words_of(kind).status;
}

Reply problem(Error const& error, std::string_view trace) {
    auto words = words_of(error.kind);
    std::string detail = error.detail.empty() ? words.detail : error.detail;
    if (error.kind == ErrorKind::internal) {
        // What went wrong inside is for the log, never for the reader.
        detail = "系统出错，本次操作没有完成。请稍后重试；若仍然出错，请把编号 " + std::string(trace) +
                 " 告诉工作人员。";
    }
    json::object body{{"type", "urn:tongban:problem:" + error.code},
                      {"title", words.title},
                      {"status", words.status},
                      {"detail", detail},
                      {"code", error.code}};
    if (!error.fields.empty()) {
        json::array fields;
        for (auto const& field : error.fields) {
            json::object one{{"path", field.path}, {"code", field.code}};
            if (!field.detail.empty()) one.emplace("detail", field.detail);
            fields.push_back(std::move(one));
        }
        body.emplace("fields", std::move(fields));
    }
    body.emplace("trace", std::string(trace));
    Reply reply{.status = words.status, .type = "application/problem+json", .body = to_text(body)};
    if (error.retry_after_seconds > 0) {
        reply.headers.emplace_back("Retry-After", std::to_string(error.retry_after_seconds));
    }
    return reply;
}

}  // namespace tongban::http
