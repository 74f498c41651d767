"""The same SQL: what the request of one submission asks and writes, as PostgreSQL logged it, made into scripts for the baselines.
What follows from it later (letters, the board, seals of the audit) is not in it.

Two submissions are logged. A text that differs between them carries an id; its last twelve characters become the mark, which the
baselines replace by a serial number, so that every transaction touches rows of its own as the real ones do.
"""
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARK = "##00000000##"
ENTRY = re.compile(r"^\[(\d+)\] (\w+):  (.*)$")
# How a statement that must touch so many rows goes to PostgreSQL (src/store/postgres_connection.cpp).
OWN_WORK = re.compile(r"\bFROM store_")  # what the store's own threads look for meanwhile
GUARDED = re.compile(r"^WITH touched AS \((.*)\nRETURNING 1\) SELECT 1 / .* AS guard FROM touched$", re.S)


def psql(url, sql):
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", url, "-c", sql], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"psql: {done.stderr}")
    return done.stdout.strip()


class Recorder:
    """Logs every statement of a PostgreSQL started by tools/pg_test_server in `folder`."""

    def __init__(self, url, folder):
        self.url, self.log = url, pathlib.Path(folder) / "data" / "server.log"

    def __enter__(self):
        self.size = self.log.stat().st_size
        for setting in ("log_statement = 'all'", "log_line_prefix = '[%p] '"):
            psql(self.url, f"ALTER SYSTEM SET {setting}")
        psql(self.url, "SELECT pg_reload_conf()")
        return self

    def __exit__(self, *_):
        for setting in ("log_statement", "log_line_prefix"):
            psql(self.url, f"ALTER SYSTEM RESET {setting}")
        psql(self.url, "SELECT pg_reload_conf()")

    def entries(self):
        """(process, kind, text) in order; lines that go on belong to the entry before."""
        found = []
        with open(self.log, encoding="utf-8", errors="replace") as file:
            file.seek(self.size)
            for line in file.read().split("\n"):
                if entry := ENTRY.match(line):
                    found.append([entry[1], entry[2], entry[3]])
                elif found and line.startswith("\t"):
                    found[-1][2] += "\n" + line[1:]
        return found

    def submission(self):
        """Of the one submission recorded, in order, as (sql, parameters); parameters are texts or None."""
        asked, written, last = [], {}, {}
        for process, kind, text in self.entries():
            if kind == "LOG" and (what := re.match(r"(?:execute [^:]*|statement): (.*)", text, re.S)):
                sql = what[1].strip().rstrip(";")
                word = sql.split(None, 1)[0].upper() if sql else ""
                last[process] = one = [sql, []]
                if word == "BEGIN":
                    written[process] = []
                elif word == "COMMIT":
                    if any("INTO cases_case" in sql for sql, _ in written.get(process, [])):
                        return asked + written[process]
                elif word == "SELECT" and not OWN_WORK.search(sql):
                    asked.append(one)
                elif word not in ("SELECT", "ROLLBACK"):
                    written.setdefault(process, []).append(one)
            elif kind == "DETAIL" and text.lower().startswith("parameters:") and process in last:
                last[process][1] = read_parameters(text)
        raise RuntimeError("the log of PostgreSQL shows no submission")


def read_parameters(text):
    return [None if value == "NULL" else value[1:-1].replace("''", "'")
            for value in re.findall(r"\$\d+ = (NULL|'(?:[^']|'')*')", text)]


def marked(first, second):
    """`first` with the mark where it differs from `second`."""
    texts = {}
    for (_, ours), (_, theirs) in zip(first, second):
        for a, b in zip(ours, theirs):
            if a != b and a and not a.startswith(("\\x", "[", "{")) and not re.fullmatch(r"-?\d+", a) and len(a) >= len(MARK):
                texts[a] = a[:-len(MARK)] + MARK
    def replaced(value):
        if value in texts:
            return texts[value]
        for text, with_mark in texts.items():  # inside JSON of events
            if value and len(text) >= 20 and text in value:
                return value.replace(text, with_mark)
        return value
    return [(sql, [replaced(value) for value in values]) for sql, values in first]


def literal(value, serial):
    if value is None:
        return "NULL"
    if MARK not in value:
        return quoted(value)
    before, after = value.split(MARK)[0], value.split(MARK)[-1]
    return f"({quoted(before)} || lpad({serial}::text, {len(MARK)}, '0') || {quoted(after)})"


def quoted(text):
    """pgbench takes every colon for a variable, inside quotes too."""
    if ":" not in text:
        return "'" + text.replace("'", "''") + "'"
    return "U&'" + text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\003a") + "'"


def for_pgbench(statements, draft, pipelined=False):
    """A script for pgbench. Each client counts for itself; `draft` (its marked id) must be there beforehand."""
    lines = ["\\set n :n + 1", "\\set serial :client_id * 1000000 + :n", "BEGIN;"]
    if pipelined:
        lines.insert(2, "\\startpipeline")
    for sql, values in statements:
        text = re.sub(r"--[^\n]*", "", sql)
        for at in range(len(values), 0, -1):
            text = re.sub(rf"\${at}\b", lambda _, at=at: literal(values[at - 1], ":serial"), text)
        lines.append(" ".join(text.split()) + ";")
    lines.append("COMMIT;")
    if pipelined:
        lines.append("\\endpipeline")
    return "\n".join(lines) + "\n"


def without_comments(sql):
    return " ".join(re.sub(r"--[^\n]*", "", sql).split()).rstrip(";")


def texts_for_sqlite():
    """What is written otherwise on SQLite: the text for PostgreSQL -> the text for SQLite."""
    pairs = ((path, path.with_name(path.name.replace(".pg.", ".sqlite."))) for path in ROOT.glob("src/*/sql/*.pg.sql"))
    return {without_comments(ours.read_text()): without_comments(theirs.read_text()) for ours, theirs in pairs}


def for_sqlite(statements):
    """The file that bare_sqlite reads."""
    out, otherwise = b"", texts_for_sqlite()
    for sql, values in statements:
        guarded = GUARDED.match(sql)
        text = without_comments(guarded[1] if guarded else sql)
        text = otherwise.get(text, text).encode()
        out += b"%d %d\n" % (len(text), len(values)) + text + b"\n"
        for value in values:
            kind, data = "t", (value or "").encode()
            if value is None:
                kind = "n"
            elif value.startswith("\\x"):
                kind, data = "b", bytes.fromhex(value[2:])
            out += f"{kind} {len(data)}\n".encode() + data + b"\n"
    return out
