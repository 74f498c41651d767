"""The real program for journeys: started on a free port, spoken to over HTTP, stopped by its pid. Standard library only."""
import http.client
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACK = ROOT / "packs" / "demo-city"
ITEM, STREET = "992080005001", "990102001000"
RESIDENT, CLERK, REVIEWER = "19900000001", "sl001", "sl003"
RESIDENT_PASSWORD, STAFF_PASSWORD = "Tongban-2026", "Desk-2026"


class Program:
    """`tongban serve` with demo-city imported, in a folder of its own."""

    def __init__(self, build, database="", web=True, departments=None):
        """`departments`: a Departments that runs; without it every register is down."""
        self.departments = ["--exchange-at", departments.url] if departments else []
        self.binary = str(pathlib.Path(build) / "tongban")
        self.folder = tempfile.TemporaryDirectory(prefix="tongban-journey-")
        self.data = os.path.join(self.folder.name, "data")
        self.database = ["--database", database] if database else []
        self.web = ["--web", str(ROOT / "web" / "dist")] if web else []
        self.port, self.process = 0, None

    def run(self, *verb):
        done = subprocess.run([self.binary, *verb, "--data", self.data, *self.database], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"tongban {' '.join(verb)}: {done.stderr}")
        return done.stdout

    def prepare(self, pack=PACK):
        if self.database:
            self.run("migrate")
        self.run("import", str(pack))
        return self

    def start(self):
        self.log = open(os.path.join(self.folder.name, "server.log"), "ab")
        address = f"127.0.0.1:{self.port}" if self.port else "127.0.0.1"
        self.process = subprocess.Popen([self.binary, "serve", "--data", self.data, "--port", str(self.port),
                                         "--site-address", address, *self.departments, *self.database, *self.web],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        if "listening" not in line:
            raise RuntimeError("the server did not start: " + pathlib.Path(self.log.name).read_text()[-2000:])
        self.port = int(line.rsplit(":", 1)[1])
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def close(self):
        if self.process and self.process.poll() is None:
            self.kill()
        self.folder.cleanup()


class Departments:
    """tongban-sim on a free port. `with Departments(build) as sim: program = Program(build, departments=sim)`."""

    def __init__(self, build, people=2000, receipt_after_ms=100, answer_after=1):
        self.command = [str(pathlib.Path(build) / "tongban-sim"), "serve", "--port", "0", "--people", str(people), "--pack",
                        str(PACK), "--receipt-after-ms", str(receipt_after_ms), "--answer-after", str(answer_after)]
        self.port, self.process = 0, None

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if "listening" not in line:
            raise RuntimeError("tongban-sim did not start")
        self.port = int(line.rsplit(":", 1)[1])
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)

    def switch(self, source, mode, id_number="", ms=None):
        """mode: ok down slow wrong other none several twice; for everybody, or for one person."""
        wanted = {"mode": mode} | ({"id_number": id_number} if id_number else {}) | ({"ms": ms} if ms is not None else {})
        return Visitor(self.port).must("POST", f"/control/sources/{source}", wanted)

    def reset(self):
        Visitor(self.port).must("POST", "/control/reset", {})

    def calls(self, source=""):
        """What was asked, newest first: source, resource, about (masked), said, item, case_no."""
        return Visitor(self.port).must("GET", "/control/calls" + (f"?source={source}" if source else ""))["calls"]

    def messages(self, phone=""):
        return Visitor(self.port).must("GET", "/sms/messages" + (f"?phone={phone}" if phone else ""))["messages"]

    def answer_correction(self, ref, state):
        """state: mended or rejected; they answer by themselves after `answer_after` seconds."""
        return Visitor(self.port).must("POST", f"/control/corrections/{ref}", {"state": state})


class Visitor:
    """One browser without a screen: keeps cookies and the CSRF token."""

    def __init__(self, port):
        self.port, self.cookies, self.csrf = port, {}, ""

    def send(self, method, path, body=None, headers=None, raw=None, kind="application/json"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Content-Type": kind} if (body is not None or raw is not None) else {}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if self.csrf and method != "GET":
            sent["X-CSRF-Token"] = self.csrf
        data = raw if raw is not None else json.dumps(body) if body is not None else None
        connection.request(method, path, data, sent | (headers or {}))
        answer = connection.getresponse()
        content = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        connection.close()
        parsed = json.loads(content) if "json" in (answer.headers.get("Content-Type") or "") and content else content
        return answer.status, parsed

    def must(self, method, path, body=None, expect=200, **more):
        status, answer = self.send(method, path, body, **more)
        if status != expect:
            raise AssertionError(f"{method} {path}: {status} instead of {expect}: {answer}")
        return answer

    def sign_in(self, audience, account, password):
        me = self.must("POST", "/api/identity/sign-in", {"audience": audience, "account": account, "password": password})
        self.csrf = self.must("GET", "/api/identity/me")["csrf"]
        return me

    def upload(self, name, content, kind):
        mark = uuid.uuid4().hex
        raw = (f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
               f"Content-Type: {kind}\r\n\r\n").encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self.must("POST", "/api/files/uploads", raw=raw, kind=f"multipart/form-data; boundary={mark}", expect=201)


def resident(port, account=RESIDENT):
    visitor = Visitor(port)
    visitor.sign_in("resident", account, RESIDENT_PASSWORD)
    return visitor


def staff(port, number):
    visitor = Visitor(port)
    visitor.sign_in("staff", number, STAFF_PASSWORD)
    return visitor


def agreed(text):
    return {"key": text["key"], "version": text["version"], "hash": text["hash"]}


def filled_draft(visitor, relation="daughter"):
    """A draft of item #5 with everything that submission asks for: no register asked, all papers promised."""
    application = visitor.must("GET", f"/api/catalog/items/{ITEM}/application")
    draft = visitor.must("POST", "/api/cases/drafts", {"item": ITEM, "region": STREET}, expect=201)
    materials = []
    for material in application["materials"]:
        if "promise" in material:
            materials.append({"key": material["key"], "way": "promise", "promise": agreed(material["promise"])})
    wanted = {"relation": relation, "other_name": "李晓燕", "other_id_number": "99010219810725024X", "purpose": "bank",
              "receiving_unit": "示例银行示例支行", "contact_phone": "19900000001"}
    known = {field["key"] for page in application["form"]["pages"] for field in page["fields"]}
    answers = {key: value for key, value in wanted.items() if key in known}
    needed = {"spouse": "marriage_certificate", "daughter": "birth_certificate", "son": "birth_certificate"}
    unasked = set(needed.values()) - {needed.get(relation)}
    materials = [m for m in materials if m["key"] not in unasked]
    saved = visitor.must("PUT", f"/api/cases/drafts/{draft['id']}",
                         {"version": draft["version"], "step": "confirm", "answers": answers, "materials": materials,
                          "notice": agreed(application["notice"]), "collection": "electronic"})
    return saved, application


def submit(visitor, draft, application):
    return visitor.must("POST", f"/api/cases/drafts/{draft['id']}/submission",
                        {"version": draft["version"], "declaration": agreed(application["declaration"])}, expect=201)


def until(what, seconds=20):
    """Asks again until it is so; fails with the last answer."""
    end = time.monotonic() + seconds
    while True:
        answer = what()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"it never came: {what.__doc__ or what}")
        time.sleep(0.1)
