"""Chasing over HTTP: how complete and how timely collection is, the same as figures, notices and their delivery, digests, ownership that is stale. On a package of its own: towns a and c, a bureau d that verifies."""
import os
import signal
import sqlite3
import subprocess
import time

from calendar_year import all_of, fact, say, want
from receiver import Receiver, SECRET, program
from served import NO_LIMITS, tell

CHEAP = "passwords: {hash_kib: 8192, hash_passes: 1}\n"  # many people sign in

TOWNS = "/api/v1/assessments/towns"
SCHEME = """baton: 1
id: towns
title: {zh: 乡镇考核, en: Towns}
period: 2022-08
frequency: month
methods:
  plain: {kind: direct}
groups:
  - {id: towns, title: {zh: 乡镇, en: Towns}}
"""
TABLES = {
    "units.csv": "id,name,name_en,group\na,甲镇,A,towns\nc,丙镇,C,towns\nd,督查局,Bureau D,\n",
    "indicators.csv": "id,name,name_en,parent,weight,method,value,frequency,source,verifier\n"
                      "jobs,就业,Jobs,,50,plain,,month,,d\nroads,道路,Roads,,30,plain,,month,,\n"
                      "punctual,及时率,Timeliness,,10,plain,collection_timeliness,month,baton,\ncomplete,完整率,Completeness,,10,plain,collection_completeness,month,baton,\n",
    "observations.csv": "unit,element,period,value\na,jobs,2021-01,5\n",
}


def package(folder):
    os.makedirs(folder, exist_ok=True)
    for name, text in {**TABLES, "scheme.yaml": SCHEME}.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    return folder


def people(served, office):
    for person, role, unit in (("clerk-a", "unit", "a"), ("head-a", "approver", "a"), ("clerk-c", "unit", "c"), ("head-c", "approver", "c"), ("owner-d", "owner", "d"), ("second", "office", None)):
        served.say_person(office, person, person, role, unit)
    return {person: served.sign_in(person) for person in ("clerk-a", "head-a", "clerk-c", "head-c", "owner-d", "second")}


def reports(client, period):
    return {(item["unit"], item["element"]): item.get("report") for item in all_of(client, TOWNS, period)[0]}


def act(client, period, what, keys, reason=None, **more):
    """The step with these figures, as seen by whoever takes it."""
    seen = reports(client, period)
    items = [dict({"unit": unit, "element": element}, **more) for unit, element in keys]
    for item in items:
        report = seen[item["unit"], item["element"]]
        if report:
            item["at"] = report["at"]
    body = dict({"act": what, "items": items}, **({"reason": reason} if reason else {}))
    client.ask("POST", TOWNS + "/collection/" + period, body)
    if client.status != 201:
        tell("%s %s of %s" % (what, keys, period), client.text()[:300])


def bring(who, unit, period, elements, value="7"):
    keys = [(unit, element) for element in elements]
    act(who["clerk-" + unit], period, "draft", keys, value=value)
    act(who["head-" + unit], period, "sign", keys)
    act(who["clerk-" + unit], period, "submit", keys)


def rows(client, query):
    client.ask("GET", TOWNS + "/completeness" + query)
    return {row["unit"]: row for row in client.value.get("items", [])}


def has(row, **want_of):
    wrong = {name: row.get(name) for name, value in want_of.items() if row.get(name) != value}
    return None if not wrong else "%s: %s" % (wrong, row)


def counted(office, who):
    say("periods: one that is due, one in its days of grace, one that is over", office, [
        fact("period", period="2022-08", opens="2022-09-01", due="2999-12-31"), fact("period", period="2022-09", opens="2022-10-01", due="2022-10-10", grace="2999-12-31", locks="2999-12-31"),
        fact("period", period="2022-07", opens="2022-08-01", due="2022-08-10")], "towns")
    client = who["owner-d"]
    tell("what Baton counts is expected of nobody", None if {element for _, element in reports(office, "2022-08")} == {"jobs", "roads"} else reports(office, "2022-08"))
    bring(who, "a", "2022-08", ["jobs", "roads"])
    bring(who, "a", "2022-09", ["jobs"])
    act(client, "2022-08", "return", [("a", "jobs")], "count again")
    act(who["clerk-a"], "2022-08", "draft", [("a", "jobs")], value="8")
    act(who["head-a"], "2022-08", "sign", [("a", "jobs")])
    act(who["clerk-a"], "2022-08", "submit", [("a", "jobs")])
    act(client, "2022-08", "verify", [("a", "jobs")])
    act(office, "2022-08", "accept", [("a", "jobs"), ("a", "roads")])
    want("completeness by unit", office, "GET", TOWNS + "/completeness?period=2022-08", 200)
    one = rows(office, "?period=2022-08")
    tell("what came in time, though one came back", has(one["a"], expected=2, in_time=2, late=0, returned_once=1, returns=1, completeness=100, timeliness=100))
    tell("what is awaited", has(one["c"], expected=2, awaited=2, in_time=0, completeness=0))
    late = rows(office, "?period=2022-09")["a"]
    tell("what came late, by how many days", has(late, late=1, awaited=1, completeness=50, timeliness=0) or (None if late["days_late_most"] > 1000 else late))
    tell("what is missing", has(rows(office, "?period=2022-07")["a"], missing=2))
    both = rows(office, "?year=2022")
    tell("of several periods together", has(both["a"], expected=6, in_time=2, late=1, missing=2, awaited=1))
    verified = rows(office, "?period=2022-08&by=verifier")
    tell("by department, and the office for what nobody else verifies", has(verified["d"], expected=2, in_time=1) or has(verified[""], expected=2, in_time=1))
    posts = {post["post"]: post["count"] for post in verified["d"]["posts"]}
    tell("how often figures lay with whom", None if posts == {"drafting": 2, "signing": 2, "verifying": 2, "accepting": 1} else posts)
    tell("and altogether", has(rows(office, "?period=2022-08&by=office")[""], expected=4, in_time=2, awaited=2))
    tell("a clerk counts what they may read", None if set(rows(who["clerk-c"], "?period=2022-08")) == {"c"} else rows(who["clerk-c"], "?period=2022-08"))
    want("as CSV", office, "GET", TOWNS + "/completeness?format=csv", 200)
    tell("with a line for each unit", None if [line.split(",")[0] for line in office.text().splitlines()] == ["unit", "a", "c"] else office.text())


def drafts_of(client, period):
    client.ask("GET", TOWNS + "/waiting?period=%s&limit=1000" % period)
    return {(item["unit"], item["element"], item["stage"]): item["act"] for item in client.value.get("items", [])}


def agreed(office, who):
    """That a figure comes later stops no clock: it takes a reason, others agree to it, and it is owed still."""
    clerk, head, key, period = who["clerk-c"], who["head-c"], ("c", "roads"), "2022-06"
    path, item = TOWNS + "/collection/" + period, {"unit": "c", "element": "roads", "state": "pending"}
    say("a period that is open", office, [fact("period", period=period, opens="2022-07-01", due="2999-12-31")], "towns")
    want("later needs a reason", clerk, "POST", path, 422, "REASON_NEEDED", {"act": "draft", "items": [item]})
    act(clerk, period, "draft", [key], state="pending", note="the survey is in May")
    act(head, period, "sign", [key])
    act(clerk, period, "submit", [key])
    tell("nobody has agreed yet", has(rows(office, "?period=" + period)["c"], awaited=2, pending=0, completeness=0))
    act(office, period, "accept", [key])
    tell("agreed, it counts neither way", has(rows(office, "?period=" + period)["c"], awaited=1, pending=1, in_time=0, completeness=0))
    tell("and waits for the clerk", None if drafts_of(clerk, period).get((*key, "accepted")) == "draft" else drafts_of(clerk, period))
    clerk.ask("GET", path + "/form?format=csv&reporter=c")
    form = clerk.text()
    tell("it is in their form", None if ",roads," in form else form)
    step = reports(who["clerk-a"], period).get(key)
    want("another unit's clerk does not draft it", who["clerk-a"], "POST", path, 403, "RIGHT_UNIT", {"act": "draft", "items": [dict(item, at=1, note="so")]})
    tell("nor is told of it", None if not step else step)
    act(clerk, period, "draft", [key], value="7")
    act(head, period, "sign", [key])
    act(clerk, period, "submit", [key])
    act(office, period, "accept", [key], reason="it has come")
    tell("then it is in time", has(rows(office, "?period=" + period)["c"], awaited=1, pending=0, in_time=1, completeness=50))


def figure(client, unit, element, period):
    client.ask("GET", TOWNS + "/facts/observation/history?key=%s,%s,%s" % (unit, element, period))
    return client.value["items"][-1]["fields"]


def figures(served, office, who):
    path = TOWNS + "/completeness/figures"
    want("a clerk says none", who["clerk-a"], "POST", path, 403, "ROUTE_ROLE", {"period": "2022-07"})
    want("not while figures may come in", office, "POST", path, 409, "COUNT_EARLY", {"period": "2022-08"})
    want("nor where no period is opened", office, "POST", path, 422, "COUNT_NOTHING", {"period": "2022-03"})
    want("of a period that is over", office, "POST", path, 201, None, {"period": "2022-07"})
    tell("what nobody reported is nought", None if figure(office, "a", "collection_timeliness", "2022-07")["value"] == "0.00" else figure(office, "a", "collection_timeliness", "2022-07"))
    want("counted again it is the same", office, "POST", path, 422, "SUBMISSION_EMPTY", {"period": "2022-07"})
    say("a later day for one figure", office, [fact("exception", period="2022-07", unit="a", element="jobs", due="2999-12-31")], "towns", propose=True, reason="flood")
    later = office.value["first"]
    say("an earlier one, which nobody has decided yet", office, [fact("exception", period="2022-07", unit="a", element="jobs", due="2999-12-30")], "towns", propose=True, reason="flood")
    earlier = office.value["first"]
    for name, code, fields in (("of a unit that there is not", "EXCEPTION_UNKNOWN", dict(unit="zzz", element="*")), ("of a figure that there is not", "EXCEPTION_UNKNOWN", dict(unit="a", element="nonsense")),
                               ("due when it is due already", "EXCEPTION_NOT_LATER", dict(unit="a", element="*", due="2022-08-10")), ("due earlier", "EXCEPTION_NOT_LATER", dict(unit="a", element="jobs", due="2022-08-09"))):
        say("an exception " + name, office, [fact("exception", **dict(dict(period="2022-07", due="2999-12-31"), **fields))], "towns", propose=True, reason="flood", status=422, code=code)
    want("is granted", who["second"], "POST", "/api/v1/proposals/%d/decision" % later, 201, None, {"verdict": "accepted", "reason": "seen"})
    want("then the earlier one cannot be", who["second"], "POST", "/api/v1/proposals/%d/decision" % earlier, 422, "EXCEPTION_NOT_LATER", {"verdict": "accepted", "reason": "seen"})
    want("but refused", who["second"], "POST", "/api/v1/proposals/%d/decision" % earlier, 201, None, {"verdict": "refused", "reason": "there is a later one"})
    want("until it is in it is too early again", office, "POST", path, 409, "COUNT_EARLY", {"period": "2022-07"})
    bring(who, "a", "2022-07", ["jobs"])
    tell("by exception", has(rows(office, "?period=2022-07")["a"], excepted=1, missing=1, completeness=50, timeliness=50))
    want("what was said is corrected for a reason only", office, "POST", path, 422, "REASON_NEEDED", {"period": "2022-07"})
    want("with one it is", office, "POST", path, 201, None, {"period": "2022-07", "reason": "an exception"})
    tell("the two of one unit, no more", None if len(office.value["items"]) == 2 else office.value)
    have = figure(office, "a", "collection_completeness", "2022-07")
    tell("with the counts as its source", None if have["value"] == "50.00" and "owed 2, in time 0, by exception 1, late 0" in have["source"] else have)
    said = served.baton("completeness", served.ledger, "2022-07", "--format", "csv")
    tell("the command counts the same", None if said.splitlines()[1].startswith("a,2,0,1,0,0,1,0,0,0,0,") else said)


def day(days):
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600 + 86400 * days))


EVERY_DAY = " ".join("%dwd" % n for n in range(-5, 6))  # whatever day of the week the tests run


def config(served, receiver, attempts=12):
    with open(os.path.join(served.folder, "secret"), "wb") as file:
        file.write(SECRET + b"\n")
    return NO_LIMITS + CHEAP + """notify: {webhook: "http://127.0.0.1:%d/notices", secret: %s, retry_seconds: 1, attempts: %d, seconds: 2}
reminders: {look_seconds: 1, at: "00:00", clerk: "%s", approver: "%s", office: "%s", verifying: "%s", verifying_office: never, stale: "%s"}
""" % (receiver.port, os.path.join(served.folder, "secret"), attempts, EVERY_DAY, EVERY_DAY, EVERY_DAY, EVERY_DAY, EVERY_DAY)


def until(what, seconds=15):
    end = time.time() + seconds
    while not what() and time.time() < end:
        time.sleep(0.1)
    return what()


def notices(client, query=""):
    client.ask("GET", "/api/v1/notices" + query)
    return client.value.get("items", [])


def kept(office, who):
    """Without a receiver notices are there for people to read."""
    clerk = who["clerk-a"]
    mine = notices(clerk)
    tell("what came back is told to the clerk of the unit", None if any(one["kind"] == "returned" and "count again" in one["notice"]["text"]["zh"] for one in mine) else mine)
    tell("an exception to its unit", None if any(one["kind"] == "exception" and one["unit"] == "a" for one in mine) else mine)
    tell("and to nobody of another one", None if not any(one["kind"] in ("returned", "exception") for one in notices(who["clerk-c"])) else notices(who["clerk-c"]))
    tell("a decision to whoever proposed it", None if any(one["kind"] == "decided" and "已获同意" in one["notice"]["text"]["zh"] for one in notices(office)) else notices(office))
    newest = mine[0]["id"]
    want("they are read", clerk, "POST", "/api/v1/notices/read", 204, None, {"until": newest})
    want("beyond what there is", clerk, "POST", "/api/v1/notices/read", 204, None, {"until": 99999999})
    notices(clerk)
    all_there = clerk.value["read"]
    tell("nothing is read that is not there", None if newest <= all_there < 99999999 else clerk.value)
    newest = all_there
    tell("and stay so", None if all(one["read"] for one in notices(clerk)) and clerk.value["read"] == newest else clerk.value)
    tell("a page has so many", None if len(notices(clerk, "?limit=1")) == 1 and clerk.value["next"] else clerk.value)
    path, pages = "/api/v1/notices?limit=1", []
    while path:
        clerk.ask("GET", path)
        pages += [one["id"] for one in clerk.value["items"]]
        path = clerk.value["next"]
    tell("pages have every notice once", None if pages == [one["id"] for one in notices(clerk)] else pages)


def digests(served, office, who):
    clerk = who["clerk-c"]
    want("a digest", clerk, "GET", "/api/v1/digest", 200)
    parts = {part["what"]: part for part in clerk.value["assessments"][0]["sections"]}
    tell("what a clerk owes, by when", None if "draft" in parts and all(item["reporter"] == "c" for item in parts["draft"]["items"]) and "until" in parts["draft"]["items"][0] else parts)
    tell("late ones say so", None if any(item["late"] and item["period"] == "2022-09" for item in parts["draft"]["items"]) else parts["draft"])
    who["clerk-a"].ask("GET", "/api/v1/digest")
    parts = {part["what"]: part["count"] for part in who["clerk-a"].value["assessments"][0]["sections"]}
    tell("what was accepted", None if parts.get("accepted") == 2 else parts)
    office.ask("GET", "/api/v1/digest")
    parts = {part["what"]: part["count"] for part in office.value["assessments"][0]["sections"]}
    tell("the office: what is overdue elsewhere", None if parts.get("late", 0) >= 2 else parts)
    clerk.ask("GET", "/api/v1/digest?format=text", headers={"Accept-Language": "zh"})
    tell("as a letter", None if "待填报" in clerk.text() and "丙镇  就业" in clerk.text() else clerk.text())
    said = served.baton("digest", served.ledger, "--person", "clerk-c")
    tell("the command says the same", None if "To be drafted" in said else said)
    deciding(served, office, who)


def deciding(served, office, who):
    """Proposals are in the digest of whoever may decide on them, and of nobody else."""
    second = who["second"]
    say("an exception is proposed", office, [fact("exception", period="2022-09", unit="c", element="roads", due="2999-12-31")], "towns", propose=True, reason="a bridge is gone")
    number = office.value["first"]
    second.ask("GET", "/api/v1/digest")
    found = second.value["decisions"]
    tell("who may decide is told of what, by whom and why", None if second.value["proposals"] == 1 and [(one["position"], one["assessment"], one["proposer"], one["reason"]) for one in found] == [(number, "towns", "li.wei", "a bridge is gone")] and "roads" in found[0]["says"] else second.value)
    for client, name in ((office, "who proposed it"), (who["clerk-c"], "a clerk"), (who["owner-d"], "an owner")):
        client.ask("GET", "/api/v1/digest")
        tell("%s does not decide" % name, None if client.value["proposals"] == 0 and client.value["decisions"] == [] else client.value)
    second.ask("GET", "/api/v1/digest?format=text", headers={"Accept-Language": "zh"})
    tell("as a letter too", None if "待决定的提请：1 件" in second.text() and "第 %d 号" % number in second.text() and "a bridge is gone" in second.text() else second.text())
    said = served.baton("digest", served.ledger, "--person", "second")
    tell("and by the command", None if "Proposals to decide on: 1" in said and "No. %d" % number in said else said)
    want("it is refused", second, "POST", "/api/v1/proposals/%d/decision" % number, 201, None, {"verdict": "refused", "reason": "there is a ferry"})
    second.ask("GET", "/api/v1/digest?format=text")
    tell("then it waits no more", None if "decide" not in second.text() else second.text())


def stale(served, office, who):
    want("not for clerks", who["clerk-a"], "GET", TOWNS + "/stale", 403, "ROUTE_ROLE")
    want("ownership that is stale", office, "GET", TOWNS + "/stale", 200)
    tell("all is well but for an own account", None if not [item for item in office.value["items"] if item["what"] in ("vacant", "never", "absent")] else office.value)
    served.say_person(office, "idle", "idle", "unit", "c")
    served.baton("account", served.ledger, "make", "idle")
    served.say_person(office, "outside", "outside", "approver", "c")
    office.ask("GET", TOWNS + "/stale")
    found = {(item["what"], item.get("person")) for item in office.value["items"]}
    tell("who never signed in, who has no account", None if {("never", "idle"), ("no_account", "outside")} <= found else office.value)
    said = served.baton("stale", served.ledger)
    tell("the command lists them too", None if "never signed in" in said and "no account" in said else said)


def reminded(served, office, who, receiver):
    """A webhook that fails now and then; the server is killed in between."""
    say("a period that is due tomorrow", office, [fact("period", period="2022-10", opens="2022-11-01", due=day(1), grace="2999-12-31")], "towns")
    enough = lambda: {(one["kind"], one["to"].get("role"), one["to"].get("unit")) for one in receiver.taken} >= {("due", "unit", "a"), ("due", "unit", "c"), ("due", "approver", "a"), ("overdue", "office", None)}
    until(lambda: len(receiver.taken) >= 2)
    served.kill()
    served.start()
    tell("clerks, approvers and the office are reminded over the webhook", None if until(enough) else sorted({(one["kind"], str(one["to"])) for one in receiver.taken}))
    tell("signed, under its number", None if not receiver.forged and receiver.taken else receiver.forged[:2])
    one = [one for one in receiver.taken if one["kind"] == "due" and one["to"].get("role") == "unit" and one["to"]["unit"] == "c"][0]
    tell("one lists all that is awaited, in both languages", None if one["notice"]["count"] == 2 and len(one["notice"]["figures"]) == 2 and "尚有 2 项未报送" in one["notice"]["text"]["zh"] and "clerk-c" in one["to"]["persons"] else one)
    time.sleep(1.5)
    ids = [one["id"] for one in receiver.taken]
    tell("some were refused, and none was told twice that had been taken", None if receiver.refused and len(ids) - len(set(ids)) <= 1 else ids)
    keys = {}
    for one in receiver.taken:
        keys.setdefault(one["key"], set()).add(one["id"])
    tell("each reminder was made once", None if all(len(of) == 1 for of in keys.values()) else keys)
    order = {}
    for one in receiver.taken:
        order.setdefault(str(one["to"]), []).append(one["id"])
    tell("in order for each addressee", None if all(sorted(set(of)) == list(dict.fromkeys(of)) for of in order.values()) else order)
    done = {one["key"] for one in receiver.taken}
    bring(who, "c", "2022-10", ["jobs", "roads"])
    time.sleep(1.5)
    tell("nobody is reminded of what is in", None if {one["key"] for one in receiver.taken if one["kind"] in ("due", "overdue")} <= done else "reminded")
    receiver.fails = lambda notice: 503
    say("a later day", office, [fact("exception", period="2022-10", unit="a", element="jobs", due="2999-12-31")], "towns", propose=True, reason="flood")
    want("granted", who["second"], "POST", "/api/v1/proposals/%d/decision" % office.value["first"], 201, None, {"verdict": "accepted", "reason": "seen"})


def given_up(served, receiver):
    served.stop()
    served.config = config(served, receiver, attempts=2)
    served.start()
    gone = lambda: "giving up" in audit(served)
    tell("what nobody takes is given up, and recorded", None if until(gone) else audit(served)[-800:])


def audit(served):
    return served.baton("log", served.ledger, "--kind", "audit")


def by_command(served, office):
    """A program instead of a webhook, and one round without a server."""
    served.stop()
    out = os.path.join(served.folder, "told")
    path = os.path.join(served.folder, "chase.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write("notify: {command: [%s, %s], retry_seconds: 1}\n" % (program(served.folder), out))
    served.start()
    say("somebody leaves", office, [fact("post", person="second", role="owner", unit="d", _from="2021-01-01")], None)
    post = office.value["first"]
    want("and their post with them", office, "POST", "/api/v1/entries/%d/correction" % post, 201, None, {"fields": {"to": "2022-01-01"}, "reason": "moved"})
    served.stop()
    time.sleep(1)
    said = served.baton("chase", served.ledger, "--key", served.key, "--config", path)
    told = open(out, encoding="utf-8").read().split() if os.path.exists(out) else []
    tell("the program got what waited, by number", None if told and len(told) == len(set(told)) and "failed 0" in said else said + str(told))
    text = open(out + ".part", encoding="utf-8").read()
    tell("and the JSON of it", None if '"kind": "vacated"' in text and "尚无人接任" in text else text[-600:])
    said = served.baton("chase", served.ledger, "--key", served.key, "--config", path)
    tell("a second round has nothing left", None if said.startswith("Made 0, delivered 0") else said)
    pruned(served, path)
    served.start()
    unwatched(served, office, path)


def pruned(served, path):
    """What was settled long ago is taken out; the newest of all is not, nor what was settled lately."""
    if served.address:
        return
    with sqlite3.connect(served.ledger) as store:
        store.execute("UPDATE outbox SET settled_utc_ms = 1 WHERE state <> 'waiting' AND id % 2 = (SELECT MAX(id) % 2 FROM outbox)")
        all_of = {row[0] for row in store.execute("SELECT id FROM outbox")}
        old = {row[0] for row in store.execute("SELECT id FROM outbox WHERE settled_utc_ms = 1")}
    served.baton("chase", served.ledger, "--key", served.key, "--config", path)
    with sqlite3.connect(served.ledger) as store:
        left = {row[0] for row in store.execute("SELECT id FROM outbox")}
    tell("notices of long ago are taken out, but for the newest", None if len(old) > 3 and all_of - left == old - {max(all_of)} else "%s of %s left, %s old" % (sorted(left), sorted(all_of), sorted(old)))


def unwatched(served, office, path):
    """Whoever starts the program may ignore SIGCHLD: what fails has failed all the same."""
    say("somebody else leaves", office, [fact("post", person="second", role="owner", unit="d", _from="2021-02-01")], None)
    post = office.value["first"]
    want("and nobody follows", office, "POST", "/api/v1/entries/%d/correction" % post, 201, None, {"fields": {"to": "2022-01-01"}, "reason": "moved"})
    served.stop()
    time.sleep(1)
    with open(path, "w", encoding="utf-8") as file:
        file.write("notify: {command: [/bin/false], retry_seconds: 1}\n")
    done = subprocess.run([served.program, "chase", served.ledger, "--key", served.key, "--config", path, "--lang", "en"], stdout=subprocess.PIPE, timeout=60, check=False,
                          preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
    said = done.stdout.decode()
    tell("a command that fails delivers nothing where SIGCHLD is ignored", None if "delivered 0, failed 1" in said else said)
    served.start()


def run(served):
    office = served.sign_in("li.wei")
    who = people(served, office)
    counted(office, who)
    figures(served, office, who)
    kept(office, who)
    digests(served, office, who)
    stale(served, office, who)
    agreed(office, who)
    receiver = Receiver()
    served.stop()
    served.config = config(served, receiver)
    served.start()
    reminded(served, office, who, receiver)
    given_up(served, receiver)
    receiver.close()
    by_command(served, office)
