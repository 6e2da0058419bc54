"""The figures: invented, and leaning on each unit's quality.

A series is (unit, element) over the months, quarters, halves or the year. What grows is made from its
level of the year before; what is planned has a target; what is a share moves around a mean. Every
deviation comes from the series' own stream, so each figure depends only on its name.
"""

from . import story
from .output import ends, number, period
from .stream import bell
from .units import (DEPARTMENT_GROUPS, DISTRICTS, FIRST_YEAR, SUCCESSIONS, YEAR, all_units, clip,
                    known_in, takes_part)

# Share of a year's amount that has come in by the end of each month.
SEASON = (0.0, 0.074, 0.140, 0.226, 0.306, 0.389, 0.480, 0.561, 0.642, 0.732, 0.816, 0.903, 1.0)

# Amounts that grow: element -> frequency, share of the output, growth in % of 2020 and 2021, slope by
# quality, deviation, and the id of the growth that 2020's scheme took as it was reported.
GROWING = {
    "gdp": ("quarter", 1.0, (3.8, 8.4), 1.5, 0.3, "gdp_growth"),
    "industry_va": ("month", 0.42, (4.6, 10.5), 2.5, 0.6, "industry_growth"),
    "budget_revenue": ("month", 0.082, (2.4, 9.2), 3.0, 0.7, "budget_growth"),
    "retail": ("month", 0.36, (-1.5, 14.5), 3.0, 0.8, "retail_growth"),
    "trade": ("month", 0.55, (1.8, 16.0), 4.0, 1.2, "trade_growth"),
    "energy_use": ("quarter", 0.12, (0.9, 5.4), 0.4, 0.4, None),
}
# Which of them a year's package holds: the scheme of 2020 took the growth of the others as reported.
NEEDED = {FIRST_YEAR: ("gdp", "budget_revenue"), YEAR: tuple(GROWING)}
CITY_ELEMENTS = {FIRST_YEAR: ("gdp",),
                 YEAR: ("gdp", "industry_va", "budget_revenue", "retail", "trade")}

# Plans: indicator -> amount a 亿元 of output (or for the unit as such), decimals, slope, deviation, and
# whether the target is the year's, to be met as time goes by, or has rows for the months too.
PLANNED = {
    "investment": (0.48, 0, 0.06, 0.02, "year"),
    "foreign_capital": (62.0, 0, 0.09, 0.04, "months"),
    "outside_capital": (0.21, 1, 0.08, 0.04, "months"),
    "hightech_firms": (0.11, 0, 0.10, 0.04, "months"),
    "specialised": (0.036, 0, 0.12, 0.05, "months"),
    "jobs": (14.2, 0, 0.06, 0.02, "months"),
    "housing": (6.4, 0, 0.07, 0.03, "year"),
    "online_trade": (0.095, 1, 0.10, 0.02, "year"),
    "port_containers": (0.12, 1, 0.08, 0.02, "year"),
    "equipment_cluster": (0.52, 1, 0.10, 0.02, "year"),
    "modern_farms": (0.088, 1, 0.10, 0.02, "year"),
    "campus_projects": (0.031, 0, 0.08, 0.02, "year"),
    "tech_contracts": (0.048, 1, 0.12, 0.02, "year"),
    "shoreline": (0.014, 1, 0.08, 0.02, "year"),
    "urban_renewal": (0.062, 1, 0.08, 0.02, "year"),
}

# Shares, points, levels of things: frequency, means of 2020 and 2021, slope by quality, rise over a
# year, deviation, lowest, highest, decimals.
AROUND = {
    "one_stop": ("month", (90.0, 92.5), 6.5, 2.0, 0.5, 70, 100, 1),
    "clean_days": ("month", (79.5, 80.5), 3.5, 0.5, 0.8, 60, 100, 1),
    "water_quality": ("month", (88.5, 90.5), 7.5, 1.5, 0.7, 50, 100, 1),
    "hazards": ("month", (94.6, 95.6), 3.5, 0.8, 0.5, 80, 100, 1),
    "petitions": ("month", (90.5, 91.6), 4.5, 0.8, 0.6, 70, 100, 1),
    "food": ("month", (98.1, 98.2), 0.6, 0.1, 0.12, 95, 100, 2),
    "business_env": ("half", (84.0, 85.5), 4.0, 1.0, 0.8, 60, 99, 1),
    "party_building": ("half", (86.0, 87.5), 5.0, 0.8, 0.7, 60, 99, 1),
    "elderly": ("half", (55.0, 58.5), 3.5, 2.0, 0.5, 30, 90, 1),
    "income_growth": ("quarter", (4.9, 9.1), 0.7, 0.0, 0.2, -5, 20, 1),
    "public_satisfaction": ("quarter", (83.5, 84.6), 3.2, 0.8, 0.8, 60, 99, 2),
    "business_satisfaction": ("quarter", (84.5, 85.4), 3.4, 0.8, 0.9, 60, 99, 2),
    "farm_science": ("half", (86.0, 87.0), 4.0, 1.0, 0.6, 60, 99, 1),
}

# Concentrations: mean, slope, decimals, factor of each month, target for a district of mean quality.
CONCENTRATIONS = {
    "pm25": ((33.0, 30.5), -2.2, 0, (33.5, 30.5),
             (1.55, 1.40, 1.15, 1.00, 0.90, 0.70, 0.62, 0.64, 0.75, 0.92, 1.12, 1.35)),
    "lake_phosphorus": ((0.066, 0.061), -0.005, 3, (0.065, 0.060),
                        (0.90, 0.92, 0.96, 1.00, 1.08, 1.16, 1.20, 1.18, 1.06, 0.94, 0.88, 0.86)),
}

LEVEL_EDGES = ((0.25, "A"), (-0.45, "B"), (-1.15, "C"))
SAFETY_PLAN = 0.0058  # deaths a year for each 亿元 of output: the control number


def quality(unit, what, year):
    """How good the unit is at this: its own quality, a bent for the thing, and the year's luck."""
    own = unit.quality[year - FIRST_YEAR]
    bent = 0.32 * bell("bent", unit.id, what)
    luck = 0.22 * bell("luck", unit.id, what, year)
    return clip(0.75 * own + bent + luck, -1.6, 1.6)


def level(unit, what, year, now):
    value = quality(unit, what, year) + 0.3 * bell(unit.id, what, now)
    for edge, code in LEVEL_EDGES:
        if value > edge:
            return code
    return "D"


class Figures:
    """Collects the rows of observations.csv and targets.csv of one package."""

    def __init__(self, year):
        self.year = year
        self.units = {u.id: u for u in known_in(year)}
        self.rows = {}
        self.targets = []
        self.grown = {}

    # Rows

    def put(self, unit, element, when, value, decimals=None, state=""):
        key = (unit, element, when)
        if key in self.rows:
            raise ValueError("twice: %s %s %s" % key)
        text = value if decimals is None else number(value, decimals)
        self.rows[key] = dict(unit=unit, element=element, period=when, value=text, state=state)

    def series(self, unit, element, frequency, value, decimals=None):
        """One row for each period of the year that ends while the unit exists."""
        for month in ends(frequency):
            if takes_part(unit, self.year, month):
                now = period(self.year, frequency, month)
                self.put(unit.id, element, now, value(month, now), decimals)

    def target(self, unit, indicator, when, target, baseline=""):
        self.targets.append(dict(unit=unit, indicator=indicator, period=when, target=target,
                                 baseline=baseline))

    # Amounts that grow

    def growth(self, unit, element, year, month):
        _, _, means, slope, deviation, _ = GROWING[element]
        value = means[year - FIRST_YEAR] + slope * quality(unit, element, year)
        value += deviation * (1.6 - month / 12.0) * bell(unit.id, element, "growth", year, month)
        return value + story.extra_growth(unit.id, element, year)

    def amount(self, unit, element, year, month):
        """The amount of the year up to the month. A merged unit grows from the sum of its parts."""
        key = (unit.id, element, year, month)
        if key not in self.grown:
            if year > FIRST_YEAR:
                parts = [u for u in all_units() if (u.id, unit.id) in
                         [(old, new) for old, new, _ in SUCCESSIONS]] or [unit]
                before = sum(self.amount(u, element, year - 1, month) for u in parts)
                value = before * (1 + self.growth(unit, element, year, month) / 100)
            else:
                share = GROWING[element][1] * (1 + 0.08 * bell(unit.id, element, "share"))
                share = 1.0 if element == "gdp" else share
                value = unit.size * share * SEASON[month]
                value *= 1 + self.growth(unit, element, year, month) / 100
            self.grown[key] = value
        return self.grown[key]

    def growing(self, unit):
        """This year's amounts and, where growth is computed, those of last year."""
        for element, (frequency, *_, reported) in GROWING.items():
            for month in ends(frequency) if element in NEEDED[self.year] else ():
                if self.year == YEAR and not unit.joined and takes_part(unit, FIRST_YEAR, month):
                    self.put(unit.id, element, period(FIRST_YEAR, frequency, month),
                             self.amount(unit, element, FIRST_YEAR, month), 2)
                if takes_part(unit, self.year, month):
                    now = period(self.year, frequency, month)
                    self.put(unit.id, element, now, self.amount(unit, element, self.year, month), 2)
            if self.year == FIRST_YEAR and reported:
                self.series(unit, reported, frequency,
                            lambda m, now, e=element: self.growth(unit, e, self.year, m), 1)
        if self.year == FIRST_YEAR:
            self.series(unit, "energy_cut", "quarter", lambda m, now: 100 * (
                (1 + self.growth(unit, "energy_use", self.year, m) / 100)
                / (1 + self.growth(unit, "gdp", self.year, m) / 100) - 1), 2)
        elif unit.id == story.NEW_ZONE:
            self.no_growth_yet(unit)

    def no_growth_yet(self, unit):
        """The zone of 2021 has no year before it: its growth is not applicable."""
        for element, (frequency, *_, reported) in GROWING.items():
            indicator = reported or "energy_cut"
            if indicator == "retail_growth":  # does not apply to zones
                continue
            joined = int(unit.joined[5:7])
            for month in ends(frequency):  # with the quarter before it joined, which serves until June
                if frequency == "quarter" or month >= joined:
                    self.put(unit.id, indicator, period(self.year, frequency, month), "", state="na")

    def city(self):
        """The whole city: the sum of its districts (the zones lie inside them)."""
        districts = [self.units[id] for id, *_ in DISTRICTS]

        def total(element, year, month):
            return sum(self.amount(u, element, year, month) for u in districts)

        years = (FIRST_YEAR, YEAR) if self.year == YEAR else (FIRST_YEAR,)
        for element in CITY_ELEMENTS[self.year]:
            for year in years:
                for month in ends(GROWING[element][0]):
                    self.put("city", element, period(year, GROWING[element][0], month),
                             total(element, year, month), 2)
        if self.year == FIRST_YEAR:
            for month in ends("quarter"):
                before = sum(self.amount(u, "gdp", self.year, month)
                             / (1 + self.growth(u, "gdp", self.year, month) / 100) for u in districts)
                self.put("city", "gdp_growth", period(self.year, "quarter", month),
                         100 * (total("gdp", self.year, month) / before - 1), 1)

    # What the indicators of districts and zones need

    def targets_so_far(self, unit, indicator, plan, decimals, baseline=None):
        """What is to come in by the end of each month, quarter and half; the last are the year's."""
        for frequency in ("month", "quarter", "half", "year"):
            for month in ends(frequency):
                if takes_part(unit, self.year, month) and (month < 12 or frequency == "year"):
                    before = number(baseline * SEASON[month], decimals) if baseline else ""
                    due = max(plan * SEASON[month], 0.1 if decimals else 1)  # never a target of 0
                    self.target(unit.id, indicator, period(self.year, frequency, month),
                                number(due, decimals), before)

    def planned(self, unit, indicator):
        scale, decimals, slope, deviation, rows = PLANNED[indicator]
        scale *= 1.08 if self.year == YEAR else 1  # more than last year
        plan = float(number(max(unit.size * scale, 6), decimals))
        result = 0.975 + 1.5 * slope * quality(unit, indicator, self.year)
        if rows == "months":
            self.targets_so_far(unit, indicator, plan, decimals)
        else:
            self.target(unit.id, indicator, str(self.year), number(plan, decimals))

        def value(month, now):
            share = month / 12.0 if rows == "year" else SEASON[month]
            late = (1.5 - month / 12.0) * deviation * bell(unit.id, indicator, now)
            return plan * share * (result + late)

        self.series(unit, indicator, "month", value, decimals)

    def around(self, unit, element, mark=""):
        frequency, means, slope, rise, deviation, low, high, decimals = AROUND[element]
        middle = means[self.year - FIRST_YEAR] + slope * quality(unit, element, self.year)

        def value(month, now):
            x = middle + rise * (month / 12.0 - 0.5) + deviation * bell(unit.id, element, now)
            return number(clip(x, low, high), decimals) + mark

        self.series(unit, element, frequency, value)

    def concentration(self, unit, element):
        means, slope, decimals, targets, season = CONCENTRATIONS[element]
        at = self.year - FIRST_YEAR
        middle = means[at] + slope * quality(unit, element, self.year)
        self.series(unit, element, "month", lambda m, now: middle * season[m - 1] * (
            1 + 0.05 * bell(unit.id, element, now)), decimals)
        bent = bell("target", unit.id, element)
        self.target(unit.id, element, str(self.year), number(targets[at] * (1 + 0.03 * bent), decimals))

    def counted(self, unit, element, yearly, slope, model=None):
        """A count of the year so far; it never falls. model is the unit whose quality it follows."""
        model = model or unit
        total = max(0.0, yearly * (1 + slope * quality(model, element, self.year)))
        shift = 0.5 * bell(model.id, element, self.year, "shift")
        so_far = [0]

        def value(month, now):
            so_far[0] = max(so_far[0], int(max(0.0, total * month / 12.0 + shift)))
            return so_far[0]

        self.series(unit, element, "month", value, 0)

    def tasks(self, unit, planned, done, yearly, slack, model=None):
        """Milestones that were due by each month, and how many of them are done."""
        behind = slack * clip(0.55 - quality(model or unit, done, self.year), 0, 2)

        def late(month):
            return int(behind * (1.35 - month / 12.0) * yearly * month / 12.0 + 0.3)

        self.series(unit, planned, "month", lambda m, now: yearly * m // 12, 0)
        self.series(unit, done, "month", lambda m, now: yearly * m // 12 - late(m), 0)

    def levels(self, unit, element, frequency="quarter"):
        self.series(unit, element, frequency, lambda m, now: level(unit, element, self.year, now))

    def people(self, unit):
        growth = 0.004 + 0.004 * unit.quality[0]
        years = self.year - FIRST_YEAR
        self.series(unit, "population", "month", lambda m, now: unit.people * (
            1 + growth * (years + m / 12.0)), 2)

    def area(self, unit):
        """A district or a zone: what both have."""
        self.growing(unit)
        self.people(unit)
        for indicator in ("investment", "foreign_capital", "hightech_firms"):
            self.planned(unit, indicator)
        self.planned(unit, "specialised" if self.year == YEAR else "outside_capital")
        for element in ("one_stop", "water_quality", "business_env", "petitions", "party_building"):
            self.around(unit, element)
        self.around(unit, "hazards", "%")
        size = unit.size
        self.counted(unit, "major_projects", 4 + size * 0.011, 0.35)
        self.counted(unit, "rectify", 2.0, -1.0)
        self.counted(unit, "conduct", 5.0, -0.9)
        self.tasks(unit, "reform_planned", "reform_done", 24 + int(unit.people) % 7, 0.30)
        industry = lambda m: self.amount(unit, "industry_va", self.year, m) * 4.3
        share = 0.455 + 0.018 * (self.year - FIRST_YEAR) + 0.06 * quality(unit, "hightech", self.year)
        self.series(unit, "industry_output", "month", lambda m, now: industry(m), 1)
        self.series(unit, "hightech_output", "month", lambda m, now: industry(m) * (
            share + 0.006 * bell(unit.id, "hightech", now)), 1)
        spend = 0.0285 + 0.0012 * (self.year - FIRST_YEAR) + 0.005 * quality(unit, "rd", self.year)
        self.series(unit, "rd_spend", "half", lambda m, now: spend * self.amount(
            unit, "gdp", self.year, m), 2)
        drawn = unit.people * 21 * (1 + 0.25 * quality(unit, "talent", self.year))
        self.series(unit, "talent_new", "month", lambda m, now: drawn * SEASON[m], 0)
        filed = unit.people * 0.42 * (1 - 0.25 * quality(unit, "complaints", self.year))
        self.series(unit, "complaints_filed", "month", lambda m, now: max(1, filed * (
            1 + 0.15 * bell(unit.id, "complaints", now))), 0)
        deaths = size * SAFETY_PLAN * (0.86 if self.year == YEAR else 1)
        self.target(unit.id, "accidents", str(self.year), number(max(deaths, 1), 0))
        self.counted(unit, "accidents", max(size * SAFETY_PLAN, 1) * 1.08, -0.35)

    def district(self, unit):
        self.area(unit)
        taxes = 0.815 + 0.03 * quality(unit, "taxes", self.year)
        self.series(unit, "tax_revenue", "month", lambda m, now: self.amount(
            unit, "budget_revenue", self.year, m) * (taxes + 0.006 * bell(unit.id, "taxes", now)), 2)
        held = unit.people * (33 + 4 * (self.year - FIRST_YEAR) + 11 * quality(unit, "patents", self.year))
        self.series(unit, "patents_held", "month", lambda m, now: held * (1 + 0.008 * m), 0)
        for indicator in ("jobs", "housing"):
            self.planned(unit, indicator)
        for element in ("clean_days", "food", "elderly", "income_growth", "public_satisfaction",
                        "business_satisfaction"):
            self.around(unit, element)
        self.target(unit.id, "clean_days", str(self.year), number(
            81.5 + 0.5 * (self.year - FIRST_YEAR) + 0.8 * bell("target", unit.id, "clean_days"), 1))
        self.concentration(unit, "pm25")
        self.tasks(unit, "projects_planned", "projects_done", 30 + int(unit.people) % 9, 0.25)
        self.levels(unit, "credit")
        self.levels(unit, "publicity")

    def individual(self):
        """What only some districts report."""
        unit = self.units
        for indicator, who in (("online_trade", "wanglan"), ("port_containers", "landong"),
                               ("equipment_cluster", "qingcen"), ("modern_farms", "songyan"),
                               ("campus_projects", "jinting landong"), ("tech_contracts", "qingcen"),
                               ("shoreline", "wanglan landong"),
                               ("urban_renewal", "jinting wanglan landong")):
            for id in who.split():
                self.planned(unit[id], indicator)
        for indicator, who, scale in (("tourism_income", "jinting zehe", 0.062),
                                      ("iot_revenue", "yunhu wanglan", 0.19)):
            for id in who.split():
                self.against_baseline(unit[id], indicator, scale)
        for id in ("yunhu", "jinting"):
            self.concentration(unit[id], "lake_phosphorus")
        for id in ("songyan", "zehe"):
            self.around(unit[id], "farm_science")
        self.series(unit["yunhu"], "finance_va", "quarter", lambda m, now: self.amount(
            unit["yunhu"], "gdp", self.year, m) * (0.103 + 0.002 * bell("finance", now)), 2)
        for id, cover in (("qingcen", 26.4), ("songyan", 31.2)):
            cover += 0.4 * (self.year - FIRST_YEAR)
            self.target(id, "forest", str(self.year), number(cover, 1))
            self.put(id, "forest", str(self.year), cover + 0.3 + 0.2 * bell(id, "forest", self.year), 1)
        self.put("zehe", "straw", str(self.year), 94.6 + 1.4 * (self.year - FIRST_YEAR), 1)
        for id in ("qingcen", "songyan", "zehe"):
            plan = unit[id].size * 21
            result = 1 + 0.07 * quality(unit[id], "village_income", self.year)
            self.target(id, "village_income", str(self.year), number(plan, 0))
            for half, share in (("H1", 0.46), ("H2", 0.54)):
                now = "%d-%s" % (self.year, half)
                self.target(id, "village_income", now, number(plan * share, 0))
                self.put(id, "village_income", now, plan * share * (
                    result + 0.02 * bell(id, "village_income", now)), 0)
        for id in ("street_hubin", "street_liuqiao"):
            for month in range(1, 13):
                now = period(self.year, "month", month)
                filed = (310 + 25 * bell(id, "filed")) * month * (1 + 0.04 * bell(id, "filed", now))
                self.put(id, "cases_filed", now, filed, 0)
                self.put(id, "cases_closed", now, filed * (0.962 + 0.008 * bell(id, "closed", now)), 0)

    def against_baseline(self, unit, indicator, scale):
        """A target with last year's amount as the baseline."""
        before = unit.size * scale * (1 + 0.06 * (self.year - FIRST_YEAR))
        result = 1.10 + 0.04 * quality(unit, indicator, self.year)
        self.targets_so_far(unit, indicator, before * 1.12, 1, before)
        self.series(unit, indicator, "month", lambda m, now: before * SEASON[m] * (
            result + 0.01 * bell(unit.id, indicator, now)), 1)

    # Departments and firms

    def department(self, unit):
        model = story.like(unit, self.units) if self.year == YEAR else unit
        q = lambda what: quality(model, what, self.year)
        self.tasks(unit, "tasks_planned", "tasks_done", 30 + len(model.id) % 5 * 6, 0.13, model)
        swing = lambda what, now, size: size * bell(unit.id, what, now)
        self.series(unit, "supervised", "month", lambda m, now: clip(
            96.4 + 0.6 * m / 12.0 + 2.2 * q("supervised") + swing("supervised", now, 0.5), 85, 100), 1)
        self.series(unit, "core_work", "quarter", lambda m, now: clip(
            int(5.5 - 3.4 * q("core_work") + swing("core_work", now, 0.7)), 1, 13), 0)
        if unit.group != "dept_party":
            self.levels(unit, "rule_of_law", "half")
            self.series(unit, "proposals", "half", lambda m, now: clip(
                91 + 4 * q("proposals") + swing("proposals", now, 1), 60, 99.5), 1)
            self.series(unit, "public_view", "half", lambda m, now: clip(
                86 + 4.5 * q("public_view") + swing("public_view", now, 1), 60, 99.5), 1)
        else:
            self.series(unit, "peer_view", "half", lambda m, now: clip(
                88 + 4 * q("peer_view") + swing("peer_view", now, 1), 60, 99.5), 1)
        line = q("line_rating")
        self.put(unit.id, "line_rating", str(self.year), "first" if line > 0.35 else "second"
                 if line > -0.3 else "third" if line > -1 else "none")
        awards = max(0.0, 5 + 4 * q("award_score"))
        self.series(unit, "award_score", "half", lambda m, now: awards * m / 12.0, 1)
        for rater, *_ in DISTRICTS:
            self.series(unit, "op_" + rater, "quarter", lambda m, now: clip(
                87 + 5 * q("opinion") + swing("op_" + rater, now, 2.2), 60, 100), 0)
        self.series(unit, "organ_party", "half", lambda m, now: clip(
            90 + 4 * q("organ_party") + swing("organ_party", now, 0.8), 60, 99.5), 1)
        self.counted(unit, "work_style", 1.6, -1.1, model)
        used = 98 + 3 * q("budget_use")
        self.target(unit.id, "budget_use", str(self.year), "98.8" if self.year == YEAR else "98")
        self.series(unit, "budget_use", "month", lambda m, now: clip(
            used * m / 12.0 * (1 + (1.2 - m / 12.0) * swing("budget_use", now, 0.04)), 1, 100), 1)

    def firm(self, unit):
        q = lambda what: quality(unit, what, self.year)
        means = (-2.5, 9.5)

        def growth(year, month):
            return means[year - FIRST_YEAR] + 3.5 * quality(unit, "firm_revenue", year) \
                + 0.6 * bell(unit.id, "firm_revenue", year, month)

        def revenue(year, month):
            before = unit.size * month / 12.0 if year == FIRST_YEAR else revenue(year - 1, month)
            return before * (1 + growth(year, month) / 100)

        if self.year == YEAR:
            for month in range(1, 13):
                self.put(unit.id, "firm_revenue", period(FIRST_YEAR, "month", month),
                         revenue(FIRST_YEAR, month), 2)
        else:
            self.series(unit, "revenue_growth", "month", lambda m, now: growth(self.year, m), 1)
        self.series(unit, "firm_revenue", "month", lambda m, now: revenue(self.year, m), 2)
        plan = float(number(unit.size * 0.052 * (1 + 0.06 * (self.year - FIRST_YEAR)), 2))
        result = 1 + 0.06 * q("profit")
        self.target(unit.id, "profit", str(self.year), number(plan, 2))
        self.series(unit, "profit", "month", lambda m, now: plan * m / 12.0 * (
            result + 0.02 * bell(unit.id, "profit", now)), 2)
        assets = unit.size * 3.6 * (1 + 0.05 * (self.year - FIRST_YEAR))
        debts = 0.645 - 0.035 * q("debts")
        self.series(unit, "assets", "month", lambda m, now: assets * (1 + 0.003 * m), 2)
        self.series(unit, "liabilities", "month", lambda m, now: assets * (1 + 0.003 * m) * (
            debts + 0.003 * bell(unit.id, "debts", now)), 2)
        self.series(unit, "equity", "month", lambda m, now: assets * (1 + 0.003 * m) * (1 - debts), 2)
        self.series(unit, "funding_cost", "quarter", lambda m, now: (
            4.55 - 0.25 * (self.year - FIRST_YEAR) - 0.3 * q("funding")
            + 0.04 * bell(unit.id, "funding", now)), 2)
        self.series(unit, "firm_rd", "month", lambda m, now: revenue(self.year, m) * (
            0.018 + 0.004 * q("firm_rd")), 2)
        self.tasks(unit, "reform_planned", "reform_done", 24, 0.14)
        self.counted(unit, "firm_accidents", 0.7, -1.2)
        self.series(unit, "firm_hazards", "month", lambda m, now: clip(
            96.8 + 1.4 * q("firm_hazards") + 0.4 * bell(unit.id, "firm_hazards", now), 85, 100), 1)
        self.series(unit, "firm_party_building", "half", lambda m, now: clip(
            89 + 3 * q("firm_party") + bell(unit.id, "firm_party", now), 60, 99), 1)
        self.counted(unit, "firm_audit", 2.2, -0.9)


def make(year):
    """Observations and targets of a year's package."""
    figures = Figures(year)
    figures.city()
    for unit in figures.units.values():
        if unit.group == "district":
            figures.district(unit)
        elif unit.group == "zone" and takes_part(unit, year, 12):
            figures.area(unit)
        elif unit.group == "zone":  # merged into another: only what growth is computed from
            figures.growing(unit)
        elif unit.group in DEPARTMENT_GROUPS:
            figures.department(unit)
        elif unit.group == "firm":
            figures.firm(unit)
    figures.individual()
    for indicator, value in (("reform_tasks", 100), ("livelihood_projects", 100), ("food", 98)):
        figures.target("*", indicator, str(year), value)
    figures.target("group:firm", "firm_reform", str(year), 100)
    story.tell(figures)
    order = {id: i for i, id in enumerate(figures.units)}
    elements = {}
    for _, element, _ in figures.rows:
        elements.setdefault(element, len(elements))
    keys = sorted(figures.rows, key=lambda k: (order[k[0]], elements[k[1]], k[2]))
    targets = sorted(figures.targets,
                     key=lambda t: (t["indicator"], order.get(t["unit"], -1), t["period"]))
    return [figures.rows[key] for key in keys], targets


OBSERVATION_COLUMNS = "unit element period value state x_received x_first x_note".split()
TARGET_COLUMNS = "unit indicator period target baseline".split()
