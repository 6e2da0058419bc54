"""What happens in a year of collection, in the order of the days on which it does, under a clock that is moved from one to the next: people are made known, holidays announced, periods opened, collected and locked."""
import datetime

import year_digests
from served import tell
from year_package import last_day, periods_of
from year_people import CHINA

DAY = datetime.timedelta(1)
# As the State Council announced them, as far as they move anything.
HOLIDAYS = {
    2020: (["2020-01-01"] + ["2020-01-%d" % day for day in range(24, 32)] + ["2020-02-01", "2020-02-02", "2020-04-04", "2020-04-05", "2020-04-06"] + ["2020-05-0%d" % day for day in range(1, 6)]
           + ["2020-06-25", "2020-06-26", "2020-06-27"] + ["2020-10-0%d" % day for day in range(1, 9)], ["2020-01-19", "2020-04-26", "2020-05-09", "2020-06-28", "2020-09-27", "2020-10-10"]),
    2021: (["2021-01-01", "2021-01-02", "2021-01-03"] + ["2021-02-%d" % day for day in range(11, 18)] + ["2021-04-03", "2021-04-04", "2021-04-05"] + ["2021-05-0%d" % day for day in range(1, 6)]
           + ["2021-06-12", "2021-06-13", "2021-06-14", "2021-09-19", "2021-09-20", "2021-09-21"] + ["2021-10-0%d" % day for day in range(1, 8)],
           ["2021-02-07", "2021-02-20", "2021-04-25", "2021-05-08", "2021-09-18", "2021-09-26", "2021-10-09"]),
    2022: (["2022-01-01", "2022-01-02", "2022-01-03", "2022-01-31"] + ["2022-02-0%d" % day for day in range(1, 7)] + ["2022-04-03", "2022-04-04", "2022-04-05"], ["2022-01-29", "2022-01-30", "2022-04-02"]),
}
RULES = {"month": dict(opens="1d", due="8wd 17:00", grace="10wd", locks="30d"), "quarter": dict(opens="1d", due="15d", grace="20d", locks="45d"),
         "half": dict(opens="1d", due="20d", grace="30d", locks="60d"), "year": dict(opens="1d", due="30d", grace="45d", locks="75d")}
# What comes of these rules, worked out by hand: a leap February, the turn of a year, weekends that are worked, a holiday of eight days. The New Year holiday of 2022 was announced when its periods were opened, and moved none.
BY_HAND = {"2020-01": ("2020-02-03", "2020-02-12T17:00", "2020-02-14", "2020-03-02"), "2020-02": ("2020-03-02", "2020-03-11T17:00", "2020-03-13", "2020-03-30"),
           "2020-09": ("2020-10-09", "2020-10-19T17:00", "2020-10-21", "2020-10-30"), "2020-12": ("2021-01-04", "2021-01-13T17:00", "2021-01-15", "2021-02-01"),
           "2021-09": ("2021-10-08", "2021-10-18T17:00", "2021-10-20", "2021-11-01"), "2021-12": ("2022-01-03", "2022-01-12T17:00", "2022-01-14", "2022-01-31")}


def at(day, hour, minute=0):
    return datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def day_of(moment):
    return datetime.date.fromisoformat(moment[:10])


def must(client, status=201):
    if client.status != status:
        raise SystemExit("%d %s" % (client.status, client.text()[:2000]))
    return client


class Year:
    """What happens, in the order of the days on which it does. `collected`: by year; `exceptions`: by period, (reporter, unit) whose figures come in by one; `watched`: periods in which everybody's digest is read."""

    def __init__(self, served, clock, people, collected, exceptions, watched):
        self.served, self.clock, self.people, self.collected, self.events = served, clock, people, collected, []
        self.exceptions, self.watched = exceptions, watched

    def on(self, day, hour, what, *of):
        self.events.append((at(day, hour), len(self.events), what, of))

    def go(self):
        while self.events:
            self.events.sort(key=lambda event: event[:2])
            moment, _, what, of = self.events.pop(0)
            self.clock.set(moment)
            what(*of)

    # ---- Before anything is collected.

    def know(self, units):
        """A clerk, an approver and an owner of each unit, and those whom the whole city has."""
        posts = [("second", "office", None), ("committee", "committee", None), ("supervisor", "supervisor", None)]
        for unit in units:
            posts += [("clerk." + unit, "unit", unit), ("head." + unit, "approver", unit), ("owner." + unit, "owner", unit)]
        self.people.know(posts)
        print("   %d people" % len(self.people.person), flush=True)

    def holidays(self, year):
        days = [{"kind": "day", "fields": {"date": day, "is": what}} for what, of in zip(("holiday", "workday"), HOLIDAYS[year]) for day in of]
        must(self.people["li.wei"].ask("POST", "/api/v1/facts", {"facts": days}))

    def open_periods(self, collected):
        """Rules, the opening of the periods, and with that the days on which their figures come."""
        office, year = self.people["li.wei"], collected.package.year
        facts = [{"kind": "calendar", "fields": dict(frequency=frequency, **rule)} for frequency, rule in RULES.items()]
        must(office.ask("POST", "/api/v1/facts", {"assessment": collected.package.assessment, "facts": facts}))
        must(office.ask("POST", collected.path + "/calendar", {"year": year} if collected.periods == periods_of(year) else {"periods": collected.periods}))
        opened = sorted(row["period"] for row in must(office.ask("GET", collected.path + "/calendar?year=%d" % year), 200).value["periods"] if row["opened"])
        tell("%d: %d of its periods are opened" % (year, len(opened)), None if opened == sorted(collected.periods) else opened)
        collected.exceptions = {period: of for period, of in self.exceptions.items() if period in opened}
        for period in opened:
            self.on(last_day(period), 8, self.plan, collected, period)

    def plan(self, collected, period):
        """What is to be done for a period, by the days that the calendar has of it."""
        calendar = must(self.people["li.wei"].ask("GET", collected.path + "/calendar?year=%d" % collected.package.year), 200).value["periods"]
        days = next(tuple(row[name] for name in ("opens", "due", "grace", "locks")) for row in calendar if row["period"] == period)
        if period in BY_HAND:
            tell("%s: its days are those worked out by hand" % period, None if days == BY_HAND[period] else str(days))
        opens, due, grace, locks = (day_of(moment) for moment in days)
        self.on(opens, 9, collected.first_days, period)
        self.on(opens + 1 * DAY, 9, collected.submissions, period)
        self.on(opens + 2 * DAY, 9, collected.verifying, period)
        self.on(opens + 3 * DAY, 9, collected.returned, period)
        self.on(grace, 8, collected.late_ones, period)
        if period in collected.exceptions:
            self.on(grace + DAY, 9, collected.closed, period)
            self.on(grace + DAY, 15, collected.excepted, period, str(grace + 4 * DAY))
        if period in self.watched:
            self.on(opens + 1 * DAY, 10, year_digests.submitted, collected, period)
            self.on(opens + 4 * DAY, 9, year_digests.accepted, collected, period)
            self.on(grace, 7, year_digests.overdue, collected, period)
        self.on(locks + DAY, 9, self.lock, collected, period)
        assert grace > due > opens + 4 * DAY

    def lock(self, collected, period):
        collected.locked(period)
        done = collected.counted
        print("   %s: %d figures so far, %d returned, %d late units" % (period, done.get("figures", 0), done.get("return", 0), done.get("late", 0)), flush=True)

    def unasked(self, collected, period):
        """What the package has of a period and nobody is asked for, the office brings in itself."""
        asked = collected.books.asked(period)
        rows = [{name: value for name, value in row.items() if value and not name.startswith("x_")} for key, row in collected.package.of_period(period).items() if key not in asked]
        if rows:
            must(self.people["li.wei"].ask("POST", "/api/v1/facts", {"assessment": collected.package.assessment, "facts": [{"kind": "observation", "fields": row} for row in rows]}))

    def adjust(self, collected, row):
        fields = {name: value for name, value in row.items() if value}
        must(self.people["supervisor"].ask("POST", "/api/v1/facts", {"assessment": collected.package.assessment, "facts": [{"kind": "adjustment", "fields": fields}]}))
