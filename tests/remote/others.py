"""Postings, schemes, verifying, and packages that are only looked at: what the commands print and write."""
import json
import os
import threading

from packages import CITY, XLSX, read, said, send, settled, size, zipped
from served import Client, examples, tell


def keep(served, name, content):
    path = os.path.join(served.folder, name)
    with open(path, "wb") as file:
        file.write(content)
    return path


def postings(served, client):
    """A result is proposed by one, decided on by another, and stays as it was."""
    body = {"period": "2021-08", "reason": "the month is complete"}
    tell("a posting needs a reason", client.wants("POST", CITY + "/postings", 422, "MEMBER_NEEDED", {"period": "2021-08"}))
    tell("a result is proposed", client.wants("POST", CITY + "/postings", 201, None, body, {"Idempotency-Key": "posting-1"}))
    proposal = client.value["first"]
    client.ask("POST", CITY + "/postings", body, {"Idempotency-Key": "posting-1"})
    tell("once", None if client.status == 200 and client.value["repeat"] and client.value["first"] == proposal else said(client))
    before = served.baton("score", "--ledger", served.ledger, "--assessment", "yunlan-2021", "--period", "2021-08", "--format", "csv")
    served.say_person(client, "he.ping", "何平", "committee")
    other = served.sign_in("he.ping")
    tell("a committee member posts nothing himself", other.wants("POST", CITY + "/postings", 403, "ROUTE_ROLE", body))
    tell("the other decides", other.wants("POST", "/api/v1/proposals/%d/decision" % proposal, 201, None, {"verdict": "accepted"}))
    client.ask("GET", "/api/v1/entries?kind=posting&limit=1")
    position = client.value["items"][0]["position"]
    digest = client.value["items"][0]["fields"]["digest"]
    tell("the posted table", other.wants("GET", CITY + "/postings/%d" % position, 200) or (None if other.text() == before else "it is another"))
    tell("its digest is told", None if len(digest) == 64 else digest)
    tell("what is no posting", client.wants("GET", CITY + "/postings/1", 404, "POSTING_UNKNOWN"))
    tell("nor what is to come", client.wants("GET", CITY + "/postings/99999999", 404, "POSTING_UNKNOWN"))
    tell("nor one of another assessment", client.wants("GET", "/api/v1/assessments/yunlan-2020/postings/%d" % position, 404, "POSTING_UNKNOWN"))
    tell("of no period", client.wants("POST", CITY + "/postings", 422, None, {"period": "2021-13", "reason": "x"}))


def schemes(served, client):
    """A scheme in words, and what a new version changes."""
    path = os.path.join(served.folder, "city.zip")
    served.baton("export", served.ledger, "--assessment", "yunlan-2021", "-o", path)
    for form in ("markdown", "html"):
        client.ask("GET", CITY + "/scheme?format=" + form)
        want = served.baton("scheme", "print", path, "--format", form)
        tell("the scheme as " + form, None if client.text() == want else said(client))
    client.ask("GET", CITY + "/scheme?format=markdown&group=district&clauses=1")
    want = served.baton("scheme", "print", path, "--format", "markdown", "--group", "district", "--clauses")
    tell("of a group, with its clauses", None if client.text() == want else said(client))
    tell("of no group", client.wants("GET", CITY + "/scheme?group=nowhere", 422, "GROUP_UNKNOWN"))
    old = client_position(client, "scheme")
    changed = zipped(examples("city"), change=lambda name, text: text.replace(b"decimals: 2", b"decimals: 3") if name == "scheme.yaml" else text)
    send(client, CITY + "/import?reason=finer&in_force=2022", changed)
    proposal = client.value["packages"][-1].get("scheme_proposal") if client.status == 201 else None
    tell("a new version is proposed by an import", None if proposal else said(client))
    other = Client(served)
    other.ask("POST", "/api/v1/session", {"person": "he.ping", "password": served.passwords["he.ping"]})
    tell("and accepted by another", other.wants("POST", "/api/v1/proposals/%s/decision" % proposal, 201, None, {"verdict": "accepted"}))
    new = client_position(client, "scheme")
    client.ask("GET", CITY + "/scheme/diff?before=%d&after=%d" % (old, new))
    sent = keep(served, "changed.zip", changed)
    want = json.loads(served.baton("diff", path, sent, "--changes-only", "--format", "json"))
    tell("two versions compared", None if client.status == 200 and client.value == want else said(client))
    client.ask("GET", CITY + "/scheme/diff?before=%d&after=%d&format=markdown" % (old, new))
    want = served.baton("diff", path, sent, "--changes-only", "--format", "markdown")
    tell("in words", None if client.text() == want else said(client))
    tell("what is no version", client.wants("GET", CITY + "/scheme/diff?before=1&after=%d" % new, 422, "SCHEME_VERSION"))


def client_position(client, kind):
    client.ask("GET", "/api/v1/entries?kind=%s&assessment=yunlan-2021&limit=1" % kind)
    return client.value["items"][0]["position"]


def verifying(served, client, clerk, auditor):
    """One at a time, by itself, with what came of it."""
    tell("it is for the auditor", clerk.wants("POST", "/api/v1/verify", 403, "ROUTE_ROLE"))
    tell("nothing was verified yet", auditor.wants("GET", "/api/v1/verify", 200) or (None if auditor.value["state"] == "none" else auditor.text()))
    tell("it begins", auditor.wants("POST", "/api/v1/verify", 202))
    auditor.ask("POST", "/api/v1/verify")
    tell("not twice at once", None if auditor.status == 202 or auditor.value.get("name") == "VERIFY_RUNNING" else said(auditor))
    turns = 400
    while auditor.ask("GET", "/api/v1/verify") == 200 and auditor.value["state"] == "running" and turns:
        turns -= 1
        threading.Event().wait(0.05)
    told = auditor.value
    tell("it holds", None if told["state"] == "holds" and told["by"] == "liu.yang" and told["postings"] == 1 and not told["problems"] else auditor.text())
    now = size(client)
    tell("so many facts", None if now - 2 <= told["facts"] <= now else "%s, not %s" % (told["facts"], now))


def looks(served, client, clerk):
    """What is sent to be looked at is told of as by the commands, and nothing of it stays."""
    before = settled(client)
    city = zipped(examples("city"))
    sound = keep(served, "package.zip", city)

    def worse(name, text):
        return text + b"nowhere,accidents,2022-10,2,,,,\n" if name == "observations.csv" else text

    broken = zipped(examples("city"), change=worse)
    keep(served, "broken.zip", broken)
    for name, content, path in (("a sound package", city, sound), ("one that is not", broken, os.path.join(served.folder, "broken.zip"))):
        send(client, "/api/v1/packages/check", content)
        want = served.baton("check", path, "--format", "json", status=None)
        same = client.status == 200 and client.value["findings"] == json.loads(want)
        tell("checked: " + name, None if same and client.value["sound"] == (content is city) else said(client) + want[:300])
    for form in ("csv", "json"):
        send(client, "/api/v1/packages/score?period=2021-08&format=" + form, city)
        want = served.baton("score", sound, "--period", "2021-08", "--format", form)
        tell("a trial as " + form, None if client.status == 200 and client.text() == want else said(client))
    send(client, "/api/v1/packages/score", broken)
    tell("no trial of what is not sound", None if client.status == 422 and client.value["name"] == "UNIT_UNKNOWN" else said(client))
    out = os.path.join(served.folder, "converted.xlsx")
    old = zipped(os.path.join(examples("city"), "2020"))
    served.baton("convert", keep(served, "package.zip", old), "-o", out)
    send(client, "/api/v1/packages/convert?format=xlsx", old)
    tell("into a workbook", None if client.status == 200 and client.body == read(out) else said(client))
    send(client, "/api/v1/packages/convert?format=zip", client.body, XLSX)
    served.baton("convert", out, "-o", os.path.join(served.folder, "back.zip"))
    tell("and back", None if client.status == 200 and client.body == read(os.path.join(served.folder, "back.zip")) else said(client))
    send(clerk, "/api/v1/packages/check", city)
    tell("not for a clerk", None if clerk.status == 403 else said(clerk))
    tell("nothing of it was stored", None if size(client) == before else "entries were added")


def formulas(client):
    """A code that a spreadsheet would take for a formula is kept from it in CSV, and is itself everywhere else."""
    def plant(name, text):
        if name == "scheme.yaml":
            return text.replace(b"{A: 100, B: 88,", b'{A: 100, "=1+1": 88, B: 88,')
        lines = text.split(b"\n")
        for at, line in enumerate(lines):
            cells = line.split(b",")
            if name == "observations.csv" and len(cells) > 3 and cells[3] == b"B" and cells[1] == b"credit":
                lines[at] = b",".join(cells[:3] + [b"=1+1"] + cells[4:])
        return b"\n".join(lines)

    planted = zipped(examples("city"), change=plant)
    send(client, "/api/v1/packages/score?period=2021-Q3&format=csv", planted)
    cells = [cell for line in client.text().split("\n") for cell in line.split(",")]
    tell("no cell of a CSV is a formula", None if client.status == 200 and "'=1+1" in cells and "=1+1" not in cells else said(client))
    send(client, "/api/v1/packages/score?period=2021-Q3", planted)
    tell("in JSON it is what it is", None if client.status == 200 and '"=1+1"' in client.text() else said(client))


def crowds(served, client):
    """Costly questions wait for each other, some are told to come again, and no other request waits for them."""
    answers, slow = [], []

    def ask(number):
        own = Client(served)
        own.cookie, own.csrf = client.cookie, client.csrf
        own.ask("GET", CITY + "/results/2021?format=csv&known=%d" % (14000 + number))
        answers.append((own.status, own.value.get("name"), own.headers["Retry-After"]))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for _ in range(20):
        begun = threading.Event()
        begun.wait(0.01)
        client.ask("GET", "/api/v1/session")
        slow.append(client.status)
    for thread in threads:
        thread.join()
    busy = [one for one in answers if one[0] == 503]
    tell("some are told to come again", None if busy and all(name == "SERVER_BUSY" and later for _, name, later in busy) else str(answers[:5]))
    tell("and the others are answered", None if len(busy) < 40 and {one[0] for one in answers} <= {200, 404, 503} else str(answers[:5]))
    tell("nobody else waits for them", None if set(slow) == {200} else str(set(slow)))


def bodies(served, client):
    """Many large bodies at once are held in files, and what all of them may hold is limited: the server stays small and up."""
    def resident():
        with open("/proc/%d/status" % served.process.pid, encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))

    with open("/proc/%d/clear_refs" % served.process.pid, "w", encoding="ascii") as file:
        file.write("5")
    before, statuses = resident(), []

    def upload(number):
        own = Client(served)
        own.cookie, own.csrf = client.cookie, client.csrf
        try:
            send(own, "/api/v1/packages/check", b"PK" + bytes([number]) * (16 << 20))
            statuses.append(own.status)
        except OSError:
            statuses.append(0)  # cut off: there was no room for it

    threads = [threading.Thread(target=upload, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    grown = resident() - before
    tell("sixteen large bodies at once", None if set(statuses) <= {0, 200, 422, 503} and len(statuses) == 16 else str(statuses))
    tell("are not held in memory all", None if grown < 160 << 10 else "it grew by %d KiB" % grown)
    tell("and the server is up", client.wants("GET", "/api/v1/session", 200))


def others(served, client, clerk, auditor):
    postings(served, client)
    schemes(served, client)
    verifying(served, client, clerk, auditor)
    looks(served, client, clerk)
    formulas(client)
    crowds(served, client)
    bodies(served, client)
