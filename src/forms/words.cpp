#include <algorithm>

#include "forms/values.h"

namespace tongban::forms {

std::vector<Wording> const& wordings() {
    static std::vector<Wording> const all{
        {"answer_has_wrong_type", "“{label}”的格式不对，请重新填写", "{label}: please fill this in again"},
        {"answers_are_not_an_object", "答案的格式不对，请刷新页面再试",
         "The answers cannot be read. Reload the page"},
        {"choice_is_missing", "请在“{label}”里选一项", "{label}: choose one"},
        {"choice_is_not_offered", "请在“{label}”里选一个给出的选项", "{label}: choose one of the options"},
        {"choice_is_repeated", "“{label}”里同一个选项选了两次", "{label}: an option is chosen twice"},
        {"credit_code_check_is_wrong", "统一社会信用代码对不上，请逐位核对",
         "The credit code does not add up. Check each character"},
        {"credit_code_has_wrong_character", "统一社会信用代码里没有字母 I、O、Z、S、V",
         "A credit code has no letters I, O, Z, S or V"},
        {"credit_code_has_wrong_length", "统一社会信用代码应为18位", "A credit code has 18 characters"},
        {"date_does_not_exist", "没有这一天，请核对“{label}”", "{label}: there is no such day"},
        {"date_is_malformed", "“{label}”请写成2026-10-15的样子", "{label}: write it like 2026-10-15"},
        {"field_breaks_a_rule", "“{label}”和其他内容对不上", "{label} does not agree with the rest"},
        {"field_is_missing", "请填写“{label}”", "Fill in {label}"},
        {"field_is_unknown", "表单里没有这一项", "The form has no such field"},
        {"group_has_too_few", "“{label}”至少填{min}项", "{label}: at least {min}"},
        {"group_has_too_many", "“{label}”最多填{max}项", "{label}: at most {max}"},
        {"id_number_check_is_wrong", "身份证号最后一位对不上，请逐位核对",
         "The number does not add up. Check each digit"},
        {"id_number_has_no_such_date", "身份证号里的出生日期不存在，请核对第7至14位",
         "Digits 7 to 14 are not a date of birth"},
        {"id_number_has_wrong_character", "身份证号只能是数字，末位可以是X", "Only digits, and X at the end"},
        {"id_number_has_wrong_length", "身份证号应为18位", "An identity number has 18 characters"},
        {"locked_value_is_missing", "还没有取得“{label}”，请稍后再试或到窗口办理",
         "{label} could not be fetched yet. Try later or come to a window"},
        {"name_has_wrong_character", "“{label}”里只写文字和间隔点“·”",
         "{label}: letters and the middle dot only"},
        {"name_is_too_short", "“{label}”至少2个字", "{label}: at least 2 characters"},
        {"number_has_too_many_decimals", "“{label}”最多{max}位小数", "{label}: at most {max} decimals"},
        {"number_is_malformed", "“{label}”请填数字", "{label}: digits only"},
        {"number_is_too_large", "“{label}”不能大于{max}", "{label}: at most {max}"},
        {"number_is_too_small", "“{label}”不能小于{min}", "{label}: at least {min}"},
        {"phone_is_not_a_mobile_number", "手机号应为1开头的11位数字",
         "A mobile number has 11 digits and begins with 1"},
        {"text_does_not_fit_pattern", "“{label}”的写法不对", "{label} is not written as it should be"},
        {"text_has_broken_characters", "“{label}”里有乱码，请重新填写", "{label} holds broken characters"},
        {"text_has_control_characters", "“{label}”里有看不见的控制字符，请重新填写",
         "{label} holds control characters"},
        {"text_has_direction_marks", "“{label}”里有改变书写方向的符号，请重新填写",
         "{label} holds marks that turn the direction of writing"},
        {"text_is_too_long", "“{label}”最多{max}个字", "{label}: at most {max} characters"},
    };
    return all;
}

std::string detail_of(Wrong const& wrong, Field const& field) {
    if (!wrong.detail.empty()) return wrong.detail;
    auto const& all = wordings();
    auto const found =
        std::find_if(all.begin(), all.end(), [&](Wording const& one) { return one.code == wrong.code; });
    if (found == all.end()) return "";
    return fill(found->zh,
                [&](std::string_view name) -> std::string {
                    if (name == "label") return field.label.zh;
                    for (auto const& [fact, value] : wrong.facts) {
                        if (fact == name) return value;
                    }
                    return "";
                }) +
           "。";
}

}  // namespace tongban::forms
