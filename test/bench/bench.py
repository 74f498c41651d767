#!/usr/bin/env python3
"""bench.py --build DIR [--rounds N] [--cases N] [--databases A,B] [SECTION…]: figures beside their baselines, taken in the same run.

Sections: documents, submission, reads, prefill, lifecycle, start, portal, rules. All of them when none is named. Each prints a table; the
whole is written to build/bench/result.json. Nothing here passes or fails: a busy machine makes a figure, not an error.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import bench_site  # noqa: E402
import lifecycle  # noqa: E402
import prefill  # noqa: E402
import rules  # noqa: E402
import submission  # noqa: E402


def table(title, rows):
    """Columns as wide as what stands in them."""
    print(f"\n## {title}")
    if not rows:
        return
    names = list(dict.fromkeys(name for row in rows for name in row))
    shown = [[text_of(row.get(name)) for name in names] for row in rows]
    widths = [max(len(name), *(len(line[at]) for line in shown)) for at, name in enumerate(names)]
    print("  ".join(name.rjust(width) for name, width in zip(names, widths)))
    for line in shown:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths)))
    sys.stdout.flush()


def text_of(value):
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}"
    return str(value)


def documents(asked):
    done = subprocess.run([str(asked.build / "bench_documents"), "60"], capture_output=True, text=True, check=True)
    return [json.loads(done.stdout)]


def submissions(asked):
    on = {"sqlite": submission.on_sqlite, "postgres": submission.on_postgres}
    print("(baselines: pgbench -M prepared, bare loop at batch 8, synchronous=FULL; at one connection also at batch 1)")
    return [row for name in asked.databases for row in on[name](asked.build, asked.rounds)]


def reads(asked):
    with submission.Postgres() as postgres:
        return [{"database": name, **submission.reads(asked.build, url)} for name, url in (("sqlite", ""), ("postgres", postgres.url))]


def portal(asked):
    """What a phone fetches for the home page, and what the wizard adds: compressed, by the build's own files."""
    done = subprocess.run(["node", str(bench_site.HERE / "portal.mjs"), str(bench_site.ROOT / "web" / "dist" / "portal")],
                          capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


SECTIONS = {
    "documents": ("documents: CPU ms per page", documents),
    "submission": ("submission over HTTP", submissions),
    "reads": ("reads at 64 connections", reads),
    "prefill": ("prefill: six departments asked for one draft", prefill.measure),
    "lifecycle": ("lifecycle: submit, accept, decide, licence sealed, verify", lifecycle.measure),
    "start": ("first answer after start, memory", lifecycle.starts),
    "portal": ("portal: KB compressed", portal),
    "rules": ("rules: decision models on one core, beside what npm has", rules.measure),
}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--build", default="build/release")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--cases", type=int, default=1_000_000)
    options.add_argument("--databases", default="sqlite,postgres", help="for submission and lifecycle")
    options.add_argument("sections", nargs="*")
    asked = options.parse_args()
    asked.build = (bench_site.ROOT / asked.build).resolve()
    asked.databases = asked.databases.split(",")
    if set(asked.databases) - {"sqlite", "postgres"}:
        options.error("--databases is sqlite, postgres or both with a comma")
    unknown = set(asked.sections) - set(SECTIONS)
    if unknown:
        options.error(f"no such section: {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    result = {"at": time.strftime("%Y-%m-%d %H:%M"), "cores": os.cpu_count()}
    for name in asked.sections or SECTIONS:
        title, work = SECTIONS[name]
        result[name] = work(asked)
        table(title, result[name])
    folder = bench_site.ROOT / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "result.json").write_text(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
