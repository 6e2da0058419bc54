"""Attacks from inside: by those who have an account and a post, on what is not theirs.

Usage: test_inside.py BATON

Prints `ok NAME` or `FAIL NAME: why`, at the end `N passed, N failed`; exit status 1 when one failed."""
import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), name) for name in ("api", "rights")]
from served import tell, RESULTS  # noqa: E402
from world import World  # noqa: E402

MAIN = "/api/v1/assessments/main"


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


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with World(sys.argv[1]) as world:
        moved(world)
        tell("every answer is as the document says", "; ".join(sorted(world.deviations)[:12]) or None)
    failed = sum(1 for why in RESULTS if why)
    print("%d passed, %d failed" % (len(RESULTS) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
