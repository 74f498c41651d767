#!/usr/bin/env python3
"""run.py --build DIR: what a newcomer does. `./dev run` starts, and the main job runs through it over HTTP: a resident
files, a clerk accepts, a reviewer decides, a sealed PDF comes out, pdfsig trusts it, a stranger verifies it."""
import argparse
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import program  # noqa: E402
from program import until  # noqa: E402


def free_port():
    """With the next one free too: there ./dev run puts the pretended departments."""
    while True:
        with socket.socket() as probe, socket.socket() as next_probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
            try:
                next_probe.bind(("127.0.0.1", port + 1))
                return port
            except (OSError, OverflowError):
                continue


def main_job(port):
    person = program.resident(port)
    hits = person.must("GET", "/api/catalog/search?q=qsgx")
    assert any(hit["code"] == program.ITEM for hit in hits["hits"]), f"pinyin initials find the item: {hits}"
    draft, application = program.filled_draft(person)
    receipt = program.submit(person, draft, application)
    number = receipt["case_no"]
    again = program.submit(person, draft, application)
    assert again["case_no"] == number, "a double tap makes one case"
    clerk = program.staff(port, program.CLERK)
    desk = f"/api/cases/desk/cases/{number}"
    case = clerk.must("GET", desk)
    case = clerk.must("POST", desk + "/acceptance", {"version": case["version"]})
    assert case["state"] == "accepted", case["state"]
    status, refusal = clerk.send("POST", desk + "/decision", {"version": case["version"], "verdict": "approve", "opinion": "同意"})
    assert status == 403, f"the acceptor never decides: {status} {refusal}"
    reviewer = program.staff(port, program.REVIEWER)
    case = reviewer.must("GET", desk)
    reviewer.must("POST", desk + "/decision", {"version": case["version"], "verdict": "approve", "opinion": "材料齐全，同意出具。"})
    mine = until(lambda: (c := person.must("GET", f"/api/cases/mine/{number}"))["state"] == "concluded" and c, 30)
    licence = person.must("GET", f"/api/licences/mine/{mine['licence']['id']}")
    pdf = person.must("GET", f"/api/licences/mine/{mine['licence']['id']}/file")
    return number, licence, pdf


def check_pdf(pdf, data, folder):
    path = os.path.join(folder, "licence.pdf")
    pathlib.Path(path).write_bytes(pdf)
    authority = subprocess.run([str(BUILD / "tongban"), "seal-authority", "--data", data], capture_output=True, text=True)
    assert authority.returncode == 0, authority.stderr
    trusted = os.path.join(folder, "nss")
    os.mkdir(trusted)
    certificate = os.path.join(folder, "ca.pem")
    pathlib.Path(certificate).write_text(authority.stdout)
    subprocess.run(["certutil", "-N", "-d", f"sql:{trusted}", "--empty-password"], check=True)
    subprocess.run(["certutil", "-A", "-d", f"sql:{trusted}", "-n", "ca", "-t", "C,C,C", "-i", certificate], check=True)
    said = subprocess.run(["pdfsig", "-nssdir", f"sql:{trusted}", path], capture_output=True, text=True).stdout
    assert "Signature is Valid." in said and "Certificate is Trusted." in said, said
    changed = bytearray(pdf)
    changed[len(changed) // 3] ^= 1
    pathlib.Path(path).write_bytes(changed)
    said = subprocess.run(["pdfsig", "-nssdir", f"sql:{trusted}", path], capture_output=True, text=True).stdout
    assert "Signature is Valid." not in said, "a changed byte is noticed: " + said


def check_verification(port, licence, pdf):
    stranger = program.Visitor(port)
    answer = stranger.must("POST", "/api/licences/verification", {"number": licence["card"]["number"], "code": licence["code"]})
    assert answer["result"] == "valid", answer
    shown = str(answer["face"])
    assert "周桂兰" not in shown and "990102195603120029" not in shown, "a stranger sees masked values: " + shown
    same = stranger.must("POST", "/api/licences/verified-file", raw=multipart(pdf), kind="multipart/form-data; boundary=x")
    assert same["result"] == "same", same
    altered = stranger.must("POST", "/api/licences/verified-file", raw=multipart(pdf[:-20] + b"x" + pdf[-19:]),
                            kind="multipart/form-data; boundary=x")
    assert altered["result"] in ("altered", "not_ours"), altered


def multipart(content):
    return (b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n' +
            content + b"\r\n--x--\r\n")


def main() -> int:
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="tongban-run-") as folder:
        data, log = os.path.join(folder, "data"), open(os.path.join(folder, "log"), "w+", encoding="utf-8")
        started = time.monotonic()
        server = subprocess.Popen(["./dev", "run", "--data", data, "--port", str(port)], cwd=program.ROOT, stdout=log,
                                  stderr=subprocess.STDOUT)
        try:
            until(lambda: "listening on" in pathlib.Path(log.name).read_text(encoding="utf-8") or server.poll() is not None, 300)
            said = pathlib.Path(log.name).read_text(encoding="utf-8")
            assert "listening on" in said, said[-3000:]
            for wanted in (program.RESIDENT, program.CLERK, program.STAFF_PASSWORD, f"127.0.0.1:{port}", f"127.0.0.1:{port + 1}"):
                assert wanted in said, f"./dev run prints {wanted}: {said[-2000:]}"
            print(f"note: ./dev run was serving after {time.monotonic() - started:.1f} s (already built)")
            began = time.monotonic()
            number, licence, pdf = main_job(port)
            print(f"note: the main job over HTTP took {time.monotonic() - began:.1f} s, case {number}")
            check_verification(port, licence, pdf)
            check_pdf(pdf, data, folder)
            switches = program.Visitor(port + 1).must("GET", "/control")
            assert any(each["source"] == "hh" and each["people"] for each in switches["sources"]), f"story C: {switches}"
            page = program.Visitor(port).must("GET", "/")
            assert b"<title>" in page and re.search(rb'<script type="module"[^>]+src="/', page), page[:300]
            assert b"<title>" in program.Visitor(port).must("GET", "/desk/")
        finally:
            server.send_signal(signal.SIGTERM)
            code = server.wait(timeout=30)
        assert code == 0, f"stopped with {code}"
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port + 1)) != 0, "the pretended departments stop too"
        proved = subprocess.run([str(BUILD / "tongban"), "audit", "verify", "--data", data], capture_output=True, text=True)
        assert proved.returncode == 0, proved.stderr
        print("note: " + proved.stdout.strip())
    print("1 passed, 0 failed")
    return 0


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--build", default="build/release")
    BUILD = (program.ROOT / options.parse_args().build).resolve()
    sys.exit(main())
