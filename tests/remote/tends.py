"""What whoever tends a ledger asks: what it stands on."""
import json
import subprocess

from packages import CITY, said
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


def refused(client, auditor):
    """Of evidence that is refused once its bytes were stored nothing stays."""
    pdf = {"Content-Type": "application/pdf", "Idempotency-Key": "evidence-refused"}
    path = CITY + "/evidence?name=a.pdf"
    client.ask("POST", path, raw=b"%PDF-1.7\nthe first", headers=pdf)
    digest = client.value.get("digest")
    client.ask("POST", path, raw=b"%PDF-1.7\nanother one", headers=pdf)
    tell("evidence under a key that was used", None if client.value.get("name") == "REQUEST_DIFFERS" else said(client))
    auditor.ask("GET", "/api/v1/doctor")
    found = next(line["value"] for line in auditor.value["found"] if line["name"] == "orphans")
    tell("leaves nothing", None if found == "none" else found)
    tell("what was brought in before stays", client.wants("GET", "/api/v1/contents/%s" % digest, 200))


def tends(served, client, clerk, auditor):
    refused(client, auditor)
    doctors(served, clerk, auditor)


def unsound(served, client):
    """What is in force need not be sound: then whoever asks for what is made of it is told what is wrong, by a code that stands in the document."""
    fields = {"unit": "nowhere", "element": "gdp", "period": "2021-Q4", "value": "1"}
    client.ask("POST", "/api/v1/facts", {"assessment": "yunlan-2021", "facts": [{"kind": "observation", "fields": fields}]})
    position = client.value.get("first")
    for path in ("/scheme", "/results/2021", "/results/2021/matrix"):
        tell("what is not sound is told: " + path, client.wants("GET", CITY + path, 422, "UNIT_UNKNOWN"))
    for name in ("scheme_print", "scheme_diff", "result_now", "result", "matrix", "explanation", "export", "posting_make"):
        operation = next(one for path in served.document["paths"].values() for one in path.values() if isinstance(one, dict) and one.get("operationId") == name)
        codes = {code for answer in operation["responses"].values() for code in answer.get("x-codes", [])}
        tell("its codes stand in the document: " + name, None if codes >= {"UNIT_UNKNOWN", "NUMERAL_BAD"} else str(sorted(codes)))
    client.ask("POST", "/api/v1/entries/%d/correction" % position, {"withdraw": True, "reason": "there is no such unit"})
    tell("it is sound again", client.wants("GET", CITY + "/scheme", 200))
