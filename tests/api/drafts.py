"""Drafts of schemes over HTTP: colleagues go on with one, nobody overwrites what they have not seen, names are texts, and nothing of it is in the journal."""
import io
import urllib.parse
import zipfile

from served import tell

DRAFTS = "/api/v1/assessments/yunlan-2021/drafts"
ZIP = {"Content-Type": "application/zip"}
NAMES = ("2022 年修订", "<img src=x onerror=alert(1)>", "'; DROP TABLE draft; --", "\u202egnihtemos", "𠮷\U0001F600", "一" * 200)


def archive(text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("scheme.yaml", text)
    return out.getvalue()


def add(client, name, body):
    client.ask("POST", DRAFTS + "?name=" + urllib.parse.quote(name), raw=body, headers=ZIP)
    return client.value


def differs(have, want):
    return None if have == want else "%s instead of %s" % (have, want)


def goes_on(client, other):
    first, second, third = archive("one"), archive("two"), archive("three")
    draft = add(client, NAMES[0], first)
    tell("a draft is kept", differs((client.status, draft["name"], draft["revision"], draft["saved_by"], draft["size"]), (201, NAMES[0], 1, "li.wei", len(first))))
    at = DRAFTS + "/" + draft["id"]
    other.ask("GET", at)
    tag = other.headers["ETag"]
    tell("a colleague opens it", differs((other.status, other.body, other.headers["Draft-Revision"], other.headers["Content-Type"]), (200, first, "1", "application/zip")))
    other.ask("GET", at, None, {"If-None-Match": tag})
    tell("what they have already is not sent again", differs(other.status, 304))
    other.ask("PUT", at + "?revision=1", raw=second, headers=ZIP)
    tell("and goes on with it", differs((other.status, other.value["revision"], other.value["saved_by"], other.value["made_by"], other.value["name"]), (200, 2, "tan.yi", "li.wei", NAMES[0])))
    client.ask("PUT", at + "?revision=1", raw=third, headers=ZIP)
    told = client.value.get("name"), client.headers["Draft-Revision"], "tan.yi" in client.value.get("detail", "")
    tell("who has not seen that saves nothing, and is told by whom", differs((client.status, *told), (409, "DRAFT_MEANWHILE", "2", True)))
    client.ask("GET", at)
    tell("what is there stays", differs(client.body, second))
    client.ask("PUT", at + "?revision=2", raw=third, headers=dict(ZIP, **{"If-Match": tag}))
    tell("a tag that was read guards it too", differs((client.status, client.value.get("name")), (412, "PRECONDITION")))
    client.ask("PUT", at + "?revision=2&name=" + urllib.parse.quote("另一稿"), raw=third, headers=ZIP)
    tell("who has seen it does", differs((client.status, client.value.get("revision"), client.value.get("name")), (200, 3, "另一稿")))
    client.ask("PUT", at + "?revision=2&name=" + urllib.parse.quote("另一稿"), raw=third, headers=ZIP)
    tell("a save that is sent again is done once", differs((client.status, client.value.get("revision")), (200, 3)))
    other.ask("DELETE", at + "?revision=2")
    tell("nor is discarded what was not seen", differs((other.status, other.value.get("name")), (409, "DRAFT_MEANWHILE")))
    return at


def refuses(client, at):
    client.ask("POST", DRAFTS + "?name=x", raw=b"scheme", headers=ZIP)
    tell("what is no archive is refused", differs((client.status, client.value.get("name")), (422, "ARCHIVE_NONE")))
    client.ask("PUT", at + "?revision=3", raw=b"a,b\n", headers={"Content-Type": "text/csv"})
    tell("and what says to be none", differs((client.status, client.value.get("name")), (415, "MEDIA_UNKNOWN")))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("../scheme.yaml", "baton: 1\n")
    client.ask("POST", DRAFTS + "?name=x", raw=out.getvalue(), headers=ZIP)
    tell("and one that leads elsewhere", differs((client.status, client.value.get("name")), (422, "MEMBER_PATH")))
    client.ask("POST", DRAFTS + "?name=x", raw=archive("".join(8 * ("%016x" % (n * 0x9E3779B97F4A7C15 % 2**64)) for n in range(270000))), headers=ZIP)
    tell("and one that inflates", differs((client.status, client.value.get("name")), (413, "ARCHIVE_INFLATED")))
    for query in ("", "?name=", "?name=" + "x" * 201, "?name=a%00b", "?name=a%0Ab", "?name=a&more=1"):
        client.ask("POST", DRAFTS + query, raw=archive("x"), headers=ZIP)
        if not 400 <= client.status < 500:
            tell("a name: " + query[:20], "%s %s" % (client.status, client.text()[:200]))


def last_fact(client):
    client.ask("GET", "/api/v1/entries?limit=50")
    return next(item["position"] for item in client.value["items"] if item["kind"] != "audit")


def drafts(served, client):
    """`client` is li.wei, of the office."""
    served.say_person(client, "tan.yi", "谭艺", "office")
    other = served.sign_in("tan.yi")
    last = last_fact(client)
    at = goes_on(client, other)
    refuses(client, at)
    ids = [add(client, name, archive(name))["id"] for name in NAMES[1:]]
    other.ask("GET", DRAFTS)
    names, saved = [item["name"] for item in other.value["items"]], [item["saved"] for item in other.value["items"]]
    tell("names are texts", differs((sorted(names), names[-1]), (sorted([*NAMES[1:], "另一稿"]), "另一稿")))
    tell("the last saved first", differs(saved, sorted(saved, reverse=True)))
    client.ask("GET", DRAFTS.replace("yunlan-2021", "yunlan-2020"))
    tell("another assessment has none of them", differs((client.status, client.value.get("items")), (200, [])))
    for path in [at + "?revision=3"] + [DRAFTS + "/" + name + "?revision=1" for name in ids]:
        other.ask("DELETE", path)
        if other.status != 204:
            tell("a draft is discarded", other.text())
    client.ask("GET", at)
    tell("a draft is discarded", differs((client.status, client.value.get("name")), (404, "DRAFT_UNKNOWN")))
    tell("nothing of it is in the journal", differs(last_fact(client), last))
