"""How numbers, tables and periods are written."""

import csv
import io


def number(value, decimals):
    """A plain decimal with at most that many decimals, no trailing zeros, never -0."""
    text = "%.*f" % (decimals, value)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def table(columns, rows):
    """The text of a CSV file: rows are dicts, an absent column is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        unknown = set(row) - set(columns)
        if unknown:
            raise ValueError("no such column: %s" % sorted(unknown))
        writer.writerow([row.get(column, "") for column in columns])
    return out.getvalue()


MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def period(year, frequency, last_month):
    """The name of the period of that frequency that ends with last_month."""
    if frequency == "month":
        return "%d-%02d" % (year, last_month)
    if frequency == "quarter":
        return "%d-Q%d" % (year, last_month // 3)
    if frequency == "half":
        return "%d-H%d" % (year, last_month // 6)
    return "%d" % year


def ends(frequency):
    """The months with which the periods of that frequency end."""
    step = MONTHS_OF[frequency]
    return range(step, 13, step)
