"""What is asked, and the code that it is refused with: who asks, what, of which address, and what is sent along. Bodies of bytes are archives."""
from ledger import MAIN, SCHEME, TABLES, archive, figure, scheme, sheet

V1 = "/api/v1"
SESSION, FACTOR, ACCOUNTS, TOKENS, FACTS = V1 + "/session", V1 + "/session/factor", V1 + "/accounts", V1 + "/tokens", V1 + "/facts"
FAR = 99999999
XLSX = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def strangers(w):
    """What is refused before anybody is known, and of passwords."""
    right = {"person": "spare", "password": w.passwords["spare"]}
    wrong = dict(right, password="not the password")
    yield "CODE_NUMBER_UNKNOWN", "stranger", "GET", V1 + "/codes/9999"
    yield "SIGN_IN_REFUSED", "stranger", "POST", SESSION, wrong
    yield "SIGN_IN_REFUSED", "stranger", "POST", SESSION + "/password", dict(wrong, new_password="wanwu-shengzhang-3")
    for code, password in (("PASSWORD_SHORT", "kurz-9"), ("PASSWORD_LONG", "长" * 60), ("PASSWORD_COMMON", "aaaaaaaaaaaa"), ("PASSWORD_NAMED", "die-spare-von-21"), ("PASSWORD_USED", right["password"])):
        yield code, "stranger", "POST", SESSION + "/password", dict(right, new_password=password)
    yield "SIGN_IN_REFUSED", "spare", "POST", SESSION + "/raise", {"password": "not the password"}
    yield "SIGN_IN_REFUSED", "spare", "POST", FACTOR + "/off", {"password": "not the password"}


def factors(w):
    """With a second factor that `spare` has turned on, and one that nobody has."""
    right = {"person": "spare", "password": w.passwords["spare"]}
    yield "SECOND_FACTOR_OFF", "committee", "POST", FACTOR + "/confirm", {"code": "123456"}
    yield "SECOND_FACTOR_ON", "spare", "POST", FACTOR
    yield "SECOND_FACTOR_ON", "spare", "POST", FACTOR + "/confirm", {"code": "123456"}
    yield "SECOND_FACTOR_NEEDED", "stranger", "POST", SESSION, right
    yield "SECOND_FACTOR_NEEDED", "stranger", "POST", SESSION + "/password", dict(right, new_password="wanwu-shengzhang-3")
    yield "SECOND_FACTOR_NEEDED", "spare", "POST", SESSION + "/raise", {"password": right["password"]}
    yield "SECOND_FACTOR_NEEDED", "spare", "POST", FACTOR + "/off", {"password": right["password"]}


def sessions(w):
    for method, path in (("GET", "/sessions"), ("DELETE", "/sessions"), ("DELETE", "/sessions/00000000"), ("POST", "/session/raise"), ("POST", "/session/factor"), ("POST", "/session/factor/confirm"), ("POST", "/session/factor/off"), ("POST", "/tokens")):
        yield "SCOPE_LACKING", "token", method, V1 + path
    yield "SESSION_UNKNOWN", "committee", "DELETE", V1 + "/sessions/00000000"
    yield "PERSON_UNKNOWN", "li.wei", "POST", ACCOUNTS, {"person": "nobody"}
    yield "ACCOUNT_THERE", "li.wei", "POST", ACCOUNTS, {"person": "committee"}
    for method, path in (("POST", "/reset"), ("DELETE", ""), ("GET", "/sessions"), ("DELETE", "/sessions"), ("DELETE", "/sessions/00000000")):
        yield "ACCOUNT_UNKNOWN", "li.wei", method, ACCOUNTS + "/nobody" + path
    yield "SESSION_UNKNOWN", "li.wei", "DELETE", ACCOUNTS + "/committee/sessions/00000000"
    token = {"name": "one", "roles": ["office"], "until": w.in_days(3)}
    for code, change in (("TOKEN_NAME", {"name": "名" * 70}), ("TOKEN_EXPIRY", {"until": w.in_days(400)})):
        yield code, "li.wei", "POST", TOKENS, dict(token, **change)
    yield "TOKEN_UNKNOWN", "li.wei", "DELETE", TOKENS + "/00000000"
    yield "ROUTE_ROLE", "unit", "GET", V1 + "/audit?person=committee"


def journal(w):
    yield "LEDGER_REWRITTEN", "li.wei", "GET", V1 + "/consistency?from=%d" % FAR
    yield "FACT_KIND", "li.wei", "GET", V1 + "/entries?kind=nonsense"
    for path in ("", "/receipt"):
        yield "ENTRY_UNKNOWN", "li.wei", "GET", V1 + "/entries/%d%s" % (FAR, path)
        yield "READING_LACKING", "unit", "GET", V1 + "/entries/%d%s" % (w.at["of c"], path)
    yield "CONTENT_UNKNOWN", "li.wei", "GET", V1 + "/contents/" + "0" * 64
    yield "CONTENT_ERASED", "li.wei", "GET", V1 + "/contents/" + w.at["evidence"]
    of = V1 + "/proposals/%s/"
    for path, body in (("decision", {"verdict": "accepted"}), ("withdrawal", {"reason": "a mistake"})):
        yield "PROPOSAL_UNKNOWN", "li.wei", "POST", of % FAR + path, body
        yield "PROPOSAL_CLOSED", "li.wei", "POST", of % w.at["closed"] + path, body
    yield "PROPOSAL_EXPIRED", "committee", "POST", of % w.at["expired"] + "decision", {"verdict": "accepted"}
    for code, name in (("CONTENT_UNKNOWN", "erase nothing"), ("CONTENT_ERASED", "erase again")):
        yield code, "committee", "POST", of % w.at[name] + "decision", {"verdict": "accepted"}
    yield "DECISION_OWN", "li.wei", "POST", of % w.at["open"] + "decision", {"verdict": "accepted"}
    yield "DECISION_DEPUTY", "deputy", "POST", of % w.at["open"] + "decision", {"verdict": "accepted"}
    yield "WITHDRAWAL_OTHER", "committee", "POST", of % w.at["open"] + "withdrawal", {"reason": "a mistake"}


def results(w):
    """Of what is read: which assessment, as known when, of which period, group and unit, in which form."""
    picture = {"Accept": "image/png"}
    known = (("KNOWN_BAD", "known=tomorrow"), ("ENTRY_UNKNOWN", "known=%d" % FAR))
    parts = (("GROUP_UNKNOWN", "group=nowhere"), ("UNIT_UNKNOWN", "unit=nowhere"), ("UNIT_NOT_RANKED", "unit=whole"))
    routes = (
        ("", False, ()), ("/facts/%s", False, known + (("FACT_KIND", None),)), ("/facts/%s/history", False, (("FACT_KIND", "key=a"), ("NOTHING_SAID", "key=a,nothing,2021"))),
        ("/results", True, known + parts), ("/results/2021", True, known + parts), ("/results/2021/matrix", True, known + parts), ("/vintages/%s", False, known + (("FACT_KIND", None),)),
        ("/results/2021/revisions", False, known), ("/results/2021/units/a", True, known + (("INDICATOR_UNKNOWN", "node=nowhere"),)), ("/export", True, known), ("/scheme", True, known + parts[:1]),
        ("/scheme/diff", False, ()), ("/events", False, ()), ("/postings/1", False, ()))
    for path, reads, codes in routes:
        query = "?key=a" if "history" in path else "?before=1&after=1" if "diff" in path else ""
        yield "ASSESSMENT_UNKNOWN", "li.wei", "GET", V1 + "/assessments/nothing" + path.replace("%s", "observation") + query
        for code, query in codes:
            yield code, "li.wei", "GET", MAIN + path.replace("%s", "nonsense" if code == "FACT_KIND" else "observation") + ("?" + query if query else "")
        if reads:
            yield "SCHEME_NONE", "li.wei", "GET", V1 + "/assessments/bare" + path
            yield "CONTENT_ERASED", "li.wei", "GET", V1 + "/assessments/torn" + path
    for path in ("/results", "/results/2021", "/results/2021/matrix", "/results/2021/units/a", "/scheme", "/scheme/diff?before=%d&after=%d" % (w.at["scheme middle"], w.at["scheme middle"])):
        yield "NOT_SCORED", "unit", "GET", V1 + "/assessments/middle" + path
    for path in ("/results", "/results/2021", "/results/2021/matrix", "/vintages/observation", "/results/2021/revisions"):
        yield "FORM_UNKNOWN", "li.wei", "GET", MAIN + path, None, picture
    for path in ("", "/matrix", "/revisions", "/units/a"):
        yield "PERIOD_BAD", "li.wei", "GET", MAIN + "/results/2021-13" + path
    for unit, code in (("nowhere", "UNIT_UNKNOWN"), ("whole", "UNIT_NOT_RANKED")):
        yield code, "li.wei", "GET", MAIN + "/results/2021/units/" + unit
    yield "READING_LACKING", "cadre", "GET", MAIN + "/vintages/observation"
    yield "READING_LACKING", "growth", "GET", MAIN + "/export"


def calendars(w):
    """`other` has a rule that ends before it begins, `main` one that leads out of the years."""
    at, main = V1 + "/assessments/%s/calendar", MAIN + "/calendar"
    for path in (main, MAIN + "/expected/2021"):
        yield "NOT_SCORED", "li.wei", "GET", path.replace("/main/", "/middle/")
        yield "ASSESSMENT_UNKNOWN", "li.wei", "GET", path.replace("/main/", "/nothing/")
    yield "KNOWN_BAD", "li.wei", "GET", main + "?known=yesterday"
    yield "ENTRY_UNKNOWN", "li.wei", "GET", main + "?known=%d" % FAR
    yield "CALENDAR_ORDER", "li.wei", "GET", at % "other"
    yield "CALENDAR_NO_DAY", "li.wei", "GET", main + "?year=2999"
    yield "PERIOD_BAD", "li.wei", "GET", MAIN + "/expected/2021-13"
    yield "READING_LACKING", "cadre", "GET", MAIN + "/expected/2021"
    yield "ASSESSMENT_UNKNOWN", "li.wei", "POST", at % "nothing", {"year": 2021}
    yield "NOT_SCORED", "li.wei", "POST", at % "middle", {"year": 2021}
    yield "CALENDAR_ORDER", "li.wei", "POST", at % "other", {"periods": ["2021-Q1"]}
    yield "CALENDAR_NO_DAY", "li.wei", "POST", main, {"periods": ["2999-H2"]}
    w.client["li.wei"].ask("POST", main, {"periods": ["2021"]})
    yield "SUBMISSION_EMPTY", "li.wei", "POST", main, {"periods": ["2021"]}


def documents(w):
    """Events, packages out, postings, schemes."""
    yield "PERIOD_NOT_LIVE", "li.wei", "GET", MAIN + "/events?period=1999-01"
    yield "NUMBER_BAD", "li.wei", "GET", MAIN + "/events", None, {"Last-Event-ID": "none"}
    for code, tables in (("ASSESSMENT_UNKNOWN", "nothing"), ("PERIOD_BAD", "main/2021-13"), ("PERIOD_NOT_LIVE", "main/1999-01")):
        yield code, "li.wei", "GET", V1 + "/events?tables=" + tables
    yield "NUMBER_BAD", "li.wei", "GET", V1 + "/events?tables=main", None, {"Last-Event-ID": "none"}
    yield "EXPORT_PLACES", "li.wei", "GET", V1 + "/assessments/places/export"
    yield "LINKS_TOO_MANY", "li.wei", "GET", V1 + "/assessments/linked/export"
    yield "EXPORT_SEVERAL", "li.wei", "GET", V1 + "/assessments/middle/export?format=xlsx"
    posted = V1 + "/assessments/%s/postings/%d"
    yield "POSTING_UNKNOWN", "li.wei", "GET", posted % ("main", w.at["said"])
    yield "READING_LACKING", "unit", "GET", posted % ("main", w.at["posting main"])
    yield "CONTENT_ERASED", "li.wei", "GET", posted % ("other", w.at["posting other"])
    yield "SCHEME_VERSION", "li.wei", "GET", MAIN + "/scheme/diff?before=%d&after=%d" % (w.at["scheme"], FAR)
    yield "CONTENT_ERASED", "li.wei", "GET", V1 + "/assessments/torn/scheme/diff?before=%d&after=%d" % (w.at["scheme torn"], w.at["scheme torn"])


def packages(w):
    """Packages in, and those that are only looked at."""
    to, other = MAIN + "/import", {"observations.csv": TABLES["observations.csv"].replace("a,made,2021,", "a,made,2021,9")}
    yield "ASSESSMENT_UNKNOWN", "town", "POST", V1 + "/assessments/nothing/import", archive(("", "nothing", {}))
    outside = archive(("", "main", {"scheme.yaml": scheme("main", imports="{far: ../../far}")}))
    for path in (to, V1 + "/packages/score"):
        yield "PACKAGE_OUTSIDE", "li.wei", "POST", path, outside
    yield "IMPORT_OTHER", "li.wei", "POST", to, archive(("", "other", {}))
    yield "IMPORT_DIFFERS", "li.wei", "POST", to, archive(("", "main", other))
    yield "IMPORT_SCHEME_DIFFERS", "li.wei", "POST", to, archive(("", "main", {"scheme.yaml": SCHEME.replace("Example", "Another") % "main"}))
    yield "IMPORT_WITHDRAWN", "li.wei", "POST", to, archive(("", "main", {"observations.csv": TABLES["observations.csv"] + "a,jobs,2024,1\n"}))
    twice = archive(("x", "fresh", {"scheme.yaml": scheme("fresh", imports="{one: ../y, two: ../z}")}), ("y", "twice", {}), ("z", "twice", other))
    yield "IMPORT_ID_TWICE", "li.wei", "POST", V1 + "/assessments/fresh/import?folder=x", twice


def sheets(w):
    to = V1 + "/assessments/%s/import-sheet"
    csv = {"Content-Type": "text/csv"}
    for code, who, name, rows in (("ASSESSMENT_UNKNOWN", "li.wei", "nothing", ""), ("READING_LACKING", "growth", "main", ""), ("SCHEME_NONE", "li.wei", "bare", "a,jobs,2024,1\n"), ("CONTENT_ERASED", "li.wei", "torn", "a,jobs,2024,1\n"),
                                  ("IMPORT_DIFFERS", "li.wei", "main", "a,jobs,2022,9\n"), ("IMPORT_WITHDRAWN", "li.wei", "main", "a,jobs,2024,1\n")):
        yield code, who, "POST", to % name, sheet(rows)
    yield "SHEET_ARCHIVE", "li.wei", "POST", to % "main", archive(("", "main", {}))
    yield "MAPPING_UNKNOWN", "li.wei", "POST", to % "main" + "?mapping=none", b"a,b\n", csv


def reports(w):
    """Steps that may not be taken: as facts, and by the route that makes them."""
    to = MAIN + "/collection/2040"

    def report(stage, corrects=None, element="jobs", **more):
        fields = dict({"unit": "a", "element": element, "period": "2040", "reporter": "a", "stage": stage, "value": "1"}, **more)
        if corrects:
            fields["@corrects"] = str(corrects)
        return {"kind": "report", "fields": {name: text for name, text in fields.items() if text}}

    def said(code, who, fact):
        return code, who, "POST", FACTS, {"assessment": "main", "facts": [fact]}

    def store(who, fact):
        status = w.client[who].ask("POST", FACTS, {"assessment": "main", "facts": [fact]})
        if status != 201:
            raise SystemExit("not stored: " + w.client[who].text())
        return w.client[who].value["first"]

    yield said("PERIOD_UNOPENED", "unit", report("draft"))
    store("li.wei", {"kind": "period", "fields": {"period": "2041", "opens": "2021-01-01", "due": "2021-01-02"}})
    yield said("PERIOD_SHUT", "unit", report("draft", period="2041"))
    store("li.wei", {"kind": "period", "fields": {"period": "2040", "opens": "2021-01-01", "due": "2999-12-31"}})
    yield said("FIGURE_UNEXPECTED", "unit", report("draft", element="nothing"))
    yield said("FIGURE_BAD", "unit", report("draft", value="abc"))
    yield said("REPORTER_OTHER", "unit", report("draft", unit="c"))
    yield said("STAGE_WRONG", "unit", report("submitted"))
    yield said("COLLECTED", "unit", figure("a", "jobs", "2040"))
    draft = store("approver", report("draft"))
    yield said("SIGN_OWN", "approver", report("signed", draft, drafter="approver"))
    draft = store("unit", report("draft", draft, value="2"))
    yield said("REPORT_CHANGED", "approver", report("signed", draft, drafter="unit"))
    submitted = store("unit", report("submitted", store("approver", report("signed", draft, value="2", drafter="unit")), value="2", drafter="unit"))
    yield said("VERIFIER_OTHER", "owner", report("verified", submitted, value="2", drafter="unit"))
    yield said("REPORT_ALONE", "li.wei", report("accepted", submitted, value="2", drafter="unit"))
    item = {"unit": "a", "element": "jobs", "at": draft}
    yield "REPORT_MEANWHILE", "unit", "POST", to, {"act": "draft", "items": [item]}
    yield "FIGURE_TWICE", "unit", "POST", to, {"act": "draft", "items": [item, item]}
    yield "PERIOD_BAD", "unit", "POST", MAIN + "/collection/2021-13", {"act": "draft", "items": [item]}
    yield "NOT_SCORED", "li.wei", "POST", to.replace("/main/", "/middle/"), {"act": "accept", "items": [item]}
    yield "ASSESSMENT_UNKNOWN", "li.wei", "POST", to.replace("/main/", "/nothing/"), {"act": "accept", "items": [item]}


def facts(w):
    """What may be wrong with facts, and with whoever says them."""
    def said(code, fact, who="li.wei", assessment="main", **more):
        return code, who, "POST", FACTS, dict({"facts": fact if isinstance(fact, list) else [fact]}, **({"assessment": assessment} if assessment else {}), **more)

    def with_fields(**more):
        one = figure("b", "fresh", "2024")
        return dict(one, fields={name: text for name, text in {**one["fields"], **{name.replace("at_", "@"): text for name, text in more.items()}}.items() if text})

    post = {"kind": "post", "fields": {"person": "committee", "role": "auditor", "from": "2021-01-01"}}
    in_force = {"kind": "scheme", "fields": {"file:scheme.yaml": SCHEME % "main", "in_force": "2020-01-01"}}
    yield said("FACT_KIND", {"kind": "nonsense", "fields": {"a": "b"}})
    yield said("FACT_FIELD_UNKNOWN", with_fields(colour="red"))
    yield said("FACT_FIELD_NEEDED", with_fields(unit=None))
    yield said("FACT_FIELD_BAD", with_fields(period="yesterday"))
    yield said("DEADLINES_CROSS", {"kind": "period", "fields": {"period": "2024-01", "opens": "2024-02-01", "due": "2024-01-31"}})
    yield said("FACT_IDENTIFIER", with_fields(), assessment=None)
    yield said("FACT_FIELD_TYPE", {"kind": "proposal", "fields": {"fact:0001": "x"}})
    yield said("FACT_EXISTS", figure("a", "said", "2024"))
    yield said("FACT_SUPERSEDED", with_fields(unit="a", element="jobs", at_corrects=str(w.at["gone"]), at_reason="again"))
    yield said("FACT_SAME", with_fields(unit="a", element="said", at_corrects=str(w.at["said"]), at_reason="again"))
    yield said("REASON_NEEDED", with_fields(unit="a", element="said", value="2", at_corrects=str(w.at["said"])))
    yield said("FACT_TOO_LARGE", [figure("b", "e%d" % n, "2024") for n in range(600)], propose=True, reason="late")
    yield said("CONTENT_UNKNOWN", {"kind": "erasure", "fields": {"content": "none"}}, assessment=None, propose=True, reason="no more")
    yield said("ROLES_APART", post, assessment=None)
    yield said("SESSION_NOT_RAISED", post, "office", assessment=None)
    yield said("RIGHT_LACKING", with_fields(), "leader")
    yield said("RIGHT_UNIT", figure("c", "fresh", "2024"), "unit")
    yield said("RIGHT_INDICATOR", figure("a", "jobs", "2024"), "growth")
    yield said("LOCKED", figure("a", "fresh", "2021"))
    yield said("SCHEME_IN_FORCE", in_force)
    yield said("SCOPE_LACKING", figure("c", "fresh", "2024"), "narrow")
    yield said("REQUEST_KEY_NEEDED", with_fields()) + ({"Idempotency-Key": ""},)
    w.client["li.wei"].ask("POST", FACTS, {"assessment": "main", "facts": [figure("b", "once", "2024")]}, {"Idempotency-Key": "once"})
    yield said("REQUEST_DIFFERS", with_fields()) + ({"Idempotency-Key": "once"},)
    correction = V1 + "/entries/%d/correction"
    yield "ENTRY_UNKNOWN", "li.wei", "POST", correction % FAR, {"fields": {"value": "2"}, "reason": "again"}
    yield "FACT_FIELD_TWICE", "li.wei", "POST", correction % w.at["said"], {"fields": {"@reason": "one"}, "reason": "another"}
    yield "SESSION_NOT_RAISED", "office", "POST", correction % w.at["post"], {"withdraw": True, "reason": "a mistake"}
    yield "ENTRY_UNKNOWN", "li.wei", "POST", V1 + "/posts/%d/handover" % FAR, {"person": "unit", "from": w.in_days(1), "reason": "moved"}
    yield "ASSESSMENT_UNKNOWN", "town", "POST", MAIN + "/evidence?name=a.pdf"
    yield "ASSESSMENT_UNKNOWN", "li.wei", "POST", V1 + "/assessments/nothing/postings", {"period": "2021", "reason": "done"}
    yield "SCHEME_NONE", "li.wei", "POST", V1 + "/assessments/bare/postings", {"period": "2021", "reason": "done"}
    yield "CONTENT_ERASED", "li.wei", "POST", V1 + "/assessments/torn/postings", {"period": "2021", "reason": "done"}
