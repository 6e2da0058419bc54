"""The ledger whose rights are walked: units a (below which b stands) and c in the assessment `main`, of which 2021 is posted and 2022 is open; the assessment `other`; a person for each column of the table."""
import hashlib
import os
import sqlite3
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "api"))
from served import Client, Served  # noqa: E402

SCHEME = """baton: 1
id: %s
title: {zh: 示例, en: Example}
period: 2021
frequency: year
methods:
  plain: {kind: direct}
groups:
  - {id: towns, title: {zh: 乡镇, en: Towns}}
adjustments:
  items:
    - {id: praise, kind: bonus, points: 1, title: {zh: 表扬, en: Praise}}
checks:
  - {id: positive, for: jobs, rule: "x >= 0", severity: hard}
  - {id: most, for: jobs, rule: "x <= 1000", severity: justify}
"""
TABLES = {
    "units.csv": "id,name,name_en,group,parent\na,甲,A,towns,\nb,乙,B,towns,a\nc,丙,C,towns,\n",
    "indicators.csv": "id,name,name_en,parent,weight,method,value\n"
                      "economy,经济,Economy,,60,,\ngrowth,增速,Growth,economy,1,plain,100*made/planned\njobs,就业,Jobs,economy,1,plain,\nopinion,满意度,Opinion,,40,plain,\n",
    "observations.csv": "unit,element,period,value\n" + "".join(
        "%s,%s,%d,%d\n" % (unit, element, year, 50 + 7 * n + 3 * k + year % 5)
        for n, unit in enumerate("abc") for k, element in enumerate(("made", "planned", "jobs", "opinion")) for year in (2021, 2022)),
}

# Who walks: posts (role, unit, assessment, indicator, deputy).
PEOPLE = {
    "free": [],
    "office": [("office", "", "", "", "")],
    "committee": [("committee", "", "", "", "")],
    "unit": [("unit", "a", "", "", "")],
    "approver": [("approver", "a", "", "", "")],
    "lower": [("unit", "b", "", "", "")],
    "owner": [("owner", "bureau", "", "", "")],
    "growth": [("owner", "bureau", "", "growth", "")],
    "leader": [("leader", "", "", "", "")],
    "cadre": [("cadre", "a", "", "", "")],
    "supervisor": [("supervisor", "", "", "", "")],
    "town": [("unit", "a", "other", "", "")],
    "deputy": [("unit", "a", "", "", "1")],
    "both": [("office", "", "", "", ""), ("unit", "a", "", "", "")],
    "spare": [],
    "auditor": [("auditor", "", "", "", "")],
    "system": [("system_admin", "", "", "", "")],
    "security": [("security_admin", "", "", "", "")],  # the last: from then on the office gives no posts
}
# Tokens: whose, and their limits.
TOKENS = {
    "t_role": ("both", {"roles": ["unit"]}),
    "t_other": ("office", {"roles": ["office"], "assessment": "other"}),
    "t_unit": ("office", {"roles": ["office"], "units": ["a"]}),
}
# Which units' figures each may read, where not all; `growth` reads those of one indicator.
UNITS = {"unit": "ab", "approver": "ab", "lower": "b", "deputy": "ab", "t_role": "ab", "t_unit": "a", "cadre": "", "town": "", "t_other": "", "system": "", "security": ""}


def write_package(folder, name):
    path = os.path.join(folder, name)
    os.mkdir(path)
    for file, text in dict(TABLES, **{"scheme.yaml": SCHEME % name}).items():
        with open(os.path.join(path, file), "w", encoding="utf-8") as out:
            out.write(text)
    return path


class World(Served):
    def __init__(self, program):
        super().__init__(program, None)
        self.at, self.client = {}, {}

    def __enter__(self):
        import tempfile
        self.packages = tempfile.TemporaryDirectory(prefix="baton-rights-")
        self.package = write_package(self.packages.name, "main")
        super().__enter__()
        self.baton("import", self.ledger, write_package(self.packages.name, "other"), "--as", "li.wei")
        self.baton("account", self.ledger, "make", "li.wei")
        self.let_in(["li.wei"] + [person for person in PEOPLE if person != "spare"])
        self.start()
        self.fill()
        return self

    def __exit__(self, *what):
        super().__exit__(*what)
        self.packages.cleanup()

    def let_in(self, people):
        """Accounts and sessions as if all had signed in: passwords cost an eighth of a second each, and are tested elsewhere."""
        now = int(time.time() * 1000)
        store = sqlite3.connect(self.ledger)
        for person in people:
            secret = os.urandom(32)
            store.execute("INSERT INTO account SELECT ledger, ?, password, made_utc_ms, changed_utc_ms, 0, 0 FROM account WHERE person = 'li.wei' AND ? <> 'li.wei'", (person, person))
            store.execute("INSERT INTO account_session SELECT ledger, ?, ?, ?, ?, ?, '', '', '' FROM account WHERE person = 'li.wei'",
                          (person, hashlib.sha256(secret).digest(), now, now, now))
            client = Client(self)
            client.cookie = "baton=" + secret.hex()
            self.client[person] = client
        store.commit()
        store.close()

    def say(self, facts, assessment=None, person="li.wei", **more):
        client = self.client[person]
        client.ask("POST", "/api/v1/facts", dict({"facts": facts}, **({"assessment": assessment} if assessment else {}), **more))
        if client.status != 201:
            raise SystemExit("not said: %s" % client.text())
        return client.value["first"]

    def person(self, name):
        facts = [{"kind": "person", "fields": {"id": name, "name": name}}]
        for role, unit, assessment, indicator, deputy in PEOPLE[name]:
            fields = {"person": name, "role": role, "unit": unit, "from": "2021-01-01", "assessment": assessment, "indicator": indicator, "deputy": deputy}
            facts.append({"kind": "post", "fields": {field: value for field, value in fields.items() if value}})
        self.at["post " + name] = self.say(facts) + len(facts) - 1

    def evidence(self, unit):
        client = self.client["li.wei"]
        client.ask("POST", "/api/v1/assessments/main/evidence?name=%s.txt" % unit, raw=b"of " + unit.encode(), headers={"Content-Type": "text/plain"})
        self.at["evidence " + unit] = client.value["digest"]
        self.say([{"kind": "observation", "fields": {"unit": unit, "element": "jobs", "period": "2023", "value": "5", "@evidence": client.value["digest"]}}], "main")

    def draft(self, name):
        client = self.client["li.wei"]
        client.ask("POST", "/api/v1/assessments/main/drafts?name=" + name, raw=b"PK\5\6" + bytes(18), headers={"Content-Type": "application/zip"})
        self.at["draft " + name] = client.value["id"]

    def fill(self):
        maker = self.client["li.wei"]
        for client in self.client.values():
            client.ask("GET", "/api/v1/session", unchecked=True)
        for name in PEOPLE:
            if name not in ("auditor", "system", "security"):
                self.person(name)
        for unit in "abc":
            for element in ("made", "jobs"):
                self.at["%s %s" % (element, unit)] = self.say([{"kind": "observation", "fields": {"unit": unit, "element": element, "period": "2024", "value": "3"}}], "main")
            self.evidence(unit)
            self.at["adjustment " + unit] = self.say([{"kind": "adjustment", "fields": {"unit": unit, "item": "praise", "period": "2022", "reason": "good"}}], "main")
            self.at["proposal " + unit] = self.say([{"kind": "observation", "fields": {"unit": unit, "element": "made", "period": "2025", "value": "4"}}], "main", propose=True, reason="late")
        for who in list(PEOPLE) + list(TOKENS):
            for unit in "abc":
                self.at["mended %s %s" % (unit, who)] = self.say([{"kind": "observation", "fields": {"unit": unit, "element": "mended-" + who, "period": "2022", "value": "1"}}], "main")
            self.at["decided " + who] = self.say([{"kind": "observation", "fields": {"unit": "c", "element": "decided-" + who, "period": "2022", "value": "1"}}], "main", propose=True, reason="late")
        self.say([{"kind": "period", "fields": {"period": str(year), "opens": "2021-01-01", "due": "2999-12-31"}} for year in range(2140, 2140 + 2 * len(PEOPLE))], "main")
        self.say([{"kind": "period", "fields": {"period": "2139", "opens": "2021-01-01", "due": "2021-02-01"}}], "main")  # overdue
        maker.ask("GET", "/api/v1/entries?kind=scheme&assessment=main")
        self.at["scheme"] = maker.value["items"][0]["position"]
        for name in ("shown", "saved", "discarded"):
            self.draft(name)
        self.stop()
        self.baton("score", "--post", "--ledger", self.ledger, "--assessment", "main", "--period", "2021", "--reason", "done", "--as", "li.wei")
        self.start()
        maker.ask("GET", "/api/v1/proposals?limit=1")
        self.client["committee"].ask("POST", "/api/v1/proposals/%d/decision" % maker.value["items"][0]["position"], {"verdict": "accepted"})
        maker.ask("GET", "/api/v1/entries?kind=posting")
        self.at["posting"] = maker.value["items"][0]["position"]
        self.at["table"] = maker.value["items"][0]["fields"]["table"]
        for name, (owner, limits) in TOKENS.items():
            client = self.client[owner]
            client.ask("POST", "/api/v1/tokens", dict({"name": name, "until": self.in_days(30)}, **limits))
            program = Client(self)
            program.bearer = client.value["token"]
            self.client[name] = program
        for name in ("auditor", "system", "security"):
            self.person(name)
        self.client["stranger"] = Client(self)
