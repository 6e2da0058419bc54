"""What stands at the end of a year of collection: corrections that took two, completeness, league tables to the byte, a journal that holds."""
import os

from served import tell
from year_package import periods_of


def correct(collected, key, first, second):
    """A figure is corrected after the lock: by none alone, by two together."""
    name = "%s %s of %s" % key
    found = collected.people["li.wei"].ask("GET", collected.path + "/facts/observation/history?key=%s,%s,%s" % key).value["items"][-1]
    value = collected.package.rows[key]["value"]
    value = "%s%d" % (value[:-1], (int(value[-1]) + 1) % 10)
    path, body = "/api/v1/entries/%d/correction" % found["position"], {"fields": {"value": value}, "reason": "the register was revised"}
    alone = collected.people["li.wei"].ask("POST", path, body)
    tell("%s is corrected by nobody alone" % name, None if alone.status == 409 and alone.value["name"] == "LOCKED" else alone.text()[:300])
    said = collected.people[first].ask("POST", path, dict(body, propose=True))
    tell("%s: %s proposes it" % (name, first), None if said.status == 201 else said.text()[:300])
    done = collected.people[second].ask("POST", "/api/v1/proposals/%d/decision" % said.value["first"], {"verdict": "accepted", "reason": "seen the register"})
    tell("%s: %s decides" % (name, second), None if done.status == 201 else done.text()[:300])
    collected.package.rows[key]["value"] = value
    collected.count("corrections")


def completeness(collected):
    """Per period and unit that reports, as the books have it and as the server says."""
    wrong, cells = [], 0
    for period in periods_of(collected.package.year):
        states = collected.states(period)
        for reporter, want in states.items():
            for state in ("given", "na", "pending", "missing", "awaited", "not_due"):
                client = collected.people["li.wei"].ask("GET", collected.path + "/expected/%s?limit=1&reporter=%s&state=%s" % (period, reporter, state), unchecked=True)
                cells += 1
                if client.value["count"] != len(want.get(state, ())):
                    wrong.append("%s %s %s: %d, not %d" % (period, reporter, state, client.value["count"], len(want.get(state, ()))))
    tell("%s: the completeness table is that of the books, %d cells" % (collected.package.assessment, cells), "; ".join(wrong[:5]) or None)


def score(served, *arguments):
    return served.baton("score", *arguments, "--format", "csv")


def league_tables(served, people, collected, package):
    """Every month, quarter, half and year, as the package is scored."""
    wrong, export = [], os.path.join(served.folder, "export.zip")
    served.baton("export", served.ledger, "--assessment", collected.package.assessment, "-o", export)
    for period in periods_of(collected.package.year):
        want = score(served, package, "--period", period)
        table = people["li.wei"].ask("GET", collected.path + "/results/%s?format=csv" % period, unchecked=True)
        if not want or table.status != 200 or table.body.decode() != want:
            wrong.append("%s: %d" % (period, table.status))
        if period[5:] in ("", "06", "Q3") and score(served, export, "--period", period) != want:
            wrong.append("%s, exported" % period)
    tell("%s: every league table is that of the package, to the byte" % collected.package.assessment, "; ".join(wrong) or None)


def check_ends(served, people, collected):
    package = os.path.join(served.folder, "ended")
    collected[2021].package.ended(package)
    collected[2020].package.ended(os.path.join(package, "2020"))
    for year, of in collected.items():
        completeness(of)
        league_tables(served, people, of, package if year == 2021 else os.path.join(package, "2020"))
    said = served.baton("verify", served.ledger, status=None)
    tell("the ledger holds", None if "holds" in said else said + served.error)
