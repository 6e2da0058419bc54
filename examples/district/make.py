#!/usr/bin/env python3
"""Makes the package of Yunhu District: every table and text of this folder.

    make.py            write them
    make.py --check    exit 1 and name the files that are not what it would write

District, units and figures are invented. Python's standard library only; random numbers and tables are written as those of
the example city beside this folder, whose indicators.csv says what there is to answer for.
"""

import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "city")]

from generator.output import table  # noqa: E402
from maker import figures, indicators, scheme, texts, units  # noqa: E402


def package():
    """The files: path -> text."""
    documents, article = texts.documents()
    observations, targets = figures.make()
    files = {
        "scheme.yaml": scheme.text(),
        "units.csv": table(units.UNIT_COLUMNS, units.unit_rows()),
        "indicators.csv": table(indicators.COLUMNS, indicators.tree(article)),
        "observations.csv": table(figures.OBSERVATION_COLUMNS, observations),
        "targets.csv": table(figures.TARGET_COLUMNS, targets),
        "weights.csv": table(indicators.WEIGHT_COLUMNS, indicators.weight_rows()),
        "adjustments.csv": table(scheme.ADJUSTMENT_COLUMNS, scheme.ADJUSTMENTS),
    }
    files.update(("documents/%s.md" % name, text) for name, text in documents.items())
    return files


def check(files):
    wrong = {path for path, text in files.items()
             if not (HERE / path).is_file() or (HERE / path).read_bytes() != text.encode("utf-8")}
    for pattern in ("*.csv", "*.yaml", "documents/*"):
        wrong |= {file.relative_to(HERE).as_posix() for file in HERE.glob(pattern)} - set(files)
    for path in sorted(wrong):
        print("not what make.py writes: %s" % path)
    return 1 if wrong else 0


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    files = package()
    if sys.argv[1:]:
        return check(files)
    for path, text in files.items():
        (HERE / path).parent.mkdir(parents=True, exist_ok=True)
        (HERE / path).write_bytes(text.encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
