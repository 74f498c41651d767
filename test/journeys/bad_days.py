"""Registers on a bad day: every source that an item asks is down, slow, lying, empty or double, and the person still gets
through. One lane for each person, lanes at the same time; a switch of the departments is turned for one person only."""
import json
import pathlib
import re
import shutil
import threading
import time

import program
from program import until

COUNTY = "990102000000"
MODES = ["ok", "down", "slow", "wrong", "other", "none", "several", "twice"]
SLOW_MS, DEADLINE_MS = 2500, 800
#: What a mode may be called afterwards. Where a list of things is asked for, two of them are an answer.
OUTCOMES = {"down": {"down"}, "slow": {"late"}, "wrong": {"wrong"}, "other": {"wrong"}, "none": {"none"},
            "several": {"several", "found"}, "twice": {"several", "found"}}
NOBODY_HAS = {("#25 dwelling", "re"), ("#8", "re"), ("#8 child", "re")}  #: two of nothing is nothing
SETTLED = {"found", "none"}
PAPER = (program.ROOT / "test" / "journeys" / "household.png").read_bytes()
HAN = re.compile(r"[\u4e00-\u9fff]")

LI, SON = "99010219810725024X", "990102200605180133"
AYGUL, HUSBAND, CHILD = "990102199011020460", "990102198806120030", "990102201703090021"
MA, LIANG, FIRM = "990121198506150552", "990102198801300315", "91990102MADEM0011M"

HOME = {"sex": "male", "nation": "汉族", "hukou_address": "示例市云溪县松岭乡松岭村1组3号", "since": "2024-03-15",
        "address": "示例市示例区示例街道书院路19号4栋302室", "living_kind": "rent", "landlord": "孙丽华", "contact_phone": "19900000010"}
#: lane: person, and per application its item, answers, and which source is asked about whom.
LANES = {
    "19900000002": [("#5 son", program.ITEM, program.STREET, {
        "relation": "son", "other_name": "王知远", "other_id_number": SON, "purpose": "bank", "receiving_unit": "示例银行",
        "contact_phone": "19900000002"}, {"pop": SON, "hh": LI, "bir": SON})],
    "19900000004": [
        ("#5 spouse", program.ITEM, program.STREET, {
            "relation": "spouse", "other_name": "艾尼瓦尔·吐尔逊", "other_id_number": HUSBAND, "purpose": "bank",
            "receiving_unit": "示例银行", "contact_phone": "19900000004"}, {"mar": AYGUL}),
        ("#8", "992015001001", COUNTY, {
            "scope": "self_and_children", "children": "迪丽努尔·艾尼瓦尔", "purpose": "public_rental",
            "receiving_unit": "示例区住房保障中心", "contact_phone": "19900000004"}, {"hh": AYGUL, "re": AYGUL}),
        ("#8 child", "992015001001", COUNTY, {
            "scope": "self_and_children", "children": "迪丽努尔·艾尼瓦尔", "purpose": "public_rental",
            "receiving_unit": "示例区住房保障中心", "contact_phone": "19900000004"}, {"re": CHILD}),
        ("#11", "992014001001", COUNTY, {
            "unit_name": "示例区好味来餐饮店有限公司", "kinds": "养老、医疗", "first_month": "2019-09", "last_month": "2026-10",
            "months": 86, "purpose": "loan", "contact_phone": "19900000004"}, {"si": AYGUL})],
    "19900000010": [
        ("#25 work", "990709001001", COUNTY, {"ground": "employment", "employer": "示例区好味来餐饮店有限公司", **HOME},
         {"pop": MA, "grid": MA, "si": MA}),
        ("#25 dwelling", "990709001001", COUNTY, {"ground": "dwelling", **HOME}, {"re": MA}),
        ("#25 study", "990709001001", COUNTY, {"ground": "study", "school": "示例市第一职业学校", **HOME}, {"edu": MA})],
    "19900000005": [("#53", "990131003001", COUNTY, {
        "firm_address": "示例市示例区示例街道示例路102号", "firm_scope": "餐饮服务", "contact_phone": "19900000005",
        "business_form": "restaurant", "projects": ["热食类食品制售"], "premises": "示例市示例区示例街道示例路102号",
        "floor_area": 120, "staff_count": 6, "manager_name": "马超", "manager_id_number": MA,
        "health_valid_until": "2027-05-31"}, {"com": "", "hlth": MA}),
        ("#8 owner", "992015001001", COUNTY, {
            "scope": "self", "purpose": "public_rental", "receiving_unit": "示例区住房保障中心", "contact_phone": "19900000005"},
         {"re": LIANG})],
}
#: Lists are fetched whole, once a day: of these only the day on which they could not be fetched is bad.
LISTS = {"edu"}
MORE = {"990709001001": {"collection": "window"}, "990131003001": {"firm": FIRM}}


def quick_pack(folder):
    """demo-city with short deadlines, and no answer of one application used for another: each bad day is felt."""
    pack = pathlib.Path(folder) / "pack"
    shutil.copytree(program.PACK, pack)
    for file in (pack / "exchange" / "connectors").glob("*.json"):
        connector = json.loads(file.read_text(encoding="utf-8"))
        connector |= {"deadline_ms": DEADLINE_MS, "cache_seconds": 0, "breaker": {"failures": 100, "seconds": 20}}
        file.write_text(json.dumps(connector, ensure_ascii=False), encoding="utf-8")
    return pack


class Application:
    """One person files once, on one bad day of one source; every complaint is kept."""

    def __init__(self, place, person, story, source, mode):
        self.name, self.item, self.region, self.answers, about = story
        self.place, self.person, self.source, self.mode, self.about = place, person, source, mode, about[source]
        self.wrong, self.outcome, self.end = [], "", ""

    def expect(self, so, what):
        if not so:
            self.wrong.append(f"{self.name} {self.source} {self.mode}: {what}")

    def run(self):
        try:
            self.draft = self.open()
            self.ask()
            self.look_at_source()
            self.hand_in()
        except Exception as wrong:  # one application's fault is told beside the others'
            self.expect(False, repr(wrong)[:600])
        return self

    def saving(self, materials):
        return {"version": self.draft["version"], "step": "confirm", "answers": self.answers, "materials": materials,
                "notice": program.agreed(self.form["notice"]),
                "collection": MORE.get(self.item, {}).get("collection", "electronic")}

    def open(self):
        self.form = self.place.forms[self.item]
        wish = {"item": self.item, "region": self.region}
        if "firm" in MORE.get(self.item, {}):
            wish["firm"] = MORE[self.item]["firm"]
        self.draft = self.person.must("POST", "/api/cases/drafts", wish, expect=201)
        self.url = f"/api/cases/drafts/{self.draft['id']}"
        return self.person.must("PUT", self.url, self.saving([]))

    def ask(self):
        consent = {"consent": program.agreed(self.draft["data"]["text"])} if self.draft["data"].get("consent_needed") else {}
        began = time.monotonic()
        self.draft = self.person.must("POST", f"{self.url}/data", consent)
        self.waited = time.monotonic() - began
        self.draft = until(lambda: (d := self.person.must("GET", self.url)) and not d["data"]["asking"] and d, 20)

    def look_at_source(self):
        """The draft survives, and says in plain words what to do instead."""
        lost = {key: value for key, value in self.answers.items()
                if key not in self.draft["locked"] and self.draft["answers"].get(key) not in (value, str(value))}
        self.expect(not lost, f"the draft lost {lost}: {self.draft['answers']}")
        mine = [each for each in self.draft["data"]["sources"] if self.place.source_of[each["resource"]] == self.source]
        if self.name.startswith("#8"):  # one source, asked about two people
            mine = [each for each in mine if (each["resource"] == "estate_by_number") == (self.about == CHILD)]
        self.expect(mine, f"no word of it among {self.draft['data']['sources']}")
        english = self.person.must("GET", self.url, headers={"Accept-Language": "en"})
        in_english = {each["key"]: each for each in english["data"]["sources"]}
        outcomes = []
        for each in mine:
            if each["outcome"] == "not_asked":
                continue  # it waits for what another source did not say
            outcomes.append(each["outcome"])
            self.expect(HAN.search(each["outcome_text"]), f"no words: {each}")
            other = in_english[each["key"]]
            self.expect(not HAN.search(other["outcome_text"] + other.get("instead", "")), f"no English: {other}")
            if each["outcome"] not in SETTLED:
                self.expect(re.search("自己填写|上传|承诺|窗口", each.get("instead", "")), f"what instead? {each}")
        self.outcome = "+".join(sorted(set(outcomes)))
        self.keys = {each["key"] for each in mine}
        if self.mode != "ok":
            double = {"none"} if self.mode in ("several", "twice") and (self.name, self.source) in NOBODY_HAS else set()
            self.expect(outcomes and set(outcomes) <= OUTCOMES[self.mode] | double, f"it is called {outcomes}")

    def papers(self):
        """Each paper that is still wanted, in another of its ways each time."""
        given = []
        texts = {each["key"]: each.get("promise") for each in self.form["materials"]}
        required = {each["key"]: each.get("required", True) for each in self.form["materials"]}
        for offer in self.draft["offers"]:
            if offer["chosen"] in ("waived", "licence") or not required[offer["key"]]:
                continue
            self.expect(offer["because"], f"{offer['key']} is wanted and nobody says why")
            ways = [way for way in offer["ways"] if way in ("promise", "window", "upload")]
            self.expect(ways, f"{offer['key']} cannot be given at all: {offer}")
            # Uploads are limited by address: on one day of four, and where there is no other way.
            others = [way for way in ways if way != "upload"]
            way = "upload" if "upload" in ways and (self.mode == "down" or not others) else others[len(given) % len(others)]
            paper = {"key": offer["key"], "way": way}
            if way == "upload":
                paper["files"] = [{"id": self.person.upload("材料.png", PAPER, "image/png")["id"]}]
            if way == "promise":
                paper["promise"] = program.agreed(texts[offer["key"]])
            given.append(paper)
        return given

    def hand_in(self):
        self.draft = self.person.must("PUT", self.url, self.saving(self.papers()))
        ready = self.person.must("POST", f"{self.url}/check", {"version": self.draft["version"]})
        self.expect(ready["ready"], f"not ready: {ready['wrong']}")
        receipt = program.submit(self.person, self.draft, self.form)
        self.number = receipt["case_no"]
        decided = receipt.get("decided") or {"at_once": False, "reasons": []}
        case = self.person.must("GET", f"/api/cases/mine/{self.number}")
        told = {each["key"]: each["outcome"] for each in case["data_sources"]}
        self.expect(self.keys <= set(told), f"the case forgot {self.keys - set(told)}")
        self.expect(all(reason["words"] for reason in decided["reasons"]), f"a reason without words: {decided}")
        undetermined = set(self.outcome.split("+")) - SETTLED
        conditions = json.dumps(self.place.conditions.get(self.item, ""))
        if undetermined and any(f"{key}." in conditions for key in self.keys):
            self.expect(not decided["at_once"], "decided at once on an answer that nobody gave")
            self.expect(any(r["result"] == "undetermined" for r in decided["reasons"]), f"why to a person? {decided}")
        states = {"approved", "concluded", "issued"} if decided["at_once"] else {"received", "submitted"}
        self.expect(case["state"] in states, f"the machine made it {case['state']}")
        self.end = "at once" if decided["at_once"] else "to a person"


class Place:
    """A site, its departments, and what an application needs to know of the items."""

    def __init__(self, site, departments):
        self.site, self.departments = site, departments
        items = {story[1] for lane in LANES.values() for story in lane}
        nobody = program.Visitor(site.port)
        self.forms = {item: nobody.must("GET", f"/api/catalog/items/{item}/application") for item in items}
        self.conditions, self.source_of = {}, {}
        for item in items:
            whole = json.loads((program.PACK / "catalog" / "items" / item / "item.json").read_text(encoding="utf-8"))
            self.conditions[item] = [each["when"] for each in whole.get("instant", {}).get("conditions", [])]
        for file in (program.PACK / "exchange" / "connectors").glob("*.json"):
            connector = json.loads(file.read_text(encoding="utf-8"))
            self.source_of |= {resource: connector["source"] for resource in connector["resources"]}

    def lane(self, account, done):
        person = program.resident(self.site.port, account)
        for story in LANES[account]:
            for source, about in story[4].items():
                for mode in ["down"] if source in LISTS else MODES:
                    if source not in LISTS:
                        self.departments.switch(source, mode, about, SLOW_MS if mode == "slow" else None)
                    done.append(Application(self, person, story, source, mode).run())
                    if source not in LISTS:
                        self.departments.switch(source, "ok", about)


def table(done):
    rows = {}
    for each in done:
        rows.setdefault((each.name, each.source), {})[each.mode] = f"{each.outcome}{'!' if each.end == 'at once' else ''}"
    lines = [" | ".join(["item".ljust(12), "source".ljust(6), *[mode.ljust(8) for mode in MODES]])]
    for (name, source), cells in sorted(rows.items()):
        lines.append(" | ".join([name.ljust(12), source.ljust(6), *[cells.get(mode, "").ljust(8) for mode in MODES]]))
    return "\n".join("note: " + line for line in lines)


def every_source_on_every_bad_day(site, departments):
    """`site`: a Program that is prepared; started here, after the lists could not be fetched."""
    for source in LISTS:
        departments.switch(source, "down")
    place = Place(site.start(), departments)
    began, done = time.monotonic(), []
    lanes = [threading.Thread(target=place.lane, args=(account, done)) for account in LANES]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    wrong = [each for application in done for each in application.wrong]
    cases = {each.number for each in done if each.end}
    print(table(done))
    at_once = [each for each in done if each.end == "at once"]
    print(f"note: {len(done)} applications, {len({(e.name, e.source) for e in done})} items and sources, {len(MODES)} modes: "
          f"{len(cases)} cases, {len(at_once)} decided at once (marked !), 0 refused, {len(done) - len(cases)} lost, "
          f"{time.monotonic() - began:.0f} s", flush=True)
    assert not wrong, "\n".join(wrong[:30])
    assert len(cases) == len(done), "an application was lost"
    for name in ("#5 son", "#8", "#11"):
        well = [each for each in at_once if each.name == name and each.mode == "ok"]
        assert well, f"{name} is never decided at once: the day proves nothing"
