#!/usr/bin/env python3
"""quote.py [FILE.md…]: takes the quotes of code in the pages afresh from the code (all pages that have some, unless named).

A quote is a fenced block whose first line says where it comes from; tidy checks that it still stands there:

    ```cpp src/cases/decide.cpp decide_accept              one function
    ```cpp src/cases/http.cpp desk_routes "acceptance"     the one statement of it that holds these letters
    ```sql src/cases/sql/save_case.sql                     a whole file
"""
import pathlib
import re
import sys

import cpp_text

ROOT = pathlib.Path(__file__).resolve().parent.parent
BLOCK = re.compile(r'^```(?:cpp|sql|yaml|sh|ts) (\S+/\S+)(?: ([\w:~]+))?(?: "([^"\n]+)")?\n(.*?)^```$', re.S | re.M)


def taken(read, path, function, holding):
    """What the quote should say. LookupError when it is not there."""
    try:
        text = read(path)
    except OSError as gone:
        raise LookupError(f"there is no {path}") from gone
    if holding:
        return cpp_text.find_statement(text, function, holding) + "\n"
    if function:
        return cpp_text.find_function(text, function)[0] + "\n"
    return text


def quotes(page):
    """(match, path, function or None, holding or None, quoted text) of each quote of a page."""
    for match in BLOCK.finditer(page):
        yield match, *match.groups()


def refreshed(page, read):
    def again(match):
        path, function, holding, old = match.groups()
        return match.group(0)[:match.start(4) - match.start(0)] + taken(read, path, function, holding) + "```"

    return BLOCK.sub(again, page)


def main() -> int:
    pages = [pathlib.Path(name) for name in sys.argv[1:]] or [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    for path in pages:
        page = path.read_text(encoding="utf-8")
        try:
            fresh = refreshed(page, lambda name: (ROOT / name).read_text(encoding="utf-8"))
        except LookupError as gone:
            print(f"quote: {path.name}: {gone}", file=sys.stderr)
            return 1
        if fresh != page:
            path.write_text(fresh, encoding="utf-8")
            print(f"{path.name}: quotes taken afresh")
    return 0


if __name__ == "__main__":
    sys.exit(main())
