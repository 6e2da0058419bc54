"""What the scripts of this folder share: the packages there are, and what a program says of them."""
import csv
import hashlib
import os
import random
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RUNS = (("score", "--format", "csv"), ("score", "--format", "table", "--width", "120"), ("check",))


def packages():
    """Every folder with a scheme.yaml under examples and tests/cases, as paths from the root."""
    for top in ("examples", "tests/cases"):
        for folder, folders, names in os.walk(os.path.join(ROOT, top)):
            folders.sort()
            if "scheme.yaml" in names:
                yield os.path.relpath(folder, ROOT)


def say(program, folder, arguments, environment=None, cwd=ROOT):
    """Exit status, stdout and stderr of one run on the package in `folder` (a path from cwd)."""
    command = [*program, arguments[0], folder, *arguments[1:]]
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, timeout=300,
                          env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})})
    return done.returncode, done.stdout, done.stderr


def compare(name, folders, one, other):
    """Runs one(folder, arguments) and other(...) on each; prints and counts in how many folders they agree."""
    def differ(folder):
        for arguments in RUNS:
            first, second = one(folder, arguments), other(folder, arguments)
            if first != second:
                what = ("status", "stdout", "stderr")
                which = next(i for i in range(3) if first[i] != second[i])
                return f"baton {' '.join(arguments)}: {what[which]} differs: {show(first[which], second[which])}"
        return None

    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for folder, why in zip(folders, pool.map(differ, folders)):
            if why:
                failed += 1
                print(f"FAIL {name}: {folder}: {why}")
            else:
                print(f"ok {name}: {folder}")
    return len(folders) - failed, failed


def show(first, second):
    """The first line in which two outputs differ."""
    if isinstance(first, int):
        return f"{first} and {second}"
    pairs = zip(first.split(b"\n") + [b"(end)"], second.split(b"\n") + [b"(end)"])
    for number, (a, b) in enumerate(pairs, 1):
        if a != b:
            return f"line {number}:\n    {a.decode('utf-8', 'replace')}\n    {b.decode('utf-8', 'replace')}"
    return "one is longer"


LARGE = """baton: 1
id: large
title: {zh: 大, en: Large}
period: 2021
frequency: month
imports: {city: CITY}
methods:
  linked: {kind: rule, where: {k: "result(city, yunhu, economy)"}, score: "min(100, x*k/100 + mean(x)/1000)"}
  compared: {kind: range, low: 60, high: 100}
groups:
  - {id: g, title: {zh: 一组, en: Group}}
adjustments:
  items:
    - {id: up, kind: bonus, points: "0.01*result(city, zehe, total)"}
"""


def large(target, city, units=25000, leaves=8):
    """A package with so many figures that threads share the work, which reads the results of the example city."""
    os.mkdir(target)
    half, rng = leaves // 2, random.Random(1)

    def write(name, rows):
        with open(os.path.join(target, name), "w", encoding="utf-8") as file:
            file.write("\n".join(rows) + "\n")

    write("scheme.yaml", [LARGE.replace("CITY", city)])
    write("units.csv", ["id,name,group"] + [f"u{i},u{i},g" for i in range(units)])
    write("indicators.csv", ["id,name,weight,method,value"] + [f"a{k},a{k},1,linked," for k in range(half)] +
          [f'b{k},b{k},1,compared,"e{k}*result(city, yunhu, gdp_growth)"' for k in range(half)])
    write("observations.csv", ["unit,element,period,value"] + [f"u{i},{e}{k},2021-0{m},{rng.random() * 100:.3f}"
          for i in range(units) for k in range(half) for e, m in (("a", 6), ("e", 9))])


def shuffle(source, target):
    """A copy of the package in which the rows of every table stand in another order, the same one each time.

    Indicators without `order` stand in the file's order, which means something: that table is shuffled only where
    every row has one. Of rows with one honour, the first of those worth most counts: they keep their order.
    """
    shutil.copytree(source, target)
    for folder, folders, names in os.walk(target):
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith(".csv") and "scheme.yaml" in names:
                shuffle_table(path, random.Random(hashlib.sha256(name.encode()).digest()))


def keep_honours(head, before, body):
    unit, honour = head.index("unit"), head.index("honour")
    for same in {(row[unit], row[honour]) for row in body if row[honour].strip()}:
        places = [i for i, row in enumerate(body) if (row[unit], row[honour]) == same]
        for place, row in zip(places, [row for row in before if (row[unit], row[honour]) == same]):
            body[place] = row


def shuffle_table(path, chance):
    with open(path, "rb") as file:
        data = file.read()
    try:
        rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)))
    except (UnicodeDecodeError, csv.Error):
        return  # broken on purpose
    if len(rows) < 3 or any(len(row) != len(rows[0]) for row in rows):
        return
    head, body = rows[0], rows[1:]
    if os.path.basename(path) == "indicators.csv":
        if "order" not in head or not all(row[head.index("order")].strip() for row in body):
            return
    before = list(body)
    chance.shuffle(body)
    if "honour" in head:
        keep_honours(head, before, body)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *body])
