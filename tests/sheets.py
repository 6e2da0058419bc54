"""Workbooks of texts, written as plainly as can be: for tests that want a package in a workbook with something in it that no
program of an office would give them on demand."""
import csv
import io
import os
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
TABLES = ("units", "indicators", "observations", "targets", "weights", "adjustments", "successions")


def letters(column):
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell(row, column, text):
    """A text; `!#N/A` is an error, `!=A1` a formula that was never calculated, `!n1.5` a number."""
    at = letters(column) + str(row)
    if text.startswith("!#"):
        return f'<c r="{at}" t="e"><v>{escape(text[1:])}</v></c>'
    if text.startswith("!n"):
        return f'<c r="{at}"><v>{escape(text[2:])}</v></c>'
    if text.startswith("!="):
        return f'<c r="{at}"><f>{escape(text[2:])}</f></c>'
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def worksheet(rows, merges=()):
    lines = [f'<worksheet xmlns="{MAIN}"><sheetData>']
    for number, row in enumerate(rows, 1):
        cells = "".join(cell(number, column, text) for column, text in enumerate(row, 1) if text)
        if cells:
            lines.append(f'<row r="{number}">{cells}</row>')
    lines.append("</sheetData>")
    if merges:
        lines.append("<mergeCells>" + "".join(f'<mergeCell ref="{merge}"/>' for merge in merges) + "</mergeCells>")
    return "".join(lines) + "</worksheet>"


def write(path, sheets):
    """Sheets are (name, hidden, rows, merges)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        numbers = range(1, len(sheets) + 1)
        out.writestr("[Content_Types].xml", f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
                     '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                     f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}sheet.main+xml"/>'
                     + "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KIND}worksheet+xml"/>'
                               for n in numbers) + "</Types>")
        out.writestr("_rels/.rels", f'<Relationships xmlns="{LINKS}"><Relationship Id="rId1" '
                     f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        out.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
                     + "".join(f"<sheet name={quoteattr(name)} sheetId=\"{n}\" r:id=\"rId{n}\""
                               f"{' state=' + chr(34) + 'hidden' + chr(34) if hidden else ''}/>"
                               for n, (name, hidden, rows, merges) in enumerate(sheets, 1)) + "</sheets></workbook>")
        out.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{LINKS}">'
                     + "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                               for n in numbers) + "</Relationships>")
        for n, (name, hidden, rows, merges) in enumerate(sheets, 1):
            out.writestr(f"xl/worksheets/sheet{n}.xml", worksheet(rows, merges))


def records(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def of_folder(folder, scheme):
    """The sheets of a package's tables and policy texts; `scheme` has the rows of that sheet."""
    sheets = {"scheme": (False, scheme, [])}
    for table in TABLES:
        path = os.path.join(folder, table + ".csv")
        if os.path.exists(path):
            with open(path, encoding="utf-8", newline="") as file:
                sheets[table] = (False, records(file.read()), [])
    documents = os.path.join(folder, "documents")
    if os.path.isdir(documents):
        rows = [["document", "text"]]
        for name in sorted(os.listdir(documents)):
            with open(os.path.join(documents, name), encoding="utf-8") as file:
                rows += [[name[:-3], line] for line in file.read().split("\n")[:-1]]
        sheets["documents"] = (False, rows, [])
    return sheets


def changed(sheets, lines):
    """A line `sheet NAME [hidden]` begins a sheet, whose rows follow as CSV; `+ROW` alone at its beginning says that it is
    added to the rows that are there; `merge A1:B2` merges cells."""
    name, hidden, body, merges = None, False, [], []

    def take():
        if name is None:
            return
        old = sheets.get(name, (False, [], []))[1]
        adds = bool(body) and all(line.startswith("+") for line in body)
        rows = old + records("\n".join(line[1:] for line in body)) if adds or not body else records("\n".join(body))
        sheets[name] = (hidden, rows, list(merges))

    for line in lines + ["sheet "]:
        if line.startswith("sheet "):
            take()
            words = line[len("sheet "):].split(" ")
            name, hidden, body, merges = words[0], words[1:] == ["hidden"], [], []
        elif line.startswith("merge "):
            merges.append(line[len("merge "):])
        else:
            body.append(line)
    return sheets


def make(path, folder, scheme, lines):
    """The workbook of a package's folder, with changes."""
    sheets = changed(of_folder(folder, scheme), lines)
    write(path, [(name, *sheet) for name, sheet in sheets.items()])
