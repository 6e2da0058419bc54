#!/usr/bin/env python3
"""A second, slow and plain implementation of scoring, written from the package format alone.

Usage: oracle.py score PACKAGE [--period P] [--as-of DATE] [--awards] [--rounded] [--format csv]
Prints what `baton score --format csv` prints; exit status 2 where the format says that scoring ends in an error."""
import csv
import datetime
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import periods
from methods import Refused
from package import Package
from results import rounded
from scoring import Scorer

COLUMNS = ("period", "group", "unit", "node", "level", "value", "score", "weight", "points", "rank", "of",
           "rank_change", "rating", "grade", "notes")
NOTES = ("na", "pending", "missing", "no_target", "zero", "imputed", "redistributed", "clamped", "constant",
         "winsorised", "clipped", "capped", "vetoed", "quota")


def text(x):
    if x is None:
        return ""
    if isinstance(x, str):
        return x
    return repr(int(x)) if x == int(x) and abs(x) < 1e15 else repr(float(x))


def table(result, as_published):
    package = result.package
    for unit, node in result.printed():
        row = result.rows[unit, node]
        tree = package.nodes["total" if node == "base" else node]
        show = lambda x: text(rounded(x, package.decimals(unit, tree), package.scoring.get("rounding", "half_away"))
                              if as_published else x)
        yield (str(result.period), package.units[unit]["group"], unit, node, str(tree.level), text(row.value),
               show(row.score), text(row.weight), show(row.points), text(row.rank), text(row.of),
               text(row.rank_change), row.rating, row.grade, " ".join(n for n in NOTES if n in row.notes))


def main(arguments):
    options = {"--period": None, "--as-of": None, "--format": "csv"}
    flags, plain = set(), []
    while arguments:
        word = arguments.pop(0)
        if word in options:
            options[word] = arguments.pop(0)
        elif word.startswith("--"):
            flags.add(word)
        else:
            plain.append(word)
    if len(plain) != 2 or plain[0] != "score":
        sys.stderr.write(__doc__)
        return 2
    package = Package(plain[1])
    as_of = datetime.date.fromisoformat(options["--as-of"]) if options["--as-of"] else None
    period = periods.parse(options["--period"]) if options["--period"] else package.period
    try:
        result = Scorer(package, as_of).result(period)
    except Refused as refused:
        sys.stderr.write("%s\n" % refused)
        return 2
    out = csv.writer(sys.stdout, lineterminator="\n")
    if "--awards" in flags:
        out.writerow(("period", "award", "group", "unit", "place", "by"))
        for award, group, unit, place, by in result.awards:
            out.writerow((str(period), award, group, unit, text(place), text(by)))
    else:
        out.writerow(COLUMNS)
        out.writerows(table(result, "--rounded" in flags))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
