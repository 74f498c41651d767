#!/usr/bin/env python3
"""journeys.py --build DIR [--pictures DIR]: one case all the way in a real browser, on a phone and on a desk, then kill -9."""
import argparse
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import program  # noqa: E402

HERE = pathlib.Path(__file__).parent


def browser_journey(build, size, pictures):
    server = program.Program(build).prepare().start()
    try:
        done = subprocess.run(["node", str(HERE / "journey.mjs"), f"http://127.0.0.1:{server.port}", size,
                               *([pictures] if pictures else [])], capture_output=True, text=True, timeout=600)
    finally:
        code = server.stop()
        server.close()
    print(done.stdout + done.stderr, end="")
    return counted(done.stdout) if code == 0 else (0, 1)


def counted(text):
    found = re.findall(r"(\d+) passed, (\d+) failed", text)
    return tuple(map(int, found[-1])) if found else (0, 1)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--build", default="build/release")
    options.add_argument("--pictures", default="")
    options.add_argument("--sizes", default="phone,desk")
    asked = options.parse_args()
    build = (program.ROOT / asked.build).resolve()
    results = [browser_journey(build, size, asked.pictures) for size in asked.sizes.split(",") if size]
    done = subprocess.run([sys.executable, str(HERE / "durability.py"), "--build", str(build)], capture_output=True, text=True)
    print(done.stdout + done.stderr, end="")
    results.append(counted(done.stdout))
    passed, failed = (sum(column) for column in zip(*results))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
