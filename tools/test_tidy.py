"""Tests of tidy, of what it knows about C++, and of quotes: each rule finds its fault, and leaves the innocent alone."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import cpp_text  # noqa: E402
import quote  # noqa: E402
import tidy  # noqa: E402

MODULES = "# name : doors : libraries\nbase : :\nstore : base :\nrules : base :\ncases : base store :\n"


class Checks(unittest.TestCase):
    def run_check(self, check, files, exceptions=None):
        """The findings of one check over a tree made of `files`."""
        with tempfile.TemporaryDirectory() as place:
            root = pathlib.Path(place)
            subprocess.run(["git", "init", "-q", place], check=True)
            for name, text in ({"src/modules.txt": MODULES} | files).items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            findings = tidy.Findings(exceptions or {})
            check(tidy.Tree(root), findings)
            findings.say_unused()
            return [f"{rule}: {message}" for rule, message in findings.found]

    def assert_found(self, found, *wanted):
        self.assertEqual(len(found), len(wanted), found)
        for line, part in zip(found, wanted):
            self.assertIn(part, line)

    def test_order(self):
        found = self.run_check(tidy.check_order, {
            "src/store/store.h": '#include "cases/cases.h"\n', "src/cases/a.cpp": '#include "store/tx.h"\n#include "base/ids.h"\n',
            "src/cases/test/a_test.cpp": '#include "store/tx.h"\n', "src/rules/rules.h": '// #include "cases/cases.h"\n'})
        self.assert_found(found, "src/cases/a.cpp includes store/tx.h", "does not allow to store")
        self.assert_found(self.run_check(tidy.check_order, {"src/modules.txt": "base : store :\nstore : base :\n"}), "base lists store")

    def test_names(self):
        found = self.run_check(tidy.check_names, {
            "src/cases/string_utils.cpp": "", "src/base/commonly.cpp": "", "web/community.ts": "const commonly = 1\n",
            "src/cases/x.cpp": "class CaseManager {};\n// class PageHelper\nint common_type_of = 0;\n"})
        self.assert_found(found, "string_utils.cpp", "CaseManager")

    def test_one_name(self):
        found = self.run_check(tidy.check_names, {
            "src/cases/a.h": "namespace tongban::case_file {}\n", "src/cases/b.cpp": 'constexpr Permission take{"case.take"};\n',
            "src/cases/api.yaml": "paths:\n  /api/cases/mine:\n  /api/case/mine:\n"})
        self.assert_found(found, "namespace is tongban::cases", "not case.", "/api/case/mine")

    def test_pure(self):
        text = '#include "store/store.h"\nauto now = SystemClock().now();\n// SystemClock\n'
        found = self.run_check(tidy.check_pure, {"src/cases/decide.cpp": text, "src/cases/service.cpp": text,
                                                 "src/rules/parser.cpp": "Bytes b = random_bytes(3);\n"})
        self.assert_found(found, '"store/', "SystemClock", "random_bytes")

    def test_bool_parameters(self):
        found = self.run_check(tidy.check_bool_parameters, {
            "src/cases/a.h": "void send(Case c,\n          bool urgent);\nvoid mark(bool done = false);\nValue to_value(bool v);\n"
                             "// f(int a, bool b)\nstd::function<void(bool)> hear;\nstruct S { bool on; };\n"})
        self.assert_found(found, "a.h:2", "a.h:3")

    def test_sizes(self):
        long_function = "int f() {\n" + "    g();\n" * 60 + "}\n"
        found = self.run_check(tidy.check_sizes, {
            "src/cases/a.cpp": long_function + "// " + "字" * 54 + "\n// " + "字" * 53 + "\n",
            "src/cases/b.cpp": "int x;\n" * 601, "src/cases/c.cpp": 'auto t = R"(\n' + "x" * 200 + '\n)";\n'})
        self.assert_found(found, "a.cpp:63 has 111 columns", "f has 62 lines", "b.cpp has 601 lines")

    def test_every_refusal_and_route_is_tested(self):
        found = self.run_check(tidy.check_tests_name_everything, {
            "src/cases/a.cpp": 'return Error{ErrorKind::conflict, "case_already_closed", ""};\nwrong.push_back({p, "gap_is_named_twice"});\n'
                               'log(LogLevel::info, "case_was_made");\nrow.text("case_no");\n// "case_is_gone"\n',
            "src/cases/api.yaml": "  /api/cases/mine:\n  /api/cases/mine/{no}/receipt:\n  /api/cases/mine/{no}/refusal:\n",
            "src/cases/test/a_test.cpp": '"gap_is_named_twice_over" get("/api/cases/mine/" + no + "/receipt")\n'})
        self.assert_found(found, "case_already_closed", "gap_is_named_twice;", "calls /api/cases/mine;", "/refusal")

    def test_every_query_is_asked(self):
        found = self.run_check(tidy.check_queries, {
            "src/cases/sql/load_case.sql": "", "src/cases/sql/lock.pg.sql": "", "src/cases/sql/lock.sqlite.sql": "",
            "src/cases/sql/old.sql": "", "src/cases/rows.cpp": "tx.rows(sql::load_case, id); sql::lock; sql::older;"})
        self.assert_found(found, "sql::old;")

    def test_texts(self):
        found = self.run_check(tidy.check_texts, {"a.md": "see /wor" + "k/x\nTO" + "DO: later\nall is well\n"})
        self.assert_found(found, "a.md:1", "a.md:2")

    def test_dependencies(self):
        found = self.run_check(tidy.check_dependencies, {
            "web/package.json": '{"dependencies": {"vue": "3.5.0", "left-pad": "^1.0.0"}, "devDependencies": {"typescript": "5.0.0"},'
                                ' "scripts": {"check": "vue-tsc"}}',
            "web/a.ts": "import { ref } from 'vue'\n", "docs/adr/x.md": "`vue` draws; `typescript` checks; `cmake` builds\n",
            "tools/dev-install.sh": 'BUILD_PACKAGES="cmake\nninja-build"\n'})
        self.assert_found(found, "left-pad ^1.0.0", "left-pad has no line", "names left-pad", "ninja-build")

    def test_quotes(self):
        code = "int one() {\n    return 1;\n}\n"
        page = lambda body: f"text\n\n```cpp src/cases/a.cpp one\n{body}```\n"
        self.assertEqual(self.run_check(tidy.check_quotes, {"src/cases/a.cpp": code, "A.md": page(code)}), [])
        self.assert_found(self.run_check(tidy.check_quotes, {"src/cases/a.cpp": code, "A.md": page("int one() { return 1; }\n")}),
                          "as it no longer is")
        self.assert_found(self.run_check(tidy.check_quotes, {"A.md": page(code)}), "there is no src/cases/a.cpp")
        self.assertEqual(quote.refreshed(page("old\n"), lambda name: code), page(code))

    def test_exceptions_only_shrink(self):
        files = {"src/base/commons.cpp": ""}
        self.assertEqual(self.run_check(tidy.check_names, files, {"names": {"src/base/commons.cpp": "why"}}), [])
        self.assert_found(self.run_check(tidy.check_names, {}, {"names": {"src/base/commons.cpp": "why"}}), "no longer an exception")


class Cpp(unittest.TestCase):
    TEXT = """\
#define MAKE(x) { x }
namespace a {
/// A {brace} in a comment.
class Room final : public Place {
public:
    Room(std::string name, int size)
        : name_{std::move(name)}, sizes_([size] { return size; }) {}
    int size(Wish wish = {}) const { return sizes_; }
private:
    std::vector<int> many_{1, 2};
};
int const table[] = {1, 2};
constexpr char const* text = R"(} not code {)";
std::map<int, std::vector<int>> Room::open(char c) {
    if (c == '}') { return {}; }
    auto f = [&](int x) {
        go(x);
    };
    return f("}");
}
}  // namespace a
"""

    def test_functions(self):
        found = [(f.name, f.first_line, f.lines) for f in cpp_text.functions(self.TEXT)]
        self.assertEqual(found, [("Room", 6, 2), ("size", 8, 1), ("Room::open", 14, 7)])

    def test_quoting(self):
        self.assertTrue(cpp_text.find_function(self.TEXT, "open")[0].startswith("std::map<int, std::vector<int>> Room::open(char c) {\n"))
        self.assertEqual(cpp_text.find_statement(self.TEXT, "open", "go(x)"), "auto f = [&](int x) {\n    go(x);\n};")
        with self.assertRaisesRegex(LookupError, "0 functions are named shut"):
            cpp_text.find_function(self.TEXT, "shut")
        with self.assertRaisesRegex(LookupError, "0 statements"):
            cpp_text.find_statement(self.TEXT, "open", "nowhere")

    def test_masking_keeps_places(self):
        code = cpp_text.masked(self.TEXT)
        self.assertEqual((len(code), code.count("\n")), (len(self.TEXT), self.TEXT.count("\n")))
        self.assertNotIn("MAKE", code)
        self.assertNotIn("not code", code)


if __name__ == "__main__":
    unittest.main()
