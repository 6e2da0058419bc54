"""Attacks from inside: by those who have an account and a post, on what is not theirs.

Usage: test_inside.py BATON

Prints `ok NAME` or `FAIL NAME: why`, at the end `N passed, N failed`; exit status 1 when one failed."""
import os
import sys
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), name) for name in ("api", "rights")]
from served import Client, tell, RESULTS  # noqa: E402
from world import PEOPLE, World  # noqa: E402

MAIN = "/api/v1/assessments/main"
# Further people, whose posts name an assessment; the administrators come after everybody else, as nobody but the security administrator gives posts then.
PEOPLE["office_of_other"] = [("office", "", "other", "", "")]
ADMINISTRATORS = {"auditor_of_other": "auditor", "system_of_other": "system_admin", "security_of_other": "security_admin"}
PEOPLE.update({name: [] for name in ADMINISTRATORS})
PEOPLE.update({name: PEOPLE.pop(name) for name in ("auditor", "system", "security")})


def wants_no(client, secret):
    """None where the answer is a refusal that does not tell the secret."""
    if client.status < 400:
        return "%d %s" % (client.status, client.text()[:300])
    return "it tells %s: %s" % (secret, client.text()[:600]) if secret in client.text() else None


def moved(world):
    """A correction keeps what it does not change: moved into one's own unit it would tell a row of another one."""
    office = world.client["li.wei"]
    secret = world.say([{"kind": "observation", "fields": {"unit": "c", "element": "hidden", "period": "2023", "value": "86.4213"}}], "main")
    for who, fields in (("unit", {"unit": "a"}), ("approver", {"unit": "b"}), ("deputy", {"unit": "a"}), ("t_role", {"unit": "a"}), ("t_unit", {"unit": "a"}), ("growth", {"element": "made"}), ("growth", {"element": "made", "period": "2029"})):
        client = world.client[who]
        for propose in (True, False):
            client.ask("POST", "/api/v1/entries/%d/correction" % secret, {"fields": fields, "reason": "to look at it", "propose": propose})
            tell("%s moves another unit's row to %s%s" % (who, fields, ", proposed" if propose else ""), wants_no(client, "86.4213") or wants_no(client, "hidden"))
    client = world.client["unit"]
    for name in ("proposal c", "post committee", "scheme"):
        client.ask("POST", "/api/v1/entries/%d/correction" % world.at[name], {"fields": {}, "reason": "to look at it", "propose": True})
        tell("nor is told what kind %s is" % name, wants_no(client, "kind of fact") if name == "proposal c" else wants_no(client, "committee"))
    client.ask("POST", "/api/v1/entries/%d/correction" % world.at["made a"], {"fields": {"value": "3.5"}, "reason": "counted again", "propose": True})
    tell("one's own row is corrected as ever", None if client.status == 201 else client.text()[:300])
    office.ask("POST", "/api/v1/entries/%d/correction" % secret, {"fields": {"value": "86.5"}, "reason": "counted again"})
    tell("and any by whoever reads all", None if office.status == 201 else office.text()[:300])


WHOLE = ("/api/v1/journal", "/api/v1/accounts", "/metrics", "/api/v1/verify", "/api/v1/doctor")


def escalates(world, who):
    """What somebody tries who would have the whole ledger."""
    client = world.client[who]
    for path in WHOLE:
        tell("%s has not %s" % (who, path), client.wants("GET", path, 403, "ROUTE_ROLE"))
    for facts in ([{"kind": "person", "fields": {"id": "evil", "name": "某"}}], [{"kind": "post", "fields": {"person": who, "role": "leader", "unit": "z", "from": "2021-01-01"}}]):
        tell("%s says no %s" % (who, facts[0]["kind"]), client.wants("POST", "/api/v1/facts", 403, "RIGHT_LACKING", {"facts": facts}))
    tell("%s makes no account" % who, client.wants("POST", "/api/v1/accounts", 403, "ROUTE_ROLE", {"person": "spare"}))
    tell("%s hands nothing over" % who, client.wants("POST", "/api/v1/posts/%d/handover" % world.at["post committee"], 403, "ROUTE_ROLE", {"person": who, "from": world.in_days(0), "reason": "mine"}))
    client.ask("GET", "/api/v1/audit?limit=1000")
    tell("%s sees no audit but what is theirs" % who, next((item for item in client.value["items"] if who not in (item["actor"], item["person"])), None))
    tell("%s sees not what others have" % who, client.wants("GET", MAIN, 404, "ASSESSMENT_UNKNOWN"))


class Attacked(World):
    def person(self, name):
        """As long as there is no administrator the office stands in for them: that of the whole ledger."""
        if name == "auditor":
            escalates(self, "office_of_other")
        super().person(name)

    def fill(self):
        super().fill()
        for name, role in ADMINISTRATORS.items():
            facts = [{"kind": "post", "fields": {"person": name, "role": role, "unit": "z", "assessment": "other", "from": "2021-01-01"}}]
            client = self.client["security"]
            client.ask("POST", "/api/v1/facts", {"facts": facts})
            tell(name + " has a post", None if client.status == 201 else client.text()[:300])


def narrow(world):
    """Whoever administers one assessment does not administer the ledger."""
    for who in ADMINISTRATORS:
        escalates(world, who)
    client = world.client["auditor_of_other"]
    tell("the auditor of one reads all of that", client.wants("GET", "/api/v1/assessments/other/facts/observation", 200) or client.wants("GET", "/api/v1/assessments/other/export", 200))
    for kind in ("audit", "post"):
        client.ask("GET", "/api/v1/entries?limit=1000&kind=" + kind)
        seen = [item for item in client.value["items"] if "auditor_of_other" not in (item["actor"], item["fields"].get("person"))]
        tell("and no %s of the ledger" % kind, seen[:1] or None)
    auditor, program = world.client["auditor"], Client(world)
    for limits in ({"assessment": "other"}, {"units": ["a"]}):
        auditor.ask("POST", "/api/v1/tokens", dict({"name": "narrow", "roles": ["auditor"], "until": world.in_days(3)}, **limits))
        program.bearer = auditor.value["token"]
        program.ask("GET", "/api/v1/audit?limit=1000")
        tell("a token of %s has no audit of the ledger" % limits, next((item for item in program.value["items"] if "auditor" not in (item["actor"], item["person"])), None))
        tell("nor what is about somebody", program.wants("GET", "/api/v1/audit?person=office", 403, "ROUTE_ROLE"))


def quoted(world):
    """What is wrong with an assessment quotes rows: it is told to whoever reads all of them."""
    maker, secret = world.client["li.wei"], "about-86.4213"
    known = world.say([{"kind": "target", "fields": {"unit": "c", "indicator": "jobs", "period": "2022", "target": secret}}], "main")
    paths = (MAIN + "/results/2022?known=%d" % known, MAIN + "/results/2021?format=csv&known=%d" % known, MAIN + "/results/2022/matrix?known=%d" % known, MAIN + "/results/2022/units/a", MAIN + "/scheme",
             MAIN + "/scheme/diff?before=%d&after=%d" % (world.at["scheme"], world.at["scheme"]))
    for who in ("unit", "approver", "growth", "cadre", "t_unit"):
        client = world.client[who]
        for path in paths:
            client.ask("GET", path)
            tell("%s is told nothing by %s" % (who, path), wants_no(client, secret) or (None if client.value["name"] == "NOT_SCORED" and len(client.value["errors"]) == 1 else client.text()[:300]))
    for who in ("leader", "cadre", "t_unit"):
        client = world.client[who]
        for _ in range(100):  # until it is scored with it
            client.ask("GET", MAIN)
            if not client.value["sound"]:
                break
            time.sleep(0.05)
        wrong = client.value["problems"]
        tell("%s is told that something is wrong" % who, None if wrong and (secret in client.text()) == (who == "leader") and (wrong[0]["name"] == "NOT_SCORED") == (who != "leader") else client.text()[:600])
    tell("and the leader what", world.client["leader"].wants("GET", paths[0], 422, "NUMERAL_BAD"))
    maker.ask("POST", "/api/v1/entries/%d/correction" % known, {"fields": {}, "reason": "a slip", "withdraw": True})
    client = world.client["cadre"]
    tell("mended, there is a result", client.wants("GET", MAIN + "/results/2022?known=%d" % maker.value["first"], 200))


def told(world, words):
    """None once the journal has a record of it."""
    for _ in range(40):
        said = world.baton("log", world.ledger, "--kind", "audit", "--format", "json", "--limit", "1000")
        if words in said:
            return None
        time.sleep(0.1)
    return "not in %s" % said[-600:]


def unseen(world):
    """What is recorded at one address is recorded at each."""
    auditor, leader = world.client["auditor"], world.client["leader"]
    auditor.ask("GET", "/api/v1/entries?kind=audit&limit=5")
    tell("the auditor reads the audit as entries", None if auditor.value["items"] else auditor.text()[:300])
    tell("which is recorded", told(world, '"subject": "audit"'))
    leader.ask("GET", MAIN + "/postings/%d" % world.at["posting"], headers={"Accept": "text/csv"})
    tell("a posted table is taken", None if leader.status == 200 and b"," in leader.body else leader.text()[:300])
    tell("which is recorded as the export that it is", told(world, "main/postings/%d" % world.at["posting"]))


def cheap(world):
    """What costs much is counted as such, however it is asked for. The last: the server begins anew with limits."""
    world.stop()
    world.config = "limits: {account: {reads: 0, writes: 0, costly: 1, costly_burst: 3}}\n"
    world.start()
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    for who, accept in (("leader", xlsx), ("committee", "application/json;q=0, text/csv;q=0.1, application/*"), ("supervisor", "text/csv;q=0.5, " + xlsx + ";q=0.9")):
        client = world.client[who]
        got = [client.ask("GET", MAIN + "/results/2021", headers={"Accept": accept}) for _ in range(4)]
        tell("workbooks by the header %s" % accept[:40], None if got == [200, 200, 200, 429] else str(got))
    client = world.client["cadre"]
    got = [client.ask("GET", MAIN + "/results/2021", headers={"Accept": "application/json, */*;q=0.1"}) for _ in range(6)]
    tell("but not what is read as ever", None if got == [200] * 6 else str(got))
    for who, path in (("owner", "/api/v1/session/raise"), ("approver", "/api/v1/session/factor/off")):
        client = world.client[who]
        got = [client.ask("POST", path, {"password": "a wrong password"}) for _ in range(4)]
        tell("nor is a password tried more often at %s" % path, None if got[-1] == 429 and 429 not in got[:3] else str(got))


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with Attacked(sys.argv[1]) as world:
        moved(world)
        narrow(world)
        unseen(world)
        quoted(world)
        cheap(world)
        tell("every answer is as the document says", "; ".join(sorted(world.deviations)[:12]) or None)
    failed = sum(1 for why in RESULTS if why)
    print("%d passed, %d failed" % (len(RESULTS) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
