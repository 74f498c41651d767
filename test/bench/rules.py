"""Decision models: a table by the row, expressions, loading, memory; beside them feelin and @hbtgmbh/dmn-eval-js in the same run."""
import html
import json
import subprocess

import bench_site

# dmn-eval-js reads DMN 1.1.
SPACE = "http://www.omg.org/spec/DMN/20151101/dmn.xsd"
AREAS = ["NS", "LH", "FT", "LG"]


def cells(i, rules):
    """Rule i of the table that the plan of the rules engine names: age band, area, income, resident."""
    width = max(1, 80 // rules) if rules < 80 else 1
    area = [f'"{AREAS[i % 4]}"', "-", 'not("NS", "LH")'][i % 3]
    return [f"[{width * i}..{width * (i + 1)})", area, f"< {3000 + 500 * i}" if i % 2 else "-", "true" if i % 3 != 2 else "-"]


def table(rules):
    text = lambda t: f"<text>{html.escape(t, quote=False)}</text>"
    inputs = "".join(f'<input id="i{k}" label="{n}"><inputExpression id="e{k}" typeRef="{t}">{text(n)}</inputExpression></input>\n'
                     for k, (n, t) in enumerate([("age", "number"), ("area", "string"), ("income", "number"), ("resident", "boolean")]))
    rows = "".join(f'<rule id="rule_{i}">\n' + "".join(f'  <inputEntry id="cell_{i}_{k}">{text(c)}</inputEntry>\n' for k, c in enumerate(cells(i, rules)))
                   + f'  <outputEntry id="result_{i}">{text(str(i + 1))}</outputEntry>\n</rule>\n' for i in range(rules))
    data = "".join(f'<inputData id="d_{n}" name="{n}"><variable id="v_{n}" name="{n}" typeRef="{t}"/></inputData>\n'
                   for n, t in [("age", "number"), ("area", "string"), ("income", "number"), ("resident", "boolean")])
    needs = "".join(f'<informationRequirement><requiredInput href="#d_{n}"/></informationRequirement>\n' for n in ["age", "area", "income", "resident"])
    output = '<output id="o" name="rule" typeRef="number"><defaultOutputEntry id="none"><text>0</text></defaultOutputEntry></output>\n'
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="{SPACE}" id="bench" name="bench" namespace="urn:bench">\n{data}'
            f'<decision id="policy" name="policy"><variable id="v" name="policy" typeRef="number"/>\n{needs}'
            f'<decisionTable id="t" hitPolicy="UNIQUE">\n{inputs}{output}{rows}</decisionTable></decision>\n</definitions>\n')


def lines_of(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=True, **options)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def measure(asked, seconds=2):
    folder = bench_site.ROOT / "build" / "bench" / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    small, large = folder / "table.dmn", folder / "large.dmn"
    small.write_text(table(10), encoding="utf-8")
    large.write_text(table(1000), encoding="utf-8")
    here = bench_site.HERE
    if not (here / "node_modules" / "feelin").exists():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=here, check=True, stdout=subprocess.DEVNULL)
    ours = lines_of([str(asked.build / "bench_rules"), str(small), str(large), str(seconds)])
    others = {}
    for line in lines_of(["node", "rules.mjs", str(small), str(seconds)], cwd=here):
        others[line["what"], line["whose"]] = line["value"]
    rows = []
    for line in ours:
        row = {"what": line["what"], "ours": line["value"], "unit": line["unit"]}
        for whose in ("feelin", "dmn-eval-js"):
            if other := others.get((line["what"], whose)):
                row |= {whose: other, f"x {whose}": line["value"] / other}
        rows.append(row)
    print(f"(a core's own time, best of five; the 1,000-rule model has {large.stat().st_size / 1024:.0f} KiB)")
    return rows
