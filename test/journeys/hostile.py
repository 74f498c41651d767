#!/usr/bin/env python3
"""hostile.py --build DIR: the outside suite of malformed requests against the real program, when ../shared has it."""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import program  # noqa: E402


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--build", default="build/release")
    build = (program.ROOT / options.parse_args().build).resolve()
    suite = program.ROOT.parent / "shared" / "suites" / "http-hostile" / "hostile.py"
    if not suite.exists():
        print("note: the outside suite ../shared/suites/http-hostile is not there; nothing was sent")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    server = program.Program(build).prepare().start()
    try:
        person = program.resident(server.port)
        with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as body:
            json.dump({"item": program.ITEM, "region": program.STREET}, body)
        cookie = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
        # Always the same idempotency key: the same draft is answered as often as it is asked for.
        headers = [f"Cookie: {cookie}", f"X-CSRF-Token: {person.csrf}", "Idempotency-Key: hostile-suite-1"]
        command = [sys.executable, str(suite), str(server.port), "--get", "/api/org/site", "--post", "/api/cases/drafts",
                   "--body", body.name, "--static", "/index.html"]
        for header in headers:
            command += ["--header", header]
        done = subprocess.run(command, text=True)
        os.unlink(body.name)
        return done.returncode
    finally:
        server.close()


if __name__ == "__main__":
    sys.exit(main())
