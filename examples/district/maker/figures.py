"""The figures: invented, and leaning on each unit's quality; each from a stream of its own, so that none changes another."""

from generator.output import ends, number, period
from generator.stream import bell

from .indicators import city_indicators, months_without
from .units import YEAR, all_units, clip, quality

# Shares and marks: mean, slope by quality, rise over a year, deviation, highest, decimals.
AROUND = {
    "supervised": (96.6, 2.0, 0.6, 0.5, 100, 1), "street_hazards": (96.0, 2.2, 0.6, 0.5, 100, 1),
    "street_petitions": (95.2, 2.6, 0.8, 0.5, 100, 1), "park_hazards": (96.4, 1.9, 0.6, 0.4, 100, 1),
    "proposals": (92, 3.5, 0, 0.9, 99.5, 1), "street_view": (89, 4.5, 0.6, 0.9, 99.5, 2),
    "public_view": (87, 4.2, 0.6, 0.9, 99.5, 1), "organ_party": (91, 3.5, 0, 0.7, 99.5, 1),
    "hotline": (88.5, 4.0, 1.0, 0.9, 99.5, 1), "branch_party": (90, 3.8, 0, 0.7, 99.5, 1),
    "firm_service": (88, 4.0, 0.8, 0.9, 99.5, 1), "firm_building": (90, 3.0, 0, 0.7, 99.5, 1),
    "firm_cost": (4.35, -0.3, -0.05, 0.04, 9, 2),
}


class Figures:
    """Collects the rows of observations.csv and targets.csv."""

    def __init__(self):
        self.rows, self.targets = [], []

    def put(self, unit, element, when, value="", decimals=0, state=""):
        text = value if isinstance(value, str) else number(value, decimals)
        self.rows.append(dict(unit=unit.id, element=element, period=when, value=text, state=state))

    def target(self, unit, indicator, value, decimals=0):
        self.targets.append(dict(unit=unit.id, indicator=indicator, period=str(YEAR), target=number(value, decimals)))

    def series(self, unit, element, frequency, value, decimals=0):
        for month in ends(frequency):
            now = period(YEAR, frequency, month)
            self.put(unit, element, now, value(month, now), decimals)

    def luck(self, unit, what, now, size):
        return size * bell("district", unit.id, what, now)

    def around(self, unit, element, frequency):
        mean, slope, rise, deviation, high, decimals = AROUND[element]
        middle = mean + slope * quality(unit, element)
        self.series(unit, element, frequency, lambda m, now: clip(
            middle + rise * (m / 12.0 - 0.5) + self.luck(unit, element, now, deviation), 0, high), decimals)

    def counted(self, unit, element, yearly, slope):
        """A count of the year so far; it never falls."""
        total = max(0.0, yearly * (1 + slope * quality(unit, element)))
        shift = 0.5 * bell("district", unit.id, element, "shift")
        so_far = 0
        for month in range(1, 13):
            so_far = max(so_far, int(max(0.0, total * month / 12.0 + shift)))
            self.put(unit, element, period(YEAR, "month", month), so_far)

    def tasks(self, unit, planned, done, yearly, slack):
        """Tasks that were due by each month, and how many of them are done."""
        behind = slack * clip(0.5 - quality(unit, done), 0, 2)
        for month in range(1, 13):
            due = yearly * month // 12
            late = int(behind * (1.35 - month / 12.0) * yearly * month / 12.0 + 0.3)
            now = period(YEAR, "month", month)
            self.put(unit, planned, now, due)
            self.put(unit, done, now, max(0, due - late))

    def planned(self, unit, indicator, plan, decimals, slope):
        """An amount of the year so far against the year's target."""
        plan = float(number(plan, decimals))
        self.target(unit, indicator, plan, decimals)
        result = 0.985 + slope * quality(unit, indicator)
        self.series(unit, indicator, "month", lambda m, now: plan * m / 12.0 * (
            result + (1.4 - m / 12.0) * self.luck(unit, indicator, now, 0.025)), decimals)

    # What the city has no score of yet

    def not_yet(self, unit, rows):
        for id in unit.answers:
            for month in months_without(rows[id]):
                self.put(unit, "city_" + id, period(YEAR, "month", month), state="pending")

    # The classes

    def department(self, unit):
        self.tasks(unit, "tasks_planned", "tasks_done", 24 + len(unit.id) % 5 * 6, 0.13)
        self.around(unit, "supervised", "month")
        self.around(unit, "street_view", "quarter")
        self.around(unit, "public_view", "half")
        if unit.group == "organ":
            self.around(unit, "proposals", "half")
            self.around(unit, "organ_party", "half")
            self.counted(unit, "work_style", 1.6, -1.1)

    def street(self, unit):
        self.tasks(unit, "support_planned", "support_done", 36, 0.2)
        self.planned(unit, "local_revenue", unit.size * 0.42, 2, 0.06)
        self.series(unit, "people", "month", lambda m, now: unit.size * (1 + 0.001 * m), 2)
        founded = unit.size * 88 * (1 + 0.18 * quality(unit, "new_firms"))
        self.series(unit, "firms_founded", "month", lambda m, now: founded * m / 12.0 * (
            1 + self.luck(unit, "firms_founded", now, 0.02)))
        self.planned(unit, "leads", 18 + unit.size, 0, 0.12)
        filed = unit.size * 190
        share = 0.972 + 0.016 * quality(unit, "grid_cases")
        for month in range(1, 13):
            now = period(YEAR, "month", month)
            cases = int(filed * month / 12.0 * (1 + self.luck(unit, "cases", now, 0.03)))
            self.put(unit, "cases_filed", now, cases)
            self.put(unit, "cases_closed", now, int(cases * clip(share + self.luck(unit, "closed", now, 0.003), 0, 1)))
        self.planned(unit, "renewal", 240 + unit.size * 22, 0, 0.06)
        self.around(unit, "hotline", "quarter")
        self.around(unit, "street_hazards", "month")
        self.around(unit, "street_petitions", "month")
        self.around(unit, "branch_party", "half")
        self.counted(unit, "street_conduct", 1.8, -1.0)

    def park(self, unit):
        growth = 11.5 + 4 * quality(unit, "park_output")
        for month in range(1, 13):
            was = unit.size * month / 12.0 * (1 + self.luck(unit, "park_output", period(YEAR - 1, "month", month), 0.01))
            now = period(YEAR, "month", month)
            output = was * (1 + (growth + self.luck(unit, "park_output", now, 0.8)) / 100)
            self.put(unit, "park_output_before", now, was, 2)  # in the same months of last year
            self.put(unit, "park_output", now, output, 2)
            taxes = output * (0.071 + 0.012 * quality(unit, "park_taxes") + self.luck(unit, "park_taxes", now, 0.001))
            self.put(unit, "park_taxes", now, taxes, 3)
            used = output * (620 - 90 * quality(unit, "energy_used")) * (1 + self.luck(unit, "energy_used", now, 0.02))
            self.put(unit, "energy_used", now, used)
        self.series(unit, "park_mu", "month", lambda m, now: unit.size * 21)
        self.planned(unit, "park_investment", unit.size * 0.31, 1, 0.07)
        self.counted(unit, "signed", 5 + unit.size * 0.03, 0.4)
        self.around(unit, "firm_service", "quarter")
        self.around(unit, "park_hazards", "month")

    def firm(self, unit):
        self.planned(unit, "firm_profit", unit.size * 0.041, 2, 0.07)
        assets = unit.size * 3.1
        debts = 0.672 - 0.03 * quality(unit, "firm_debts")
        self.series(unit, "firm_equity", "month", lambda m, now: unit.size * (1 + 0.002 * m), 2)
        self.series(unit, "firm_assets", "month", lambda m, now: assets * (1 + 0.003 * m), 2)
        self.series(unit, "firm_debts", "month", lambda m, now: assets * (1 + 0.003 * m) * (
            debts + self.luck(unit, "firm_debts", now, 0.003)), 2)
        self.around(unit, "firm_cost", "quarter")
        self.tasks(unit, "reform_planned", "reform_done", 24, 0.16)
        self.counted(unit, "firm_audit", 2.4, -0.9)
        self.around(unit, "firm_building", "half")
        self.counted(unit, "firm_accidents", 0.75, -1.2)


MAKERS = {"organ": Figures.department, "vertical": Figures.department, "street": Figures.street,
          "park": Figures.park, "firm": Figures.firm}


def make():
    """Observations and targets."""
    figures, rows = Figures(), city_indicators()
    units = all_units()
    for unit in units:
        figures.not_yet(unit, rows)
        MAKERS[unit.group](figures, unit)
    figures.targets.append(dict(unit="group:firm", indicator="firm_tasks", period=str(YEAR), target="100"))
    order = {unit.id: i for i, unit in enumerate(units)}
    figures.rows.sort(key=lambda row: (order[row["unit"]], row["element"], row["period"]))
    figures.targets.sort(key=lambda row: (row["indicator"], order.get(row["unit"], -1)))
    return figures.rows, figures.targets


OBSERVATION_COLUMNS = "unit element period value state".split()
TARGET_COLUMNS = "unit indicator period target".split()
