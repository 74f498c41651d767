#!/usr/bin/env python3
"""tidy.py [--build DIR] [--deep]: the style as a test. Every message names its remedy (STYLE.md has the reasons).

Exceptions stand in tools/tidy_exceptions.json; the lists only shrink: an entry that is no longer needed is a finding.
--deep also runs clang-tidy over every source (minutes); without it only over the pure files (model, decide).
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
LINE, FUNCTION, FILE = 110, 60, 600
ENGINES = {"rules", "forms", "sign"}
FORBIDDEN_NAMES = re.compile(r"(^|[_-])(utils?|helpers?|managers?|commons?|misc)([_.-]|$)")
IMPURE = re.compile(r'#include "(store|http)/|SystemClock|random_(bytes|digits|code)|make_id\(|std::chrono::system_clock')


def tracked(*patterns):
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=ROOT, capture_output=True,
                         text=True, check=True)
    return [ROOT / line for line in out.stdout.splitlines() if (ROOT / line).is_file()]


def rooms():
    """modules.txt: name -> doors it may include."""
    allowed = {}
    for line in (SRC / "modules.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, doors, _ = (part.strip() for part in line.split(":", 2))
            allowed[name] = doors.split()
    return allowed


class Findings:
    def __init__(self):
        self.checks, self.found = 0, []
        self.exceptions = json.loads((ROOT / "tools" / "tidy_exceptions.json").read_text(encoding="utf-8"))
        self.used = {rule: set() for rule in self.exceptions}

    def say(self, rule, key, message):
        if key in self.exceptions.get(rule, []):
            self.used[rule].add(key)
        else:
            self.found.append(f"{rule}: {message}")

    def check(self):
        self.checks += 1


def relative(path):
    return path.relative_to(ROOT).as_posix()


def check_order(findings):
    allowed = rooms()
    names = list(allowed)
    for name, doors in allowed.items():
        findings.check()
        for door in doors:
            if door not in names or names.index(door) >= names.index(name):
                findings.say("order", f"{name}:{door}", f"modules.txt: {name} lists {door}, which does not stand earlier; "
                             "move the line, or let the later room hear an event")
    for path in tracked("src/*.h", "src/*.cpp"):
        room = path.relative_to(SRC).parts[0]
        if room not in allowed:
            continue
        findings.check()
        test = "/test/" in path.as_posix()
        for other, rest in re.findall(r'#include "([a-z_]+)/([^"]+)"', path.read_text(encoding="utf-8")):
            if other not in allowed or other == room:
                continue
            key = f"{relative(path)}:{other}/{rest}"
            if other not in allowed[room] and not test:
                findings.say("order", key, f"{relative(path)} includes {other}, which src/modules.txt does not allow to "
                             f"{room}; list it there if it stands earlier, else use an event")
            elif rest != f"{other}.h" and not (test or other == "base"):
                findings.say("door", key, f"{relative(path)} includes {other}/{rest}; include the door {other}/{other}.h "
                             "and put there what you miss")


def check_names(findings):
    for path in tracked():
        findings.check()
        for part in path.relative_to(ROOT).parts:
            if FORBIDDEN_NAMES.search(part.rsplit(".", 1)[0]) and "node_modules" not in part:
                findings.say("names", relative(path), f"{relative(path)}: name the thing by what it is, not utils, helper, "
                             "manager, common or misc")
    for path in tracked("src/*.h"):
        room = path.relative_to(SRC).parts[0]
        text = path.read_text(encoding="utf-8")
        if room != "base" and room in rooms() and f"namespace tongban::{room}" not in text:
            findings.say("names", relative(path) + ":namespace", f"{relative(path)}: its namespace is tongban::{room}, as the "
                         "folder says")


def check_pure(findings):
    for path in tracked("src/*.h", "src/*.cpp"):
        room = path.relative_to(SRC).parts[0]
        pure = path.stem in {"model", "decide"} or (room in ENGINES and "/test/" not in path.as_posix())
        if not pure:
            continue
        findings.check()
        for match in IMPURE.finditer(path.read_text(encoding="utf-8")):
            findings.say("pure", f"{relative(path)}:{match.group(0)}", f"{relative(path)} has {match.group(0)}; model, decide "
                         "and engines take today, ids and seeds as arguments")


def check_bool_parameters(findings):
    declaration = re.compile(r"[(,]\s*(?:const\s+)?bool\s+(?:const\s+)?[a-z_]+\s*(?:=\s*(?:true|false)\s*)?(?=[,)])")
    for path in tracked("src/*.h"):
        findings.check()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if declaration.search(line.split("//")[0]) and "ensure(" not in line and "to_value(" not in line:
                findings.say("bool", f"{relative(path)}:{line.strip()}", f"{relative(path)}:{number}: a bool parameter says "
                             "nothing where it is called; make it an enum")


def check_sizes(findings):
    sources = tracked("src/*.h", "src/*.cpp", "test/*.h", "test/*.cpp", "tools/*.py", "test/*.py", "web/*.ts", "web/*.vue",
                      "web/*.mjs", "sim/*.cpp")
    for path in sources:
        findings.check()
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > FILE:
            findings.say("file", relative(path), f"{relative(path)} has {len(lines)} lines; over {FILE} it wants to be a folder")
        for number, line in enumerate(lines, 1):
            # Han characters are two columns wide on a screen but one here: the limit is about reading, not bytes.
            if len(line) > LINE + 10 and path.suffix in {".h", ".cpp"} and "http" not in line and 'R"' not in line:
                findings.say("line", f"{relative(path)}:{number}", f"{relative(path)}:{number} has {len(line)} characters; "
                             f"break it before {LINE}")
        if path.suffix == ".cpp" and "/test/" not in path.as_posix():
            for start, length in function_lengths(lines):
                if length > FUNCTION:
                    findings.say("function", f"{relative(path)}:{lines[start].strip()}", f"{relative(path)}:{start + 1}: this "
                                 f"function has {length} lines; over {FUNCTION} it does two things")


def function_lengths(lines):
    """Functions at the outermost or class level, by the house's format: the body closes at its own indent."""
    start = None
    for number, line in enumerate(lines):
        if start is None and re.match(r"^( {0,4})[A-Za-z_~].*\) ?(const|override|noexcept|-> .*)? ?\{$", line):
            if not re.match(r"^\s*(if|for|while|switch|namespace|else)\b", line):
                start = number
        elif start is not None and re.match(r"^( {0,4})\}", line):
            if len(line) - len(line.lstrip()) <= len(lines[start]) - len(lines[start].lstrip()):
                yield start, number - start + 1
                start = None


def check_tests_name_everything(findings):
    """Every refusal code of the API's words and every query file is named by some test or generated check."""
    tests = "\n".join(p.read_text(encoding="utf-8", errors="replace")
                      for p in tracked("src/*/test/*", "test/*", "web/*.test.ts", "tools/test_*.py"))
    for path in tracked("src/*.cpp"):
        if "/test/" in path.as_posix():
            continue
        text = path.read_text(encoding="utf-8")
        for code in re.findall(r'ErrorKind::\w+,\s*"([a-z0-9_]+)"', text) + re.findall(r'conflict\("([a-z0-9_]+)"', text):
            findings.check()
            if code not in tests:
                findings.say("untested", code, f"{relative(path)}: no test names the refusal {code}; write the case that "
                             "leads to it")


def check_texts(findings):
    banned = re.compile(r"/wor[k]/|/roo[t]/|\bT[O]DO\b|\bF[I]XME\b|\bX[X]X\b|https?://(registry|deb|security)\.")
    for path in tracked():
        if path.suffix in {".png", ".jpg", ".gz", ".br", ".pdf", ".ttf", ".otf"} or path.name == "package-lock.json":
            continue
        findings.check()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if (match := banned.search(line)) and path.name != "tidy.py":
                findings.say("text", f"{relative(path)}:{match.group(0)}", f"{relative(path)}:{number}: {match.group(0)} does not "
                             "belong into the tree; finish it, or say it without machine paths")


def check_dependencies(findings):
    decided = "\n".join(p.read_text(encoding="utf-8") for p in tracked("docs/adr/*.md"))
    for manifest in tracked("web/package.json", "web/apps/*/package.json", "web/packages/*/package.json"):
        content = json.loads(manifest.read_text(encoding="utf-8"))
        for name, version in (content.get("dependencies", {}) | content.get("devDependencies", {})).items():
            if name.startswith("@tongban/"):
                continue
            findings.check()
            if not re.fullmatch(r"\d+\.\d+\.\d+", version):
                findings.say("pin", f"{name}", f"{relative(manifest)}: {name} {version}; pin the exact version")
            if f"`{name}`" not in decided:
                findings.say("why", name, f"{name} has no line of why in docs/adr/; add one, or drop the dependency")
    install = (ROOT / "tools" / "dev-install.sh").read_text(encoding="utf-8")
    for block in re.findall(r'PACKAGES="([^"]+)"', install):
        for name in block.split():
            findings.check()
            if f"`{name}`" not in decided:
                findings.say("why", name, f"the Debian package {name} has no line of why in docs/adr/")


def check_format(findings):
    sources = tracked("src/*.h", "src/*.cpp", "test/*.h", "test/*.cpp")
    done = subprocess.run(["clang-format-14", "--dry-run", *map(str, sources)], capture_output=True, text=True)
    for name in sorted(set(re.findall(r"^(\S+?):\d+:\d+: warning", done.stderr, re.M))):
        findings.say("format", relative(pathlib.Path(name)), f"{relative(pathlib.Path(name))} is not formatted; run ./dev fmt")
    findings.checks += len(sources)


def check_clang_tidy(findings, build, deep):
    gen = build / "gen"
    if not gen.is_dir():
        return
    libraries = ["sqlite3", "libpq", "pangocairo", "pangoft2", "libqpdf", "vips", "re2", "openssl"]
    flags = subprocess.run(["pkg-config", "--cflags", *libraries], capture_output=True, text=True).stdout.split()
    sources = [p for p in tracked("src/*.cpp") if deep or p.stem in {"model", "decide"}]
    command = ["clang-tidy-14", "--quiet", "--warnings-as-errors=*", *map(str, sources), "--", "-std=c++20", f"-I{SRC}",
               f"-I{gen}", f"-I{ROOT / 'test'}", *flags]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    findings.checks += len(sources)
    for line in sorted(set(re.findall(r"^(.*?: error: .*)$", done.stdout, re.M))):
        findings.say("clang-tidy", line, line.replace(str(ROOT) + "/", ""))


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--build", default="build/release")
    asked.add_argument("--deep", action="store_true")
    options = asked.parse_args()
    findings = Findings()
    for check in (check_order, check_names, check_pure, check_bool_parameters, check_sizes, check_tests_name_everything,
                  check_texts, check_dependencies, check_format):
        check(findings)
    check_clang_tidy(findings, ROOT / options.build, options.deep)
    for rule, keys in findings.exceptions.items():
        for key in keys:
            if rule != "clang-tidy" and key not in findings.used[rule]:
                findings.found.append(f"{rule}: {key} is no longer an exception; delete it from tools/tidy_exceptions.json")
    for line in findings.found:
        print(line)
    print(f"{findings.checks - len(findings.found)} passed, {len(findings.found)} failed")
    return 1 if findings.found else 0


if __name__ == "__main__":
    sys.exit(main())
