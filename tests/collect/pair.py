"""Two servers on one ledger: one is stopped, the other one takes over, and then both run. Nothing is shared, made or told twice."""
import contextlib
import copy
import os
import signal
import sqlite3
import tempfile
import time

import chasing
from burden import by_two
from calendar_year import fact, say, want
from receiver import Receiver
from served import Client, Served, tell

VILLAGES = {
    "scheme.yaml": chasing.SCHEME.replace("id: towns\ntitle", "id: villages\ntitle", 1),
    "units.csv": "id,name,name_en,group\na,甲镇,A,towns\nc,丙镇,C,towns\n",
    "indicators.csv": "id,name,name_en,parent,weight,method,frequency\nwork,务工,Work,,100,plain,month\n",
    "observations.csv": "unit,element,period,value\na,work,2021-01,5\n",
}
QUIET_S = 2.5  # servers look once a second


def bring_in(served):
    folder = os.path.join(served.folder, "villages")
    os.makedirs(folder)
    for name, text in VILLAGES.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    served.baton("import", served.ledger, folder, "--key", served.key, "--as", "li.wei")


def is_locked(served):
    """Whether a process that is stopped holds the store; nobody takes over then."""
    if served.address:
        return False
    with contextlib.closing(sqlite3.connect(served.ledger, timeout=0.5, isolation_level=None)) as store:
        try:
            store.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        store.execute("ROLLBACK")
    return False


def pause(served):
    served.process.send_signal(signal.SIGSTOP)
    while is_locked(served):
        served.process.send_signal(signal.SIGCONT)
        time.sleep(0.05)
        served.process.send_signal(signal.SIGSTOP)


def at(served, person):
    client = Client(served)
    client.ask("POST", "/api/v1/session", {"person": person, "password": served.passwords[person]})
    if client.status not in (200, 201):
        raise SystemExit("%s cannot sign in: %s" % (person, client.body))
    return client


def is_ready(served):
    """Not while it opens the ledger anew."""
    with contextlib.suppress(OSError):
        return Client(served).ask("GET", "/readyz", unchecked=True) == 200
    return False


def history(client, unit, period):
    client.ask("GET", "/api/v1/assessments/villages/facts/observation/history?key=%s,work,%s" % (unit, period))
    return client.value["items"] if client.status == 200 else []


def follows(name, client, unit, period):
    """Exactly one figure, also after everybody has looked again."""
    chasing.until(lambda: history(client, unit, period))
    time.sleep(QUIET_S)
    found = history(client, unit, period)
    tell(name, None if len(found) == 1 else found)


def once(name, receiver):
    ids = [one["id"] for one in receiver.taken]
    keys = {}
    for one in receiver.taken:
        keys.setdefault(one["key"], set()).add(one["id"])
    twice = sorted(key for key, of in keys.items() if len(of) > 1)
    tell(name, None if len(ids) == len(set(ids)) and not twice else (sorted(ids), twice))


def reminds(name, client, receiver, period):
    say("%s is due tomorrow" % period, client, [fact("period", period=period, opens="2022-11-01", due=chasing.day(1))], "towns")
    tell(name, None if chasing.until(lambda: any(one["kind"] == "due" and period in str(one) for one in receiver.taken)) else len(receiver.taken))
    time.sleep(QUIET_S)


def figure(unit, period, value):
    return [fact("observation", unit=unit, element="jobs", period=period, value=value)]


def walk(one, receiver):
    office = one.sign_in("li.wei")
    one.say_person(office, "second", "second", "office")
    one.say_person(office, "clerk-a", "clerk-a", "unit", "a")
    by_two("two share a figure", office, one.sign_in("second"), "villages", [fact("sharing", element="work", _from="towns", from_element="jobs")])
    reminds("the first server reminds", office, receiver, "2022-10")
    pause(one)
    two = copy.copy(one)
    two.process, two.port = None, 0
    two.start()
    tell("the other one takes over", None)
    there = at(two, "li.wei")
    say("a figure", there, figure("a", "2022-01", "7"), "towns")
    follows("is followed by the second", there, "a", "2022-01")
    reminds("which reminds, too", there, receiver, "2022-11")
    one.process.send_signal(signal.SIGCONT)
    time.sleep(QUIET_S)
    want("the first one stores nothing", office, "POST", "/api/v1/facts", 503, "LEASE_LOST", {"assessment": "towns", "facts": figure("c", "2022-01", "8")})
    say("another figure", there, figure("c", "2022-01", "8"), "towns")
    follows("is followed by one of the two", there, "c", "2022-01")
    tell("what followed before stays as it is", None if len(history(there, "a", "2022-01")) == 1 else history(there, "a", "2022-01"))
    reminds("one of the two reminds", there, receiver, "2022-12")
    once("and nothing was made or told twice", receiver)
    two.stop()
    tell("the second ends as asked", None if two.ended == 0 else two.said())
    tell("the first one goes on", None if chasing.until(lambda: is_ready(one)) else one.said())
    office = at(one, "li.wei")
    say("a figure", office, figure("a", "2022-02", "9"), "towns")
    follows("is followed by the first", office, "a", "2022-02")
    reminds("which reminds again", office, receiver, "2023-01")
    once("nothing was made or told twice", receiver)
    tell("nor did anything follow twice", None if all(len(history(office, unit, period)) == 1 for unit, period in (("a", "2022-01"), ("c", "2022-01"))) else "it did")


def run(program, address=None):
    with tempfile.TemporaryDirectory(prefix="baton-pair-") as folder:
        with Served(program, chasing.package(folder), address) as one:
            receiver = Receiver()
            receiver.fails = lambda notice: 0
            bring_in(one)
            one.config = chasing.config(one, receiver)
            one.start()
            walk(one, receiver)
            one.stop()
            tell("the first ends as asked", None if one.ended == 0 else one.said())
            tell("every answer is as the document says", "; ".join(sorted(one.deviations)[:9]) or None)
            one.baton("verify", one.ledger)
            receiver.close()
