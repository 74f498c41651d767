#include "sim/names.h"

#include <array>

#include "base/text.h"

namespace tongban::sim {

namespace {

// Earlier ones are commoner: each third of the list is drawn half as often as the one before.
constexpr std::u32string_view surnames =
    U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚"
    U"沈钟姜崔谭陆范汪廖"
    U"石金韦贾夏傅方邹熊白孟秦邱侯江尹薛阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤温庞樊";
constexpr std::array compounds{"欧阳", "上官", "司马", "诸葛", "慕容", "皇甫"};

constexpr std::u32string_view men_old = U"国建志文德明永福忠义光荣军海山林春贵金保成富生宝祥兴庆启长根树";
constexpr std::u32string_view women_old = U"桂秀玉兰英凤珍梅香菊芳翠莲云霞荣月素淑华琴娥巧银花蓉爱惠彩春";
constexpr std::u32string_view men_mid = U"伟强磊军勇杰涛超斌鹏辉刚健波俊飞峰亮宏凯志建东晓宇浩庆振学立";
constexpr std::u32string_view women_mid = U"丽敏静燕艳娟芳霞红梅玲莉萍娜婷倩洁琳颖晓雪慧蕾莹佳琼雯晶璐瑶";
constexpr std::u32string_view men_new = U"浩子宇轩涵泽铭睿辰奕晨博昊天逸嘉瑞思一航俊翔景知远明煜哲承梓沐";
constexpr std::u32string_view women_new = U"欣怡梓涵诗雨思若萱妍雅馨语桐悦彤可依一诺佳晨曦婉清芷沐瑶颜汐希";

constexpr std::array dotted_men{"艾尔肯", "买买提", "吐尔逊", "阿不都拉", "艾力",   "库尔班",
                                "热合曼", "玉素甫", "伊敏",   "亚森",     "木拉提", "努尔兰"};
constexpr std::array dotted_women{"古丽娜尔", "阿孜古丽", "热依汗", "帕提古丽", "米热古丽", "祖丽菲亚",
                                  "海日古丽", "迪里拜尔", "玛依热", "阿米娜",   "热娜",     "古丽巴哈尔"};

constexpr std::array trades{
    Trade{"餐饮", "餐饮服务；食品销售（仅销售预包装食品）", true},
    Trade{"酒店管理", "住宿服务；餐饮服务；停车场服务", true},
    Trade{"食品", "食品生产；食品销售；农副产品销售", true},
    Trade{"美容", "生活美容服务；化妆品零售", true},
    Trade{"商贸", "日用百货销售；五金产品批发；货物进出口", false},
    Trade{"建筑工程", "建设工程施工；建筑材料销售", false},
    Trade{"科技", "软件开发；信息系统集成服务；技术咨询", false},
    Trade{"物流", "道路货物运输；国内货物运输代理；仓储服务", false},
    Trade{"机械制造", "通用设备制造；机械零件加工；金属制品销售", false},
    Trade{"农业发展", "蔬菜种植；水果种植；农产品初加工", false},
    Trade{"服装", "服装制造；服装服饰批发；针纺织品销售", false},
    Trade{"物业服务", "物业管理；园林绿化工程施工；建筑物清洁服务", false},
};
constexpr std::u32string_view brands =
    U"云帆启航鑫源恒瑞安和盛泰宏达远景新禾青木嘉汇博联佳旺百川金穗同心晨光瑞丰广益天成";

std::string character(Dice& dice, std::u32string_view from) {
    return from_code_points(
        from.substr(static_cast<std::size_t>(dice.below(static_cast<int>(from.size()))), 1));
}

std::u32string_view characters_of(Sex sex, int born) {
    if (born < 1970) return sex == Sex::male ? men_old : women_old;
    if (born < 1998) return sex == Sex::male ? men_mid : women_mid;
    return sex == Sex::male ? men_new : women_new;
}

}  // namespace

std::string surname(Dice& dice) {
    if (dice.happens(6)) return dice.pick(compounds);
    int third = static_cast<int>(surnames.size()) / 3;
    int drawn = dice.below(7);
    int from = drawn < 4 ? 0 : drawn < 6 ? third : 2 * third;
    return character(dice, surnames.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(third)));
}

std::string given_name(Dice& dice, Sex sex, int born) {
    auto from = characters_of(sex, born);
    auto first = character(dice, from);
    bool single = dice.happens(born < 1970 ? 120 : born < 1998 ? 330 : 90);
    if (single) return first;
    auto second = character(dice, from);
    return first + second;
}

std::string full_name(Dice& dice, Sex sex, int born) {
    auto family = surname(dice);
    return family + given_name(dice, sex, born);
}

std::string surname_of(std::string_view name) {
    for (std::string_view compound : compounds) {
        if (name.starts_with(compound)) return std::string(compound);
    }
    auto points = to_code_points(name);
    return from_code_points(std::u32string_view(points).substr(0, 1));
}

std::string dotted_name(Dice& dice, Sex sex, std::string_view father) {
    std::string own = sex == Sex::male ? dice.pick(dotted_men) : dice.pick(dotted_women);
    auto last = father.empty() ? std::string(dice.pick(dotted_men)) : own_part(father);
    return own + "·" + last;
}

std::string own_part(std::string_view name) {
    return std::string(name.substr(0, name.find("·")));
}

Trade const& trade(Dice& dice) {
    return dice.pick(trades);
}

std::string brand(Dice& dice) {
    int pairs = static_cast<int>(brands.size()) / 2;
    auto first = character(dice, brands.substr(0, static_cast<std::size_t>(pairs)));
    return first + character(dice, brands.substr(static_cast<std::size_t>(pairs)));
}

}  // namespace tongban::sim
