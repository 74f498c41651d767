"""A whole life of a case per second, on an empty database and on a full one; the first answer after start."""
import contextlib
import statistics
import subprocess
import time

import submission
from bench_site import Site, must_all, program

DESK = "/api/cases/desk/cases/"
LIVES = 60


def clerk_of(site, number):
    return program.staff(site.port, number)


def act(site, visitor, cases, verb, body):
    _, answers = site.load([site.request(visitor, "POST", f"{DESK}{no}/{verb}", body) for no in cases], 16, answers=True)
    must_all(answers, 200)


def lives(site, count=LIVES):
    """Seconds for `count` cases from submission to the public check of the sealed licence; drafts are ready beforehand."""
    drafts = site.fill_drafts(count)
    clerk, reviewer = clerk_of(site, program.CLERK), clerk_of(site, program.REVIEWER)
    site.wait_until_quiet()
    cpu, from_ = site.cpu_seconds(), time.monotonic()
    _, receipts = site.load(site.submissions(drafts), 16, answers=True)
    must_all(receipts, 201)
    numbers = [body["case_no"] for _, body in receipts]
    act(site, clerk, numbers, "acceptance", {"version": 1})
    act(site, reviewer, numbers, "decision", {"version": 2, "verdict": "approve", "opinion": "材料齐全，同意出具。"})
    site.wait_until_quiet()
    people = [visitor for visitor, _, _ in drafts]
    _, mine = site.load([site.request(v, "GET", f"/api/cases/mine/{no}") for v, no in zip(people, numbers)], 16, answers=True)
    must_all(mine, 200)
    unfinished = [body["case_no"] for _, body in mine if body["state"] != "concluded"]
    if unfinished:
        raise RuntimeError(f"not concluded: {unfinished[:3]}")
    _, cards = site.load([site.request(v, "GET", f"/api/licences/mine/{body['licence']['id']}") for v, (_, body) in zip(people, mine)], 16,
                         answers=True)
    must_all(cards, 200)
    stranger = program.Visitor(site.port)
    _, checks = site.load([site.request(stranger, "POST", "/api/licences/verification",
                                        {"number": body["card"]["number"], "code": body["code"]},
                                        {"X-Forwarded-For": f"10.1.{n // 200}.{n % 200 + 1}"}) for n, (_, body) in enumerate(cards)], 16,
                          answers=True)
    must_all(checks, 200)
    seconds = time.monotonic() - from_
    return {"rate": count / seconds, "cpu_ms": (site.cpu_seconds() - cpu) / count * 1000}


@contextlib.contextmanager
def served(build, database):
    site = Site(build, database).prepare().start()
    try:
        site.sign_in_people()
        yield site
    finally:
        site.stop()
        site.close()


TOWNS = (("990102001000", "sl001", "sl003"), ("990102002000", "hd001", "hd002"), ("990121101000", "yx001", "yx002"))


def some_of_each(site):
    """Cases in every state and three towns: what copies.cpp multiplies."""
    for town, clerk_number, reviewer_number in TOWNS:
        street, program.STREET = program.STREET, town
        try:
            drafts = site.fill_drafts(8)
        finally:
            program.STREET = street
        _, receipts = site.load(site.submissions(drafts), 4, answers=True)
        numbers = [body["case_no"] for _, body in receipts]
        clerk, reviewer = clerk_of(site, clerk_number), clerk_of(site, reviewer_number)
        act(site, clerk, numbers[2:], "acceptance", {"version": 1})
        act(site, reviewer, numbers[4:], "decision", {"version": 2, "verdict": "approve", "opinion": "材料齐全，同意出具。"})
    site.wait_until_quiet()


def fill(site, database, count):
    """Stops the server, makes `count` copies, starts it again."""
    some_of_each(site)
    time.sleep(2.5)  # the audit is sealed each second
    site.stop()
    from_ = time.monotonic()
    subprocess.run([str(site.build / "bench_copies"), site.data, database or "sqlite", str(count)], check=True)
    print(f"({count} cases made in {time.monotonic() - from_:.0f} s)", flush=True)


def first_answer(site):
    """Milliseconds from starting the program to its first answer."""
    from_ = time.monotonic()
    site.start()
    program.Visitor(site.port).must("GET", "/api/org/site")
    return (time.monotonic() - from_) * 1000


def measure(asked):
    return [pair(asked, name) for name in asked.databases]


def pair(asked, name):
    """An empty database and a full one, each with a server: rounds alternate, or a machine's hour would be measured."""
    with contextlib.ExitStack() as stack:
        of_empty, of_full = databases(stack, name)
        empty, full = (stack.enter_context(served(asked.build, database)) for database in (of_empty, of_full))
        for site in (empty, full):
            lives(site, 10)
        fill(full, of_full, asked.cases)
        start = first_answer(full)
        rounds = [(lives(empty), lives(full)) for _ in range(asked.rounds)]
        on_empty, on_full = zip(*rounds)
        row = {"database": name, "cases": asked.cases, "empty_per_s": middle(on_empty, "rate"), "full_per_s": middle(on_full, "rate"),
               "full/empty": statistics.median(b["rate"] / a["rate"] for a, b in rounds), "cpu_ms_empty": middle(on_empty, "cpu_ms"),
               "cpu_ms_full": middle(on_full, "cpu_ms"), "first_answer_ms": start, "queue_ms": queue_ms(full),
               "resident_mb": full.resident_mb()}
    print(f"({ {key: round(value, 2) if isinstance(value, float) else value for key, value in row.items()} })", flush=True)
    return row  # and told at once: a long run that is ended early has said this much


def databases(stack, name):
    """Where the empty one and the full one are: "" is the file in the site's own folder."""
    if name == "sqlite":
        return "", ""
    postgres = stack.enter_context(submission.Postgres())
    submission.statements.psql(postgres.url, "CREATE DATABASE filled")
    return postgres.url, postgres.url.rsplit("/", 1)[0] + "/filled"


def middle(figures, name):
    return statistics.median(one[name] for one in figures)


def queue_ms(site):
    """The clerk's queue of what is to be accepted, opened ten times: the median."""
    clerk = clerk_of(site, program.CLERK)
    waits = []
    for _ in range(10):
        from_ = time.monotonic()
        clerk.must("GET", "/api/cases/desk/queues/to_accept")
        waits.append((time.monotonic() - from_) * 1000)
    return statistics.median(waits)


def starts(asked):
    with served(asked.build, "") as site:
        site.stop()
        waits = [first_answer(site)]
        for _ in range(2):
            site.stop()
            waits.append(first_answer(site))
        return [{"database": "sqlite, empty", "first_answer_ms": statistics.median(waits), "resident_mb": site.resident_mb()}]
