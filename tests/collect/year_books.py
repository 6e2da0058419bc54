"""What is asked of whom in the example city, worked out of its tables and not of what the server answers: which figures are expected in a period, who reports and who verifies each, and what burden that is.

The tables have a row for every figure that is expected, and some more: what nobody is asked for is told by the weights, and by two rules that were read off scheme.yaml by hand."""
import os
import re

from year_package import read

# Of units without a group, which no weight speaks of: an award asks for the city's output, growth above the city's (an adjustment) for that or its growth, the share of cases closed for the cases of the streets below a district.
WITHOUT_GROUP = {"gdp": "city", "gdp_growth": "city", "cases_closed": "street", "cases_filed": "street"}
WORD = re.compile(r"[a-z][a-z0-9_]*")


def table(folder, name):
    return read(folder, name)[0]


class Scheme:
    """Leaves, their weights, and the elements that they name."""

    def __init__(self, folder):
        indicators = table(folder, "indicators")
        self.parent = {row["id"]: row["parent"] for row in indicators}
        self.weight = {row["id"]: "0" if row["kind"] == "individual" else row["weight"] for row in indicators}
        self.own = {(row["for"], row["indicator"]): row["weight"] for row in table(folder, "weights")}
        self.leaves = [row for row in indicators if row["method"]]
        self.group = {row["id"]: row["group"] for row in table(folder, "units")}
        with open(os.path.join(folder, "scheme.yaml"), encoding="utf-8") as file:
            named = dict(re.findall(r'^  (\w+): "(.*)"$', file.read().split("\nelements:")[1].split("\n\n")[0], re.M))
        self.names = {row["id"]: self.elements(row["value"], named) if row["value"] else {row["id"]} for row in self.leaves}
        self.formulas = {row["id"] for row in self.leaves if row["value"]} | set(named)

    def elements(self, text, named):
        words = set(WORD.findall(text))
        return words.union(*(self.elements(named[word], named) for word in words & set(named))) if words & set(named) else words

    def applies(self, unit, node):
        """Whether nothing on the way to the top weighs nothing."""
        weight = self.own.get((unit, node), self.own.get(("group:" + self.group.get(unit, ""), node), self.weight[node]))
        return float(weight) != 0 and (not self.parent[node] or self.applies(unit, self.parent[node]))

    def leaf(self, unit, element):
        """The one that says who reports a figure; None = nobody is asked for it."""
        naming = [row for row in self.leaves if element in self.names[row["id"]] and element not in self.formulas]
        if not self.group.get(unit) and WITHOUT_GROUP.get(element) != unit.split("_")[0]:
            return None
        asking = [row for row in naming if not self.group.get(unit) or self.applies(unit, row["id"])]
        return next((row for row in asking if row["id"] == element), asking[0] if asking else None)


MINUTES = {"figures": 6, "forms": 20, "files": 10}  # as long as the office says nothing else
SUMS = ("figures", "forms", "files")


class Books:
    """Of one assessment, as its package has it (year_package.Package)."""

    def __init__(self, package):
        self.package, self.scheme = package, Scheme(package.folder)
        units = table(package.folder, "units")
        self.above, self.level = {row["id"]: row["parent"] for row in units}, {row["id"]: row["kind"] for row in units}
        self.contents = {}  # by digest of a file: who brought it in, and its bytes
        self.files, self.of = {}, {}  # (unit, element, period): digests of what the figure names; what asked() has worked out

    def who(self, unit, element):
        """Who reports and who verifies; None where nobody is asked."""
        leaf = self.scheme.leaf(unit, element)
        return leaf and (leaf["source"] if leaf["source"] in self.above else unit, leaf["verifier"])

    def asked(self, period):
        """What is expected: (unit, element): (reporter, verifier). Of a unit that two became, all that is asked of one of them."""
        if period not in self.of:
            keys = {(unit, element): self.who(unit, element) for unit, element, of in self.package.rows if of == period and unit != self.package.made}
            for element, like in self.package.asked_of_made(period):
                keys[self.package.made, element] = self.who(like, element)
            self.of[period] = {key: who for key, who in keys.items() if who}
        return self.of[period]

    def states(self, period):
        """How many figures of the period there have to be of each state, by reporter; a figure that is in no package is missing."""
        states = {}
        for (unit, element), (reporter, _) in self.asked(period).items():
            key = (unit, element, period)
            state = self.package.rows[key]["state"] or "given" if self.package.has(key) else "missing"
            states.setdefault(reporter, {}).setdefault(state, set()).add((unit, element))
        return states

    def missing(self, period):
        return {key: who for key, who in self.asked(period).items() if not self.package.has((*key, period))}

    def owed(self, period):
        """What is missing once all is locked: also what everybody has agreed comes later, and never came."""
        pending = {key: who for key, who in self.asked(period).items() if self.package.has((*key, period)) and self.package.rows[(*key, period)]["state"] == "pending"}
        return {**self.missing(period), **pending}

    def reporters(self, period):
        return sorted({reporter for reporter, _ in self.asked(period).values()})

    def below(self, unit, reporter):
        """Whether a unit that reports stands somewhere below another."""
        above = self.above.get(reporter)
        return bool(above) and (above == unit or self.below(unit, above))

    def cells(self, periods):
        """Forms: (reporter, department, period): figures, and the different files that they name."""
        cells = {}
        for period in periods:
            for key, (reporter, verifier) in self.asked(period).items():
                figures, files = cells.setdefault((reporter, verifier, period), (set(), set()))
                figures.add(key)
                files.update(self.files.get((*key, period), ()))
        return cells

    def burden(self, periods, key_of):
        """What has to be told under each key; `key_of` makes it of a form."""
        rows = {}
        for (reporter, verifier, period), (figures, files) in self.cells(periods).items():
            row = rows.setdefault(key_of(reporter, verifier, period), dict.fromkeys(SUMS, 0))
            for name, more in zip(SUMS, (len(figures), 1, len(files))):
                row[name] += more
        return rows


def hours(row):
    return round(sum(row[name] * MINUTES[name] for name in SUMS) / 60, 1)


def together(rows):
    return {name: sum(row[name] for row in rows) for name in SUMS}
