"""The example city's two packages, as a year of collection begins and as it ends.

A ledger begins with schemes, units, targets and what nobody is asked for; the figures come in by collection. What they come to in the end is the package with three figures corrected and two zones merged, which
`ended` writes, so that `baton score` of it says what the ledger has to say."""
import csv
import datetime
import decimal
import os
import shutil

from served import examples

YEARS = {"yunlan-2020": examples(os.path.join("city", "2020")), "yunlan-2021": examples("city")}
OLD, NEW = ("zone_bonded", "zone_resort"), "zone_lanhu"
NEW_UNIT = {"id": NEW, "name": "澜湖新区", "name_en": "Lanhu New Zone", "group": "zone", "parent": "city", "kind": "开发区", "order": "9"}
SHARES = ("%", "分", "位", "微克/立方米", "毫克/升")  # what two units have together is the mean of these, the sum of all else
KEY = ("unit", "element", "period")


def read(folder, name):
    """The rows of a table, and the names of its columns."""
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return list(rows), rows.fieldnames


def write(folder, name, rows, columns):
    with open(os.path.join(folder, name + ".csv"), "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, columns, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def first_day(period):
    year, rest = int(period[:4]), period[5:]
    month = 1 if not rest else 3 * int(rest[1]) - 2 if rest[0] == "Q" else 6 * int(rest[1]) - 5 if rest[0] == "H" else int(rest)
    return datetime.date(year, month, 1)


def last_day(period):
    months = {"": 12, "Q": 3, "H": 6}.get(period[5:6], 1)
    first = first_day(period)
    month = first.month - 1 + months
    return datetime.date(first.year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)


def periods_of(year):
    return ["%d-%02d" % (year, month) for month in range(1, 13)] + ["%d-Q%d" % (year, quarter) for quarter in range(1, 5)] + ["%d-H%d" % (year, half) for half in (1, 2)] + [str(year)]


def together(texts, measure):
    """A figure of the two that became one. A code is that of the first; nothing is made of a figure that one of them has not."""
    try:
        numbers = [decimal.Decimal(text) for text in texts]
    except decimal.InvalidOperation:
        return texts[0]
    return str(sum(numbers) / len(numbers) if measure in SHARES else sum(numbers))


def merged(rows, since, measures, key, columns):
    """Rows of the new unit, made of those of the two old ones of periods that end after the day; by the other columns of the key."""
    of = {}
    for row in rows:
        if row["unit"] in OLD and last_day(row["period"]) >= since:
            of.setdefault(tuple(row[name] for name in key), []).append(row)
    made = []
    for pair in of.values():
        if len(pair) != 2:
            continue
        row = dict(pair[0], unit=NEW)
        for name in columns:
            texts = [one[name] for one in pair]
            row[name] = together(texts, measures.get(row[key[0]])) if all(texts) else ""
        made.append(row)
    return made


class Package:
    """An assessment's tables; `merge` = the day on which the two zones become one, None = never."""

    def __init__(self, assessment, merge=None):
        self.assessment, self.folder, self.merge = assessment, YEARS[assessment], merge
        self.year = int(assessment[-4:])
        rows, self.columns = read(self.folder, "observations")
        indicators, _ = read(self.folder, "indicators")
        measures = {row["id"]: row["measure"] for row in indicators}
        self.made, self.before = NEW if merge else None, [tuple(row[name] for name in KEY) for row in rows]
        if merge:
            new = merged([row for row in rows if first_day(row["period"]) >= merge], merge, measures, ("element", "period"), ("value",))
            rows = [row for row in rows if not (row["unit"] in OLD and first_day(row["period"]) >= merge)] + new
            targets, columns = read(self.folder, "targets")
            self.new_targets = merged(targets, merge, measures, ("indicator", "period"), ("target", "baseline"))
        self.rows = {tuple(row[name] for name in KEY): row for row in rows}
        self.adjustments, _ = read(self.folder, "adjustments")

    def has(self, key):
        """Whether there is anything to be reported; a row may say nothing."""
        row = self.rows.get(key)
        return row is not None and bool(row["value"] or row["state"])

    def asked_of_made(self, period):
        """(element, unit of which it is asked likewise) of the unit that two became: what is asked of the first of them, from the period on in which they became it."""
        return [(element, unit) for unit, element, of in self.before if of == period and unit == OLD[0]] if self.merge and last_day(period) >= self.merge else []

    def of_period(self, period):
        return {(unit, element): row for (unit, element, of), row in self.rows.items() if of == period and self.has((unit, element, of))}

    def begun(self, folder, collected, with_adjustments):
        """The package as it is before anything is collected: without the figures of which `collected` says so, before the merger."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        rows, columns = read(self.folder, "observations")
        write(folder, "observations", [row for row in rows if not collected(row)], columns)
        if not with_adjustments:
            write(folder, "adjustments", [], read(self.folder, "adjustments")[1])

    def ended(self, folder):
        """The package with what was corrected, and the merger."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        write(folder, "observations", list(self.rows.values()), self.columns)
        if not self.merge:
            return
        units, columns = read(self.folder, "units")
        before = (self.merge - datetime.timedelta(1)).strftime("%Y-%m")
        write(folder, "units", [dict(row, left=before) if row["id"] in OLD else row for row in units] + [{**dict.fromkeys(columns, ""), **NEW_UNIT, "joined": self.merge.strftime("%Y-%m")}], columns)
        successions, columns = read(self.folder, "successions")
        write(folder, "successions", successions + [{"from": old, "to": NEW, "date": str(self.merge), "share": ""} for old in OLD], columns)
        targets, columns = read(self.folder, "targets")
        write(folder, "targets", targets + self.new_targets, columns)
