"""What each person is told of their day (GET /digest), at moments of a period of which the books know what is to be told: after submissions, once they are accepted, when late figures are overdue, and in the end.

Periods are looked at in which no other is open, so that all else there is of the assessment is what was never reported, which falls to the office."""
from served import tell

ITEMS_MOST = 200
OFFICE = ("li.wei", "second")


def told(collected, person):
    client = collected.people[person].ask("GET", "/api/v1/digest")
    if client.status != 200:
        raise SystemExit("%s reads the digest: %d %s" % (person, client.status, client.text()[:500]))
    return next(({section["what"]: section for section in one["sections"]} for one in client.value["assessments"] if one["assessment"] == collected.package.assessment), {})


def differs(found, want, is_overdue):
    """None where the sections are those wanted; {what: keys}."""
    for what in set(found) | set(want):
        section, keys = found.get(what, {"count": 0, "items": []}), want.get(what, set())
        items = {(item["period"], item["unit"], item["element"]) for item in section["items"]}
        if section["count"] != len(keys) or (items != keys if len(keys) <= ITEMS_MOST else len(section["items"]) != ITEMS_MOST or not items <= keys):
            return "%s: %d %s, not %d %s" % (what, section["count"], sorted(items)[:3], len(keys), sorted(keys)[:3])
        if what in ("draft", "late") and {item["late"] for item in section["items"]} - {what == "late" or is_overdue}:
            return "%s: late where it is not, or the other way round" % what
    return None


def check(collected, name, want, is_overdue=False):
    """`want`: by person what they have to be told; whoever is to be told nothing has no sections."""
    wrong = []

    def look(person):
        why = differs(told(collected, person), {what: keys for what, keys in want[person].items() if keys}, is_overdue)
        wrong.extend(["%s: %s" % (person, why)] if why else [])

    collected.each(look, sorted(want))
    tell("%s: what %d people are told" % (name, len(want)), "; ".join(wrong[:4]) or None)


class Day:
    """What is to be told in a period, before its late ones have come."""

    def __init__(self, collected, period):
        self.collected, self.period, self.books = collected, period, collected.books
        self.reporters = collected.reporters(period)
        self.asked, missing = self.books.asked(period), self.books.missing(period)
        self.late = {reporter for reporter in self.reporters if collected.is_late(reporter, period)}
        self.given = {key: who for key, who in self.asked.items() if who[0] in self.reporters and who[0] not in self.late and key not in missing}
        self.owed = {key: who for key, who in self.asked.items() if who[0] in self.reporters and key not in self.given}

    def keys(self, of, which):
        return {(self.period, *key) for key, who in of.items() if which(*who)}

    def people(self, is_overdue, is_accepted):
        """Clerks and heads draft what is owed; owners verify, the office accepts; whoever has others below, and the office, are told what is overdue with them."""
        below, want = self.books.below, {}
        for reporter in self.reporters:
            owed = self.keys(self.owed, lambda by, _, own=reporter: by == own)
            want["clerk." + reporter] = {"draft": owed, "accepted": self.keys(self.given, lambda by, _, own=reporter: by == own) if is_accepted else set()}
            want["head." + reporter] = {"draft": owed, "late": never(self.collected, reporter) | (self.keys(self.owed, lambda by, _, own=reporter: below(own, by)) if is_overdue else set())}
        for owner in {who for _, who in self.given.values() if who}:
            want["owner." + owner] = {"verify": set() if is_accepted or is_overdue else self.keys(self.given, lambda _, to, own=owner: to == own)}
        for person in OFFICE:
            want[person] = {"accept": set() if is_accepted or is_overdue else self.keys(self.given, lambda _, to: not to),
                            "late": self.keys(self.owed, lambda *_: True) if is_overdue else set(), "except": never(self.collected)}
        return want


def never(collected, unit=None):
    """What has not come in of periods that are over, and nobody but the office can do anything about; of a unit, what it or those below it owe."""
    books = collected.books
    return {(period, *key) for period in collected.locked_periods for key, (reporter, _) in books.owed(period).items() if unit in (None, reporter) or books.below(unit, reporter)}


def submitted(collected, period):
    check(collected, "%s, when it is submitted" % period, Day(collected, period).people(False, False))


def accepted(collected, period):
    check(collected, "%s, when it is accepted" % period, Day(collected, period).people(False, True))


def overdue(collected, period):
    check(collected, "%s, when it is overdue" % period, Day(collected, period).people(True, False), True)


def ended(collected):
    """When all is locked nothing waits for anybody but the office."""
    reporters = {reporter for period in collected.periods for reporter in collected.reporters(period)}
    want = {**{"clerk." + reporter: {} for reporter in reporters}, **{"head." + reporter: {"late": never(collected, reporter)} for reporter in reporters}}
    check(collected, "%s, in the end" % collected.package.assessment, {**want, **{person: {"except": never(collected)} for person in OFFICE}}, True)
