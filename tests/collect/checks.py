"""Checks of figures over HTTP: each kind that an office writes, refused or justified; what is not judged; drafts laid over what is in force; revisions that only ever rise; slips of magnitude."""
import os

from calendar_year import fact, want
from served import tell

TOWNS = "/api/v1/assessments/towns-2024"
PERIOD = "2024-08"
SCHEME = """baton: 1
id: towns-2024
title: {zh: 乡镇考核, en: Towns}
period: 2024
frequency: month
methods: {plain: {kind: direct}}
groups: [{id: town, title: {zh: 乡镇, en: Towns}}]
checks:
  - {id: range, for: rate, rule: "x >= 0 and x <= 100", severity: hard, title: {zh: 百分比应在 0 至 100 之间, en: a percentage from 0 to 100}}
  - {id: parts, for: va, rule: "x == farm + works", severity: hard, title: {zh: 增加值应等于各产业之和, en: value added is the sum of its parts}}
  - {id: parent, for: va, rule: "x <= parent(x)", severity: hard, title: {zh: 不得高于全县, en: not above the county's}}
  - {id: bureau, for: va, rule: "abs(x / va_bureau - 1) <= 1%", severity: justify, title: {zh: 与统计局核算数一致, en: as the statistics office has it}}
  - {id: jump, for: measure(亿元), rule: "abs(x / prev(x) - 1) <= 30%", severity: justify, title: {zh: 环比大幅波动, en: far from the month before}}
  - {id: same, for: jobs, rule: "x != prev(x)", when: "x != 0", severity: justify, title: {zh: 与上月相同, en: as the month before}}
  - {id: round, for: jobs, rule: "digits(x) >= 3 or x < 1000", severity: justify, title: {zh: 整数凑数, en: a round number}}
  - {id: tenfold, for: jobs, rule: "slip(x, prev(x)) == 0", severity: hard, title: {zh: 数量级差错, en: wrong unit of measurement}}
  - {id: rises, for: rate, rule: "rises < 2", severity: justify, title: {zh: 连续上调, en: revised upwards again and again}}
"""
MONTHS = ["2024-%02d" % month for month in range(1, 8)]


def package(folder):
    rows = ["unit,element,period,value"]
    for n, month in enumerate(MONTHS):
        rows += ["a,farm,%s,%d" % (month, 40 + n), "a,works,%s,%d" % (month, 60 + n), "a,va,%s,%d" % (month, 100 + 2 * n), "a,jobs,%s,%d" % (month, 2111 + 13 * n), "a,rate,%s,%d" % (month, 90 + n),
                 "b,farm,%s,%d" % (month, 30 + n), "b,va,%s,%d" % (month, 70 + n), "county,va,%s,%d" % (month, 200 + n)]
    rows += ["county,va,%s,210" % PERIOD, "a,va_bureau,%s,115" % PERIOD]
    for name, text in (("scheme.yaml", SCHEME), ("observations.csv", "\n".join(rows) + "\n"),
                       ("units.csv", "id,name,group,parent\ncounty,县,,\na,甲镇,town,county\nb,乙镇,town,county\n"),
                       ("indicators.csv", "id,name,weight,method,frequency,measure\nva,增加值,1,plain,month,亿元\nfarm,第一产业,1,plain,month,亿元\nworks,第二产业,1,plain,month,亿元\njobs,就业,1,plain,month,人\nrate,比率,1,plain,month,%\n")):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    return folder


class Clerk:
    """One who drafts, with the number of the last step of each figure."""

    def __init__(self, client, unit, seen):
        self.client, self.unit, self.seen = client, unit, seen

    def act(self, act, elements, reason=None, lang=None, **notes):
        items = []
        for element in elements:
            value = elements[element] if isinstance(elements, dict) else None
            item = {"unit": self.unit, "element": element}
            if element in self.seen:
                item["at"] = self.seen[element]
            if value is not None:
                item["value"] = value
            if element in notes:
                item["note"] = notes[element]
            items.append(item)
        body = dict({"act": act, "items": items}, **({"reason": reason} if reason else {}))
        self.client.ask("POST", TOWNS + "/collection/" + PERIOD, body, {"Accept-Language": lang} if lang else None)
        if self.client.status == 201:
            positions = [item["position"] for item in self.client.value["items"] if item["words"].startswith("report")]
            self.seen.update(zip(elements, positions))
        return self.client.value

    def said(self):
        return {(one["element"], one["check"]): one["state"] for one in self.client.value.get("checks", [])}


def expect(name, got, wanted):
    tell(name, None if got == wanted else "%r, not %r" % (got, wanted))


def refusals(client):
    return sorted((one["name"], one["detail"]) for one in client.value.get("errors", [])) if client.status >= 400 else client.status


def typing(clerk, client):
    """Tried while one types: nothing is stored."""
    def ask(name, items, wanted):
        client.ask("POST", TOWNS + "/checks/" + PERIOD, {"items": [dict({"unit": "a"}, **item) for item in items]})
        got = {(one["element"], one["check"]): one["state"] for one in client.value.get("checks", [])} if client.status == 200 else client.text()
        expect(name, got, wanted)

    ask("all is well", [{"element": "va", "value": "115"}, {"element": "farm", "value": "47"}, {"element": "works", "value": "68"}], {})
    ask("parts that do not add up", [{"element": "va", "value": "115"}, {"element": "farm", "value": "47"}, {"element": "works", "value": "67"}], {("va", "parts"): "failed"})
    ask("a part that nobody has typed yet", [{"element": "va", "value": "115"}, {"element": "farm", "value": "47"}], {("va", "parts"): "unjudged"})
    ask("above the county", [{"element": "va", "value": "211"}, {"element": "farm", "value": "100"}, {"element": "works", "value": "111"}],
        {("va", "parent"): "failed", ("va", "bureau"): "failed", ("va", "jump"): "failed", ("farm", "jump"): "failed", ("works", "jump"): "failed"})
    ask("one that is explained", [{"element": "farm", "value": "100", "note": "the harvest came early"}], {("farm", "jump"): "justified"})
    ask("out of range", [{"element": "rate", "value": "100.5"}], {("rate", "range"): "failed"})
    ask("the same as last month, and round", [{"element": "jobs", "value": "2189"}], {("jobs", "same"): "failed"})
    ask("a round number", [{"element": "jobs", "value": "2200"}], {("jobs", "round"): "failed"})
    ask("wrong by ten thousand", [{"element": "jobs", "value": "0.2189"}], {("jobs", "tenfold"): "failed", ("jobs", "magnitude"): "failed"})
    ask("not applicable", [{"element": "jobs", "state": "na"}], {})
    client.ask("POST", TOWNS + "/checks/" + PERIOD, {"items": [{"unit": "a", "element": "farm", "value": "100"}]}, {"Accept-Language": "zh"})
    one = client.value["checks"][0]
    expect("numbers stand in place of names", (one["shown"], one["title"], one["rule"]), ("abs(100 / prev(46) - 1) <= 30%", "环比大幅波动", "abs(x / prev(x) - 1) <= 30%"))
    want("another unit's figures are not tried", client, "POST", TOWNS + "/checks/" + PERIOD, 403, "READING_LACKING", {"items": [{"unit": "b", "element": "va", "value": "1"}]})
    client.ask("GET", TOWNS + "/expected/" + PERIOD + "?unit=a&checks=1")
    expect("nothing was stored", [item["element"] for item in client.value["items"] if "report" in item or "checks" in item], [])


HIDDEN = {"en": "211 <= parent([a figure you may not read])", "zh": "211 <= parent([您无权查看的数据])"}


def untold(clerk, head):
    """A check against the county's figure (210), which a town may not read, refuses without telling it."""
    for lang, shown in HIDDEN.items():
        clerk.client.ask("POST", TOWNS + "/checks/" + PERIOD, {"items": [{"unit": "a", "element": "va", "value": "211"}]}, {"Accept-Language": lang})
        got = [one["shown"] for one in clerk.client.value["checks"] if one["check"] == "parent"]
        expect("typing tells no figure of another unit, " + lang, (got, "210" in clerk.client.text()), ([shown], False))
    clerk.act("draft", {"va": "211"}, va="a new plant")
    expect("nor does drafting", ([one["shown"] for one in clerk.client.value["checks"] if one["check"] == "parent"], "210" in str(clerk.client.value["checks"])), ([HIDDEN["en"]], False))
    clerk.client.ask("GET", TOWNS + "/expected/" + PERIOD + "?unit=a&checks=1")
    shown = [one["shown"] for item in clerk.client.value["items"] for one in item.get("checks", []) if one["check"] == "parent"]
    expect("nor the list", (shown, "210" in clerk.client.text()), ([HIDDEN["en"]], False))
    for lang, text in HIDDEN.items():
        head.act("sign", ["va"], lang=lang)
        said = [one["detail"] for one in head.client.value.get("errors", []) if one["name"] == "CHECK_FAILED" and text in one["detail"]]
        expect("nor a refusal, " + lang, (head.client.status, len(said), "210" in head.client.text()), (422, 1, False))


def way(clerk, head, office):
    """A draft is always kept; what is signed off has to hold, or to be explained."""
    clerk.act("draft", {"va": "120", "farm": "47", "works": "68", "jobs": "2200"})
    expect("a draft is kept, and told what its checks say", (clerk.client.status, clerk.said()),
           (201, {("va", "parts"): "failed", ("va", "bureau"): "failed", ("jobs", "round"): "failed"}))
    head.act("sign", ["va", "farm", "works", "jobs"])
    wrong = [(one["name"], one["detail"]) for one in head.client.value["errors"]]
    expect("a finding for each figure and check", wrong,
           [("CHECK_FAILED", "a va breaks the rule “value added is the sum of its parts”: 120 == 47 + 68 does not hold"),
            ("CHECK_UNJUSTIFIED", "a va is out of line with “as the statistics office has it”, and no note says why: abs(120 / 115 - 1) <= 1% does not hold"),
            ("CHECK_UNJUSTIFIED", "a jobs is out of line with “a round number”, and no note says why: digits(2200) >= 3 or 2200 < 1000 does not hold")])
    head.act("sign", ["va"], lang="zh")
    said = head.client.value["errors"][0]
    expect("and what to do, in Chinese too", (said["detail"], said["advice"]),
           ("a va 不符合校验规则“增加值应等于各产业之和”：120 == 47 + 68 不成立", "请更正该数据或与之比对的数据，再行审签；此规则不能以说明代替"))
    clerk.act("draft", {"va": "120", "works": "73"}, va="the bureau's is preliminary")
    expect("what is put right and explained", clerk.said(), {("va", "bureau"): "justified"})
    head.act("sign", ["va", "farm", "works"])
    expect("is signed off", head.client.status, 201)
    clerk.act("draft", {"jobs": "2300"}, jobs="\u3000 ")
    expect("a blank note explains nothing", clerk.said(), {("jobs", "round"): "failed"})
    head.act("sign", ["jobs"])
    expect("and lets nothing through", [one["name"] for one in head.client.value.get("errors", [])], ["CHECK_UNJUSTIFIED"])
    clerk.act("draft", {"jobs": "2200"}, jobs="counted to the hundred this month")
    head.act("sign", ["jobs"])
    expect("a round number with a note too", head.client.status, 201)
    clerk.act("submit", ["va", "farm", "works", "jobs"])
    expect("and submitted", clerk.client.status, 201)
    office.client.ask("GET", TOWNS + "/expected/" + PERIOD + "?unit=a&checks=1")
    items = {item["element"]: item for item in office.client.value["items"]}
    expect("the office sees what the checks say, and the note", ([(one["check"], one["state"], one["shown"]) for one in items["va"]["checks"]], items["va"]["report"]["note"], items["farm"]["checks"]),
           ([("bureau", "justified", "abs(120 / 115 - 1) <= 1%")], "the bureau's is preliminary", []))
    expect("it accepts them", (office.act("accept", ["va", "farm", "works", "jobs"]) and office.client.status), 201)


def drafts_of_others(clerk, head):
    """What a colleague has under way counts, also where it is not in the request."""
    clerk.act("draft", {"farm": "37", "va": "78"})
    expect("a part that is not there is not judged", clerk.said(), {("va", "parts"): "unjudged", ("va", "bureau"): "unjudged"})
    clerk.act("draft", {"works": "40"})
    head.act("sign", ["va"])
    expect("its draft counts", [one["name"] for one in head.client.value.get("errors", [])], ["CHECK_FAILED"])
    clerk.act("draft", {"works": "41"})
    head.act("sign", ["va", "farm", "works"])
    expect("and lets the sum through when it is right", head.client.status, 201)
    clerk.act("recall", ["farm"])
    clerk.act("draft", {"farm": "38"})
    head.act("sign", ["farm"])
    expect("a part cannot be changed behind a sum that is signed off", [(one["name"], one["detail"]) for one in head.client.value.get("errors", [])],
           [("CHECK_FAILED", "b va breaks the rule “value added is the sum of its parts”: 78 == 38 + 41 does not hold")])
    clerk.act("recall", ["va"])
    clerk.act("draft", {"va": "79"})
    head.act("sign", ["farm"])
    expect("but with a sum that is put right too", head.client.status, 201)
    head.act("sign", ["va"])
    expect("which is signed off next", head.client.status, 201)


def revisions(clerk, head, office):
    """A figure that only ever rises."""
    for n, (value, note) in enumerate((("91", None), ("92", None), ("93", "the last register was late"))):
        clerk.act("draft", {"rate": value})
        if note:
            head.act("sign", ["rate"])
            expect("the second rise in a row wants a note", [one["name"] for one in head.client.value.get("errors", [])], ["CHECK_UNJUSTIFIED"])
            expect("it tells how many there were", "2 < 2" in head.client.text(), True)
            clerk.act("draft", {"rate": value}, rate=note)
        head.act("sign", ["rate"])
        clerk.act("submit", ["rate"])
        office.act("accept", ["rate"], "revised" if n else None)
        expect("%s is accepted" % value, office.client.status, 201)
        if n < 2:
            office.act("return", ["rate"], "the register was revised")


def ways_past(clerk, head):
    report = {"unit": "a", "element": "rate", "period": PERIOD, "reporter": "a", "stage": "signed", "value": "101"}
    for name, who in (("clerk", clerk.client), ("approver", head.client)):
        want("no %s says a report as a fact" % name, who, "POST", "/api/v1/facts", 409, "REPORT_ELSEWHERE", {"assessment": "towns-2024", "facts": [fact("report", **report)]})
    want("nor proposes one", head.client, "POST", "/api/v1/facts", 409, "REPORT_ELSEWHERE", {"assessment": "towns-2024", "facts": [fact("report", **report)], "propose": True, "reason": "late"})
    want("nor corrects one", head.client, "POST", "/api/v1/entries/%d/correction" % head.seen["rate"], 409, "REPORT_ELSEWHERE", {"fields": {"value": "101"}, "reason": "late"})


def run(served):
    office = served.sign_in("li.wei")
    office.ask("POST", "/api/v1/facts", {"assessment": "towns-2024", "facts": [fact("period", period=PERIOD, opens="2024-09-01", due="2999-12-31")]})
    client = {}
    for person, role, unit in (("clerk-a", "unit", "a"), ("head-a", "approver", "a"), ("clerk-b", "unit", "b"), ("head-b", "approver", "b")):
        served.say_person(office, person, person, role, unit)
        client[person] = served.sign_in(person)
    seen_a, seen_b = {}, {}
    clerk, head, accepts = Clerk(client["clerk-a"], "a", seen_a), Clerk(client["head-a"], "a", seen_a), Clerk(office, "a", seen_a)
    typing(clerk, clerk.client)
    untold(clerk, head)
    way(clerk, head, accepts)
    drafts_of_others(Clerk(client["clerk-b"], "b", seen_b), Clerk(client["head-b"], "b", seen_b))
    revisions(clerk, head, accepts)
    ways_past(clerk, head)
