"""What is asked for each row of table.csv, and what an answer may show to whom."""
import csv
import io
import os
import re
import urllib.request
import zipfile

from world import PEOPLE, TOKENS, UNITS

MAIN = "/api/v1/assessments/main"
GROWTH = ("growth",)  # the indicator of the post of `growth`, and its elements
GROWTH_ELEMENTS = ("made", "planned", "growth")


def get(path):
    return lambda world, who: ("GET", path, None)


def entry(name, behind=""):
    return lambda world, who: ("GET", "/api/v1/entries/%d%s" % (world.at[name], behind), None)


def content(name):
    return lambda world, who: ("GET", "/api/v1/contents/%s" % (world.at[name]["content"] if isinstance(world.at[name], dict) else world.at[name]), None)


def year_of(world, who, first):
    """A year in which nobody else says anything."""
    return str(first + sorted(world.client).index(who))


def say(unit, element, first, **more):
    def ask(world, who):
        fields = {"unit": unit, "element": element, "period": year_of(world, who, first), "value": "1"}
        return "POST", "/api/v1/facts", dict({"assessment": "main", "facts": [{"kind": "observation", "fields": fields}]}, **more)
    return ask


def adjust(first):
    def ask(world, who):
        fields = {"unit": "c", "item": "praise", "period": str(first), "reason": "by " + who}
        return "POST", "/api/v1/facts", {"assessment": "main", "facts": [{"kind": "adjustment", "fields": fields}]}
    return ask


def fact(kind, fields):
    return lambda world, who: ("POST", "/api/v1/facts", {"facts": [{"kind": kind, "fields": {name: value.replace("WHO", who) for name, value in fields.items()}}]})


def correct(unit):
    return lambda world, who: ("POST", "/api/v1/entries/%d/correction" % world.at["mended %s %s" % (unit, who if who != "stranger" else "office")],
                               {"fields": {"value": "2"}, "reason": "counted again"})


def decide(world, who):
    return "POST", "/api/v1/proposals/%d/decision" % world.at["decided " + (who if who != "stranger" else "office")], {"verdict": "accepted"}


def post(path, body):
    return lambda world, who: ("POST", path, body)


def archive(folder):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in sorted(os.listdir(folder)):
            file.write(os.path.join(folder, name), name)
    return out.getvalue()


def draft(method, behind, name=None, body=b"PK\5\6" + bytes(18)):
    """An archive without members is one."""
    return lambda world, who: (method, MAIN + "/drafts" + (behind % world.at["draft " + name] if name else behind), body)


def package(what):
    return lambda world, who: ("POST", "/api/v1/packages/" + what, archive(world.package))


def sheet(world, who):
    """A figure of c, in a year in which nobody else says anything, with a mapping of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("sheet.csv", "unit,element,period,value\nc,made,%s,1\n" % year_of(world, who, 2060))
        file.writestr("long.yaml", "baton: 1\nheader: 1\nunit: {column: unit}\nelement: {column: element}\nperiod: {column: period}\nvalue: value\n")
    return "POST", MAIN + "/import-sheet", out.getvalue()


def token(world, who):
    return "POST", "/api/v1/tokens", {"name": "more", "roles": ["unit"], "until": world.in_days(1)}


def collect(unit):
    """A draft of a year of their own, which is opened for all."""
    def ask(world, who):
        return "POST", MAIN + "/collection/" + year_of(world, who, 2140), {"act": "draft", "items": [{"unit": unit, "element": "jobs", "value": "1"}]}
    return ask


def form(world, who):
    """A form of a with one row; that somebody has drafted it already is no matter."""
    year = year_of(world, who, 2140)
    head = "baton-form 1; ledger=city; assessment=main; period=%s; reporter=a; language=en; made=2021-01-01T00:00:00.000Z; rows=1" % year
    text = "a form\n%s\ncheck,rows,1\nunit,element,value,state,at\na,jobs,2,,\n" % head
    return "POST", MAIN + "/collection/" + year + "/form?over=1", text.encode()


def checks(unit):
    return post(MAIN + "/checks/2140", {"items": [{"unit": unit, "element": "jobs", "value": "1"}]})


def page_file(world):
    """The script of the first page: its name changes with its content."""
    with urllib.request.urlopen("http://127.0.0.1:%d/" % world.port, timeout=60) as answer:
        return re.search(r'src="(/assets/[^"]+)"', answer.read().decode("utf-8")).group(1)


ASKS = {
    "page_first": get("/"), "page": get("/table?period=2021-08"), "page_file": lambda world, who: ("GET", page_file(world), None),
    "api": get("/api/v1"), "openapi": get("/api/v1/openapi.json"), "code_list": get("/api/v1/codes"), "code": get("/api/v1/codes/5414"),
    "method_list": get("/api/v1/methods"), "healthz": get("/healthz"), "readyz": get("/readyz"), "metrics": get("/metrics"),
    "session": get("/api/v1/session"), "tokens": get("/api/v1/tokens"), "accounts": get("/api/v1/accounts"), "people": get("/api/v1/people"),
    "ledger": get("/api/v1/ledger"), "head": get("/api/v1/head"), "consistency": get("/api/v1/consistency?from=5"),
    "entries": get("/api/v1/entries?limit=20"),
    "entry_made_a": entry("made a"), "entry_made_b": entry("made b"), "entry_made_c": entry("made c"), "entry_jobs_a": entry("jobs a"), "entry_jobs_c": entry("jobs c"),
    "entry_adjustment_a": entry("adjustment a"), "entry_adjustment_c": entry("adjustment c"), "entry_proposal_a": entry("proposal a"), "entry_proposal_c": entry("proposal c"),
    "entry_scheme": entry("scheme"), "entry_posting": entry("posting"), "entry_post_of_committee": entry("post committee"),
    "receipt_made_a": entry("made a", "/receipt"), "receipt_made_c": entry("made c", "/receipt"),
    "content_evidence_a": content("evidence a"), "content_evidence_c": content("evidence c"), "content_table": content("table"),
    "proposals": get("/api/v1/proposals?state=open&limit=7"), "assessments": get("/api/v1/assessments"), "assessment": get(MAIN),
    "facts_observation": get(MAIN + "/facts/observation?limit=4"), "facts_adjustment": get(MAIN + "/facts/adjustment?limit=2"), "facts_evidence": get(MAIN + "/facts/evidence?limit=1"),
    "facts_proposal": get(MAIN + "/facts/proposal?limit=3"), "facts_unit": get(MAIN + "/facts/unit?limit=2"),
    "history_made_a": get(MAIN + "/facts/observation/history?key=a,made,2024"), "history_made_b": get(MAIN + "/facts/observation/history?key=b,made,2024"),
    "history_made_c": get(MAIN + "/facts/observation/history?key=c,made,2024"), "history_jobs_c": get(MAIN + "/facts/observation/history?key=c,jobs,2024"),
    "result_now": get(MAIN + "/results"), "result_posted": get(MAIN + "/results/2021"), "result_open": get(MAIN + "/results/2022"), "result_again": get(MAIN + "/results/2022"),
    "result_known": lambda world, who: ("GET", MAIN + "/results/2021?known=%d" % world.at["posting"], None),
    "result_of_c": get(MAIN + "/results/2021?unit=c"), "result_csv": get(MAIN + "/results/2021?format=csv"), "result_xlsx": get(MAIN + "/results/2021?format=xlsx"),
    "vintages": get(MAIN + "/vintages/observation?limit=1000"), "vintages_adjustment": get(MAIN + "/vintages/adjustment"), "revisions": get(MAIN + "/results/2022/revisions?limit=100"),
    "matrix": get(MAIN + "/results/2021/matrix"),
    "indicator": get(MAIN + "/indicators/growth"), "explanation_a": get(MAIN + "/results/2021/units/a"), "explanation_b": get(MAIN + "/results/2021/units/b"), "explanation_c": get(MAIN + "/results/2021/units/c"),
    "explanation_c_growth": get(MAIN + "/results/2021/units/c?node=growth"), "explanation_c_jobs": get(MAIN + "/results/2021/units/c?node=jobs"),
    "events": get(MAIN + "/events?period=2021"),
    "events_of": get("/api/v1/events?tables=main/2021,main/2022"), "journal_file": get("/api/v1/journal"), "export": get(MAIN + "/export"),
    "import_sheet": sheet, "import": lambda world, who: ("POST", MAIN + "/import", archive(world.package)),
    "sessions": get("/api/v1/sessions"), "session_end": lambda world, who: ("DELETE", "/api/v1/sessions/00000000", None), "session_end_others": lambda world, who: ("DELETE", "/api/v1/sessions", None), "session_raise": post("/api/v1/session/raise", {}),
    "factor": get("/api/v1/session/factor"), "factor_begin": post("/api/v1/session/factor", None), "factor_confirm": post("/api/v1/session/factor/confirm", {}), "factor_off": post("/api/v1/session/factor/off", {}),
    "account_sessions": get("/api/v1/accounts/town/sessions"), "account_sessions_end": lambda world, who: ("DELETE", "/api/v1/accounts/spare/sessions", None),
    "account_session_end": lambda world, who: ("DELETE", "/api/v1/accounts/spare/sessions/00000000", None), "audit": get("/api/v1/audit"),
    "posting_make": post(MAIN + "/postings", {"period": "2022", "reason": "done"}), "posted_table": lambda world, who: ("GET", MAIN + "/postings/%d" % world.at["posting"], None),
    "calendar": get(MAIN + "/calendar"), "calendar_open": lambda world, who: ("POST", MAIN + "/calendar", {"periods": ["%s" % year_of(world, who, 2100)]}), "expected": get(MAIN + "/expected/2021?limit=100"),
    "register": get("/api/v1/register?assessment=main&limit=1000"), "register_twice": get("/api/v1/register/twice"), "register_assessments": get("/api/v1/register/assessments?year=2021"),
    "burden": get("/api/v1/burden?year=2021&assessment=main"),
    "waiting": get(MAIN + "/waiting?limit=200"), "overdue": get(MAIN + "/overdue"),
    "completeness": get(MAIN + "/completeness?period=2021"), "completeness_figures": post(MAIN + "/completeness/figures", {"period": "2021"}),
    "stale": get(MAIN + "/stale"), "notices": get("/api/v1/notices"), "notices_read": post("/api/v1/notices/read", {"until": 1}), "digest": get("/api/v1/digest"),
    "form_out": get(MAIN + "/collection/2140/form?reporter=a&format=csv"), "form_in": form,
    "collect_a": collect("a"), "collect_c": collect("c"), "checks_a": checks("a"), "checks_c": checks("c"),
    "scheme": get(MAIN + "/scheme"), "scheme_diff": lambda world, who: ("GET", MAIN + "/scheme/diff?before=%d&after=%d" % (world.at["scheme"], world.at["scheme"]), None),
    "scheme_trial": lambda world, who: ("POST", MAIN + "/scheme/trial", archive(world.package)), "scheme_proposed": lambda world, who: ("GET", MAIN + "/scheme/trial?proposal=%d" % world.at["scheme"], None),
    "doctor": get("/api/v1/doctor"), "verify": post("/api/v1/verify", None), "verify_show": get("/api/v1/verify"),
    "draft_list": get(MAIN + "/drafts"), "draft_add": draft("POST", "?name=more"), "draft_show": draft("GET", "/%s", "shown", None),
    "draft_save": draft("PUT", "/%s?revision=1", "saved"), "draft_discard": draft("DELETE", "/%s?revision=1", "discarded", None),
    "indicator_curve": post(MAIN + "/indicators/growth/curve", {"method": "{kind: range, low: 60}"}),
    "rule_check": post("/api/v1/rules/check", {"expression": "100*yoy(made)", "place": "value"}),
    "package_check": package("check"), "package_score": package("score"), "package_convert": package("convert?format=zip"),
    "say_a_open": say("a", "told", 2030), "say_b_open": say("b", "told", 2030), "say_c_open": say("c", "told", 2030), "say_made_c_open": say("c", "made", 2030),
    "say_a_posted": say("a", "told", 1980), "say_c_posted": say("c", "told", 1980),
    "propose_a_posted": say("a", "told", 1980, propose=True, reason="late"), "propose_c_posted": say("c", "told", 1980, propose=True, reason="late"),
    "adjust_c_open": adjust(2023), "adjust_c_posted": adjust(2021),
    "say_person": fact("person", {"id": "new-WHO", "name": "WHO"}), "say_post": fact("post", {"person": "spare", "role": "cadre", "unit": "WHO", "from": "2021-01-01"}),
    "handover": lambda world, who: ("POST", "/api/v1/posts/%d/handover" % world.at["post cadre"], {"person": "spare", "from": "2031-01-01", "reason": "moved"}),
    "correct_a": correct("a"), "correct_b": correct("b"), "correct_c": correct("c"),
    "decide_c": decide, "withdraw_c": lambda world, who: ("POST", "/api/v1/proposals/%d/withdrawal" % world.at["proposal c"], {"reason": "no"}),
    "evidence": lambda world, who: ("POST", MAIN + "/evidence?name=x.txt", b"by " + who.encode()), "evidence_list": get(MAIN + "/evidence?limit=1"),
    "token_make": token, "token_revoke": lambda world, who: ("DELETE", "/api/v1/tokens/00000000", None),
    "account_make": post("/api/v1/accounts", {"person": "spare"}), "account_reset": post("/api/v1/accounts/spare/reset", None),
    "account_close": lambda world, who: ("DELETE", "/api/v1/accounts/spare", None),
    "sign_in": post("/api/v1/session", {}), "password": post("/api/v1/session/password", {}), "sign_out": lambda world, who: ("DELETE", "/api/v1/session", None),
}


def sees_unit(who, unit):
    return unit in UNITS.get(who, "abc")


def sees_fact(who, body, actor):
    """Whether a row of the assessment may be shown, by its fields; said by hand, as docs/people.md has it."""
    fields = body["fields"]
    if actor == who or (who[:2] == "t_" and actor in ("both", "office")):
        return True
    if who == "growth" and body["kind"] == "observation" and fields["element"] not in GROWTH_ELEMENTS:
        return False
    return sees_unit(who, fields["unit"])


def every_page(world, who, path):
    client, items = world.client[who], []
    while path:
        client.ask("GET", path)
        if client.status != 200:
            raise AssertionError("%s: %d %s" % (path, client.status, client.text()[:200]))
        items += client.value["items"]
        path = client.value["next"]
    positions = [item["position"] if "position" in item else (item["period"], item["unit"], item["element"]) for item in items]
    if len(set(positions)) != len(positions):
        raise AssertionError("%s comes twice" % positions)
    return items


def show_rows(kind):
    def check(world, who, client, path):
        have = {item["position"] for item in every_page(world, who, path)}
        everything = every_page(world, "auditor", path)
        want = {item["position"] for item in everything if sees_fact(who, item, item["actor"]["id"] if isinstance(item["actor"], dict) else item["actor"])}
        return None if have == want else "%s: %s too many, %s too few" % (kind, sorted(have - want)[:5], sorted(want - have)[:5])
    return check


def sees_saying(who, row, saying):
    return sees_fact(who, {"kind": row["kind"], "fields": {"unit": row["unit"], "element": row["what"]}}, saying["actor"])


def show_vintages(world, who, client, path):
    """Rows of which they may read all that was said, of those that the auditor is shown."""
    have = {row["key"] for row in client.value["items"]}
    world.client["auditor"].ask("GET", path)
    everything = world.client["auditor"].value["items"]
    want = {row["key"] for row in everything if all(sees_saying(who, row, saying) for saying in [row["first"], *row["revised"], row["final"]])}
    return None if have == want and everything else "%s too many, %s too few" % (sorted(have - want)[:5], sorted(want - have)[:5])


def show_revisions(world, who, client, path):
    have = {item["after"]["position"] for item in client.value["items"]}
    world.client["auditor"].ask("GET", path)
    everything = world.client["auditor"].value["items"]
    want = {item["after"]["position"] for item in everything if sees_saying(who, item, item["before"]) and sees_saying(who, item, item["after"])}
    return None if have == want and everything else "%s too many, %s too few" % (sorted(have - want)[:5], sorted(want - have)[:5])


def show_expected(world, who, client, path):
    """The scheme names no unit as a source, so each reports its own."""
    have = {(item["unit"], item["element"]) for item in client.value["items"]}
    world.client["auditor"].ask("GET", path)
    everything = world.client["auditor"].value["items"]
    want = {(item["unit"], item["element"]) for item in everything if sees_fact(who, {"kind": "observation", "fields": item}, "nobody")}
    return None if have == want and everything else "%s too many, %s too few" % (sorted(have - want)[:5], sorted(want - have)[:5])


def show_burden(world, who, client, path):
    """Each unit reports its own figures, which only a post for an indicator tells apart: such a one is shown none."""
    have = {row["key"] for row in client.value["items"]}
    want = set() if who == "growth" else {unit for unit in "abc" if sees_unit(who, unit)}
    return None if have == want else "%s instead of %s" % (sorted(have), sorted(want))


def show_waiting(world, who, client, path):
    """As what is expected; drafts are told as none, which hides no figure that is not there."""
    def keys(who, sees):
        return {(item["period"], item["unit"], item["element"]) for item in every_page(world, who, path) if sees(item)}
    have = keys(who, lambda item: True)
    want = keys("auditor", lambda item: sees_fact(who, {"kind": "observation", "fields": item}, "nobody"))
    return None if have == want and keys("auditor", lambda item: True) else "%s too many, %s too few" % (sorted(have - want)[:5], sorted(want - have)[:5])


def show_overdue(world, who, client, path):
    """What waits and is late; who answers is told to those who read posts, or are set over all units."""
    have = client.value
    late = sum(1 for item in every_page(world, who, MAIN + "/waiting?limit=200") if item["late"])
    if have["figures"] != late or sum(row["count"] for row in have["items"]) != late or late == 0:
        return "%s figures, not %d" % (have["figures"], late)
    named = any(row["persons"] for row in have["items"])
    may = who in ("office", "committee", "leader", "supervisor", "auditor")
    return None if named == may or who in ("unit", "approver", "lower", "deputy", "t_role") else "names %s" % [row["persons"] for row in have["items"]]


def show_completeness(world, who, client, path):
    """Of each unit what is read of its figures."""
    have = {item["unit"]: item["expected"] for item in client.value["items"]}
    world.client["auditor"].ask("GET", MAIN + "/expected/2021?limit=100")
    want = {}
    for item in world.client["auditor"].value["items"]:
        if sees_fact(who, {"kind": "observation", "fields": item}, "nobody"):
            want[item["unit"]] = want.get(item["unit"], 0) + 1
    return None if have == want else "%s, not %s" % (have, want)


def show_evidence(world, who, client, path):
    have = {item["fields"]["content"]["content"] if isinstance(item["fields"]["content"], dict) else item["fields"]["content"] for item in every_page(world, who, path)}
    wrong = [unit for unit in "abc" if (world.at["evidence " + unit] in have) != (sees_unit(who, unit) and who != "growth")]
    return "evidence of %s" % wrong if wrong else None


def show_evidence_list(world, who, client, path):
    have = {item["digest"] for item in every_page(world, who, path)}
    wrong = [unit for unit in "abc" if (world.at["evidence " + unit] in have) != (sees_unit(who, unit) and who not in ("growth", "cadre"))]
    return "evidence of %s" % wrong if wrong else None


def show_all_of(kind):
    """As many as the auditor is shown."""
    def check(world, who, client, path):
        return None if len(every_page(world, who, path)) == len(every_page(world, "auditor", path)) else "not all"
    return check


def show_entries(world, who, client, path):
    """The list has an entry exactly if it may be read by itself; audit records only one that asks for them."""
    have = {item["position"] for item in every_page(world, who, path)}
    for position in range(0, max(have or {0}) + 1, 1 if who in ("unit", "t_unit", "growth") else 7):
        client.ask("GET", "/api/v1/entries/%d" % position)
        if (client.status == 200 and client.value["kind"] != "audit") != (position in have):
            return "entry %d: %d" % (position, client.status)
    return None


def show_proposals(world, who, client, path):
    have = {item["position"] for item in every_page(world, who, path)}
    wrong = [unit for unit in "abc" if (world.at["proposal " + unit] in have) != sees_unit(who, unit)]
    return "proposals of %s" % wrong if wrong else None


def show_session(world, who, client, path):
    """The posts, and whether they are a deputy's."""
    owner, limits = TOKENS.get(who, (who, {}))
    have = sorted((post["role"], post["unit"] or "", post["assessment"] or "", post["indicator"] or "", "1" if post["deputy"] else "") for post in client.value["posts"])
    want = sorted(post for post in PEOPLE[owner] if post[0] in limits.get("roles", [post[0]]))
    return None if have == want else "%s, not %s" % (have, want)


def show_tokens(world, who, client, path):
    """Those that one has made; a token only itself."""
    names = [item["name"] for item in client.value["items"]]
    want = [who] if who in TOKENS else sorted(name for name, (owner, _) in TOKENS.items() if owner == who)
    return None if sorted(names) == want else str(names)


def show_assessments(world, who, client, path):
    have = [item["id"] for item in client.value["items"]]
    want = {"system": [], "security": [], "town": ["other"], "t_other": ["other"]}.get(who, ["main", "other"])
    return None if have == want else str(have)


def nodes_wrong(who, unit, nodes):
    below = {node for node in nodes if node != "total"}
    if who == "growth":
        return below - set(GROWTH) or not below
    return bool(below) != sees_unit(who, unit)


def show_result(world, who, client, path):
    units = {unit["id"]: unit for group in client.value["groups"] for unit in group["units"]}
    if set(units) != ({"c"} if "unit=c" in path else set("abc")):
        return "the units %s" % sorted(units)
    for name, unit in units.items():
        if "rank" not in unit or "score" not in unit or nodes_wrong(who, name, [node["node"] for node in unit["nodes"]]):
            return "of %s: %s" % (name, unit["nodes"])
    return None


def show_csv(world, who, client, path):
    nodes = {}
    for row in csv.DictReader(io.StringIO(client.text())):
        nodes.setdefault(row["unit"], []).append(row["node"])
    wrong = [unit for unit in nodes if nodes_wrong(who, unit, nodes[unit]) or "total" not in nodes[unit]]
    return str(nodes) if wrong or set(nodes) != set("abc") else None


SHOWS = {
    "session": show_session, "tokens": show_tokens, "entries": show_entries, "proposals": show_proposals, "assessments": show_assessments,
    "facts_observation": show_rows("figures"), "facts_adjustment": show_rows("adjustments"), "facts_evidence": show_evidence, "evidence_list": show_evidence_list, "facts_unit": show_all_of("units"),
    "expected": show_expected, "register": show_expected, "burden": show_burden, "waiting": show_waiting, "overdue": show_overdue, "completeness": show_completeness, "vintages": show_vintages, "revisions": show_revisions,
    "result_now": show_result, "result_posted": show_result, "result_open": show_result, "result_again": show_result, "result_known": show_result, "result_of_c": show_result, "result_csv": show_csv,
}
