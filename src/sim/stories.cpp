// The residents of the demonstration: their families, homes and work are written, not thrown. README.md tells
// the stories.
#include <algorithm>

#include "base/json.h"
#include "sim/maker.h"
#include "sim/numbers.h"

namespace tongban::sim {

namespace {

Day on(int year, unsigned month, unsigned day) {
    return Day{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

std::string text(json::object const& object, std::string_view key) {
    auto const* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

struct Home {
    std::string address, region;
};

class Stories {
public:
    explicit Stories(Maker& maker) : m_(maker) {}

    Result<void> residents(Pack const& pack) {
        auto read = pack.read("identity/residents.json");
        if (!read.ok()) return {};  // a pack without a demonstration has no stories
        auto all = TRY(read_json(*read));
        for (auto const& each : all.as_object().at("residents").as_array()) {
            auto const& resident = each.as_object();
            auto number = TRY(read_id_number(text(resident, "id_number"), counted_on));
            Person person;
            person.id_number = number.text;
            person.name = text(resident, "name");
            person.sex = number.sex;
            person.birth = number.birth;
            homes_[number.text] = {text(resident, "address"), text(resident, "region")};
            m_.add(std::move(person));
        }
        return {};
    }

    Result<void> firms(Pack const& pack) {
        auto read = pack.read("identity/firms.json");
        if (!read.ok()) return {};
        auto all = TRY(read_json(*read));
        for (auto const& each : all.as_object().at("firms").as_array()) {
            auto const& given = each.as_object();
            Firm firm;
            firm.code = TRY(read_credit_code(text(given, "uscc")));
            firm.name = text(given, "name");
            firm.address = text(given, "address");
            firm.scope = "餐饮服务；食品销售（仅销售预包装食品）";
            firm.capital = "10万元人民币";
            firm.established = on(2019, 6, 12);
            firm.serves_people = true;
            firm.legal_person = m_.all.index_of(text(given.at("legal_person").as_object(), "id_number"));
            m_.all.by_code.emplace(firm.code, static_cast<int>(m_.all.firms.size()));
            m_.all.firms.push_back(std::move(firm));
        }
        return {};
    }

    void tell() {
        wang_family();
        aygul();
        liang();
        ouyang_family();
        chen();
        he();
        ma();
        the_others();
    }

private:
    int who(std::string const& number) { return m_.all.index_of(number); }
    Person& of(int index) { return m_.person(index); }
    std::string home_of(int index) { return homes_[of(index).id_number].address; }

    int kin(Sex sex, Day birth, std::string name, std::string_view region6 = "990102") {
        return m_.born(region6, sex, birth, std::move(name));
    }

    void child(int index, int father, int mother) {
        of(index).father = father;
        of(index).mother = mother;
        auto born = year_of(of(index).birth);
        if (born >= 1996) of(index).birth_certificate = "T99" + padded(m_.next("birth"), 7);
    }

    /// All live where `resident` lives by the pack.
    void household(int resident, std::vector<int> const& members, Day moved_in) {
        auto const& home = homes_[of(resident).id_number];
        auto place = std::ranges::find(m_.places, home.region, &Place::code);
        int index = m_.house(place == m_.places.end() ? m_.places.front() : *place, members, moved_in);
        if (index == nobody) return;
        auto& household = m_.all.households[static_cast<std::size_t>(index)];
        household.address = home.address;
        household.region = home.region;
        for (int member : household.members) of(member).stay = Stay{home.address, moved_in, "own"};
    }

    void owns(std::vector<int> const& owners, std::string_view county, int year, std::string const& address) {
        Estate const estate{m_.estate_certificate(county, year), address};
        for (int owner : owners) of(owner).estates.push_back(estate);
    }

    void works(int index, std::string const& unit, int year, int month) {
        of(index).insurance = Insurance{Cover::employee, unit, year * 12 + month - 1};
    }

    void has_fund(int index, int base, std::int64_t balance) {
        of(index).fund = Fund{"99" + padded(m_.next("fund"), 10), of(index).insurance->unit, base, balance};
    }

    void is_fit_for_food(int index, int days) {
        of(index).health = HealthCertificate{"JK99" + padded(m_.next("health"), 8), days};
    }

    std::string first_firm() {
        return m_.all.firms.empty() ? "示例区示例餐饮有限公司" : m_.all.firms.front().name;
    }

    /// A: mother and son in one household. B: nothing on file ties 周桂兰 to her daughter.
    void wang_family() {
        int zhou = who("990102195603120029"), li = who("99010219810725024X"), son = who("990102200605180133");
        if (zhou == nobody || li == nobody || son == nobody) return;
        int grandfather = kin(Sex::male, on(1953, 8, 8), "李建业");
        int husband = kin(Sex::male, on(1979, 3, 11), "王志强");
        m_.wed(grandfather, zhou, on(1979, 10, 1));
        of(grandfather).died = on(2015, 6, 2);
        child(li, grandfather, zhou);
        of(li).parents_on_file = false;
        m_.wed(husband, li, on(2004, 10, 1));
        child(son, husband, li);
        household(zhou, {zhou}, on(1998, 5, 20));
        household(li, {husband, li, son}, on(2008, 5, 1));
        owns({zhou}, "示例区", 2016, home_of(zhou));
        owns({husband, li}, "示例区", 2018, home_of(li));
        of(zhou).insurance = Insurance{Cover::pensioner, "企业退休人员", 1978 * 12, 2011 * 12 + 2};
        works(li, "示例区同心商贸有限公司", 2010, 3);
        works(husband, "示例区恒瑞机械制造有限公司", 2003, 8);
        has_fund(li, 7200, 6'541'230);
        of(husband).plates.push_back(m_.plate());
    }

    /// One minor child in the household, a rented home, no house.
    void aygul() {
        int mother = who("990102199011020460");
        if (mother == nobody) return;
        int husband = kin(Sex::male, on(1988, 6, 12), "艾尼瓦尔·吐尔逊");
        int daughter = kin(Sex::female, on(2017, 3, 9), "迪丽努尔·艾尼瓦尔");
        m_.wed(husband, mother, on(2014, 8, 16));
        child(daughter, husband, mother);
        for (int index : {mother, husband, daughter}) of(index).nation = "维吾尔族";
        household(mother, {mother, husband, daughter}, on(2018, 9, 3));
        for (int index : {mother, husband, daughter}) {
            of(index).stay = Stay{home_of(mother), on(2021, 6, 1), "rent", "沈玉珍"};
        }
        works(mother, first_firm(), 2019, 9);
        works(husband, "示例区瑞丰物流有限公司", 2016, 4);
        is_fit_for_food(mother, 210);
        of(daughter).school = School{"示例市示例街道第一小学", "小学四年级", 1};
    }

    void liang() {
        int liang = who("990102198801300315");
        if (liang == nobody) return;
        int wife = kin(Sex::female, on(1990, 4, 25), "宋雨晴");
        m_.wed(liang, wife, on(2016, 5, 20));
        household(liang, {liang, wife}, on(2017, 2, 11));
        owns({liang, wife}, "示例区", 2017, home_of(liang));
        works(liang, first_firm(), 2019, 7);
        is_fit_for_food(liang, 300);
        of(liang).plates.push_back(m_.plate());
    }

    /// C: what is on file is there; that the register does not answer about 欧阳思远 is a switch
    /// (stories.json).
    void ouyang_family() {
        int son = who("990102199509090570"), father = who("990121196604040112");
        if (son == nobody || father == nobody) return;
        int mother = kin(Sex::female, on(1969, 2, 14), "吴春梅", "990121");
        m_.wed(father, mother, on(1992, 12, 26));
        child(son, father, mother);
        household(father, {father, mother}, on(1993, 3, 1));
        household(son, {son}, on(2019, 8, 30));
        works(son, "示例区启航科技有限公司", 2018, 7);
        has_fund(son, 9600, 11'204'880);
        of(father).disability = Disability{4, 3, on(2033, 5, 31)};
    }

    void chen() {
        int chen = who("990121197912050333");
        if (chen == nobody) return;
        int wife = kin(Sex::female, on(1981, 1, 17), "李秀珍", "990121");
        int son = kin(Sex::male, on(2009, 4, 22), "陈浩然", "990121");
        m_.wed(chen, wife, on(2006, 2, 6));
        child(son, chen, wife);
        household(chen, {chen, wife, son}, on(2006, 6, 18));
        owns({chen}, "云溪县", 2019, home_of(chen));
        of(son).school = School{"示例市白鹭镇第一高级中学", "高中二年级", 1};
    }

    void he() {
        int he = who("990102200202280682");
        if (he == nobody) return;
        int father = kin(Sex::male, on(1975, 11, 3), "何建军"),
            mother = kin(Sex::female, on(1977, 7, 30), "林敏");
        m_.wed(father, mother, on(2000, 5, 1));
        child(he, father, mother);
        household(he, {father, mother, he}, on(2001, 3, 15));
        works(he, "示例区晨光物业服务有限公司", 2024, 7);
    }

    /// Registered in 松岭乡, lives for rent and works in 示例街道.
    void ma() {
        int ma = who("990121198506150552");
        if (ma == nobody) return;
        int wife = kin(Sex::female, on(1987, 11, 2), "田小芳", "990121");
        int daughter = kin(Sex::female, on(2014, 9, 1), "马一诺", "990121");
        m_.wed(ma, wife, on(2012, 1, 14));
        child(daughter, ma, wife);
        household(ma, {ma, wife, daughter}, on(2012, 4, 10));
        of(ma).stay = Stay{"示例市示例区示例街道书院路19号4栋302室", on(2024, 3, 15), "rent", "孙丽华"};
        works(ma, first_firm(), 2022, 5);
        is_fit_for_food(ma, 120);
        of(daughter).school = School{"示例市松岭乡第一小学", "小学六年级", 1};
    }

    /// Residents a changed pack may hold beside the ten: a household of their own; and cover for whoever has
    /// none.
    void the_others() {
        for (int i = 0; i < static_cast<int>(m_.all.people.size()); ++i) {
            if (!m_.lives(i)) continue;
            if (of(i).household == nobody && homes_.contains(of(i).id_number))
                household(i, {i}, on(2015, 1, 1));
            if (!of(i).insurance) of(i).insurance = Insurance{Cover::resident, "城乡居民参保", 2018 * 12};
        }
    }

    Maker& m_;
    std::map<std::string, Home> homes_{};
};

}  // namespace

Result<void> settle_stories(Maker& maker, Pack const& pack) {
    Stories stories(maker);
    TRY(stories.residents(pack));
    TRY(stories.firms(pack));
    stories.tell();
    return {};
}

}  // namespace tongban::sim
