#!/usr/bin/env python3
"""run_tests.py --build DIR [--only KIND] [MODULE…]: runs the tests and counts them.

Kinds: tidy, tools (Python unit tests), unit (a GoogleTest program per module, on SQLite and PostgreSQL), web (lint, types,
vitest), plans (no query scans a growing table), hostile (the outside suite, when ../shared is there), run (the program as a
newcomer starts it), operations (packs, back-ups and bad days of a running site), journeys (a real browser against the real
program). The last line is `N passed, N failed, N skipped`.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parent.parent
KINDS = ["tidy", "tools", "unit", "plans", "web", "hostile", "run", "operations", "journeys"]


class Totals:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.notes = []

    def add(self, name, passed, failed, skipped=0, note=""):
        self.passed += passed
        self.failed += failed
        self.skipped += skipped
        print(f"{name:<24} {passed:>5} passed {failed:>3} failed {skipped:>3} skipped  {note}", flush=True)


def run(command, log, **options):
    """Runs to the end with output in a file; prints its tail when it fails."""
    with open(log, "w", encoding="utf-8") as out:
        code = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, cwd=options.pop("cwd", ROOT), **options).returncode
    if code != 0:
        lines = pathlib.Path(log).read_text(encoding="utf-8", errors="replace").splitlines()
        wanted = [l for l in lines if "FAILED" in l or "Failure" in l or "rror" in l][:30]
        print("\n".join([f"--- {' '.join(map(str, command))} (exit {code}); whole output in {log}"] + wanted + ["…"] + lines[-30:]))
    return code


def gtest(program, logs, environment, totals):
    name = program.name.removeprefix("test_")
    report = logs / f"{name}.xml"
    report.unlink(missing_ok=True)
    started = time.monotonic()
    code = run([str(program), f"--gtest_output=xml:{report}"], logs / f"{name}.log", env=environment)
    took = f"{time.monotonic() - started:.1f} s"
    if not report.exists():
        return totals.add(name, 0, 1, note=f"{took}; died before its report")
    suite = ET.parse(report).getroot()
    count, failed = int(suite.get("tests")), int(suite.get("failures")) + int(suite.get("errors", 0))
    skipped = len(suite.findall(".//testcase/skipped"))
    totals.add(name, count - failed - skipped, failed if failed or code == 0 else 1, skipped, took)


def unit(build, modules, logs, totals):
    programs = sorted(p for p in build.glob("test_*") if p.is_file() and os.access(p, os.X_OK))
    if modules:
        programs = [p for p in programs if p.name.removeprefix("test_") in modules]
    with tempfile.TemporaryDirectory(prefix="tongban-pg-") as place:
        started = subprocess.run([ROOT / "tools" / "pg_test_server", "start", place, "--fast"], capture_output=True, text=True)
        if started.returncode != 0:
            print(started.stdout, started.stderr)
            return totals.add("postgresql", 0, 1, note="the test server did not start")
        environment = os.environ | {"TONGBAN_TEST_POSTGRES": started.stdout.strip().splitlines()[-1]}
        try:
            for program in programs:
                gtest(program, logs, environment, totals)
        finally:
            subprocess.run([ROOT / "tools" / "pg_test_server", "stop", place], capture_output=True)


def counted(name, command, logs, totals, pattern, **options):
    """A command whose output says how many passed and failed, by two or three groups of `pattern`."""
    log = logs / f"{name}.log"
    code = run(command, log, **options)
    found = re.findall(pattern, log.read_text(encoding="utf-8", errors="replace"))
    if not found:
        return totals.add(name, 0 if code else 1, 1 if code else 0)
    numbers = [int(n or 0) for n in (found[-1] if isinstance(found[-1], tuple) else (found[-1],))]
    passed, failed = numbers[0], numbers[1] if len(numbers) > 1 else 0
    skipped = numbers[2] if len(numbers) > 2 else 0
    totals.add(name, passed, failed if failed or code == 0 else 1, skipped)


def web(logs, totals):
    counted("web lint and types", ["npm", "run", "--silent", "check"], logs, totals, r"(?!)", cwd=ROOT / "web")
    log = logs / "vitest.log"
    code = run(["npm", "run", "--silent", "test"], log, cwd=ROOT / "web", env=os.environ | {"NO_COLOR": "1"})
    text = log.read_text(encoding="utf-8", errors="replace")
    line = re.search(r"Tests +(.*)", text)
    number = lambda word: int(m.group(1)) if line and (m := re.search(rf"(\d+) {word}", line.group(1))) else 0
    failed = number("failed")
    totals.add("web", number("passed"), failed if failed or code == 0 else 1, number("skipped"))


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--build", default="build/release")
    asked.add_argument("--only", choices=KINDS)
    asked.add_argument("modules", nargs="*")
    options = asked.parse_args()
    build = (ROOT / options.build).resolve()
    logs = ROOT / "build" / "test-logs"
    logs.mkdir(parents=True, exist_ok=True)
    totals = Totals()
    kinds = ["unit"] if options.modules else [options.only] if options.only else KINDS
    summary = r"(\d+) passed, (\d+) failed(?:, (\d+) skipped)?"
    if "tidy" in kinds:
        counted("tidy", [sys.executable, "tools/tidy.py", "--build", str(build)], logs, totals, summary)
    if "tools" in kinds:
        counted("tools", [sys.executable, "-m", "unittest", "discover", "-s", "tools", "-p", "test_*.py"], logs, totals,
                r"Ran (\d+) tests?")
    if "unit" in kinds:
        unit(build, options.modules, logs, totals)
    if "plans" in kinds:
        counted("plans", [sys.executable, "test/plans/plans.py", "--build", str(build)], logs, totals, summary)
    if "web" in kinds:
        web(logs, totals)
    for kind in ("hostile", "run", "operations", "journeys"):
        if kind in kinds:
            counted(kind, [sys.executable, f"test/journeys/{kind}.py", "--build", str(build)], logs, totals, summary)
            for line in (logs / f"{kind}.log").read_text(encoding="utf-8").splitlines():
                if line.startswith("note: "):
                    print("  " + line)
    print(f"{totals.passed} passed, {totals.failed} failed, {totals.skipped} skipped")
    return 1 if totals.failed else 0


if __name__ == "__main__":
    sys.exit(main())
