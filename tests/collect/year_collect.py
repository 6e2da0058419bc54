"""How a period is collected: drafts by clerks, one by one or by a form, some with the file that they rest on; signatures, submissions, returns with reasons, verifying, accepting, figures that come late, exceptions, locks.

The books that are kept beside it (year_books.py) say what is asked and what became of it, for all that the server has to tell in the end."""
import concurrent.futures
import decimal
import threading
import time
from urllib.parse import quote

from form_sheets import csv_of, csv_rows, fill, media_of, rows_of, workbook_of
from served import tell
from year_books import Books
from year_package import periods_of
from year_people import chance

SECONDS = 30  # within which a result has what was accepted
LATE, MISTAKEN, THRICE = 9, 37, 211  # one in so many: reporters that are late, figures that are drafted wrong, and such as are wrong until the office decides
BY_FORM, FILED, SHARED = 3, 29, 11  # one in so many: reporters that fill in a form, figures with a file of their own, and with one that others of the same reporter rest on too
SHARED_MOST = 20  # figures that rest on one file: a report and a figure each, of which a list names fifty
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n"
FIGURE = ("value", "state", "source", "document")


def is_same(one, other):
    """As numbers, where both are: a spreadsheet has no noughts at the end."""
    try:
        return decimal.Decimal(one) == decimal.Decimal(other)
    except decimal.InvalidOperation:
        return one == other


class Collected:
    """One assessment over HTTP; `package` has what is true."""

    def __init__(self, people, package, only=None, periods=None, late=()):
        self.people, self.package, self.only = people, package, only  # only these units report; None = all do
        self.periods, self.late = periods or periods_of(package.year), late  # late: (period, reporter) that are, whatever chance has
        self.books, self.locked_periods = Books(package), []
        self.path = "/api/v1/assessments/" + package.assessment
        self.counted, self.guard = {}, threading.Lock()
        self.exceptions, self.bulletins = {}, {}  # by period: (reporter, unit); by reporter and period: the file that several figures rest on, once for each
        self.pool = concurrent.futures.ThreadPoolExecutor(6)

    def each(self, work, of):
        """One after another for each person, several persons at once; whatever fails is told."""
        for done in self.pool.map(work, of):
            assert done is None

    def count(self, what, more=1):
        with self.guard:
            self.counted[what] = self.counted.get(what, 0) + more

    # ---- What is there.

    def expected(self, person, period, query=""):
        path, items = self.path + "/expected/%s?limit=1000%s" % (period, query), []
        while path:
            client = self.people[person].ask("GET", path)
            if client.status != 200:
                raise SystemExit("%s reads %s: %s" % (person, path, client.text()[:500]))
            items += client.value["items"]
            path = client.value["next"]
        return items

    def step(self, person, period, act, items, reason=None):
        body = {"act": act, "items": items}
        return self.people[person].ask("POST", self.path + "/collection/" + period, dict(body, reason=reason) if reason else body)

    def done(self, person, period, act, items, reason=None):
        if not items:
            return
        client = self.step(person, period, act, items, reason)
        if client.status != 201:
            raise SystemExit("%s: %s of %s: %d %s" % (person, act, period, client.status, client.text()[:1000]))
        self.count(act, len(items))

    def refused(self, name, person, period, act, items, code, reason=None):
        client = self.step(person, period, act, items, reason)
        tell(name, None if client.status >= 400 and client.value.get("name") == code else "%d %s" % (client.status, client.text()[:500]))

    @staticmethod
    def seen(items):
        return [{"unit": item["unit"], "element": item["element"], "at": item["report"]["at"]} for item in items]

    # ---- Clerks and approvers.

    def true(self, item, period):
        """What the figure is; None = there is none to be reported."""
        key = (item["unit"], item["element"], period)
        if not self.package.has(key):
            return None
        row = self.package.rows[key]
        draft = {name: row[name] for name in FIGURE if row.get(name)}
        return dict(draft, note="as the office has agreed" if "state" in draft else "looked at again: it is so")

    def drafted(self, item, period):
        """What the clerk writes: mostly what is true."""
        true, report = self.true(item, period), item.get("report") or {}
        if true and "value" in true and self.is_mistaken(item, period) and self.slips(item, period) > report.get("returns", 0):
            true = dict(true, value=self.slip(true["value"]))
        return true

    @staticmethod
    def slip(value):
        """A digit too few, where that is another figure."""
        return value[:-1] if len(value) > 1 and value[:-1] not in ("-", "0.") and value[-2] != "." and value.replace(".", "").isdigit() else value

    def is_mistaken(self, item, period):
        return chance(item["unit"], item["element"], period) % MISTAKEN == 0

    def slips(self, item, period):
        return 3 if chance(item["unit"], item["element"], period) % THRICE == 0 else 1

    def draft(self, reporter, period, query="", is_careful=False):
        """All that the unit has to say and has not yet, saved twice as somebody does who goes to lunch in between. Who works with forms types only what rests on a file one by one."""
        clerk, items = "clerk." + reporter, []
        for item in self.expected("clerk." + reporter, period, "&reporter=" + reporter + query):
            figure, report = (self.true if is_careful else self.drafted)(item, period), item.get("report")
            if figure is None or (report and (report["stage"] not in ("draft", "returned") or (is_careful and self.is_right(item, period)))):
                continue
            files = self.files(item, period)
            if report and report["stage"] == "draft" and self.says_the_same(report, figure, files):
                continue  # a draft that changes nothing is refused
            items.append({"unit": item["unit"], "element": item["element"], **figure, **({"evidence": files} if files else {}), **({"at": report["at"]} if report else {})})
        by_form = not query and chance("form", reporter, period) % BY_FORM == 0
        typed = [item for item in items if not by_form or "evidence" in item]
        half = (len(typed) + 1) // 2
        for part in (typed[:half], typed[half:]):
            self.done(clerk, period, "draft", part)
        self.fill_in(reporter, period, [item for item in items if item not in typed])

    @staticmethod
    def says_the_same(report, figure, files):
        return set(report.get("evidence", [])) == set(files) and all(report.get(name, "") == figure.get(name, "") for name in FIGURE + ("note",))

    def fill_in(self, reporter, period, items):
        """The form comes down, is filled in by another program, and goes up: a workbook, or CSV as Excel saves it in China."""
        if not items:
            return
        clerk, path, is_book = self.people["clerk." + reporter], self.path + "/collection/%s/form" % period, chance(period, reporter) % 2 == 0
        down = clerk.ask("GET", path + "?language=zh&reporter=%s&format=%s" % (reporter, "xlsx" if is_book else "csv"))
        rows = rows_of(down.body) if is_book else csv_rows(down.body.decode("utf-8-sig"))
        for item in items:
            rows = fill(rows, item["unit"], item["element"], **{name: item[name] for name in FIGURE + ("note",) if name in item})
        data = workbook_of(rows) if is_book else csv_of(rows, "gb18030")
        up = clerk.ask("POST", path, raw=data, headers={"Content-Type": media_of(data)})
        if up.status != 201 or up.value["drafted"] != len(items):
            raise SystemExit("the form of %s for %s, with %d figures: %d %s" % (reporter, period, len(items), up.status, up.text()[:1000]))
        self.count("workbooks" if is_book else "CSV forms")
        self.count("draft", len(items))

    def files(self, item, period):
        """Digests of what a figure rests on."""
        reporter, key = item["reporter"], (item["unit"], item["element"], period)
        if key not in self.books.files:
            named = []
            if chance("file", *key) % FILED == 0:
                named.append(self.bring(reporter, "%s-%s-%s.txt" % key, ("台账 %s %s %s\n" % key).encode()))
            if chance("bulletin", *key) % SHARED == 0:
                bulletin = self.bulletins.setdefault((reporter, period), [])
                if len(bulletin) < SHARED_MOST:
                    bulletin.append(bulletin[0] if bulletin else self.bring(reporter, "月报 %s.pdf" % period, PDF + ("%s %s" % (reporter, period)).encode()))
                    named.append(bulletin[0])
            self.books.files[key] = named
        return self.books.files[key]

    def bring(self, reporter, name, content):
        client = self.people["clerk." + reporter].ask("POST", self.path + "/evidence?name=" + quote(name, safe=""), raw=content, headers={"Content-Type": "application/octet-stream"})
        if client.status != 201:
            raise SystemExit("%s brings in %s: %d %s" % (reporter, name, client.status, client.text()[:500]))
        self.count("files")
        self.books.contents[client.value["digest"]] = (reporter, content)
        return client.value["digest"]

    def sign(self, reporter, period):
        """Where a check finds what the clerk got wrong, nothing is signed off before it is put right."""
        head, query = "head." + reporter, "&stage=draft&reporter=" + reporter
        items = self.seen(self.expected(head, period, query))
        client = self.step(head, period, "sign", items) if items else None
        if client is not None and client.value.get("name") == "CHECK_FAILED":
            self.count("caught")
            self.draft(reporter, period, "&stage=draft", True)
            self.done(head, period, "sign", self.seen(self.expected(head, period, query)))
        elif client is not None and client.status != 201:
            raise SystemExit("%s: sign of %s: %d %s" % (head, period, client.status, client.text()[:1000]))

    def recall(self, reporter, period):
        """Something that was signed off is looked at again."""
        clerk = "clerk." + reporter
        self.done(clerk, period, "recall", self.seen(self.expected(clerk, period, "&stage=signed&reporter=" + reporter)[:2]))
        self.draft(reporter, period, "&stage=draft")
        self.sign(reporter, period)

    def submit(self, reporter, period):
        clerk = "clerk." + reporter
        self.done(clerk, period, "submit", self.seen(self.expected(clerk, period, "&stage=signed&reporter=" + reporter)))

    # ---- Owners and the office.

    def is_right(self, item, period):
        true, report = self.true(item, period), item["report"]
        return all(is_same(report.get(name, ""), true.get(name, "")) for name in FIGURE)

    def verify(self, verifier, period):
        """The owner of a department looks at each figure: what is right is verified, what is not is returned with what it has to be."""
        owner = "owner." + verifier
        waiting = [item for item in self.expected(owner, period, "&stage=submitted") if item["verifier"] == verifier]
        right = [item for item in waiting if self.is_right(item, period)]
        wrong = [item for item in waiting if not self.is_right(item, period)]
        self.done(owner, period, "verify", self.seen(right))
        for item in wrong:
            self.done(owner, period, "return", self.seen([item]), "the register has %s" % self.true(item, period)["value"])

    def accept(self, period):
        self.done("li.wei", period, "accept", self.seen(self.expected("li.wei", period, "&stage=verified")))

    # ---- The days of a period.

    def reporters(self, period):
        return [reporter for reporter in self.books.reporters(period) if self.only is None or reporter in self.only]

    def verifiers(self, period):
        return sorted({item["verifier"] for item in self.expected("li.wei", period, "&stage=submitted") if item["verifier"]})

    def is_late(self, reporter, period):
        return self.exceptions.get(period, ("",))[0] != reporter and (chance(reporter, period) % LATE == 0 or (period, reporter) in self.late)

    def in_time(self, period):
        return [one for one in self.reporters(period) if not self.is_late(one, period) and self.exceptions.get(period, ("",))[0] != one]

    def first_days(self, period):
        self.each(lambda one: self.draft(one, period), self.in_time(period))
        self.each(lambda one: self.sign(one, period), self.in_time(period))
        self.recall(self.in_time(period)[0], period)

    def submissions(self, period):
        self.each(lambda one: self.submit(one, period), self.in_time(period))

    def verifying(self, period):
        self.each(lambda one: self.verify(one, period), self.verifiers(period))

    def returned(self, period):
        """What came back is put right and goes the way once more; three times where it has to be."""
        while True:
            back = self.expected("li.wei", period, "&stage=returned")
            if not back:
                break
            of = sorted({item["reporter"] for item in back})
            for work in (lambda one: self.draft(one, period, "&stage=returned"), lambda one: self.sign(one, period), lambda one: self.submit(one, period)):
                self.each(work, of)
            self.verifying(period)
        self.accept(period)

    def late_ones(self, period):
        """In the days of grace."""
        late = [one for one in self.reporters(period) if self.is_late(one, period)]
        for work in (self.draft, self.sign, self.submit):
            self.each(lambda one, work=work: work(one, period), late)
        self.count("late", len(late))
        self.verifying(period)
        self.returned(period)

    def closed(self, period):
        """None comes in any more, but by an exception that is proposed by the unit and decided by the office."""
        if period not in self.exceptions:
            return
        reporter, unit = self.exceptions[period]
        clerk = "clerk." + reporter
        items = [item for item in self.expected(clerk, period, "&state=missing&reporter=" + reporter) if self.true(item, period)]
        draft = [{"unit": item["unit"], "element": item["element"], **self.true(item, period)} for item in items]
        self.refused("%s: %s brings nothing in after the closing" % (period, reporter), clerk, period, "draft", draft, "PERIOD_SHUT")
        tell("%s: it is missing until then" % period, None if items and {item["unit"] for item in items} == {unit} else items[:3])

    def excepted(self, period, due):
        reporter, unit = self.exceptions[period]
        said = self.people["clerk." + unit].ask("POST", "/api/v1/facts", {"assessment": self.package.assessment, "propose": True, "reason": "the line was down",
                                                                          "facts": [{"kind": "exception", "fields": {"period": period, "unit": unit, "element": "*", "due": due}}]})
        tell("%s: an exception is proposed by the unit" % period, None if said.status == 201 else said.text()[:500])
        done = self.people["second"].ask("POST", "/api/v1/proposals/%d/decision" % said.value["first"], {"verdict": "accepted", "reason": "the line was down"})
        tell("%s: and decided by the office" % period, None if done.status == 201 else done.text()[:500])
        for work in (self.draft, self.sign, self.submit):
            work(reporter, period)
        self.verifying(period)
        self.returned(period)
        self.count("exceptions")

    # ---- What it came to.

    def locked(self, period):
        """From the lock on nothing moves; what is there is what the books have."""
        want, until = self.books.states(period), time.monotonic() + SECONDS
        while True:  # what was accepted a moment ago is given as soon as the result has it
            items = self.expected("li.wei", period)
            wrong = ["%s %s: %s, %s" % (item["unit"], item["element"], item["state"], item["phase"]) for item in items
                     if (item["unit"], item["element"]) not in want.get(item["reporter"], {}).get(item["state"], ()) or item["phase"] != "locked"]
            if not wrong or time.monotonic() > until:
                break
            time.sleep(0.2)
        tell("%s %s: each of %d figures is what the books say, and locked" % (self.package.assessment, period, len(items)), "; ".join(wrong[:5]) or None)
        asked = {(item["unit"], item["element"]): (item["reporter"], item.get("verifier", "")) for item in items}
        tell("%s %s: asked is what the tables ask, of whom they say" % (self.package.assessment, period), None if asked == self.books.asked(period) else sorted(set(asked.items()) ^ set(self.books.asked(period).items()))[:5])
        accepted = [item for item in items if (item.get("report") or {}).get("stage") == "accepted"]
        collected = [item for item in items if self.package.has((item["unit"], item["element"], period)) and (self.only is None or item["reporter"] in self.only)]
        tell("%s %s: all that was collected is accepted" % (self.package.assessment, period), None if len(accepted) == len(collected) > 0 else (len(accepted), len(collected)))
        self.refused("%s %s: the office returns none any more" % (self.package.assessment, period), "li.wei", period, "return", self.seen(accepted[:1]), "LOCKED", "too late")
        reporter = accepted[0]["reporter"]
        client = self.people["clerk." + reporter].ask("GET", self.path + "/expected/%s?limit=1&reporter=%s" % (period, reporter))
        tell("%s %s: %s counts the same" % (self.package.assessment, period, reporter), None if client.value["count"] == sum(len(of) for of in want[reporter].values()) else client.value["count"])
        self.count("figures", len(collected))
        self.locked_periods.append(period)
