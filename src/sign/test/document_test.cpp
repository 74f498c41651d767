// Documents: what is on the page, and what is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <set>
#include <thread>

#include "sample.h"

namespace tongban::sign::testing {

TEST(Document, text_can_be_taken_out_again_with_rare_characters) {
    auto text = text_of_pdf(sealed_proof());
    for (auto const* words : {"亲属关系情况证明", "兹证明周桂䶮（公民身份号码：990102195601010028）",
                              "𠮷·买买提江（公民身份号码：990102198003150017）系母", "示例街道办事处",
                              "2026年11月21日", "7KQ2M9XA", "示街办证〔2026〕第000017号"})
        EXPECT_NE(text.find(words), text.npos) << words << "\nin\n" << text;
}

TEST(Document, words_of_the_seal_stay_out_of_the_text) {
    EXPECT_EQ(text_of_pdf(sealed_proof()).find("专用章"), std::string::npos);
}

TEST(Document, a_missing_value_is_named) {
    auto values = kinship_values();
    values.text.erase("relation");
    values.text.erase("verify_code");
    auto layout = renderer().lay_out(pack_template("licences/templates/kinship_proof"), values);
    ASSERT_FALSE(layout.ok());
    EXPECT_EQ(layout.error().code, "template_value_is_missing");
    ASSERT_EQ(layout.error().fields.size(), 2u);
    EXPECT_EQ(layout.error().fields[0].path, "/relation");
    EXPECT_EQ(layout.error().fields[1].path, "/verify_code");
}

TEST(Document, a_missing_list_or_column_is_named) {
    auto form = template_of(R"({"kind":"list","of":"gaps","item":"{n}.{what}：{how}"})");
    EXPECT_EQ(renderer().lay_out(form, {}).error().fields.at(0).path, "/gaps");
    Values values;
    values.lists["gaps"] = {{{"what", "甲"}, {"how", "乙"}}, {{"what", "丙"}}};
    EXPECT_EQ(renderer().lay_out(form, values).error().fields.at(0).path, "/gaps/1/how");
}

TEST(Document, a_character_without_glyph_is_refused_by_code_point) {
    struct Case {
        char const *name, *code_point;
    };
    for (auto [name, code_point] : {Case{"王\U00031350", "U+31350"}, Case{"王\uE123", "U+E123"},
                                    Case{"王\u202E兰", "U+202E"}, Case{"王\x01", "U+0001"}}) {
        auto values = kinship_values();
        values.text["person_name"] = name;
        auto layout = renderer().lay_out(pack_template("licences/templates/kinship_proof"), values);
        ASSERT_FALSE(layout.ok()) << code_point;
        EXPECT_EQ(layout.error().code, "character_cannot_be_drawn");
        EXPECT_EQ(layout.error().detail, code_point);
    }
}

TEST(Document, a_seal_with_a_character_without_glyph_is_refused) {
    EXPECT_EQ(renderer().draw_seal({"示例\U00031350街道办事处", ""}).error().code,
              "character_cannot_be_drawn");
}

/// Where a line ends is the layout's business.
std::string in_one_line(std::string text) {
    std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
    return text;
}

TEST(Document, invisible_characters_pasted_along_are_dropped) {
    auto values = kinship_values();
    values.text["purpose"] = "\uFEFF办理\u200B继承\r";
    auto layout = renderer().lay_out(pack_template("licences/templates/kinship_proof"), values);
    ASSERT_TRUE(layout.ok()) << layout.error().detail;
    EXPECT_NE(in_one_line(text_of_pdf(rendered(*layout))).find("用于办理继承，"), std::string::npos);
}

TEST(Document, braces_in_a_value_are_only_text) {
    auto values = kinship_values();
    values.text["purpose"] = "{relation}";
    auto layout = renderer().lay_out(pack_template("licences/templates/kinship_proof"), values);
    EXPECT_NE(in_one_line(text_of_pdf(rendered(*layout))).find("用于{relation}，"), std::string::npos);
}

TEST(Document, a_letter_with_many_gaps_runs_over_pages_and_keeps_its_seal_with_words) {
    auto form = pack_template("cases/letters/correction_notice");
    Values values;
    for (auto const& name : form.needs().text) values.text[name] = "示例" + name;
    values.text["case_url"] = "HTTPS://TONGBAN.EXAMPLE/C/1";
    for (int i = 1; i <= 24; ++i)
        values.lists["gaps"].push_back(
            {{"what", "第" + std::to_string(i) + "份材料的照片不清晰，看不清姓名和公民身份号码"},
             {"how", "重新拍照上传，四角完整、无反光，或者带原件到任一综合窗口"}});
    auto layout = renderer().lay_out(form, values);
    ASSERT_TRUE(layout.ok()) << layout.error().detail;
    EXPECT_GE(layout->pages(), 3);
    EXPECT_EQ(layout->seal_spot()->page, layout->pages());
    auto text = text_of_pdf(rendered(*layout));
    EXPECT_NE(text.find("24．第24份材料"), text.npos) << text;
    EXPECT_NE(text.find("第1页"), text.npos) << text;
    auto last_page = text.substr(text.rfind('\f', text.size() - 2));
    EXPECT_NE(last_page.find("逾期未补正的"), text.npos) << last_page;
}

Values denial_values(Template const& form, int words) {
    Values values;
    for (auto const& name : form.needs().text) values.text[name] = "示例" + name;
    values.text["case_url"] = "HTTPS://TONGBAN.EXAMPLE/C/1";
    values.text["agent_name"] = "梁䶮";
    values.text["reason"].clear();
    for (int i = 0; i < words; ++i) values.text["reason"] += "理由";
    return values;
}

TEST(Document, a_letter_that_misses_its_page_by_little_is_set_tighter) {
    auto form = pack_template("cases/letters/permit_denial");
    auto at_ease = MUST(renderer().lay_out(form, denial_values(form, 10)));
    auto full = MUST(renderer().lay_out(form, denial_values(form, 70)));
    ASSERT_EQ(at_ease.pages(), 1);
    ASSERT_EQ(full.pages(), 1) << "nobody needs a second sheet for the seal";
    // Six lines more than at ease take less room than six lines.
    double line_mm = 26 / 72.0 * 25.4;
    EXPECT_LT(full.seal_spot()->y_mm, at_ease.seal_spot()->y_mm + 5 * line_mm);
    EXPECT_EQ(MUST(renderer().lay_out(form, denial_values(form, 250))).pages(), 2) << "but only so far";
}

/// What stands on the lines of these running paragraphs.
std::vector<std::string> lines_of(std::vector<std::string> const& paragraphs) {
    auto form = template_of(R"({"kind":"list","of":"all","item":"{text}"})");
    Values values;
    for (auto const& text : paragraphs) values.lists["all"].push_back({{"text", text}});
    auto shown = text_of_pdf(rendered(MUST(renderer().lay_out(form, values))));
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < shown.size();) {
        auto end = std::min(shown.find_first_of("\n\f", from), shown.size());
        if (end > from) lines.push_back(shown.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

TEST(Document, month_and_day_stay_on_one_line) {
    std::vector<std::string> paragraphs;
    std::string before;
    for (int i = 0; i < 28; ++i, before += "前")
        paragraphs.push_back(before + "法定办结期限到2026年12月4日为止");
    for (auto const& line : lines_of(paragraphs)) EXPECT_FALSE(line.ends_with("12月")) << line;
}

TEST(Document, no_character_stands_alone_on_a_last_line) {
    std::vector<std::string> paragraphs;
    std::string words;
    for (int i = 0; i < 60; ++i, words += "字") paragraphs.push_back(words + "最后。");
    auto lines = lines_of(paragraphs);
    EXPECT_GT(lines.size(), 100U);
    for (auto const& line : lines) EXPECT_NE(line, "后。");
}

TEST(Document, a_long_table_repeats_its_head_on_the_next_page) {
    auto form = template_of(
        R"({"kind":"table","of":"m","widths":[1,5],"head":["序号","名称"],"rows":[["{n}","{name}"]]})");
    Values values;
    for (int i = 0; i < 60; ++i) values.lists["m"].push_back({{"name", "材料"}});
    auto layout = renderer().lay_out(form, values);
    ASSERT_EQ(layout->pages(), 3);
    auto text = text_of_pdf(rendered(*layout));
    int heads = 0;
    for (auto at = text.find("序号"); at != text.npos; at = text.find("序号", at + 1)) ++heads;
    EXPECT_EQ(heads, 3);
}

TEST(Document, a_cell_shrinks_until_it_fits) {
    auto form = template_of(R"({"kind":"table","widths":[1,6],"lines_max":1,"rows":[["{a}","短"]]})");
    auto size_of = [&](std::string const& words) {
        Values values;
        values.text["a"] = words;
        Scratch scratch;
        auto file = scratch.write("a.pdf", rendered(MUST(renderer().lay_out(form, values))));
        auto boxes = output_of("pdftotext -bbox " + file + " -");
        auto word = boxes.find(">" + words + "<");
        EXPECT_NE(word, boxes.npos) << boxes;
        auto from = boxes.rfind("yMin=\"", word), until = boxes.rfind("yMax=\"", word);
        return std::stod(boxes.substr(until + 6)) - std::stod(boxes.substr(from + 6));
    };
    EXPECT_GT(size_of("甲乙丙"), size_of("甲乙丙丁戊己") * 1.1);
}

TEST(Document, what_does_not_fit_anywhere_is_refused) {
    auto form = template_of(R"({"kind":"table","widths":[1],"rows":[["{a}"]]})");
    Values values;
    for (int i = 0; i < 4000; ++i) values.text["a"] += "长";
    EXPECT_EQ(renderer().lay_out(form, values).error().code, "text_is_too_long_for_its_place");
}

TEST(Document, a_block_under_a_condition_needs_its_values_only_when_shown) {
    auto form = template_of(R"({"kind":"paragraph","when":"agent","text":"代理人{agent}，{agent_phone}"})");
    EXPECT_TRUE(form.needs().text.empty());
    EXPECT_EQ(form.needs().optional, (std::vector<std::string>{"agent", "agent_phone"}));
    Values values;
    EXPECT_TRUE(renderer().lay_out(form, values).ok());
    values.text["agent"] = "周小满";
    EXPECT_EQ(renderer().lay_out(form, values).error().fields.at(0).path, "/agent_phone");
}

TEST(Document, the_same_input_gives_the_same_bytes) {
    auto form = pack_template("licences/templates/kinship_proof");
    auto one = rendered(MUST(renderer().lay_out(form, kinship_values())));
    auto other = rendered(MUST(renderer().lay_out(form, kinship_values())));
    EXPECT_EQ(sha256_hex(one), sha256_hex(other));
}

/// One renderer per thread, one font folder for all.
TEST(Document, can_be_made_on_two_threads_at_once) {
    auto fonts = MUST(Fonts::open(fonts_dir()));
    auto form = pack_template("licences/templates/kinship_proof");
    auto expected = sha256_hex(rendered(MUST(renderer().lay_out(form, kinship_values()))));
    Metadata about{"亲属关系情况证明", "示街办证〔2026〕第000017号", "示例街道办事处", noon};
    std::array<int, 2> right{};
    std::vector<std::thread> threads;
    for (auto& count : right)
        threads.emplace_back([&fonts, &form, &expected, &about, &count] {
            auto own = MUST(Renderer::open(fonts));
            for (int i = 0; i < 8; ++i) {
                auto layout = MUST(own.lay_out(form, kinship_values()));
                count += sha256_hex(MUST(own.render_pdf(layout, about))) == expected;
            }
        });
    for (auto& one : threads) one.join();
    EXPECT_EQ(right, (std::array<int, 2>{8, 8}));
}

TEST(Document, says_what_it_is_to_archives) {
    Scratch scratch;
    auto about = output_of("pdfinfo " + scratch.write("a.pdf", sealed_proof()));
    for (auto const* words :
         {"Title:           亲属关系情况证明", "Subject:         示街办证〔2026〕第000017号",
          "Author:          示例街道办事处", "A4"})
        EXPECT_NE(about.find(words), about.npos) << words << "\nin\n" << about;
    auto xmp = output_of("pdfinfo -meta " + scratch.path("a.pdf"));
    EXPECT_NE(xmp.find("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>"), xmp.npos)
        << xmp;
    EXPECT_NE(xmp.find("2026-11-21T12:00:00+08:00"), xmp.npos) << xmp;
    EXPECT_NE(output_of("qpdf --check " + scratch.path("a.pdf")).find("No syntax or stream encoding errors"),
              std::string::npos);
}

TEST(Document, only_fonts_of_the_folder_are_used_and_embedded) {
    Scratch scratch;
    auto fonts = output_of("pdffonts " + scratch.write("a.pdf", sealed_proof()));
    EXPECT_NE(fonts.find("NotoSerifCJKsc"), fonts.npos) << fonts;
    auto count = [&](std::string const& word) {
        int n = 0;
        for (auto at = fonts.find(word); at != fonts.npos; at = fonts.find(word, at + 1)) ++n;
        return n;
    };
    EXPECT_EQ(count("\n"), count("CJKsc") + 2) << fonts;  // two lines of head, then ours
}

TEST(Document, fonts_must_be_there) {
    Scratch scratch;
    EXPECT_EQ(Fonts::open(scratch.path("none")).error().code, "fonts_are_missing");
}

TEST(Document, formal_dates) {
    EXPECT_EQ(formal_date(*read_day("2026-11-21")), "二〇二六年十一月二十一日");
    EXPECT_EQ(formal_date(*read_day("2030-01-10")), "二〇三〇年一月十日");
    EXPECT_EQ(formal_date(*read_day("2026-10-30")), "二〇二六年十月三十日");
}

TEST(Template, is_refused_with_the_place) {
    struct Case {
        char const *json, *place;
    };
    for (auto [text, place] :
         {Case{"{", ""}, Case{R"({"id":"t","title":"试","blocks":[{"kind":"poem"}]})", "/blocks/0/kind"},
          Case{R"({"id":"t","title":"试","blocks":[{"kind":"paragraph","text":"{Name}"}]})",
               "/blocks/0/text"},
          Case{R"({"id":"t","title":"试","blocks":[{"kind":"space","mm":5,"cm":1}]})", "/blocks/0"},
          Case{R"({"id":"t","title":"试","blocks":[],"colour":"red"})", "/"},
          Case{R"({"id":"t","title":"试","blocks":[{"kind":"table","widths":[1],"rows":[["a","b"]]}]})",
               "/blocks/0/rows/0"}}) {
        auto read = Template::read(text);
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_EQ(read.error().code, "template_cannot_be_read");
        EXPECT_EQ(read.error().detail.find(place), 0u) << read.error().detail;
    }
}

/// Every template of the pack can be made from what it says it needs, stands under its own name, and is
/// listed with all its values in README.md.
TEST(Template, of_the_pack) {
    auto readme = read_file(packs_dir() + "/../src/sign/README.md");
    std::set<std::string> seen;
    for (std::string dir : {"licences/templates", "cases/letters"})
        for (auto const& entry : std::filesystem::directory_iterator(packs_dir() + "/demo-city/" + dir)) {
            auto name = entry.path().stem().string();
            auto form = pack_template(dir + "/" + name);
            EXPECT_EQ(form.id(), name);
            auto needs = form.needs();
            Values values;
            auto in_readme = readme.substr(std::min(readme.find("`" + name + "`"), readme.size()));
            in_readme = in_readme.substr(0, in_readme.find('\n'));
            auto note = [&](std::string const& value) {
                EXPECT_NE(in_readme.find(value), in_readme.npos) << name << ": " << value;
            };
            for (auto const& value : needs.text) values.text[value] = "示例", note(value);
            for (auto const& value : needs.optional) values.text[value] = "示例", note(value);
            for (auto const& [list, columns] : needs.lists) {
                note(list);
                for (auto const& column : columns)
                    values.lists[list].resize(1), values.lists[list][0][column] = "示例", note(column);
            }
            auto layout = renderer().lay_out(form, values);
            ASSERT_TRUE(layout.ok()) << name << ": " << layout.error().code;
            EXPECT_EQ(layout->pages(), 1) << name;
            EXPECT_TRUE(layout->seal_spot()) << name;
            seen.insert(name);
        }
    EXPECT_TRUE(seen.contains("kinship_proof") && seen.contains("denial")) << seen.size();
}

}  // namespace tongban::sign::testing
