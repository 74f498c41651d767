#!/usr/bin/env python3
"""Tests of sqlgen.py: what it lets pass, what it rewrites, what it refuses."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parent / "sqlgen.py"
sys.path.insert(0, str(TOOL.parent))
import sqlgen  # noqa: E402


class Module:
    """A module folder with the given files, run through the tool."""

    def __init__(self, files):
        self.root = tempfile.TemporaryDirectory()
        base = pathlib.Path(self.root.name)
        for name, text in files.items():
            (base / "m" / name).parent.mkdir(parents=True, exist_ok=True)
            (base / "m" / name).write_text(text, encoding="utf-8")
        self.done = subprocess.run([sys.executable, TOOL, "cases", base / "m", base / "gen"],
                                   capture_output=True, text=True)
        made = base / "gen" / "sql.cpp"
        self.cpp = made.read_text(encoding="utf-8") if made.exists() else ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.root.cleanup()


class Keys(unittest.TestCase):
    INSERT = "INSERT INTO cases_a (id, n) VALUES ($1, $2);\n"

    def test_are_read_from_the_first_line(self):
        files = {"sql/keyed.sql": "-- Key $1, $12: why.\n" + self.INSERT, "sql/plain.sql": "-- Why.\n" + self.INSERT}
        with Module(files) as made:
            self.assertEqual(made.done.returncode, 0, made.done.stderr)
            self.assertIn(',\n    "1,12"};', made.cpp)
            self.assertEqual(made.cpp.count(',\n    "'), 1, "only where there is one")

    def test_are_refused_when_they_cannot_be_read(self):
        for first in ("-- Key id: why.", "-- Key $1", "-- Keys $1: why."):
            with self.subTest(first), Module({"sql/keyed.sql": first + "\n" + self.INSERT}) as made:
                self.assertEqual(made.done.returncode, 1)
                self.assertIn("-- Key $1, $2: why", made.done.stderr)


class Tables(unittest.TestCase):
    def test_are_found_wherever_they_are_named(self):
        for text, found in {
            "SELECT a FROM cases_a, cases_b b, LATERAL (SELECT 1 FROM cases_c) x":
                ["cases_a", "cases_b", "cases_c"],
            "SELECT 1 FROM cases_a JOIN org_b ON true LEFT JOIN org_c ON true":
                ["cases_a", "org_b", "org_c"],
            "WITH x AS (SELECT 1 FROM cases_a), y (n) AS (SELECT 2 FROM x) SELECT * FROM x, y": ["cases_a"],
            "INSERT INTO cases_a SELECT 1 FROM cases_b ON CONFLICT (id) DO UPDATE SET n = 1":
                ["cases_a", "cases_b"],
            "UPDATE cases_a SET n = b.n FROM cases_b b WHERE a IS DISTINCT FROM b.a":
                ["cases_a", "cases_b"],
            "DELETE FROM cases_a WHERE id IN (SELECT id FROM org_b)": ["cases_a", "org_b"],
            "SELECT substring(name FROM 2), ' FROM org_x' -- FROM org_y\nFROM cases_a": ["cases_a"],
            "SELECT value FROM json_each($1)": [],
            "CREATE UNIQUE INDEX i ON cases_a (b)": ["cases_a"],
            "CREATE TABLE IF NOT EXISTS cases_a (b TEXT REFERENCES org_b (id))": ["cases_a", "org_b"],
        }.items():
            self.assertEqual(sorted(sqlgen.tables(text)), sorted(found), text)


class Refusals(unittest.TestCase):
    def refused(self, files, words):
        with Module(files) as module:
            self.assertEqual(module.done.returncode, 1, files)
            self.assertIn(words, module.done.stderr)

    def test_each_says_what_to_do(self):
        self.refused({"sql/a.sql": "SELECT 1 FROM org_post"}, "which is not cases's")
        self.refused({"sql/a.pg.sql": "-- why\nSELECT 1"}, "the pair")
        self.refused({"sql/a.pg.sql": "SELECT 1", "sql/a.sqlite.sql": "-- why\nSELECT 1"}, "says why")
        self.refused({"sql/A.sql": "SELECT 1"}, "a query is called")
        self.refused({"sql/a.sql": "-- nothing\n"}, "holds no statement")
        self.refused({"migrations/0001_a.sql": "CREATE TABLE cases_a (b BOOLEAN);"}, "BOOLEAN")
        self.refused({"migrations/0001_a.sql": "CREATE TABLE cases_a (b TEXT);"}, ".head")
        self.refused({"migrations/0002_a.sql": "CREATE TABLE cases_a (b TEXT);",
                      "migrations/.head": "0002_a"}, "gaps")
        self.refused({"migrations/1_a.sql": "", "migrations/.head": "1_a"}, "0001_what_it_does")


class Output(unittest.TestCase):
    def test_migrations_follow_the_type_rules_of_sqlite(self):
        text = ("CREATE TABLE cases_a (id TEXT, n BIGINT, f SMALLINT CHECK (f IN (0, 1)), b BYTEA);\n"
                "CREATE INDEX cases_i ON cases_a (n); -- BIGINT stays here\n"
                "CREATE TABLE cases_b (t TEXT DEFAULT 'a BIGINT; b')")
        made = sqlgen.for_sqlite(text)
        self.assertIn("n INTEGER, f INTEGER CHECK (f IN (0, 1)), b BLOB) STRICT;", made)
        self.assertIn("(n); -- BIGINT stays here", made)
        self.assertIn("DEFAULT 'a BIGINT; b')\nSTRICT;", made)

    def test_queries_lose_top_comments_and_the_semicolon(self):
        with Module({"sql/load.sql": "-- why\nSELECT 1 AS one -- in\nFROM cases_a;\n"}) as module:
            self.assertEqual(module.done.returncode, 0, module.done.stderr)
            self.assertIn('Query const load{"cases.load",\n    R"sql(SELECT 1 AS one -- in\nFROM cases_a)sql"',
                          module.cpp)


if __name__ == "__main__":
    unittest.main()
