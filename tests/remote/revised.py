"""What figures were, and what each revision changed: held to the results as known before and after it, and to what `baton log` prints."""
import csv
import io

from packages import CITY, said
from served import tell

KEY = "yunhu,gdp,2021-Q4"
OTHER = "city,gdp,2020-Q1"  # was corrected by an import before


def correct(client, position, reason, value=None):
    body = {"reason": reason, "withdraw": True} if value is None else {"reason": reason, "fields": {"value": value}}
    client.ask("POST", "/api/v1/entries/%d/correction" % position, body)
    return client.value["first"] if client.status == 201 else None


def standings(client, known):
    """Total, rank and grade of each unit, as published."""
    client.ask("GET", CITY + "/results/2021?rounded=1&known=%d" % known)
    return {unit["id"]: (unit.get("score"), unit.get("rank"), unit.get("grade")) for group in client.value["groups"] for unit in group["units"]}


def changed(client, position):
    """Of each unit that changed by the entry: before, after."""
    old, new = standings(client, position - 1), standings(client, position)
    return {unit: (old.get(unit), new.get(unit)) for unit in sorted(set(old) | set(new)) if old.get(unit) != new.get(unit)}


def told(item):
    return {unit["id"]: tuple(tuple(unit[what][when] for what in ("score", "rank", "grade")) for when in ("before", "after")) for unit in item["units"]}


def vintages(client, clerk, first, second, third):
    client.ask("GET", CITY + "/facts/observation/history?key=" + KEY)
    was = client.value["items"][0]["fields"]["value"]
    tell("revised rows", client.wants("GET", CITY + "/vintages/observation", 200) or (None if [row["key"] for row in client.value["items"]] == [KEY, OTHER] else client.text()))
    row = client.value["items"][0]
    have = [(one["position"], one["value"], one.get("reason"), one["withdrawn"]) for one in [row["first"], *row["revised"], row["final"]]]
    want = [(first, was, None, False), (second, "10500.5", "counted again", False), (third, None, "in doubt", True)]
    tell("first, revised, final", None if have == want and row["unit"] == "yunhu" and row["what"] == "gdp" else "%s, not %s" % (have, want))
    client.ask("GET", CITY + "/vintages/observation?known=%d" % second)
    row = client.value["items"][0]
    tell("as known before the last", None if row["key"] == KEY and row["final"]["value"] == "10500.5" and not row["revised"] else client.text())
    client.ask("GET", CITY + "/vintages/observation?known=%d" % first)
    tell("and before any", None if client.value["items"] == [] else client.text())
    client.ask("GET", CITY + "/vintages/observation?limit=1")
    one, following = [row["key"] for row in client.value["items"]], client.value["next"]
    client.ask("GET", following)
    rest = [row["key"] for row in client.value["items"]]
    tell("page by page", None if one == [KEY] and rest == [OTHER] and client.value["next"] is None else "%s %s" % (one, rest))
    client.ask("GET", CITY + "/vintages/observation?format=csv")
    lines = list(csv.DictReader(io.StringIO(client.text())))
    want = {"kind": "observation", "unit": "yunhu", "what": "gdp", "period": "2021-Q4", "first": was, "revised": "10500.5", "final": "", "state": "withdrawn", "first_no": str(first), "final_no": str(third)}
    tell("side by side as CSV", None if len(lines) == 2 and lines[0] == want else client.text())
    tell("of no table of figures", client.wants("GET", CITY + "/vintages/unit", 404, "FACT_KIND"))
    clerk.ask("GET", CITY + "/vintages/observation")
    tell("nobody is shown what is not theirs", None if clerk.status == 200 and clerk.value["items"] == [] else said(clerk))


def effects(served, client, clerk, second, third):
    client.ask("GET", CITY + "/results/2021/revisions?key=" + KEY)
    items = client.value["items"] if client.status == 200 else []
    tell("what revisions changed", None if [item["after"]["position"] for item in items] == [second, third] else said(client))
    for item in items:
        want = changed(client, item["after"]["position"])
        tell("entry %d changed just that" % item["after"]["position"], None if want and told(item) == want else "%s, not %s" % (told(item), want))
    said_by_log = served.baton("log", served.ledger, "yunhu", "gdp", "2021-Q4", "--assessment", "yunlan-2021").split("\nNo. ")[1:]
    missing = ["%s %s" % (number, unit) for item, text in zip(items, said_by_log) for unit, (old, new) in told(item).items()
               for number in (old[0], new[0]) if number is not None and "%.2f" % number not in text and len(item["units"]) <= 12]
    numbers = [int(text.split(":")[0]) for text in said_by_log]
    tell("the same as baton log prints", None if numbers == [second, third] and not missing else "%s %s" % (numbers, missing))
    counts = [int(text.split(" unit")[0].split()[-1]) for text in said_by_log]
    tell("of as many units", None if counts == [len(item["units"]) for item in items] else "%s" % counts)
    client.ask("GET", CITY + "/results/2021/revisions?limit=1")
    tell("the newest only", None if [item["after"]["position"] for item in client.value["items"]] == [third] and client.value["left_out"] >= 1 else said(client))
    client.ask("GET", CITY + "/results/2021/revisions?format=csv&kind=observation")
    lines = list(csv.DictReader(io.StringIO(client.text())))
    have = {(int(line["no"]), line["changed_unit"], line["score_after"], line["rank_before"]) for line in lines}
    want = {(item["after"]["position"], unit["id"], "" if unit["score"]["after"] is None else "%.2f" % unit["score"]["after"], "%g" % unit["rank"]["before"]) for item in items for unit in item["units"]}
    tell("as CSV", None if want and want <= have else "%s, not %s" % (sorted(have)[:4], sorted(want)[:4]))
    clerk.ask("GET", CITY + "/results/2021/revisions?key=" + KEY)
    tell("of figures that are not theirs nobody is told", None if clerk.status == 200 and clerk.value["items"] == [] else said(clerk))
    tell("of no period", client.wants("GET", CITY + "/results/2021-13/revisions", 404, "PERIOD_BAD"))


def revised(served, client, clerk):
    client.ask("GET", CITY + "/facts/observation/history?key=" + KEY)
    first = client.value["items"][0]["position"]
    second = correct(client, first, "counted again", "10500.5")
    third = correct(client, second, "in doubt") if second else None
    if not third:
        tell("a figure is corrected, then withdrawn", said(client))
        return
    vintages(client, clerk, first, second, third)
    effects(served, client, clerk, second, third)
    client.ask("GET", CITY + "/facts/observation/history?key=" + KEY)
    unit, element, period = KEY.split(",")
    fields = {"unit": unit, "element": element, "period": period, "value": client.value["items"][0]["fields"]["value"]}
    client.ask("POST", "/api/v1/facts", {"assessment": "yunlan-2021", "reason": "it was right", "facts": [{"kind": "observation", "fields": fields}]})
    again = client.value.get("first")
    client.ask("GET", CITY + "/vintages/observation?limit=1")
    row = client.value["items"][0]
    tell("said again it is in force", None if [one["position"] for one in row["revised"]] == [second, third] and row["final"]["position"] == again else client.text())
    client.ask("GET", CITY + "/vintages/observation?format=csv")
    line = next(csv.DictReader(io.StringIO(client.text())))
    tell("and what was withdrawn a dash", None if line["revised"] == "10500.5 -" and line["final"] == line["first"] and line["state"] == "in force" else str(line))
