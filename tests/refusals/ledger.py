"""The ledger whose server is made to refuse: the assessment `main`, others that lack something, people of several roles, and what was withdrawn, erased or has expired."""
import io
import os
import sqlite3
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), name) for name in ("rights", "accounts", "api")]
from factor import CHEAP  # noqa: E402
from served import Client, NO_LIMITS  # noqa: E402
from world import PEOPLE as POSTS, SCHEME, TABLES, World  # noqa: E402

MAIN = "/api/v1/assessments/main"
# Of the people of World, those who are asked for here; li.wei is the office, and stands in for the administrators.
PEOPLE = ("committee", "unit", "approver", "owner", "growth", "leader", "cadre", "office", "town", "free", "spare")
ZIP = {"Content-Type": "application/zip"}
LINKS = 70  # more than hang together


def figure(unit, element, period, value="1"):
    return {"kind": "observation", "fields": {"unit": unit, "element": element, "period": period, "value": value}}


def archive(*packages):
    """Of (folder, id, changes of its files): without a folder it stands at the top."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for folder, name, changes in packages:
            for path, text in {**TABLES, "scheme.yaml": SCHEME % name, **changes}.items():
                file.writestr(os.path.join(folder, path), text)
    return out.getvalue()


def sheet(rows):
    """With the mapping by which it is read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("sheet.csv", "who,what,when,figure\n" + rows)
        file.writestr("plain.yaml", "baton: 1\nheader: 1\nunit: {column: who}\nelement: {column: what}\nperiod: {column: when}\nvalue: figure\n")
    return out.getvalue()


def facts_of(name, posts=None):
    """Who somebody is, and their posts."""
    facts = [{"kind": "person", "fields": {"id": name, "name": name}}]
    for post in POSTS[name] if posts is None else posts:
        fields = dict(zip(("role", "unit", "assessment", "indicator", "deputy"), post), **{"person": name, "from": "2021-01-01"})
        facts.append({"kind": "post", "fields": {field: value for field, value in fields.items() if value}})
    return facts


def scheme(name, **more):
    return SCHEME % name + "".join("%s: %s\n" % one for one in more.items())


class Ledger(World):
    def __init__(self, program):
        super().__init__(program)
        self.config = NO_LIMITS + CHEAP

    def let_in(self, people):
        """`office` signed in long ago."""
        super().let_in(people)
        self.change("UPDATE account_session SET raised_utc_ms = 0 WHERE person = 'office'")

    def change(self, sql):
        """What no request can do."""
        with sqlite3.connect(self.ledger, timeout=10) as store:
            store.execute(sql)
        store.close()

    def propose(self, fact, person="li.wei", assessment="main"):
        return self.say([fact], assessment, person, propose=True, reason="late")

    def decide(self, proposal):
        committee = self.client["committee"]
        if committee.ask("POST", "/api/v1/proposals/%d/decision" % proposal, {"verdict": "accepted"}) != 201:
            raise SystemExit("not decided: " + committee.text())

    def propose_erasure(self, digest):
        return self.propose({"kind": "erasure", "fields": {"content": digest, "early": "a person asked"}}, assessment=None)

    def erase(self, digest):
        self.decide(self.propose_erasure(digest))

    def fill(self):
        for client in self.client.values():
            client.ask("GET", "/api/v1/session", unchecked=True)
        people = [fact for name in PEOPLE for fact in facts_of(name)]
        more = facts_of("deputy", [("office", "", "", "", "1")])
        self.at["post"] = self.say(people + more) + len(people) + len(more) - 1
        self.client["spare"] = self.sign_in("spare")
        self.first = self.baton("account", self.ledger, "reset", "free").strip()
        self.client["stranger"] = Client(self)
        self.make_tokens()
        self.make_facts()
        self.make_schemes()
        self.make_posting()

    def make_tokens(self):
        for name, limits in (("token", {"roles": ["office"]}), ("narrow", {"roles": ["office"], "units": ["a"]})):
            client = self.client["li.wei"]
            client.ask("POST", "/api/v1/tokens", dict({"name": name, "until": self.in_days(30)}, **limits))
            self.client[name] = Client(self)
            self.client[name].bearer = client.value["token"]

    def make_facts(self):
        maker = self.client["li.wei"]
        self.at["said"] = self.say([figure("a", "said", "2024"), figure("a", "jobs", "2024"), figure("c", "said", "2024"), {"kind": "unit", "fields": {"id": "whole", "name": "全"}}], "main")
        self.at["of c"] = self.at["said"] + 2
        self.say([{"kind": "calendar", "fields": {"frequency": "half", "opens": "1d", "due": "9999d"}}], "main")
        self.say([{"kind": "calendar", "fields": {"frequency": "quarter", "opens": "10d", "due": "1d"}}], "other")
        maker.ask("POST", "/api/v1/entries/%d/correction" % (self.at["said"] + 1), {"withdraw": True, "reason": "a mistake"})
        self.at["gone"] = self.at["said"] + 1
        maker.ask("POST", MAIN + "/evidence?name=a.txt", raw=b"of a", headers={"Content-Type": "text/plain"})
        self.at["kept"] = maker.value["digest"]
        maker.ask("POST", MAIN + "/evidence?name=b.txt", raw=b"of b", headers={"Content-Type": "text/plain"})
        self.at["evidence"] = maker.value["digest"]
        self.erase(self.at["evidence"])
        self.at["erase again"], self.at["erase nothing"] = self.propose_erasure(self.at["evidence"]), self.propose_erasure("0" * 64)
        for name in ("open", "closed", "expired"):
            self.at[name] = self.propose(figure("c", name, "2024"))
        maker.ask("POST", "/api/v1/proposals/%d/withdrawal" % self.at["closed"], {"reason": "a mistake"})
        self.change("UPDATE proposal SET expires_utc_ms = 1 WHERE position = %d" % self.at["expired"])

    def make_schemes(self):
        """`bare` has no scheme, `middle` one without units, a file of that of `torn` is erased; `places` leads to two assessments at one place, `linked` to more than hang together."""
        maker = self.client["li.wei"]
        self.say([figure("a", "made", "2021")], "bare")
        self.at["scheme middle"] = self.say_scheme("middle", {"../place": "other"})
        self.say_scheme("places", {"../place": "main", "../middle": "middle"})
        self.say_scheme("linked", {"../place-%d" % n: "main" for n in range(LINKS)})
        self.at["scheme torn"] = self.say_scheme("torn", {})
        maker.ask("GET", "/api/v1/entries/%d" % self.at["scheme torn"])
        self.erase(maker.value["fields"]["file:scheme.yaml"]["content"])

    def say_scheme(self, name, links):
        return self.say([{"kind": "scheme", "fields": dict({"file:scheme.yaml": SCHEME % name}, **{"link:" + path: to for path, to in links.items()})}], name)

    def make_posting(self):
        """2021 of `main` is posted; of `other` too, and its table erased."""
        maker = self.client["li.wei"]
        for name in ("main", "other"):
            maker.ask("POST", "/api/v1/assessments/%s/postings" % name, {"period": "2021", "reason": "done"})
            self.decide(maker.value["first"])
            maker.ask("GET", "/api/v1/entries?kind=posting&assessment=" + name)
            self.at["posting " + name] = maker.value["items"][0]["position"]
        self.erase(maker.value["items"][0]["fields"]["table"]["content"])
        maker.ask("GET", "/api/v1/entries?kind=scheme&assessment=main")
        self.at["scheme"] = maker.value["items"][0]["position"]
