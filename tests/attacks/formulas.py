"""CSV and workbooks for people who open them in a spreadsheet: no cell is a formula, whatever names were given."""
import csv
import io
import re
import zipfile

from served import tell

CITY = "/api/v1/assessments/yunlan-2021"
FORMULAS = ("=1+1", "+1+1", "-2+3", "@SUM(1)", "=cmd|' /c calc'!A0", "=HYPERLINK(\"http://evil.example\")")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?$")
FORMULA = re.compile(rb"<f[^>]*>([^<]*)</f>")
OWN = re.compile(rb"(?:[A-Z]+\$?\d+|\$[A-Z]+\$?\d+|[A-Z]+\(|[-+*/(),:<>=]|\d+(?:\.\d+)?|&[lg]t;|\"\")+$")  # of numbers and cells, no texts
PATHS = ("/results/2021", "/results/2021-08", "/results/2021/matrix", "/results/2021-08/matrix?what=lost")


def rename(client, names):
    """Units are given such names, one after the other."""
    client.ask("GET", CITY + "/facts/unit?limit=%d" % len(names))
    refused = []
    for item, name in zip(client.value["items"], names):
        client.ask("POST", "/api/v1/entries/%d/correction" % item["position"], {"fields": {"name": name, "name_en": name}, "reason": "another name"})
        if client.status != 201:
            refused.append("%r: %d %s" % (name, client.status, client.text()[:150]))
    tell("units may be called anything", "; ".join(refused[:2]) or None)


def is_formula(cell):
    return bool(cell) and cell[0] in "=+-@\t\r" and not NUMBER.match(cell)


def attack(served, client):
    rename(client, FORMULAS)
    wrong, names = [], 0
    for path in PATHS:
        client.ask("GET", CITY + path + ("&" if "?" in path else "?") + "format=csv")
        rows = list(csv.reader(io.StringIO(client.text())))
        if client.status != 200 or len(rows) < 5:
            wrong.append("%s: %d" % (path, client.status))
        wrong += ["%s: %r" % (path, cell) for row in rows for cell in row if is_formula(cell)]
    tell("no cell of a CSV is a formula", "; ".join(wrong[:3]) or None)
    wrong = []
    for path in PATHS:
        client.ask("GET", CITY + path + ("&" if "?" in path else "?") + "format=xlsx")
        with zipfile.ZipFile(io.BytesIO(client.body)) as book:
            for name in book.namelist():
                text = book.read(name)
                wrong += ["%s: %s: %s" % (path, name, one) for one in FORMULA.findall(text) if not OWN.match(one)]
                wrong += ["%s: %s" % (path, name)] if "externalLink" in name else []
                names += b"<t>=1+1</t>" in text
    tell("no cell of a workbook is a formula", "; ".join(wrong[:3]) or None)
    tell("the names stand there as texts", None if names > 0 else "they do not")
    client.ask("GET", CITY + "/facts/unit?limit=%d" % len(FORMULAS))
    tell("in JSON they are what they are", None if {item["fields"].get("name") for item in client.value["items"]} >= set(FORMULAS) else client.text()[:300])
