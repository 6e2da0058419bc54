"""The curve of a method: each point is what the command scores of a package in which the method and the unit's figure are those; and what is wrong with a method is told."""
import csv
import io
import json
import os
import subprocess
import tempfile

from served import Served, tell

SCHEME = """baton: 1
id: curves
title: {zh: 示例, en: Example}
period: 2021
frequency: year
methods:
  plain: {kind: direct}
  grades: {kind: levels, table: {A: 100, B: 80, C: 50}}
  mine: %s
groups:
  - {id: towns, title: {zh: 乡镇, en: Towns}}
  - {id: parks, title: {zh: 园区, en: Parks}}
"""
UNITS = {"a": 3.5, "b": 9.25, "c": -2, "d": 9.25, "e": 14, "f": None, "p": 6, "q": 30, "r": 18.5}
COLUMNS = ("id", "name", "parent", "kind", "weight", "method", "value", "direction", "lo", "hi", "treat", "missing", "when")

# A method as the body has it, and what else stands in the row of the indicator.
METHODS = [
    ("range", '{"kind": "range", "low": 60, "high": 100}', {}),
    ("range of all, cut", "kind: range\nover: all\ncap: 90\n", {}),
    ("range between bounds", '{"kind": "range", "over": "fixed"}', {"lo": "0", "hi": "12"}),
    ("range, less is better", '{"kind": "range"}', {"direction": "down"}),
    ("range of winsorised figures", '{"kind": "range", "over": "all"}', {"treat": "winsorise(2)"}),
    ("range of clipped figures", '{"kind": "range"}', {"treat": '"clip(0,10)"'}),
    ("range over the years", '{"kind": "range", "over": "panel"}', {}),
    ("zscore", '{"kind": "zscore", "mean": 75, "sd": 10, "floor": 60}', {}),
    ("rank", '{"kind": "rank", "low": 60, "ties": "average"}', {}),
    ("race by steps", '{"kind": "race", "step": 5}', {}),
    ("race by table", '{"kind": "race", "table": [100, 90, 80, 75]}', {"direction": "down"}),
    ("race among some", '{"kind": "race", "step": 20, "among": "x > 0", "else": 10}', {}),
    ("percentile", '{"kind": "percentile"}', {}),
    ("best", '{"kind": "best"}', {}),
    ("best of the mean", '{"kind": "best", "of": "mean", "cap": 120}', {}),
    ("best of a unit", '{"kind": "best", "of": "b"}', {}),
    ("target", '{"kind": "target", "start_at": "60%", "cap": 120}', {}),
    ("target from the baseline", '{"kind": "target", "from": "baseline"}', {}),
    ("target, less is better", '{"kind": "target", "down": "mirror"}', {"direction": "down"}),
    ("pass", '{"kind": "pass", "op": ">"}', {}),
    ("direct", '{"kind": "direct"}', {"direction": "down"}),
    ("deduct", '{"kind": "deduct", "per": 5, "above": 8}', {}),
    ("bands", '{"kind": "bands", "table": [[12, 100], [8, 85], [0, 60]], "below": 20}', {}),
    ("bands between bounds", '{"kind": "bands", "table": [[0, 100], [5, 80], [10, 0]], "linear": true}', {"direction": "down"}),
    ("rule", '{"kind": "rule", "score": "clamp(p + rank(x), 0, 100)", "where": {"p": "50 + 5*(x - mean(x))/max(1, target)"}}', {}),
]


def table(columns, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def write(folder, method, more, figures):
    row = dict({"id": "mine", "name": "甲", "weight": "60", "method": "mine"}, **more)
    row["treat"] = row.get("treat", "").strip('"')
    rows = [row, {"id": "grade", "name": "乙", "weight": "40", "method": "grades"},
            {"id": "own", "name": "丙", "kind": "individual", "method": "direct"}]
    observations = [(unit, "mine", 2021, value) for unit, value in figures.items() if value is not None]
    observations += [(unit, "mine", 2020, value - 1) for unit, value in UNITS.items() if value is not None]
    observations.append(("a", "own", 2021, 70))
    observations += [(unit, "grade", 2021, "ABC"[n % 3]) for n, unit in enumerate(UNITS)]
    files = {
        "scheme.yaml": SCHEME % method,
        "units.csv": table(("id", "name", "group"), [(unit, unit, "towns" if unit < "p" else "parks") for unit in UNITS]),
        "indicators.csv": table(COLUMNS, [[row.get(column, "") for column in COLUMNS] for row in rows]),
        "observations.csv": table(("unit", "element", "period", "value"), observations),
        "weights.csv": table(("for", "indicator", "weight"), [("a", "own", 10)]),
        "targets.csv": table(("unit", "indicator", "period", "target", "baseline"), [(unit, "mine", 2021, 10, 2) for unit in UNITS if unit not in "eqr"]),
    }
    os.makedirs(folder, exist_ok=True)
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)


def scored(served, folder, node):
    done = subprocess.run([served.program, "score", folder, "--format", "csv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stderr.decode())
    return {row["unit"]: row["score"] for row in csv.DictReader(io.StringIO(done.stdout.decode())) if row["node"] == node}


def same(have, want):
    return (have is None and want == "") or (have is not None and want != "" and abs(have - float(want)) <= 1e-9 * max(1, abs(have)))


def some(points, figures):
    """Points on either side of every jump, and a few others."""
    jumps = [i for i in range(1, len(points)) if None not in (points[i]["score"], points[i - 1]["score"]) and abs(points[i]["score"] - points[i - 1]["score"]) > 3]
    wanted = {0, len(points) // 2, len(points) - 1}.union(jumps[:4], (i - 1 for i in jumps[:4]))
    wanted |= {i for i, point in enumerate(points) if point["x"] in figures}
    return [points[i] for i in sorted(wanted)]


def curve_of(client, method, more, **asked):
    body = {name: more[name] for name in ("direction", "lo", "hi") if name in more}
    client.ask("POST", "/api/v1/assessments/curves/indicators/%s/curve" % asked.pop("node", "mine"), dict(body, **({"method": method} if method else {}), **asked))
    return client.value


def try_method(served, client, folder, name, method, more):
    """Held to the command, with the method and the figure in a package."""
    answer = curve_of(client, method, more, **({"unit": "b"} if name == "best of a unit" else {}))
    if not answer.get("sound"):
        return str(answer)[:400]
    unit, group = answer["unit"]["id"], [unit for unit in UNITS if unit < "p"]
    write(folder, method if method[0] == "{" else "{" + ", ".join(method.strip().split("\n")) + "}", more, UNITS)
    now = scored(served, folder, "mine")
    if [at["unit"] for at in answer["among"]] != [unit for unit in group if UNITS[unit] is not None]:
        return str(answer["among"])
    wrong = [at for at in answer["among"] if not same(at["score"], now[at["unit"]])]
    for point in some(answer["points"], set(UNITS.values())):
        write(folder, method if method[0] == "{" else "{" + ", ".join(method.strip().split("\n")) + "}", more, dict(UNITS, **{unit: point["x"]}))
        want = scored(served, folder, "mine")[unit]
        if not same(point["score"], want):
            wrong.append("%s scores %s, not %s" % (point["x"], point["score"], want))
    told = dict(answer["method"]["parameters"], kind=answer["method"]["kind"])
    again = curve_of(client, json.dumps(told), more, unit=unit)
    if again.get("points") != answer["points"]:
        wrong.append("as it is told, %s, it is another: %s" % (told, str(again)[:200]))
    return str(wrong[:4]) if wrong else None


def refuses(client):
    for method, code, place in (("{kind: rang}", "METHOD_KIND_UNKNOWN", "method"), ("kind: range\nlow: sixty\n", "NUMERAL_BAD", "method"), ("{kind: range", "YAML_SYNTAX", "method"),
                                ('{"kind": "bands", "table": [[1, 60], [5, 100]]}', "BANDS_RISE", "indicators.csv"), ('{"kind": "range", "over": "fixed"}', "FIXED_BOUNDS", "indicators.csv"),
                                ('{"kind": "rule", "score": "x + "}', None, "method"), ('{"kind": "best", "of": "nobody"}', "UNIT_UNKNOWN", "method")):
        answer = curve_of(client, method, {})
        found = [(finding["code"], finding["file"]) for finding in answer.get("findings", [])]
        is_told = not answer.get("sound", True) and "points" not in answer and any((code in (None, name)) and file == place for name, file in found)
        tell("a method that is wrong: " + method.replace("\n", " "), None if client.status == 200 and is_told else "%s %s" % (client.status, str(answer)[:300]))


def narrows(client):
    """Whose: a unit brings its group; one that the indicator is not for has no curve; where only one has a figure, it is moved."""
    answer = curve_of(client, None, {}, unit="q")
    tell("a unit that is asked for is the one", None if (answer["unit"]["id"], answer["group"]["id"]) == ("q", "parks") else str(answer)[:300])
    answer = curve_of(client, '{"kind": "target"}', {}, group="parks")
    tell("whose figure is moved has a target where one is asked for", None if answer["unit"]["id"] == "p" and answer["target"] == 10 else str(answer)[:300])
    answer = curve_of(client, None, {}, node="own")
    tell("the first group in which somebody has a figure", None if (answer["unit"]["id"], answer["figures"]) == ("a", 1) else str(answer)[:300])
    curve_of(client, None, {}, node="own", unit="b")
    tell("not of whom it is not for", None if (client.status, client.value.get("name")) == (422, "INDICATOR_NOT_OF") else client.text()[:300])
    curve_of(client, None, {}, node="total")
    tell("not of what has parts", None if (client.status, client.value.get("name")) == (422, "INDICATOR_INNER") else client.text()[:300])
    answer = curve_of(client, None, {}, node="own", group="parks")
    tell("nobody has a figure", None if client.status == 200 and answer["points"] == [] and "unit" not in answer and answer["method"]["told"] else client.text()[:300])


def codes(client):
    answer = curve_of(client, '{"kind": "levels", "table": {"A": 100, "B": 70, "C": 10}}', {}, node="grade", group="parks")
    have = [(point["code"], point["score"]) for point in answer.get("points", [])], [(at["unit"], at["code"], at["score"]) for at in answer.get("among", [])]
    want = [("A", 100), ("B", 70), ("C", 10)], [("p", "A", 100), ("q", "B", 70), ("r", "C", 10)]
    tell("codes have no figures", None if have == want else str(answer)[:400])


def curves(program):
    """What the interface does not change (how outliers are treated) stands in the ledger, one for each."""
    with tempfile.TemporaryDirectory(prefix="baton-curves-") as folder:
        plain, trial = os.path.join(folder, "plain"), os.path.join(folder, "trial")
        treats = sorted({more.get("treat", "") for _, _, more in METHODS})
        for treat in treats:
            write(plain, "{kind: direct}", {"treat": treat}, UNITS)
            with Served(program, plain) as served:
                served.start()
                client = served.sign_in("li.wei")
                for name, method, more in METHODS:
                    if more.get("treat", "") == treat:
                        tell("the curve is what is scored: " + name, try_method(served, client, trial, name, method, more))
                if treat == "":
                    refuses(client)
                    codes(client)
                    narrows(client)
                    answer = curve_of(client, None, {})
                    tell("without a method its own", None if answer.get("method", {}).get("id") == "mine" and answer["sound"] else str(answer)[:300])
                served.finish()
