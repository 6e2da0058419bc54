"""From a clerk's draft to the accepted figure, over HTTP: everybody does their part, and nobody else's."""
import os
import re

from calendar_year import CITY, all_expected, fact, say, want
from served import ROOT, Client, tell

PERIOD = "2022-08"  # nobody has said anything of that year
COLLECTION = CITY + "/collection/" + PERIOD


def step(client, act, items, reason=None, key=None):
    body = {"act": act, "items": items}
    if reason:
        body["reason"] = reason
    client.ask("POST", COLLECTION, body, {"Idempotency-Key": key} if key else None)
    return client.status


def ats(client, query):
    """What is there of a report, as whoever asks sees it."""
    items, _ = all_expected(client, PERIOD, query)
    return {(item["unit"], item["element"]): item.get("report") for item in items}


def seen(reports, keys):
    return [{"unit": unit, "element": element, "at": reports[unit, element]["at"]} for unit, element in keys]


def done(name, client, act, items, reason=None):
    status = step(client, act, items, reason)
    tell(name, None if status == 201 else "%d %s" % (status, client.text()[:400]))


def refused(name, client, code, act, items, reason=None):
    status = step(client, act, items, reason)
    tell(name, None if status >= 400 and client.value.get("name") == code else "%d %s" % (status, client.text()[:400]))


def people(served, office):
    """Of the statistics bureau, which reports for others; of the one that verifies what it reports; and a bystander."""
    for person, role, unit in (("stat-clerk", "unit", "statistics"), ("stat-second", "unit", "statistics"), ("stat-head", "approver", "statistics"), ("reform-owner", "owner", "development_reform"),
                               ("audit-owner", "owner", "audit"), ("town-clerk", "unit", "jinting")):
        served.say_person(office, person, person, role, unit)
    return {person: served.sign_in(person) for person in ("stat-clerk", "stat-second", "stat-head", "reform-owner", "audit-owner", "town-clerk")}


def journey(office, who):
    clerk, second, head, owner = who["stat-clerk"], who["stat-second"], who["stat-head"], who["reform-owner"]
    one, two = ("jinting", "industry_va"), ("yunhu", "industry_va")
    drafts = [{"unit": one[0], "element": one[1], "value": "101.5"}, {"unit": two[0], "element": two[1], "value": "98.25", "source": "monthly bulletin"}]
    refused("nothing before the period is opened", clerk, "PERIOD_UNOPENED", "draft", drafts)
    early = [fact("observation", unit="statistics", element="early", period="2022-10", value="1")]
    say("before any period is opened a clerk may say figures", clerk, early)
    say("the period is opened", office, [fact("period", period=PERIOD, opens="2022-09-01", due="2999-12-31")])
    later = [fact("observation", unit="statistics", element="early", period="2022-11", value="1")]
    say("then no more, not even of one that is still to be opened", clerk, later, status=409, code="COLLECTED")
    office.ask("POST", CITY + "/calendar", {"periods": ["2022-10"]})
    tell("what was said before is told when its period is opened", None if [(one["period"], one["figures"]) for one in office.value.get("unreported", [])] == [("2022-10", 1)] else office.text()[:300])
    two_ways = [fact("observation", unit="jinting", element="retail", period="2022-07", value="500", state="na")]
    say("nor has a figure a value, and a reason why there is none", office, two_ways, status=422, code="FORM_VALUE_AND_STATE")
    refused("nor a draft", clerk, "FORM_VALUE_AND_STATE", "draft", [dict(drafts[0], state="na", note="x")])
    refused("the district does not report what the bureau does", who["town-clerk"], "RIGHT_UNIT", "draft", drafts[:1])
    refused("nor is anything drafted that nobody asks for", clerk, "FIGURE_UNEXPECTED", "draft", [{"unit": "jinting", "element": "nonsense", "value": "1"}])
    refused("nor the same twice", clerk, "FIGURE_TWICE", "draft", drafts[:1] * 2)
    for value in ("abc", "1,234", "", "1.5.2"):
        refused("'%s' is no figure" % value, clerk, "FIGURE_BAD" if value else "MEMBER_EMPTY", "draft", [dict(drafts[0], value=value)])
    refused("nor is nothing", clerk, "FIGURE_BAD", "draft", [{"unit": one[0], "element": one[1]}])
    done("two figures are drafted", clerk, "draft", drafts)
    tell("the office does not see drafts", None if not any(ats(office, "&unit=jinting").values()) else ats(office, "&unit=jinting"))
    tell("nor does the district", None if ats(who["town-clerk"], "&unit=jinting")[one] is None else "it does")
    reports = ats(second, "&reporter=statistics")
    tell("the colleague does, with who and when", None if reports[one]["by"] == "stat-clerk" and reports[one]["stage"] == "draft" and reports[two]["source"] == "monthly bulletin" else reports[one])
    # Two people at one figure.
    done("the colleague puts one right", second, "draft", [dict(drafts[0], value="102.5", at=reports[one]["at"])])
    refused("somebody else is told nothing of drafts", who["town-clerk"], "RIGHT_UNIT", "draft", drafts[:1])
    tell("nor by the refusal", None if "102.5" not in who["town-clerk"].text() and "stat-second" not in who["town-clerk"].text() else who["town-clerk"].text())
    refused("nor is the office", office, "STAGE_WRONG", "accept", [{"unit": one[0], "element": one[1], "at": 1}])
    refused("the first one is told, and nothing of the two is stored", clerk, "REPORT_MEANWHILE", "draft", [dict(drafts[0], value="103", at=reports[one]["at"]), dict(drafts[1], value="99", at=reports[two]["at"])])
    told = clerk.text()
    tell("who, what and which number", None if "stat-second" in told and "102.5" in told and "no. %d" % ats(clerk, "&reporter=statistics")[one]["at"] in told else told)
    tell("the other figure is as it was", None if ats(clerk, "&reporter=statistics")[two]["at"] == reports[two]["at"] else "changed")
    reports = ats(head, "&reporter=statistics")
    refused("a clerk signs nothing off", clerk, "RIGHT_LACKING", "sign", seen(reports, [one]))
    done("the head signs both off", head, "sign", seen(reports, [one, two]))
    refused("a step that was seen before is none to go on from", second, "REPORT_MEANWHILE", "draft", [dict(drafts[0], at=reports[one]["at"])])
    reports = ats(head, "&reporter=statistics")
    done("the clerk submits them", clerk, "submit", seen(reports, [one, two]))
    tell("now the office sees them", None if ats(office, "&stage=submitted").keys() == {one, two} else ats(office, "&stage=submitted").keys())
    tell("and the district its own", None if ats(who["town-clerk"], "&unit=jinting")[one]["value"] == "102.5" else "it does not")
    reports = ats(owner, "&stage=submitted")
    refused("another department does not verify them", who["audit-owner"], "VERIFIER_OTHER", "verify", seen(reports, [one]))
    refused("the office does not accept what is not verified", office, "STAGE_WRONG", "accept", seen(reports, [one]))
    refused("a return says what has to be changed", owner, "REASON_NEEDED", "return", seen(reports, [two]))
    refused("which a space does not", owner, "REASON_NEEDED", "return", seen(reports, [two]), "\u3000 ")
    done("one is verified", owner, "verify", seen(reports, [one]))
    done("one is returned", owner, "return", seen(reports, [two]), "the bulletin says 98.75")
    done("the verified one is accepted", office, "accept", seen(ats(office, "&stage=verified"), [one]))
    tell("it is a figure now, with who verified it", None if "reform-owner" in str(figure(office, one)) and figure(office, one)["fields"]["value"] == "102.5" else figure(office, one))
    reports = ats(clerk, "&stage=returned")
    tell("the clerk sees why the other came back", None if reports[two]["reason"] == "the bulletin says 98.75" and reports[two]["returns"] == 1 else reports)
    not_applicable(office, who)
    finish(office, who, two, reports)
    again(office, who, one)


def figure(client, key):
    client.ask("GET", CITY + "/facts/observation/history?key=%s,%s,%s" % (*key, PERIOD))
    return client.value["items"][-1] if client.status == 200 else {}


def not_applicable(office, who):
    clerk, head, owner, key = who["stat-clerk"], who["stat-head"], who["reform-owner"], ("landong", "retail")
    item = {"unit": key[0], "element": key[1], "state": "na"}
    refused("not applicable needs a reason", clerk, "REASON_NEEDED", "draft", [item])
    refused("a blank one is none", clerk, "REASON_NEEDED", "draft", [dict(item, note=" \u3000\n")])
    done("with one it is drafted", clerk, "draft", [dict(item, note="the district has no shops")])
    done("signed off", head, "sign", seen(ats(head, "&unit=landong"), [key]))
    done("submitted", clerk, "submit", seen(ats(clerk, "&unit=landong"), [key]))
    tell("whoever verifies reads why", None if ats(owner, "&unit=landong")[key]["note"] == "the district has no shops" else "not")
    done("agreed", owner, "verify", seen(ats(owner, "&unit=landong"), [key]))
    done("and accepted", office, "accept", seen(ats(office, "&unit=landong"), [key]))
    tell("it is not applicable from then on, and not missing", None if figure(office, key)["fields"].get("state") == "na" else figure(office, key))


def finish(office, who, key, reports):
    clerk, head, owner = who["stat-clerk"], who["stat-head"], who["reform-owner"]
    done("it is drafted anew", clerk, "draft", [{"unit": key[0], "element": key[1], "value": "98.75", "at": reports[key]["at"]}])
    done("signed off", head, "sign", seen(ats(head, "&reporter=statistics"), [key]))
    done("taken back", clerk, "recall", seen(ats(clerk, "&reporter=statistics"), [key]))
    done("signed off once more", head, "sign", seen(ats(head, "&reporter=statistics"), [key]))
    done("submitted", clerk, "submit", seen(ats(clerk, "&reporter=statistics"), [key]))
    done("verified", owner, "verify", seen(ats(owner, "&stage=submitted"), [key]))
    items = seen(ats(office, "&stage=verified"), [key])
    status = step(office, "accept", items, key="accept-once"), step(office, "accept", items, key="accept-once")
    tell("accepted, and once only though it was sent twice", None if status == (201, 200) and office.value["repeat"] else status)


def put_right(office, who, key, value, reason):
    """What was accepted is returned by the office, and goes all the way once more."""
    clerk, head, owner = who["stat-clerk"], who["stat-head"], who["reform-owner"]
    done("the office returns what it accepted", office, "return", seen(ats(office, "&stage=accepted"), [key]), reason)
    done("drafted", clerk, "draft", [{"unit": key[0], "element": key[1], "value": value, "at": ats(clerk, "&stage=returned")[key]["at"]}])
    done("signed off", head, "sign", seen(ats(head, "&reporter=statistics"), [key]))
    done("submitted", clerk, "submit", seen(ats(clerk, "&reporter=statistics"), [key]))
    done("verified", owner, "verify", seen(ats(owner, "&stage=submitted"), [key]))
    refused("a figure that is corrected needs a reason", office, "REASON_NEEDED", "accept", seen(ats(office, "&stage=verified"), [key]))
    done("accepted", office, "accept", seen(ats(office, "&stage=verified"), [key]), reason)


def again(office, who, key):
    """Put right, and then found to be right."""
    put_right(office, who, key, "104", "the register was revised")
    put_right(office, who, key, "104", "it was right")
    now = figure(office, key)
    tell("each was a revision of the figure", None if now["fields"]["value"] == "104" and now["revision"] == 2 else now)
    say("whoever reports cannot say figures past all this", who["stat-clerk"], [fact("observation", unit="jinting", element="industry_va", period=PERIOD, value="1")], status=403, code="RIGHT_UNIT")
    say("nor the owner", who["reform-owner"], [fact("observation", unit="jinting", element="retail", period=PERIOD, value="1")], status=409, code="COLLECTED")
    want("a period that is none", who["stat-clerk"], "POST", CITY + "/collection/2022-13", 404, "PERIOD_BAD", {"act": "draft", "items": [{"unit": "a", "element": "b"}]})


def wrong_period(office, who):
    """An element of months is none of a quarter, even of one that is opened."""
    say("a quarter is opened", office, [fact("period", period="2022-Q3", opens="2022-09-01", due="2999-12-31")])
    client = who["stat-clerk"]
    want("a monthly figure for a quarter", client, "POST", CITY + "/collection/2022-Q3", 422, "FIGURE_UNEXPECTED", {"act": "draft", "items": [{"unit": "jinting", "element": "industry_va", "value": "1"}]})


def token(served, office, who):
    """A token of a clerk's role does nothing that takes another of its person's."""
    served.say_person(office, "many", "many", "unit", "statistics")
    office.ask("POST", "/api/v1/facts", {"facts": [{"kind": "post", "fields": {"person": "many", "role": role, "unit": "statistics", "from": "2021-01-01"}} for role in ("approver",)]})
    many = served.sign_in("many")
    many.ask("POST", "/api/v1/tokens", {"name": "clerk", "roles": ["unit"], "until": served.in_days(10)})
    program = Client(served)
    program.bearer = many.value["token"]
    key = ("wanglan", "retail")
    done("a clerk drafts", who["stat-clerk"], "draft", [{"unit": key[0], "element": key[1], "value": "5"}])
    refused("the token of a clerk signs nothing off", program, "RIGHT_LACKING", "sign", seen(ats(program, "&unit=wanglan"), [key]))
    done("its person does", many, "sign", seen(ats(many, "&unit=wanglan"), [key]))


# Who may do what at which stage, by hand; whatever stands in none of these lines nobody may.
MAY = {("none", "draft"): "unit approver", ("draft", "draft"): "unit approver", ("returned", "draft"): "unit approver", ("draft", "sign"): "approver", ("signed", "submit"): "unit approver",
       ("signed", "recall"): "unit approver", ("submitted", "recall"): "unit approver", ("submitted", "verify"): "owner", ("submitted", "return"): "owner office", ("verified", "accept"): "office",
       ("verified", "return"): "office", ("accepted", "return"): "office"}
HOLDERS = {"office": "li.wei", "unit": "stat-clerk", "approver": "stat-head", "owner": "reform-owner"}  # of the figures that are walked; of the other roles somebody is made
UNITS = {"cadre": "statistics"}  # at which the post of a role is; of others at none
FORWARD = [("draft", "stat-clerk", "draft"), ("signed", "stat-head", "sign"), ("submitted", "stat-clerk", "submit"), ("verified", "reform-owner", "verify"), ("accepted", "li.wei", "accept")]
LEADS = {**{act: to for to, _, act in FORWARD}, "recall": "draft", "return": "returned"}
REFUSED = {"STAGE_WRONG", "RIGHT_LACKING", "RIGHT_UNIT", "REPORT_CHANGED", "FACT_SAME", "ROUTE_ROLE", "ASSESSMENT_UNKNOWN"}  # the last to those who are told of no assessment


class Walked:
    """A figure that is taken to any stage, again and again."""

    def __init__(self, who, key):
        self.who, self.key, self.stage, self.at, self.value = who, key, "none", None, 100

    def act(self, person, act):
        """Whether it went; else the code."""
        item = {"unit": self.key[0], "element": self.key[1]}
        if act == "draft":
            self.value += 1
            item.update(value=str(self.value), note="so that no check stands in the way")
        if self.at is not None or act != "draft":
            item["at"] = self.at or 1
        client = self.who[person]
        if step(client, act, [item], "as it has to be" if act in ("return", "accept") else None) != 201:
            return client.value.get("name")
        self.at = client.value["items"][0]["position"]
        return None

    def go(self, way):
        for to, person, act in way:
            why = self.act(person, act)
            if why:
                raise SystemExit("%s of %s at %s by %s: %s" % (act, self.key, self.stage, person, why))
            self.stage = to

    def bring(self, stage):
        """Back to what is drafted anew, and from there on; also where it is a draft already, for whoever drafted it does not sign it off."""
        if stage == "none" or self.stage == stage != "draft":
            return
        forward = FORWARD[:1 + [to for to, _, _ in FORWARD].index("submitted" if stage == "returned" else stage)]
        if self.stage in ("submitted", "verified", "accepted"):
            self.go([("returned", "li.wei", "return")])
        elif self.stage == "signed":
            self.go([("draft", "stat-clerk", "recall")])
        if self.stage != stage or stage == "draft":
            self.go(forward + ([("returned", "li.wei", "return")] if stage == "returned" else []))


def walk(served, office, who):
    """Every act at every stage by every role: those of the table above go, all else is refused and changes nothing. The lists are the program's own, so what is added there and not here is told."""
    document = served.document
    acts = document["components"]["schemas"]["CollectionStep"]["properties"]["act"]["enum"]
    stages = next(one["schema"]["enum"] for one in document["paths"]["/api/v1/assessments/{assessment}/expected/{period}"]["get"]["parameters"] if one["name"] == "stage")
    with open(os.path.join(ROOT, "src", "ledger", "rights.h"), encoding="utf-8") as file:
        roles = re.search(r'#define ROLES((?:.|\n)*?)\n\n', file.read()).group(1)
    roles = [role for text in re.findall(r'"([^"]*)"', roles) for role in text.split()]
    tell("acts, stages and roles are those that this test knows", None if {act for _, act in MAY} == set(acts) and {stage for stage, _ in MAY} == set(stages) and {role for of in MAY.values() for role in of.split()} == set(HOLDERS) <= set(roles) else (acts, stages, roles))
    for role in sorted(roles, key=lambda role: role == "security_admin"):  # who then makes everybody else known
        if role not in HOLDERS:
            served.say_person(office, "a-" + role, role, role, UNITS.get(role))
    for role in roles:
        if role not in HOLDERS:
            who["a-" + role] = served.sign_in("a-" + role)
    who["li.wei"] = office
    rows, _ = all_expected(who["stat-clerk"], PERIOD, "&reporter=statistics&stage=none")
    free = [(item["unit"], item["element"]) for item in rows if item["verifier"] == "development_reform"]
    one, wrong, count = Walked(who, free.pop()), [], 0
    for stage in stages:
        one.bring(stage)
        for act in acts:
            for role in roles:
                may, before = role in MAY.get((stage, act), "").split(), one.at
                code = one.act(HOLDERS.get(role, "a-" + role), act)
                count += 1
                if (code is None) != may or (code and (code not in REFUSED or one.at != before)):
                    wrong.append("%s of what is %s by %s: %s" % (act, stage, role, code or "went"))
                if code is None:
                    one.stage = LEADS[act]
                    if stage == "none":
                        one = Walked(who, free.pop())
                    one.bring(stage)
        there = ats(who["stat-clerk"], "&unit=" + one.key[0])[one.key]
        if (there or {}).get("at") != one.at or (there or {}).get("stage", "none") != stage:
            wrong.append("it is not where it was left at %s: %s" % (stage, there))
    tell("%d acts by every role at every stage go or are refused as the table has it" % count, "; ".join(wrong[:9]) or None)


def run(served):
    office = served.sign_in("li.wei")
    who = people(served, office)
    journey(office, who)
    wrong_period(office, who)
    token(served, office, who)
    walk(served, office, who)
    tell("the ledger holds", None if "holds" in served.baton("verify", served.ledger, status=None) else served.error)
