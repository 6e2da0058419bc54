"""Reads a workbook by the standard library alone, and works out the formulas that Baton writes, as a spreadsheet does."""
import decimal
import math
import re
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Cell:
    __slots__ = ("value", "formula", "style")

    def __init__(self, value, formula, style):
        self.value, self.formula, self.style = value, formula, style


def column_of(letters):
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class Sheet:
    """cells[(row, column)], both from 0; `hidden` and `widths` by column; what was read of panes, filter and paper."""

    def __init__(self, name, data, strings):
        self.name, self.cells, self.widths, self.hidden, self.levels = name, {}, {}, set(), {}
        root = tree.fromstring(data)
        pane = root.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
        self.frozen = None if pane is None else (int(pane.get("ySplit", 0)), int(pane.get("xSplit", 0)), pane.get("state"))
        self.filter = root.find(f"{MAIN}autoFilter")
        self.page = root.find(f"{MAIN}pageSetup")
        self.fits = root.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr") is not None
        self.header = root.findtext(f"{MAIN}headerFooter/{MAIN}oddHeader")
        self.footer = root.findtext(f"{MAIN}headerFooter/{MAIN}oddFooter")
        for column in root.iter(f"{MAIN}col"):
            for index in range(int(column.get("min")) - 1, int(column.get("max"))):
                self.widths[index] = float(column.get("width"))
                self.levels[index] = int(column.get("outlineLevel", 0))
                if column.get("hidden") == "1":
                    self.hidden.add(index)
        for cell in root.iter(f"{MAIN}c"):
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
            self.cells[int(row) - 1, column_of(letters)] = self.read(cell, strings)

    @staticmethod
    def read(cell, strings):
        kind, text, formula = cell.get("t"), cell.findtext(f"{MAIN}v"), cell.findtext(f"{MAIN}f")
        if kind == "inlineStr":
            value = "".join(t.text or "" for t in cell.iter(f"{MAIN}t"))
        elif kind == "s":
            value = strings[int(text)]
        elif kind in ("str", "e", "b"):
            value = text
        else:
            value = None if text is None else float(text)
        return Cell(value, formula, cell.get("s"))

    def value(self, row, column):
        cell = self.cells.get((row, column))
        return None if cell is None else cell.value

    def rows(self):
        return 1 + max((row for row, _ in self.cells), default=-1)

    def row(self, row):
        last = max((c for r, c in self.cells if r == row), default=-1)
        return [self.value(row, column) for column in range(last + 1)]

    def work_out(self, row, column, seen=None):
        """The cell's number with all formulas worked out anew; a text as it is."""
        cell = self.cells.get((row, column))
        if cell is None or cell.formula is None:
            return None if cell is None else cell.value
        seen = {} if seen is None else seen
        if (row, column) not in seen:
            seen[row, column] = None  # a circle shows as None
            seen[row, column] = Formula(cell.formula, lambda r, c: self.work_out(r, c, seen)).number()
        return seen[row, column]


class Workbook:
    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            strings = []
            if "xl/sharedStrings.xml" in names:
                for item in tree.fromstring(archive.read("xl/sharedStrings.xml")):
                    strings.append("".join(t.text or "" for t in item.iter(f"{MAIN}t")))
            book = tree.fromstring(archive.read("xl/workbook.xml"))
            links = {link.get("Id"): link.get("Target") for link in
                     tree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
            self.sheets = {}
            for sheet in book.iter(f"{MAIN}sheet"):
                target = links[sheet.get(f"{RELATION}id")].lstrip("/")
                data = archive.read(target if target.startswith("xl/") else "xl/" + target)
                self.sheets[sheet.get("name")] = Sheet(sheet.get("name"), data, strings)
            self.charts = [archive.read(n).decode() for n in names if re.fullmatch(r"xl/charts/chart\d+\.xml", n)]
            self.core = archive.read("docProps/core.xml").decode()
            self.styles = archive.read("xl/styles.xml").decode()


def rounded(number, decimals, mode):
    """As spreadsheets round: the decimal of 15 digits that they show."""
    text = decimal.Decimal("%.15g" % number)
    return float(text.quantize(decimal.Decimal(1).scaleb(-int(decimals)), rounding=mode))


def flat(arguments):
    """Functions over cells leave out what is no number."""
    return [a for a in arguments if isinstance(a, float)]


FUNCTIONS = {
    "SUM": lambda *a: math.fsum(flat(a)),
    "MIN": lambda *a: min(flat(a)),
    "MAX": lambda *a: max(flat(a)),
    "ROUND": lambda x, d: rounded(x, d, decimal.ROUND_HALF_UP),
    "ROUNDDOWN": lambda x, d: rounded(x, d, decimal.ROUND_DOWN),
    "EXP": math.exp,
    "LN": math.log,
    "ABS": abs,
    "MOD": lambda a, b: a - b * math.floor(a / b),
    "IF": lambda condition, yes, no: yes if condition else no,
}


class Formula:
    """A formula worked out by recursive descent; `cell(row, column)` gives what stands elsewhere."""

    def __init__(self, text, cell):
        self.tokens = re.findall(r"[A-Z]+\d+|[A-Z]+(?=\()|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[-+*/^(),=]", text)
        if "".join(self.tokens) != text:
            raise ValueError("a formula in a form that is not known: " + text)
        self.cell, self.at = cell, 0

    def number(self):
        result = self.comparison()
        if self.at != len(self.tokens):
            raise ValueError("more behind the formula")
        return result

    def take(self, *wanted):
        if self.at < len(self.tokens) and self.tokens[self.at] in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def comparison(self):
        left = self.sum()
        return left == self.sum() if self.take("=") else left

    def sum(self):
        left = self.product()
        while True:
            sign = self.take("+", "-")
            if sign is None:
                return left
            right = self.product()
            left = left + right if sign == "+" else left - right

    def product(self):
        left = self.power()
        while True:
            sign = self.take("*", "/")
            if sign is None:
                return left
            right = self.power()
            left = left * right if sign == "*" else left / right

    def power(self):
        left = self.single()
        return left ** self.power() if self.take("^") else left

    def single(self):
        if self.take("-"):
            return -self.single()
        if self.take("("):
            value = self.comparison()
            assert self.take(")")
            return value
        token = self.tokens[self.at]
        self.at += 1
        if token in FUNCTIONS:
            assert self.take("(")
            arguments = [self.comparison()]
            while self.take(","):
                arguments.append(self.comparison())
            assert self.take(")")
            return FUNCTIONS[token](*arguments)
        place = re.fullmatch(r"([A-Z]+)(\d+)", token)
        return self.cell(int(place[2]) - 1, column_of(place[1])) if place else float(token)
