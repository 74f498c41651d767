"""Six departments asked for one draft: how much longer the person waits than the slowest of them takes."""
import json
import statistics
import time

from bench_site import Site, program

ITEM = "992014001001"
# Beside the insurance that the item asks for itself: five more of as many departments.
MORE = {"marriage": "mar", "housing_fund": "hpf", "vehicle": "veh", "assistance": "aid", "stay": "grid"}
SLOWEST = "si"
DRAFTS = 30
DELAYS = (0, 50, 200)  # milliseconds that the slowest is told to wait before it answers


class Asking(Site):
    """The pack with an item that asks six departments at once."""

    def prepare(self):
        super().prepare()
        path = self.pack / "catalog" / "items" / ITEM / "item.json"
        item = json.loads(path.read_text())
        item["data"] += [{"key": key, "resource": key, "why": "只为测量", "x-en": {"why": "To measure"}, "basis": "consent",
                          "parameters": {"id_number": "applicant.id_number"}} for key in MORE]
        path.write_text(json.dumps(item, ensure_ascii=False))
        self.run("import", str(self.pack))
        return self


def wait_ms(site, visitor, application):
    """Milliseconds of the request that agrees and asks; nothing may be on its way when it answers."""
    draft = visitor.must("POST", "/api/cases/drafts", {"item": ITEM, "region": "990102000000"}, expect=201)
    visitor.must("PUT", f"/api/cases/drafts/{draft['id']}",
                 {"version": draft["version"], "step": "form", "answers": {}, "materials": [], "collection": "electronic",
                  "notice": program.agreed(application["notice"])})
    from_ = time.monotonic()
    asked = visitor.must("POST", f"/api/cases/drafts/{draft['id']}/data", {"consent": program.agreed(application["data_consent"])})
    waited = (time.monotonic() - from_) * 1000
    if asked["data"]["asking"] or len(asked["data"]["sources"]) != 1 + len(MORE):
        raise RuntimeError(f"not all were heard: {asked['data']}")
    return waited


def measure(asked):
    rows = []
    with program.Departments(asked.build, people=2000) as departments:
        site = Asking(asked.build, people=1 + DRAFTS * len(DELAYS)).prepare().start("--exchange-at", departments.url)
        try:
            site.sign_in_people()
            application = site.sessions[0].must("GET", f"/api/catalog/items/{ITEM}/application")
            wait_ms(site, site.sessions[0], application)  # connections are made
            for turn, slow_ms in enumerate(DELAYS):
                departments.switch(SLOWEST, "slow" if slow_ms else "ok", ms=slow_ms)
                people = site.sessions[1 + turn * DRAFTS:][:DRAFTS]  # others each time: an answer is kept for a while
                waits = [wait_ms(site, visitor, application) for visitor in people]
                calls = [call["ms"] for call in recorded(site) if "ms" in call][:len(waits)]
                slowest = statistics.median(calls)
                rows.append({"sources": 1 + len(MORE), "slowest_told_to_wait_ms": slow_ms, "slowest_took_ms": slowest,
                             "person_waited_ms": statistics.median(waits), "more_ms": statistics.median(waits) - slowest})
        finally:
            site.stop()
            site.close()
    return rows


def recorded(site):
    """The newest calls of the slowest source, as the supervisor sees them."""
    return program.staff(site.port, "qu002").must("GET", f"/api/exchange/sources/{SLOWEST}/calls")["calls"]
