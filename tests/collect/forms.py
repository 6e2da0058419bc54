"""Forms out and in: what is to be reported as a workbook or CSV, filled in as other programs save it, sent back; and everything that can be wrong with that, told by sheet, row and column, with nothing stored."""
import hashlib
import io
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from urllib.parse import quote

from calendar_year import CITY, fact, say
from form_sheets import AT, DOCUMENT, FIRST, NOTE, SOURCE, STATE, VALUE, XLSX, book_of, csv_of, csv_rows, fill, media_of, place_of, rows_of, workbook_of
from served import ROOT, in_database, tell

PERIOD = "2022-08"
FORM = CITY + "/collection/" + PERIOD + "/form"
TABLES = ("entry", "fact", "content", "node", "head", "request", "proposal")


def raw_sheet(data, sheet=1):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read("xl/worksheets/sheet%d.xml" % sheet).decode()


# Asking.

def get(client, query="", media="csv"):
    client.ask("GET", FORM + "?format=" + media + query)
    return client.body if client.status == 200 else None


def table(client, query=""):
    return csv_rows(get(client, "&language=en" + query).decode("utf-8-sig"))


def send(client, data, query="", key=None, media=None):
    media = media or media_of(data)
    client.ask("POST", FORM + query, raw=data, headers=dict({"Content-Type": media}, **({"Idempotency-Key": key} if key else {})))
    note_told(client)
    return client.status


TOLD = {}  # by code: whether it was ever told of a form or sheet with its place and advice


def note_told(client):
    for one in client.value.get("errors", []) if isinstance(client.value, dict) else []:
        is_placed = bool(one.get("file") and one.get("advice") and (one.get("row") or one["name"] in OF_FILES))
        TOLD[one["name"]] = TOLD.get(one["name"], False) or is_placed


def stored(served):
    """A digest of everything that the journal and its tables hold, but for what the program itself records."""
    digest = hashlib.sha256()
    if served.address:
        for name in TABLES:
            digest.update(in_database(served.address, "SELECT t::text FROM %s t ORDER BY 1" % name).encode())
        return digest.hexdigest()
    with sqlite3.connect("file:%s?mode=ro" % served.ledger, uri=True) as database:
        for name in TABLES:
            for row in database.execute("SELECT * FROM %s ORDER BY 1, 2, 3" % name):
                digest.update(repr(row).encode())
    return digest.hexdigest()


def problem(client):
    return [(one["name"], one.get("file"), one.get("row"), one.get("field")) for one in client.value.get("errors", [])]


# What is given out.

def out_csv(clerk):
    rows = table(clerk)
    tell("the form says what it is", None if rows[1][0].startswith("baton-form 1; ledger=city; assessment=yunlan-2021; period=2022-08; reporter=statistics; language=en; made=") else rows[:3])
    tell("it has a row for each figure of the reporter", None if len(rows) - FIRST == 20 and int(rows[2][2]) == len(rows) - FIRST and rows[1][0].endswith("rows=%d" % (len(rows) - FIRST)) else rows[:5])
    tell("with names, the figure of a year ago, and no draft", None if all(row[1] and row[3] and not row[VALUE] and not row[AT] for row in rows[FIRST:]) and any(row[6] for row in rows[FIRST:]) else rows[FIRST])
    zh = csv_rows(get(clerk, "&language=zh").decode("utf-8-sig"))
    tell("in Chinese too, for a spreadsheet to open as UTF-8", None if clerk.body[:3] == b"\xef\xbb\xbf" and zh[3][:4] == ["考核对象代码", "考核对象", "数据项代码", "指标"] and "填报表" in zh[0][0] else zh[:4])
    one = table(clerk, "&unit=jinting&element=industry_va")
    tell("or of one unit and figure", None if len(one) == FIRST + 1 and one[FIRST][0] == "jinting" else one)
    return rows


def out_workbook(clerk):
    data = get(clerk, "&language=zh", "xlsx")
    rows, xml_text, help_text = rows_of(data), raw_sheet(data), str(rows_of(data, 2))
    tell("the workbook has the same rows", None if [row[0] for row in rows[FIRST:]] == [row[0] for row in table(clerk)[FIRST:]] else rows[:6])
    tell("it is shut but for what is filled in, with lists, counts and a header that stays",
         None if "<sheetProtection" in xml_text and "password" not in xml_text and "不适用,暂不出数" in xml_text and 'type="decimal"' in xml_text and "COUNTA(" in xml_text and "SUMPRODUCT(" in xml_text
         and 'state="frozen"' in xml_text and 'orientation="landscape"' in xml_text and 'paperSize="9"' in xml_text else xml_text[:1500])
    tell("the second sheet explains, in both languages", None if "请填有底色的单元格" in help_text and "Fill in the coloured cells" in help_text and "上年同期" in help_text else help_text[:500])
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        tell("pages repeat the first rows", None if "$1:$4" in book.read("xl/workbook.xml").decode() else "they do not")
    return data


# There and back.

def roundtrip(served, who):
    clerk, second = who["stat-clerk"], who["stat-second"]
    rows = table(clerk)
    count = len(rows) - FIRST
    filled = fill(fill(fill(rows, "jinting", "industry_va", value="101.5", source="=月报", note="'quoted', twice"), "yunhu", "industry_va", value="98.25"), "landong", "retail", state="na", note="the district has no shops")
    send(clerk, csv_of(filled), "?trial=1")
    tell("a trial says what would be", None if clerk.status == 200 and (clerk.value["drafted"], clerk.value["empty"], clerk.value["facts"]) == (3, count - 3, 0) else clerk.text()[:500])
    send(clerk, csv_of(filled), key="form-once")
    tell("three rows become drafts, the others are left alone", None if clerk.status == 201 and (clerk.value["drafted"], clerk.value["empty"], clerk.value["facts"]) == (3, count - 3, 3) else clerk.text()[:500])
    send(clerk, csv_of(filled), key="form-once")
    tell("sent again with its key, nothing is stored twice", None if clerk.status == 200 and clerk.value["repeat"] else clerk.text()[:500])
    again = table(second)
    row = again[place_of(again, "jinting", "industry_va")]
    tell("the colleague's form has the draft, formulas kept from being any", None if row[VALUE] == "101.5" and row[SOURCE] == "'=月报" and row[NOTE] == "''quoted', twice" and row[AT] and row[13] == "draft" else row)
    send(second, csv_of(again))
    tell("sent back as it came, nothing is drafted", None if second.status == 200 and (second.value["same"], second.value["drafted"]) == (3, 0) else second.text()[:500])
    gb = csv_rows(get(clerk, "&language=zh").decode("utf-8-sig"))
    send(clerk, csv_of(fill(gb, "yunhu", "retail", value="7.5", note="速报"), "gb18030"))
    tell("GB18030, as a spreadsheet in China saves it", None if clerk.status == 201 and clerk.value["drafted"] == 1 else clerk.text()[:500])
    book = rows_of(get(clerk, "&language=zh", "xlsx"))
    moved = [row[:] for row in fill(book, "wanglan", "retail", value="12.5", document="统字〔2022〕8号")]
    for row in moved[FIRST - 1:]:  # columns stand elsewhere, and one of the office's own between them
        row[7], row[9] = row[9], row[7]
        row.append("x_mine" if row is moved[FIRST - 1] else "seen")
    send(clerk, moved_workbook(moved, 9))
    tell("columns may stand elsewhere, with some of one's own", None if clerk.status == 201 and clerk.value["drafted"] == 1 else clerk.text()[:700])
    back = table(clerk)
    row = back[place_of(back, "wanglan", "retail")]
    tell("what a workbook said is what the next form says", None if (row[VALUE], row[DOCUMENT]) == ("12.5", "统字〔2022〕8号") else row)


def moved_workbook(rows, value=VALUE):
    """With the figures in another column."""
    rows = [list(row) for row in rows]
    rows[2] = [""] * 16
    rows[2][0:3] = ["核对", "行数", "!n%d" % (len(rows) - FIRST)]
    for row in rows[FIRST:]:
        if row[value]:
            row[value] = "!n" + row[value]
    return book_of([("notes", False, [["of my own"]], ()), ("填报表", False, rows, ())])


def two_people(served, who):
    """The second is told what changed and by whom, and loses nothing."""
    clerk, second = who["stat-clerk"], who["stat-second"]
    rows = table(clerk)
    theirs = fill(fill(rows, "jinting", "industry_va", value="103", note="mine"), "jinting", "retail", value="55")
    send(second, csv_of(fill(rows, "jinting", "industry_va", value="102.5")))
    tell("the colleague changes a figure meanwhile", None if second.status == 201 else second.text()[:500])
    before = stored(served)
    send(clerk, csv_of(theirs))
    at = place_of(rows, "jinting", "industry_va") + 1
    tell("the first one is told: row, cell, who and what", None if clerk.status == 409 and problem(clerk) == [("REPORT_MEANWHILE", "form.csv", at, "H%d" % at)] and "stat-second" in clerk.text() and "102.5" in clerk.text() else clerk.text()[:700])
    tell("and nothing is stored", None if stored(served) == before else "something is")
    send(clerk, csv_of(theirs), "?beside=1&format=csv&language=en")
    beside = csv_rows(clerk.body.decode("utf-8-sig"))
    row = beside[place_of(beside, "jinting", "industry_va")]
    tell("a form with both keeps what was typed, beside what is there", None if clerk.status == 200 and row[VALUE] == "103" and row[NOTE] == "mine" and "102.5 (stat-second" in row[15] and beside[place_of(beside, "jinting", "retail")][VALUE] == "55" else row)
    tell("making it stored nothing", None if stored(served) == before else "something is")
    send(clerk, csv_of(beside))
    tell("sent as it is, one's own figure holds", None if clerk.status == 201 and clerk.value["drafted"] == 2 else clerk.text()[:700])
    again = table(clerk)
    send(second, csv_of(fill(rows, "jinting", "industry_va", value="104")))
    tell("an old form is told again", None if second.status == 409 else second.text()[:500])
    send(second, csv_of(fill(rows, "jinting", "industry_va", value="104")), "?over=1")
    tell("unless whoever sends it says to have seen what is there", None if second.status == 201 and second.value["drafted"] == 1 else second.text()[:500])
    send(clerk, csv_of(again))
    tell("what was there in a form, and left as it was, is no wish to go back to it", None if clerk.status == 200 and clerk.value["drafted"] == 0 else clerk.text()[:500])


# What can be wrong.

def dropped(rows, column):
    return [[text for n, text in enumerate(row) if n != column] if number >= FIRST - 1 else row for number, row in enumerate(rows)]


def put(rows, row, column, text):
    out = [list(one) + [""] * (17 - len(one)) for one in rows]
    out[row][column] = text
    return out


# What reads forms and offices' own sheets: a code that stands there is one that an upload can cause.
READERS = ["flow/form%s.c" % part for part in ("", "_csv", "_fill", "_items", "_read", "_sheet", "_workbook")] + ["package/sheet_%s.c" % part for part in ("figures", "layout", "names", "number", "value", "grid")]
OF_FILES = ("FORM_NONE", "SHEET_NO_FIGURES", "SHEET_NAME_MISSING")  # of all of it, without a row
ELSEWHERE = {  # what none of the uploads here causes, and where it is caused
    "NO_MEMORY": "tests/alloc/run-all", "SHEET_FILE_MISSING": "tests/broken/sheet-file-missing.case", "CELL_TEXT_LONG": "tests/collect/forms.py",  # of a form that goes out: long_note
    "SHEET_SEVERAL": "tests/import/run", "SHEET_UNKNOWN": "tests/import/run",  # by mappings that name a sheet
    "SHEET_PERIOD_NEEDED": "tests/broken/sheet-period-needed.case",  # a form is always of a period
    "SHEET_TOO_LARGE": "tests/broken/sheet-too-large.case", "SHEET_FORM": "tests/broken/sheet-form.case",
}

BROKEN = [
    # What, which code, at which row and cell (from 1; "" = of the file, or of the row), how the rows of the form are broken.
    ("no form at all", "FORM_NONE", 0, None, lambda rows: [["unit", "element", "value"], ["jinting", "retail", "1"]]),
    ("a form of a later version", "FORM_NONE", 2, "A2", lambda rows: put(rows, 1, 0, rows[1][0].replace("baton-form 1", "baton-form 2"))),
    ("the form of another period", "FORM_OTHER", 2, "A2", lambda rows: put(rows, 1, 0, rows[1][0].replace("2022-08", "2022-07"))),
    ("the form of another assessment", "FORM_OTHER", 2, "A2", lambda rows: put(rows, 1, 0, rows[1][0].replace("yunlan-2021", "yunlan-2020"))),
    ("the form of another ledger", "FORM_OTHER", 2, "A2", lambda rows: put(rows, 1, 0, rows[1][0].replace("ledger=city", "ledger=town"))),
    ("the form of another unit", "REPORTER_OTHER", 5, "A5", lambda rows: put(put(rows, 1, 0, rows[1][0].replace("reporter=statistics", "reporter=audit")), 4, VALUE, "1")),
    ("a column that nobody knows", "FORM_COLUMN_UNKNOWN", 4, "P4", lambda rows: put(rows, 3, 15, "remarks")),
    ("a column twice", "FORM_COLUMN_TWICE", 4, "P4", lambda rows: put(rows, 3, 15, "figure")),
    ("no column of steps", "FORM_COLUMN_MISSING", 4, None, lambda rows: dropped(rows, AT)),
    ("text below no name", "TABLE_COLUMN_NAMELESS", 6, "Q6", lambda rows: put(rows, 5, 16, "stray")),
    ("a row that was lost in between", "FORM_ROWS_DIFFER", 2, "A2", lambda rows: rows[:7] + rows[8:]),
    ("a row too many", "FORM_ROWS_DIFFER", 2, "A2", lambda rows: rows + [["jinting", "", "nonsense"]]),
    ("a sheet that goes on for long", "FORM_ROWS_MANY", 200001, "A200001", lambda rows: rows + [["jinting"]] * (200001 - len(rows))),
    ("no check row", "FORM_CHECK_MISSING", 3, None, lambda rows: put(put(rows, 2, 1, ""), 2, 2, "")),
    ("a count that does not agree", "FORM_CHECK_DIFFERS", 3, "C3", lambda rows: put(rows, 2, 2, "5")),
    ("a sum that does not agree", "FORM_CHECK_DIFFERS", 3, "E3", lambda rows: put(put(rows, 2, 3, "sum"), 2, 4, "12")),
    ("a name that belongs to another row", "FORM_CELL_CHANGED", 5, "D5", lambda rows: put(rows, 4, 3, "Fruit")),
    ("another unit of measurement", "FORM_CELL_CHANGED", 5, "E5", lambda rows: put(rows, 4, 4, "万个")),
    ("a row of nothing", "FORM_ROW_NAMELESS", 5, "C5", lambda rows: put(rows, 4, 2, "")),
    ("a figure twice", "FIGURE_TWICE", 6, "C6", lambda rows: [*rows[:5], rows[4], *rows[6:]]),
    ("a figure that nobody asks for", "FIGURE_UNEXPECTED", 5, "C5", lambda rows: put(rows, 4, 2, "nonsense")),
    ("no number", "FIGURE_BAD", 5, "H5", lambda rows: put(rows, 4, VALUE, "twelve")),
    ("a number with separators", "FIGURE_BAD", 5, "H5", lambda rows: put(rows, 4, VALUE, "1,234")),
    ("a note without a figure", "FIGURE_BAD", 5, "H5", lambda rows: put(rows, 4, NOTE, "later")),
    ("a reason that is none", "FORM_STATE_BAD", 5, "I5", lambda rows: put(rows, 4, STATE, "holiday")),
    ("a figure, and why there is none", "FORM_VALUE_AND_STATE", 5, "I5", lambda rows: put(put(rows, 4, VALUE, "1"), 4, STATE, "na")),
    ("not applicable without saying why", "REASON_NEEDED", 5, "L5", lambda rows: put(rows, 4, STATE, "na")),
    ("a step that is no number", "FORM_STEP_BAD", 5, "O5", lambda rows: put(put(rows, 4, VALUE, "1"), 4, AT, "x")),
    ("a source that is too long", "FORM_TEXT_LONG", 5, "J5", lambda rows: put(put(rows, 4, VALUE, "1"), 4, SOURCE, "长" * 401)),
    ("a step that somebody threw away", "STAGE_WRONG", 5, "H5", lambda rows: put(put(rows, 4, VALUE, "1"), 4, AT, "3")),
]


def broken(served, who):
    clerk = who["stat-clerk"]
    rows = table(clerk, "&stage=none")
    before = stored(served)
    for what, code, row, field, make in BROKEN:
        data = make(rows)
        for kind, sent in (("csv", csv_of(data)), ("xlsx", as_book(data))):
            status = send(clerk, sent)
            found = problem(clerk)
            file = "form.csv" if kind == "csv" else "form.xlsx!表" if row else "form.xlsx"
            wanted = (code, file, row or None, field)
            advice = all(one.get("advice") for one in clerk.value.get("errors", []))
            tell("%s (%s) is told where it stands" % (what, kind), None if status >= 400 and found and found[0] == wanted and advice else "%d, wanted %s: %s" % (status, wanted, clerk.text()[:500]))
    only_in_workbooks(served, clerk, rows)
    many(clerk, rows)
    tell("of all that nothing was stored", None if stored(served) == before else "something was")


def as_book(rows):
    """The rows as they are, every cell a text."""
    return book_of([("表", False, rows, ())])


def only_in_workbooks(served, clerk, rows):
    for what, code, at, text in (("an error", "TABLE_CELL_ERROR", "H5", "!#N/A"), ("a formula that was never calculated", "TABLE_NOT_CALCULATED", "H5", "!=A1")):
        send(clerk, as_book(put(rows, 4, VALUE, text)))
        tell("%s is told where it stands" % what, None if problem(clerk)[:1] == [(code, "form.xlsx!表", 5, at)] else clerk.text()[:500])
    send(clerk, workbook_of(rows, "表", ["H5:H6"]))
    tell("cells that are one are told", None if problem(clerk)[:1] == [("TABLE_MERGED", "form.xlsx!表", 5, "H5")] else clerk.text()[:500])
    send(clerk, b"PK\x03\x04 and no more", media=XLSX)
    tell("what is no workbook is told", None if clerk.status == 422 and "tmp" not in clerk.text() else clerk.text()[:500])
    send(clerk, b"\xff\xfe\x00bad")
    tell("nor any text", None if clerk.status == 422 else clerk.text()[:500])
    clerk.ask("POST", FORM, raw=b"{}", headers={"Content-Type": "application/json"})
    tell("nor what is sent as something else", None if clerk.value.get("name") == "MEDIA_UNKNOWN" else clerk.text()[:500])


def many(clerk, rows):
    """A finding for each row; a hundred are told, and how many there are in all."""
    bad = [list(row) for row in rows]
    for row in bad[FIRST:]:
        row[VALUE] = "much"
    send(clerk, csv_of(bad))
    count = len(rows) - FIRST
    told = problem(clerk)
    tell("every row is told", None if len(told) + clerk.value.get("errors_left_out", 0) == count and {row for _, _, row, _ in told} == set(range(FIRST + 1, FIRST + 1 + len(told))) else clerk.text()[:500])


def late(served, office, who):
    clerk, head = who["stat-clerk"], who["stat-head"]
    rows = table(clerk)
    key = ("jinting", "industry_va")
    items = [{"unit": key[0], "element": key[1], "at": int(rows[place_of(rows, *key)][AT])}]
    head.ask("POST", CITY + "/collection/" + PERIOD, {"act": "sign", "items": items})
    tell("one is signed off", None if head.status == 201 else head.text()[:500])
    left = table(clerk)
    tell("it is out of the form then", None if len(left) == len(rows) - 1 else len(left))
    everything = table(clerk, "&all=1")
    tell("unless all is wished", None if any(row[0] == key[0] and row[2] == key[1] and row[13] == "signed off" for row in everything[FIRST:]) else everything[:6])
    send(clerk, csv_of(fill(everything, *key, value="1")))
    at = place_of(everything, *key) + 1
    tell("where it cannot be changed", None if problem(clerk) == [("STAGE_WRONG", "form.csv", at, "H%d" % at)] else clerk.text()[:500])
    for period, code in (("2022-06", "PERIOD_UNOPENED"), ("2022-07", "PERIOD_SHUT")):
        path = CITY + "/collection/" + period + "/form"
        if code == "PERIOD_SHUT":
            say("July is opened, and over", office, [fact("period", period=period, opens="2022-08-01", due="2022-08-10")])
        clerk.ask("GET", path + "?format=csv&language=en")
        other = csv_rows(clerk.body.decode("utf-8-sig"))
        clerk.ask("POST", path, raw=csv_of(put(other, 4, VALUE, "1")), headers={"Content-Type": "text/csv"})
        note_told(clerk)
        tell("%s is told where it stands" % code, None if problem(clerk) == [(code, "form.csv", 5, "A5")] else clerk.text()[:500])


def long_note(served, who):
    """One that no cell holds, said by command with the server stopped: the workbook is refused rather than cut, CSV has all of it."""
    clerk = who["stat-clerk"]
    unit, element, note = *[table(clerk, "&stage=none")[-1][n] for n in (0, 2)], "n" * 32768
    served.stop()
    served.baton("collect", served.ledger, PERIOD, "draft", unit, element, "1", "--note", note, "--assessment", "yunlan-2021", "--as", "stat-clerk", "--key", served.key)
    served.start()
    clerk.connect()
    clerk.ask("GET", FORM + "?format=xlsx")
    tell("no workbook holds a note of 32,768 characters", None if (clerk.status, clerk.value.get("name")) == (413, "CELL_TEXT_LONG") else "%d" % clerk.status)
    again = table(clerk, "&unit=%s&element=%s" % (unit, element))
    tell("CSV does", None if again[FIRST][NOTE] == note else again[FIRST][NOTE][:50])
    clerk.ask("POST", CITY + "/collection/" + PERIOD, {"act": "draft", "items": [{"unit": unit, "element": element, "value": "1", "note": "short", "at": int(again[FIRST][AT])}]})
    tell("it is said shorter", None if clerk.status == 201 else clerk.text()[:300])


def sheet(figures):
    """The statistics bureau's monthly sheet, with figures of retail only, by the name of the district."""
    rows = [["2022年1-8月主要经济指标"] + [""] * 8, [""] * 8 + ["单位：亿元"], ["地区", "规模以上工业增加值", "固定资产投资", "社会消费品零售总额", "一般公共预算收入（万元）", "实际使用外资（万美元）"], [""] + ["累计"] * 5]
    return csv_of(rows + [[name, "", "", figure, "", ""] for name, figure in figures])


def all_items(served, who):
    """Of figures sent as JSON everything that is wrong is told at once, each by its item."""
    clerk, before = who["stat-clerk"], stored(served)
    units = [row[0] for row in table(clerk, "&stage=none")[FIRST:] if row[2] == "retail"][:2]
    items = [{"unit": units[0], "element": "retail", "value": "much"}, {"unit": units[1], "element": "retail", "value": "7"}, {"unit": "jinting", "element": "nonsense", "value": "1"}, {"unit": "yunhu", "element": "retail", "value": "1"}]
    items += [dict(items[1], unit=unit, **more) for unit, more in ((unit, {"element": "industry_va", "value": "x"}) for unit in units)]
    clerk.ask("POST", CITY + "/collection/" + PERIOD, {"act": "draft", "items": items})
    told = [(one["name"], one["pointer"]) for one in clerk.value.get("errors", [])]
    tell("every item that is wrong is told", None if told == [("FIGURE_BAD", "/items/0"), ("FIGURE_UNEXPECTED", "/items/2"), ("REPORT_MEANWHILE", "/items/3"), ("FIGURE_BAD", "/items/4"), ("FIGURE_BAD", "/items/5")] else clerk.text()[:1500])
    clerk.ask("POST", CITY + "/collection/" + PERIOD, {"act": "draft", "items": [{"unit": unit, "element": "retail", "state": "na"} for unit in units]})
    told = [(one["name"], one["pointer"]) for one in clerk.value.get("errors", [])]
    tell("so is every one that does not apply and says not why", None if told == [("REASON_NEEDED", "/items/0"), ("REASON_NEEDED", "/items/1")] else clerk.text()[:900])
    tell("nothing of them is stored", None if stored(served) == before else "something is")


# An office's own sheet by the mapping of the city: what, which code, at which row and cell, how it is broken. The first district stands in row 5, its retail in D.
SHEETS = [
    ("a unit that nobody knows", "SHEET_UNIT_UNKNOWN", 5, "A5", lambda rows: put(rows, 4, 0, "云中区")),
    ("no column of units", "SHEET_COLUMN_UNKNOWN", 4, None, lambda rows: put(rows, 2, 0, "名称")),
    ("two columns of units", "SHEET_COLUMN_SEVERAL", 4, "G4", lambda rows: put(rows, 2, 6, "地区")),
    ("another unit of measurement", "SHEET_EXPECTED", 2, "I2", lambda rows: put(rows, 1, 8, "单位：万元")),
    ("a title without a month", "SHEET_PERIOD_UNKNOWN", 1, "A1", lambda rows: put(rows, 0, 0, "主要经济指标")),
    ("the sheet of another month", "SHEET_PERIOD_DIFFERS", 1, "A1", lambda rows: put(rows, 0, 0, "2022年1-7月主要经济指标")),
    ("a figure twice", "SHEET_FIGURE_TWICE", 6, "D6", lambda rows: [*rows[:5], rows[4], *rows[6:]]),
    ("no figures", "SHEET_NO_FIGURES", None, None, lambda rows: rows[:4]),
    ("a column that is there no more", "SHEET_NAME_MISSING", None, None, lambda rows: put(rows, 2, 3, "零售额")),
    ("no number", "NUMERAL_BAD", 5, "D5", lambda rows: put(rows, 4, 3, "many")),
    ("a dash", "NUMERAL_DASH", 5, "D5", lambda rows: put(rows, 4, 3, "--")),
    ("full-width digits", "NUMERAL_FULLWIDTH", 5, "D5", lambda rows: put(rows, 4, 3, "１２．５")),
    ("separators in the wrong places", "NUMERAL_GROUPED", 5, "D5", lambda rows: put(rows, 4, 3, "1,23")),
    ("a percent sign", "NUMERAL_PERCENT", 5, "D5", lambda rows: put(rows, 4, 3, "12.5%")),
    ("a unit behind the number", "NUMERAL_TRAILING", 5, "D5", lambda rows: put(rows, 4, 3, "12.5亿元")),
    ("a number beyond all", "NUMERAL_TOO_LARGE", 5, "D5", lambda rows: put(rows, 4, 3, "9" * 400)),
]


def broken_sheets(served, who):
    clerk, before = who["stat-clerk"], stored(served)
    names = [(row[1], "12.5") for row in csv_rows(get(clerk, "&language=zh&stage=none").decode("utf-8-sig"))[FIRST:] if row[2] == "retail"][:2]
    rows = csv_rows(sheet(names).decode())
    cases = [("csv", "form.csv", csv_of(make(rows)), *of) for *of, make in SHEETS] + [("xlsx", "form.xlsx!表", as_book(make(rows)), *of) for *of, make in SHEETS]
    cases += [("xlsx", "form.xlsx!表", as_book(put(rows, 4, 3, "!#N/A")), "an error", "SHEET_CELL_ERROR", 5, "D5")]
    for kind, file, data, what, code, row, field in cases:
        status = send(clerk, data, "?mapping=monthly")
        found = [one for one in clerk.value.get("errors", []) if one["name"] == code]
        right = found and status >= 400 and (found[0].get("file"), found[0].get("row"), found[0].get("field")) == (file, row, field) and found[0].get("advice")
        tell("an own sheet with %s (%s) is told where it stands" % (what, kind), None if right else "%d, wanted %s: %s" % (status, (code, file, row, field), clerk.text()[:600]))
    tell("of all these nothing was stored", None if stored(served) == before else "something was")


def all_codes():
    """Every error that stands in what reads forms and sheets was told in what was sent here, with its place and what to do, or is caused where it says."""
    with open(os.path.join(ROOT, "include", "baton", "code.def"), encoding="utf-8") as file:
        errors = set(re.findall(r"^X\((\w+),[^\n]*?BATON_ERROR", file.read(), re.M))
    wanted = set()
    for name in READERS:
        with open(os.path.join(ROOT, "src", name), encoding="utf-8") as file:
            wanted |= errors & set(re.findall(r"\bBATON_([A-Z_]+)\b", file.read()))
    lost = [code for code, path in ELSEWHERE.items() if not os.path.exists(os.path.join(ROOT, path))]
    tell("each of %d codes that an upload can cause is told with place and advice" % len(wanted), None if len(wanted) > 40 and not lost and {code for code in wanted if TOLD.get(code)} | set(ELSEWHERE) >= wanted
         else sorted(wanted - {code for code in wanted if TOLD.get(code)} - set(ELSEWHERE)) + lost)
    tell("and none is looked for elsewhere that is told here", None if not set(TOLD) & set(ELSEWHERE) and set(ELSEWHERE) <= wanted else sorted(set(TOLD) & set(ELSEWHERE) | set(ELSEWHERE) - wanted))


def own_sheet(served, who):
    """An office's own sheet by a mapping of the assessment: over HTTP, then by command with the server stopped."""
    clerk = who["stat-clerk"]
    free = [(row[0], row[1]) for row in csv_rows(get(clerk, "&language=zh&stage=none").decode("utf-8-sig"))[FIRST:] if row[2] == "retail"]
    tell("figures are left to report", None if len(free) >= 2 else free)
    (first, first_name), (second, second_name) = free[:2]
    data = sheet([(first_name, "1,864.4"), (second_name, "")])
    send(clerk, data, "?mapping=monthly&name=%s&trial=1" % quote("月报.csv"))
    tell("a trial of a sheet says what would be", None if clerk.status == 200 and (clerk.value["drafted"], clerk.value["facts"]) == (1, 0) else clerk.text()[:700])
    send(clerk, data, "?mapping=monthly&name=%s" % quote("月报.csv"), key="sheet-once")
    tell("a sheet becomes drafts", None if clerk.status == 201 and clerk.value["drafted"] == 1 else clerk.text()[:700])
    send(clerk, data, "?mapping=monthly&name=%s" % quote("月报.csv"), key="sheet-once")
    tell("once", None if clerk.status == 200 and clerk.value["repeat"] else clerk.text()[:700])
    row = table(clerk, "&unit=%s&element=retail" % first)[FIRST]
    tell("each says from which cell it came", None if row[VALUE] == "1864.4" and "月报.csv" in row[DOCUMENT] and "D5" in row[DOCUMENT] and "tmp" not in row[DOCUMENT] else row)
    before = stored(served)
    send(clerk, sheet([(first_name, "1,900"), (second_name, "12.5")]), "?mapping=monthly")
    errors = [(one["name"], one["row"], one["field"]) for one in clerk.value.get("errors", []) if one["severity"] == "error"]
    tell("a figure that is there is told with its cell, and nothing stored", None if clerk.status == 409 and errors == [("REPORT_MEANWHILE", 5, "D5")] and stored(served) == before else clerk.text()[:1500])
    path = os.path.join(served.folder, "own.csv")
    with open(path, "wb") as file:
        file.write(sheet([(first_name, "1,900"), (second_name, "12.5")]))
    served.stop()
    said = served.baton("fill", served.ledger, path, "--mapping", "monthly", "--period", PERIOD, "--over", "--assessment", "yunlan-2021", "--as", "stat-clerk", "--key", served.key)
    tell("by command likewise, over what is there", None if "drafted 2" in said else said)
    served.start()
    clerk.connect()
    got = [table(clerk, "&unit=%s&element=retail" % unit)[FIRST][VALUE] for unit in (first, second)]
    tell("and both are drafts", None if got == ["1900", "12.5"] else got)


def others(who):
    town, owner = who["town-clerk"], who["reform-owner"]
    rows = table(town)
    tell("a district's form is of what it reports", None if len(rows) >= FIRST and "reporter=jinting" in rows[1][0] else rows[:3])
    foreign = table(town, "&reporter=statistics")
    tell("of what a bureau reports it sees only what is about itself", None if foreign and {row[0] for row in foreign[FIRST:]} <= {"jinting"} else foreign[:6])
    send(town, csv_of(fill(foreign, "jinting", "freight", value="1")) if any(row[2] == "freight" for row in foreign[FIRST:]) else csv_of(put(foreign, 4, VALUE, "1")))
    tell("and brings none of it in, told with its row", None if town.status == 403 and problem(town)[0][0] == "RIGHT_UNIT" and problem(town)[0][2] else town.text()[:500])
    theirs = table(who["stat-clerk"])
    for query in ("?beside=1&format=csv&language=en", "?trial=1"):
        send(town, csv_of(theirs), query)
        tell("nor is a district told by %s what figures of others are" % query.split("&")[0][1:-2], None if town.status == 403 and {one[0] for one in problem(town)} == {"READING_LACKING"} and problem(town)[0][2:] == (place_of(theirs, "yunhu", "industry_va") + 1, "C%d" % (place_of(theirs, "yunhu", "industry_va") + 1)) else town.text()[:500])
    owner.ask("GET", FORM + "?format=csv")
    tell("whoever reports for no unit names one", None if owner.value.get("name") == "FORM_REPORTER" else owner.text()[:300])
    send(owner, csv_of(foreign))
    tell("an owner brings none in", None if owner.status == 403 else owner.text()[:300])


def system(served, office):
    """What docs/collection.md shows a program to do, run as it stands there."""
    with open(os.path.join(ROOT, "docs", "collection.md"), encoding="utf-8") as file:
        script = re.search(r"<!-- example: system -->\n```python\n(.*?)```", file.read(), re.S).group(1)
    say("September is opened", office, [fact("period", period="2022-09", opens="2022-10-01", due="2999-12-31")])
    served.say_person(office, "robot", "robot", "unit", "statistics")
    person = served.sign_in("robot")
    person.ask("POST", "/api/v1/tokens", {"name": "line", "roles": ["unit"], "assessment": "yunlan-2021", "until": served.in_days(10)})
    environment = dict(os.environ, BATON_SERVER="http://127.0.0.1:%d" % served.port, BATON_TOKEN=person.value.get("token", ""))

    def run_it(text):
        done = subprocess.run([sys.executable, "-c", text], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False, text=True)
        return done.stdout.strip()

    said = run_it(script)
    tell("a program drafts its figures", None if said == "stored 2" else said)
    said = run_it(script)
    tell("the next day there is nothing new", None if said == "nothing new" else said)
    sent_again = run_it(script.replace('or report.get("value") == value', "").replace('dict(item, at=report["at"]) if report else item', "item"))
    tell("what it sends again is known", None if sent_again == "stored before 2" else sent_again)
    said = run_it(script.replace("101.5", "much").replace("first", "second"))
    tell("what is refused names its item", None if said.startswith("FIGURE_BAD /items/0 ") or said.startswith("FIGURE_BAD /items/1 ") else said)


def run(served):
    office = served.sign_in("li.wei")
    for person, role, unit in (("stat-clerk", "unit", "statistics"), ("stat-second", "unit", "statistics"), ("stat-head", "approver", "statistics"), ("reform-owner", "owner", "development_reform"), ("town-clerk", "unit", "jinting")):
        served.say_person(office, person, person, role, unit)
    who = {person: served.sign_in(person) for person in ("stat-clerk", "stat-second", "stat-head", "reform-owner", "town-clerk")}
    say("the period is opened", office, [fact("period", period=PERIOD, opens="2022-09-01", due="2999-12-31")])
    out_csv(who["stat-clerk"])
    out_workbook(who["stat-clerk"])
    roundtrip(served, who)
    two_people(served, who)
    broken(served, who)
    long_note(served, who)
    others(who)
    late(served, office, who)
    all_items(served, who)
    broken_sheets(served, who)
    own_sheet(served, who)
    all_codes()
    system(served, office)
    tell("the ledger holds", None if served.baton("verify", served.ledger, "--key", served.key, status=None) is not None and not served.errors else served.error)
