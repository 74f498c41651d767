#!/usr/bin/env python3
"""operations.py --build DIR [--only NAME]: what those who run a site live through, with the real program.

Packs imported beside running servers (one process on SQLite, two on PostgreSQL); a back-up made under load and restored
elsewhere; the disk full; the clock set back; PostgreSQL restarted under load; commands that are wrong; the doctor's
verdicts. The last line is `N passed, N failed`.
"""
import argparse
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import bad_days  # noqa: E402
import program  # noqa: E402
from program import until  # noqa: E402

SERVER = program.ROOT / "tools" / "pg_test_server"
DESK, MINE = "/api/cases/desk/cases/", "/api/cases/mine/"


@contextlib.contextmanager
def postgres(*options):
    with tempfile.TemporaryDirectory(prefix="tongban-pg-") as place:
        started = subprocess.run([SERVER, "start", *options, place], capture_output=True, text=True)
        if started.returncode != 0:
            raise RuntimeError("the PostgreSQL of the test did not start: " + started.stderr)
        try:
            yield place, started.stdout.strip().splitlines()[-1]
        finally:
            subprocess.run([SERVER, "stop", place], capture_output=True)


@contextlib.contextmanager
def site(build, database="", start=True):
    made = program.Program(build, database, web=False)
    try:
        made.prepare()
        yield made.start() if start else made
    finally:
        made.close()


class Second(program.Program):
    """Another server process on the data of the first."""

    def __init__(self, first):
        self.__dict__.update(first.__dict__)
        self.folder = tempfile.TemporaryDirectory(prefix="tongban-second-")
        self.port, self.process = 0, None


SIGNED_IN = {}  # (port, account): sign-ins are limited by address, so everybody signs in once a journey


def person_at(port, account=program.RESIDENT):
    if (port, account) not in SIGNED_IN:
        SIGNED_IN[port, account] = program.resident(port, account)
    return SIGNED_IN[port, account]


def officer_at(port, number):
    if (port, number) not in SIGNED_IN:
        SIGNED_IN[port, number] = program.staff(port, number)
    return SIGNED_IN[port, number]


def command(place, *verb, **options):
    return subprocess.run([place.binary, *verb], capture_output=True, text=True, **options)


def filed(port, account=program.RESIDENT):
    person = person_at(port, account)
    return program.submit(person, *program.filled_draft(person))["case_no"]


def accept(port, number):
    clerk = officer_at(port, program.CLERK)
    return clerk.must("POST", DESK + number + "/acceptance", {"version": clerk.must("GET", DESK + number)["version"]})


def approve(port, number):
    reviewer = officer_at(port, program.REVIEWER)
    version = reviewer.must("GET", DESK + number)["version"]
    reviewer.must("POST", DESK + number + "/decision", {"version": version, "verdict": "approve", "opinion": "材料齐全，同意出具。"})


def concluded(port, number, seconds=60):
    person = person_at(port)
    return until(lambda: (c := person.must("GET", MINE + number))["state"] == "concluded"
                 and all(letter["state"] == "ready" for letter in c["letters"]) and c, seconds)


# --- packs

def change(file, before, after):
    text = file.read_text(encoding="utf-8")
    assert before in text, f"{file} has no {before}"
    file.write_text(text.replace(before, after), encoding="utf-8")


def changed_pack(folder):
    """demo-city with another name, another phone, another message and another seal."""
    pack = pathlib.Path(folder) / "pack"
    shutil.copytree(program.ROOT / "packs" / "demo-city", pack)
    item = pack / "catalog" / "items" / program.ITEM / "item.json"
    whole = json.loads(item.read_text(encoding="utf-8"))
    change(item, f'"{whole["name"]}"', f'"{whole["name"]}（新）"')
    site_file = pack / "org" / "site.json"
    change(site_file, json.loads(site_file.read_text(encoding="utf-8"))["name"], "改名后的政务服务")
    templates = pack / "notify" / "templates.json"
    words = json.loads(templates.read_text(encoding="utf-8"))
    for each in words["templates"]:
        if each["kind"] == "cases.accepted":
            each["zh"]["title"] = "改过的消息题目"
    templates.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    resources = pack / "exchange" / "resources.json"
    first = json.loads(resources.read_text(encoding="utf-8"))["resources"][0]["name"]
    change(resources, f'"{first}"', f'"{first}（新）"')
    change(pack / "exchange" / "connectors" / "si.json", '"name": "社会保险信息库"', '"name": "改过的来源"')
    licence_type = next((pack / "licences").glob("types*.json"))
    name = json.loads(licence_type.read_text(encoding="utf-8"))["types"][0]["name"]
    change(licence_type, f'"name": "{name}"', f'"name": "{name}（新）"')
    return pack


def catalogue_is_new(port):
    answer = officer_at(port, "qu002").must("GET", "/api/exchange/resources")
    return "（新）" in json.dumps(answer, ensure_ascii=False)


def sources_at(port):
    return officer_at(port, "qu002").must("GET", "/api/exchange/sources")["sources"]


def imports_reach(places):
    """A case that is filed before and accepted after the import shows every room's news; a draft under way is handed in."""
    numbers = {place.port: filed(place.port) for place in places}
    drafts = {place.port: program.filled_draft(person_at(place.port, "19900000003"))[0] for place in places}
    with tempfile.TemporaryDirectory() as folder:
        places[0].run("import", str(changed_pack(folder)))
    for place in places:
        nobody = program.Visitor(place.port)
        until(lambda: nobody.must("GET", "/api/org/site")["name"] == "改名后的政务服务", 30)
        until(lambda: nobody.must("GET", f"/api/catalog/items/{program.ITEM}")["name"].endswith("（新）"), 30)
        until(lambda: catalogue_is_new(place.port), 30)
        until(lambda: any(each["name"] == "改过的来源" for each in sources_at(place.port)), 30)
        person, number = person_at(place.port), numbers[place.port]
        accept(place.port, number)
        titles = [m["title"] for m in person.must("GET", "/api/notify/messages")["messages"]]
        assert "改过的消息题目" in titles, titles
        approve(place.port, number)
        licence = concluded(place.port, number)["licence"]
        shown = person.must("GET", f"/api/licences/mine/{licence['id']}")
        assert shown["card"]["type_name"].endswith("（新）"), shown["card"]
        other, before = person_at(place.port, "19900000003"), drafts[place.port]
        after = other.must("GET", f"/api/cases/drafts/{before['id']}")
        assert after["item_changed"] and after["answers"] == before["answers"], after
        application = nobody.must("GET", f"/api/catalog/items/{program.ITEM}/application")
        assert program.submit(other, after, application)["item_name"].endswith("（新）")


def import_beside_one_server(build):
    with site(build) as place:
        imports_reach([place])


def import_beside_two_servers(build):
    with postgres("--fast") as (_, url), site(build, url) as first:
        second = Second(first)
        try:
            imports_reach([first, second.start()])
        finally:
            second.close()


# --- back-up

class Load:
    """People who file until told to stop, and what they were told."""

    def __init__(self, port, people=("19900000001", "19900000003", "19900000004")):
        self.port, self.stop = port, threading.Event()
        self.receipts, self.statuses, self.unanswered, self.wrong = [], [], {}, []
        self.threads = [threading.Thread(target=self.file_cases, args=(account,)) for account in people]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def ask(self, person, method, path, body=None):
        """Asks again, with the same key, while the answer is 503; every other refusal is wrong."""
        key, heard = uuid.uuid4().hex, []
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            headers = {"Content-Type": "application/json", "X-CSRF-Token": person.csrf, "Idempotency-Key": key,
                       "Cookie": "; ".join(f"{k}={v}" for k, v in person.cookies.items())}
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            self.statuses.append(answer.status)
            heard.append((answer.status, json.loads(content).get("code", "")))
            if answer.status != 503:
                break
            if not answer.headers.get("Retry-After"):
                self.wrong.append(f"{method} {path}: 503 without Retry-After")
            if not json.loads(content).get("detail"):
                self.wrong.append(f"{method} {path}: 503 without words: {content[:200]!r}")
            if method == "PUT" and json.loads(content)["code"] == "outcome_is_unknown":
                return None  # as it says: look first
            if self.stop.is_set():
                return None
            time.sleep(0.2)
        if answer.status not in (200, 201):
            self.wrong.append(f"{method} {path}: after {heard}: {json.loads(content)}")
            return None
        return json.loads(content)

    def file_cases(self, account):
        person = person_at(self.port, account)
        application = person.must("GET", f"/api/catalog/items/{program.ITEM}/application")
        saved, _ = program.filled_draft(person)
        save = {key: saved[key] for key in ("step", "answers", "materials", "collection") if key in saved}
        save["materials"] = [{k: m[k] for k in ("key", "way", "promise") if k in m} for m in save["materials"]]
        save["notice"] = program.agreed(application["notice"])
        person.must("DELETE", f"/api/cases/drafts/{saved['id']}", expect=204)
        while not self.stop.is_set():
            draft = self.ask(person, "POST", "/api/cases/drafts", {"item": program.ITEM, "region": program.STREET})
            if draft is None:
                continue
            draft = self.ask(person, "PUT", f"/api/cases/drafts/{draft['id']}", {"version": draft["version"], **save})
            if draft is None:
                continue
            receipt = self.ask(person, "POST", f"/api/cases/drafts/{draft['id']}/submission",
                               {"version": draft["version"], "declaration": program.agreed(application["declaration"])})
            if receipt is not None:
                self.receipts.append((account, receipt["case_no"], time.time()))

    def known(self, seconds=60, least=5):
        until(lambda: len(self.receipts) >= least, seconds)
        return list(self.receipts)


def backup_and_back(build, url="", target=""):
    with site(build, url) as place, tempfile.TemporaryDirectory() as folder:
        number = filed(place.port)
        accept(place.port, number)
        approve(place.port, number)
        done = concluded(place.port, number)
        backup, data = os.path.join(folder, "backup"), os.path.join(folder, "data")
        with Load(place.port) as load:
            before = load.known()
            said = place.run("backup", "--to", backup)
            load.known(least=len(load.receipts) + 1)
        assert "密钥不在备份里" in said and "The keys are not in it" in said, said
        assert not load.wrong, load.wrong[:3]
        assert command(place, "backup", "verify", backup).returncode == 0
        assert subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=backup).returncode == 0
        os.makedirs(data)
        to = ["--data", data, *(["--database", target] if target else [])]
        refused = command(place, "restore", backup, *to)
        assert refused.returncode == 1 and "keys_are_missing" in refused.stderr, refused.stderr
        shutil.copytree(os.path.join(place.data, "keys"), os.path.join(data, "keys"))
        restored = command(place, "restore", backup, *to)
        assert restored.returncode == 0, restored.stderr
        again = command(place, "restore", backup, *to)
        assert again.returncode == 1 and "place_is_not_empty" in again.stderr, again.stderr
        other = Second(place)
        other.data, other.database = data, (["--database", target] if target else [])
        other.start()
        try:
            other.run("audit", "verify")
            person = person_at(other.port)
            seen = person.must("GET", MINE + number)
            differs = {key: (value, seen.get(key)) for key, value in done.items() if seen.get(key) != value}
            assert not differs, f"the same case opens, but for {differs}"
            assert person.must("GET", f"/api/licences/mine/{seen['licence']['id']}/file").startswith(b"%PDF-")
            for account, case_no, _ in before:
                person_at(other.port, account).must("GET", MINE + case_no)
            unfinished = [case_no for account, case_no, _ in before if account == program.RESIDENT]
            for case_no in unfinished[:2]:
                until(lambda: all(l["state"] == "ready" for l in person.must("GET", MINE + case_no)["letters"]), 60)
            doctor = command(other, "doctor", *to, "--json")
            verdict = json.loads(doctor.stdout)
            assert doctor.returncode == 0, verdict
        finally:
            other.close()


def a_lost_file_is_named(build):
    with site(build) as place:
        number = filed(place.port)
        person = person_at(place.port)
        until(lambda: all(l["state"] == "ready" for l in person.must("GET", MINE + number)["letters"]), 60)
        lost = next(path for path in pathlib.Path(place.data, "files").rglob("*") if path.is_file())
        lost.unlink()
        backup = os.path.join(place.folder.name, "backup")
        made = command(place, "backup", "--to", backup, "--data", place.data)
        assert made.returncode == 1 and "files_are_missing" in made.stderr and lost.name in made.stderr, made.stderr
        assert command(place, "backup", "verify", backup).returncode == 0, "it is whole but for that"


def backup_of_sqlite(build):
    with postgres("--fast") as (_, url):
        subprocess.run(["psql", "-q", url, "-c", "CREATE DATABASE target TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"],
                       check=True)
        backup_and_back(build)
        backup_and_back(build, target=url.rsplit("/", 1)[0] + "/target")


def backup_of_postgres(build):
    with postgres("--fast") as (_, url):
        subprocess.run(["psql", "-q", url, "-c", "CREATE DATABASE target TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"],
                       check=True)
        backup_and_back(build, url, target=url.rsplit("/", 1)[0] + "/target")


# --- bad days

def in_a_small_disk(build):
    """Runs `disk_fills_up` where /mnt is a small file system of its own."""
    # Nobody else is to see the mount. Where / is no mount of its own (a chroot) that cannot be said; nothing is shared there.
    alone = 'mount --make-rprivate / 2>&-; exec "$@"'
    done = subprocess.run(["unshare", "-m" if os.getuid() == 0 else "-rm", "--propagation", "unchanged", "sh", "-c", alone, "sh",
                           sys.executable, __file__, "--build", build, "--inside", "disk"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def disk_fills_up(build):
    place = program.Program(build, web=False)
    os.makedirs(place.data, mode=0o700)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m,mode=0700", "tmpfs", place.data], check=True)
    try:
        place.prepare().start()
        first = filed(place.port)
        person = person_at(place.port)
        saved, application = program.filled_draft(person)
        ballast = os.path.join(place.data, "ballast")
        with open(ballast, "wb", buffering=0) as out, contextlib.suppress(OSError):
            while True:
                out.write(bytes(4096))
        refused = []
        for _ in range(40):
            connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=60)
            connection.request("PUT", f"/api/cases/drafts/{saved['id']}",
                               json.dumps({"version": saved["version"], "step": "form", "answers": {"contact_phone": "19900000001"},
                                           "materials": [], "collection": "electronic"}),
                               {"Content-Type": "application/json", "X-CSRF-Token": person.csrf,
                                "Cookie": "; ".join(f"{k}={v}" for k, v in person.cookies.items())})
            answer = connection.getresponse()
            content = json.loads(answer.read())
            if answer.status == 200:
                saved["version"] = content["version"]
            else:
                refused.append((answer.status, answer.headers.get("Retry-After"), content.get("code")))
                assert bad_days.HAN.search(content["detail"]), f"no words: {content}"
            connection.close()
        assert refused and {status for status, _, _ in refused} == {503}, refused[:3]
        assert all(wait for _, wait, _ in refused), "a 503 says when to come again"
        assert person.must("GET", MINE + first)["case_no"] == first, "what was there can be read"
        doctor = command(place, "doctor", "--data", place.data)
        assert doctor.returncode == 1 and "✗ disk_space" in doctor.stdout, doctor.stdout + doctor.stderr
        backup = command(place, "backup", "--to", os.path.join(place.data, "backup"), "--data", place.data)
        assert backup.returncode == 1 and "disk_cannot_be_written" in backup.stderr, backup.stderr
        assert not os.path.exists(os.path.join(place.data, "backup.part")), "half a back-up stays behind"
        os.remove(ballast)
        second = until(lambda: filed(place.port, "19900000003"), 60)
        for number, account in ((first, program.RESIDENT), (second, "19900000003")):
            there = person_at(place.port, account)
            until(lambda: all(l["state"] == "ready" for l in there.must("GET", MINE + number)["letters"]), 90)
        place.run("audit", "verify")
    finally:
        place.kill()
        subprocess.run(["umount", place.data], check=True)
        place.close()


CLOCK = """
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
static long *ahead;  /* seconds, in a file that the test writes */
__attribute__((constructor)) static void start(void) {
    int file = open(getenv("CLOCK_FILE"), O_RDONLY);
    void *page = mmap(0, 8, PROT_READ, MAP_SHARED, file, 0);
    if (page != MAP_FAILED) ahead = page;
}
int clock_gettime(clockid_t id, struct timespec *at) {
    int done = (int)syscall(SYS_clock_gettime, id, at);
    if (id == CLOCK_REALTIME && ahead) at->tv_sec += *ahead;
    return done;
}
"""


def due_of(port, number):
    case = officer_at(port, program.CLERK).must("GET", DESK + number)
    return case["state"], case.get("clock", {}).get("due")


def all_letters_are_made(port, *cases):
    return all(letter["state"] == "ready" for number, who in cases
               for letter in person_at(port, who).must("GET", MINE + number)["letters"])


def clock_is_set_back(build):
    with tempfile.TemporaryDirectory() as folder:
        source, library = os.path.join(folder, "clock.c"), os.path.join(folder, "clock.so")
        pathlib.Path(source).write_text(CLOCK)
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)
        hand = pathlib.Path(folder) / "hand"
        hand.write_bytes((0).to_bytes(8, "little", signed=True))

        def turn(seconds):
            with open(hand, "r+b") as out:
                out.write(seconds.to_bytes(8, "little", signed=True))
        old = {name: os.environ.get(name) for name in ("LD_PRELOAD", "CLOCK_FILE")}
        os.environ.update(LD_PRELOAD=library, CLOCK_FILE=str(hand))
        try:
            with site(build) as place:
                first = filed(place.port)
                accept(place.port, first)
                time.sleep(2.5)  # sealed
                turn(-7200)
                approve(place.port, first)
                concluded(place.port, first)
                second = filed(place.port, "19900000003")
                there = person_at(place.port, "19900000003")
                until(lambda: all(l["state"] == "ready" for l in there.must("GET", MINE + second)["letters"]), 60)
                doctor = command(place, "doctor", "--data", place.data)
                assert doctor.returncode == 1 and "✗ clock" in doctor.stdout, doctor.stdout + doctor.stderr
                log = pathlib.Path(place.folder.name, "server.log").read_text()
                assert "clock_was_set_back" in log
                third = filed(place.port, "19900000003")
                accept(place.port, third)
                before = {number: due_of(place.port, number) for number in (first, second, third)}
                turn(-10800)
                place.stop()
                place.start()
                fourth = filed(place.port, "19900000003")
                assert {number: due_of(place.port, number) for number in before} == before, "a due day moved"
                assert len({first, second, third, fourth}) == 4, "a number was given twice"
                until(lambda: all_letters_are_made(place.port, (first, program.RESIDENT), (fourth, "19900000003")), 60)
                numbers = [letter["number"] for number, who in ((first, program.RESIDENT), (second, "19900000003"),
                                                                (third, "19900000003"), (fourth, "19900000003"))
                           for letter in person_at(place.port, who).must("GET", MINE + number)["letters"]]
                assert len(set(numbers)) == len(numbers), f"a number was given twice: {numbers}"
                turn(0)
                accept(place.port, second)
                until(lambda: command(place, "doctor", "--data", place.data).returncode == 0, 60)
                place.run("audit", "verify")
        finally:
            for name, value in old.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value


def postgres_is_restarted(build):
    with postgres() as (place_of_database, url), site(build, url) as place:
        with Load(place.port) as load:
            load.known()
            for manner in ("fast", "immediate", "fast"):
                subprocess.run([SERVER, "restart", place_of_database, manner], check=True, capture_output=True)
                load.known(least=len(load.receipts) + 5)
        assert not load.wrong, load.wrong[:3]
        assert 503 in load.statuses, "the restart was not felt: the test proves nothing"
        assert set(load.statuses) <= {200, 201, 503}, set(load.statuses)
        for account in {each[0] for each in load.receipts}:
            person = person_at(place.port, account)
            listed = person.must("GET", "/api/cases/mine")
            numbers = {row["case_no"] for part in ("waiting", "open", "done") for row in listed[part]}
            lost = {number for who, number, _ in load.receipts if who == account} - numbers
            assert not lost, f"acknowledged and lost: {lost}"
            twice = len(numbers) - len([each for each in load.receipts if each[0] == account])
            assert twice <= 1, f"{account} has {twice} cases more than they were told of: repeated, and done twice"
        number = load.receipts[-1][1]
        accept(place.port, number)
        approve(place.port, number)
        owner = person_at(place.port, load.receipts[-1][0])
        until(lambda: owner.must("GET", MINE + number)["state"] == "concluded", 90)
        place.run("audit", "verify")
        print(f"note: PostgreSQL restarted 3 times: {len(load.receipts)} acknowledged, 0 lost, "
              f"{load.statuses.count(503)} answers were 503", flush=True)


def every_source_on_bad_days(build, database=""):
    with program.Departments(build) as departments, tempfile.TemporaryDirectory() as folder:
        place = program.Program(build, database, web=False, departments=departments)
        try:
            bad_days.every_source_on_every_bad_day(place.prepare(bad_days.quick_pack(folder)), departments)
            place.run("audit", "verify")
        finally:
            place.close()


def every_source_on_bad_days_with_postgres(build):
    with postgres("--fast") as (_, url):
        every_source_on_bad_days(build, url)


# --- commands

def wrong_commands_make_nothing(build):
    with tempfile.TemporaryDirectory() as folder:
        binary = str(pathlib.Path(build) / "tongban")
        for wrong in (["--port", "70000"], ["--port", "x"], ["--workers", "900"], ["--cookies", "sweet"], ["--prot", "1"], ["--port"]):
            done = subprocess.run([binary, "serve", "--data", os.path.join(folder, "data"), *wrong], capture_output=True, text=True)
            assert done.returncode == 2, (wrong, done.returncode, done.stderr)
            assert not os.path.exists(os.path.join(folder, "data")), wrong
        for verb in (["backup", "--to", folder + "/b"], ["doctor"], ["restore", folder]):
            done = subprocess.run([binary, *verb, "--data", os.path.join(folder, "data")], capture_output=True, text=True)
            assert done.returncode == 1, (verb, done.returncode, done.stderr)
            assert verb[0] != "backup" or "site_is_not_there" in done.stderr, done.stderr
            assert not os.path.exists(os.path.join(folder, "data")), verb


def the_doctor_tells(build):
    with site(build) as place:
        filed(place.port)
        until(lambda: command(place, "doctor", "--data", place.data).returncode == 0, 60)
        plain = command(place, "doctor", "--data", place.data, "--language", "en")
        assert "✓ keys" in plain.stdout and "Beijing" in plain.stdout, plain.stdout
        verdict = json.loads(command(place, "doctor", "--data", place.data, "--json").stdout)
        assert all(each["says"] and each["x-en"]["says"] for each in verdict["findings"]), verdict
        os.chmod(os.path.join(place.data, "keys", "master.key"), 0o644)
        bad = command(place, "doctor", "--data", place.data)
        assert bad.returncode == 1 and "怎么办：chmod 600" in bad.stdout, bad.stdout


def boards_are_rebuilt_beside_a_server(build):
    with site(build) as place:
        for account in ("19900000001", "19900000003"):
            filed(place.port, account)
        supervisor = officer_at(place.port, "qu002")

        def totals():
            return supervisor.must("GET", "/api/supervision/board")["totals"]
        until(lambda: totals()["open"] == 2, 30)
        assert "2 cases" in place.run("rebuild", "supervision")
        assert totals()["open"] == 2 and totals()["received_today"] == 2, totals()


JOURNEYS = [wrong_commands_make_nothing, import_beside_one_server, import_beside_two_servers, the_doctor_tells, a_lost_file_is_named,
            boards_are_rebuilt_beside_a_server, backup_of_sqlite, backup_of_postgres, in_a_small_disk, clock_is_set_back,
            postgres_is_restarted, every_source_on_bad_days, every_source_on_bad_days_with_postgres]


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--build", required=True)
    asked.add_argument("--only", default="")
    asked.add_argument("--inside", default="")
    options = asked.parse_args()
    if options.inside == "disk":
        disk_fills_up(options.build)
        return 0
    passed = failed = 0
    for journey in JOURNEYS:
        if options.only and options.only not in journey.__name__:
            continue
        started = time.monotonic()
        SIGNED_IN.clear()
        try:
            journey(options.build)
            passed += 1
            print(f"ok     {journey.__name__.replace('_', ' ')} ({time.monotonic() - started:.0f} s)", flush=True)
        except Exception as wrong:  # every journey says its own fault, and the others go on
            failed += 1
            print(f"FAILED {journey.__name__.replace('_', ' ')}: {wrong!r}"[:4000], flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
