#!/usr/bin/env python3
"""A form of 100,000 figures out and in: a bureau that reports 20 figures of each of 5,000 towns gets it, as a workbook and as CSV, and sends it back filled in, over HTTP, to a server on a ledger of its own; meanwhile other clerks
send single figures.

    bench/forms.py [BUILD] [TOWNS]     BUILD is build/release; TOWNS 5000

Prints the seconds from the first byte that is sent to the answer, and what others wait for meanwhile. Everything is made in a temporary folder, and stopped."""
import csv
import io
import os
import re
import sys
import tempfile
import threading
import time
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(ROOT, "tests", "api"))
from served import Served  # noqa: E402

FIGURES = 20
BULK = "/api/v1/assessments/bulk"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def package(folder, towns):
    os.mkdir(folder)

    def write(name, text):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    write("scheme.yaml", "baton: 1\nid: bulk\ntitle: {zh: 乡镇统计报表, en: Towns}\nperiod: 2021\nfrequency: month\ngroups:\n  - {id: town, title: {zh: 乡镇, en: Towns}}\nmethods:\n  plain: {kind: direct}\n")
    write("units.csv", "id,name,group\nbureau,统计局,\nother,其他局,\n" + "".join("t%05d,第%d镇,town\n" % (n, n) for n in range(towns)))
    write("indicators.csv", "id,name,parent,weight,method,frequency,source,measure\nall,全部,,100,,,,\n" + "".join("f%02d,第%d项指标,all,%d,plain,month,%s,亿元\n" % (n, n, 100 // FIGURES, "bureau" if n else "other") for n in range(FIGURES + 1)))
    write("observations.csv", "unit,element,period,value\n" + "".join("t%05d,f%02d,2021-01,%d.%d\n" % (u, n, u % 900, n % 10) for u in range(towns) for n in range(FIGURES + 1)))


def fill_csv(text):
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for number, row in enumerate(rows[4:]):
        row[7] = "%d.%02d" % (number % 10000, number % 100)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def fill_workbook(data):
    """Figures put into the cells of the workbook, and counted, as a program of an office would; what it compresses is as large as theirs."""
    total, count, out = [0.0], [0], io.BytesIO()

    def cell(found):
        count[0] += 1
        value = "%d.%02d" % (count[0] % 5000, count[0] % 100)
        total[0] += float(value)
        return '<c r="%s" s="%s"><v>%s</v></c>' % (found.group(1), found.group(2), value)

    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub(r'<c r="(H(?:[5-9]|[1-9][0-9]+))" s="(\d+)"/>', cell, text.decode())
                text = re.sub(r'(<c r="[EF]3" s="\d+"><f>SUMPRODUCT[^<]*</f><v>)[^<]*', lambda found: found.group(1) + str(count[0]), text)
                text = re.sub(r'(<f>SUM\([^<]*</f><v>)[^<]*', lambda found: found.group(1) + repr(total[0]), text).encode()
            new.writestr(name, text)
    return out.getvalue()


def others(served, client, towns, stop, times):
    """Single figures of another bureau, one after the other."""
    number = 0
    while not stop.is_set() and number < towns:
        begun = time.monotonic()
        client.ask("POST", BULK + "/collection/2021-02", {"act": "draft", "items": [{"unit": "t%05d" % number, "element": "f00", "value": "1"}]}, unchecked=True)
        if client.status not in (200, 201):
            raise SystemExit(client.text())
        times.append(time.monotonic() - begun)
        number += 1
        time.sleep(0.005)


def spent(served):
    """Seconds of processor that the server has had."""
    with open("/proc/%d/stat" % served.process.pid, encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def send(served, client, data, media, query=""):
    stop, times, meanwhile = threading.Event(), [], served.others
    thread = threading.Thread(target=others, args=(served, meanwhile, served.towns, stop, times))
    if served.with_others:
        thread.start()
        time.sleep(0.3)
    begun, before = time.monotonic(), spent(served)
    client.ask("POST", BULK + "/collection/2021-02/form" + query, raw=data, headers={"Content-Type": media}, unchecked=True)
    took, used = time.monotonic() - begun, spent(served) - before
    stop.set()
    if served.with_others:
        thread.join()
        served.with_others = False
        times.sort()
        print("  others meanwhile: %d figures, p50 %.0f ms, most %.0f ms" % (len(times), 1e3 * times[len(times) // 2], 1e3 * times[-1]))
    if client.status not in (200, 201):
        raise SystemExit("%d %s" % (client.status, client.text()[:1000]))
    return took, used, client.value


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "build", "release")
    towns = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    with tempfile.TemporaryDirectory(prefix="bench-forms-") as aside:
        folder = os.path.join(aside, "bulk")
        package(folder, towns)
        with Served(os.path.join(build, "baton"), folder) as served:
            served.config += "passwords: {hash_kib: 8192, hash_passes: 1}\n"
            served.start()
            served.towns, served.with_others = towns, True
            office = served.sign_in("li.wei")
            for person, unit in (("clerk", "bureau"), ("other", "other")):
                served.say_person(office, person, person, "unit", unit)
            clerk, served.others = served.sign_in("clerk"), served.sign_in("other")
            office.ask("POST", "/api/v1/facts", {"assessment": "bulk", "facts": [{"kind": "period", "fields": {"period": "2021-02", "opens": "2021-03-01", "due": "2999-12-31"}}]}, unchecked=True)
            forms = {}
            for media, word in (("text/csv", "csv"), (XLSX, "xlsx")):
                begun = time.monotonic()
                clerk.ask("GET", BULK + "/collection/2021-02/form?format=" + word, unchecked=True)
                if clerk.status != 200:
                    raise SystemExit(clerk.text()[:1000])
                forms[word] = clerk.body
                print("out, %s: %.2f s, %.1f MB" % (word, time.monotonic() - begun, len(clerk.body) / 1e6))
            filled = {"csv": fill_csv(forms["csv"].decode("utf-8-sig")), "xlsx": fill_workbook(forms["xlsx"])}
            for word, media in (("csv", "text/csv"), ("xlsx", XLSX)):
                took, used, value = send(served, clerk, filled[word], media, "?trial=1&over=1")
                print("only looked at, %s: %d rows in %.2f s (%.2f s of the processor), %.1f MB" % (word, value["rows"], took, used, len(filled[word]) / 1e6))
            took, used, value = send(served, clerk, filled["xlsx"], XLSX)
            print("in, xlsx: %d drafts of %d rows in %.2f s (%.2f s of the processor)" % (value["drafted"], value["rows"], took, used))
            took, used, value = send(served, clerk, filled["csv"], "text/csv", "?over=1")
            print("in over it, csv: %d drafts of %d rows in %.2f s (%.2f s of the processor)" % (value["drafted"], value["rows"], took, used))
            served.stop()
            print("  " + served.baton("verify", served.ledger).strip().split("\n")[-1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
