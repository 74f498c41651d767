"""A site to measure: the demonstration pack with many more residents, served by the real program; and raw requests for load.cpp."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "journeys"))
import program  # noqa: E402

ROOT = program.ROOT
PEOPLE = 256
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(n):
    """An invented number of the region prefix 99: GB 11643-1999 with its check digit."""
    body = f"990102{1950 + n % 50}{1 + n % 12:02d}{1 + n % 28:02d}{n % 1000:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS)) % 11]


def pack_with(people, folder):
    """packs/demo-city with `people` more residents, in `folder`."""
    pack = pathlib.Path(folder) / "pack"
    shutil.copytree(program.PACK, pack)
    shutil.copytree(program.PACK.parent / "schemas", pathlib.Path(folder) / "schemas")
    path = pack / "identity" / "residents.json"
    known = json.loads(path.read_text())
    for n in range(people):
        known["residents"].append({"name": "钱" + "甲乙丙丁戊己庚辛壬癸"[n % 10] + "子丑寅卯辰巳午未申酉戌亥"[n % 12],
                                   "id_number": id_number(n), "phone": f"198{n:08d}", "address": "示例市示例区示例街道示例路1号",
                                   "region": "990102001001", "real_name_level": 2})
    path.write_text(json.dumps(known, ensure_ascii=False))
    return pack


class Site(program.Program):
    """`tongban serve` for measuring: people signed in beforehand, requests written down beforehand."""

    def __init__(self, build, database="", people=PEOPLE, data=None):
        super().__init__(build, database, web=False)
        self.people_count, self.build = people, pathlib.Path(build)
        if data:
            self.data = data
        self.sessions = []

    def prepare(self):
        if self.database:
            self.run("migrate")
        self.pack = pack_with(self.people_count, self.folder.name)
        self.run("import", str(self.pack))
        return self

    def start(self, *more):
        address = f"127.0.0.1:{self.port}" if self.port else "127.0.0.1"
        self.log = open(os.path.join(self.folder.name, "server.log"), "ab")
        self.process = subprocess.Popen(
            [self.binary, "serve", "--data", self.data, "--port", str(self.port), "--site-address", address,
             "--trusted-proxies", "127.0.0.1", *self.database, *more], stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        if "listening" not in line:
            raise RuntimeError("the server did not start: " + pathlib.Path(self.log.name).read_text()[-2000:])
        self.port = int(line.rsplit(":", 1)[1])
        return self

    def sign_in_people(self):
        """Each from an address of its own, for attempts are counted by address."""
        for n in range(self.people_count):
            visitor = program.Visitor(self.port)
            visitor.must("POST", "/api/identity/sign-in",
                         {"audience": "resident", "account": f"198{n:08d}", "password": program.RESIDENT_PASSWORD},
                         headers={"X-Forwarded-For": f"10.0.{n // 200}.{n % 200 + 1}"})
            visitor.csrf = visitor.must("GET", "/api/identity/me")["csrf"]
            self.sessions.append(visitor)
        return self

    # Raw requests

    def request(self, visitor, method, path, body=None, headers=None):
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Content-Length: {len(data)}"]
        if body is not None:
            lines.append("Content-Type: application/json")
        if visitor.cookies:
            lines.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in visitor.cookies.items()))
        if method != "GET":
            lines.append(f"X-CSRF-Token: {visitor.csrf}")
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + data

    def load(self, requests, connections, answers=False):
        """Sends them; returns the figures, and the answers as (status, JSON) when asked."""
        with tempfile.TemporaryDirectory() as folder:
            path, out = os.path.join(folder, "requests"), os.path.join(folder, "answers")
            with open(path, "wb") as file:
                for request in requests:
                    file.write(b"%d\n" % len(request) + request)
            done = subprocess.run([str(self.build / "bench_load"), str(self.port), str(connections), path, *([out] if answers else [])],
                                  capture_output=True, text=True)
            if done.returncode != 0:
                raise RuntimeError(done.stderr)
            figures = json.loads(done.stdout)
            return (figures, read_answers(out)) if answers else figures

    # People at work

    def fill_drafts(self, count):
        """`count` drafts ready to be submitted, as (visitor, draft id, version)."""
        who = [self.sessions[n % len(self.sessions)] for n in range(count)]
        application = self.sessions[0].must("GET", f"/api/catalog/items/{program.ITEM}/application")
        _, opened = self.load([self.request(v, "POST", "/api/cases/drafts", {"item": program.ITEM, "region": program.STREET})
                               for v in who], 8, answers=True)
        must_all(opened, 201)
        _, saved = self.load([self.request(v, "PUT", f"/api/cases/drafts/{draft['id']}", full_save(draft, application))
                              for v, (_, draft) in zip(who, opened)], 8, answers=True)
        must_all(saved, 200)
        self.declaration = program.agreed(application["declaration"])
        return [(v, draft["id"], draft["version"]) for v, (_, draft) in zip(who, saved)]

    def submissions(self, drafts):
        return [self.request(v, "POST", f"/api/cases/drafts/{draft}/submission", {"version": version, "declaration": self.declaration})
                for v, draft, version in drafts]

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mb(self):
        return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1]) / 1024

    def wait_until_quiet(self, seconds=600):
        """Until letters and licences ordered so far are made."""
        def quiet():
            text = program.Visitor(self.port).send("GET", "/metrics")[1]
            return re.search(rb"tongban_deliveries_waiting 0\b", text if isinstance(text, bytes) else text.encode())
        program.until(quiet, seconds)


def read_answers(path):
    answers = []
    with open(path, "rb") as file:
        while line := file.readline():
            _, status, size = line.split()
            body = file.read(int(size))
            answers.append((int(status), json.loads(body) if body[:1] in b"{[" and body else body))
    return answers


def must_all(answers, status):
    for got, body in answers:
        if got != status:
            raise RuntimeError(f"{got} instead of {status}: {body}")


def full_save(draft, application):
    promised = [m for m in application["materials"] if m["key"] in ("commitment", "household_register")]
    return {"version": draft["version"], "step": "confirm", "collection": "electronic",
            "answers": {"relation": "sibling", "other_name": "何雨桐", "other_id_number": "990102200202280682", "purpose": "bank",
                        "receiving_unit": "示例银行", "contact_phone": "19900000001"},
            "materials": [{"key": m["key"], "way": "promise", "promise": program.agreed(m["promise"])} for m in promised],
            "notice": program.agreed(application["notice"])}
