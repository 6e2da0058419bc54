"""Evidence over HTTP: what is taken and what is not, who sees it at which stage, required where the indicator says, read in ranges, listed, kept for its term and erased by two."""
import csv
import http.client
import io
import json
import os
import resource
import shutil
import socket
import sqlite3
import tempfile
import time
import urllib.parse
import zipfile

import moves
from calendar_year import CITY, fact, say, want
from served import Client, Served, examples, tell
from stages import ats, done, people, refused, seen, step

EVIDENCE = CITY + "/evidence"
ONE, TWO, FREE = ("jinting", "industry_va"), ("yunhu", "industry_va"), ("jinting", "retail")
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n"
LIMIT = 1 << 20


def package(folder):
    """The example, where one indicator asks for evidence."""
    made = os.path.join(folder, "city")
    shutil.copytree(examples("city"), made)
    path = os.path.join(made, "indicators.csv")
    with open(path, encoding="utf-8") as file:
        rows = file.read().splitlines()
    rows = [row + (",evidence" if number == 0 else ",needed" if row.startswith("industry_growth,") else ",") for number, row in enumerate(rows)]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")
    return made


def bring(client, name, content, media="application/octet-stream", key=None):
    headers = {"Content-Type": media}
    if key:
        headers["Idempotency-Key"] = key
    client.ask("POST", EVIDENCE + "?name=" + urllib.parse.quote(name, safe=""), raw=content, headers=headers)
    return client.value.get("digest") if client.status in (200, 201) else None


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def by_hand(client, name, pieces, head):
    """Status and code of an upload that is sent as it is."""
    with socket.create_connection(("127.0.0.1", client.served.port), 20) as line:
        line.sendall(("POST %s?name=%s HTTP/1.1\r\nHost: here\r\nConnection: close\r\nCookie: %s\r\nX-CSRF-Token: %s\r\nIdempotency-Key: by-hand-%d\r\nContent-Type: application/pdf\r\n%s\r\n"
                      % (EVIDENCE, name, client.cookie, client.csrf, time.monotonic_ns(), head)).encode())
        for piece in pieces + ([b""] if pieces else []):
            line.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
        answer = http.client.HTTPResponse(line)
        answer.begin()
        return answer.status, json.loads(answer.read() or b"{}").get("name")


def refusals(clerk):
    """Names, types, sizes; each tells what it is and what to do."""
    cases = [
        ("nothing", "a.pdf", b"", None, 422, "EVIDENCE_EMPTY"), ("a ZIP named pdf", "a.pdf", zipped("a.txt"), None, 422, "EVIDENCE_CONTRADICTS"),
        ("a document called an image", "a.png", PDF, None, 422, "EVIDENCE_CONTRADICTS"), ("a sender who says otherwise", "a.pdf", PDF, "image/png", 422, "EVIDENCE_CONTRADICTS"),
        ("a page", "a.html", b"<html><script>alert(1)</script>", None, 422, "EVIDENCE_TYPE"), ("a page called a text", "a.txt", b"<html><script>alert(1)</script>", None, 422, "EVIDENCE_TYPE"),
        ("a page with a document behind it", "a.pdf", b"<html><script>alert(1)</script>" + PDF, None, 422, "EVIDENCE_TYPE"),
        ("a drawing with a script", "a.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', None, 422, "EVIDENCE_TYPE"),
        ("a program", "a.pdf", open("/bin/sh", "rb").read(), None, 422, "EVIDENCE_TYPE"), ("a script", "a.txt", b"#!/bin/sh\nrm -rf /\n", None, 422, "EVIDENCE_TYPE"),
        ("a program of Java", "a.zip", zipped("META-INF/MANIFEST.MF"), None, 422, "EVIDENCE_TYPE"), ("macros", "a.docx", zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), None, 422, "EVIDENCE_TYPE"),
        ("half an archive", "a.zip", zipped("a.txt", "b.txt")[:-30], None, 422, "EVIDENCE_TYPE"), ("noise", "a.txt", os.urandom(3000), None, 422, "EVIDENCE_TYPE"),
        ("a path", "../../etc/a.pdf", PDF, None, 422, "EVIDENCE_NAME"), ("a path of Windows", "..\\a.pdf", PDF, None, 422, "EVIDENCE_NAME"), ("letters that turn", "a\u202efdp.pdf", PDF, None, 422, "EVIDENCE_NAME"),
        ("dots", "..", PDF, None, 422, "EVIDENCE_NAME"), ("2,000 characters", "a" * 2000 + ".pdf", PDF, None, 422, "MEMBER_LONG"),
        ("line ends", "a\r\nX-Evil: 1\r\n.pdf", PDF, None, 400, None),
    ]
    before = entries(clerk)
    for name, file, content, media, status, code in cases:
        bring(clerk, file, content, media or "application/octet-stream")
        right = clerk.status == status and (code is None or clerk.value.get("name") == code) and (code not in ("EVIDENCE_TYPE", "EVIDENCE_CONTRADICTS") or clerk.value.get("advice"))
        tell("refused: " + name, None if right else "%d %s" % (clerk.status, clerk.text()[:300]))
    for name, answer in (("10,000 characters", by_hand(clerk, "a" * 10000, [], "Content-Length: 5\r\n")), ("more than the limit, as its head says", by_hand(clerk, "a.pdf", [], "Content-Length: %d\r\n" % (LIMIT + 1))),
                         ("more than the limit, as it comes", by_hand(clerk, "a.pdf", [PDF] + [bytes(65536)] * 16, "Transfer-Encoding: chunked\r\n"))):
        tell("refused: " + name, None if answer in ((414, "TARGET_TOO_LONG"), (413, "BODY_TOO_LARGE")) else str(answer))
    tell("and nothing was stored", None if entries(clerk) == before else "%s, was %s" % (entries(clerk), before))


def entries(client):
    return len(listed(client))


def contents(served):
    """Files in the database, their bytes, and pieces that belong to none."""
    with sqlite3.connect("file:%s?mode=ro" % served.ledger, uri=True) as store:
        return store.execute("SELECT (SELECT COUNT(*) FROM content WHERE media LIKE 'application/%'), (SELECT SUM(size) FROM content WHERE media LIKE 'application/%'),"
                             " (SELECT COUNT(*) FROM content_part p WHERE NOT EXISTS (SELECT 1 FROM content c WHERE c.digest = p.digest))").fetchone()


def taken(clerk):
    for name, content in (("全年 “台账” 😀.pdf", PDF), ("公文.ofd", zipped("OFD.xml", "Doc_0/Document.xml")), ("表.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml")),
                          ("a.zip", zipped("a.txt")), ("纪要.txt", "会议纪要".encode()), ("国标.csv", "单位,数\n东城,1\n".encode("gb18030") * 9), ("就是.名字", PDF + b"1"), ("limit.pdf", PDF + bytes(LIMIT - len(PDF)))):
        digest = bring(clerk, name, content)
        clerk.ask("GET", "/api/v1/contents/%s" % digest)
        told = urllib.parse.unquote(clerk.headers["Content-Disposition"].split("filename*=UTF-8''")[-1]) if clerk.status == 200 else None
        tell("taken and given back: %s" % name, None if clerk.status == 200 and clerk.body == content and told == name else "%s %s" % (clerk.status, told or clerk.text()[:300]))
    tell("it is run by no browser", None if "sandbox" in clerk.headers["Content-Security-Policy"] and clerk.headers["X-Content-Type-Options"] == "nosniff" else dict(clerk.headers))
    tell("its header is of ASCII and one line", None if clerk.headers["Content-Disposition"].isascii() else clerk.headers["Content-Disposition"])


def again(served, clerk, second):
    """The same bytes once; the same request once."""
    first = bring(clerk, "again.pdf", PDF + b"again", key="evidence-again")
    before, place = contents(served), entries(clerk)
    repeat = bring(clerk, "again.pdf", PDF + b"again", key="evidence-again")
    tell("the same request is answered with the same", None if repeat == first and clerk.status == 200 and clerk.value["repeat"] and entries(clerk) == place else clerk.text()[:300])
    other = bring(second, "anders.pdf", PDF + b"again")
    after = contents(served)
    tell("of the same bytes nothing is stored twice", None if other == first and after == before else "%s %s" % (before, after))


def ranges(clerk):
    content = PDF + bytes(range(256)) * 2000
    digest = bring(clerk, "range.pdf", content)
    path = "/api/v1/contents/" + digest
    for asked, begin, end in (("bytes=0-9", 0, 10), ("bytes=10-", 10, None), ("bytes=-7", -7, None), ("bytes=500000-99999999", 500000, None)):
        clerk.ask("GET", path, headers={"Range": asked})
        tell("a part of it: " + asked, None if clerk.status == 206 and clerk.body == content[begin:end] and clerk.headers["Content-Range"].endswith("/%d" % len(content)) else "%d %s" % (clerk.status, dict(clerk.headers)))
    want("a part behind its end", clerk, "GET", path, 416, "RANGE_OUTSIDE", None, {"Range": "bytes=%d-" % len(content)})
    for asked in ("bytes=5-4", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6"):
        clerk.ask("GET", path, headers={"Range": asked})
        tell("what is no range is none: " + asked, None if clerk.status == 200 and clerk.body == content else clerk.status)
    tag = clerk.headers["ETag"]
    want("unchanged", clerk, "GET", path, 304, None, None, {"If-None-Match": tag})
    clerk.ask("GET", path, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    tell("a part of what was another is all of it", None if clerk.status == 200 and clerk.body == content else clerk.status)
    clerk.ask("GET", path, headers={"Range": "bytes=0-9", "If-Range": tag})
    tell("a part of the same is a part", None if clerk.status == 206 and len(clerk.body) == 10 else clerk.status)


def slow(served, clerk):
    """Uploads that come slowly, in chunks, or not to their end."""
    head = "POST %s?name=slow.pdf HTTP/1.1\r\nHost: here\r\nCookie: %s\r\nX-CSRF-Token: %s\r\nIdempotency-Key: slow-%%d\r\nContent-Type: application/pdf\r\n" % (EVIDENCE, clerk.cookie, clerk.csrf)
    before, content = (entries(clerk), contents(served)), PDF + bytes(400000)
    for number in range(4):
        with socket.create_connection(("127.0.0.1", served.port), 20) as broken:
            broken.sendall((head % number + "Content-Length: %d\r\n\r\n" % (len(content) * 2)).encode() + content)
    time.sleep(0.2)
    tell("what breaks off leaves nothing", None if (entries(clerk), contents(served)) == before else "%s" % (contents(served),))
    with socket.create_connection(("127.0.0.1", served.port), 20) as line:
        line.sendall((head % 9 + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n").encode())
        for at in range(0, len(content), 65536):
            piece = content[at:at + 65536]
            line.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
            time.sleep(0.01)
        line.sendall(b"0\r\n\r\n")
        answer = http.client.HTTPResponse(line)
        answer.begin()
        tell("in chunks, slowly", None if answer.status == 201 else answer.status)


def needed(served, office, who):
    """A figure of which the indicator says so is signed off with evidence only; one that is not applicable without."""
    clerk, second, head, owner = who["stat-clerk"], who["stat-second"], who["stat-head"], who["reform-owner"]
    shared = bring(clerk, "台账.pdf", PDF + b"shared")
    asked = sum(1 for item in expected(office) if item.get("needs_evidence"))
    tell("the burden foresees a file for each figure that needs one", None if asked > 3 and files_asked(office) == asked else (asked, files_asked(office)))
    told = [in_form(clerk, ONE, "en"), in_form(clerk, ONE, "zh"), in_form(clerk, FREE, "en")]
    tell("a form says which need one", None if told == ["needed", "须附", ""] else told)
    done("drafts need none", clerk, "draft", [{"unit": ONE[0], "element": ONE[1], "value": "101"}, {"unit": FREE[0], "element": FREE[1], "value": "7"}])
    refused("what needs evidence is not signed off without", head, "EVIDENCE_NEEDED", "sign", seen(ats(head, "&unit=jinting"), [ONE]))
    report = ats(head, "&unit=jinting")[ONE]
    fields = {"unit": ONE[0], "element": ONE[1], "period": "2022-08", "stage": "signed", "reporter": "statistics", "value": "101", "drafter": "stat-clerk", "@corrects": str(report["at"])}
    say("nor past the table", head, [{"kind": "report", "fields": fields}], status=409, code="REPORT_ELSEWHERE")
    done("another is", head, "sign", seen(ats(head, "&unit=jinting"), [FREE]))
    items = [item for item in expected(office) if (item["unit"], item["element"]) == ONE]
    tell("the list says that it is needed", None if items and items[0].get("needs_evidence") else items)
    done("not applicable is signed off without", clerk, "draft", [{"unit": "landong", "element": "industry_va", "state": "na", "note": "no industry"}])
    done("so it is", head, "sign", seen(ats(head, "&unit=landong"), [("landong", "industry_va")]))
    refused("a digest that is none", clerk, "CONTENT_UNKNOWN", "draft", [{"unit": ONE[0], "element": ONE[1], "value": "101", "at": report["at"], "evidence": ["0" * 64]}])
    refused("nor one of a file that one may not read, which nobody has named by its digest", second, "CONTENT_UNKNOWN", "draft", [{"unit": TWO[0], "element": TWO[1], "value": "102", "evidence": [shared]}])
    done("drafted with the file", clerk, "draft", [{"unit": ONE[0], "element": ONE[1], "value": "101", "at": report["at"], "evidence": [shared]}])
    done("a colleague names it for another figure", second, "draft", [{"unit": TWO[0], "element": TWO[1], "value": "102", "evidence": [shared]}])
    tell("a file that two figures share is one, and where there is no figure none is asked", None if files_asked(office) == asked - 3 + 1 else (asked, files_asked(office)))
    tell("the form counts it", None if in_form(clerk, ONE, "zh") == "1" else in_form(clerk, ONE, "zh"))
    return shared


def files_asked(office):
    """As the burden has it: brought in, and one for each figure that needs one and has none."""
    office.ask("GET", "/api/v1/burden?year=2022")
    return office.value["now"]["files"] if office.status == 200 else office.text()[:200]


def in_form(clerk, figure, language):
    """What a form says of the evidence of a figure."""
    clerk.ask("GET", CITY + "/collection/2022-08/form?format=csv&unit=%s&element=%s&language=%s" % (*figure, language))
    return list(csv.reader(io.StringIO(clerk.body.decode("utf-8-sig"), newline="")))[4][12] if clerk.status == 200 else clerk.text()[:200]


def expected(client):
    client.ask("GET", CITY + "/expected/2022-08?limit=1000")
    return client.value["items"]


def sees(name, digest, may, may_not):
    wrong = ["%s %s" % (who, client.status) for who, client, status in [(who, client, 200) for who, client in may.items()] + [(who, client, 404) for who, client in may_not.items()]
             if client.ask("GET", "/api/v1/contents/" + digest) != status]
    wrong += ["%s in the list" % who for who, client in list(may.items()) + list(may_not.items()) if (digest in [item["digest"] for item in listed(client)]) != (who in may)]
    tell(name, "; ".join(wrong) or None)


def listed(client, query=""):
    client.ask("GET", EVIDENCE + "?limit=1000" + query)
    return client.value.get("items", [])


def sight(office, who, shared):
    """A report at every stage: the reporting unit alone until it is submitted, then the verifier, the office and the unit it is about; of one that two figures share, whoever may see one."""
    clerk, head, owner, town, other = who["stat-clerk"], who["stat-head"], who["reform-owner"], who["town-clerk"], who["audit-town"]
    own = {"clerk": clerk, "colleague": who["stat-second"], "head": head}
    rest = {"office": office, "owner": owner, "town": town, "other": other}
    sees("a draft's evidence is the unit's", shared, own, rest)
    unnamed = bring(clerk, "noch.pdf", PDF + b"unnamed")
    sees("what no fact names is for whoever brought it in", unnamed, {"clerk": clerk}, {"colleague": who["stat-second"], "office": office})
    done("signed off", head, "sign", seen(ats(head, "&reporter=statistics"), [ONE]))
    sees("so it is when it is signed off", shared, own, rest)
    done("submitted", clerk, "submit", seen(ats(clerk, "&reporter=statistics"), [ONE]))
    now = dict(own, office=office, owner=owner, town=town)
    sees("submitted, it is for those whom it concerns", shared, now, {"other": other})
    told = [item for item in listed(town) if item["digest"] == shared][0]
    tell("the figure that is still drafted is not told", None if told["named"] == 1 and told["facts"][0]["unit"] == ONE[0] else told)
    done("verified", owner, "verify", seen(ats(owner, "&stage=submitted"), [ONE]))
    sees("verified", shared, now, {"other": other})
    done("accepted", office, "accept", seen(ats(office, "&stage=verified"), [ONE]))
    sees("accepted, a figure names it", shared, now, {"other": other})
    done("returned by the office", office, "return", seen(ats(office, "&stage=accepted"), [ONE]), "once more")
    sees("returned", shared, now, {"other": other})


def lists(office, clerk, shared):
    by = {"unit": "&unit=jinting", "period": "&period=2022-08", "element": "&element=industry_va", "indicator": "&indicator=industry_growth", "block": "&indicator=economy"}
    for name, query in by.items():
        tell("listed by " + name, None if shared in [item["digest"] for item in listed(office, query)] else office.text()[:300])
    tell("not by another unit", None if shared not in [item["digest"] for item in listed(office, "&unit=landong")] else "it is")
    tell("nor another indicator", None if shared not in [item["digest"] for item in listed(office, "&indicator=retail_growth")] else "it is")
    want("an indicator that there is not", office, "GET", EVIDENCE + "?indicator=nonsense", 422, "INDICATOR_UNKNOWN")
    unnamed = [item["name"] for item in listed(clerk, "&state=unnamed")]
    tell("those that no fact names", None if "a.zip" in unnamed and "台账.pdf" not in unnamed else unnamed)
    clerk.ask("GET", EVIDENCE + "?limit=3")
    names, pages = [], 0
    while True:
        names += [item["position"] for item in clerk.value["items"]]
        pages += 1
        if clerk.value["next"] is None or pages > 50:
            break
        clerk.ask("GET", clerk.value["next"])
    tell("page by page, each once", None if pages > 3 and names == sorted(set(names), reverse=True) and len(names) == len(listed(clerk)) else "%d %s" % (pages, names))
    tell("what is taken is told", None if clerk.value["size_max"] == LIMIT and "pdf" in clerk.value["endings"] and "mp4" not in clerk.value["endings"] else clerk.value["endings"])


def propose(client, digest, **more):
    client.ask("POST", "/api/v1/facts", {"facts": [{"kind": "erasure", "fields": dict({"content": digest}, **more)}], "propose": True, "reason": "its term"})
    return client.value["first"] if client.status == 201 else None


def decide(client, proposal):
    client.ask("POST", "/api/v1/proposals/%d/decision" % proposal, {"verdict": "accepted"})
    return client.status


def terms(served, office, who, shared):
    clerk, committee = who["stat-clerk"], who["member"]
    item = [one for one in listed(office) if one["digest"] == shared][0]
    tell("without a term it is kept for thirty years", None if item["keep_until"] == "2052-12-31" and not item["past_term"] else item)
    old = bring(office, "alt.pdf", PDF + b"old")
    say("a figure of long ago names it", office, [fact("observation", unit="jinting", element="retail", period="2001-03", value="1", **{"@evidence": old})])
    tell("before its term none is erased", None if propose(office, old) is None and office.value["name"] == "EVIDENCE_TERM" and "2031-12-31" in office.text() else office.text()[:300])
    say("a term is not said by one", office, [fact("term", of="evidence", term="10y")], status=403, code="RIGHT_LACKING")
    for bad in ("0y", "101y", "10", "ten", "010y"):
        say("no term: " + bad, office, [fact("term", of="evidence", term=bad)], status=422, code="FACT_FIELD_BAD", propose=True, reason="rules")
    say("ten years are proposed", office, [fact("term", of="evidence", term="10y")], propose=True, reason="the archive's table")
    tell("and decided", None if decide(committee, office.value["first"]) == 201 else committee.text()[:300])
    past = [one["digest"] for one in listed(office, "&state=past_term")]
    tell("what is past its term is listed", None if past == [old] else past)
    proposal = propose(office, old)
    tell("its erasure is proposed", None if proposal else office.text()[:300])
    tell("not decided by the same", None if decide(office, proposal) == 403 else office.text()[:200])
    say("named once more by a figure of this day", office, [fact("observation", unit="jinting", element="retail", period="2025-03", value="1", **{"@evidence": old})])
    tell("it is not erased any more", None if decide(committee, proposal) == 409 and committee.value["name"] == "EVIDENCE_TERM" else committee.text()[:300])
    early = propose(office, old, early="a person named in it asked for it")
    tell("earlier, by the committee", None if early and decide(committee, early) == 201 else committee.text()[:300])
    want("it is gone", office, "GET", "/api/v1/contents/" + old, 410, "CONTENT_ERASED")
    item = [one for one in listed(office, "&state=erased")]
    tell("the list has it as erased", None if [one["digest"] for one in item] == [old] and item[0]["erased"] else item)
    say("no new figure names it", office, [fact("observation", unit="yunhu", element="retail", period="2025-03", value="1", **{"@evidence": old})], status=410, code="CONTENT_ERASED")
    early = propose(office, shared, early="asked")
    second = who["second-office"]
    tell("the office does not decide earlier", None if decide(second, early) == 403 and second.value["name"] == "RIGHT_LACKING" else second.text()[:300])
    tell("the journal holds", None if served.baton("verify", served.ledger) is not None and not served.errors else served.error)


def erased(office, who):
    """What was erased since is no evidence: neither to sign off nor to submit; with another file beside it, it is."""
    second, head, committee = who["stat-second"], who["stat-head"], who["member"]
    gone, other = bring(second, "weg.pdf", PDF + b"goes"), bring(second, "bleibt.pdf", PDF + b"stays")
    draft = lambda *files: {"unit": TWO[0], "element": TWO[1], "value": "102", "at": ats(second, "&unit=yunhu")[TWO]["at"], "evidence": list(files)}
    done("drafted with a file", second, "draft", [draft(gone)])
    proposal = propose(office, gone, early="a person named in it asked for it")
    tell("which is erased", None if proposal and decide(committee, proposal) == 201 else committee.text()[:300])
    refused("is not signed off with it", head, "EVIDENCE_NEEDED", "sign", seen(ats(head, "&unit=yunhu"), [TWO]))
    tell("and told why", None if "was erased since" in head.text() else head.text()[:300])
    gone = bring(second, "weg2.pdf", PDF + b"goes too")
    done("drafted with two", second, "draft", [draft(gone, other)])
    proposal = propose(office, gone, early="asked")
    tell("of which one is erased", None if proposal and decide(committee, proposal) == 201 else committee.text()[:300])
    done("is signed off", head, "sign", seen(ats(head, "&unit=yunhu"), [TWO]))
    proposal = propose(office, other, early="asked")
    tell("then the other", None if proposal and decide(committee, proposal) == 201 else committee.text()[:300])
    refused("and is not submitted", second, "EVIDENCE_NEEDED", "submit", seen(ats(second, "&unit=yunhu"), [TWO]))


def strangers(clerk, other):
    """Whoever may not read a file learns nothing of it, whatever is asked of it; and no cache keeps it for anybody else."""
    content = PDF + b"only ours" * 100
    digest = bring(clerk, "uns.pdf", content)
    clerk.ask("GET", "/api/v1/contents/" + digest)
    tag = clerk.headers["ETag"]
    answers = {}
    for name, headers in (("as it is", {}), ("unchanged", {"If-None-Match": tag}), ("whatever it is", {"If-None-Match": "*"}), ("a part", {"Range": "bytes=0-9"}), ("a part behind its end", {"Range": "bytes=999999-"}),
                          ("a part of the same", {"Range": "bytes=0-9", "If-Range": tag})):
        clerk.ask("GET", "/api/v1/contents/" + digest, headers=headers)
        kept = clerk.headers.get("Cache-Control")
        tell("asked for %s, it is kept for nobody else, and asked for anew each time" % name, None if kept == "private, no-cache" else "%s %s" % (clerk.status, kept))
        for of in (digest, "%064x" % 7):
            other.ask("GET", "/api/v1/contents/" + of, headers=headers)
            answers[of] = other.status, other.value.get("name"), sorted(name for name in other.headers if name not in ("Date", "Content-Length")), other.headers.get("ETag")
        same = answers[digest] == answers["%064x" % 7] and answers[digest][:2] == (404, "CONTENT_UNKNOWN") and answers[digest][3] is None
        tell("asked for %s, a stranger is told what one is of a file that is not there" % name, None if same else answers)


def full(served, clerk):
    """A disk that is full in the middle of a file: nothing of it stays, and another goes in once there is room for that."""
    size = max(os.path.getsize(path) for path in (served.ledger, served.ledger + "-wal") if os.path.exists(path))
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    before = contents(served)
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (max(size, 1 << 20) + 300000, resource.RLIM_INFINITY))
    for number in range(6):
        if bring(clerk, "voll.pdf", PDF + os.urandom(LIMIT - 1000)) is None:
            break
    tell("a full disk refuses a file", None if clerk.status >= 500 else "%d, %d files" % (clerk.status, number))
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, unlimited)
    tell("with room again one goes in", None if bring(clerk, "leer.pdf", PDF + b"after") else clerk.text()[:300])
    after = contents(served)
    tell("and nothing is left of those that broke off", None if after[2] == before[2] == 0 else "%s %s" % (before, after))


def commands(served, shared):
    """The same by `baton evidence`, with the server stopped."""
    key = ("--key", served.key)
    text = served.baton("evidence", served.ledger, "--assessment", "yunlan-2021")
    tell("the command lists them", None if shared[:16] in text and "台账.pdf" in text and "erased" in text else text[:400])
    out = os.path.join(served.folder, "out.pdf")
    served.baton("evidence", served.ledger, "--assessment", "yunlan-2021", "--get", shared[:20], "-o", out)
    tell("writes one out", None if open(out, "rb").read() == PDF + b"shared" else "other bytes")
    path = os.path.join(served.folder, "neu.txt")
    with open(path, "wb") as file:
        file.write("按命令上传".encode())
    told = served.baton("evidence", served.ledger, "--assessment", "yunlan-2021", "--add", path, "--as", "li.wei", *key)
    tell("brings one in", None if "digest" in told else told)
    served.baton("evidence", served.ledger, "--assessment", "yunlan-2021", "--erase", shared[:20], "--reason", "r", "--as", "li.wei", *key, status=2)
    tell("proposes none before its term", None if "EVIDENCE_TERM" in served.error or "is kept" in served.error else served.error)
    told = served.baton("evidence", served.ledger, "--assessment", "yunlan-2021", "--past-term")
    tell("nothing is past its term", None if "no such" in told else told)
    with open(path, "wb") as file:
        file.write(b"#!/bin/sh\n")
    served.baton("evidence", served.ledger, "--assessment", "yunlan-2021", "--add", path, "--as", "li.wei", *key, status=2)
    tell("takes no script", None if "script" in served.error else served.error)
    rows = served.baton("evidence", served.ledger, "--assessment", "yunlan-2021", "--unnamed", "--format", "csv").splitlines()
    tell("those that none names, as CSV", None if rows[0].startswith("digest,name") and any("neu.txt" in row for row in rows) and not any(shared in row for row in rows) else rows[:3])


def run(program, address):
    with tempfile.TemporaryDirectory(prefix="baton-evidence-") as folder, Served(program, package(folder), address) as served:
        served.config += "evidence: {max_mib: 1, types: pdf ofd png docx xlsx text csv zip}\n"
        served.start()
        office = served.sign_in("li.wei")
        who = people(served, office)
        for person, role, unit in (("member", "committee", None), ("second-office", "office", None), ("audit-town", "unit", "landong")):
            served.say_person(office, person, person, role, unit)
            who[person] = served.sign_in(person)
        clerk = who["stat-clerk"]
        say("a period is opened", office, [fact("period", period="2022-08", opens="2022-09-01", due="2999-12-31")])
        refusals(clerk)
        taken(clerk)
        if not address:
            again(served, clerk, who["stat-second"])
            slow(served, clerk)
        ranges(clerk)
        strangers(clerk, who["audit-town"])
        if not address:
            full(served, clerk)
        shared = needed(served, office, who)
        sight(office, who, shared)
        lists(office, clerk, shared)
        terms(served, office, who, shared)
        erased(office, who)
        served.stop()
        tell("the server ends as asked", None if served.ended == 0 else served.said())
        tell("every answer is as the document says", "; ".join(sorted(served.deviations)[:9]) or None)
        commands(served, shared)
        moves.run(served, "yunlan-2021")
