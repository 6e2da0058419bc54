"""The calendar of an assessment over HTTP: rules, holidays, periods that are opened, exceptions by two; and what is expected in them."""
import csv
import os

from served import Client, ROOT, tell

CITY = "/api/v1/assessments/yunlan-2021"
# The holidays of 2021 around the Spring Festival and the National Day, with the weekends worked for them, as the State Council announced them.
HOLIDAYS = ["2021-02-%02d" % day for day in range(11, 18)] + ["2021-10-%02d" % day for day in range(1, 8)]
WORKDAYS = ["2021-02-07", "2021-02-20", "2021-09-26", "2021-10-09"]


def fact(kind, **fields):
    return {"kind": kind, "fields": {name.lstrip("_"): text for name, text in fields.items()}}


def want(name, client, method, path, status, code=None, body=None, headers=None):
    tell(name, client.wants(method, path, status, code, body, headers))


def say(name, client, facts, assessment="yunlan-2021", status=201, code=None, **more):
    body = dict({"facts": facts}, **({"assessment": assessment} if assessment else {}), **more)
    want(name, client, "POST", "/api/v1/facts", status, code, body)


def by_period(client, year=2021):
    client.ask("GET", CITY + "/calendar?year=%d" % year)
    return {row["period"]: row for row in client.value["periods"]}


def rules(client):
    want("the calendar of a year", client, "GET", CITY + "/calendar", 200)
    tell("a year without rules of the office's own goes by the scheme",
         None if all(rule.get("of_scheme") and rule["opens"] == "1d" and rule["moves"] == "none" for rule in client.value["rules"])
         and {rule["frequency"]: rule["due"] for rule in client.value["rules"]} == {"month": "10d", "quarter": "20d", "half": "30d", "year": "45d"} else client.value["rules"])
    periods = by_period(client)
    tell("the periods of the year are those in which something is expected", None if len(periods) == 12 + 4 + 2 + 1 else sorted(periods))
    tell("nothing is opened by itself", None if all(not row["opened"] and row["phase"] == "unopened" for row in periods.values()) else periods)
    tell("a day without a time is the scheme's", None if periods["2021-08"]["opens"] == "2021-09-01" and periods["2021-08"]["due"] == "2021-09-10" else periods["2021-08"])
    say("holidays and the weekends worked for them", client, [fact("day", date=day, _is="holiday") for day in HOLIDAYS] + [fact("day", date=day, _is="workday") for day in WORKDAYS], None)
    say("a rule for months", client, [fact("calendar", frequency="month", opens="1d", due="8wd 17:00", grace="10wd", locks="30d")])
    periods = by_period(client)
    month = periods["2021-09"]
    # 2021-10-08 and 09 (a Saturday) are the first two workdays after September; the eighth is the 18th, the tenth the 20th.
    tell("workdays are counted over a holiday and a weekend that is worked", None if (month["due"], month["grace"]) == ("2021-10-18T17:00", "2021-10-20") else month)
    tell("a lock that falls on a Saturday comes on Monday", None if periods["2021-08"]["locks"] == "2021-09-30" and periods["2021-09"]["locks"] == "2021-11-01" else periods["2021-09"])
    tell("December's figures are due in the year after", None if periods["2021-12"]["due"] == "2022-01-12T17:00" else periods["2021-12"])


def opening(client, clerk):
    want("a clerk opens nothing", clerk, "POST", CITY + "/calendar", 403, "ROUTE_ROLE", {"periods": ["2021-08"]})
    key = {"Idempotency-Key": "opening-august"}
    want("a period is opened", client, "POST", CITY + "/calendar", 201, None, {"periods": ["2021-08"]}, key)
    first = client.value["first"]
    want("opened again by the same request", client, "POST", CITY + "/calendar", 200, None, {"periods": ["2021-08"]}, key)
    tell("the second answer is the first one", None if client.value["first"] == first and client.value["repeat"] else client.value)
    want("there is nothing left to open", client, "POST", CITY + "/calendar", 422, "SUBMISSION_EMPTY", {"periods": ["2021-08"]})
    want("no period is named", client, "POST", CITY + "/calendar", 422, "MEMBER_NEEDED", {})
    want("all months of a year", client, "POST", CITY + "/calendar", 201, None, {"year": 2021, "frequency": "month"})
    tell("all but the one that was", None if len(client.value["items"]) == 11 else client.value)
    want("the rest of the year", client, "POST", CITY + "/calendar", 201, None, {"year": 2021})
    tell("quarters, halves and the year", None if len(client.value["items"]) == 4 + 2 + 1 else client.value)
    say("a holiday that becomes known later", client, [fact("day", date="2021-10-18", _is="holiday")], None)
    tell("an opened period keeps its moments", None if by_period(client)["2021-09"]["due"] == "2021-10-18T17:00" else by_period(client)["2021-09"])
    tell("all of it has passed: what is opened is locked, or closed where there is no lock", None if {row["phase"] for row in by_period(client).values()} == {"locked", "closed"} else by_period(client))


def locking(client, second):
    late = fact("observation", unit="yunhu", element="patents_held", period="2021-08", value="1")
    say("a figure of a month that is locked takes two", client, [late], status=409, code="LOCKED")
    say("an exception cannot be said by one", client, [fact("exception", period="2021-08", unit="yunhu", element="*", due="2999-01-31")], status=403, code="RIGHT_LACKING")
    say("it is proposed", client, [fact("exception", period="2021-08", unit="yunhu", element="*", due="2999-01-31", locks="2999-02-28")], propose=True, reason="the register was moved")
    proposal = client.value["first"]
    want("not decided by whoever proposed it", client, "POST", "/api/v1/proposals/%d/decision" % proposal, 403, "DECISION_OWN", {"verdict": "accepted"})
    want("decided by somebody else", second, "POST", "/api/v1/proposals/%d/decision" % proposal, 201, None, {"verdict": "accepted", "reason": "seen"})
    client.ask("GET", CITY + "/expected/2021-08?unit=yunhu&limit=1000")
    tell("every figure of the unit is open again", None if client.value["count"] > 0 and {item["phase"] for item in client.value["items"]} == {"open"} and {item["due"] for item in client.value["items"]} == {"2999-01-31"} else client.value)
    client.ask("GET", CITY + "/expected/2021-08?unit=jinting&limit=1000")
    tell("those of another unit are not", None if {item["phase"] for item in client.value["items"]} == {"locked"} else client.value)


def table(name):
    with open(os.path.join(ROOT, "examples", "city", name + ".csv"), encoding="utf-8") as file:
        return list(csv.DictReader(file))


def all_expected(client, period, query=""):
    return all_of(client, CITY, period, query)


def all_of(client, assessment, period, query=""):
    """Every page."""
    path, items = assessment + "/expected/%s?limit=100%s" % (period, query), []
    while path:
        if client.ask("GET", path) != 200:
            raise SystemExit("%s: %d %s" % (path, client.status, client.text()[:500]))
        items += client.value["items"]
        path = client.value["next"]
    return items, client.value["count"]


def expected(client, clerk):
    given = {}
    for row in table("observations"):
        given[row["unit"], row["element"], row["period"]] = row
    for period in ("2021-08", "2021-Q3", "2021-H1", "2021"):
        items, count = all_expected(client, period)
        there = {(item["unit"], item["element"]) for item in items}
        tell("%s: pages hold every figure once" % period, None if len(items) == len(there) == count > 0 else (len(items), len(there), count))
        said = {(unit, element): row for (unit, element, of), row in given.items() if of == period}
        wrong = [(item["unit"], item["element"], item["state"]) for item in items
                 if item["state"] != ("missing" if (item["unit"], item["element"]) not in said else said[item["unit"], item["element"]]["state"] or ("given" if said[item["unit"], item["element"]]["value"] else "missing"))
                 and item["unit"] != "yunhu"]
        tell("%s: each is what the table has" % period, None if not wrong else wrong[:9])
    mine, _ = all_expected(clerk, "2021-08")
    whole, _ = all_expected(client, "2021-08")
    below = {"yunhu"} | {row["id"] for row in table("units") if row["parent"] == "yunhu"}
    pairs = [{(item["unit"], item["element"]) for item in items if items is mine or item["unit"] in below or item["reporter"] in below} for items in (mine, whole)]
    tell("a clerk sees what the own unit and those below it are asked for or report", None if pairs[0] == pairs[1] and 0 < len(mine) < len(whole) else sorted(pairs[0] ^ pairs[1])[:9])
    theirs, _ = all_expected(client, "2021-08", "&reporter=statistics")
    tell("what a unit reports is a part of all", None if theirs and {item["reporter"] for item in theirs} == {"statistics"} and len(theirs) < len(whole) else len(theirs))
    want("a period that is none", client, "GET", CITY + "/expected/2021-13", 404, "PERIOD_BAD")


def without_figures(client):
    """Months of a year of which nobody has said anything."""
    say("periods with days of their own", client, [fact("period", period="2022-01", opens="2022-02-01", due="2999-12-31"), fact("period", period="2022-02", opens="2022-03-01", due="2022-03-10T17:00"),
                                                   fact("period", period="2022-03", opens="2022-04-01", due="2022-04-10", grace="2999-12-31"), fact("period", period="2022-04", opens="2999-01-01", due="2999-12-31")])
    for period, state, phase in (("2022-01", "awaited", "open"), ("2022-02", "missing", "closed"), ("2022-03", "awaited", "grace"), ("2022-04", "not_due", "unopened"), ("2022-05", "not_due", "unopened")):
        items, count = all_expected(client, period)
        tell("%s is %s, and what is not there %s" % (period, phase, state), None if count > 0 and {(item["state"], item["phase"]) for item in items} == {(state, phase)} else items[:2])
        items, count = all_expected(client, period, "&state=" + state)
        tell("%s: listed by that state" % period, None if len(items) == count > 0 else count)
    tell("and by no other", None if all_expected(client, "2022-01", "&state=given") == ([], 0) else "some are given")


def run(served):
    client = served.sign_in("li.wei")
    served.say_person(client, "clerk", "Clerk", "unit", "yunhu")
    served.say_person(client, "second", "Second", "office")
    rules(client)
    clerk = served.sign_in("clerk")
    opening(client, clerk)
    locking(client, served.sign_in("second"))
    expected(client, clerk)
    without_figures(client)
