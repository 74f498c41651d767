"""Tests of run_tests: module by module counted whole, two at a time, and one module in parts as if it had run alone."""
import contextlib
import io
import os
import pathlib
import re
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import run_tests  # noqa: E402

# Speaks as a GoogleTest program does: deals its tests out by shard, writes a report, says it all aloud.
PROGRAM = '''#!{python}
import os, pathlib, sys, time
tests, failing, skipped = {tests!r}, {failing!r}, {skipped!r}
here = pathlib.Path(__file__).parent
{before}
index, total = int(os.environ.get("GTEST_SHARD_INDEX", 0)), int(os.environ.get("GTEST_TOTAL_SHARDS", 1))
mine = [name for at, name in enumerate(tests) if at % total == index]
cases = "".join(f'<testcase name="{{name}}">' + ('<failure/>' if name in failing else '<skipped/>' if name in skipped else '') +
                "</testcase>" for name in mine)
wrong = [name for name in mine if name in failing]
for name in mine:
    print("[  FAILED  ]" if name in failing else "[       OK ]", name)
report = pathlib.Path(sys.argv[1].removeprefix("--gtest_output=xml:"))
report.write_text(f'<testsuites tests="{{len(mine)}}" failures="{{len(wrong)}}" errors="0" time="1"><testsuite name="s">'
                  f'{{cases}}</testsuite></testsuites>')
sys.exit(1 if wrong else 0)
'''

# Waits for a file of the other run: who runs alone never sees it, so both run at once or this one gives up after a minute.
MEETS = '''
(here / {mine}).touch()
for _ in range(6000):
    if (here / {other}).exists():
        break
    time.sleep(0.01)
else:
    sys.exit("nobody ran beside this one")
'''

# Nobody may hold the seat while it is held.
ALONE = '''
seat = here / "seat"
seat.mkdir()
import atexit
atexit.register(seat.rmdir)
'''


class Modules(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.build = pathlib.Path(place.name) / "build"
        self.logs = pathlib.Path(place.name) / "logs"
        self.build.mkdir()
        self.logs.mkdir()

    def program(self, module, tests=("one",), failing=(), skipped=(), before=""):
        file = self.build / f"test_{module}"
        file.write_text(PROGRAM.format(python=sys.executable, tests=list(tests), failing=list(failing), skipped=list(skipped),
                                       before=before), encoding="utf-8")
        file.chmod(0o755)

    def run_all(self, at_once=2):
        """The totals, and the lines that say them by module."""
        totals, said = run_tests.Totals(), io.StringIO()
        with contextlib.redirect_stdout(said):
            run_tests.run_modules(list(self.build.glob("test_*")), self.logs, dict(os.environ), totals, at_once)
        self.said = said.getvalue()
        lines = re.findall(r"^(\w+) +(\d+) passed +(\d+) failed +(\d+) skipped  (.*)$", self.said, re.M)
        return totals, {line[0]: (int(line[1]), int(line[2]), int(line[3])) for line in lines}

    def files(self):
        return sorted(file.name for file in self.logs.iterdir())

    def test_are_counted_each_in_one_line_with_a_log_and_a_report(self):
        self.program("base", ["a", "b", "c"], skipped=["c"])
        self.program("store", ["d", "e"], failing=["e"])
        self.program("http", ["f"])
        totals, lines = self.run_all()
        self.assertEqual(lines, {"base": (2, 0, 1), "store": (1, 1, 0), "http": (1, 0, 0)})
        self.assertEqual((totals.passed, totals.failed, totals.skipped), (4, 1, 1))
        self.assertEqual(self.files(), ["base.log", "base.xml", "http.log", "http.xml", "store.log", "store.xml"])
        self.assertIn("[  FAILED  ] e", self.said)
        self.assertNotIn("[       OK ] a", self.said, "what passed stays in its log")

    def test_run_two_at_a_time(self):
        self.program("base", before=MEETS.format(mine="'x'", other="'y'"))
        self.program("http", before=MEETS.format(mine="'y'", other="'x'"))
        self.assertEqual(self.run_all()[1], {"base": (1, 0, 0), "http": (1, 0, 0)})

    def test_run_one_after_another_on_one_core(self):
        for module in ("app", "base", "forms", "store"):
            self.program(module, ["one", "two"], before=ALONE)
        totals, lines = self.run_all(at_once=1)
        self.assertEqual((totals.passed, totals.failed, len(lines)), (8, 0, 4), self.said)

    def test_begin_with_the_longest_in_as_many_parts_as_run_at_once(self):
        programs = [pathlib.Path(f"test_{module}") for module in ("forms", "base", "store", "app")]
        for at_once, parts in ((1, [("app", 1)]), (2, [("app", 2), ("app", 2)])):
            begun = [(part.module, part.shares) for part in run_tests.parts_of(programs, at_once)]
            self.assertEqual(begun, parts + [("store", 1), ("base", 1), ("forms", 1)])

    def test_parts_run_every_test_once_and_are_told_as_one_module(self):
        tests = [f"t{number}" for number in range(7)]
        self.program("app", tests, failing=["t3"], skipped=["t4"])
        totals, lines = self.run_all()
        self.assertEqual(lines, {"app": (5, 1, 1)})
        self.assertEqual(self.files(), ["app.log", "app.xml"])
        report = ET.parse(self.logs / "app.xml").getroot()
        self.assertEqual(sorted(case.get("name") for case in report.iter("testcase")), tests)
        self.assertEqual((report.get("tests"), report.get("failures")), ("7", "1"))
        log = (self.logs / "app.log").read_text(encoding="utf-8")
        for name in tests:
            self.assertEqual(log.count(f"] {name}\n"), 1, log)

    def test_parts_of_one_module_run_side_by_side(self):
        mine = 'os.environ["GTEST_SHARD_INDEX"]'
        self.program("app", ["one", "two"], before=MEETS.format(mine=mine, other=f"str(1 - int({mine}))"))
        self.assertEqual(self.run_all()[1], {"app": (2, 0, 0)}, self.said)

    def test_that_die_before_their_report_have_failed(self):
        self.program("base", before='print("Failure: gone"); sys.exit(3)')
        self.program("app", ["one", "two"], before='if os.environ["GTEST_SHARD_INDEX"] == "1": sys.exit(3)')
        totals, lines = self.run_all()
        self.assertEqual(lines, {"base": (0, 1, 0), "app": (1, 1, 0)})
        self.assertIn("died before its report", self.said)
        self.assertIn("Failure: gone", self.said)
        self.assertEqual(self.files(), ["app.log", "app.xml", "base.log"])

    def test_of_an_earlier_run_count_no_more(self):
        (self.logs / "base.xml").write_text('<testsuites tests="9" failures="0"/>', encoding="utf-8")
        (self.logs / "app.xml").write_text('<testsuites tests="9" failures="0"/>', encoding="utf-8")
        self.program("base", before="sys.exit(3)")
        self.program("app", before="sys.exit(3)")
        self.assertEqual(self.run_all()[1], {"base": (0, 1, 0), "app": (0, 2, 0)})
        self.assertEqual(self.files(), ["app.log", "base.log"])

    def test_say_at_the_end_once_more_why_they_failed(self):
        speech = 'print("x_test.cpp:7: Failure\\nExpected: 3\\n" + "later\\n" * 90)'
        self.program("base", ["a", "b"], failing=["b"], before=speech)
        self.program("http")
        totals, _ = self.run_all()
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            self.assertEqual(totals.end(), 1)
        lines = said.getvalue().splitlines()
        self.assertIn("Expected: 3", lines, "what was expected is told although much was said after it")
        self.assertIn("[  FAILED  ] b", lines)
        self.assertEqual(lines[-1], "2 passed, 1 failed, 0 skipped")

    def test_that_fail_after_all_passed_have_failed(self):
        self.program("base", before='import atexit; atexit.register(lambda: os._exit(5))')
        self.assertEqual(self.run_all()[1], {"base": (1, 1, 0)})
        self.assertIn("(exit 5)", self.said)


if __name__ == "__main__":
    unittest.main()
