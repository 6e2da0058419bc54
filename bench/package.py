"""How long a package takes on its way into a workbook and out of it, and the most memory on the way: `baton convert` and
`baton check` as a user runs them, on invented figures of 20 elements in 12 months."""
import os
import random
import subprocess
import tempfile
import time

ELEMENTS, MONTHS = 20, 12
SCHEME = """baton: 1
id: long
title: {zh: 长表, en: Long}
period: 2021
frequency: month
methods:
  range: {kind: range}
groups:
  - {id: all, title: {zh: 全部, en: All}}
"""


def make(folder, rows, seed):
    """A package with about so many rows of figures; returns how many."""
    chance = random.Random(seed)
    units = max(rows // (ELEMENTS * MONTHS), 2)
    os.makedirs(folder)
    tables = {
        "scheme.yaml": SCHEME,
        "units.csv": "id,name,group\n" + "".join(f"u{u:05d},单位{u},all\n" for u in range(units)),
        "indicators.csv": "id,name,weight,method\n" + "".join(f"e{e:02d},指标{e},5,range\n" for e in range(ELEMENTS)),
    }
    for name, text in tables.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    with open(os.path.join(folder, "observations.csv"), "w", encoding="utf-8") as file:
        file.write("unit,element,period,value\n")  # row by row: what this process holds counts as its children's too
        for u in range(units):
            file.writelines(f"u{u:05d},e{e:02d},2021-{m:02d},{chance.randrange(1000000) / 100:.2f}\n"
                            for e in range(ELEMENTS) for m in range(1, MONTHS + 1))
    return units * ELEMENTS * MONTHS


def run(command):
    """Seconds, and megabytes resident at most."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    status, usage = os.wait4(process.pid, 0)[1:]
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"bench/run: {' '.join(command)} ended with {process.returncode}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def measure(baton, quick, seed):
    """One result for each way; the best of three."""
    results = []
    for rows in (20000,) if quick else (100000, 250000):
        with tempfile.TemporaryDirectory(prefix="bench-package-") as aside:
            folder, book = os.path.join(aside, "long"), os.path.join(aside, "long.xlsx")
            count = make(folder, rows, seed)
            back = os.path.join(aside, "back.zip")
            for way, command in (("folder to workbook", ["convert", folder, "-o", book]),
                                 ("read a workbook", ["check", "--no-lint", book]),
                                 ("workbook to archive", ["convert", book, "-o", back]),
                                 ("read a folder", ["check", "--no-lint", folder])):
                runs = [run([baton, *command]) for _ in range(3)]
                results.append({"way": way, "rows": count, "cells": 4 * count, "seconds": min(s for s, _ in runs),
                                "peak_megabytes": max(m for _, m in runs)})
    return results
