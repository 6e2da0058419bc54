#!/usr/bin/env python3
"""Packages into ledgers and out of them: every example and every worked case that can be scored, by the program as a user runs it.

Usage: test_packages.py [BATON] [all]     BATON is the binary, else $BATON; all: every case, else one of EVERY

What is imported and exported again, as a folder, an archive and a workbook, has the tables that went in, field by field, scores to the same bytes where it stands, and out of the ledger too; to import it again
changes nothing.

Prints `ok NAME` or `FAIL NAME: why`, at the end `N passed, N failed`; exit status 1 when one failed."""
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.dirname(HERE), os.path.join(os.path.dirname(HERE), "convert")]
from workbooks import decoded, table  # noqa: E402

EVERY = 20  # of the cases, in the quick tier
TABLES = ("units.csv", "indicators.csv", "observations.csv", "targets.csv", "weights.csv", "adjustments.csv",
          "successions.csv")
BATON = None


class Wrong(Exception):
    pass


def must(condition, *why):
    if not condition:
        raise Wrong(" ".join(str(part) for part in why))


def baton(*arguments, status=0):
    done = subprocess.run([BATON, *arguments, "--lang", "en"], capture_output=True, text=True, timeout=120,
                          env=dict(os.environ, BATON_USER="li"))
    must(done.returncode == status, "baton", *arguments, "ends with", done.returncode, done.stderr or done.stdout)
    return done.stdout


def rows(path):
    """What a table says: its rows as maps without what is empty."""
    if not os.path.exists(path):
        return []
    with open(path, "rb") as file:
        parts = table(file.read())
    return [{name: text for name, text in zip(parts[0], row) if text} for row in parts[1:]]


def same_package(folder, back):
    for name in TABLES:
        must(rows(os.path.join(back, name)) == rows(os.path.join(folder, name)), name, "came back otherwise")
    for inner in ("documents", "mappings"):
        ending = {"documents": ".md", "mappings": ".yaml"}[inner]
        names = [sorted(name for name in os.listdir(os.path.join(at, inner)) if name.endswith(ending))
                 if os.path.isdir(os.path.join(at, inner)) else [] for at in (folder, back)]
        must(names[0] == names[1], inner, "came back otherwise:", *names)
        for name in names[0]:
            texts = [open(os.path.join(at, inner, name), "rb").read() for at in (folder, back)]
            must(texts[0] == texts[1], inner, name, "came back otherwise")
    texts = [open(os.path.join(at, "scheme.yaml"), "rb").read() for at in (folder, back)]
    must(texts[0] == texts[1], "scheme.yaml came back otherwise")


def scheme_id(folder):
    with open(os.path.join(folder, "scheme.yaml"), "rb") as file:
        found = re.search(r"^id:\s*(.*?)\s*(#.*)?$", decoded(file.read()), re.M)
    return found.group(1).strip("'\"")


def entries(ledger):
    """The number of the newest fact."""
    return max(int(number) for number in re.findall(r'"position": (\d+)', baton("log", ledger, "--format", "json")))


def whole(package):
    """Everything that a package can tell of its result."""
    return [baton("score", *package, "--format", form) for form in ("csv", "json")]


def round_trip(folder, options=()):
    def test(aside):
        ledger = os.path.join(aside, "l.db")
        identifier = scheme_id(folder)
        known = ["--ledger", ledger, "--assessment", identifier, *options]
        baton("init", ledger, "--as", "li", "--name", "Li", "--from", folder)
        want = whole([folder, *options])
        must(whole(known) == want, "scored otherwise out of the ledger")
        newest = entries(ledger)
        for form in ("", ".zip", ".xlsx"):
            place = os.path.join(aside, "out" + form[1:])
            os.mkdir(place)
            out = os.path.join(place, "package" + form)
            baton("export", ledger, "--assessment", identifier, "-o", out)
            must(whole([out, *options]) == want, "scored otherwise from", out)
            if form == "":
                same_package(folder, out)
            baton("import", ledger, out)
            must(entries(ledger) == newest, "to import", out, "again changed the ledger")
        out = os.path.join(aside, "out", "package")
        shutil.rmtree(os.path.join(aside, "outzip"))
        baton("convert", os.path.join(aside, "outxlsx", "package.xlsx"), "-o", os.path.join(aside, "back"))
        for name in TABLES:
            must(rows(os.path.join(aside, "back", name)) == rows(os.path.join(out, name)), name,
                 "came back otherwise from the workbook")
    return test


def is_scored(case):
    done = subprocess.run([BATON, "score", os.path.join(case, "package"), "--format", "csv", "-o", os.devnull],
                          capture_output=True, timeout=60)
    return done.returncode == 0


def cases(everything):
    folder = os.path.join(ROOT, "tests", "cases")
    names = sorted(name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name, "package")))
    linked = [name for name in names if len([at for at, _, files in os.walk(os.path.join(folder, name))
                                             if "scheme.yaml" in files]) > 1]
    chosen = names if everything else sorted(set(names[::EVERY]) | set(linked[::EVERY // 2]))
    return [os.path.join(folder, name) for name in chosen]


def small(aside):
    place = os.path.join(aside, "small")
    shutil.copytree(os.path.join(ROOT, "examples", "safety"), place)
    return place


def edit(folder, name, old, new):
    path = os.path.join(folder, name)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    must(old in text, name, "does not hold", old)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new, 1))


def test_two_that_differ(aside):
    """A figure that differs is refused with both values, and corrected where that is asked for; what was known before is still scored as it was."""
    folder, ledger = small(aside), os.path.join(aside, "l.db")
    baton("init", ledger, "--as", "li", "--name", "Li", "--from", folder)
    before, newest = whole([folder]), entries(ledger)
    with open(os.path.join(folder, "observations.csv"), encoding="utf-8") as file:
        header, *figures = file.read().splitlines()
    at = header.split(",").index("value")
    row = next(i for i, figure in enumerate(figures) if figure.count(",") == header.count(",") and
               re.fullmatch(r"[1-9]\d*(\.\d+)?", figure.split(",")[at]))
    fields = figures[row].split(",")
    changed = fields[:at] + [str(float(fields[at]) / 2)] + fields[at + 1:]
    edit(folder, "observations.csv", figures[row], ",".join(changed))
    done = subprocess.run([BATON, "--lang", "en", "import", ledger, folder, "--as", "li"], capture_output=True,
                          text=True, timeout=60)
    must(done.returncode == 2 and changed[at] in done.stderr and fields[at] in done.stderr and
         "observations.csv:%d" % (row + 2) in done.stderr, "not refused as it should be:", done.stderr)
    must(entries(ledger) == newest, "something was stored")
    baton("import", ledger, folder, "--correct", "--reason", "revised")
    must(entries(ledger) == newest + 1, "not one correction")
    must(whole(["--ledger", ledger]) == whole([folder]), "scored otherwise")
    must(whole(["--ledger", ledger, "--known", str(newest)]) == before, "what was known before is scored otherwise")
    of = dict(zip(header.split(","), fields))
    told = baton("explain", "--ledger", ledger, "--unit", of["unit"], "--period", of["period"], "--all", "--width", "1000")
    must("corrects no. " in told and "because: revised" in told and "observations.csv" not in told,
         "explain does not tell of the correction")


def tests(everything):
    found = [("example-" + name, round_trip(os.path.join(ROOT, "examples", name)))
             for name in (("city", "district", "safety") if everything else ("district", "safety"))]
    found.append(("two-that-differ", test_two_that_differ))
    for case in cases(everything):
        if is_scored(case):
            found.append((os.path.basename(case), round_trip(os.path.join(case, "package"))))
    return found


def run(name, test):
    aside = tempfile.mkdtemp(prefix="baton-")
    try:
        test(aside)
        return "ok " + name, True
    except (Wrong, OSError, subprocess.TimeoutExpired, StopIteration) as why:
        return "FAIL %s: %s" % (name, why), False
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def main():
    global BATON
    arguments = [word for word in sys.argv[1:] if word != "all"]
    BATON = os.path.abspath(arguments[0] if arguments else os.environ["BATON"])
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for text, is_ok in pool.map(lambda one: run(*one), tests("all" in sys.argv[1:])):
            passed += is_ok
            failed += not is_ok
            if not is_ok:
                print(text)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
