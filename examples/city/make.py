#!/usr/bin/env python3
"""Makes the example city: the packages of 2021 (this folder) and 2020 (the folder 2020).

    make.py                        write every file
    make.py --check                exit 1 and name the files that are not what it would write
    make.py --as-received DATE --into DIR
                                   write the packages into DIR as they stood on that day: without the
                                   figures that came in later, and with those first reported that were
                                   corrected later

City, units and figures are invented. Python's standard library only; same bytes with any version.
"""

import argparse
import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from generator import figures, indicators, office, scheme, story, texts, units  # noqa: E402
from generator.output import table  # noqa: E402


def as_received(rows, day):
    """The observations that the office had on that day."""
    known = []
    for row in rows:
        if row.get("x_received", "") > day:
            if not row.get("x_first"):
                continue
            row = dict(row, value=row["x_first"], x_received="", x_first="", x_note="")
        known.append(row)
    return known


def package(year, day=None):
    """The files of one package: path -> text."""
    documents, clauses = texts.documents(year)
    observations, targets = figures.make(year)
    if day:
        observations = as_received(observations, day)
    files = {
        "scheme.yaml": scheme.text(year),
        "units.csv": table(units.UNIT_COLUMNS, units.unit_rows(year)),
        "indicators.csv": table(indicators.COLUMNS, indicators.tree(year, clauses.__getitem__)),
        "observations.csv": table(figures.OBSERVATION_COLUMNS, observations),
        "targets.csv": table(figures.TARGET_COLUMNS, targets),
        "weights.csv": table(indicators.WEIGHT_COLUMNS, indicators.weight_rows(year)),
        "adjustments.csv": table(story.ADJUSTMENT_COLUMNS, story.adjustment_rows(year)),
    }
    if year == units.YEAR:
        files["successions.csv"] = table(units.SUCCESSION_COLUMNS, units.succession_rows())
        files[office.MAPPING] = office.TEXT
        files[office.SHEET] = office.sheet(observations)
    for name, text in documents.items():
        files["documents/%s.md" % name] = text
    return files


def everything(day=None):
    files = package(units.YEAR, day)
    for path, text in package(units.FIRST_YEAR).items():
        files["%d/%s" % (units.FIRST_YEAR, path)] = text
    return files


def check(files):
    wrong = []
    for path, text in files.items():
        file = HERE / path
        if not file.is_file() or file.read_bytes() != text.encode("utf-8"):
            wrong.append(path)
    for pattern in ("*.csv", "*.yaml", "documents/*", "mappings/*", "sheets/*"):
        for file in list(HERE.glob(pattern)) + list(HERE.glob("%d/%s" % (units.FIRST_YEAR, pattern))):
            path = file.relative_to(HERE).as_posix()
            if path not in files:
                wrong.append(path)
    for path in sorted(wrong):
        print("not what make.py writes: %s" % path)
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--as-received", metavar="DATE", help="as the figures stood on that day")
    parser.add_argument("--into", metavar="DIR", help="where to write (with --as-received)")
    asked = parser.parse_args()
    if bool(asked.as_received) != bool(asked.into):
        parser.error("--as-received and --into go together")
    files = everything(asked.as_received)
    if asked.check:
        return check(files)
    folder = pathlib.Path(asked.into) if asked.into else HERE
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
