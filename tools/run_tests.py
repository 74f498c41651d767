#!/usr/bin/env python3
"""run_tests.py --build DIR [--only KIND] [MODULE…]: runs the tests and counts them.

Kinds: tidy, tools (Python unit tests), unit (a GoogleTest program per module, on SQLite and PostgreSQL, two programs at a time
where there are two cores, a line for each as it ends), web (lint, types, vitest), fuzz (libFuzzer, 20 seconds a target), plans (no query scans a growing table), hostile (the outside suite of
requests, when ../shared is there), tck (the outside suite of decision models, when ../shared is there), run (the program as a
newcomer starts it), operations (packs, back-ups and bad days of a running site), journeys (a real browser against the real
program). The last line is `N passed, N failed, N skipped`.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parent.parent
KINDS = ["tidy", "tools", "unit", "fuzz", "plans", "web", "tck", "hostile", "run", "operations", "journeys"]


class Totals:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.whys = []

    def add(self, name, passed, failed, skipped=0, note=""):
        self.passed += passed
        self.failed += failed
        self.skipped += skipped
        print(f"{name:<24} {passed:>5} passed {failed:>3} failed {skipped:>3} skipped  {note}", flush=True)

    def failure(self, command, code, log, text):
        """Says at once why something failed, and remembers it for the end, where one who sees only that still finds it."""
        why = "\n".join([f"--- {' '.join(map(str, command))} (exit {code}); whole output in {log}", *why_of(text)])
        self.whys.append(why)
        print(why, flush=True)

    def end(self):
        if self.whys:
            print("\nWhat failed, once more:", *self.whys, sep="\n")
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        return 1 if self.failed else 0


def output_to(log, command, **options):
    """Runs to the end with output in a file; the exit code."""
    with open(log, "w", encoding="utf-8") as out:
        return subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, cwd=options.pop("cwd", ROOT), **options).returncode


def why_of(text):
    """The lines of an output that say why it failed, each with what was expected there, and its end."""
    lines = text.splitlines()
    says = lambda line: "FAILED" in line or "Failure" in line or "rror" in line
    near = {at + more for at, line in enumerate(lines) if says(line) for more in range(7 if "Failure" in line else 1)}
    return [lines[at] for at in sorted(near) if at < len(lines) - 30][:120] + ["…"] + lines[-30:]


def text_of(file):
    return file.read_text(encoding="utf-8", errors="replace")


def run(command, log, totals, **options):
    """Runs to the end with output in a file; says why when it fails."""
    code = output_to(log, command, **options)
    if code != 0:
        totals.failure(command, code, log, text_of(log))
    return code


# By seconds measured: what takes long begins first, and the short ones fill the gap at the end. The others follow by name.
LONGEST_FIRST = ["app", "store", "licences", "identity", "catalog", "http", "exchange", "sign", "supervision", "cases", "files"]
# Half of all the time is one program's. Its tests take turns on SQLite and PostgreSQL, and GoogleTest deals them out in turn:
# of two parts each has one database, and makes the template of that one only.
IN_PARTS = {"app": 2}


class Part:
    """One run of a module's tests: all of them, or a share that GoogleTest deals out."""

    def __init__(self, program, share=0, shares=1):
        self.program, self.share, self.shares = program, share, shares
        self.module = program.name.removeprefix("test_")

    def run(self, logs, environment):
        name = self.module if self.shares == 1 else f"{self.module}.{self.share + 1}"
        self.log, self.report = logs / f"{name}.log", logs / f"{name}.xml"
        self.report.unlink(missing_ok=True)
        self.command = [str(self.program), f"--gtest_output=xml:{self.report}"]
        shares = {"GTEST_TOTAL_SHARDS": str(self.shares), "GTEST_SHARD_INDEX": str(self.share)} if self.shares > 1 else {}
        started = time.monotonic()
        self.code = output_to(self.log, self.command, env=environment | shares)
        self.seconds = time.monotonic() - started
        return self


def parts_of(programs, at_once):
    """In the order to begin with them."""
    place = {module: at for at, module in enumerate(LONGEST_FIRST)}
    wholes = sorted((Part(program) for program in programs), key=lambda part: (place.get(part.module, len(place)), part.module))
    for whole in wholes:
        shares = min(IN_PARTS.get(whole.module, 1), at_once)
        yield from (Part(whole.program, share, shares) for share in range(shares))


def join_reports(reports):
    whole = ET.parse(reports[0]).getroot()
    for more in (ET.parse(report).getroot() for report in reports[1:]):
        for count in ("tests", "failures", "disabled", "errors"):
            whole.set(count, str(int(whole.get(count, 0)) + int(more.get(count, 0))))
        whole.set("time", f"{float(whole.get('time', 0)) + float(more.get('time', 0)):.3f}")
        whole.extend(more)
    return ET.ElementTree(whole)


def count_module(parts, logs, totals):
    """One line, one log and one report of a module whose parts have all ended."""
    module = parts[0].module
    log, report = logs / f"{module}.log", logs / f"{module}.xml"
    passed = failed = skipped = 0
    note = " + ".join(f"{part.seconds:.1f}" for part in parts) + " s"
    for part in parts:
        if part.code != 0:
            totals.failure(part.command, part.code, log, text_of(part.log))
        if not part.report.exists():
            failed += 1
            note += "; died before its report"
            continue
        suite = ET.parse(part.report).getroot()
        wrong = int(suite.get("failures")) + int(suite.get("errors", 0))
        left_out = len(suite.findall(".//testcase/skipped"))
        passed += int(suite.get("tests")) - wrong - left_out
        failed += wrong if wrong or part.code == 0 else 1
        skipped += left_out
    if len(parts) > 1:
        report.unlink(missing_ok=True)
        log.write_text("".join(text_of(part.log) for part in parts), encoding="utf-8")
        reports = [part.report for part in parts if part.report.exists()]
        if reports:
            join_reports(reports).write(report, encoding="UTF-8", xml_declaration=True)
        for part in parts:
            part.log.unlink()
            part.report.unlink(missing_ok=True)
    totals.add(module, passed, failed, skipped, note)


def run_modules(programs, logs, environment, totals, at_once):
    """Tests know their databases, ports and folders by process id or chance, so programs may stand side by side."""
    parts = list(parts_of(programs, at_once))
    ended = {}
    pool = concurrent.futures.ThreadPoolExecutor(at_once)
    try:
        for run_of in concurrent.futures.as_completed([pool.submit(part.run, logs, environment) for part in parts]):
            part = run_of.result()
            done = ended.setdefault(part.module, [])
            done.append(part)
            if len(done) == part.shares:
                count_module(sorted(done, key=lambda one: one.share), logs, totals)
    finally:
        pool.shutdown(cancel_futures=True)


def unit(build, modules, logs, totals):
    programs = [p for p in build.glob("test_*") if p.is_file() and os.access(p, os.X_OK)]
    if modules:
        programs = [p for p in programs if p.name.removeprefix("test_") in modules]
    with tempfile.TemporaryDirectory(prefix="tongban-pg-") as place:
        started = subprocess.run([ROOT / "tools" / "pg_test_server", "start", place, "--fast"], capture_output=True, text=True)
        if started.returncode != 0:
            print(started.stdout, started.stderr)
            return totals.add("postgresql", 0, 1, note="the test server did not start")
        environment = os.environ | {"TONGBAN_TEST_POSTGRES": started.stdout.strip().splitlines()[-1]}
        try:
            run_modules(programs, logs, environment, totals, min(2, os.cpu_count() or 1))
        finally:
            subprocess.run([ROOT / "tools" / "pg_test_server", "stop", place], capture_output=True)


def counted(name, command, logs, totals, pattern, **options):
    """A command whose output says how many passed and failed, by two or three groups of `pattern`."""
    log = logs / f"{name}.log"
    code = run(command, log, totals, **options)
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
    code = run(["npm", "run", "--silent", "test"], log, totals, cwd=ROOT / "web", env=os.environ | {"NO_COLOR": "1"})
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
    if "fuzz" in kinds:
        counted("fuzz", [sys.executable, "test/fuzz/fuzz.py"], logs, totals, summary)
    if "plans" in kinds:
        counted("plans", [sys.executable, "test/plans/plans.py", "--build", str(build)], logs, totals, summary)
    if "web" in kinds:
        web(logs, totals)
    for kind in ("tck", "hostile", "run", "operations", "journeys"):
        if kind in kinds:
            script = "test/tck/tck.py" if kind == "tck" else f"test/journeys/{kind}.py"
            counted(kind, [sys.executable, script, "--build", str(build)], logs, totals, summary)
            for line in (logs / f"{kind}.log").read_text(encoding="utf-8").splitlines():
                if line.startswith("note: "):
                    print("  " + line)
    return totals.end()


if __name__ == "__main__":
    sys.exit(main())
