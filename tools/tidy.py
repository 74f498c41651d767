#!/usr/bin/env python3
"""tidy.py [--build DIR] [--deep] [--only RULE]: the style as a test. Every message names its remedy; STYLE.md has the reasons.

Exceptions stand in tools/tidy_exceptions.json with their reason each; the lists only shrink: an entry that is no longer needed is
a finding. Without --deep, clang-tidy reads only the pure files (model, decide); with it every source (minutes).
"""
import argparse
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import re
import subprocess
import sys
import unicodedata

import cpp_text
import quote

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINE, FUNCTION, FILE = 110, 60, 600
ENGINES = {"rules", "forms", "sign"}
CPP = ("src/*.h", "src/*.cpp")
ALL_CPP = (*CPP, "test/*.h", "test/*.cpp", "sim/*.h", "sim/*.cpp")
WEB = ("web/*.ts", "web/*.vue", "web/*.mjs")
TESTS = ("src/*/test/*", "test/*", "web/*.test.ts", "tools/test_*.py", "tools/test/*")


class Tree:
    """The files of the project by name; those git ignores are not there."""

    def __init__(self, root):
        self.root = root
        listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, capture_output=True, check=True)
        self.names = sorted(n for n in listed.stdout.decode().split("\0") if n and (root / n).is_file())
        self.texts = {}

    def files(self, *patterns):
        return [n for n in self.names if any(fnmatch.fnmatchcase(n, p) for p in patterns)]

    def text(self, name):
        if name not in self.texts:
            self.texts[name] = (self.root / name).read_text(encoding="utf-8", errors="replace")
        return self.texts[name]

    def rooms(self):
        """modules.txt: name -> doors it may include."""
        allowed = {}
        for line in self.text("src/modules.txt").splitlines():
            if line and not line.startswith("#"):
                name, doors, _ = (part.strip() for part in line.split(":", 2))
                allowed[name] = doors.split()
        return allowed


class Findings:
    def __init__(self, exceptions):
        self.checks, self.found = 0, []
        self.exceptions = exceptions
        self.used = {rule: set() for rule in exceptions}

    def say(self, rule, key, message):
        if key in self.exceptions.get(rule, {}):
            self.used[rule].add(key)
        else:
            self.found.append((rule, message))

    def check(self):
        self.checks += 1

    def say_unused(self):
        for rule, keys in self.exceptions.items():
            for key in keys:
                if key not in self.used[rule]:
                    self.found.append((rule, f"{key} is no longer an exception; delete it from tools/tidy_exceptions.json"))


def room_of(name):
    return name.split("/")[1]


def is_test(name):
    return "/test/" in name or name.startswith("test/")


def number_of(text, offset):
    return text.count("\n", 0, offset) + 1


def check_order(tree, findings):
    allowed = tree.rooms()
    names = list(allowed)
    for name, doors in allowed.items():
        findings.check()
        for door in doors:
            if door not in names or names.index(door) >= names.index(name):
                findings.say("order", f"{name}:{door}", f"modules.txt: {name} lists {door}, which does not stand earlier; "
                             "move the line, or let the later room hear an event")
    for name in tree.files(*CPP):
        room = room_of(name)
        if room not in allowed:
            continue
        findings.check()
        for other, rest in re.findall(r'^\s*#include "([a-z_]+)/([^"]+)"', tree.text(name), re.M):
            if other not in allowed or other == room:
                continue
            key = f"{name}:{other}/{rest}"
            if other not in allowed[room] and not is_test(name):
                findings.say("order", key, f"{name} includes {other}, which src/modules.txt does not allow to {room}; list it "
                             "there if it stands earlier, else use an event")
            elif rest != f"{other}.h" and not (is_test(name) or other == "base"):
                findings.say("door", key, f"{name} includes {other}/{rest}; include the door {other}/{other}.h and put there "
                             "what you miss")


NAMELESS = {"util", "utils", "utility", "utilities", "helper", "helpers", "manager", "managers", "common", "commons", "misc"}


def words_of(name):
    """The words of a name in any of the spellings: snake_case, kebab-case, PascalCase."""
    return re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower())


def check_names(tree, findings):
    remedy = "name it by what it is or does, not utils, helper, manager, common or misc"
    for name in tree.names:
        findings.check()
        if any(NAMELESS & set(words_of(part)) for part in name.split("/")):
            findings.say("names", name, f"{name}: {remedy}")
    for name in tree.files(*ALL_CPP, *WEB):
        text = tree.text(name)
        code = cpp_text.masked(text) if name.endswith((".h", ".cpp")) else text
        declared = r"^\s*(?:export )?(?:class|struct|enum class|enum|namespace|interface|type|function|const) +(?:\[\[\w+\]\] )?(\w+)"
        for found in re.finditer(declared, code, re.M):
            if NAMELESS & set(words_of(found.group(1))):
                findings.say("names", f"{name}:{found.group(1)}", f"{name}:{number_of(code, found.start(1))}: "
                             f"{found.group(1)}: {remedy}")
    check_one_name(tree, findings)


def check_one_name(tree, findings):
    """Module = namespace = URL segment = permission prefix. (The table prefix is sqlgen's to check.)"""
    rooms = tree.rooms()
    for name in tree.files(*CPP):
        room = room_of(name)
        if room in {"base"} or room not in rooms or is_test(name):
            continue
        findings.check()
        text = tree.text(name)
        if name.endswith(".h") and f"namespace tongban::{room}" not in text:
            findings.say("names", f"{name}:namespace", f"{name}: its namespace is tongban::{room}, as the folder says")
        for permission in re.findall(r'Permission(?: \w+)?\{"(\w+)\.', text):
            if permission != room:
                findings.say("names", f"{name}:{permission}", f"{name}: a permission of {room} begins with {room}., not "
                             f"{permission}.")
    for name in tree.files("src/*/api.yaml"):
        if is_test(name):
            continue
        findings.check()
        for path in re.findall(r"^  (/\S*):", tree.text(name), re.M):
            if room_of(name) != "http" and not path.startswith(f"/api/{room_of(name)}/"):
                findings.say("names", f"{name}:{path}", f"{name}: {path}: the routes of {room_of(name)} stand under "
                             f"/api/{room_of(name)}/")


IMPURE = re.compile(r'#include "(store|http)/|SystemClock|\brandom_(bytes|digits|code)\b|\bmake_id\(|std::chrono::system_clock')


def check_pure(tree, findings):
    for name in tree.files(*CPP):
        stem = pathlib.PurePath(name).stem
        if is_test(name) or not (stem in {"model", "decide"} or room_of(name) in ENGINES):
            continue
        findings.check()
        for match in IMPURE.finditer(cpp_text.without_comments(tree.text(name))):
            findings.say("pure", f"{name}:{match.group(0)}", f"{name} has {match.group(0)}; model, decide and engines take "
                         "today, ids and seeds as arguments")


BOOL = re.compile(r"(?:\(\s*(?:const\s+)?bool\s+(?:const\s+)?\w+\s*(?=,)|"
                  r",\s*(?:const\s+)?bool\s+(?:const\s+)?\w+\s*(?:=\s*(?:true|false)\s*)?(?=[,)])|"
                  r"\(\s*(?:const\s+)?bool\s+(?:const\s+)?\w+\s*=\s*(?:true|false)\s*(?=\)))")


def check_bool_parameters(tree, findings):
    """In headers, because their functions are called far away. A bool alone is no riddle: it is what the function is about."""
    for name in tree.files("src/*.h", "test/*.h"):
        findings.check()
        text = tree.text(name)
        code = cpp_text.masked(text)
        for match in BOOL.finditer(code):
            number = number_of(code, match.end())
            findings.say("bool", f"{name}:{text.splitlines()[number - 1].strip()}", f"{name}:{number}: a bool parameter says nothing "
                         "where it is called; make it an enum")


def columns(line):
    """Width on a screen: Han characters take two columns."""
    return len(line) + sum(unicodedata.east_asian_width(c) in "WF" for c in line if c > "\x7f")


def check_sizes(tree, findings):
    for name in tree.files(*ALL_CPP, *WEB, "*.py", "test/*.py"):
        findings.check()
        text = tree.text(name)
        lines = text.splitlines()
        if len(lines) > FILE and not name.endswith("generated.ts"):
            findings.say("file", name, f"{name} has {len(lines)} lines; over {FILE} it wants to be a folder")
        if not name.endswith((".h", ".cpp")):
            continue
        raw = cpp_text.raw_string_lines(text)
        for number, line in enumerate(lines, 1):
            if columns(line) > LINE and "://" not in line and number not in raw:  # these cannot be broken
                findings.say("line", f"{name}:{line.strip()}", f"{name}:{number} has {columns(line)} columns; break it before {LINE}")
        for function in cpp_text.functions(text):
            if function.lines > FUNCTION and not (is_test(name) and function.name.startswith("TEST")):
                findings.say("function", f"{name}:{function.name}", f"{name}:{function.first_line}: {function.name} has "
                             f"{function.lines} lines; over {FUNCTION} it does two things")


# A refusal's name is a sentence: words around a verb. Others stand where an Error is made.
SENTENCE = re.compile(r'(?<!["\w])"((?:[a-z0-9]+_)+(?:is|are|was|were|has|have|may|needs?|names|does|do|cannot|must|differs|stands|'
                      r'goes|refers|fits?|fit|breaks|took)(?:_[a-z0-9]+)+)"')
MADE = re.compile(r'(?:ErrorKind::\w+,|\bconflict\()\s*"([a-z0-9]+(?:_[a-z0-9]+)+)"')
LOGGED = re.compile(r'log\(LogLevel::\w+,\s*"\w+"')


def refusals(text):
    code = LOGGED.sub("", cpp_text.without_comments(text))
    return set(SENTENCE.findall(code)) | set(MADE.findall(code))


def check_tests_name_everything(tree, findings):
    """Every refusal and every route is named by some test."""
    tests = "\n".join(tree.text(n) for n in tree.files(*TESTS) if not n.endswith((".pdf", ".png")))
    named = set(re.findall(r"[a-z][a-z0-9_]*", tests))
    codes = {}
    for name in tree.files("src/*.cpp"):
        if not is_test(name):
            for code in refusals(tree.text(name)):
                codes.setdefault(code, name)
    for code, name in sorted(codes.items()):
        findings.check()
        if code not in named:
            findings.say("untested", code, f"{name}: no test names the refusal {code}; write the case that leads to it")
    lines = [line for line in tests.splitlines() if "/" in line]
    for name in tree.files("src/*/api.yaml"):
        for path in [] if is_test(name) else re.findall(r"^  (/\S*):", tree.text(name), re.M):
            findings.check()
            parts = re.split(r"\{\w+\}", path)
            if not any(holds_in_order(line, parts) for line in lines):
                findings.say("untested", path, f"{name}: no test calls {path}; one scenario at least belongs to each route")


def holds_in_order(line, parts):
    at = 0
    for part in parts:
        at = line.find(part, at)
        if at < 0:
            return False
        at += len(part)
    # `/api/cases/mine` is not named by `/api/cases/mine/7`, nor by `/api/cases/mine` + a letter.
    return bool(parts[-1] == "" or parts[-1].endswith("/") or not re.match(r"[\w/-]", line[at:at + 1]))


def check_queries(tree, findings):
    """Every query is asked by its module's own code: `sql::name`."""
    for name in tree.files("src/*/sql/*.sql"):
        room, query = room_of(name), name.rsplit("/", 1)[1].split(".")[0]
        findings.check()
        sources = [n for n in tree.files(f"src/{room}/*.cpp", f"src/{room}/*.h") if not is_test(n)]
        if not any(re.search(rf"\bsql::{query}\b", tree.text(n)) for n in sources):
            findings.say("query", name, f"{name}: nothing in src/{room} asks sql::{query}; delete the file")


BANNED = re.compile(r"/wor[k]/|/roo[t]/|\bT[O]DO\b|\bF[I]XME\b|\bX[X]X\b|https?://(registry|deb|security)\.")
BINARY = (".png", ".jpg", ".jpeg", ".gz", ".br", ".pdf", ".ttf", ".otf", ".woff2", ".ico", ".db", "package-lock.json")


def check_texts(tree, findings):
    for name in tree.names:
        if name.endswith(BINARY):
            continue
        findings.check()
        for number, line in enumerate(tree.text(name).splitlines(), 1):
            if match := BANNED.search(line):
                findings.say("text", f"{name}:{match.group(0)}", f"{name}:{number}: {match.group(0)} does not belong into the "
                             "tree; finish it, or say it without machine paths")


def check_dependencies(tree, findings):
    decided = "\n".join(tree.text(n) for n in tree.files("docs/adr/*.md"))
    web = "\n".join(tree.text(n) for n in tree.files("web/*", "test/*") if not n.endswith((*BINARY, "package.json")))
    for manifest in tree.files("web/package.json", "web/apps/*/package.json", "web/packages/*/package.json",
                               "test/bench/package.json"):
        content = json.loads(tree.text(manifest))
        scripts = " ".join(content.get("scripts", {}).values())
        for name, version in (content.get("dependencies", {}) | content.get("devDependencies", {})).items():
            if name.startswith("@tongban/"):
                continue
            findings.check()
            if not re.fullmatch(r"\d+\.\d+\.\d+", version):
                findings.say("pin", name, f"{manifest}: {name} {version}; pin the exact version")
            if f"`{name}`" not in decided:
                findings.say("why", name, f"{name} has no line of why in docs/adr/; add one, or drop the dependency")
            if name.removeprefix("@types/") not in web + scripts and not (name == "typescript" and "tsc" in web + scripts):
                findings.say("unused", name, f"{manifest}: nothing in web/ names {name}; drop it")
    for block in re.findall(r'PACKAGES="([^"]+)"', tree.text("tools/dev-install.sh")):
        for name in block.split():
            findings.check()
            if f"`{name}`" not in decided:
                findings.say("why", name, f"the Debian package {name} has no line of why in docs/adr/; add one, or drop it")


def check_quotes(tree, findings):
    def read(name):
        if name not in tree.names:
            raise FileNotFoundError(name)
        return tree.text(name)

    for name in tree.files("*.md"):
        for _, path, function, holding, quoted in quote.quotes(tree.text(name)):
            findings.check()
            try:
                stands = quote.taken(read, path, function, holding) == quoted
            except LookupError as gone:
                findings.say("quote", f"{name}:{path}", f"{name} quotes {path}: {gone}; quote what is there now")
                continue
            if not stands:
                findings.say("quote", f"{name}:{path}", f"{name} quotes {function or path} as it no longer is; run "
                             "python3 tools/quote.py, and read whether the words around it still hold")


def check_format(tree, findings):
    sources = tree.files("src/*.h", "src/*.cpp", "test/*.h", "test/*.cpp")
    done = subprocess.run(["clang-format-14", "--dry-run", *sources], capture_output=True, text=True, cwd=tree.root)
    for name in sorted(set(re.findall(r"^(\S+?):\d+:\d+: warning", done.stderr, re.M))):
        findings.say("format", name, f"{name} is not formatted; run ./dev fmt")
    findings.checks += len(sources)


def check_clang_tidy(tree, findings, build, deep):
    """Reads with the flags of the build, whose generated headers it needs; without a build it is left out, and says so."""
    sources = [n for n in tree.files("src/*.cpp") if deep or pathlib.PurePath(n).stem in {"model", "decide"}]
    wanted = {room_of(n) for n in tree.files("src/*/sql/*.sql", "src/*/data/*") if not is_test(n)}
    if missing := [room for room in sorted(wanted) if not list((build / "gen" / room).glob("*.h"))]:
        print(f"note: clang-tidy is left out, {build.name} holds no generated headers of {', '.join(missing)}; ./dev build first")
        return
    libraries = ["sqlite3", "libpq", "pangocairo", "pangoft2", "libqpdf", "vips", "re2", "openssl", "icu-uc", "libqrencode"]
    flags = subprocess.run(["pkg-config", "--cflags", *libraries], capture_output=True, text=True).stdout.replace("-I", "-isystem")
    given = ["--", "-std=c++20", "-Isrc", f"-I{build / 'gen'}", "-Itest", "-include", "tools/clang/source_location.h", *flags.split(),
             '-DTONGBAN_VERSION="0"', '-DFONTS_DIR=""', '-DPACKS_DIR=""', '-DTONGBAN_PACK=""', '-DTONGBAN_FONTS=""',
             '-DTONGBAN_PROGRAM=""', "-Wno-gnu-statement-expression"]

    def read(name):
        done = subprocess.run(["clang-tidy-14", "--quiet", "--warnings-as-errors=*", name, *given], capture_output=True, text=True,
                              cwd=tree.root)
        said = re.findall(r"^(.*?: error: .*)$", done.stdout, re.M)
        return said or ([f"{name}: clang-tidy ended with {done.returncode}: {done.stderr[-300:]}"] if done.returncode else [])

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        said = {line for lines in pool.map(read, sources) for line in lines}
    findings.checks += len(sources)
    for line in sorted(said):
        line = line.replace(f"{tree.root}/", "")
        findings.say("clang-tidy", line, line)


CHECKS = {"order": check_order, "names": check_names, "pure": check_pure, "bool": check_bool_parameters, "sizes": check_sizes,
          "tests": check_tests_name_everything, "queries": check_queries, "texts": check_texts, "dependencies": check_dependencies,
          "quotes": check_quotes, "format": check_format}


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--build", default="build/release")
    asked.add_argument("--deep", action="store_true")
    asked.add_argument("--only", choices=[*CHECKS, "clang-tidy"])
    options = asked.parse_args()
    tree = Tree(ROOT)
    findings = Findings(json.loads(tree.text("tools/tidy_exceptions.json")))
    for name, check in CHECKS.items():
        if options.only in {None, name}:
            check(tree, findings)
    if options.only in {None, "clang-tidy"}:
        check_clang_tidy(tree, findings, ROOT / options.build, options.deep)
    if options.only is None:
        findings.say_unused()
    for rule, message in findings.found:
        print(f"{rule}: {message}")
    print(f"{findings.checks - len(findings.found)} passed, {len(findings.found)} failed")
    return 1 if findings.found else 0


if __name__ == "__main__":
    sys.exit(main())
