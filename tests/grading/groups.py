"""Random groups of up to 8 units for one package: scores that tie, quotas, vetoes, gates, conditions. The same seed makes the same.

The total is the leaf x (and a bonus); y and z are gates that no total counts, there for conditions, for telling
ties apart and, y, for an effect of its own."""
import os
import random
from fractions import Fraction

GRADES = ["best", "good", "fair", "poor"]
GATE = 30  # the score of y below which GATED is the best grade there is
GATED = "fair"
# Conditions of three values, as the format has them: None is missing.
COMPARE = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
           "==": lambda a, b: a == b, "!=": lambda a, b: a != b}


def holds(condition, facts):
    """facts: what a name stands for, None = missing."""
    if condition[0] == "not":
        inner = holds(condition[1], facts)
        return None if inner is None else not inner
    if condition[0] in ("and", "or"):
        sides = [holds(c, facts) for c in condition[1:]]
        decides = condition[0] == "or"
        return decides if decides in sides else None if None in sides else not decides
    name, op, number = condition
    return None if facts[name] is None else COMPARE[op](facts[name], number)


def written(condition):
    if condition[0] == "not":
        return "not (%s)" % written(condition[1])
    if condition[0] in ("and", "or"):
        return "(%s) %s (%s)" % (written(condition[1]), condition[0], written(condition[2]))
    return "%s %s %s" % condition


class Maker:
    def __init__(self, seed, groups, sets):
        self.r = random.Random(seed)
        self.sets = {"s%d" % i: self.grades() for i in range(sets)}
        self.groups = {"g%d" % i: self.r.choice(list(self.sets)) for i in range(groups)}
        self.units, self.figures, self.adjustments = {}, {}, []
        self.at_most, self.unranked, self.away = {}, set(), set()
        for group in self.groups:
            self.fill(group)
        self.decimals = self.r.choice([0, 1, 2])
        self.rounding = self.r.choice(["half_away", "half_away", "half_even", "down"])
        self.exact = self.chance(0.25)
        self.ties = self.r.choice(["min", "dense", "max", "average"])
        self.ties_by = self.r.choice(["", "", "", "z", "y, z"])

    def chance(self, p):
        return self.r.random() < p

    def condition(self, depth=2):
        if depth > 0 and self.chance(0.3):
            how = self.r.choice(["and", "or", "not"])
            return (how,) + tuple(self.condition(depth - 1) for _ in range(1 if how == "not" else 2))
        name = self.r.choice(["score", "score", "rank", "rank", "base", "node(y)", "node(z)"])
        if name == "rank":
            return name, self.r.choice(["<=", "<=", "<=", "!="]), self.r.randint(1, 5)
        return name, self.r.choice([">=", ">=", ">=", ">", "<", "!="]), self.r.choice([40, 60, 60, 70, 80, 90])

    def quota(self):
        """(text, what places_of() takes) of a quota, or None."""
        if self.chance(0.25):
            return None
        if self.chance(0.5):
            number = self.r.choice([0, 1, 1, 1, 2, 2, 3, 4])
            return str(number), number
        text = self.r.choice(["30%", "50%", "10%", "0.4", "33.3%", "60%", "100%", "12.5%"])
        number = Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)
        return text, number

    def grades(self):
        """A list of grades, best first, each {id, when, quota, ties}; one that always holds has no other after it."""
        ids = sorted(self.r.sample(GRADES, self.r.choice([2, 3, 3, 4])), key=GRADES.index)
        found = []
        for grade in ids:
            when, quota = self.condition() if self.chance(0.55) else None, self.quota()
            ties = self.r.choice([None, "none", "all", "all", "y", "z", "z"]) if quota else None
            if not when and not quota and grade != ids[-1]:
                when = self.condition()
            if grade == ids[-1] and self.chance(0.6):
                when = quota = ties = None
            found.append({"id": grade, "when": when, "quota": quota, "ties": ties})
        return found

    def fill(self, group):
        ladder = self.r.choice([["90", "80", "70", "60", "50"], ["80", "80.004", "79.996", "80.4"],
                                ["95", "85"], ["75.5"], ["99", "88.25", "77.75", "88.245", "61", "52", "43.21", "30"]])
        nodes = self.r.choice([["10", "35.2", "50", "80"], ["60", "60.004", "20"], ["70"]])
        gaps = self.r.choice([0, 0, 0.15])
        vetoes = self.r.choice([0, 0.15, 0.4])
        bonus = self.r.choice([0, 0.3])
        for i in range(self.r.randint(1, 8)):
            unit = "%su%d" % (group, i)
            self.units[unit] = group
            for leaf, choices in (("x", ladder), ("y", nodes), ("z", nodes)):
                self.figures[unit, leaf] = None if self.chance(gaps) else self.r.choice(choices)
            if self.chance(bonus):
                self.adjustments.append((unit, "plus"))
            if self.chance(vetoes):
                grade = self.r.choice(GRADES[1:])
                self.at_most.setdefault(unit, []).append(grade)
                self.adjustments.append((unit, "not_above_" + grade))
            if self.chance(vetoes / 3):
                self.unranked.add(unit)
                self.adjustments.append((unit, "fraud"))
        if self.chance(0.1):
            gone = group + "gone"
            self.units[gone] = group
            self.away.add(gone)

    def scheme(self):
        yield "baton: 1\nid: groups\ntitle: {zh: 等次}\nperiod: 2021\nfrequency: year"
        yield "defaults: {method: direct}"
        yield "scoring: {decimals: %d, rounding: %s, rank_on: %s, ties: %s, ties_by: [%s]}" % (
            self.decimals, self.rounding, "exact" if self.exact else "rounded", self.ties, self.ties_by)
        yield "gates:"
        yield "  y: {at_least: %d, effect: {grade_at_most: %s}}\n  z: {at_least: 0, effect: {no_award: true}}" % (GATE, GATED)
        yield "adjustments:\n  items:\n    - {id: plus, kind: bonus, points: 5}\n    - {id: fraud, kind: veto, unranked: true}"
        for grade in GRADES[1:]:
            yield "    - {id: not_above_%s, kind: veto, effect: {grade_at_most: %s}}" % (grade, grade)
        yield "groups:"
        for group, grades in self.groups.items():
            yield "  - {id: %s, grades: %s}" % (group, grades)
        yield "grades:"
        for name, grades in self.sets.items():
            yield "  %s:" % name
            for grade in grades:
                yield "    - {id: %s%s%s%s}" % (
                    grade["id"], ', when: "%s"' % written(grade["when"]) if grade["when"] else "",
                    ", quota: " + grade["quota"][0] if grade["quota"] else "",
                    ", quota_ties: " + grade["ties"] if grade["ties"] else "")

    def tables(self):
        yield "units.csv", ["id,name,group,left"] + [
            "%s,%s,%s,%s" % (u, u, g, "2020" if u in self.away else "") for u, g in self.units.items()]
        yield "indicators.csv", ["id,name,weight,class,decimals", "x,x,100,,", "y,y,0,gate,0", "z,z,0,gate,"]
        yield "observations.csv", ["unit,element,period,value"] + [
            "%s,%s,2021,%s" % (unit, leaf, value) for (unit, leaf), value in self.figures.items() if value is not None]
        yield "adjustments.csv", ["unit,period,item,reason"] + ["%s,2021,%s,r" % row for row in self.adjustments]

    def write(self, folder):
        for name, rows in [("scheme.yaml", self.scheme()), *self.tables()]:
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write("\n".join(rows) + "\n")
