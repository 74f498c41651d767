"""Tests of new_module: what it makes obeys the style, and it never writes over anything."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import new_module  # noqa: E402
import tidy  # noqa: E402


class NewModule(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.place.name)
        subprocess.run(["git", "init", "-q", self.place.name], check=True)
        (self.root / "src").mkdir()
        (self.root / "src/modules.txt").write_text("# name : doors : libraries\nbase : :\nstore : base :\nhttp : base :\n")
        shutil.copy(new_module.ROOT / ".clang-format", self.root)

    def tearDown(self):
        self.place.cleanup()

    def test_what_it_makes_is_tidy(self):
        new_module.make(self.root, "life_events")
        self.assertTrue((self.root / "src/life_events/life_events.h").read_text().count("class LifeEvents final : public Module"))
        self.assertIn("life_events", tidy.Tree(self.root).rooms())
        findings = tidy.Findings({})
        for check in (tidy.check_order, tidy.check_names, tidy.check_pure, tidy.check_sizes, tidy.check_tests_name_everything,
                      tidy.check_queries, tidy.check_texts):
            check(tidy.Tree(self.root), findings)
        self.assertEqual(findings.found, [])

    def test_generators_understand_it(self):
        new_module.make(self.root, "hotline")
        source, tools = self.root / "src/hotline", new_module.ROOT / "tools"
        for command in (["sqlgen.py", "hotline", source, self.root / "gen"],
                        ["apigen.py", "cpp", "hotline", source / "api.yaml", self.root / "gen"]):
            done = subprocess.run([sys.executable, tools / command[0], *map(str, command[1:])], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_it_refuses(self):
        new_module.make(self.root, "hotline")
        for name, why in (("hotline", "there already"), ("Hotline", "small letters"), ("a-b", "small letters"), ("base", "there already")):
            with self.assertRaisesRegex(new_module.Refused, why):
                new_module.make(self.root, name)


if __name__ == "__main__":
    unittest.main()
