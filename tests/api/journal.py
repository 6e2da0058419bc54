"""The journal as the server gives it: its proofs hold without the server, its entries are what the commands print, and what it leaves to be made again is of one shape in every form."""
import base64
import hashlib
import json
import os

from served import Client, tell

CITY = "/api/v1/assessments/yunlan-2021"


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def extends(old_size, old_root, size, root, proof):
    """Whether a tree of `size` leaves extends one of `old_size`: RFC 9162, 2.1.4.2."""
    if old_size == size:
        return not proof and old_root == root
    if old_size & (old_size - 1) == 0:
        proof = [old_root] + proof
    if not proof or not 0 < old_size < size:
        return False
    first, second = old_size - 1, size - 1
    while first & 1:
        first, second = first >> 1, second >> 1
    made_old = made = proof[0]
    for part in proof[1:]:
        if second == 0:
            return False
        if first & 1 or first == second:
            made_old, made = node(part, made_old), node(part, made)
            while first and not first & 1:
                first, second = first >> 1, second >> 1
        else:
            made = node(made, part)
        first, second = first >> 1, second >> 1
    return made_old == old_root and made == root and second == 0


def keep(served, name, text):
    path = os.path.join(served.folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def say_figures(client):
    """Three more entries, so that there is something to prove."""
    for month in ("07", "08", "09"):
        figure = {"kind": "observation", "fields": {"unit": "yunhu", "element": "accidents", "period": "2022-" + month, "value": "2"}}
        client.ask("POST", "/api/v1/facts", {"assessment": "yunlan-2021", "facts": [figure]})
        if client.status != 201:
            raise SystemExit("a figure is not stored: %s" % client.body)
    return client.value["first"]


def head_of(client):
    """The newest head as JSON and as text. A record of the audit may come between them: then once more."""
    for _ in range(20):
        client.ask("GET", "/api/v1/ledger")
        head = client.value["head"]
        key = client.value["public_key"]
        client.ask("GET", "/api/v1/head")
        if "size: %d\n" % head["size"] in client.text():
            break
    return head, key, client.text()


def heads(served, client):
    """A head that was kept is led on from, by the server's proof and by the command; a changed one by neither."""
    old, public, text = head_of(client)
    key = keep(served, "public", "")
    served.baton("key", served.ledger, "-o", key)
    with open(key, encoding="ascii") as file:
        der = base64.b64decode("".join(line for line in file if not line.startswith("-")))
    tell("the ledger's public key", None if bytes.fromhex(public) == der else public)
    tell("its head is that of the ledger", None if "size: %d\n" % old["size"] in text and "root: %s\n" % old["root"] in text else text)
    position = say_figures(client)
    kept = keep(served, "head", text)
    tell("it is taken by verify --since", None if "%d" % old["size"] in served.baton("verify", served.ledger, "--since", kept) else served.error)
    other = "0" if old["root"][0] != "0" else "1"
    changed = keep(served, "changed", text.replace("root: " + old["root"][0], "root: " + other))
    tell("a changed one is not", None if not served.baton("verify", served.ledger, "--since", changed, status=1) and "does not hold" in served.error else served.error)
    client.ask("GET", "/api/v1/consistency?from=%d" % old["size"])
    new, proof = client.value["head"], [bytes.fromhex(one) for one in client.value["proof"]]
    roots = bytes.fromhex(old["root"]), bytes.fromhex(new["root"])
    tell("the journal grew", None if new["size"] > position >= old["size"] else str(new))
    tell("its proof holds", None if extends(old["size"], roots[0], new["size"], roots[1], proof) else str(client.value))
    tell("of nothing else", None if not extends(old["size"], roots[1], new["size"], roots[1], proof) and not extends(old["size"] - 1, roots[0], new["size"], roots[1], proof) else "it does")
    signed = keep(served, "signed", client.value["signed_head"])
    tell("its head is signed", None if served.baton("verify", served.ledger, "--since", signed) else served.error)
    tell("a head that is to come", client.wants("GET", "/api/v1/consistency?from=99999999", 409, "LEDGER_REWRITTEN"))
    tell("no head at all", client.wants("GET", "/api/v1/consistency?from=0", 422, "MEMBER_COUNT"))
    tell("a head that is not named", client.wants("GET", "/api/v1/consistency", 422, "MEMBER_NEEDED"))
    return key, position


def entries(served, client, key, position):
    client.ask("GET", "/api/v1/entries?limit=1&kind=observation&assessment=yunlan-2021")
    newest = client.value["items"][0]
    tell("the newest entry is the last figure", None if newest["position"] == position and newest["fields"]["period"] == "2022-09" else str(newest))
    for number in (position, 0, 20):
        client.ask("GET", "/api/v1/entries/%d" % number)
        one = dict(client.value)
        words = one.pop("words", "")
        same = json.loads(served.baton("show", served.ledger, "%d" % number, "--format", "json"))
        tell("entry %s as baton show prints it" % ("of the figure" if number == position else number), None if words and one == same else "%s, not %s" % (one, same))
        client.ask("GET", "/api/v1/entries/%d/receipt" % number)
        path, text = keep(served, "%d.receipt" % number, client.text()), client.text()
        said = served.baton("verify", "--receipt", path, "--key", key)
        tell("its receipt holds, by its key", None if "no. %d " % number in said else said)
    entry = text.index("entry: ") + 60
    changed = keep(served, "changed.receipt", text[:entry] + ("0" if text[entry] != "0" else "1") + text[entry + 1:])
    tell("a changed receipt does not", None if not served.baton("verify", "--receipt", changed, "--key", key, status=1) and served.error else "it holds")
    served_by = newest["actor"]
    client.ask("GET", "/api/v1/entries?limit=3&actor=%s&to=2999-12-31" % served_by)
    found, more = [one["actor"] for one in client.value["items"]], client.value["next"]
    tell("entries of one person, page by page", None if found == [served_by] * 3 and "actor=" + served_by in more and not client.wants("GET", more, 200) and client.value["items"][0]["position"] < newest["position"] + 1 else "%s %s" % (found, more))
    client.ask("GET", "/api/v1/entries?actor=nobody.knows")
    tell("and none of somebody who said nothing", None if client.value["items"] == [] and client.value["next"] is None else client.text())
    client.ask("GET", "/api/v1/entries?to=2000-01-01")
    tell("nor of a day before the first", None if client.value["items"] == [] and client.value["next"] is None else client.text())
    tell("to what is no day", client.wants("GET", "/api/v1/entries?to=2021-02-30", 422, "MEMBER_FORM"))
    found, path = [], "/api/v1/people?limit=1"
    while path:
        client.ask("GET", path)
        found += client.value["items"]
        path = client.value["next"]
    short = [{"id": one["id"], "name": one["name"], "posts": [(post["position"], post["role"], post["unit"], post["from"], post["to"]) for post in one["posts"]]} for one in found]
    same = [{"id": one["id"], "name": one["name"], "posts": [(post["position"], post["role"], post["unit"], post["from"], post["to"]) for post in one["posts"]]} for one in json.loads(served.baton("user", served.ledger, "list", "--format", "json"))]
    tell("persons and posts, page by page, as baton user list prints them", None if short == same else "%s, not %s" % (short, same))
    tell("entries of a kind that there is not", client.wants("GET", "/api/v1/entries?kind=nonsense", 422, "FACT_KIND"))
    tell("more entries than are told at once", client.wants("GET", "/api/v1/entries?limit=1001", 422, "MEMBER_COUNT"))
    tell("an entry by no number", client.wants("GET", "/api/v1/entries/first", 400, "NUMBER_BAD") or client.wants("GET", "/api/v1/entries?limit=01", 400, "NUMBER_BAD"))


def proposals(client, position):
    """In each state, page by page."""
    made = []
    for month in ("07", "08"):
        figure = {"kind": "observation", "fields": {"unit": "wanglan", "element": "accidents", "period": "2022-" + month, "value": "2"}}
        client.ask("POST", "/api/v1/facts", {"assessment": "yunlan-2021", "facts": [figure], "propose": True, "reason": "late"})
        made.append(client.value.get("first"))
    client.ask("GET", "/api/v1/proposals?state=open&assessment=yunlan-2021&limit=1")
    listed, leads_on = [item["position"] for item in client.value["items"]], client.value["next"]
    tell("the newest proposal", None if listed == made[1:] and leads_on else str(client.value)[:300])
    fields = client.value["items"][0]["fields"]
    tell("what is proposed stands in it", None if any(isinstance(one, dict) and one.get("fields", {}).get("period") == "2022-08" for one in fields.values()) else str(fields))
    client.ask("GET", leads_on)
    tell("the page behind it", None if [item["position"] for item in client.value["items"]] == made[:1] else str(client.value)[:300])
    for number in made:
        client.ask("POST", "/api/v1/proposals/%d/withdrawal" % number, {"reason": "in time after all"})
        closed = client.value.get("first")
    client.ask("GET", "/api/v1/proposals?state=withdrawn&limit=1")
    tell("one that was withdrawn, and by what", None if client.value["items"][0]["position"] == made[1] and client.value["items"][0]["decided"] == closed else str(client.value)[:300])
    client.ask("GET", "/api/v1/proposals?assessment=nothing")
    tell("no proposal", None if client.value == {"items": [], "next": None} else str(client.value)[:300])
    tell("proposals in no state", client.wants("GET", "/api/v1/proposals?state=lost", 422, "MEMBER_WORD"))


def journal(served, client):
    key, position = heads(served, client)
    entries(served, client, key, position)
    proposals(client, position)
    nobody = Client(served)
    for path in ("ledger", "head", "consistency?from=1", "entries", "entries/0", "entries/0/receipt", "proposals"):
        tell("not told to anybody: " + path, nobody.wants("GET", "/api/v1/" + path, 401, "SIGN_IN_NEEDED"))


def forms(client):
    """Every form of JSON is asked for once, so that it is held to the document, in both languages."""
    figure = {"kind": "observation", "fields": {"unit": "jinting", "element": "late", "period": "2023-01", "value": "1"}}
    tell("a figure of an assessment to come", client.wants("POST", "/api/v1/facts", 201, None, {"assessment": "trial", "facts": [figure]}))
    client.ask("GET", "/api/v1/assessments")
    names = {item["id"]: item["sound"] for item in client.value["items"]}
    tell("the assessments are listed", None if names.get("yunlan-2021") is True and names.get("trial") is False else str(names))
    client.ask("GET", "/api/v1/assessments/trial")
    tell("one without a scheme says what is wrong", None if client.status == 200 and client.value["problems"] and "groups" not in client.value else "%s %s" % (client.status, client.body[:300]))
    wrong = []
    for path in ("/results", "/results?rounded=1", "/results/2021-Q2?unit=jinting", "/results/2021/matrix", "/results/2021-08/matrix?group=district", "/results/2021-08/units/yunhu",
                 "/results/2021/units/yunhu?all=1&clauses=1", "/facts/scheme", "/facts/succession", "/facts/target?limit=5", "/facts/adjustment?known=20000"):
        for language in ("en", "zh"):
            client.ask("GET", CITY + path, headers={"Accept-Language": language})
            if client.status != 200:
                wrong.append("%s: %s %s" % (path, client.status, client.body[:200]))
    tell("every form of JSON", "; ".join(wrong[:4]))
    for path, name in ((CITY + "/results/2021?known=99999999", "ENTRY_UNKNOWN"), (CITY + "/facts/unit?known=99999999", "ENTRY_UNKNOWN"), (CITY + "/results/2021?unit=city", "UNIT_NOT_RANKED"),
                       (CITY + "/results/2021/matrix?unit=city", "UNIT_NOT_RANKED"), (CITY + "/results/2021/units/city", "UNIT_NOT_RANKED"), (CITY + "/results/2021/units/yunhu?known=99999999", "ENTRY_UNKNOWN"),
                       ("/api/v1/assessments/trial/results", None), ("/api/v1/assessments/trial/results/2021/units/jinting", None)):
        client.ask("GET", path)
        tell("refused: " + path, None if client.status >= 400 and name in (None, client.value.get("name")) else "%s %s" % (client.status, client.body[:200]))
