#include "sim/page.h"

#include "base/xml_text.h"
#include "sim/records.h"

namespace tongban::sim {

namespace {

constexpr std::size_t calls_shown = 60;

std::string escaped(std::string_view text) {
    return xml_text(text, XmlPlace::attribute);
}

std::string text_of(json::object const& object, std::string_view key) {
    auto const* value = object.if_contains(key);
    if (value == nullptr) return "";
    return escaped(value->is_string() ? std::string(value->as_string()) : to_text(*value));
}

std::string head(std::string_view title) {
    return "<!doctype html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           std::string(title) + "</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n<h1>" +
           std::string(title) + "</h1>\n<nav><a href=\"/\">部门开关</a> <a href=\"/sms\">短信</a></nav>\n";
}

std::string cells(std::initializer_list<std::string> each) {
    std::string out = "<tr>";
    for (auto const& cell : each) out += "<td>" + cell + "</td>";
    return out + "</tr>\n";
}

std::string table(std::initializer_list<std::string_view> names, std::string const& rows) {
    std::string out = "<table><thead><tr>";
    for (auto name : names) out.append("<th scope=\"col\">").append(name).append("</th>");
    return out + "</tr></thead><tbody>\n" + rows + "</tbody></table>\n";
}

std::string choice_of_mode(std::string_view chosen) {
    std::string out = "<select name=\"mode\" aria-label=\"状态\">";
    for (auto mode : {Mode::ok, Mode::down, Mode::slow, Mode::wrong, Mode::other, Mode::none, Mode::several,
                      Mode::twice}) {
        out.append("<option value=\"")
            .append(to_text(mode))
            .append(to_text(mode) == chosen ? "\" selected>" : "\">");
        out.append(chinese(mode)).append("</option>");
    }
    return out + "</select>";
}

std::string switch_form(std::string const& source, std::string_view mode, std::string const& ms) {
    return "<form method=\"post\" action=\"/control/sources/" + source + "\">" + choice_of_mode(mode) +
           "<input name=\"ms\" size=\"5\" inputmode=\"numeric\" placeholder=\"毫秒\" aria-label=\"毫秒\" "
           "value=\"" +
           ms +
           "\"><input name=\"id_number\" size=\"20\" placeholder=\"只对这个身份号码\" "
           "aria-label=\"身份号码\">"
           "<button>扳动</button></form>";
}

std::string people_of(std::string const& source, json::array const& people) {
    std::string out;
    for (auto const& each : people) {
        auto const& person = each.as_object();
        auto number = text_of(person, "id_number");
        auto mode = read_mode(text_of(person, "mode")).value_or(Mode::ok);
        out += "<form method=\"post\" action=\"/control/sources/" + source + "\">" + number + " " +
               std::string(chinese(mode)) + "<input type=\"hidden\" name=\"mode\" value=\"ok\">" +
               "<input type=\"hidden\" name=\"id_number\" value=\"" + number +
               "\"><button>恢复</button></form>";
    }
    return out;
}

std::string source_rows(json::object const& state) {
    std::string rows;
    for (auto const& each : state.at("sources").as_array()) {
        auto const& source = each.as_object();
        auto code = text_of(source, "source"), mode = text_of(source, "mode");
        auto shown = chinese(read_mode(mode).value_or(Mode::ok));
        rows += cells({text_of(source, "name") + " <code>" + code + "</code>",
                       "<b class=\"" + mode + "\">" + std::string(shown) + "</b>", text_of(source, "calls"),
                       switch_form(code, mode, text_of(source, "ms")),
                       people_of(code, source.at("people").as_array())});
    }
    return rows;
}

std::string call_rows(std::vector<CallSeen> const& calls) {
    std::string rows;
    for (std::size_t i = 0; i < std::min(calls.size(), calls_shown); ++i) {
        auto const& call = calls[i];
        rows += cells({to_text(call.at).substr(11, 8), escaped(call.source), escaped(call.resource),
                       escaped(call.about), escaped(call.said), std::to_string(call.status),
                       escaped(call.item + (call.case_no.empty() ? "" : " " + call.case_no))});
    }
    return rows;
}

std::string ticket_rows(std::vector<Ticket> const& tickets) {
    std::string rows;
    for (auto const& ticket : tickets) {
        std::string acts = escaped(ticket.answer);
        if (ticket.state == "open") {
            acts = "<form method=\"post\" action=\"/control/corrections/" + ticket.ref +
                   "\"><button name=\"state\" value=\"mended\">更正</button>"
                   "<button name=\"state\" value=\"rejected\">不更正</button></form>";
        }
        auto stated =
            ticket.stated.is_string() ? std::string(ticket.stated.as_string()) : to_text(ticket.stated);
        rows += cells({ticket.ref, escaped(ticket.resource + " " + ticket.field), escaped(stated),
                       escaped(ticket.state), acts});
    }
    return rows;
}

}  // namespace

std::string control_page(json::object const& state, std::vector<CallSeen> const& calls,
                         std::vector<Ticket> const& tickets) {
    auto people = text_of(state, "people");
    return head("模拟的部门") + "<p>这里假扮十五个部门和一个短信网关，供试用和测试。" + people +
           " 个人全部虚构，号码以 99 开头。扳动开关，看办事的人会遇到什么。</p>\n" +
           table({"部门", "状态", "次数", "扳动", "对个别人"}, source_rows(state)) +
           "<form method=\"post\" "
           "action=\"/control/reset\"><button>全部恢复到启动时</button></form>\n<h2>纠错单</h2>\n" +
           table({"单号", "哪一项", "本人说", "状态", "答复"}, ticket_rows(tickets)) +
           "<h2>最近的查询</h2>\n" +
           table({"时间", "部门", "资源", "关于", "答复", "状态码", "为什么事"}, call_rows(calls)) +
           "</html>\n";
}

std::string sms_page(std::vector<Sms> const& messages) {
    std::string rows;
    for (auto const& each : messages) {
        rows += cells({to_text(each.at).substr(11, 8), escaped(each.phone),
                       "【" + escaped(each.sign) + "】" + escaped(each.text), escaped(each.state)});
    }
    return head("收到的短信") + "<p>网关不会真的发出去，只在这里显示。</p>\n" +
           table({"时间", "手机号", "内容", "状态"}, rows) + "</html>\n";
}

std::string_view page_style() {
    return R"(body{font:16px/1.6 sans-serif;margin:1.5rem auto;max-width:76rem;padding:0 1rem;color:#1d2129;background:#fff}
nav a{margin-right:1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{border-bottom:1px solid #d9dce1;padding:.35rem .5rem;text-align:left;vertical-align:top}
form{display:flex;gap:.4rem;flex-wrap:wrap;margin:.1rem 0}
button,select,input{font:inherit;min-height:2rem}
b.ok{color:#1b7f3b}b:not(.ok){color:#b3261e}
code{color:#5b6270}
)";
}

}  // namespace tongban::sim
