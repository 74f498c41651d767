#!/usr/bin/env python3
"""sqlgen.py NAME SRCDIR GENDIR: SRCDIR/sql/*.sql and SRCDIR/migrations/*.sql become GENDIR/sql.h and sql.cpp.

One query a file; a pair x.pg.sql / x.sqlite.sql where the databases must differ (line 1 says why). `-- Key $1, $2: …` in line 1
becomes Query::key.
Migrations are written for PostgreSQL; for SQLite the integer types become INTEGER, BYTEA becomes BLOB
and every table STRICT. Refused: a table without the module's own prefix, a type outside the common
subset, a `.head` that does not hold the last name.
"""
import pathlib
import re
import sys

TOKEN = re.compile(r"""--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|"[^"]*"|[A-Za-z_][A-Za-z_0-9]*|\$\d+"""
                   r"""|\d+(?:\.\d+)?|\s+|.""", re.S)
INTEGERS = {"BIGINT", "SMALLINT", "INT", "INTEGER"}
FOREIGN_TYPES = {"BOOLEAN", "BOOL", "SERIAL", "BIGSERIAL", "SMALLSERIAL", "TIMESTAMP", "TIMESTAMPTZ",
                 "DATETIME", "DATE", "JSON", "JSONB", "VARCHAR", "CHAR", "NUMERIC", "DECIMAL", "UUID",
                 "FLOAT", "DOUBLE", "BLOB", "TRIGGER", "AUTOINCREMENT"}
# Behind these words a table is named. ON only counts in CREATE INDEX … ON table.
TABLE_WORDS = {"FROM", "JOIN", "INTO", "UPDATE", "TABLE", "REFERENCES"}
ENDS_FROM = {"WHERE", "ON", "USING", "GROUP", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "RETURNING",
             "SET", "HAVING", "WINDOW", "VALUES", "SELECT", "JOIN", "LEFT", "INNER", "CROSS", "FULL", "RIGHT",
             "OFFSET", "FETCH"}
CATALOGUES = ("sqlite_", "pg_", "information_schema")


class Refused(Exception):
    pass


def tokens(text):
    return TOKEN.findall(text)


def is_silent(token):
    return token.isspace() or token.startswith("--") or token.startswith("/*")


def words(text):
    """Tokens that mean something, strings reduced to ''."""
    return ["''" if t.startswith("'") else t for t in tokens(text) if not is_silent(t)]


def is_name(token):
    return re.fullmatch(r"[A-Za-z_]\w*", token) is not None


def with_names(parts):
    """Names that WITH gives to its parts: `name AS (` and `name(columns) AS (`."""
    names = set()
    if not any(p.upper() == "WITH" for p in parts):
        return names
    for i in range(1, len(parts) - 1):
        opens = parts[i + 1] == "(" or parts[i + 1].upper() in ("MATERIALIZED", "NOT")
        if parts[i].upper() == "AS" and opens:
            at = i - 1
            if parts[at] == ")":
                while at > 0 and parts[at] != "(":
                    at -= 1
                at -= 1
            if is_name(parts[at]):
                names.add(parts[at].lower())
    return names


def named_after(parts, i):
    """Tables named behind the table word at i, commas followed for FROM."""
    found, at = [], i + 1
    while at < len(parts) and parts[at].upper() in ("IF", "NOT", "EXISTS", "ONLY", "LATERAL"):
        at += 1
    while at < len(parts) and is_name(parts[at]):
        if parts[at].upper() in ENDS_FROM:
            break
        is_call = at + 1 < len(parts) and parts[at + 1] == "(" and parts[i].upper() in ("FROM", "JOIN")
        if not is_call:
            found.append(parts[at])
        if parts[i].upper() != "FROM":
            break
        depth, at = 0, at + 1
        while at < len(parts):
            ends = parts[at] in (",", ")", ";") or parts[at].upper() in ENDS_FROM
            if depth == 0 and ends:
                break
            depth += {"(": 1, ")": -1}.get(parts[at], 0)
            at += 1
        if at < len(parts) and parts[at] == ",":
            at += 1
        else:
            break
    return found


def tables(text):
    parts = words(text)
    own = with_names(parts)
    found = []
    for i, part in enumerate(parts):
        word = part.upper()
        before = parts[i - 1].upper() if i else ""
        if word == "UPDATE" and before in ("DO", "FOR"):
            continue
        if word == "FROM" and (before == "DISTINCT" or inside_function(parts, i)):
            continue
        if word == "ON" and i >= 2 and "INDEX" in [p.upper() for p in parts[max(0, i - 6):i]]:
            found.append(parts[i + 1])
        elif word in TABLE_WORDS:
            found += named_after(parts, i)
    return [t for t in found if t.lower() not in own]


def inside_function(parts, i):
    """FROM of substring(x FROM 1), extract(… FROM …) and trim(… FROM …)."""
    depth = 0
    for at in range(i - 1, 0, -1):
        if parts[at] == ")":
            depth += 1
        elif parts[at] == "(":
            if depth == 0:
                return parts[at - 1].upper() in ("SUBSTRING", "EXTRACT", "TRIM")
            depth -= 1
    return False


def check_tables(module, path, text):
    for table in tables(text):
        allowed = table.startswith(module + "_") or (module == "store" and table.startswith(CATALOGUES))
        if not allowed:
            raise Refused(f"{path}: names the table {table}, which is not {module}'s. SQL of {module} names "
                          f"only {module}_… tables; ask the owner's door for the rest")


def check_types(path, text):
    for word in words(text):
        if word.upper() in FOREIGN_TYPES:
            raise Refused(f"{path}: {word} is outside the common subset. Ids, days and JSON are TEXT, "
                          f"instants and money BIGINT, flags SMALLINT, blobs BYTEA; no serial columns, no triggers")


def for_sqlite(text):
    """Type rules for SQLite; everything else stays as it is written."""
    out, depth, in_table = [], 0, False
    statement = []
    for token in tokens(text):
        word = token.upper()
        if not is_silent(token) and token != ";":
            statement.append(word)
        if statement[:2] == ["CREATE", "TABLE"]:
            in_table = True
        if word in INTEGERS:
            token = "INTEGER"
        elif word == "BYTEA":
            token = "BLOB"
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token == ";" and depth == 0:
            if in_table:
                token = " STRICT;"
            statement, in_table = [], False
        out.append(token)
    if in_table:
        out.append("\nSTRICT;")
    return "".join(out)


def tidy(text):
    """Without comment lines at the top and the closing semicolon: what is sent to the database."""
    lines = text.strip().splitlines()
    while lines and (lines[0].lstrip().startswith("--") or not lines[0].strip()):
        lines.pop(0)
    return "\n".join(lines).strip().rstrip(";").strip()


def key_of(path, text):
    """`1,2` of a first line `-- Key $1, $2: …`."""
    first = text.lstrip().splitlines()[0]
    if not first.startswith("-- Key"):
        return ""
    if not re.match(r"-- Key \$\d+(, \$\d+)*: ", first):
        raise Refused(f"{path}: a key is written -- Key $1, $2: why")
    return ",".join(re.findall(r"\$(\d+)", first.partition(":")[0]))


def read_queries(module, source):
    found, keys = {}, {}
    for path in sorted((source / "sql").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        check_tables(module, path, text)
        name, _, dialect = path.name[:-len(".sql")].partition(".")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or dialect not in ("", "pg", "sqlite"):
            raise Refused(f"{path}: a query is called name.sql, or name.pg.sql and name.sqlite.sql")
        if not tidy(text):
            raise Refused(f"{path}: holds no statement")
        if dialect and not text.lstrip().startswith("--"):
            raise Refused(f"{path}: line 1 of a pair says why the databases must differ (-- …)")
        found.setdefault(name, {})[dialect] = tidy(text)
        keys[name] = keys.get(name) or key_of(path, text)
    for name, texts in found.items():
        if set(texts) not in ({""}, {"pg", "sqlite"}):
            raise Refused(f"{source}/sql/{name}: either one {name}.sql, or the pair {name}.pg.sql and "
                          f"{name}.sqlite.sql")
    return {name: {**texts, "key": keys[name]} for name, texts in found.items()}


def read_migrations(module, source):
    found = []
    folder = source / "migrations"
    for path in sorted(folder.glob("*.sql")):
        if not re.fullmatch(r"\d{4}_[a-z0-9_]+", path.stem):
            raise Refused(f"{path}: a migration is called 0001_what_it_does.sql")
        text = path.read_text(encoding="utf-8")
        check_tables(module, path, text)
        check_types(path, text)
        found.append((path.stem, text))
    numbers = [int(name[:4]) for name, _ in found]
    if numbers != list(range(1, len(found) + 1)):
        raise Refused(f"{folder}: migrations are numbered 0001, 0002 … without gaps or doubles")
    if found:
        head = folder / ".head"
        said = head.read_text(encoding="utf-8").strip() if head.exists() else ""
        if said not in (found[-1][0], found[-1][0] + ".sql"):
            raise Refused(f"{head}: must hold the last migration's name, {found[-1][0]}")
    return found


def raw(text):
    return f'R"sql({text})sql"'


def header(module, queries):
    lines = [f"// Made by tools/sqlgen.py from src/{module}/sql and src/{module}/migrations.",
             "#pragma once", "", '#include "store/store.h"', "", f"namespace tongban::{module}::sql {{"]
    lines += [f"extern store::Query const {name};" for name in queries]
    lines += [f"}}  // namespace tongban::{module}::sql", "", f"namespace tongban::{module} {{",
              "store::Schema schema();", f"}}  // namespace tongban::{module}", ""]
    return "\n".join(lines)


def body(module, queries, migrations):
    lines = [f"// Made by tools/sqlgen.py from src/{module}/sql and src/{module}/migrations.",
             f'#include "{module}/sql.h"', "", f"namespace tongban::{module}::sql {{"]
    for name, texts in queries.items():
        sqlite = texts.get("sqlite", texts.get(""))
        postgres = texts.get("pg", texts.get(""))
        key = f',\n    "{texts["key"]}"' if texts["key"] else ""
        lines.append(f'constinit store::Query const {name}{{"{module}.{name}",\n'
                     f'    {raw(sqlite)},\n    {raw(postgres)}{key}}};')
    lines += [f"}}  // namespace tongban::{module}::sql", "", f"namespace tongban::{module} {{",
              "store::Schema schema() {", "    store::Schema made;"]
    for name, text in migrations:
        lines.append(f'    made.migrations.push_back({{"{module}", "{name}",\n'
                     f'    {raw(for_sqlite(text))},\n    {raw(text)}}});')
    if queries:
        lines.append(f"    made.queries = {{{', '.join('&sql::' + name for name in queries)}}};")
    lines += ["    return made;", "}", f"}}  // namespace tongban::{module}", ""]
    return "\n".join(lines)


def main():
    module, source, gen = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    try:
        queries = read_queries(module, source)
        migrations = read_migrations(module, source)
    except Refused as refused:
        print(f"sqlgen: {refused}", file=sys.stderr)
        return 1
    gen.mkdir(parents=True, exist_ok=True)
    (gen / "sql.h").write_text(header(module, queries), encoding="utf-8")
    (gen / "sql.cpp").write_text(body(module, queries, migrations), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
