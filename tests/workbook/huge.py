"""Workbooks that are too large in one respect, stored without packing so that no ratio gives them away first: each must be refused by its
own limit, in under 5 seconds and 300 MB (of a release: a build with sanitizers takes several times as much, and is not measured)."""
import os
import subprocess
import time
import zipfile

import maker

SECONDS, MEGABYTES = 5, 300
MAIN, OFFICE = maker.MAIN, maker.OFFICE


def parts(sheet, strings="", sheets='<sheet name="one" sheetId="1" r:id="a"/>', links=""):
    link = '<Relationship Id="%s" Type="%s/%s" Target="%s"/>'
    of_book = link % ("a", OFFICE, "worksheet", "worksheets/sheet1.xml") + link % ("s", OFFICE, "sharedStrings", "sharedStrings.xml") + links
    relations = '<Relationships xmlns="%s">%%s</Relationships>' % maker.LINKS
    return {"[Content_Types].xml": '<Types xmlns="%s"/>' % maker.TYPES,
            "_rels/.rels": relations % link % ("r", OFFICE, "officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": '<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>' % (MAIN, OFFICE, sheets),
            "xl/_rels/workbook.xml.rels": relations % of_book,
            "xl/sharedStrings.xml": '<sst xmlns="%s">%s</sst>' % (MAIN, strings),
            "xl/worksheets/sheet1.xml": '<worksheet xmlns="%s">%s</worksheet>' % (MAIN, sheet)}


def cells():
    return parts("<sheetData>" + ("<row>" + "<c/>" * 16384 + "</row>") * 513 + "</sheetData>")


def elements():
    return parts("<b/>" * 26214401)


def texts():
    return parts("<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>", "<si/>" * 4194305)


def long_texts():  # as long as may be, and more bytes of them than may be
    return parts("<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>", ("<si><t>" + "a" * 32767 + "</t></si>") * 4200)


def sheet_of_text():  # no element, only more bytes than a sheet may have
    return parts("<a>" + "x" * (1 << 29) + "</a>")


def sheets():
    listed = "".join('<sheet name="s%d" sheetId="%d" r:id="x%d"/>' % (i, i, i) for i in range(1025))
    links = "".join('<Relationship Id="x%d" Type="%s/worksheet" Target="s%d.xml"/>' % (i, OFFICE, i) for i in range(1025))
    made = parts("", "", listed, links)
    made.update(("xl/s%d.xml" % i, "<a/>") for i in range(1025))
    return made


def wide():
    return parts('<sheetData><row>%s</row></sheetData>' % "".join("<c><v>%d</v></c>" % i for i in range(16000)))


def bomb():  # packed: a gigabyte of blanks
    return parts("<a>" + " " * (1 << 30) + "</a>")


QUICK = [("cells", cells, "WORKBOOK_CELLS_TOO_MANY"), ("sheets", sheets, "WORKBOOK_TOO_MANY"), ("wide", wide, "WORKBOOK_COLUMN_BEYOND")]
ALL = QUICK + [("elements", elements, "WORKBOOK_TOO_MANY"), ("texts", texts, "WORKBOOK_TOO_MANY"),
               ("long texts", long_texts, "FILE_TOO_LARGE"), ("sheet of text", sheet_of_text, "FILE_TOO_LARGE"), ("bomb", bomb, "MEMBER_RATIO")]


def one(program, path, code):
    start = time.monotonic()
    process = subprocess.Popen([program, "--limits", path], stdout=subprocess.PIPE, text=True)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds, megabytes = time.monotonic() - start, usage.ru_maxrss * 1024 / 1e6
    if process.returncode != 1 or "!\t%s\t" % code not in out:
        return "ended with %d: %s" % (process.returncode, out[-500:])
    with open(program, "rb") as file:
        is_sanitized = b"__asan_init" in file.read()
    if not is_sanitized and (seconds > SECONDS or megabytes > MEGABYTES):
        return "took %.1f s and %.0f MB" % (seconds, megabytes)
    return None


def check(program, folder, cases):
    for what, make, code in cases:
        path = os.path.join(folder, "huge.xlsx")
        child = os.fork()  # what is made here would count as memory of what is started from here
        if child == 0:
            with open(path, "wb") as file:
                file.write(maker.archive(make(), zipfile.ZIP_DEFLATED if make is bomb else zipfile.ZIP_STORED))
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            raise OSError("%s was not made" % path)
        yield "too many: " + what, one(program, path, code)
        os.unlink(path)
