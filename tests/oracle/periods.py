"""Periods as the package format writes them: 2021, 2021-H1, 2021-Q3, 2021-08, 2021-W35, 2021-08-27."""
import datetime
import re

KINDS = ("day", "week", "month", "quarter", "half", "year")
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class Period:
    """A kind, the year in its name, and its number in that year from 1."""

    def __init__(self, kind, year, index):
        self.kind, self.year, self.index = kind, year, index
        if kind == "day":
            self.first = self.last = datetime.date(year, 1, 1) + datetime.timedelta(index - 1)
        elif kind == "week":
            self.first = datetime.date.fromisocalendar(year, index, 1)
            self.last = self.first + datetime.timedelta(6)
        else:
            months = MONTHS[kind]
            self.first = datetime.date(year, months * (index - 1) + 1, 1)
            after = months * index
            self.last = datetime.date(year + after // 12, after % 12 + 1, 1) - datetime.timedelta(1)

    def __eq__(self, other):
        return isinstance(other, Period) and self.key() == other.key()

    def __hash__(self):
        return hash(self.key())

    def key(self):
        return self.kind, self.year, self.index

    def __str__(self):
        return {"year": "%d" % self.year, "half": "%d-H%d" % (self.year, self.index),
                "quarter": "%d-Q%d" % (self.year, self.index), "month": "%d-%02d" % (self.year, self.index),
                "week": "%d-W%02d" % (self.year, self.index), "day": self.first.isoformat()}[self.kind]

    def contains(self, other):
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other):
        return self.first <= other.last and other.first <= self.last

    def shift(self, n):
        """The period of the same kind, n later."""
        if self.kind == "day":
            return of_day("day", self.first + datetime.timedelta(n))
        if self.kind == "week":
            return of_day("week", self.first + datetime.timedelta(7 * n))
        a_year = 12 // MONTHS[self.kind]
        at = self.year * a_year + self.index - 1 + n
        return Period(self.kind, at // a_year, at % a_year + 1)

    def same_name(self, years):
        """The period of the same name so many years earlier; None where there is none."""
        year = self.year - years
        if self.kind == "day":
            try:
                return of_day("day", self.first.replace(year=year))
            except ValueError:
                return None
        if self.kind == "week" and self.index > weeks_in(year):
            return None
        return Period(self.kind, year, self.index)


def weeks_in(year):
    return datetime.date(year, 12, 28).isocalendar()[1]


def of_day(kind, day):
    """The period of a kind that holds a day."""
    if kind == "day":
        return Period("day", day.year, day.timetuple().tm_yday)
    if kind == "week":
        year, week, _ = day.isocalendar()
        return Period("week", year, week)
    return Period(kind, day.year, (day.month - 1) // MONTHS[kind] + 1)


def newest(kind, year, last_day):
    """The newest period of a kind with `year` in its name that ends not after `last_day`; None = none yet."""
    period = of_day(kind, min(last_day, datetime.date(year + 1, 1, 10)))
    while period.year > year or period.last > last_day:
        period = period.shift(-1)
        if period.year < year:
            return None
    return period if period.year == year else None


def between(kind, first_day, last_day):
    """All periods of a kind that overlap these days."""
    found, period = [], of_day(kind, first_day)
    while period.first <= last_day:
        found.append(period)
        period = period.shift(1)
    return found


def parse(text):
    for kind, pattern in (("year", r"(\d{4})()"), ("half", r"(\d{4})-H([12])"), ("quarter", r"(\d{4})-Q([1-4])"),
                          ("month", r"(\d{4})-(\d\d)"), ("week", r"(\d{4})-W(\d\d)")):
        match = re.fullmatch(pattern, text)
        if match:
            return Period(kind, int(match[1]), int(match[2] or 1))
    return of_day("day", datetime.date.fromisoformat(text))
