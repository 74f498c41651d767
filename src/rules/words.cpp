// Troubles and reasons as Chinese sentences.
#include <algorithm>

#include "rules/rules.h"

namespace tongban::rules {

namespace {

struct Phrase {
    std::string_view code, text;
};

constexpr Phrase troubles[] = {
    {"expression_is_empty", "这里没有写表达式"},
    {"expression_is_too_long", "表达式太长（{found}），应{fits}"},
    {"expression_is_too_deep", "嵌套太深，请拆成几个条件"},
    {"text_is_not_utf8", "不是 UTF-8 文字"},
    {"character_is_not_known", "不认识“{found}”，这里可以是{fits}"},
    {"punctuation_is_full_width", "“{found}”是全角符号，请改成半角 {fits}"},
    {"symbol_is_not_feel", "FEEL 里不写“{found}”，请改成 {fits}"},
    {"string_is_not_closed", "文字 {found} 没有用 \" 结束"},
    {"string_escape_is_wrong", "“{found}”不是可用的转义，可用 {fits}"},
    {"comment_is_not_closed", "注释没有用 */ 结束"},
    {"number_is_malformed", "“{found}”既不是数也不是名称"},
    {"number_is_out_of_range", "数 {found} 太大"},
    {"name_is_not_known", "没有“{found}”这个名称"},
    {"function_is_not_known", "没有 {found}…) 这个函数，可用 {fits}"},
    {"function_has_wrong_arguments", "{found}…) 要 {fits}"},
    {"something_else_is_expected", "写的是“{found}”，这里应是 {fits}"},
    {"expression_goes_on", "写到“{found}”之前已经完整，后面只能是{fits}"},
    {"comparison_is_chained", "比较不能连写，请用{fits}"},
    {"types_never_fit", "“{found}”两边的类型永远不合，这里要 {fits}"},
    {"date_does_not_exist", "{found} 不是一个日期，写法是 {fits}"},
    {"time_does_not_exist", "{found} 不是一个时刻，写法是 {fits}"},
    {"duration_is_malformed", "{found} 不是一段时间，写法是 {fits}"},
    {"literal_is_malformed", "{found} 不是日期、时刻或一段时间，写法是 {fits}"},
    {"type_is_not_known", "没有“{found}”这个类型，可用 {fits}"},
    {"name_is_there_twice", "“{found}”写了两次，请换{fits}"},
    {"expression_is_beyond_the_browser", "浏览器里还不能算“{found}”，请用{fits}"},
};

constexpr Phrase reasons[] = {
    {"name_has_no_value", "还没有取得“{name}”"},
    {"name_is_not_known", "没有“{name}”这个名称"},
    {"function_is_not_known", "没有“{name}”这个函数"},
    {"function_has_wrong_arguments", "“{name}”的参数不对"},
    {"datum_is_missing", "缺少“{name}”的值"},
    {"types_do_not_fit", "值的类型不合，不能比较或计算"},
    {"value_is_not_allowed", "这个值不在“{name}”允许的范围内"},
    {"division_by_zero", "除数是 0"},
    {"number_is_out_of_range", "计算结果超出可表示的范围"},
    {"number_is_malformed", "不是一个数"},
    {"separator_is_not_known", "分隔符不可用"},
    {"date_does_not_exist", "不是一个存在的日期"},
    {"time_does_not_exist", "不是一个存在的时刻"},
    {"duration_is_malformed", "不是一段时间"},
    {"literal_is_malformed", "不是日期、时刻或一段时间"},
    {"range_is_malformed", "不是一个区间"},
    {"zone_is_missing", "一个时刻有时区，另一个没有，不能相减"},
    {"position_is_outside", "“{name}”的位置超出范围"},
    {"list_is_too_short", "“{name}”要的数不够多"},
    {"pattern_is_malformed", "“{name}”的模式写得不对"},
    {"name_is_there_twice", "名称“{name}”有两个"},
    {"moment_is_not_given", "没有给出现在的时刻"},
    {"host_function_is_not_known", "没有登记“{name}”这个外部函数"},
    {"host_function_failed", "外部函数“{name}”没有结果"},
    {"answer_is_not_a_boolean", "结果不是“是”或“否”"},
    {"evaluation_is_too_long", "计算超过了规定的步数"},
    {"evaluation_is_too_deep", "计算嵌套太深"},
    {"evaluation_is_too_large", "计算用的内存超过了规定"},
    {"evaluation_was_stopped", "计算被叫停"},
    {"pattern_takes_too_long", "按模式查找用时太长"},
    {"no_rule_matches", "表里没有一行符合，也没有默认结果"},
    {"any_table_has_different_outputs", "同时符合的几行结果不一样"},
    {"condition_is_not_a_boolean", "条件的结果不是“是”或“否”"},
    {"decision_is_not_known", "模型里没有“{name}”这个决策"},
    {"decision_has_no_logic", "“{name}”没有写怎么得出"},
    {"expression_is_missing", "这里没有写表达式"},
    {"expression_language_is_not_feel", "这里用的不是 FEEL，读不了"},
    {"imported_values_are_not_supported", "不能从别的文件取值"},
    {"invoked_thing_is_not_a_function", "“{name}”不能当作函数来用"},
    {"model_is_gone", "模型已经不在了"},
};

std::string_view phrase(auto const& table, std::string_view code) {
    auto const found =
        std::find_if(std::begin(table), std::end(table), [&](Phrase const& p) { return p.code == code; });
    return found == std::end(table) ? std::string_view{} : found->text;
}

std::string where(Place at) {
    return "第" + std::to_string(at.line) + "行第" + std::to_string(at.column) + "个字：";
}

}  // namespace

std::string Trouble::text() const {
    auto text = phrase(troubles, code);
    if (text.empty()) text = "“{found}”这里写得不对";
    std::string out =
        where(place) + fill(text, [&](std::string_view name) { return name == "found" ? found : fits; });
    if (code == "name_is_not_known" && !fits.empty()) out += "，是不是 " + fits;
    return out + "。";
}

std::string Reason::text() const {
    auto words = phrase(reasons, code);
    if (name.empty() && code == "datum_is_missing") words = "缺少需要的值";
    if (words.empty())
        words = "这里的表达式写得不对，读不懂";  // its trouble was told when the model was read
    return where(place) + fill(words, [&](std::string_view) { return name; }) + "。";
}

std::string_view to_text(Verdict verdict) {
    switch (verdict) {
        case Verdict::yes:
            return "yes";
        case Verdict::no:
            return "no";
        case Verdict::undetermined:
            return "undetermined";
    }
    return "undetermined";
}

}  // namespace tongban::rules
