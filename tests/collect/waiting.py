"""What waits for whom, over HTTP: each sees what is theirs to see, and whose turn it is; nothing stays with a closed account."""
from calendar_year import CITY, fact, say, want
from stages import ats, done, refused, seen
from served import tell

PERIOD = "2022-08"
WAITING = CITY + "/waiting?period=" + PERIOD


def waiting(client, query=""):
    """All pages; by unit and element. The totals of the last page."""
    items, totals, path = [], None, WAITING + query + "&limit=37"
    while path:
        client.ask("GET", path)
        if client.status != 200:
            raise SystemExit("%s: %d %s" % (path, client.status, client.text()))
        items += client.value["items"]
        totals, path = client.value["totals"], client.value["next"]
        if client.value["count"] < len(items):
            raise SystemExit("more on the pages than there are")
    return {(item["unit"], item["element"]): item for item in items}, totals


def turn(item):
    """`act by roles@unit: persons`, as far as they are named."""
    text = "%s %s by %s@%s" % (item["stage"], item["act"], "+".join(item["roles"]), item.get("at", ""))
    if item["vacant"]:
        text += " -> %s@%s" % ("+".join(item["falls_on"]), item.get("falls_on_at", ""))
    return text + ": " + " ".join(person["person"] + ("*" if person["deputy"] else "") for person in item["persons"])


def is_turn(name, client, key, text, query=""):
    found = waiting(client, query)[0].get(key)
    got = turn(found) if found else "does not wait"
    tell(name, None if got == text else got)


def people(served, office):
    posts = (("stat-clerk", "unit", "statistics"), ("stat-head", "approver", "statistics"), ("reform-owner", "owner", "development_reform"), ("town-clerk", "unit", "jinting"), ("head-of-office", "leader", None))
    for person, role, unit in posts:
        served.say_person(office, person, person, role, unit)
    return {person: served.sign_in(person) for person, _, _ in posts}


def follow(office, who):
    clerk, head, owner, key = who["stat-clerk"], who["stat-head"], who["reform-owner"], ("jinting", "industry_va")
    is_turn("a figure is to be drafted", office, key, "none draft by unit+approver@statistics: stat-clerk stat-head")
    is_turn("the clerk is told of nobody else", clerk, key, "none draft by unit+approver@statistics: stat-clerk")
    is_turn("the district sees that it is awaited, and of whom", who["town-clerk"], key, "none draft by unit+approver@statistics: ")
    tell("whose turn it is can be asked", None if set(waiting(clerk, "&mine=1")[0]) == set(waiting(office, "&person=stat-clerk")[0]) == set(waiting(office, "&reporter=statistics")[0]) else "differs")
    want("not of others, by who does not read posts", clerk, "GET", WAITING + "&person=stat-head", 403, "READING_LACKING")
    done("drafted", clerk, "draft", [{"unit": key[0], "element": key[1], "value": "260"}])
    is_turn("the head signs it off", head, key, "draft sign by approver@statistics: stat-head", "&mine=1")
    is_turn("the office is told nothing of drafts", office, key, "none draft by unit+approver@statistics: stat-clerk stat-head")
    tell("nor by the totals", None if waiting(office)[1]["draft"] == 0 and waiting(clerk)[1]["draft"] == 1 else waiting(office)[1])
    done("signed off", head, "sign", seen(ats(head, "&unit=jinting"), [key]))
    is_turn("to be submitted", clerk, key, "signed submit by unit+approver@statistics: stat-clerk")
    done("submitted", clerk, "submit", seen(ats(clerk, "&unit=jinting"), [key]))
    is_turn("to be verified", office, key, "submitted verify by owner@development_reform: reform-owner")
    tell("by stage, and by role", None if set(waiting(office, "&stage=submitted")[0]) == {key} == set(waiting(owner, "&role=owner&mine=1")[0]) - {found for found, item in waiting(owner)[0].items() if item["act"] != "verify"} else "differs")
    tell("the leader sees the totals", None if waiting(who["head-of-office"])[1]["submitted"] == 1 else waiting(who["head-of-office"])[1])
    done("verified", owner, "verify", seen(ats(owner, "&stage=submitted"), [key]))
    is_turn("to be accepted", office, key, "verified accept by office@: li.wei", "&mine=1")
    done("accepted", office, "accept", seen(ats(office, "&stage=verified"), [key]))
    tell("and does not wait any more", None if key not in waiting(office)[0] else "it does")


def closed(served, office, who):
    """An account that is closed leaves its posts vacant."""
    clerk, key = who["stat-clerk"], ("yunhu", "industry_va")
    done("drafted", clerk, "draft", [{"unit": key[0], "element": key[1], "value": "260"}])
    is_turn("the head's turn", clerk, key, "draft sign by approver@statistics: ")
    want("the head's account is closed", office, "DELETE", "/api/v1/accounts/stat-head", 204)
    is_turn("the clerk sees that the post is vacant", clerk, key, "draft sign by approver@statistics -> office@: ")
    is_turn("and the office, on whom it falls, that and whose it is", office, key, "draft sign by approver@statistics -> office@: li.wei")
    tell("it is counted", None if waiting(office)[1]["vacant"] >= 1 and key in waiting(office, "&role=office")[0] else waiting(office)[1])
    served.say_person(office, "stat-deputy", "stat-deputy", "approver", "statistics", deputy="1")
    deputy = who["stat-deputy"] = served.sign_in("stat-deputy")
    is_turn("a deputy finds it", deputy, key, "draft sign by approver@statistics: stat-deputy*", "&mine=1")
    done("and signs it off", deputy, "sign", seen(ats(deputy, "&unit=yunhu"), [key]))


def late(office, who):
    """After grace it takes an exception, after the lock two people."""
    say("the quarter is opened, and over", office, [fact("period", period="2022-Q2", opens="2022-07-01", due="2022-07-20", grace="2022-07-22")])
    office.ask("GET", CITY + "/waiting?period=2022-Q2&limit=1000")
    acts = {(item["act"], item["late"], tuple(item["roles"])) for item in office.value["items"]}
    tell("it waits for an exception", None if acts == {("except", True, ("office",))} and office.value["count"] == office.value["totals"]["late"] else acts)


def newest(client, kind, **fields):
    """Where the newest fact of a kind stands that says so."""
    client.ask("GET", "/api/v1/entries?kind=%s&limit=50" % kind)
    return next(item["position"] for item in client.value["items"] if all(item["fields"].get(name) == text for name, text in fields.items()))


def deputies(served, office, who):
    """Each stage by a deputy; then posts that pass on while a figure is under way."""
    key = ("wanglan", "industry_va")
    for person, role, unit in (("d-clerk", "unit", "statistics"), ("d-owner", "owner", "development_reform"), ("d-office", "office", None)):
        served.say_person(office, person, person, role, unit, deputy="1")
        who[person] = served.sign_in(person)
    served.say_person(office, "loose-owner", "loose-owner", "owner")
    loose = served.sign_in("loose-owner")
    done("a deputy clerk drafts", who["d-clerk"], "draft", [{"unit": key[0], "element": key[1], "value": "7"}])
    refused("and signs nothing off", who["d-clerk"], "RIGHT_LACKING", "sign", seen(ats(who["d-clerk"], "&unit=wanglan"), [key]))
    # The clerk moves to another unit, and a successor takes over.
    served.say_person(office, "stat-new", "stat-new", "leader")
    today = served.in_days(0)
    want("the clerk hands over", office, "POST", "/api/v1/posts/%d/handover" % newest(office, "post", person="stat-clerk"), 201, None, {"person": "stat-new", "from": today, "reason": "moves"})
    served.sign_in("stat-new")
    say("and gets another unit", office, [fact("post", person="stat-clerk", role="unit", unit="audit", **{"from": today})], None)
    tell("nothing of the old unit is the clerk's turn", None if not [found for found, item in waiting(who["stat-clerk"], "&mine=1")[0].items() if item["reporter"] == "statistics"] else "some is")
    done("a deputy of the approver signs off what the clerk's office drafted", who["stat-deputy"], "sign", seen(ats(who["stat-deputy"], "&unit=wanglan"), [key]))
    refused("whoever has moved submits nothing, and is told of nothing", who["stat-clerk"], "STAGE_WRONG", "submit", [{"unit": key[0], "element": key[1], "at": office_at(who["stat-deputy"], key)}])
    done("the deputy clerk submits", who["d-clerk"], "submit", seen(ats(who["d-clerk"], "&unit=wanglan"), [key]))
    refused("an owner of no department verifies nothing", loose, "VERIFIER_OTHER", "verify", seen(ats(loose, "&unit=wanglan"), [key]))
    done("a deputy owner verifies", who["d-owner"], "verify", seen(ats(who["d-owner"], "&unit=wanglan"), [key]))
    done("a deputy of the office accepts", who["d-office"], "accept", seen(ats(who["d-office"], "&unit=wanglan"), [key]))


def office_at(client, key):
    return ats(client, "&unit=" + key[0])[key]["at"]


def corrections(office, second):
    """After the lock two people correct what was accepted; the report stays, and both are shown."""
    key, path = ("jinting", "industry_va"), "&unit=jinting"
    accepted = ats(office, path)[key]
    want("the period is closed and locked", office, "POST", "/api/v1/entries/%d/correction" % newest(office, "period", period=PERIOD), 201, None, {"fields": {"due": "2022-09-10", "locks": "2022-10-01"}, "reason": "closed"})
    refused("nothing is returned any more", office, "LOCKED", "return", [{"unit": key[0], "element": key[1], "at": accepted["at"]}], "look again")
    office.ask("GET", CITY + "/facts/observation/history?key=%s,%s,%s" % (*key, PERIOD))
    figure = office.value["items"][-1]["position"]
    want("one person corrects nothing", office, "POST", "/api/v1/entries/%d/correction" % figure, 409, "LOCKED", {"fields": {"value": "6"}, "reason": "revised"})
    want("it is proposed", office, "POST", "/api/v1/entries/%d/correction" % figure, 201, None, {"fields": {"value": "6"}, "reason": "revised", "propose": True})
    proposal = office.value["first"]
    want("and decided by somebody else", second, "POST", "/api/v1/proposals/%d/decision" % proposal, 201, None, {"verdict": "accepted", "reason": "seen"})
    office.ask("GET", CITY + "/expected/%s?unit=jinting&stage=accepted" % PERIOD)
    item = next(item for item in office.value["items"] if item["element"] == key[1])
    now = item["figure"]
    tell("the accepted report stays what it was", None if item["report"]["value"] == "260" and item["report"]["at"] == accepted["at"] else item["report"])
    tell("the figure in force stands beside it, with what it was first", None if (now["value"], now["revision"], now["reason"], now["first"]) == ("6", 1, "revised", {"at": figure, "value": "260"}) else now)
    office.ask("GET", CITY + "/vintages/observation")
    tell("the old one is a vintage", None if any(row.get("what") == key[1] and row.get("period") == PERIOD for row in office.value["items"]) else office.text()[:300])
    tell("and nothing waits", None if key not in waiting(office)[0] else "it does")


def run(served):
    office = served.sign_in("li.wei")
    who = people(served, office)
    say("the period is opened", office, [fact("period", period=PERIOD, opens="2022-09-01", due="2999-12-31")])
    follow(office, who)
    closed(served, office, who)
    deputies(served, office, who)
    late(office, who)
    served.say_person(office, "second", "second", "committee")
    corrections(office, served.sign_in("second"))
