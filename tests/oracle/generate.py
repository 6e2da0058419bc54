"""Random packages: small, sound, and rich in ties, gaps and rules. The same seed makes the same package.

What the format leaves open is avoided, such as rows of targets.csv for a unit and for `*` with different periods."""
import os
import random


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.tables, self.scheme, self.as_of = {}, [], None
        self.monthly = self.chance(0.4)
        self.adjusting = self.chance(0.6)
        self.make()

    def chance(self, p):
        return self.r.random() < p

    def pick(self, *choices):
        return self.r.choice(choices)

    def some(self, items, at_least=0):
        items = list(items)
        return self.r.sample(items, self.r.randint(min(at_least, len(items)), len(items)))

    # figures
    def figure(self, element):
        kind = self.elements[element]
        if kind == "count":
            return str(self.r.randint(-1, 6))
        if kind == "share":
            return "%.1f" % (self.r.randint(0, 1000) / 10)
        if kind == "wide":
            return str(self.r.choice([1, 2, 2, 3, 3, 3, 4, 5, 60, 90, 400]))
        return self.pick("%d" % self.r.randint(40, 100), "%d" % (10 * self.r.randint(0, 10)), "%.2f" % self.r.uniform(0, 110))

    def make(self):
        self.make_periods()
        self.make_units()
        self.elements = {"e%d" % i: self.pick("count", "share", "wide", "score", "score") for i in range(self.r.randint(2, 5))}
        self.codes = self.chance(0.3)
        self.make_methods()
        self.make_indicators()
        self.make_observations()
        self.make_scheme()

    def make_periods(self):
        if self.monthly:
            self.all = ["2020-%02d" % m for m in range(10, 13)] + ["2021-%02d" % m for m in range(1, 7)]
            self.asked = self.some(["2021-06", "2021-05", "2021-Q2", "2021-H1", "2021-02"], 1)[:2]
            self.as_of = self.pick(None, None, "2021-06-15", "2021-06-30", "2021-07-10")
        else:
            self.all = ["2019", "2020", "2021"]
            self.asked = ["2021"] + (["2020"] if self.chance(0.3) else [])

    def make_units(self):
        self.groups = ["g%d" % i for i in range(self.r.randint(1, 3))]
        rows, self.units = ["id,name,group,parent,order,joined,left"], {}
        self.city = self.chance(0.5)
        if self.city:
            rows.append("city,City,,,,,")
        for g in self.groups:
            for i in range(self.r.randint(1, 7)):
                unit = "%su%d" % (g, i)
                self.units[unit] = g
                joined = left = ""
                if self.chance(0.06):
                    joined = self.r.choice(self.all)
                elif self.chance(0.04):
                    left = self.r.choice(self.all)
                rows.append(",".join([unit, unit, g, "city" if self.city else "",
                                      str(self.r.randint(1, 3)) if self.chance(0.2) else "", joined, left]))
        self.follow(rows)
        self.tables["units.csv"] = self.shuffled(rows)

    def follow(self, rows):
        """In some packages two units, or one, become a new one at the turn of February, and bring their history along."""
        free = [i for i, row in enumerate(rows) if row.endswith(",,") and not row.startswith("city")]
        if not self.monthly or not free or self.chance(0.75):
            return
        found = ["from,to,date,share"]
        for i in self.r.sample(free, self.pick(1, min(2, len(free)))):
            rows[i] = rows[i][:-1] + ",2021-02"
            found.append("%s,heir,2021-03-01,%s" % (rows[i].split(",")[0], self.pick("", "0.5")))
        group = self.r.choice(self.groups)
        self.units["heir"] = group
        rows.append("heir,heir,%s,%s,,2021-03," % (group, "city" if self.city else ""))
        self.tables["successions.csv"] = found

    def shuffled(self, rows):
        rest = rows[1:]
        self.r.shuffle(rest)
        return rows[:1] + rest

    # expressions
    def number(self):
        return self.pick("1", "2", "10", "0.5", "50", "100")

    def expression(self, depth, names):
        if depth == 0 or self.chance(0.2):
            return self.number() if self.chance(0.25) else self.r.choice(names)
        a = lambda: self.expression(depth - 1, names)
        e = self.r.choice(names)
        choices = ["(%s + %s)" % (a(), a()), "(%s - %s)" % (a(), a()), "%s * %s" % (e, self.number()),
                   "%s / %s" % (e, self.r.choice(names)), "min(%s, %s)" % (a(), a()), "max(%s, %s)" % (a(), a()),
                   "abs(%s)" % a(), "-%s" % e, "if(%s, %s, %s)" % (self.condition(depth - 1, names), a(), a()),
                   "coalesce(%s, %s)" % (a(), self.number()), "present(%s) * %s" % (e, self.number()),
                   "mean(%s)" % e, "median(%s)" % e, "min_of(%s)" % e, "max_of(%s)" % e, "sum_of(%s)" % e,
                   "count(%s)" % e, "rank(%s)" % e, "prev(%s)" % e, "100 * yoy(%s)" % e,
                   "mean_of(%s, 2)" % e, "ytd(%s)" % e, "last(%s)" % e, "streak(%s > 20)" % e, "sqrt(abs(%s))" % e,
                   "(%s)^2 / 100" % e, "clamp(%s, 10, 90)" % a(), "bands(%s, 60, 100, 20, 50, 0)" % e,
                   "rank(%s, where: %s > 10)" % (e, e), "trimmed_mean(%s, 0.2)" % e] + ([] if self.monthly else ["elapsed * 100"]) + (
                       ["span(%s)" % e] if "x" in names else [])
        if self.city:
            choices += ["%s - parent(%s)" % (e, e), "100 * share(%s)" % e, "of(%s, city)" % e]
        return self.r.choice(choices)

    def condition(self, depth, names):
        e = self.r.choice(names)
        plain = "%s %s %s" % (e, self.pick("<", "<=", ">", ">=", "==", "!="), self.number())
        if depth <= 0 or self.chance(0.5):
            return plain
        other = self.condition(depth - 1, names)
        return self.pick("(%s and %s)" % (plain, other), "(%s or %s)" % (plain, other), "not (%s)" % other)

    # methods
    def make_methods(self):
        over = lambda: self.pick("", "", "", ", over: all", ", over: panel")
        ties = lambda: self.pick("", ", ties: min", ", ties: dense", ", ties: max", ", ties: average")
        ends = lambda: self.pick("", "", ", floor: 20", ", cap: 90", ", floor: 10, cap: 95")
        kinds = {
            "range": lambda: "{kind: range, low: %s, high: 100%s%s}" % (self.pick("0", "40", "60"), over(), ends()),
            "sure": lambda: "{kind: range, low: 60%s}" % over(),
            "fixed": lambda: "{kind: range, over: fixed, low: 40, high: 100}",
            "zscore": lambda: "{kind: zscore, mean: 70, sd: 10%s%s}" % (over(), ends()),
            "rank": lambda: "{kind: rank, low: %s%s%s}" % (self.pick("0", "50"), over(), ties()),
            "race": lambda: "{kind: race, step: %s%s%s%s}" % (
                self.pick("5", "20"), ties(), self.pick("", ", floor: 30"),
                self.pick("", ", among: \"x >= 50\", else: 35", ", among: \"x >= target\", else: 35")),
            "table": lambda: "{kind: race, table: [100, 90, 70, 40]%s, floor: 25}" % ties(),
            "percentile": lambda: "{kind: percentile%s%s}" % (over(), ends()),
            "target": lambda: "{kind: target%s%s%s}" % (self.pick("", ", cap: 120", ", cap: 100, floor: 20"),
                                                     self.pick("", ", down: mirror"), self.pick("", ", start_at: 60%")),
            "way": lambda: "{kind: target, from: baseline, cap: 130}",
            "bands": lambda: "{kind: bands, table: [[80, 100], [50, 70], [20, 40]], below: %s, linear: %s}" % (
                self.pick("0", "10"), self.pick("true", "false")),
            "lower": lambda: "{kind: bands, table: [[5, 100], [30, 70], [60, 40]], below: 5, linear: %s}" % self.pick("true", "false"),
            "deduct": lambda: "{kind: deduct, per: %s%s%s}" % (self.pick("5", "0.5"), self.pick("", ", above: 90"), ends()),
            "pass": lambda: "{kind: pass%s}" % self.pick("", ", op: \">\"", ", op: \"==\"", ", op: \"<\""),
            "direct": lambda: "{kind: direct%s}" % ends(),
            "best": lambda: "{kind: best%s%s, floor: 0, cap: 150}" % (self.pick("", ", of: mean"), self.pick("", ", over: all")),
            "rule": lambda: "{kind: rule, where: {w: \"x / 2 + 10\"}, score: \"%s\", floor: 1, cap: 150%s}" % (
                self.expression(2, ["x", "x", "w"]).replace("streak(w", "streak(x"), self.pick("", ", over: all")),
        }
        self.methods = {"m_" + k: v() for k, v in kinds.items()}
        if self.codes:
            self.methods["m_levels"] = "{kind: levels, table: {A: 100, B: 70, C: 30}}"

    # the tree
    def make_indicators(self):
        self.columns = ["id", "name", "parent", "weight", "method", "value", "direction", "missing", "treat", "aggregate",
                        "decimals", "kind", "class", "lo", "hi", "accumulate", "when", "frequency"]
        self.rows, self.leaves, self.inner, self.gates, self.noisy = [], [], [], [], []
        self.aggregates = {"": "arithmetic" if self.chance(0.9) else self.pick("geometric", "harmonic")}
        for b in range(self.r.randint(1, 3)):
            block = "b%d" % b
            how = self.pick("", "", "arithmetic", "min", "sum", "copeland", "geometric", "harmonic")
            self.inner.append(block)
            self.aggregates[block] = how
            self.row(id=block, weight=str(self.r.randint(1, 6) * 10), aggregate=how,
                     decimals=self.pick("", "", "1"))
            for i in range(self.r.randint(1, 4)):
                self.leaf("%sl%d" % (block, i), block, weightless=how in ("min", "sum") and self.chance(0.7),
                          positive=how in ("geometric", "harmonic") and self.chance(0.95))
        if self.chance(0.4):
            self.leaf("top", "", False)
        if self.chance(0.3):
            self.leaf("door", "", False, gate=True)
        if self.codes:
            self.row(id="code", weight="10", method="m_levels")
            self.leaves.append("code")
        self.tables["indicators.csv"] = [",".join(self.columns)] + [
            ",".join(self.quoted(row.get(c, "")) for c in self.columns) for row in self.rows]

    @staticmethod
    def quoted(text):
        return '"%s"' % text.replace('"', '""') if "," in text or '"' in text else text

    def row(self, **cells):
        cells["name"] = cells["id"]
        self.rows.append(cells)

    def leaf(self, leaf, parent, weightless, gate=False, positive=False):
        method = self.r.choice(["m_sure", "m_zscore", "m_fixed", "m_rule"] if positive
                               else [m for m in self.methods if m != "m_levels"])
        names = list(self.elements)
        value = self.r.choice(names) if self.chance(0.6) else self.expression(2, names)
        cells = dict(id=leaf, parent=parent, method=method, value=value, direction=self.pick("", "up", "down"),
                     weight="" if weightless else self.pick("10", "20", "25.5", "30"),
                     missing=self.pick("redistribute", "mean", "full", "last") if positive else self.pick(
                         "", "", "zero", "floor", "mean", "median", "full", "last", "factor(0.6)"),
                     treat=self.pick("", "", "", "winsorise(2)", "log", "clip(5,80)"), decimals=self.pick("", "", "0"),
                     kind="individual" if self.chance(0.12) and not weightless and not gate and leaf != "b0l0" else "")
        compared = any(f + "(" in value for f in ("rank", "mean", "median", "min_of", "max_of", "sum_of", "count"))
        if cells["missing"] == "last" and (compared or "panel" in self.methods[method]):
            cells["missing"] = "mean"  # whose earlier figures an earlier one is compared with is left open
        if method == "m_lower":
            cells["direction"] = "down"
        elif method == "m_bands":
            cells["direction"] = "up"
        if method == "m_fixed":
            cells["lo"], cells["hi"] = self.pick(("10", "80"), ("0", "50"))
        if self.monthly and self.chance(0.5):
            cells["frequency"] = "month"
            cells["accumulate"] = self.pick("", "sum", "mean")
            if compared and "panel" in self.methods[method]:
                cells["accumulate"] = ""  # what a month of a sum is compared with in a panel of quarters is left open
        if self.chance(0.08) and not gate:
            cells["when"] = self.pick("min_of(x) < max_of(x)", "count(x) >= 3")
        if gate:
            cells["class"], cells["weight"] = "gate", self.pick("0", "20")
            self.gates.append(leaf)
        self.leaves.append(leaf)
        self.row(**cells)

    # tables
    def make_observations(self):
        rows = []
        units = list(self.units) + (["city"] if self.city else [])
        gaps = self.pick(0, 0.05, 0.2)
        for element in list(self.elements) + (["code"] if self.codes else []):
            coarse = self.chance(0.4)
            for unit in units:
                for period in self.all:
                    if unit == "heir" and period < "2021-03" and self.chance(0.9):
                        continue
                    if self.chance(gaps / 2):
                        continue
                    value, state = "", ""
                    if self.chance(gaps / 3):
                        state = self.pick("na", "pending")
                    elif not self.chance(gaps / 2):
                        value = self.pick("A", "B", "C") if element == "code" else self.figure(element)
                        if coarse and element != "code":
                            value = "%d" % (10 * round(float(value) / 10))
                    rows.append(",".join([unit, element, period, value, state]))
        for leaf in self.leaves:
            for unit in self.units:
                if self.chance(0.03) and leaf != "code":
                    rows.append(",".join([unit, leaf, self.all[-1], "", self.pick("na", "pending")]))
        self.tables["observations.csv"] = self.shuffled(["unit,element,period,value,state"] + rows)
        self.make_targets()
        self.make_weights()
        if self.adjusting:
            self.make_adjustments()

    def make_targets(self):
        rows = ["unit,indicator,period,target,baseline"]
        for leaf in self.leaves:
            if leaf == "code" or self.chance(0.2):
                continue
            periods = ["2021"] + (["2021-06", "2021-Q2"] if self.monthly and self.chance(0.5) else []) + (
                ["2019", "2020"] if not self.monthly else ["2020"])
            based = self.chance(0.7)
            who = ["*"] if self.chance(0.8) else []
            who += ["group:" + g for g in self.groups if self.chance(0.3)]
            who += [u for u in self.units if self.chance(0.15)]
            for unit in who:
                for period in periods:
                    rows.append(",".join([unit, leaf, period, self.pick("50", "80", "10", "3", "0", "-5", "%.1f" % self.r.uniform(1, 99)),
                                          self.pick("20", "50", "7.5") if based else ""]))
        self.tables["targets.csv"] = self.shuffled(rows)

    def make_weights(self):
        rows = ["for,indicator,weight"]
        for row in self.rows:
            if row["weight"] == "" or row.get("class") == "gate":
                continue
            for who in ["group:" + g for g in self.groups] + list(self.units):
                if self.chance(0.5 if row.get("kind") == "individual" else 0.05):
                    always = who.startswith("group:") and row["id"] in ("b0", "b0l0")  # something applies to each group
                    rows.append("%s,%s,%s" % (who, row["id"], self.pick("5" if always else "0", "5", "40", "12.5")))
        self.tables["weights.csv"] = self.shuffled(rows)

    def make_adjustments(self):
        rows = ["unit,period,item,level,points,count,honour,issued,reason"]
        for _ in range(self.r.randint(0, 3 * len(self.units))):
            item = self.pick("praise", "honour", "slip", "veto0", "veto1", "honour", "slip")
            period = self.r.choice(self.all[-3:])
            if item.startswith("veto") and self.chance(0.5):
                continue
            level = self.pick("big", "small") if item == "honour" else ""
            points = self.pick("0.7", "2") if item != "honour" and not item.startswith("veto") and self.chance(0.3) else ""
            issued = ("2021-05-05" if self.monthly else "2021-07-01") if self.chance(0.1) else ""
            honour = self.pick("h1", "h2") if item == "honour" and self.chance(0.4) else ""
            rows.append(",".join([self.r.choice(list(self.units)), period, item, level, points,
                                  self.pick("", "", "2", "0", "0.5"), honour, issued, "r"]))
        self.tables["adjustments.csv"] = rows

    # scheme.yaml
    def make_scheme(self):
        w = self.scheme.append
        w("baton: 1\nid: random\ntitle: {zh: 随机}\nperiod: %s\nfrequency: %s" % (
            self.asked[0], "month" if self.monthly else "year"))
        w("defaults: {aggregate: %s, missing: %s%s%s}" % (
            self.aggregates[""], self.pick("redistribute", "redistribute", "zero", "floor"),
            self.pick("", ", root_aggregate: " + self.pick("arithmetic", "sum", "min")),
            self.pick("", "", "", ", present: 60%")))
        nodes = self.inner + self.leaves
        ties_by = "[%s]" % ", ".join(self.some(nodes)[:2]) if self.chance(0.4) else "[]"
        w("scoring: {decimals: %s, rounding: %s, rank_on: %s, ties: %s, ties_by: %s, round_at: %s, total: %s, bounds: %s}" % (
            self.pick("0", "1", "2"), self.pick("half_away", "half_away", "half_even", "down"),
            self.pick("rounded", "rounded", "exact"), self.pick("min", "min", "dense", "max", "average"), ties_by,
            self.pick("published", "published", "node"), self.pick("100", "100", "150"),
            self.pick("[none, none]", "[none, 100]", "[20, 95]")))
        w("compare: %s\ncompare_across_years: %s" % (self.pick("previous", "same_last_year"), self.pick("true", "false")))
        w("due: {month: %s}" % self.pick("0d", "10d"))
        w("methods:")
        for name, text in self.methods.items():
            w("  %s: %s" % (name, text))
        self.make_grades()
        self.make_items()

    def make_grades(self):
        w = self.scheme.append
        w("groups:")
        for g in self.groups:
            extra = "".join([self.pick("", "", ", total: 120"), self.pick("", "", ", decimals: 1"),
                             self.pick("", "", ", bounds: [none, 110]"), self.pick("", ", grades: s", ", grades: s")])
            w("  - {id: %s%s}" % (g, extra))
        w("ratings: [{id: good, at_least: 80}, {id: fair, at_least: 50}%s]" % self.pick("", ", {id: poor}"))
        nodes = self.inner + self.leaves
        ties = lambda: self.pick("", ", quota_ties: none", ", quota_ties: all", ", quota_ties: " + self.r.choice(nodes))
        quota = lambda: self.pick("", ", quota: 30%", ", quota: 1", ", quota: 2", ", quota: 50%")
        when = lambda: self.pick("", ", when: \"score >= 50\"", ", when: \"rank <= 3\"",
                                 ", when: \"score >= 30 and node(%s) >= 40\"" % self.r.choice(nodes),
                                 ", when: \"score > prev_score or prev_rank == 1\"")
        w("grades:\n  s:")
        for grade in ("one", "two", "three"):
            q = quota()
            w("    - {id: %s%s%s%s}" % (grade, when(), q, ties() if q else ""))
        w("    - {id: rest}")

    def make_items(self):
        w = self.scheme.append
        if self.gates:
            w("gates:\n  door: {at_least: 60, effect: %s}" % self.effect(self.inner))
        if self.adjusting:
            cap = lambda: self.pick("", ", cap: 1.5")
            w("adjustments:\n  items:")
            w("    - {id: praise, kind: bonus, points: 0.5%s%s}" % (cap(), self.pick("", ", when: \"score >= 50\"")))
            w("    - {id: honour, kind: bonus, levels: {big: 3, small: 1}%s%s}" % (cap(), self.pick("", ", count: highest")))
            w("    - {id: slip, kind: deduction, points: 2%s}" % cap())
            if self.chance(0.4):
                w("    - {id: sum, kind: %s, points: \"%s\"}" % (self.pick("bonus", "deduction"), self.expression(1, list(self.elements))))
            w("    - {id: veto0, kind: veto, effect: %s%s}" % (self.effect(self.inner), self.pick("", ", when: \"score < 70\"")))
            w("    - {id: veto1, kind: veto, effect: %s%s}" % (self.effect(self.inner), self.pick("", ", until: 2021")))
            w("  cap: {bonus: 4, deduction: 5}" if self.chance(0.5) else "")
        if self.chance(0.5):
            w("awards:\n  - {id: first, by: \"score\", top: 2}\n  - {id: rise, by: \"score - prev_score\", top: 1, when: \"score > prev_score\"}")

    def effect(self, nodes):
        keys = self.some(["grade_at_most: two", "unranked: true", "no_award: true", "bonus_void: true",
                          "node_zero: " + self.r.choice(nodes)], 1)
        return "{%s}" % ", ".join(keys[:2])

    def reorder(self):
        """Puts the rows of every table whose order means nothing in another order."""
        for name in ("units.csv", "observations.csv", "targets.csv", "weights.csv"):
            self.tables[name] = self.shuffled(self.tables[name])

    def write(self, folder):
        os.makedirs(folder, exist_ok=True)
        for name, rows in self.tables.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write("\n".join(rows) + "\n")
        with open(os.path.join(folder, "scheme.yaml"), "w", encoding="utf-8") as file:
            file.write("\n".join(line for line in self.scheme if line) + "\n")
