#!/usr/bin/env python3
"""durability.py --build DIR [--kills 20] [--databases sqlite,postgres]: the plug is pulled again and again.

Many people file, accept and decide over HTTP while `tongban serve` is killed (SIGKILL) at random moments. Whatever was
answered with 2xx must be there afterwards; what was not answered is repeated and must then be done exactly once; nothing is
half done; letters and licences are finished by themselves. PostgreSQL itself is not killed: its own promises are not ours to
test. The last line is `N passed, N failed`.
"""
import argparse
import http.client
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import program  # noqa: E402

RESIDENTS = [f"199000000{n:02d}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10)]
PEOPLE, CLERKS, REVIEWERS = RESIDENTS[:5], ["sl001", "sl002"], ["sl003"]
RANK = {"received": 0, "accepted": 1, "approved": 2, "concluded": 3}
LOST = (ConnectionError, http.client.HTTPException, TimeoutError, OSError)
LISTED_MOST = 200  # the list of a person's cases shows the newest
DESK, MINE = "/api/cases/desk/cases/", "/api/cases/mine/"


class Filed:
    """A case that was acknowledged, and the furthest state that was acknowledged."""

    def __init__(self, person, draft, receipt):
        self.person, self.draft, self.receipt = person, draft, receipt
        self.number = receipt["case_no"]
        self.state = "received"
        self.claimed = False
        self.checked = False
        self.letters = []


class Site:
    """One program on one database, the people who use it, and what they were told."""

    def __init__(self, build, database):
        self.program = program.Program(build, database, web=False).prepare()
        self.filed, self.unanswered, self.repeats, self.wrong = [], {}, [], []
        self.lock = threading.Lock()
        self.stop = threading.Event()
        self.kills = 0
        self.program.start()
        self.people = {account: program.resident(self.program.port, account) for account in PEOPLE}
        self.staff = {number: program.staff(self.program.port, number) for number in CLERKS + REVIEWERS}
        self.application = self.people[PEOPLE[0]].must("GET", f"/api/catalog/items/{program.ITEM}/application")

    def complain(self, check, what):
        with self.lock:
            self.wrong.append((check, what))

    # What people do, until the connection breaks.

    def save_of(self, draft):
        promised = [m for m in self.application["materials"] if m["key"] in ("commitment", "household_register")]
        return {"version": draft["version"], "step": "confirm", "collection": "electronic",
                "answers": {"relation": "sibling", "other_name": "何雨桐", "other_id_number": "990102200202280682",
                            "purpose": "bank", "receiving_unit": "示例银行", "contact_phone": "19900000001"},
                "materials": [{"key": m["key"], "way": "promise", "promise": program.agreed(m["promise"])} for m in promised],
                "notice": program.agreed(self.application["notice"])}

    def submit(self, account, draft, version):
        return self.people[account].send("POST", f"/api/cases/drafts/{draft}/submission",
                                         {"version": version,
                                          "declaration": program.agreed(self.application["declaration"])})

    def note_receipt(self, account, draft, status, receipt):
        if status != 201:
            return self.complain("acknowledged", f"submission answered {status}: {receipt}")
        with self.lock:
            self.unanswered.pop(draft, None)
            self.filed.append(Filed(account, draft, receipt))

    def file_cases(self, account):
        person = self.people[account]
        while not self.stop.is_set():
            draft = person.must("POST", "/api/cases/drafts", {"item": program.ITEM, "region": program.STREET}, expect=201)
            saved = person.must("PUT", f"/api/cases/drafts/{draft['id']}", self.save_of(draft))
            with self.lock:
                self.unanswered[draft["id"]] = (account, saved["version"])
            self.note_receipt(account, draft["id"], *self.submit(account, draft["id"], saved["version"]))
            time.sleep(random.uniform(0.05, 0.3))

    def claim(self, state, wanted):
        with self.lock:
            for case in self.filed:
                if case.state == state and not case.claimed and wanted(case):
                    case.claimed = True
                    return case
        return None

    def act(self, number, case, verb):
        version, body = (1, {}) if verb == "acceptance" else (2, {"verdict": "approve", "opinion": "材料齐全，同意出具。"})
        status, answer = self.staff[number].send("POST", DESK + case.number + "/" + verb, {"version": version} | body,
                                                 headers={"Idempotency-Key": f"{verb}-{case.number}"})
        if status != 200:
            return self.complain("acknowledged", f"{verb} of {case.number} answered {status}: {answer}")
        case.state, case.claimed = ("accepted" if verb == "acceptance" else "approved"), False

    def work(self, number, verb):
        state = "received" if verb == "acceptance" else "accepted"
        wanted = (lambda case: True) if verb == "acceptance" else (lambda case: int(case.number[-3:-1]) % 4 == 0)
        while not self.stop.is_set():
            case = self.claim(state, wanted)
            if case is None:
                time.sleep(0.01)
                continue
            with self.lock:
                self.repeats.append((number, case, verb))
            self.act(number, case, verb)
            with self.lock:
                self.repeats.remove((number, case, verb))

    def until_it_breaks(self, what, *more):
        try:
            what(*more)
        except LOST:
            pass
        except Exception as wrong:  # an answer that nobody should get
            self.complain("acknowledged", str(wrong)[:500])

    def pull_the_plug(self, after):
        self.stop.clear()
        jobs = [(self.file_cases, account) for account in PEOPLE]
        jobs += [(self.work, number, "acceptance") for number in CLERKS]
        jobs += [(self.work, number, "decision") for number in REVIEWERS]
        threads = [threading.Thread(target=self.until_it_breaks, args=job) for job in jobs]
        for thread in threads:
            thread.start()
        time.sleep(after)
        self.program.kill()
        self.kills += 1
        self.stop.set()
        for thread in threads:
            thread.join()

    # What must hold after every restart.

    def prove_audit(self):
        try:
            self.program.run("audit", "verify")
        except RuntimeError as broken:
            self.complain("audit", str(broken))

    def settle(self):
        """What was not answered is asked again, as a browser would."""
        for draft, (account, version) in list(self.unanswered.items()):
            self.note_receipt(account, draft, *self.submit(account, draft, version))
        for number, case, verb in self.repeats:
            self.act(number, case, verb)
        self.repeats = []

    def check_case(self, case):
        person = self.people[case.person]
        status, seen = person.send("GET", MINE + case.number)
        if status != 200:
            return self.complain("acknowledged", f"{case.number} was acknowledged, now {status}: {seen}")
        if RANK.get(seen["state"], -1) < RANK[case.state]:
            self.complain("acknowledged", f"{case.number} was {case.state}, now {seen['state']}")
        receipt = person.must("GET", MINE + case.number + "/receipt")
        if any(receipt[key] != value for key, value in case.receipt.items() if key != "letter"):
            self.complain("acknowledged", f"{case.number} has another receipt: {receipt} instead of {case.receipt}")
        rows = [row for page in seen["answers"] for row in page["rows"]]
        kinds = {letter["kind"] for letter in seen["letters"]}
        wanted = {"receipt"} | ({"acceptance"} if RANK[seen["state"]] > 0 else set())
        desk = self.staff[CLERKS[0]].must("GET", DESK + case.number)
        if len(rows) < 6 or not seen["timeline"] or not wanted <= kinds or not desk["applicant"]["name"]:
            self.complain("whole", f"{case.number} is half there: {len(rows)} answers, letters {sorted(kinds)}")
        if len(desk["history"]) < desk["version"]:
            self.complain("whole", f"{case.number}: version {desk['version']}, {len(desk['history'])} lines of history")
        case.checked = True

    def check_lists(self):
        """Nothing that nobody knows of, and no draft beside its case."""
        for account, person in self.people.items():
            listed = person.must("GET", "/api/cases/mine")
            numbers = sorted(row["case_no"] for part in ("waiting", "open", "done") for row in listed[part])
            known = sorted(case.number for case in self.filed if case.person == account)
            whole = len(numbers) < LISTED_MOST
            if set(numbers) - set(known) or len(set(numbers)) < len(numbers) or (whole and numbers != known):
                self.complain("once", f"{account}: listed but unknown {set(numbers) - set(known)}, "
                                      f"known but not listed {set(known) - set(numbers)}, {len(numbers)} listed")
            submitted = {case.draft for case in self.filed}
            for draft in person.must("GET", "/api/cases/drafts")["drafts"]:
                if draft["id"] in submitted:
                    self.complain("once", f"draft {draft['id']} lives on beside its case")
                person.must("DELETE", f"/api/cases/drafts/{draft['id']}", expect=204)

    def check(self, everything=False):
        old = [case for case in self.filed if case.checked]
        fresh = [case for case in self.filed if not case.checked]
        for case in fresh + (old if everything else random.sample(old, min(8, len(old)))):
            self.check_case(case)
        self.check_lists()

    # What must come true by itself in the end.

    def finish(self):
        approved = [case for case in self.filed if case.state == "approved"]
        pending, moved = list(self.filed), time.monotonic()
        while pending and time.monotonic() < moved + 240:  # as long as something gets done, however slow the machine
            rest = [case for case in pending[:25] if not self.is_finished(case)] + pending[25:]
            if len(rest) < len(pending):
                moved = time.monotonic()
            else:
                time.sleep(1)  # the program needs the processor more than we do
            pending = rest
        for case in pending[:5]:
            states = [(letter["kind"], letter["state"]) for letter in case.letters]
            self.complain("finished", f"{case.number} is not finished: {case.state}, {states}")
        self.check_numbers()
        licences = [(account, licence) for account, person in self.people.items()
                    for licence in person.must("GET", "/api/licences/mine")["licences"]]
        if len(licences) != len(approved) or len({each["number"] for _, each in licences}) != len(licences):
            self.complain("finished", f"{len(approved)} approved, {len(licences)} licences")
        for account, licence in random.sample(licences, min(5, len(licences))):
            pdf = self.people[account].must("GET", f"/api/licences/mine/{licence['id']}/file")
            if not pdf.startswith(b"%PDF-"):
                self.complain("finished", f"licence {licence['number']} is no PDF")
        return len(licences)

    def is_finished(self, case):
        seen = self.people[case.person].must("GET", MINE + case.number)
        case.letters = seen["letters"]
        done = case.state != "approved" or seen["state"] == "concluded"
        return done and all(letter["state"] == "ready" for letter in seen["letters"])

    def check_numbers(self):
        """Letter numbers have no gaps: a transaction that was lost took its number back."""
        for kind in ("receipt", "acceptance"):
            numbers = sorted(int(letter["number"].split("第")[1].rstrip("号"))
                             for case in self.filed for letter in case.letters if letter["kind"] == kind)
            if numbers != list(range(1, len(numbers) + 1)):
                self.complain("numbers", f"{kind}: {numbers[:20]} … {numbers[-5:]}")


CHECKS = {"acknowledged": "what was acknowledged is there", "once": "nothing is there twice, or without anybody's knowing",
          "whole": "no case is half there", "audit": "the audit is proved after every kill",
          "finished": "letters and licences are finished by themselves", "numbers": "letter numbers have no gaps"}


def journey(name, build, database, rounds):
    started = time.monotonic()
    site = Site(build, database)
    try:
        for _ in range(rounds):
            site.pull_the_plug(after=random.uniform(0.15, 1.1))
            site.prove_audit()
            site.program.start()
            site.settle()
            site.check()
        site.check(everything=True)
        licences = site.finish()
        site.prove_audit()
    finally:
        site.program.close()
    lost = sum(1 for check, _ in site.wrong if check == "acknowledged")
    accepted = sum(1 for case in site.filed if RANK[case.state] > 0)
    print(f"note: {name}: {site.kills} kills, {len(site.filed) + accepted + licences} acknowledged "
          f"({len(site.filed)} submissions, {accepted} acceptances, {licences} decisions), {lost} lost, "
          f"{time.monotonic() - started:.0f} s", flush=True)
    failed = {check for check, _ in site.wrong}
    for check, words in CHECKS.items():
        print(f"{'FAILED' if check in failed else 'ok    '} {name}: {words}")
    for check, what in site.wrong[:20]:
        print(f"    {check}: {what}")
    return len(CHECKS) - len(failed), len(failed)


def on_postgres(build, rounds):
    server = program.ROOT / "tools" / "pg_test_server"
    with tempfile.TemporaryDirectory(prefix="tongban-pg-") as place:
        started = subprocess.run([server, "start", "--fast", place], capture_output=True, text=True)
        if started.returncode != 0:
            print("the PostgreSQL of the test did not start:", started.stderr)
            return 0, 1
        try:
            return journey("postgres", build, started.stdout.strip().splitlines()[-1], rounds)
        finally:
            subprocess.run([server, "stop", place], capture_output=True)


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--build", required=True)
    asked.add_argument("--kills", "--rounds", dest="rounds", type=int, default=20, help="a database")
    asked.add_argument("--databases", default="sqlite,postgres")
    asked.add_argument("--seed", type=int, default=None, help="the moments of the kills; said in the output")
    options = asked.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1_000_000)
    random.seed(seed)
    print(f"note: seed {seed}")
    passed = failed = 0
    for name in options.databases.split(","):
        done = journey(name, options.build, "", options.rounds) if name == "sqlite" else on_postgres(options.build,
                                                                                                      options.rounds)
        passed, failed = passed + done[0], failed + done[1]
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
