"""Replays: a write that is sent again is done once, however often and however many at a time; its key is good for nothing else and for nobody else."""
import threading

from common import entries
from served import Client, tell

FACTS = "/api/v1/facts"


def body(value, unit="jinting", month="2024-01"):
    return {"assessment": "yunlan-2021", "facts": [{"kind": "observation", "fields": {"unit": unit, "element": "accidents", "period": month, "value": value}}]}


def together(served, client, value, key):
    answers = []

    def send():
        own = Client(served)
        own.cookie, own.csrf = client.cookie, client.csrf
        own.ask("POST", FACTS, value, {"Idempotency-Key": key})
        answers.append((own.status, own.value.get("first")))

    threads = [threading.Thread(target=send) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def attack(served, client):
    before = entries(client)
    answers = together(served, client, body("1"), "replayed")
    good = sorted({status for status, _ in answers}) == [200, 201] and len({first for _, first in answers}) == 1 and sum(status == 201 for status, _ in answers) == 1
    tell("24 of the same at once are one", None if good and entries(client) == before + 1 else "%s, %d entries" % (sorted(set(answers)), entries(client) - before))
    wrong = [client.wants("POST", FACTS, 409, "REQUEST_DIFFERS", other, {"Idempotency-Key": "replayed"})
             for other in (body("2"), body("1", "yunhu"), body("1", month="2024-02"), dict(body("1"), reason="again"), {"assessment": "yunlan-2020", "facts": body("1")["facts"]})]
    tell("its key is good for nothing else", next(filter(None, wrong), None))
    served.say_person(client, "replayer", "重放", "unit", unit="jinting")
    clerk = served.sign_in("replayer")
    had = entries(client)
    clerk.ask("POST", FACTS, body("1"), {"Idempotency-Key": "replayed"})
    tell("nor for somebody else", None if clerk.status in (403, 409) and not clerk.value.get("items") else "%d %s" % (clerk.status, clerk.text()[:200]))
    tell("nothing more was stored", None if entries(client) == had else "%d entries" % (entries(client) - had))
    old = client.cookie
    other = Client(served)
    other.ask("POST", "/api/v1/session", {"person": "li.wei", "password": served.passwords["li.wei"]})
    replayed = Client(served)
    replayed.cookie, replayed.csrf = other.cookie, other.csrf
    other.ask("DELETE", "/api/v1/session")
    tell("a session that has ended is good for nothing", replayed.wants("POST", FACTS, 401, "SIGN_IN_NEEDED", body("3"), {"Idempotency-Key": "after-the-end"}))
    tell("another's csrf is none of mine", None if old == client.cookie and cross(served, client, other) else "it is taken")


def cross(served, client, other):
    mixed = Client(served)
    mixed.cookie, mixed.csrf = client.cookie, other.csrf
    return mixed.ask("POST", FACTS, body("4")) == 403 and mixed.value["name"] == "CSRF_WRONG"
