"""Submissions over HTTP beside the same SQL alone: pgbench on PostgreSQL, a bare loop on SQLite. Alternating rounds, medians."""
import json
import pathlib
import re
import shutil
import sqlite3
import statistics
import subprocess
import tempfile

import statements
from bench_site import ROOT, Site, must_all

CONNECTIONS = (1, 16, 64, 256)
SUBMISSIONS = {1: 300, 16: 1500, 64: 2000, 256: 2500}
SCRATCH = 1_000_000
PEOPLE_ON_POSTGRES = 256


class Postgres:
    """A throw-away PostgreSQL with its default durability."""

    def __enter__(self):
        started = subprocess.run([str(ROOT / "tools/pg_test_server"), "start"], capture_output=True, text=True, check=True).stdout.split("\n")
        self.folder = next(line for line in started if line.startswith("directory")).split(" ", 1)[1]
        self.url = [line for line in started if line][-1]
        return self

    def __exit__(self, *_):
        subprocess.run([str(ROOT / "tools/pg_test_server"), "stop", self.folder], check=False)


def captured(site, postgres):
    """The statements of one submission with marks, and the marked id of its draft."""
    found = []
    for one in site.fill_drafts(4):
        site.wait_until_quiet()
        with statements.Recorder(postgres.url, postgres.folder) as recorder:
            _, answers = site.load(site.submissions([one]), 1, answers=True)
            must_all(answers, 201)
            found.append(recorder.submission())
    one = statements.marked(found[-2], found[-1])
    draft = next(values[0] for sql, values in one if "FROM cases_draft" in sql)
    return one, draft


class Pgbench:
    """On a database of its own with the same schema: what it writes there no server has to understand."""

    def __init__(self, site, postgres, one, draft):
        self.folder = tempfile.TemporaryDirectory()
        statements.psql(postgres.url, "CREATE DATABASE baseline")
        self.url = postgres.url.rsplit("/", 1)[0] + "/baseline"
        subprocess.run([site.binary, "migrate", "--data", str(pathlib.Path(self.folder.name) / "data"), "--database", self.url], check=True,
                       capture_output=True)
        row = pathlib.Path(self.folder.name) / "draft"
        statements.psql(postgres.url, f"\\copy (SELECT * FROM cases_draft LIMIT 1) TO '{row}'")
        statements.psql(self.url, f"\\copy cases_draft FROM '{row}'")
        self.before = draft.split(statements.MARK)[0]
        self.scripts = {}
        for name, pipelined in (("plain", False), ("pipelined", True)):
            path = pathlib.Path(self.folder.name) / f"{name}.sql"
            path.write_text(statements.for_pgbench(one, draft, pipelined))
            self.scripts[name] = str(path)
        self.first = 0

    def drafts_for(self, clients, each):
        """Drafts under the numbers that these clients will come to."""
        low = self.first
        statements.psql(self.url, f"""
            INSERT INTO cases_draft SELECT (jsonb_populate_record(one.d, jsonb_build_object('id',
                '{self.before}' || lpad((c * {SCRATCH} + n)::text, {len(statements.MARK)}, '0')))).*
            FROM (SELECT t AS d FROM cases_draft t ORDER BY id DESC LIMIT 1) one,
                 generate_series(0, {clients - 1}) c, generate_series({low + 1}, {low + each}) n ON CONFLICT DO NOTHING""")

    def run(self, kind, clients, transactions):
        each = max(1, transactions // clients)
        self.drafts_for(clients, each)
        done = subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-t", str(each), "-D", f"n={self.first}",
                               "-f", self.scripts[kind], self.url], capture_output=True, text=True)
        self.first += each
        tps = re.search(r"tps = ([\d.]+)", done.stdout)
        if not tps or "aborted" in done.stderr:
            raise RuntimeError("pgbench: " + done.stderr[:1500])
        return float(tps[1])


def over_http(site, connections):
    drafts = site.fill_drafts(SUBMISSIONS[connections])
    site.wait_until_quiet()
    cpu = site.cpu_seconds()
    figures, answers = site.load(site.submissions(drafts), connections, answers=True)
    must_all(answers, 201)
    figures["cpu_us"] = (site.cpu_seconds() - cpu) / len(drafts) * 1e6
    return figures


def on_postgres(build, rounds):
    with Postgres() as postgres:
        site = Site(build, postgres.url, people=PEOPLE_ON_POSTGRES).prepare().start().sign_in_people()
        try:
            one, draft = captured(site, postgres)
            print(f"(one submission is {len(one)} statements)")
            site.fill_drafts(1)
            pgbench = Pgbench(site, postgres, one, draft)
            rows = []
            for connections in CONNECTIONS:
                clients = min(connections, 16)  # the server keeps sixteen connections, however many people come
                ours, plain, piped = [], [], []
                for _ in range(rounds):
                    plain.append(pgbench.run("plain", clients, SUBMISSIONS[connections]))
                    ours.append(over_http(site, connections))
                    piped.append(pgbench.run("pipelined", clients, SUBMISSIONS[connections]))
                rows.append(row_of("postgres", connections, ours, plain, piped))
            return rows
        finally:
            site.stop()
            site.close()


def row_of(database, connections, ours, baseline, piped=None, alone=None):
    median = statistics.median
    row = {"database": database, "connections": connections, "rate": median(one["rate"] for one in ours),
           "p50_ms": median(one["p50_ms"] for one in ours), "p95_ms": median(one["p95_ms"] for one in ours),
           "cpu_us": median(one["cpu_us"] for one in ours), "baseline": median(baseline),
           "ratio": median(one["rate"] / base for one, base in zip(ours, baseline))}
    if piped:
        row["ratio_to_pipelined"] = median(one["rate"] / base for one, base in zip(ours, piped))
    if alone:
        row["ratio_to_batch_1"] = median(one["rate"] / base for one, base in zip(ours, alone))
    return row


class BareLoop:
    """The statements on a copy of the site's own database, taken when it was empty of cases."""

    def __init__(self, site, one, draft):
        self.folder = tempfile.TemporaryDirectory()
        self.database = str(pathlib.Path(self.folder.name) / "bare.db")
        source = sqlite3.connect(pathlib.Path(site.data) / "tongban.db")
        source.execute(f"VACUUM INTO '{self.database}'")
        source.close()
        self.script = pathlib.Path(self.folder.name) / "statements"
        self.script.write_bytes(statements.for_sqlite(one))
        self.before, self.first, self.build = draft.split(statements.MARK)[0], 1, site.build

    def run(self, count, batch=8):
        database = sqlite3.connect(self.database)
        columns = [row[1] for row in database.execute("PRAGMA table_info(cases_draft)") if row[1] != "id"]
        names = ", ".join(columns)
        database.execute(f"""
            WITH RECURSIVE n(i) AS (SELECT {self.first} UNION ALL SELECT i + 1 FROM n WHERE i < {self.first + count - 1})
            INSERT INTO cases_draft (id, {names}) SELECT '{self.before}' || printf('%0{len(statements.MARK)}d', i), {names}
            FROM n, (SELECT {names} FROM cases_draft LIMIT 1)""")
        database.commit()
        database.close()
        done = subprocess.run([str(self.build / "bench_bare_sqlite"), self.database, str(self.script), str(count), str(batch),
                               str(self.first)], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        self.first += count
        return json.loads(done.stdout)["rate"]


def on_sqlite(build, rounds):
    with Postgres() as postgres:  # only to read the statements from its log
        site = Site(build, postgres.url, people=4).prepare().start().sign_in_people()
        try:
            one, draft = captured(site, postgres)
        finally:
            site.stop()
            site.close()
    site = Site(build).prepare().start().sign_in_people()
    try:
        site.fill_drafts(1)
        bare = BareLoop(site, one, draft)
        rows = []
        for connections in CONNECTIONS:
            ours, baseline, alone = [], [], []
            for _ in range(rounds):
                baseline.append(bare.run(SUBMISSIONS[connections]))
                ours.append(over_http(site, connections))
                if connections == 1:  # nobody is there to share the wait for the disk with
                    alone.append(bare.run(SUBMISSIONS[connections], batch=1))
            rows.append(row_of("sqlite", connections, ours, baseline, alone=alone))
        return rows
    finally:
        site.stop()
        site.close()
        shutil.rmtree(bare.folder.name, ignore_errors=True)


READS = ("/api/cases/mine", "/api/catalog/items/992080005001", "/api/notify/messages", "/api/identity/me")


def reads(build, database=""):
    """How long people wait for what they read, at 64 connections, while nothing else happens."""
    site = Site(build, database).prepare().start().sign_in_people()
    try:
        drafts = site.fill_drafts(200)
        _, answers = site.load(site.submissions(drafts), 16, answers=True)
        site.wait_until_quiet()
        numbers = [body["case_no"] for _, body in answers]
        wanted = []
        for n in range(4000):
            visitor, path = site.sessions[n % len(site.sessions)], READS[n % len(READS)]
            if n % 5 == 0:
                visitor, path = drafts[n % 200][0], f"/api/cases/mine/{numbers[n % 200]}"
            wanted.append(site.request(visitor, "GET", path))
        return site.load(wanted, 64)
    finally:
        site.stop()
        site.close()
