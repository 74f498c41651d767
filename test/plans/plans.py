#!/usr/bin/env python3
"""plans.py --build DIR: no query reads a growing table from end to end. Every src/*/sql/*.sql is explained on both databases.

SQLite tells by the schema alone (`SCAN`). PostgreSQL reads small tables whole, so sequential scans are made expensive and a
plan that has one all the same has no other way. Tables that do not grow with cases are named here; what may scan all the
same is named with the reason. The last line is `N passed, N failed`.
"""
import argparse
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]

# An array in a parameter, what packs bring, or what is as many as bodies, items, terminals: it does not grow with cases, people or time.
SMALL = re.compile(r"^(json_each|org_\w+|catalog_\w+|notify_template|notify_sms\w*setting|licences_(type|template|authority|seal)|identity_limit"
                   r"|exchange_(resource|connector|source|breaker|health|secret)\w*|exchange_list|store_(migration|key|number|memory\w*|generation\w*|clock\w*|job)"
                   r"|supervision_(body|item|open|span)\w*)$")

# query -> why it may read a growing table whole. store_delivery and the unsealed tail are queues: they hold what waits, not what was.
ALLOWED = {
    "store.backlog": "counts queues, which are short: deliveries that wait, jobs, the unsealed tail",
    "store.due_deliveries": "reads the queue of deliveries, which is short",
    "store.bring_deliveries_forward": "the queue of deliveries, at start or when the clock was set back",
    "store.failing_work": "the queue of deliveries, for `doctor`",
    "store.unsealed_audit": "walks the partial index of the unsealed tail in its order",
    "store.count_unsealed_audit": "as above",
    "store.last_audit_seal": "walks the primary key from its end and stops at the first row",
    "files.newest_files": "walks the primary key from its end until five are found; `doctor` looks at them",
    "store.newest_seal": "walks the primary key from its end, twenty thousand rows at most",
    "exchange.count_open_corrections": "walks the partial index of what is open, which is short",
    "exchange.sent_corrections": "as above, of what was sent",
    "notify.count_waiting_sms": "walks the partial index of what waits",
    "notify.sms_standing": "as above",
    "supervision.empty_case": "`rebuild supervision` begins by emptying the projection",
    "identity.forget_firms": "an import says anew all that is in force, so that it writes nearly every row anyway",
    "identity.forget_mandates": "as above",
    "licences.forget_held": "as above",
    "identity.erase_ended_sessions": "a cleaning job over rows that live half a day at most",
    "identity.erase_old_attempts": "a cleaning job over rows that live a day at most",
    "identity.erase_old_codes": "a cleaning job over rows that live minutes",
}


def queries():
    """(name, dialect or '', sql) of each file."""
    for path in sorted(ROOT.glob("src/*/sql/*.sql")):
        parts = path.name.split(".")
        dialect = parts[1] if len(parts) == 3 else ""
        yield f"{path.parent.parent.name}.{parts[0]}", dialect, path.read_text(encoding="utf-8")


def bare(sql):
    return re.sub(r"--[^\n]*", "", sql).strip().rstrip(";")


def parameters(sql):
    return sorted({int(n) for n in re.findall(r"\$(\d+)", sql)})


def grows(table):
    return not SMALL.match(table) and not table.startswith("sqlite_")


def scans_on_sqlite(database, sql):
    text = bare(sql)
    values = {str(n): "1" for n in parameters(text)}
    plan = [row[3] for row in database.execute("EXPLAIN QUERY PLAN " + text, values)]
    aliases = aliases_of(text)
    found = arrays_unfolded_for_each_row(plan)
    for line in plan:
        scan = re.match(r"SCAN (\w+)", line)
        if scan and (table := aliases.get(scan[1], scan[1])) in aliases.values() and grows(table):
            found.append(f"{table}: {line}")
    return found


def arrays_unfolded_for_each_row(plan):
    """An array in a parameter belongs outside: unfolded anew for each row of a table, five hundred times five hundred take half a second.
    Behind a table's own key there is one row."""
    found = []
    for before, line in zip(plan, plan[1:]):
        if "VIRTUAL TABLE" in line and before.startswith("SEARCH") and "sqlite_autoindex" not in before and "PRIMARY KEY" not in before:
            found.append(f"{line}, for each row of: {before}")
    return found


def aliases_of(text):
    """alias -> table, for every FROM, JOIN, INTO and UPDATE."""
    names = {}
    for table, alias in re.findall(r"(?:FROM|JOIN|INTO|UPDATE)\s+([a-z]+_\w+)(?:\s+(?:AS\s+)?([a-z]\w*))?", text, re.I):
        names[alias if alias and alias.upper() not in ("WHERE", "SET", "ON", "ORDER", "USING", "JOIN", "LEFT", "VALUES", "GROUP", "LIMIT") else
              table] = table
        names[table] = table
    return names


class Psql:
    """One session, question and answer."""

    def __init__(self, url):
        self.process = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", url], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        self.ask("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan;")

    def ask(self, sql):
        self.process.stdin.write(sql + "\n\\echo ~end\n")
        self.process.stdin.flush()
        lines = []
        while (line := self.process.stdout.readline().rstrip("\n")) != "~end":
            lines.append(line)
        return lines

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def scans_on_postgres(psql, sql):
    text = bare(sql)
    wrong = [line for line in psql.ask(f"DEALLOCATE ALL; PREPARE q AS {text};") if "ERROR" in line]
    if wrong:
        return wrong
    count = len(parameters(text))
    values = f"({', '.join(['NULL'] * count)})" if count else ""
    plan = psql.ask(f"EXPLAIN (COSTS OFF) EXECUTE q{values};")
    found = [line.strip() for line in plan if "ERROR" in line]
    for line in plan:
        scan = re.search(r"Seq Scan on (\w+)", line)
        if scan and grows(scan[1]):
            found.append(line.strip())
    return found


def judge(name, database, found, wrong):
    if found and name not in ALLOWED:
        wrong.append(f"{name} on {database}: {'; '.join(found)}")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--build", default="build/release")
    tongban = ROOT / options.parse_args().build / "tongban"
    asked = list(queries())
    passed, wrong = 0, []
    with tempfile.TemporaryDirectory(prefix="tongban-plans-") as folder:
        subprocess.run([tongban, "migrate", "--data", f"{folder}/sqlite"], check=True, capture_output=True)
        sqlite = sqlite3.connect(f"{folder}/sqlite/tongban.db")
        started = subprocess.run([ROOT / "tools/pg_test_server", "start", "--fast"], check=True, capture_output=True, text=True)
        lines = started.stdout.strip().splitlines()
        place, url = lines[-2].split(" ", 1)[1], lines[-1]
        try:
            subprocess.run([tongban, "migrate", "--data", f"{folder}/postgres", "--database", url], check=True, capture_output=True)
            psql = Psql(url)
            for name, dialect, sql in asked:
                before = len(wrong)
                if dialect != "pg":
                    judge(name, "SQLite", scans_on_sqlite(sqlite, sql), wrong)
                if dialect != "sqlite":
                    judge(name, "PostgreSQL", scans_on_postgres(psql, sql), wrong)
                passed += len(wrong) == before
            psql.close()
        finally:
            subprocess.run([ROOT / "tools/pg_test_server", "stop", place], capture_output=True)
    for line in wrong:
        print("FAILED", line)
    print(f"{passed} passed, {len(asked) - passed} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
