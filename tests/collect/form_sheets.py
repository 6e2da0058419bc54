"""Forms as others see them: the rows of CSV and workbooks, what somebody types into them, and files again as an office saves them."""
import csv
import decimal
import io
import os
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

from served import ROOT

sys.path.insert(0, os.path.join(ROOT, "tests"))
import sheets  # noqa: E402

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FIRST = 4  # the first row of figures, from 0; the names of the columns stand before it
DIGITS = decimal.Context(prec=15)  # as many as Excel has
VALUE, STATE, SOURCE, DOCUMENT, NOTE, AT = 7, 8, 9, 10, 11, 14


def part(book, name):
    return xml.fromstring(book.read(name)) if name in book.namelist() else None


def column_of(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def percent_styles(book):
    """Numbers of the styles by which a program shows 0.962 as 96.2%."""
    styles = part(book, "xl/styles.xml")
    codes = {} if styles is None else {one.get("numFmtId"): one.get("formatCode") for one in styles.iter(MAIN + "numFmt")}
    formats = [] if styles is None else styles.find(MAIN + "cellXfs")
    return {str(number) for number, one in enumerate(formats) if codes.get(one.get("numFmtId"), "").endswith("%")}


def cell_text(cell, percent=()):
    """As it is shown."""
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(MAIN + "t"))
    value = cell.find(MAIN + "v")
    if value is not None and value.text and cell.get("s") in percent and cell.get("t", "n") == "n":
        return "%s%%" % format((DIGITS.create_decimal(value.text) * 100).normalize(), "f")
    return "" if value is None or value.text is None else value.text


def rows_of(data, sheet=1):
    """The texts of a sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        table, percent = {}, percent_styles(book)
        for cell in part(book, "xl/worksheets/sheet%d.xml" % sheet).iter(MAIN + "c"):
            row = int(re.search(r"\d+", cell.get("r")).group()) - 1
            table.setdefault(row, {})[column_of(cell.get("r"))] = cell_text(cell, percent)
    return [[table.get(row, {}).get(column, "") for column in range(16)] for row in range(max(table) + 1)]


def csv_rows(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def csv_of(rows, encoding="utf-8"):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook_of(rows, name="填报表", merges=()):
    """As a program of an office saves it: numbers as such, the check row counted anew."""
    rows = [list(row) for row in rows]
    total = 0
    for row in rows[FIRST:]:
        if len(row) > VALUE and re.fullmatch(r"-?\d+(\.\d+)?", row[VALUE]):
            total += float(row[VALUE])
            row[VALUE] = "!n" + row[VALUE]
    filled = sum(1 for row in rows[FIRST:] if len(row) > STATE and (row[VALUE] or row[STATE]))
    rows[2] = [rows[2][0], rows[2][1], "", "已填", "", "合计", ""]
    rows[2][2], rows[2][4], rows[2][6] = "!n%d" % sum(1 for row in rows[FIRST:] if any(row)), "!n%d" % filled, "!n%r" % total
    return book_of([(name, False, rows, merges), ("notes", False, [["of my own"]], ())])


def book_of(pages):
    out = io.BytesIO()
    sheets.write(out, pages)
    return out.getvalue()


def fill(rows, unit, element, **texts):
    """The same rows with something typed into one."""
    names = rows[FIRST - 1]
    out = [list(row) for row in rows]
    for row in out[FIRST:]:
        if row[0] == unit and row[2] == element:
            for name, text in texts.items():
                row[{"value": VALUE, "state": STATE, "source": SOURCE, "document": DOCUMENT, "note": NOTE, "at": AT}[name]] = text
            return out
    raise SystemExit("the form has no %s of %s: %s" % (element, unit, names))


def place_of(rows, unit, element):
    return next(n for n, row in enumerate(rows) if row[0] == unit and row[2] == element)


def media_of(data):
    return XLSX if data[:2] == b"PK" else "text/csv"
