#!/usr/bin/env python3
"""fuzz.py [--seconds N] [--only-build] [NAME…]: builds the fuzz targets with clang, in build/fuzz, and lets each run for a while.

Every test/fuzz/NAME.cpp is a libFuzzer target with seeds in test/fuzz/NAME/, and words to try in test/fuzz/NAME.dict where there.
What it learns is kept in build/fuzz/NAME, what fails in build/fuzz/NAME-failed, and the next run begins with both. The last line
is `N passed, N failed, 0 skipped`.
"""
import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build" / "fuzz"


def build(names):
    """The output of the step that failed, or nothing."""
    BUILD.mkdir(parents=True, exist_ok=True)
    steps = []
    if not (BUILD / "build.ninja").exists():
        steps.append(["cmake", "-S", str(ROOT), "-B", str(BUILD), "-G", "Ninja", "-DCMAKE_CXX_COMPILER=clang++-14",
                      "-DCMAKE_C_COMPILER=clang-14", "-DTONGBAN_FUZZ=ON"])
    steps.append(["ninja", "-C", str(BUILD), *[f"fuzz_{name}" for name in names]])
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True)
        if done.returncode != 0:
            return done.stdout[-4000:] + done.stderr[-4000:]
    return None


def fuzz(name, seconds):
    learnt, failed = BUILD / name, BUILD / f"{name}-failed"
    learnt.mkdir(exist_ok=True)
    failed.mkdir(exist_ok=True)
    command = [str(BUILD / f"fuzz_{name}"), f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=4096",
               "-print_final_stats=1", f"-artifact_prefix={failed}/", str(learnt), str(ROOT / "test" / "fuzz" / name), str(failed)]
    words = ROOT / "test" / "fuzz" / f"{name}.dict"
    if words.exists():
        command.insert(1, f"-dict={words}")
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    runs = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    print(f"{name}: {runs.group(1) if runs else '?'} executions, {'clean' if done.returncode == 0 else 'FAILED'}")
    if done.returncode != 0:
        print(done.stderr[-6000:])
    return done.returncode == 0


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=int, default=20)
    asked.add_argument("--only-build", action="store_true")
    asked.add_argument("--build", help="not used: the fuzz targets have a build of their own")
    asked.add_argument("names", nargs="*")
    options = asked.parse_args()
    names = options.names or sorted(source.stem for source in (ROOT / "test" / "fuzz").glob("*.cpp"))
    trouble = build(names)
    if trouble:
        print(trouble)
        print(f"0 passed, {len(names)} failed, 0 skipped")
        return 1
    if options.only_build:
        return 0
    passed = sum(fuzz(name, options.seconds) for name in names)
    print(f"{passed} passed, {len(names) - passed} failed, 0 skipped")
    return 0 if passed == len(names) else 1


if __name__ == "__main__":
    sys.exit(main())
