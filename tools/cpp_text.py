"""Reads C++ as text: what is code and what is not, where functions begin and end, statements to quote.

It leans on the house's format (clang-format, Google base) and on nothing else: the brace of a body follows a space, the brace
of an initializer follows its name.
"""
import dataclasses
import re

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|'
                   r"(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])*'", re.S)
CONTROL = re.compile(r"\b(if|for|while|switch|else|do|catch)\b")
TYPE = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b(?!.*\))", re.S)


def masked(text):
    """The same length and lines, but comments and preprocessor lines are blank, and strings are filled with 'x'."""

    def blank(match):
        found = match.group(0)
        fill = " " if found.startswith("/") else "x"
        inner = re.sub(r"[^\n]", fill, found)
        return inner if fill == " " else '"' + inner[1:-1] + '"'

    code = TOKEN.sub(blank, text)
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group(0)), code, flags=re.M)


def without_comments(text):
    """As it stands, strings too, but comments are blank."""
    return TOKEN.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)) if m.group(0).startswith("/") else m.group(0), text)


def raw_string_lines(text):
    """Numbers of the lines that raw strings stand on."""
    return {number for match in TOKEN.finditer(text) if match.group(0).startswith("R")
            for number in range(text.count("\n", 0, match.start()) + 1, text.count("\n", 0, match.end()) + 2)}


@dataclasses.dataclass
class Function:
    name: str   # as written: `decide_accept`, `Desk::accept`
    begin: int  # offset of its first character
    body: int   # offset of the opening brace
    end: int    # offset behind the closing brace
    first_line: int
    lines: int


def function_name(head):
    """`Result<Case> decide_accept(` -> decide_accept; the name before the first parenthesis outside template arguments."""
    found = re.search(r"((?:\w+(?:<[^<>()]*>)?::)*(?:~?\w+|operator\s*\S{1,3}))\s*\(", head)
    return found.group(1) if found else ""


def functions(text):
    """Every function with a body that is no part of another: free ones and members, also inside classes."""
    code = masked(text)
    stack, head = [], 0
    for at in re.finditer(r"[{};]|\b(?:public|private|protected):", code):
        if at.group(0) == "}":
            if not stack:
                continue
            kind, begin, body = stack.pop()
            if kind == "function":
                end = at.end()
                first = text.count("\n", 0, begin)
                yield Function(function_name(code[begin:body]), begin, body, end, first + 1, text.count("\n", begin, end) + 1)
            if kind != "initializer":
                head = at.end()
            continue
        inside = bool(stack) and stack[-1][0] in {"function", "block", "initializer"}
        if at.group(0) != "{":
            if not inside:
                head = at.end()
            continue
        begin = head + re.search(r"\S", code[head:] + "x").start()
        stack.append((kind_of(code[begin:at.start()], inside), begin, at.start()))
        if stack[-1][0] in {"type", "function"}:
            head = at.end()


def kind_of(head, inside):
    if inside:
        return "block"
    bare = head.rstrip()
    if bare.endswith("=") or (bare and bare == head) or head.count("(") > head.count(")"):
        return "initializer"
    if TYPE.search(head):
        return "type"
    return "function" if ")" in head and not CONTROL.match(head) else "initializer"


def find_function(text, name):
    """The text of the one function of that name, indented as it stands. LookupError says what is wrong."""
    found = [f for f in functions(text) if f.name == name or f.name.endswith("::" + name)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} functions are named {name}")
    return text[found[0].begin:found[0].end], found[0]


def find_statement(text, name, holding):
    """The one statement of that function which holds `holding`, with its indent taken away."""
    _, function = find_function(text, name)
    code = masked(text)
    begin, depth, found = function.body + 1, 0, []
    for at in range(function.body + 1, function.end - 1):
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(code[at], 0)
        if depth == 0 and code[at] in ";}" and not code[at + 1:].lstrip().startswith((";", ",", ")")):
            if holding in text[begin:at + 1]:
                found.append((begin, at + 1))
            begin = at + 1
    if len(found) != 1:
        raise LookupError(f"{len(found)} statements of {name} hold {holding}")
    begin, end = found[0]
    begin += len(code[begin:end]) - len(code[begin:end].lstrip())
    indent = begin - (text.rfind("\n", 0, begin) + 1)
    return re.sub(rf"^ {{{indent}}}", "", text[begin:end], flags=re.M)
