#!/usr/bin/env python3
"""Checks of figures over HTTP: 30 figures of one unit, and 2,000 of many, judged by 100 checks in an assessment of 1,000 units and 60 elements.

    bench/checks.py [BUILD] [UNITS]     BUILD is build/release; UNITS 1000

Prints milliseconds from question to answer (`POST .../checks/{period}`), which stores nothing. Nine checks of ten read only figures of the same unit, the tenth those of the unit above. Everything is made in a temporary folder, and
stopped."""
import os
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(ROOT, "tests", "api"))
from served import Served  # noqa: E402

ELEMENTS, CHECKS = 60, 100
BULK = "/api/v1/assessments/bulk"
RULES = ["x >= 0", "x <= 5 * prev(x)", "x != prev(x)", "abs(x / prev(x) - 1) <= 500%", "x + f00 >= f01 - 100000", "digits(x) < 20", "slip(x, prev(x)) == 0", "x <= prev(x) + f02 + 100000", "rises < 5", "x <= 1000000 * parent(x)"]


def package(folder, units):
    os.mkdir(folder)

    def write(name, text):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    checks = "".join("  - {id: c%02d, for: \"*\", rule: \"%s\", severity: justify, title: {zh: 规则%d, en: check %d}}\n" % (n, RULES[n % 10], n, n) for n in range(CHECKS))
    write("scheme.yaml", "baton: 1\nid: bulk\ntitle: {zh: 乡镇统计报表, en: Towns}\nperiod: 2021\nfrequency: month\ngroups:\n  - {id: town, title: {zh: 乡镇, en: Towns}}\nmethods:\n  plain: {kind: direct}\nchecks:\n" + checks)
    write("units.csv", "id,name,group,parent\nbureau,统计局,,\ncounty,县,,\n" + "".join("t%05d,第%d镇,town,county\n" % (n, n) for n in range(units)))
    write("indicators.csv", "id,name,parent,weight,method,frequency,source,measure\nall,全部,,100,,,,\n" + "".join("f%02d,第%d项指标,all,1,plain,month,bureau,亿元\n" % (n, n) for n in range(ELEMENTS)))
    rows = ["%s,f%02d,2021-%02d,%d.%d\n" % (unit, n, month, u % 900 + 100 + month, n % 10) for u, unit in [(900, "county")] + [(u, "t%05d" % u) for u in range(units)] for n in range(ELEMENTS) for month in (1, 2)]
    write("observations.csv", "unit,element,period,value\n" + "".join(rows))


def ask(clerk, name, items):
    times = []
    for _ in range(7):
        begun = time.monotonic()
        clerk.ask("POST", BULK + "/checks/2021-03", {"items": items}, unchecked=True)
        times.append(time.monotonic() - begun)
        if clerk.status != 200:
            raise SystemExit("%d %s" % (clerk.status, clerk.text()[:1000]))
    print("%s: %d figures, %d checks: median %.1f ms, first %.1f ms; %d told" % (name, len(items), CHECKS, 1e3 * sorted(times)[3], 1e3 * times[0], len(clerk.value["checks"])))


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "build", "release")
    units = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with tempfile.TemporaryDirectory(prefix="bench-checks-") as aside:
        folder = os.path.join(aside, "bulk")
        package(folder, units)
        with Served(os.path.join(build, "baton"), folder) as served:
            served.config += "passwords: {hash_kib: 8192, hash_passes: 1}\n"
            served.start()
            office = served.sign_in("li.wei")
            served.say_person(office, "clerk", "clerk", "unit", "bureau")
            clerk = served.sign_in("clerk")
            office.ask("POST", "/api/v1/facts", {"assessment": "bulk", "facts": [{"kind": "period", "fields": {"period": "2021-03", "opens": "2021-04-01", "due": "2999-12-31"}}]}, unchecked=True)
            figure = lambda unit, n: {"unit": "t%05d" % unit, "element": "f%02d" % n, "value": "%d.5" % (unit % 900 + 110) if n else "-1"}
            ask(clerk, "one unit", [figure(7, n) for n in range(30)])
            ask(clerk, "many units", [figure(k // 40, k % 40) for k in range(2000)])
            served.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
