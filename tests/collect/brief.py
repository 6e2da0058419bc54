"""Two months of the city, collected by a few people under a clock that is moved: what `year` does with everybody in two years, as far as it goes in seconds. All figures but theirs are there from the beginning."""
import datetime
import os
import tempfile

from year_books import Books
from year_collect import Collected
from year_ends import check_ends, correct
from year_package import Package
from year_people import Clock, People, serve
from year_story import Year, at

MONTHS = ["2021-08", "2021-09"]  # the second is due after the National Day
REPORTERS = ("statistics", "transport", "finance")
EXCEPTIONS = {"2021-08": ("transport", "landong")}
LATE = {("2021-09", "finance")}
BEGIN = datetime.date(2021, 8, 20)


def run(program, address=None):
    package = Package("yunlan-2021")
    books = Books(package)
    theirs = {(unit, element) for period in MONTHS for (unit, element), (reporter, _) in books.asked(period).items() if reporter in REPORTERS}
    verifiers = {verifier for period in MONTHS for reporter, verifier in books.asked(period).values() if reporter in REPORTERS}
    with tempfile.TemporaryDirectory(prefix="baton-brief-") as aside, Clock(aside, at(BEGIN, 9)) as clock:
        begun = os.path.join(aside, "city")
        package.begun(begun, lambda row: row["period"] in MONTHS and (row["unit"], row["element"]) in theirs, True)
        with serve(program, begun, address) as served:
            served.start()
            people = People(served, BEGIN)
            collected = Collected(people, package, REPORTERS, MONTHS, LATE)
            year = Year(served, clock, people, {2021: collected}, EXCEPTIONS, MONTHS[1:])
            year.know(sorted({*REPORTERS, *verifiers, "landong"}))
            year.holidays(2021)
            year.open_periods(collected)
            year.on(datetime.date(2021, 10, 9), 10, correct, collected, ("yunhu", "retail", "2021-08"), "second", "li.wei")
            year.go()
            check_ends(served, people, year.collected, Books(Package("yunlan-2020")))
            served.finish()
