#!/usr/bin/env python3
"""new_module.py NAME: makes the rooms of a new module, src/NAME, with one small act that works from route to row on both databases
(an entry is added and listed), and its line at the end of src/modules.txt. Replace the act by the module's own, room by room.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PATTERNS = pathlib.Path(__file__).resolve().parent / "new_module"
PLACES = {"README.md": "README.md", "module.h": "{name}.h", "decide.h": "decide.h", "decide.cpp": "decide.cpp", "service.cpp": "service.cpp",
          "http.cpp": "http.cpp", "api.yaml": "api.yaml", "0001_open.sql": "migrations/0001_open.sql",
          "insert_entry.sql": "sql/insert_entry.sql", "load_entries.sql": "sql/load_entries.sql", "decide_test.cpp": "test/decide_test.cpp",
          "module_test.cpp": "test/{name}_test.cpp"}


class Refused(Exception):
    pass


def make(root, name):
    """Writes the files and returns their names."""
    modules = root / "src" / "modules.txt"
    text = modules.read_text(encoding="utf-8")
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name):
        raise Refused("a module's name is a word of docs/glossary.md in small letters: hotline, life_events")
    if re.search(rf"^{name}\s*:", text, re.M) or (root / "src" / name).exists():
        raise Refused(f"src/{name} is there already")
    made = []
    for pattern, place in PLACES.items():
        target = root / "src" / name / place.format(name=name)
        target.parent.mkdir(parents=True, exist_ok=True)
        content = (PATTERNS / pattern).read_text(encoding="utf-8")
        type_name = "".join(word.capitalize() for word in name.split("_"))
        target.write_text(content.replace("@name@", name).replace("@Name@", type_name), encoding="utf-8")
        made.append(target)
    head = root / "src" / name / "migrations" / ".head"
    head.write_text("0001_open\n", encoding="utf-8")
    modules.write_text(f"{text.rstrip()}\n{name:<10}: {'base store http':<56}:\n", encoding="utf-8")
    return [*made, head]


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    name = sys.argv[1]
    try:
        made = make(ROOT, name)
    except Refused as refusal:
        print(f"new-module: {refusal}", file=sys.stderr)
        return 1
    for path in made:
        print(path.relative_to(ROOT))
    print(f"""
Now:
  1. move its line in src/modules.txt to its floor, and list the doors it may use
  2. docs/glossary.md: a line for each new word
  3. src/app/house.cpp: make its object after those it uses, and add it to `all`
  4. ./dev fmt && ./dev test {name}""")
    return 0


if __name__ == "__main__":
    sys.exit(main())
