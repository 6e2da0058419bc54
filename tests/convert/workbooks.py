"""Packages as workbooks: folder -> xlsx -> zip -> folder, where the folder's own words may be written otherwise but mean the same.

The tables that come back are those that went in, field by field, and the policy texts line by line; the workbook of what came back
has the same bytes as the first, so that the scheme came back too; and what is scored is the same, byte by byte."""
import csv
import io
import os
import re
import shutil
import subprocess
import tempfile
import zipfile

import sheets

SPACES = " \t\u00a0\u3000"
EVERY = 7  # of the cases, in the quick tier


def decoded(data):
    data = data[3:] if data.startswith(b"\xef\xbb\xbf") else data
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def table(data):
    """The fields of a table, without the spaces around them and rows that are empty."""
    rows = [[field.strip(SPACES) for field in row] for row in csv.reader(io.StringIO(decoded(data), newline=""))]
    return [row for row in rows if any(row)]


def lines(data):
    text = decoded(data).replace("\r\n", "\n")
    return (text[:-1] if text.endswith("\n") else text).split("\n")


def meaning(name, data):
    return table(data) if name.endswith(".csv") else lines(data) if name.endswith(".md") else None


class Workbooks:
    """The tests, with what the script that runs them has: convert, baton, must, files_of, is_part."""

    def __init__(self, script):
        self.script = script
        self.must = script.must

    def same_package(self, folder, back):
        want = {name: data for name, data in self.script.files_of(folder).items() if self.script.is_part(name)}
        got = self.script.files_of(back)
        self.must(sorted(got) == sorted(want), "other files came back:", sorted(set(got) ^ set(want)))
        for name in want:
            self.must(meaning(name, got[name]) == meaning(name, want[name]), name, "came back otherwise")

    def same_bytes(self, one, two):
        with open(one, "rb") as a, open(two, "rb") as b:
            self.must(a.read() == b.read(), os.path.basename(two), "differs from", os.path.basename(one))

    def round_trip(self, folder, aside):
        """folder -> xlsx -> zip -> folder -> xlsx."""
        one, archive, back, two = (os.path.join(aside, name) for name in ("one.xlsx", "one.zip", "back", "two.xlsx"))
        self.script.convert(folder, one)
        self.script.convert(one, archive)
        self.script.convert(archive, back)
        self.script.convert(back, two)
        self.same_package(folder, back)
        self.same_bytes(one, two)
        with zipfile.ZipFile(one) as book:
            self.must(book.testzip() is None, "Python finds the workbook broken")
        return one

    def example(self, folder, inner, name, others=()):
        def test(aside):
            for package in (name, *others):  # each where the one that reads it finds it
                source = os.path.join(folder, package)
                self.script.convert(source, os.path.join(aside, package + ".xlsx"))
                for part in inner if package == name else ("2020",):
                    os.makedirs(os.path.join(aside, package), exist_ok=True)
                    self.script.convert(os.path.join(source, part), os.path.join(aside, package, part + ".xlsx"))
            self.round_trip(os.path.join(folder, name), tempfile.mkdtemp(dir=aside))
            for arguments in (["--format", "csv"], ["--format", "json"], ["--awards", "--format", "csv"]):
                want = self.script.baton("score", os.path.join(folder, name), *arguments)
                got = self.script.baton("score", os.path.join(aside, name + ".xlsx"), *arguments)
                self.must(want[0] == 0 and got[:2] == want[:2], "scored otherwise:", got[2])
        return test

    def case(self, path):
        """Each package of a case becomes a workbook in the place of its folder. What is no table or no YAML by its form is refused."""
        def test(aside):
            place = os.path.join(aside, "case")
            shutil.copytree(path, place)
            packages = [at for at, folders, names in os.walk(place) if "scheme.yaml" in names]
            first = os.path.join(place, "package")
            want = self.script.baton("score", first, "--format", "csv")
            for package in packages:
                status, printed, said = self.script.baton("convert", package, "-o", package + ".xlsx")
                if status != 0:
                    self.must(want[0] == status == 2 and "error" in said, "not converted:", said)
                    self.must(not os.path.exists(package + ".xlsx"), "something was left behind")
                    return
            self.round_trip(first, tempfile.mkdtemp(dir=aside))
            for package in packages:
                shutil.rmtree(package)
            got = self.script.baton("score", first + ".xlsx", "--format", "csv")
            self.must(got[:2] == want[:2], "scored otherwise:", got[2], "instead of", want[2])
        return test

    def refused(self, aside):
        """A cell that a table cannot have is not lost on the way out of a workbook."""
        folder = os.path.join(self.script.ROOT, "tests", "broken", "base")
        with open(os.path.join(os.path.dirname(folder), "workbook-scheme.csv"), encoding="utf-8") as file:
            scheme = sheets.records(file.read())
        book, out = os.path.join(aside, "book.xlsx"), os.path.join(aside, "out")
        sheets.make(book, folder, scheme, [])
        self.script.convert(book, out)
        self.same_package(folder, out)
        for wrong in (["sheet targets", "+*,rate,2021,!#N/A"], ["sheet scheme", "+groups.4.id,x"],
                      ["sheet units", "merge A2:A3"]):
            sheets.make(book, folder, scheme, wrong)
            for target in ("new", "new.zip", "new.xlsx"):
                status, printed, said = self.script.baton("convert", book, "-o", os.path.join(aside, target))
                self.must(status == 2 and "error" in said and not os.path.exists(os.path.join(aside, target)), wrong[1],
                          "->", target, "ends with", status, said)

    def no_characters(self, aside):
        """U+FFFE and U+FFFF, which XML cannot have, are refused where they stand, and kept by an archive."""
        base = os.path.join(self.script.ROOT, "tests", "broken", "base")
        for number, (point, row) in enumerate([("\ufffe", 2), ("\uffff", 3), ("\uffff", 1)]):
            package = os.path.join(aside, str(number))
            shutil.copytree(base, package)
            path = os.path.join(package, "units.csv")
            with open(path, encoding="utf-8", newline="") as file:
                table = list(csv.reader(file))
            for at, record in enumerate(table, 1):
                record.append("x_own" if at == 1 else "a")
            table[row - 1][-1] += "甲" + point + "乙"
            with open(path, "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(table)
            status, printed, said = self.script.baton("convert", package, "-o", package + ".xlsx")
            self.must(status == 2 and "units.csv:%d" % row in said and "U+%04X" % ord(point) in said, status, said)
            self.must(not os.path.exists(package + ".xlsx"), "something was left behind")
            self.script.convert(package, package + ".zip")

    def own_sheets(self, aside):
        """The office's own sheets are named when they stay behind; its own columns go along."""
        folder = os.path.join(self.script.ROOT, "tests", "broken", "base")
        with open(os.path.join(os.path.dirname(folder), "workbook-scheme.csv"), encoding="utf-8") as file:
            scheme = sheets.records(file.read())
        book, out = os.path.join(aside, "book.xlsx"), os.path.join(aside, "out")
        sheets.make(book, folder, scheme, ["sheet x_计算", "1,2", "sheet targets", "unit,indicator,period,target,x_说明",
                                           '*,rate,2021,98.50%,"两行', '说明"', "group:office,rate,2021,90,0512"])
        status, printed, said = self.script.baton("convert", book, "-o", out)
        self.must(status == 0 and "x_计算" in said, status, said)
        with open(os.path.join(out, "targets.csv"), "rb") as file:
            self.must(file.read().decode() == 'unit,indicator,period,target,x_说明\n*,rate,2021,98.50%,"两行\n说明"\n'
                      "group:office,rate,2021,90,0512\n", "another table")
        self.round_trip(out, aside + "/")

    def exact(self, aside):
        """Every way to write a number comes back as it was written, whatever kind of cell it becomes."""
        package = os.path.join(aside, "package")
        shutil.copytree(os.path.join(self.script.ROOT, "tests", "broken", "base"), package)
        numbers = ["0", "-0", "0.0", "98.50", "98.5%", "0.5%", "33.333%", "100%", "+12", ".5", "5.", "1e6", "1E6", "007", "-0.3",
                   "123456789012345", "1234567890123456", "0.1234567890123456", "0.000000100", "1e-9", "99999999999999.9",
                   "-12.340", "0.10%", "1e100", "1e400", "0x10", "1,234", "１２", "=1+1", "@x", "'5", "_x000D_", "_x005F_", "2021-08",
                   "TRUE", "#N/A", " 7 ", "a\"b", "两\n行", "9007199254740993", "0.30000000000000004", "4.35", "1.005"]
        with open(os.path.join(package, "targets.csv"), "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["unit", "indicator", "period", "target", "x_own"])
            writer.writerows(["*", "rate", "2021", number, number] for number in numbers)
        self.round_trip(package, aside)

    def pleasant(self, aside):
        """What a person gets to see and to choose from, as Python finds it in the sheet."""
        book = os.path.join(aside, "city.xlsx")
        self.script.convert(os.path.join(self.script.ROOT, "examples", "city"), book)
        with zipfile.ZipFile(book) as archive:
            names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
            sheet = {name: archive.read(f"xl/worksheets/sheet{number}.xml").decode()
                     for number, name in enumerate(names, 1)}
        self.must(names == ["scheme", *sheets.TABLES, "documents", "mappings", "x_lists"], "sheets", names)
        for name, text in sheet.items():
            self.must('state="frozen"' in text and "<autoFilter" in text and "<cols>" in text, name, "is plain")
        with open(os.path.join(self.script.ROOT, "examples", "city", "indicators.csv"), encoding="utf-8") as file:
            header = next(csv.reader(file))
        for name, count in (("scheme", 3), ("indicators", len(header)), ("documents", 2), ("mappings", 4)):
            self.must(sheet[name].count("promptTitle=") == count, name, "has help at", sheet[name].count("promptTitle="))
        lists = dict(re.findall(r'type="list"[^>]* sqref="([A-Z]+)2:[^>]*><formula1>([^<]*)<', sheet["indicators"]))
        for column, words in (("kind", '"common,individual"'), ("direction", '"up,down"'),
                              ("parent", "OFFSET(indicators!$A$2"), ("method", "OFFSET(x_lists!$B$2")):
            at = sheets.letters(header.index(column) + 1)
            self.must(lists.get(at, "").replace("&quot;", '"').startswith(words), column, "offers", lists.get(at))

    def tests(self, everything):
        examples = os.path.join(self.script.ROOT, "examples")
        yield "workbook of city", self.example(examples, ("2020",), "city")
        yield "workbook of district", self.example(examples, (), "district", ("city",))
        yield "workbook of safety", self.example(examples, (), "safety")
        cases = os.path.join(self.script.ROOT, "tests", "cases")
        names = [name for name in sorted(os.listdir(cases)) if os.path.isdir(os.path.join(cases, name, "package"))]
        for name in names if everything else names[::EVERY]:
            yield "workbook of case " + name, self.case(os.path.join(cases, name))
        yield "workbooks to work in", self.pleasant
        yield "workbooks refused", self.refused
        yield "what is no character", self.no_characters
        yield "sheets and columns of one's own", self.own_sheets
        yield "numbers as they are written", self.exact


def office(script):
    """LibreOffice opens the workbooks and saves them again: they read the same."""
    self = Workbooks(script)

    def test(aside):
        places = [os.path.join(script.ROOT, "examples", name) for name in ("city", "district", "safety")]
        cases = os.path.join(script.ROOT, "tests", "cases")
        places += [os.path.join(cases, name, "package") for name in sorted(os.listdir(cases))
                   if os.path.isdir(os.path.join(cases, name, "package"))]
        books = {}
        for place in places:
            name = os.path.basename(os.path.dirname(place)) + "-" + os.path.basename(place)
            book = os.path.join(aside, name + ".xlsx")
            if script.baton("convert", place, "-o", book)[0] == 0:
                books[name] = (place, book)
        self.must(len(books) > len(places) // 2, "hardly one was converted")
        saved = os.path.join(aside, "saved")
        subprocess.run(["soffice", "-env:UserInstallation=file://" + os.path.join(aside, "profile"), "--headless",
                        "--convert-to", "xlsx", "--outdir", saved, *(book for place, book in books.values())],
                       capture_output=True, check=True, timeout=600)
        for name, (place, book) in books.items():
            again, back = os.path.join(saved, name + ".xlsx"), os.path.join(aside, name)
            script.convert(again, back)
            self.same_package(place, back)
            two = os.path.join(aside, name + "-two.xlsx")
            script.convert(back, two)
            self.same_bytes(book, two)
    return test
