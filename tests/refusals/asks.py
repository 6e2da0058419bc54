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
    for path in ("/nothing", "/assets/nothing.js"):
        yield "ROUTE_UNKNOWN", "stranger", "GET", path
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
        ("/results/2021/revisions", False, known), ("/results/2021/units/a", True, known + (("INDICATOR_UNKNOWN", "node=nowhere"),)), ("/export", True, known), ("/scheme", True, known + parts[:1]), ("/indicators/growth", True, known),
        ("/scheme/diff", False, ()), ("/events", False, ()), ("/postings/1", False, ()))
    for path, reads, codes in routes:
        query = "?key=a" if "history" in path else "?before=1&after=1" if "diff" in path else ""
        yield "ASSESSMENT_UNKNOWN", "li.wei", "GET", V1 + "/assessments/nothing" + path.replace("%s", "observation") + query
        for code, query in codes:
            yield code, "li.wei", "GET", MAIN + path.replace("%s", "nonsense" if code == "FACT_KIND" else "observation") + ("?" + query if query else "")
        if reads:
            yield "SCHEME_NONE", "li.wei", "GET", V1 + "/assessments/bare" + path
            yield "CONTENT_ERASED", "li.wei", "GET", V1 + "/assessments/torn" + path
    for path in ("/results", "/results/2021", "/results/2021/matrix", "/results/2021/units/a", "/scheme", "/indicators/growth", "/scheme/diff?before=%d&after=%d" % (w.at["scheme middle"], w.at["scheme middle"])):
        yield "NOT_SCORED", "unit", "GET", V1 + "/assessments/middle" + path
    for path in ("/results", "/results/2021", "/results/2021/matrix", "/vintages/observation", "/results/2021/revisions"):
        yield "FORM_UNKNOWN", "li.wei", "GET", MAIN + path, None, picture
    for path in ("", "/matrix", "/revisions", "/units/a"):
        yield "PERIOD_BAD", "li.wei", "GET", MAIN + "/results/2021-13" + path
    yield "INDICATOR_UNKNOWN", "li.wei", "GET", MAIN + "/indicators/nowhere"
    for path in ("/results", "/results/2021"):
        yield "INDICATOR_UNKNOWN", "li.wei", "GET", MAIN + path + "?node=nowhere"
        yield "OPTIONS_APART", "li.wei", "GET", MAIN + path + "?node=growth&format=xlsx"
    for unit, code in (("nowhere", "UNIT_UNKNOWN"), ("whole", "UNIT_NOT_RANKED")):
        yield code, "li.wei", "GET", MAIN + "/results/2021/units/" + unit
    yield "READING_LACKING", "cadre", "GET", MAIN + "/vintages/observation"
    yield "READING_LACKING", "growth", "GET", MAIN + "/export"


def calendars(w):
    """`other` has a rule that ends before it begins, `main` one that leads out of the years."""
    at, main = V1 + "/assessments/%s/calendar", MAIN + "/calendar"
    for path in (main, MAIN + "/expected/2021", MAIN + "/waiting", MAIN + "/overdue"):
        yield "NOT_SCORED", "li.wei", "GET", path.replace("/main/", "/middle/")
        yield "ASSESSMENT_UNKNOWN", "li.wei", "GET", path.replace("/main/", "/nothing/")
    yield "KNOWN_BAD", "li.wei", "GET", main + "?known=yesterday"
    yield "ENTRY_UNKNOWN", "li.wei", "GET", main + "?known=%d" % FAR
    yield "CALENDAR_ORDER", "li.wei", "GET", at % "other"
    yield "CALENDAR_NO_DAY", "li.wei", "GET", main + "?year=2999"
    yield "PERIOD_BAD", "li.wei", "GET", MAIN + "/expected/2021-13"
    yield "READING_LACKING", "cadre", "GET", MAIN + "/expected/2021"
    yield "READING_LACKING", "cadre", "GET", MAIN + "/waiting"
    yield "READING_LACKING", "cadre", "GET", MAIN + "/overdue"
    for path in ("/register", "/register/twice", "/register/assessments", "/burden"):
        yield "READING_LACKING", "cadre", "GET", V1 + path
    yield "READING_LACKING", "unit", "GET", MAIN + "/waiting?person=li.wei"
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
    trial = V1 + "/assessments/%s/scheme/trial"
    for code, who, name in (("ASSESSMENT_UNKNOWN", "li.wei", "nothing"), ("READING_LACKING", "growth", "main"), ("SCHEME_NONE", "li.wei", "bare"), ("CONTENT_ERASED", "li.wei", "torn")):
        yield code, who, "POST", trial % name, archive(("", "main", {}))
        if code in ("ASSESSMENT_UNKNOWN", "READING_LACKING"):
            yield code, who, "GET", trial % name + "?proposal=%d" % w.at["said"]
    yield "PACKAGE_OUTSIDE", "li.wei", "POST", trial % "main", outside
    curve, method = V1 + "/assessments/%s/indicators/%s/curve", {"method": "{kind: range}"}
    for code, who, name in (("ASSESSMENT_UNKNOWN", "li.wei", "nothing"), ("READING_LACKING", "growth", "main"), ("SCHEME_NONE", "li.wei", "bare"), ("CONTENT_ERASED", "li.wei", "torn")):
        yield code, who, "POST", curve % (name, "growth"), method
    yield "INDICATOR_UNKNOWN", "li.wei", "POST", curve % ("main", "nowhere"), method
    yield "INDICATOR_INNER", "li.wei", "POST", curve % ("main", "total"), method
    for code, more in (("GROUP_UNKNOWN", {"group": "nowhere"}), ("UNIT_UNKNOWN", {"unit": "nowhere"}), ("UNIT_NOT_RANKED", {"unit": "whole"})):
        yield code, "li.wei", "POST", curve % ("main", "growth"), dict(method, **more)
    for number in (w.at["said"], FAR):
        yield "PROPOSAL_UNKNOWN", "li.wei", "GET", trial % "main" + "?proposal=%d" % number
    yield from drafts(w)
    yield "IMPORT_OTHER", "li.wei", "POST", to, archive(("", "other", {}))
    yield "IMPORT_DIFFERS", "li.wei", "POST", to, archive(("", "main", other))
    yield "IMPORT_SCHEME_DIFFERS", "li.wei", "POST", to, archive(("", "main", {"scheme.yaml": SCHEME.replace("Example", "Another") % "main"}))
    yield "IMPORT_WITHDRAWN", "li.wei", "POST", to, archive(("", "main", {"observations.csv": TABLES["observations.csv"] + "a,jobs,2024,1\n"}))
    twice = archive(("x", "fresh", {"scheme.yaml": scheme("fresh", imports="{one: ../y, two: ../z}")}), ("y", "twice", {}), ("z", "twice", other))
    yield "IMPORT_ID_TWICE", "li.wei", "POST", V1 + "/assessments/fresh/import?folder=x", twice


def drafts(w):
    """One that is saved once, and one of which nobody knows; then as many as an assessment may have."""
    to, client, empty = MAIN + "/drafts", w.client["li.wei"], b"PK\5\6" + bytes(18)
    client.ask("POST", to + "?name=one", raw=empty, headers={"Content-Type": "application/zip"})
    there, none = to + "/" + client.value["id"], to + "/0000000000000000"
    for method, path, body in (("GET", to, None), ("POST", to + "?name=x", empty), ("GET", there, None), ("PUT", there + "?revision=1", empty), ("DELETE", there + "?revision=1", None)):
        yield "ASSESSMENT_UNKNOWN", "li.wei", method, path.replace("/main/", "/nothing/"), body
        if path != to and method != "POST":
            yield "DRAFT_UNKNOWN", "li.wei", method, path.replace(there, none), body
        if "revision" in path:
            yield "DRAFT_MEANWHILE", "li.wei", method, path.replace("revision=1", "revision=7"), body
    yield "ARCHIVE_NONE", "li.wei", "POST", to + "?name=x", b"no archive"
    for number in range(19):
        client.ask("POST", to + "?name=%d" % number, raw=empty, headers={"Content-Type": "application/zip"})
    yield "DRAFTS_FULL", "li.wei", "POST", to + "?name=x", empty


def sheets(w):
    to = V1 + "/assessments/%s/import-sheet"
    csv = {"Content-Type": "text/csv"}
    for code, who, name, rows in (("ASSESSMENT_UNKNOWN", "li.wei", "nothing", ""), ("READING_LACKING", "growth", "main", ""), ("SCHEME_NONE", "li.wei", "bare", "a,jobs,2024,1\n"), ("CONTENT_ERASED", "li.wei", "torn", "a,jobs,2024,1\n"),
                                  ("IMPORT_DIFFERS", "li.wei", "main", "a,jobs,2022,9\n"), ("IMPORT_WITHDRAWN", "li.wei", "main", "a,jobs,2024,1\n")):
        yield code, who, "POST", to % name, sheet(rows)
    yield "SHEET_ARCHIVE", "li.wei", "POST", to % "main", archive(("", "main", {}))
    yield "MAPPING_UNKNOWN", "li.wei", "POST", to % "main" + "?mapping=none", b"a,b\n", csv


def reports(w):
    """Steps that may not be taken, by the route that makes them; as facts they are none."""
    to = MAIN + "/collection/2040"

    def item(at=None, **more):
        return dict({"unit": "a", "element": "jobs"}, **({"at": at} if at else {}), **more)

    def asked(code, who, act, one, period="2040"):
        return code, who, "POST", MAIN + "/collection/" + period, {"act": act, "items": [one]}

    def done(who, act, one):
        status = w.client[who].ask("POST", to, {"act": act, "items": [one]})
        if status != 201:
            raise SystemExit("not stored: " + w.client[who].text())
        return w.client[who].value["first"]

    yield asked("PERIOD_UNOPENED", "unit", "draft", item(value="1"))
    w.say([{"kind": "period", "fields": {"period": "2041", "opens": "2021-01-01", "due": "2021-01-02"}}, {"kind": "period", "fields": {"period": "2040", "opens": "2021-01-01", "due": "2999-12-31"}}], "main")
    yield asked("PERIOD_SHUT", "unit", "draft", item(value="1"), "2041")
    w.client["li.wei"].ask("GET", V1 + "/assessments/main/facts/period/history?key=2041")
    yield "PERIOD_DUE", "office", "POST", V1 + "/entries/%d/correction" % w.client["li.wei"].value["items"][-1]["position"], {"fields": {"due": "2999-12-31"}, "reason": "late"}
    yield asked("FIGURE_UNEXPECTED", "unit", "draft", {"unit": "a", "element": "nothing", "value": "1"})
    yield asked("FIGURE_BAD", "unit", "draft", item(value="abc"))
    yield asked("STAGE_WRONG", "unit", "submit", item())
    yield "COLLECTED", "unit", "POST", FACTS, {"assessment": "main", "facts": [figure("a", "jobs", "2040")]}
    fields = {"unit": "a", "element": "jobs", "period": "2040", "reporter": "a", "stage": "draft", "value": "1"}
    yield "REPORT_ELSEWHERE", "unit", "POST", FACTS, {"assessment": "main", "facts": [{"kind": "report", "fields": fields}]}
    draft = done("approver", "draft", item(value="1"))
    yield "REPORT_ELSEWHERE", "approver", "POST", V1 + "/entries/%d/correction" % draft, {"fields": {"value": "2"}, "reason": "by hand"}
    yield asked("SIGN_OWN", "approver", "sign", item(draft))
    for code, value in (("CHECK_FAILED", "-1"), ("CHECK_UNJUSTIFIED", "5000")):
        draft = done("unit", "draft", item(draft, value=value))
        yield asked(code, "approver", "sign", item(draft))
    draft = done("unit", "draft", item(draft, value="2"))
    submitted = done("unit", "submit", item(done("approver", "sign", item(draft))))
    yield asked("VERIFIER_OTHER", "owner", "verify", item(submitted))
    yield asked("REPORT_MEANWHILE", "unit", "draft", item(draft))
    yield "FIGURE_TWICE", "unit", "POST", to, {"act": "draft", "items": [item(draft)] * 2}
    yield asked("PERIOD_BAD", "unit", "draft", item(), "2021-13")
    yield "NOT_SCORED", "li.wei", "POST", to.replace("/main/", "/middle/"), {"act": "accept", "items": [item(draft)]}
    yield "ASSESSMENT_UNKNOWN", "li.wei", "POST", to.replace("/main/", "/nothing/"), {"act": "accept", "items": [item(draft)]}


def checks(w):
    """Figures that are only looked at."""
    def asked(code, *items, to=MAIN + "/checks/2040"):
        return code, "unit", "POST", to, {"items": list(items)}

    one = {"unit": "a", "element": "jobs", "value": "1"}
    yield asked("PERIOD_BAD", one, to=MAIN + "/checks/2021-13")
    yield asked("ASSESSMENT_UNKNOWN", one, to=V1 + "/assessments/nothing/checks/2040")
    yield asked("FIGURE_BAD", dict(one, value="1,234"))
    yield asked("FIGURE_TWICE", one, one)
    yield asked("FIGURE_UNEXPECTED", dict(one, element="nothing"))
    yield asked("READING_LACKING", dict(one, unit="c"))
    yield "NOT_SCORED", "unit", "POST", V1 + "/assessments/middle/checks/2040", {"items": [one]}


def counts(w):
    """Of how figures come in."""
    to = MAIN + "/completeness"
    for path, method, body in ((to, "GET", None), (to + "/figures", "POST", {"period": "2021"})):
        for code, name in (("ASSESSMENT_UNKNOWN", "nothing"), ("NOT_SCORED", "middle")):
            yield (code, "li.wei", method, path.replace("/main/", "/%s/" % name)) + ((body,) if body else ())
    yield "READING_LACKING", "cadre", "GET", to
    for code, name in (("ASSESSMENT_UNKNOWN", "nothing"), ("NOT_SCORED", "middle")):
        yield code, "li.wei", "GET", V1 + "/assessments/%s/stale" % name
    yield "COUNT_NOTHING", "li.wei", "POST", to + "/figures", {"period": "2021"}


def forms(w):
    """Forms that cannot be given out, or not taken in: everything that may be wrong with a sheet is in tests/collect/forms.py too, with its cell."""
    to = MAIN + "/collection/2040/form"
    csv = {"Content-Type": "text/csv"}

    def form(row="a,jobs,3,,,", period="2040", columns="unit,element,value,state,at,note", check="check,rows,1", rows=1):
        return ("a form\nbaton-form 1; ledger=%s; assessment=main; period=%s; reporter=a; language=en; made=2021; rows=%d\n%s\n%s\n%s\n" % ("city", period, rows, check, columns, row)).encode()

    def sent(code, body, query=""):
        return code, "unit", "POST", to + query, body, csv

    yield "FORM_REPORTER", "li.wei", "GET", to
    yield "FORM_UNKNOWN", "unit", "GET", to, None, {"Accept": "image/png"}
    yield "PERIOD_BAD", "unit", "GET", MAIN + "/collection/2021-13/form"
    yield "ASSESSMENT_UNKNOWN", "unit", "GET", to.replace("/main/", "/nothing/")
    yield "NOT_SCORED", "li.wei", "GET", to.replace("/main/", "/middle/") + "?reporter=a"
    yield "READING_LACKING", "cadre", "GET", to + "?reporter=a"
    yield "PERIOD_BAD", "unit", "POST", MAIN + "/collection/2021-13/form", form(), csv
    yield "ASSESSMENT_UNKNOWN", "unit", "POST", to.replace("/main/", "/nothing/"), form(), csv
    for code, body in (("FORM_NONE", b"a,b\n1,2\n"), ("FORM_ROWS_MANY", b"a\n" * 200001), ("FORM_OTHER", form(period="2041")), ("FORM_COLUMN_UNKNOWN", form(columns="unit,element,value,state,at,remarks")), ("FORM_COLUMN_TWICE", form(columns="unit,element,value,state,at,unit")),
                       ("FORM_COLUMN_MISSING", form(columns="unit,element,value,state,note,x_at")), ("FORM_ROWS_DIFFER", form(rows=2)), ("FORM_CHECK_MISSING", form(check="check")), ("FORM_CHECK_DIFFERS", form(check="check,rows,1,sum,9")),
                       ("FORM_CELL_CHANGED", form("a,jobs,3,,,Fruit", columns="unit,element,value,state,at,indicator")), ("FORM_ROW_NAMELESS", form("a,,3,,,")), ("FORM_STATE_BAD", form("a,jobs,,holiday,,")), ("FORM_STEP_BAD", form("a,jobs,3,,x,")),
                       ("FORM_VALUE_AND_STATE", form("a,jobs,3,na,,why")), ("FORM_TEXT_LONG", form("a,jobs,3,,," + "n" * 2001)), ("TABLE_COLUMN_NAMELESS", form("a,jobs,3,,,,stray")), ("FIGURE_BAD", form("a,jobs,three,,,")),
                       ("FIGURE_UNEXPECTED", form("a,nothing,3,,,")), ("REASON_NEEDED", form("a,jobs,,na,,")), ("FIGURE_TWICE", form("a,jobs,3,,,\na,jobs,4,,,", check="check,rows,2", rows=2)), ("READING_LACKING", form("c,jobs,3,,,")),
                       ("STAGE_WRONG", form("a,jobs,3,,,")), ("REPORT_MEANWHILE", form("a,jobs,3,,1,"))):
        yield sent(code, body, "?over=1" if code == "STAGE_WRONG" else "")
    yield "NOT_SCORED", "unit", "POST", to.replace("/main/", "/middle/"), form(), csv
    yield "FORM_UNKNOWN", "unit", "POST", to + "?beside=1&over=1", form("a,jobs,,,,"), dict(csv, Accept="image/png")
    yield sent("MAPPING_UNKNOWN", b"a,b\n", "?mapping=none")
    yield sent("OPTIONS_APART", b"a,b\n", "?mapping=none&beside=1")


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
    for code, element, due in (("EXCEPTION_UNKNOWN", "nothing", "2999-12-31"), ("EXCEPTION_NOT_LATER", "jobs", "2021-01-02")):
        yield said(code, {"kind": "exception", "fields": {"period": "2041", "unit": "a", "element": element, "due": due}}, propose=True, reason="late")
    yield said("FACT_TOO_LARGE", [figure("b", "e%d" % n, "2024") for n in range(600)], propose=True, reason="late")
    yield said("EVIDENCE_TERM", {"kind": "erasure", "fields": {"content": w.at["kept"]}}, assessment=None, propose=True, reason="no more")
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
    for code, name, content in (("EVIDENCE_EMPTY", "a.txt", b""), ("EVIDENCE_TYPE", "a.txt", b"#!/bin/sh\n"), ("EVIDENCE_CONTRADICTS", "a.pdf", b"a text"), ("EVIDENCE_NAME", "..", b"a text")):
        yield code, "li.wei", "POST", MAIN + "/evidence?name=" + name, content, {"Content-Type": "application/octet-stream"}
    yield "ASSESSMENT_UNKNOWN", "town", "GET", MAIN + "/evidence"
    yield "INDICATOR_UNKNOWN", "li.wei", "GET", MAIN + "/evidence?indicator=nonsense"
    yield "NOT_SCORED", "unit", "GET", V1 + "/assessments/middle/evidence?indicator=total"
    yield "RANGE_OUTSIDE", "li.wei", "GET", V1 + "/contents/" + w.at["kept"], None, {"Range": "bytes=99-"}
    yield "ASSESSMENT_UNKNOWN", "li.wei", "POST", V1 + "/assessments/nothing/postings", {"period": "2021", "reason": "done"}
    for code, known in (("KNOWN_BAD", "soon"), ("ENTRY_UNKNOWN", FAR)):
        yield code, "li.wei", "POST", MAIN + "/postings?known=%s" % known, {"period": "2021", "reason": "done"}
    yield "SCHEME_NONE", "li.wei", "POST", V1 + "/assessments/bare/postings", {"period": "2021", "reason": "done"}
    yield "CONTENT_ERASED", "li.wei", "POST", V1 + "/assessments/torn/postings", {"period": "2021", "reason": "done"}
