#!/usr/bin/env python3
"""journeys.py --build DIR [--pictures DIR] [--sizes phone,desk] [NAME…]: whole journeys in a real browser, on a phone and
on a desk at the same time, each with a server and departments of its own; then kill -9. NAME: only journeys so named."""
import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import program  # noqa: E402

HERE = pathlib.Path(__file__).parent
LONGEST_S = 900


def browser_journeys(build, size, pictures, names):
    """One server and one set of departments; all journeys of the size on them."""
    with program.Departments(build) as departments:
        server = program.Program(build, departments=departments).prepare().start()
        try:
            done = subprocess.run(["node", str(HERE / "all.mjs"), f"http://127.0.0.1:{server.port}", departments.url, size,
                                   pictures, *names], capture_output=True, text=True, timeout=LONGEST_S)
            if "FAIL" in done.stdout:
                log = pathlib.Path(server.log.name).read_text(encoding="utf-8", errors="replace").splitlines()
                told = [line for line in log if not re.search(r'"level":"info"|"status":"[23]', line)]
                done.stdout = "\n".join([*told[-40:], done.stdout])
        finally:
            code = server.stop()
            server.close()
    return done.stdout + done.stderr, counted(done.stdout) if code == 0 else (0, 1)


def counted(text):
    found = re.findall(r"(\d+) passed, (\d+) failed", text)
    return tuple(map(int, found[-1])) if found else (0, 1)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--build", default="build/release")
    options.add_argument("--pictures", default="")
    options.add_argument("--sizes", default="phone,desk")
    options.add_argument("names", nargs="*")
    asked = options.parse_args()
    build = (program.ROOT / asked.build).resolve()
    sizes = [size for size in asked.sizes.split(",") if size]
    began = time.monotonic()
    results = []
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for said, result in pool.map(lambda size: browser_journeys(build, size, asked.pictures, asked.names), sizes):
            print(said, end="")
            results.append(result)
    print(f"note: {len(sizes)} sizes together took {time.monotonic() - began:.0f} s")
    if not asked.names:
        done = subprocess.run([sys.executable, str(HERE / "durability.py"), "--build", str(build)], capture_output=True, text=True)
        print(done.stdout + done.stderr, end="")
        results.append(counted(done.stdout))
    passed, failed = (sum(column) for column in zip(*results))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
