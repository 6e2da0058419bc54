"""Two assessments of the same units in one ledger: what is asked is registered, what is asked twice is found and filled once, and levels are asked only what their lists name."""
import os
import time

import grassroots
from calendar_year import CITY, fact, say, want
from served import Client, tell

GRASS = "/api/v1/assessments/" + grassroots.ID
PERIOD = "2022-08"
SECONDS = 20
MOVED = ("yunlan-2021", grassroots.ID)  # see moves.py


def bring_in(served):
    """The server is stopped for it: the command line has the lease meanwhile."""
    folder = grassroots.write(os.path.join(served.folder, "grassroots"))
    served.stop()
    served.baton("import", served.ledger, folder, "--key", served.key, "--as", "li.wei")
    served.start()


def by_two(name, office, second, assessment, facts, code=None):
    body = dict({"facts": facts, "propose": True, "reason": "fill once"}, **({"assessment": assessment} if assessment else {}))
    office.ask("POST", "/api/v1/facts", body)
    if office.status != 201:
        return tell(name, None if code and office.value.get("name") == code else office.text()[:300])
    second.ask("POST", "/api/v1/proposals/%d/decision" % office.value["first"], {"verdict": "accepted"})
    return tell(name, None if (second.status == 201 and not code) or (code and second.value.get("name") == code) else second.text()[:300])


def pages(client, path):
    items = []
    while path:
        client.ask("GET", path)
        if client.status != 200:
            raise SystemExit("%s: %d %s" % (path, client.status, client.text()))
        items += client.value["items"]
        path = client.value["next"]
    return items


def registered(office, clerk):
    items = pages(office, "/api/v1/register?assessment=%s&limit=7" % grassroots.ID)
    tell("every figure of the small one is on the register", None if len(items) == 7 + 7 + 2 else len(items))
    streets = pages(office, "/api/v1/register?level=%E8%A1%97%E9%81%93&language=zh")
    tell("streets are asked for visits", None if {(item["unit"], item["element"], item["department"], item["name"]) for item in streets}
         == {(unit, "visits", "political_legal", "走访群众次数") for unit in grassroots.STREETS} else streets)
    own = pages(clerk, "/api/v1/register")
    tell("a clerk sees what is theirs to see", None if own and {item["unit"] for item in own} | {item["reporter"] for item in own} >= {"street_hubin"} and all("street_hubin" in (item["unit"], item["reporter"]) for item in own) else own[:3])
    want("not who is asked twice", clerk, "GET", "/api/v1/register/twice", 403, "READING_LACKING")


def asked_twice(office):
    want("what is asked twice", office, "GET", "/api/v1/register/twice", 200)
    pairs = {tuple((side["assessment"], side["element"]) for side in item["sides"]): item for item in office.value["items"]}
    both = (("yunlan-2021", "investment"), (grassroots.ID, "fixed_assets"))
    found = pairs.get(both)
    tell("investment in 亿元 and in 万元 is the same", None if found and found["sure"] == "certain" and set(found["evidence"]) == {"name", "values"} and found["shift"] == 4 and found["units"] == 7
         and found["compared"] == found["agreeing"] == len(grassroots.figures("investment")) and found["can_be_shared"] else pairs)
    jobs = pairs.get((("yunlan-2021", "jobs"), (grassroots.ID, "jobs")))
    tell("so may jobs be, by the id", None if jobs and jobs["sure"] == "likely" and jobs["evidence"] == ["element"] else jobs)
    tell("and nothing else of two assessments", None if all(len({side[0] for side in pair}) == 1 or pair in (both, (("yunlan-2021", "jobs"), (grassroots.ID, "jobs"))) for pair in pairs) else sorted(pairs))


def shared(office, second):
    sharing = {"element": "fixed_assets", "_from": "yunlan-2021", "from_element": "investment", "factor": "10000", "since": "2022"}
    say("one alone shares nothing", office, [fact("sharing", **sharing)], grassroots.ID, 403, "RIGHT_LACKING")
    by_two("from nowhere", office, second, grassroots.ID, [fact("sharing", **dict(sharing, _from="nothing-2021"))], "SHARING_NOWHERE")
    by_two("a factor is a power of ten", office, second, grassroots.ID, [fact("sharing", **dict(sharing, factor="3"))], "FACT_FIELD_BAD")
    by_two("two share it", office, second, grassroots.ID, [fact("sharing", **sharing)])
    by_two("not in a circle", office, second, "yunlan-2021", [fact("sharing", element="investment", _from=grassroots.ID, from_element="fixed_assets")], "SHARING_CHAIN")
    by_two("nor in a chain", office, second, "yunlan-2021", [fact("sharing", element="jobs", _from=grassroots.ID, from_element="fixed_assets")], "SHARING_CHAIN")
    for assessment in ("yunlan-2021", grassroots.ID):
        say("the period is opened in " + assessment, office, [fact("period", period=PERIOD, opens="2022-09-01", due="2999-12-31")], assessment)
    items = pages(office, GRASS + "/expected/%s?limit=50" % PERIOD)
    states = {element: {item["state"] for item in items if item["element"] == element} for element in ("fixed_assets", "jobs", "visits")}
    tell("what comes from elsewhere is awaited of nobody", None if states == {"fixed_assets": {"derived"}, "jobs": {"awaited"}, "visits": {"awaited"}} else states)
    waits = {item["element"] for item in pages(office, GRASS + "/waiting?period=" + PERIOD)}
    tell("nor does it wait for anybody", None if waits == {"jobs", "visits"} else waits)
    office.ask("GET", GRASS + "/completeness?period=" + PERIOD)
    tell("nor counts against anybody", None if office.value["all"]["expected"] == office.value["all"]["awaited"] == 7 + 2 else office.value["all"])
    tell("the register says whence", None if all((item.get("from"), item.get("from_element")) == ("yunlan-2021", "investment") for item in pages(office, "/api/v1/register?element=fixed_assets")) else "no")


def step(client, act, value=None, at=None, code=None, assessment=CITY, element="investment", unit="yunhu"):
    item = {"unit": unit, "element": element}
    if value:
        item.update(value=value, note="counted anew")
    if at is not None:
        item["at"] = at
    client.ask("POST", assessment + "/collection/" + PERIOD, {"act": act, "items": [item]})
    wrong = None if (client.status == 201 and not code) or (code and client.value.get("name") == code) else client.text()[:300]
    tell("%s of %s %s" % (act, unit, element), wrong)
    return client.value.get("first") if client.status == 201 else None


def history(office, unit):
    office.ask("GET", GRASS + "/facts/observation/history?key=%s,fixed_assets,%s" % (unit, PERIOD))
    return office.value["items"] if office.status == 200 else []


def until(office, unit, count):
    """What has been said of a derived figure, once there are so many revisions."""
    ends = time.monotonic() + SECONDS
    while len(history(office, unit)) < count and time.monotonic() < ends:
        time.sleep(0.05)
    time.sleep(0.2)  # a second time would come right after the first
    found = history(office, unit)
    tell("%d revisions of what follows for %s" % (count, unit), None if len(found) == count else found)
    return found[-1] if found else {}


def followed(served, office, second, who):
    step(who["dr-clerk"], "draft", "1", code="FIGURE_DERIVED", assessment=GRASS, element="fixed_assets")
    say("nor does the office say it", office, [fact("observation", unit="yunhu", element="fixed_assets", period=PERIOD, value="1")], grassroots.ID, 409, "FIGURE_DERIVED")
    at = step(who["dr-clerk"], "draft", "51.23")
    at = step(who["dr-head"], "sign", at=at)
    at = step(who["dr-clerk"], "submit", at=at)
    at = step(who["st-owner"], "verify", at=at)
    tell("nothing follows what is not accepted", None if not history(office, "yunhu") else history(office, "yunhu"))
    source = accepted = step(office, "accept", at=at)
    newest = until(office, "yunhu", 1)
    tell("what is accepted follows in the other unit of measurement", None if "'512300'" in str(newest) and "yunlan-2021 investment %s" % PERIOD in str(newest) else newest)
    office.ask("GET", CITY + "/facts/observation/history?key=yunhu,investment," + PERIOD)
    source = office.value["items"][-1]["position"] if "position" in office.value["items"][-1] else source
    correction = [fact("observation", unit="yunhu", element="investment", period=PERIOD, value="51.5", **{"@corrects": str(source), "@reason": "revised"})]
    say("what came by a report that is accepted still is not corrected behind it", office, correction, status=409, code="FIGURE_ACCEPTED")
    away = [fact("observation", unit="yunhu", element="investment", period=PERIOD, **{"@corrects": str(source), "@withdrawn": "1", "@reason": "wrong"})]
    say("nor withdrawn", office, away, status=409, code="FIGURE_ACCEPTED")
    want("the office returns it", office, "POST", CITY + "/collection/" + PERIOD, 201, None, {"act": "return", "reason": "wrong", "items": [{"unit": "yunhu", "element": "investment", "at": accepted}]})
    say("a correction", office, correction)
    corrected = office.value["first"]
    newest = until(office, "yunhu", 2)
    tell("is followed", None if "'515000'" in str(newest) and "revised" in str(newest) else newest)
    withdrawal = [fact("observation", unit="yunhu", element="investment", period=PERIOD, **{"@corrects": str(corrected), "@withdrawn": "1", "@reason": "wrong"})]
    say("a withdrawal", office, withdrawal)
    newest = until(office, "yunhu", 3)
    tell("is too", None if "'515000'" not in str(newest) else newest)
    say("what is said just before the server is killed", office, [fact("observation", unit="jinting", element="investment", period=PERIOD, value="7")])
    served.kill()
    served.baton("correct", served.ledger, "--assessment", "yunlan-2021", "--key", served.key, "--as", "li.wei", "--wait", "60", "zehe", "investment", PERIOD, "9", "--add")
    served.start()
    for unit, value in (("jinting", "70000"), ("zehe", "90000")):
        newest = until(office, unit, 1)
        tell("follows once when it begins again: " + unit, None if "'%s'" % value in str(newest) else newest)


STREET = {"id": "street_hubin", "name": "street_hubin", "group": "streets", "_kind": "街道"}
OTHER = "streets-2022"


def levels(served, office):
    """A list is not evaded by another word for the level, here or in another assessment."""
    office.ask("GET", GRASS + "/facts/unit/history?key=" + STREET["id"])
    at = office.value["items"][-1]["position"]
    renamed = fact("unit", **dict(STREET, _kind="街道办", **{"@corrects": str(at), "@reason": "rename"}))
    say("one alone makes it no other level", office, [renamed], grassroots.ID, 409, "LEVEL_TAKES_TWO")
    say("nor has it withdrawn", office, [fact("unit", id=STREET["id"], **{"@corrects": str(at), "@reason": "gone", "@withdrawn": "1"})], grassroots.ID, 409, "LEVEL_TAKES_TWO")
    folder = grassroots.write(os.path.join(served.folder, "renamed"), level="街道办")
    served.stop()
    served.baton("import", served.ledger, folder, "--correct", "--reason", "x", "--key", served.key, "--as", "li.wei", status=2)
    tell("nor by an import that corrects", None if "takes two" in served.error else served.error)
    other = grassroots.write(os.path.join(served.folder, "other"), name=OTHER, level="基层单位", asks="organisation")
    served.baton("import", served.ledger, other, "--key", served.key, "--as", "li.wei")
    served.start()
    say("what another assessment calls it lifts nothing", office, [fact("period", period="2022-09", opens="2022-10-01", due="2999-12-31")], OTHER, 403, "REQUEST_NOT_PERMITTED")
    tell("it names the level that has the list", None if "街道" in office.text() else office.text())


def lists(office, second, clerk):
    by_two("a list for streets", office, second, None, [fact("permitted", level="街道", element="grid_events", department="*", name="网格事件")])
    step(clerk, "draft", "3", code="REQUEST_NOT_PERMITTED", assessment=GRASS, element="visits", unit="street_hubin")
    tell("it says of whom, what, of which level and what to do", None if all(word in clerk.text() for word in ("street_hubin", "visits", "街道", "permitted")) else clerk.text())
    opening = [fact("period", period="2022-09", opens="2022-10-01", due="2999-12-31")]
    say("a period that asks for it is not opened", office, opening, grassroots.ID, 403, "REQUEST_NOT_PERMITTED")
    want("by no way", office, "POST", GRASS + "/calendar", 403, "REQUEST_NOT_PERMITTED", {"periods": ["2022-10"]})
    scheme = fact("scheme", **{"file:scheme.yaml": grassroots.SCHEME, "file:indicators.csv": grassroots.INDICATORS.replace("走访群众次数", "走访次数"), "file:weights.csv": grassroots.WEIGHTS, "in_force": "2023"})
    by_two("nor does a scheme come into force", office, second, grassroots.ID, [scheme], "REQUEST_NOT_PERMITTED")
    want("the register tells", office, "GET", "/api/v1/register?element=visits", 200)
    tell("that it is on no list", None if {item["permitted"] for item in office.value["items"]} == {"no"} else office.value["items"])
    say("one alone amends nothing", office, [fact("permitted", level="街道", element="visits", department="political_legal", name="走访")], None, 403, "RIGHT_LACKING")
    by_two("two amend the list", office, second, None, [fact("permitted", level="街道", element="visits", department="political_legal", name="走访", basis="清单2022第1号")])
    step(clerk, "draft", "3", assessment=GRASS, element="visits", unit="street_hubin")
    say("now it is opened", office, opening, grassroots.ID)


def assessments(office, second):
    by_two("a limit", office, second, None, [fact("quota", department="organisation", year="2021", limit="1", basis="2021年计划")])
    say("one is registered", office, [fact("registration", department="organisation", year="2021", assessment="yunlan-2021", name="综合考核")], None)
    more = [fact("registration", department="organisation", year="2021", assessment=grassroots.ID, name="基层治理")]
    say("not two", office, more, None, 409, "ASSESSMENTS_OVER")
    want("what is registered", office, "GET", "/api/v1/register/assessments?year=2021", 200)
    tell("the other one runs without", None if office.value["unregistered"] == 1 and {item["assessment"]: item["registered"] for item in office.value["items"]} == {"yunlan-2021": True, grassroots.ID: False} else office.value)
    by_two("the committee decides on more", office, second, None, more)
    want("what is registered now", office, "GET", "/api/v1/register/assessments?year=2021", 200)
    tell("is told as beyond the limit", None if office.value["unregistered"] == 0 and office.value["over"] == 1 else office.value)
    by_two("none runs without from now on", office, second, None, [fact("quota", department="*", year="2023", limit="5", registered="1")])
    say("nor is its period opened", office, [fact("period", period="2023-01", opens="2023-02-01", due="2999-12-31")], grassroots.ID, 409, "ASSESSMENT_UNREGISTERED")


def burdens(office, clerk):
    want("the burden of a year", office, "GET", "/api/v1/burden?year=2021&by=level&language=zh", 200)
    levels = {row["key"]: row for row in office.value["items"]}
    # Two streets, one figure of one form a month each: 24 figures at 6 minutes, 24 forms at 20.
    tell("of streets", None if levels["街道"]["now"]["figures"] == levels["街道"]["now"]["forms"] == 24 and levels["街道"]["now"]["hours"] == 10.4 else levels)
    tell("it adds up", None if all(sum(row["now"][name] for row in levels.values()) == office.value["now"][name] for name in ("figures", "forms", "files")) else office.value)
    all_of = office.value["now"]
    for by in ("unit", "department", "month", "assessment"):
        want("by " + by, office, "GET", "/api/v1/burden?year=2021&by=" + by, 200)
        tell("the same in all, by " + by, None if office.value["now"] == all_of and sum(row["now"]["figures"] for row in office.value["items"]) == all_of["figures"] else office.value["now"])
    want("what sharing saves", office, "GET", "/api/v1/burden?year=2022&by=assessment&assessment=" + grassroots.ID, 200)
    # Of 2022 two months are opened: 7 districts' investment comes from elsewhere.
    tell("is told", None if office.value["now"]["saved_figures"] == 14 and office.value["now"]["figures"] == 2 * (7 + 2) and office.value["before"]["figures"] == 12 * 16 else office.value)
    want("a clerk's", clerk, "GET", "/api/v1/burden?year=2021", 200)
    tell("is that of their unit", None if [row["key"] for row in clerk.value["items"]] == ["street_hubin"] and clerk.value["now"]["figures"] == 12 else clerk.value)
    say("the office says how long a form takes", office, [fact("effort", what="form", minutes="50")], None)
    want("it counts", office, "GET", "/api/v1/burden?year=2021&by=level", 200)
    tell("from then on", None if {row["key"]: row["now"]["hours"] for row in office.value["items"]}["街道"] == round((24 * 6 + 24 * 50) / 60, 1) else office.value)


def run(served):
    bring_in(served)
    office = served.sign_in("li.wei")
    people = (("wang.min", "committee", None), ("street-clerk", "unit", "street_hubin"), ("dr-clerk", "unit", "development_reform"), ("dr-head", "approver", "development_reform"), ("st-owner", "owner", "statistics"))
    for person, role, unit in people:
        served.say_person(office, person, person, role, unit)
    who = {person: served.sign_in(person) for person, _, _ in people}
    second, clerk = who["wang.min"], who["street-clerk"]
    want("a stranger is told nothing", Client(served), "GET", "/api/v1/register", 401)
    registered(office, clerk)
    asked_twice(office)
    shared(office, second)
    followed(served, office, second, who)
    lists(office, second, clerk)
    assessments(office, second)
    burdens(office, clerk)
    levels(served, office)
