"""What whoever tends a ledger asks: what it stands on."""
import json
import subprocess

from packages import said
from served import tell

MOVES = ("clock", "disk_free", "size", "entries", "head")  # from one look to the next


def lines(found):
    return [{name: value for name, value in line.items() if name != "value" or line["name"] not in MOVES} for line in found]


def doctor(served, language):
    """What the command prints."""
    command = [served.program, "doctor", served.ledger, "--key", served.key, "--format", "json", "--lang", language]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=60).stdout)


def doctors(served, clerk, auditor):
    """As the command, word for word, in both languages; and what is not good is told as such."""
    tell("what the ledger stands on is not for everybody", clerk.wants("GET", "/api/v1/doctor", 403, "ROUTE_ROLE"))
    for language in ("en", "zh"):
        auditor.ask("GET", "/api/v1/doctor", headers={"Accept-Language": language})
        want = doctor(served, language)
        same = auditor.status == 200 and lines(auditor.value["found"]) == lines(want) and len(want) > 8
        tell("doctor in " + language, None if same and auditor.value["good"] else said(auditor) + json.dumps(want))
    with open(served.key, "rb") as file:
        key = file.read()
    with open(served.key, "wb") as file:
        file.write(key[:40])
    auditor.ask("GET", "/api/v1/doctor")
    with open(served.key, "wb") as file:
        file.write(key)
    bad = [line["name"] for line in auditor.value["found"] if not line["good"]] if auditor.status == 200 else []
    tell("a key that is broken is told", None if bad == ["key"] and not auditor.value["good"] else said(auditor))


def tends(served, clerk, auditor):
    doctors(served, clerk, auditor)
