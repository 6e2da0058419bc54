"""An office's own sheets sent to the server: read as the command reads them, and in the ledger all or none."""
import glob
import io
import os
import urllib.parse
import zipfile

from packages import CITY, XLSX, ZIP, read, said, send, settled, size
from served import examples, tell

CSV = "text/csv"
MAPPING = b"baton: 1\nheader: 1\nunit: {column: who}\nelement: {column: what}\nperiod: {column: when}\nvalue: figure\n"
ROWS = "who,what,when,figure\nyunhu,gdp,2022-Q1,1700.50\njinting,gdp,2022-Q1,%s\nwanglan,gdp,2022-Q1,900\n"


def bundle(rows, mapping=MAPPING, name="sheets/first quarter.csv"):
    """The same bytes at any time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(zipfile.ZipInfo(name), rows)
        if mapping is not None:
            file.writestr(zipfile.ZipInfo("long.yaml"), mapping)
    return out.getvalue()


def places(client):
    return [(one["name"], one.get("file"), one.get("row"), one.get("field")) for one in client.value["errors"]]


def mapped(served, client):
    """A sheet by a mapping of the assessment."""
    path = sorted(glob.glob(os.path.join(examples("city"), "sheets", "*.csv")))[0]
    name = urllib.parse.quote(os.path.basename(path))
    want = served.baton("import-sheet", path, "--mapping", "monthly", "--package", examples("city"))
    before = settled(client)
    send(client, CITY + "/import-sheet?trial=1&mapping=monthly&name=" + name, read(path), CSV)
    tell("a sheet is read as by the command", None if client.status == 200 and client.text() == want and want.count("\n") > 10 else said(client) + want[:300])
    tell("of a trial nothing stays", None if size(client) == before else "entries were added")
    send(client, CITY + "/import-sheet?mapping=monthly&name=" + name, read(path), CSV)
    rows = want.count("\n") - 1
    tell("what is there already is the same", None if client.status == 201 and client.value["figures"] == client.value["same"] == rows and client.value["facts"] == 0 else said(client))
    tell("a mapping is needed", None if send(client, CITY + "/import-sheet", read(path), CSV) == 422 and client.value["name"] == "MEMBER_NEEDED" else said(client))
    send(client, CITY + "/import-sheet?mapping=monthli", read(path), CSV)
    tell("one that there is", None if client.status == 422 and client.value["name"] == "MAPPING_UNKNOWN" else said(client))
    send(client, CITY + "/import-sheet?mapping=monthly&name=..%2Fx.csv", read(path), CSV)
    tell("a name is no path", None if client.value["name"] == "MEMBER_FORM" else said(client))
    send(client, CITY + "/import-sheet?mapping=monthly", b"PK and no more", XLSX)
    tell("what is no workbook", None if client.status == 422 else said(client))


def bundles(served, client, clerk):
    """CSV with a mapping of its own."""
    path = CITY + "/import-sheet"
    before = settled(client)
    send(client, path, bundle(ROWS % "many"))
    tell("a figure that is none is told with its cell", None if client.status == 422 and [place[1:] for place in places(client)] == [("first quarter.csv", 3, "D3")] else said(client))
    send(client, path, bundle((ROWS % "800").replace("wanglan", "nowhere")))
    tell("as is a unit that is none", None if client.status == 422 and [place[2] for place in places(client)] == [4] else said(client))
    tell("and none of the rest is stored", None if size(client) == before else "entries were added")
    key = {"Idempotency-Key": "sheet-1"}
    send(client, path, bundle(ROWS % "800"), headers=key)
    first = client.value.get("first")
    tell("figures are brought in", None if client.status == 201 and client.value["added"] == client.value["facts"] == 3 and size(client) == before + 3 else said(client))
    send(client, path, bundle(ROWS % "800"), headers=key)
    tell("once", None if client.status == 200 and client.value["repeat"] and client.value["first"] == first and size(client) == before + 3 else said(client))
    client.ask("GET", "/api/v1/entries/%d" % (first + 1))
    fields = client.value["fields"]
    tell("with the cell that each came from", None if fields == {"unit": "jinting", "element": "gdp", "period": "2022-Q1", "value": "800", "x_origin": "first quarter.csv!D3"} else str(fields))
    send(client, path, bundle(ROWS % "800.0"))
    tell("an equal figure is the same", None if client.status == 201 and client.value["same"] == 3 and client.value["facts"] == 0 else said(client))
    send(client, path, bundle(ROWS % "801"))
    tell("another one is refused", None if client.status == 409 and places(client) == [("IMPORT_DIFFERS", "first quarter.csv", 3, "D3")] else said(client))
    send(client, path + "?correct=1", bundle(ROWS % "801"))
    tell("a correction needs a reason", None if client.value["name"] == "REASON_NEEDED" else said(client))
    send(client, path + "?correct=1&reason=counted+again", bundle(ROWS % "801"))
    tell("or corrected", None if client.status == 201 and client.value["corrected"] == client.value["facts"] == 1 and client.value["same"] == 2 else said(client))
    corrected = client.value["first"]
    client.ask("GET", "/api/v1/entries/%d" % corrected)
    fields = client.value["fields"]
    tell("as a correction", None if fields.get("@corrects") == str(first + 1) and fields.get("@reason") == "counted again" and fields["value"] == "801" else str(fields))
    client.ask("POST", "/api/v1/entries/%d/correction" % corrected, {"withdraw": True, "reason": "in doubt"})
    send(client, path, bundle(ROWS % "801"))
    tell("what was withdrawn is not said again by the way", None if client.status == 409 and places(client) == [("IMPORT_WITHDRAWN", "first quarter.csv", 3, "D3")] else said(client))
    send(client, path + "?correct=1&reason=it+was+right", bundle(ROWS % "801"))
    tell("but where that is wished", None if client.status == 201 and client.value["corrected"] == 1 else said(client))
    send(client, path + "?propose=1&reason=to+be+looked+at", bundle((ROWS % "801").replace("2022-Q1", "2022-Q2")))
    proposal = client.value.get("first")
    client.ask("GET", "/api/v1/proposals?limit=1")
    tell("or all of it proposed", None if client.value["items"][0]["position"] == proposal and client.value["items"][0]["state"] == "open" else client.text())
    for name, what in (("no mapping", bundle("a,b\n", None)), ("two", bundle(MAPPING, MAPPING, "other.yaml")), ("no archive", b"PK")):
        send(client, path, what)
        tell("an archive with " + name, None if client.status == 422 and (client.value["name"] == "SHEET_ARCHIVE" or name == "no archive") else said(client))
    send(client, path + "?mapping=monthly", b"x", "image/png")
    tell("what is no sheet at all", None if client.status == 415 else said(client))
    send(clerk, path, bundle(ROWS % "801"))
    tell("a clerk brings none in", None if clerk.status == 403 and clerk.value["name"] == "ROUTE_ROLE" else said(clerk))


def sheets(served, client, clerk):
    mapped(served, client)
    bundles(served, client, clerk)
