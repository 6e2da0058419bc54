"""Packages sent to the server and taken from it are what the commands read and write."""
import io
import json
import os
import shutil
import time
import zipfile

from served import Client, ROOT, examples, tell

CITY = "/api/v1/assessments/yunlan-2021"
DISTRICT = "/api/v1/assessments/%s"
ZIP = "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read(path):
    with open(path, "rb") as file:
        return file.read()


def zipped(folder, inside="", change=None):
    """The bytes of an archive of a package; change(name, bytes) makes others of a file, None leaves it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                within = os.path.relpath(os.path.join(path, name), folder)
                if not within.endswith((".csv", ".yaml", ".md")):
                    continue
                content = read(os.path.join(path, name))
                content = change(within, content) if change else content
                if content is not None:
                    archive.writestr(inside + within, content)
    return out.getvalue()


def send(client, path, content, media=ZIP, headers=None):
    return client.ask("POST", path, raw=content, headers=dict({"Content-Type": media}, **(headers or {})))


def said(client):
    return "%s %s" % (client.status, client.body[:400].decode("utf-8", "replace"))


def exports(served, client):
    """The same bytes as the command's, in both forms, now and as known earlier; nobody gets what they may not read whole."""
    for more, query in (([], ""), (["--known", "14500"], "&known=14500"), (["--period", "2021-08"], "&period=2021-08")):
        path = os.path.join(served.folder, "out.zip")
        served.baton("export", served.ledger, "--assessment", "yunlan-2021", "-o", path, *more)
        client.ask("GET", CITY + "/export?format=zip" + query)
        tell("an export as an archive %s" % query, None if client.status == 200 and client.body == read(path) else said(client))
        os.remove(path)
    tag = client.headers["ETag"]
    client.ask("GET", CITY + "/export?period=2021-08", headers={"If-None-Match": tag or ""})
    tell("the same export is not sent twice", None if tag and client.status == 304 else said(client))
    name = client.headers["Content-Disposition"]
    client.ask("GET", CITY + "/export")
    name = client.headers["Content-Disposition"] or ""
    tell("a browser saves it by its name", None if 'filename="yunlan-2021.zip"' in name else name)
    path = os.path.join(served.folder, "old.xlsx")
    served.baton("export", served.ledger, "--assessment", "yunlan-2020", "-o", path)
    client.ask("GET", "/api/v1/assessments/yunlan-2020/export?format=xlsx")
    tell("an export as a workbook", None if client.status == 200 and client.body == read(path) else said(client))
    tell("a workbook holds one package", client.wants("GET", CITY + "/export?format=xlsx", 422, "EXPORT_SEVERAL"))
    tell("of no assessment", client.wants("GET", "/api/v1/assessments/nothing/export", 404, "ASSESSMENT_UNKNOWN"))
    tell("of no time", client.wants("GET", CITY + "/export?known=99999999", 404, "ENTRY_UNKNOWN"))


def imports(served, client):
    """A package is brought in once, whole or not at all, by whoever may."""
    city = examples("city")
    before = settled(client)
    whole = zipped(city)
    send(client, CITY + "/import", whole)
    tell("what is there already is left alone", None if client.status == 201 and client.value["facts"] == 0 else said(client))
    told = client.value["packages"][-1]
    tell("and counted", None if told["tables"][0]["same"] > 0 and told["scheme"] == "same" and size(client) == before else said(client))
    new = b"yunhu,accidents,2022-09,4,,,\njinting,accidents,2022-09,2,,,\n"
    more = zipped(city, change=lambda name, text: text + rows(text, new) if name == "observations.csv" else text)
    send(client, CITY + "/import", more, headers={"Idempotency-Key": "import-1"})
    tell("what is new is brought in", None if client.status == 201 and client.value["facts"] == 2 else said(client))
    first = client.value.get("first")
    receipt = os.path.join(served.folder, "receipt")
    with open(receipt, "w", encoding="utf-8") as file:
        file.write(client.value.get("receipt", ""))
    tell("its receipt holds", None if served.baton("verify", "--receipt", receipt, status=None) else served.error)
    after = size(client)
    send(client, CITY + "/import", more, headers={"Idempotency-Key": "import-1"})
    same = client.status == 200 and client.value["repeat"] and client.value["first"] == first
    tell("the same request brings nothing in twice", None if same and size(client) == after else said(client))
    send(client, CITY + "/import", whole, headers={"Idempotency-Key": "import-1"})
    tell("its key is for nothing else", None if client.status == 409 and client.value["name"] == "REQUEST_DIFFERS" else said(client))
    tell("a key is needed", None if send(client, CITY + "/import", whole, headers={"Idempotency-Key": ""}) == 400 else said(client))

    def worse(name, text):
        return text + rows(text, b"yunhu,accidents,2022-10,4,,,\nnowhere,accidents,2022-10,2,,,\n") if name == "observations.csv" else text

    send(client, CITY + "/import", zipped(city, change=worse))
    error = client.value.get("errors", [{}])[0]
    sound = client.status == 422 and error.get("name") == "UNIT_UNKNOWN" and error.get("file") == "observations.csv" and error.get("row", 0) > 1000
    tell("a row that is wrong is told by its line", None if sound else said(client))
    tell("and nothing was brought in", None if size(client) == after else "entries were added")
    changed = zipped(city, change=lambda name, text: change_figure(text) if name == "observations.csv" else text)
    send(client, CITY + "/import", changed)
    tell("what differs is refused", None if client.status == 409 and client.value["name"] == "IMPORT_DIFFERS" else said(client))
    tell("a correction needs a reason", None if send(client, CITY + "/import?correct=1", changed) == 422 else said(client))
    send(client, CITY + "/import?correct=1&reason=counted+again", changed)
    tell("or corrected where that is wished", None if client.status == 201 and client.value["facts"] == 1 else said(client))
    send(client, "/api/v1/assessments/yunlan-2020/import", whole)
    tell("under another name it is not taken", None if client.status == 422 and client.value["name"] == "IMPORT_OTHER" else said(client))
    workbook = os.path.join(served.folder, "old.xlsx")
    send(client, "/api/v1/assessments/yunlan-2020/import", read(workbook), XLSX)
    tell("a workbook is read too", None if client.status == 201 and client.value["facts"] == 0 else said(client))


def rows(text, new):
    """Rows with as many columns as the table has."""
    columns = text.split(b"\n")[0].count(b",") + 1
    cut = [b",".join((row.split(b",") + [b""] * columns)[:columns]) for row in new.strip().split(b"\n")]
    return (b"" if text.endswith(b"\n") else b"\n") + b"\n".join(cut) + b"\n"


def change_figure(text):
    lines = text.split(b"\n")
    cells = lines[1].split(b",")
    cells[3] = b"%d" % (int(float(cells[3])) + 1)
    lines[1] = b",".join(cells)
    return b"\n".join(lines)


def size(client):
    client.ask("GET", "/api/v1/ledger")
    return client.value["head"]["size"]


def settled(client):
    """The size, once what was taken out is told in the journal too, which comes a moment later."""
    before, now = -1, size(client)
    while before != now:
        time.sleep(0.4)
        before, now = now, size(client)
    return now


def refusals(served, client):
    """What is no package, one that leads out of what was sent, and those who may not."""
    path = CITY + "/import"
    for name, content, media, status, code in (
            ("no archive", b"not an archive", ZIP, 422, None), ("nothing", b"", ZIP, None, None), ("another media type", b"{}", "application/json", 415, "MEDIA_UNKNOWN"),
            ("an archive of nothing", zipped("/nonexistent"), ZIP, 422, None), ("half an archive", zipped(examples("city"))[:5000], ZIP, 422, None),
            ("an archive called a workbook", b"PK\x03\x04" + b"0" * 100, XLSX, 422, None)):
        send(client, path, content, media)
        sound = client.status in (status, 400, 415, 422) if status is None else client.status == status
        tell("refused: " + name, None if sound and code in (None, client.value.get("name")) else said(client))
        tell("it does not tell where the server put it: " + name, None if b"/tmp" not in client.body and served.folder.encode() not in client.body else said(client))
    secret = os.path.join(served.folder, "secret")
    shutil.copytree(examples("city"), secret)
    for target in ("../../../../../.." + secret, secret, "../secret", "../../secret", "package.zip/../../secret"):
        def lead(name, text, target=target):
            return text.replace(b"succeeds: 2020", b"succeeds: " + target.encode()) if name == "scheme.yaml" else text
        send(client, path, zipped(examples("city"), change=lead))
        names = [error["name"] for error in client.value.get("errors", [])]
        tell("a path leads out: " + target.replace(served.folder, "..."), None if client.status == 422 and {"PACKAGE_OUTSIDE", "PATH_ABSOLUTE"} & set(names) else said(client))
    served.say_person(client, "chen.jun", "陈军", "unit", unit="jinting")
    clerk = served.sign_in("chen.jun")
    send(clerk, path, zipped(examples("city")))
    tell("a clerk brings no package in", None if clerk.status == 403 and clerk.value["name"] == "ROUTE_ROLE" else said(clerk))
    tell("nor takes one out", clerk.wants("GET", CITY + "/export", 403, "ROUTE_ROLE"))
    tell("nor the ledger", clerk.wants("GET", "/api/v1/journal", 403, "ROUTE_ROLE"))
    client.ask("POST", "/api/v1/tokens", {"name": "figures", "roles": ["office"], "assessment": "yunlan-2020", "until": served.in_days(30)})
    program = Client(served)
    program.bearer = client.value["token"]
    send(program, path, zipped(examples("city")))
    tell("a token of another assessment brings nothing in", None if program.status in (403, 404) else said(program))
    program.ask("GET", CITY + "/export")
    tell("nor takes it out", None if program.status in (403, 404) else said(program))
    return clerk


def bundles(served, client):
    """Packages that name each other travel in one archive, and come back from it the same."""
    district = examples("district")
    client.ask("GET", CITY)
    sent = io.BytesIO()
    with zipfile.ZipFile(sent, "w") as archive:
        for folder in ("city", "district"):
            with zipfile.ZipFile(io.BytesIO(zipped(examples(folder)))) as one:
                for name in one.namelist():
                    archive.writestr(folder + "/" + name, one.read(name))
    with open(os.path.join(district, "scheme.yaml"), encoding="utf-8") as file:
        ident = next(line.split(":", 1)[1].split("#")[0].strip() for line in file if line.startswith("id:"))
    path = DISTRICT % ident
    send(client, path + "/import", zipped(district))
    tell("what it names has to come with it", None if client.status == 422 and "PACKAGE_OUTSIDE" in client.text() else said(client))
    other = Client(served)
    other.cookie, other.csrf = client.cookie, client.csrf
    city = "&correct=1&reason=from+the+example"
    send(other, path + "/import?folder=district" + city, sent.getvalue())
    tell("a package that names another", None if other.status == 201 and ident in [one["assessment"] for one in other.value["packages"]] else said(other))
    other.ask("GET", path + "/export")
    tell("it is taken out with it", None if other.status == 200 else said(other))
    taken = os.path.join(served.folder, "taken.zip")
    with open(taken, "wb") as file:
        file.write(other.body)
    inside = sorted({name.split("/")[0] for name in zipfile.ZipFile(taken).namelist()}) if other.status == 200 else []
    where = os.path.join(taken, ident)
    tell("each in a folder of its own", None if len(inside) == 2 and ident in inside else str(inside))
    want = served.baton("score", "--ledger", served.ledger, "--assessment", ident, "--format", "csv")
    tell("and scored from there it is the same", None if served.baton("score", where, "--format", "csv", status=None) == want else served.error[:300])


def journals(served, client):
    """The whole ledger as one file, for those who tend and watch over it."""
    served.say_person(client, "liu.yang", "刘洋", "auditor")
    auditor = served.sign_in("liu.yang")
    before = size(client)
    auditor.ask("GET", "/api/v1/journal")
    turns = 100
    while size(client) == before and turns:  # that it was taken is a fact itself, once in an hour
        turns -= 1
        time.sleep(0.05)
    auditor.ask("GET", "/api/v1/entries?kind=audit&limit=1")
    told = auditor.value["items"][0]["fields"] if auditor.status == 200 and auditor.value["items"] else {}
    tell("that it was taken is a fact", None if told.get("event") == "export" and told.get("subject") == "journal" else said(auditor))
    settled(client)  # that the audit was read is a fact, too
    auditor.ask("GET", "/api/v1/journal")
    path = os.path.join(served.folder, "over-http.journal")
    with open(path, "wb") as file:
        file.write(auditor.body)
    other = os.path.join(served.folder, "by-command.journal")
    served.baton("backup", served.ledger, "-o", other)
    tell("the journal is what baton backup writes", None if auditor.status == 200 and auditor.body == read(other) else said(auditor))
    tell("it is verified without the server", None if "holds" in served.baton("verify", "--journal", path, status=None) else served.error)
    tag = auditor.headers["ETag"]
    auditor.ask("GET", "/api/v1/journal", headers={"If-None-Match": tag or ""})
    tell("the same journal is not sent twice", None if auditor.status == 304 else said(auditor))
    return auditor


def packages(served, client):
    exports(served, client)
    imports(served, client)
    clerk = refusals(served, client)
    bundles(served, client)
    auditor = journals(served, client)
    return clerk, auditor
