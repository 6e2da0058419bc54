#!/usr/bin/env python3
"""Makes the figures of the double-hundred example: observations.csv and targets.csv.

    make.py            write them
    make.py --check    exit 1 and name the files that are not what it would write

All invented. The rest of the package is written by hand. The random numbers and the writing of tables
are those of the example city beside this folder.
"""

import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "city"))

from generator.output import number, table  # noqa: E402
from generator.stream import bell  # noqa: E402

YEAR = 2021
SEASON = (0.22, 0.48, 0.73, 1.0)  # share of the year at the end of each quarter

# Unit -> how well it does (0 is ordinary), deaths allowed in the year, output in 亿元 (0: departments).
UNITS = {
    "yunhu": (0.7, 8, 1630), "jinting": (0.3, 6, 1090), "wanglan": (0.0, 7, 1240),
    "landong": (-0.2, 8, 1450), "qingcen": (0.5, 10, 1890), "songyan": (-0.5, 4, 570),
    "zehe": (-0.3, 4, 660),
    "housing_construction": (0.1, 5, 0), "transport": (-0.4, 9, 0), "industry_it": (0.4, 3, 0),
    "market_regulation": (0.5, 2, 0), "emergency": (0.6, 3, 0),
}
# The periods with targets of their own: what is to come in, or allowed, by their end.
PERIODS = [("%d-Q%d" % (YEAR, q), SEASON[q - 1]) for q in (1, 2, 3)]
PERIODS += [("%d-H1" % YEAR, SEASON[1]), (str(YEAR), 1.0)]
MORE = {"songyan": 3, "landong": 2, "zehe": 1, "transport": 2}  # deaths beyond what quality explains
SERIOUS = {("landong", 3): 1, ("landong", 4): 1, ("transport", 4): 1}  # so far, at the end of the quarter
REPORTS = {("zehe", 2): 3, ("transport", 3): 2, ("songyan", 4): 2, ("wanglan", 1): 1, ("jinting", 4): 1,
           ("housing_construction", 3): 1}


def clip(value, low, high):
    return min(max(value, low), high)


def figures():
    rows, targets = [], []

    def put(unit, element, period, value, decimals=0):
        value = value if isinstance(value, str) else number(value, decimals)
        rows.append(dict(unit=unit, element=element, period=period, value=value))

    for unit, (good, plan, output) in UNITS.items():
        before = max(4, plan * 3 + 2 * bell(unit, "accidents"))
        died = clip(plan * (0.95 - 0.2 * good) + MORE.get(unit, 0), 0, 99)
        planned = 40 + len(unit) % 4 * 8
        behind = clip(0.10 - 0.12 * good, 0, 0.3)
        checks = 60 + 12 * plan
        for q in range(1, 5):
            now = "%d-Q%d" % (YEAR, q)
            luck = lambda what, size: size * bell("safety", unit, what, now)
            put(unit, "leadership", now, clip(88 + 5 * good + luck("leadership", 1.2), 0, 100), 1)
            put(unit, "tasks_planned", now, planned * q // 4)
            put(unit, "tasks_done", now, planned * q // 4 - int(planned * q / 4.0 * behind * (1.5 - q / 4.0)))
            put(unit, "inspections", now, checks * SEASON[q - 1] * (0.98 + 0.05 * good + luck("checks", 0.015)))
            put(unit, "rectified", now, clip(96 + 2.5 * good + luck("rectified", 0.6), 80, 100), 1)
            put(unit, "training", now, clip(90 + 6 * good + q + luck("training", 0.5), 0, 100), 1)
            put(unit, "deaths", now, int(died * SEASON[q - 1]))
            put(unit, "serious", now, SERIOUS.get((unit, q), 0))
            put(unit, "reports", now, REPORTS.get((unit, q), 0))
            change = 0.94 - 0.2 * good
            put(unit, "accidents_so_far", now, before * SEASON[q - 1] * change + luck("accidents", 0.5))
            if output:
                put(unit, "output", now, output * SEASON[q - 1], 1)
        for h in (1, 2):
            now = "%d-H%d" % (YEAR, h)
            put(unit, "drills", now, clip(2 + int(1.6 * good + bell("safety", unit, "drills", now) + 0.8), 0, 6))
            put(unit, "awareness", now, "ABCD"[int(clip(1.4 - 1.6 * good + 0.4 * bell(unit, now), 0, 3))])
        for period, share in PERIODS:
            for indicator, yearly in (("inspections", checks), ("deaths", plan)):
                targets.append(dict(unit=unit, indicator=indicator, period=period,
                                    target=number(max(1, yearly * share), 0)))
            was = float(number(before * share, 0))  # last year's, from which 10% are to go
            targets.append(dict(unit=unit, indicator="accidents", period=period,
                                target=number(was * 0.9, 1), baseline=number(was, 0)))
        if output:
            targets.append(dict(unit=unit, indicator="death_rate", period=str(YEAR),
                                target=number(100.0 * plan / output, 2)))
    targets.append(dict(unit="*", indicator="drills", period=str(YEAR), target="3"))
    targets.append(dict(unit="*", indicator="campaigns", period=str(YEAR), target="100"))
    order = {unit: i for i, unit in enumerate(UNITS)}
    rows.sort(key=lambda r: (order[r["unit"]], r["element"], r["period"]))
    targets.sort(key=lambda t: (t["indicator"], order.get(t["unit"], -1), t["period"]))
    return {"observations.csv": table("unit element period value".split(), rows),
            "targets.csv": table("unit indicator period target baseline".split(), targets)}


def main():
    files = figures()
    if sys.argv[1:] == ["--check"]:
        wrong = [name for name, text in files.items()
                 if not (HERE / name).is_file() or (HERE / name).read_bytes() != text.encode("utf-8")]
        for name in wrong:
            print("not what make.py writes: %s" % name)
        return 1 if wrong else 0
    if sys.argv[1:]:
        sys.exit(__doc__)
    for name, text in files.items():
        (HERE / name).write_bytes(text.encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
