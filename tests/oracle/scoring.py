"""Figures to leaf scores: which figure counts, derive, treat, normalise, fill in; and the scope of expressions."""
import datetime

import methods
import periods
import rules
from reading import number


OF_RESULTS = {"event", "node", "result", "prev_score", "prev_rank", "prev_grade"}
NAMES_OF_RESULTS = {"score", "base", "rank", "grade", "prev_score", "prev_rank", "prev_grade"}


class Scope:
    """Where an expression is evaluated: for which unit, leaf and period, at which place of the scheme."""

    def __init__(self, scorer, unit, place, period, leaf=None, anchor=None, moves=(), treated=None, now=None,
                 when=None, far=False):
        self.s, self.unit, self.place, self.period, self.leaf = scorer, unit, place, period, leaf
        self.anchor = anchor or period  # the period that figures are looked up for
        self.moves = moves              # functions over time around this point: ("n", periods) or ("y", years) back
        self.treated = treated          # (unit, anchor) -> x of the leaf
        self.when = when or period      # those who take part then are the cohort
        self.far = far                  # inside last(): the newest period of whatever year
        self.now = now                  # scores of the result being made, see results.Now

    def copy(self, **changes):
        fields = dict(scorer=self.s, unit=self.unit, place=self.place, period=self.period, leaf=self.leaf,
                      anchor=self.anchor, moves=self.moves, treated=self.treated, now=self.now, when=self.when, far=self.far)
        fields.update(changes)
        return Scope(**fields)

    def at(self, unit):
        return self.copy(unit=unit)

    def moved(self, move):
        return self.copy(moves=self.moves + (move,))

    def divided_by_zero(self):
        if self.leaf is not None and not self.moves:
            self.s.zero.add((self.leaf.id, self.unit))

    @staticmethod
    def move(period, moves):
        for how, n in moves:
            if period is not None:
                period = period.shift(-n) if how == "n" else period.same_name(n)
        return period

    def moved_period(self):
        return self.move(self.period, self.moves)

    # names
    def name(self, name, quoted):
        own = None if quoted or self.place == "element" else self.own_name(name)
        if own is not None:
            return own[0]
        named = (self.s.package.scheme.get("elements") or {}).get(name)
        if named is not None:
            return rules.evaluate(rules.parse(named), self.copy(place="element"))
        period = self.position(name)
        return None if period is None else self.s.figure(self.unit, name, period, self.leaf)[0]

    def own_name(self, name):
        """[value] of a name that the place defines, else None."""
        if self.place == "method":
            where = self.s.package.method(self.leaf).get("where") or {}
            if name in where:
                return [rules.evaluate(rules.parse(where[name]), self)]
        if name == "x" and self.place in ("method", "when"):
            return [self.x()]
        if self.leaf is not None and name in ("target", "baseline"):
            return [self.s.target(self.unit, self.leaf, name, self.target_period())]
        if self.leaf is not None and name in ("lo", "hi"):
            return [number(self.leaf.get(name))]
        if name == "elapsed":
            return [self.s.elapsed(self.moved_period())]
        if self.place == "adjust" and name in ("score", "base") or self.place in ("grade", "award") and (
                name in ("score", "base", "rank") or name == "grade" and self.place == "award"):
            return [self.of_result(name)]
        if self.place in ("grade", "award") and name in ("prev_score", "prev_rank", "prev_grade"):
            return [self.earlier(name[5:], 1)]
        return None

    def of_result(self, what):
        if self.moved_period() == self.period:
            return self.now.get(self.unit, what)
        return self.s.earlier(self.unit, self.moved_period(), what)

    def earlier(self, what, n):
        return self.s.earlier(self.unit, self.move(self.period, self.moves + (("n", n),)), what)

    def x(self):
        if not self.moves:
            return self.treated.get((self.unit, self.anchor)) if self.treated is not None else None
        if self.leaf.get("accumulate", "last") != "last":
            return self.s.derive(self.leaf, self.unit, self.moved_period())[0]
        return rules.evaluate(self.s.value_tree(self.leaf), self.copy(place="value"))

    def target_period(self):
        inside_sum = self.place == "value" and self.leaf.get("accumulate", "last") != "last"
        if not self.moves and not inside_sum:
            return self.anchor if self.elsewhere_in_panel() else self.period
        kind = self.s.package.leaf_frequency(self.leaf)
        base = self.anchor if kind is None or kind == self.anchor.kind else self.s.newest(kind, self.anchor)
        return self.move(base, self.moves)

    def elsewhere_in_panel(self):
        """Whether this is a figure that a panel has besides those of the result."""
        own = self.s.anchor(self.leaf, self.period) if self.leaf.get("accumulate", "last") == "last" else self.period
        return self.s.package.method(self.leaf).get("over") == "panel" and self.anchor != (own or self.period)

    # figures
    def kind_of(self, element):
        package = self.s.package
        if element in package.frequency:
            return package.frequency[element]
        return (package.leaf_frequency(self.leaf) if self.leaf is not None else None) or self.anchor.kind

    def position(self, element):
        kind = self.kind_of(element)
        return self.move(self.s.newest(kind, self.anchor) or (self.s.newest_ever(kind, self.anchor) if self.far else None),
                         self.moves)

    def elements_in(self, tree):
        found = []
        for name, quoted in rules.names_in(tree):
            named = (self.s.package.scheme.get("elements") or {}).get(name)
            if not quoted and self.place == "method" and name == "x":
                found += self.elements_in(self.s.value_tree(self.leaf))
            elif named is not None:
                found += self.elements_in(rules.parse(named))
            elif name in self.s.package.figures:
                found.append(name)
        return found

    def movers(self, tree):
        """Where what moves in an expression stands: (period, whether it is a result's)."""
        found = [m for name, quoted in rules.names_in(tree) for m in self.movers_of(name, quoted)]
        return found + ([(self.moved_period(), True)] if rules.calls_in(tree) & OF_RESULTS else [])

    def movers_of(self, name, quoted):
        own, by_result = not quoted and self.place != "element", [(self.moved_period(), True)]
        if own and self.place == "method" and name in (self.s.package.method(self.leaf).get("where") or {}):
            return self.movers(rules.parse(self.s.package.method(self.leaf)["where"][name]))
        sums = self.leaf is not None and self.leaf.get("accumulate", "last") != "last"
        if own and name == "x" and self.place in ("method", "when"):
            return by_result if sums else self.copy(place="value").movers(self.s.value_tree(self.leaf))
        if own and self.leaf is not None and name in ("target", "baseline"):
            kind = self.s.package.leaf_frequency(self.leaf)
            return by_result if sums or kind is None else [
                (self.move(self.s.newest(kind, self.anchor), self.moves), False)]
        if own and (name == "elapsed" or self.place in ("adjust", "grade", "award") and name in NAMES_OF_RESULTS):
            return by_result
        named = (self.s.package.scheme.get("elements") or {}).get(name)
        if named is not None:
            return self.copy(place="element").movers(rules.parse(named))
        return [(self.position(name), False)] if name in self.s.package.figures else []

    def index_in_year(self, tree):
        """How many periods the year has had, by the finest kind that moves."""
        where = [period for period, _ in self.movers(tree)] or [self.moved_period()]
        if None in where:
            return None
        return min(where, key=lambda period: periods.KINDS.index(period.kind)).index

    def reach(self, tree):
        """How many periods to look back at most."""
        far = 0
        for period, of_result in self.movers(tree) or [(self.moved_period(), True)]:
            first, steps = self.s.first_result_day() if of_result else self.s.package.first_day, 0
            while period is not None and period.last >= first:
                period, steps = period.shift(-1), steps + 1
            far = max(far, steps)
        return far

    # other units, events, results
    def parent(self):
        return self.s.package.units[self.unit].get("parent") or None

    def children(self):
        return [u for u, row in self.s.package.units.items() if row.get("parent") == self.unit
                and self.s.package.is_there(u, self.when)]

    def cohort(self):
        if self.leaf is not None:
            return [self.copy(unit=u, anchor=a) for u, a in self.s.members(self.leaf, self.unit, self.when, self.anchor)]
        group = self.s.package.units[self.unit]["group"]
        return [self.at(u) for u in self.s.taking_part(self.period) if self.s.package.units[u]["group"] == group]

    def fixed(self):
        if self.leaf is None or self.s.package.method(self.leaf).get("over") != "fixed":
            return None
        return number(self.leaf.get("lo")), number(self.leaf.get("hi"))

    def event(self, item):
        period = self.move(self.anchor if self.place == "value" else self.period, self.moves)
        return sum(row["times"] for row in self.s.rows(self.unit, item, period))

    def node(self, node):
        if self.moved_period() == self.period:
            return self.now.node(self.unit, node)
        return self.s.earlier(self.unit, self.moved_period(), ("node", node))

    def result(self, package, unit, node):
        row = self.s.imported(package).result(self.moved_period()).rows.get((unit, node))
        return None if row is None else row.ranked


class Scorer:
    """One package as of one day. result(period) is kept, as later periods ask for earlier ones."""

    def __init__(self, package, as_of=None):
        self.package, self.as_of = package, as_of
        self.results, self.links, self.zero, self.scoring = {}, {}, set(), None

    # periods and figures
    def ended(self, day):
        return day if self.as_of is None else min(day, self.as_of)

    def newest(self, kind, anchor):
        return periods.newest(kind, anchor.year, self.ended(anchor.last))

    def newest_ever(self, kind, anchor):
        """The newest period of a kind that has ended by the end of another, of whatever year."""
        period = periods.of_day(kind, self.ended(anchor.last))
        while period.last > self.ended(anchor.last):
            period = period.shift(-1)
        return period

    def elapsed(self, period):
        start, after = datetime.date(period.year, 1, 1), datetime.date(period.year + 1, 1, 1)
        return ((self.ended(period.last) - start).days + 1) / (after - start).days

    def figure(self, unit, element, period, leaf):
        """(value, state): state is "" for a figure, else missing, na or pending."""
        row = self.package.figures.get(element, {}).get((unit, period))
        if row is not None:
            value, state = row
            if state:
                return None, state
            if value is not None:
                return value, ""
        else:
            sources = [r for r in self.package.successions if r["to"] == unit and period.last < r["day"]]
            if sources:
                parts = [(number(r.get("share")) if r.get("share") else 1.0, self.figure(r["from"], element, period, leaf))
                         for r in sources]
                if all(value is not None for _, (value, _) in parts):
                    return sum(share * value for share, (value, _) in parts), ""
                return None, "missing"
        due = period.last + datetime.timedelta(self.package.due_days(leaf, period.kind))
        return None, "pending" if self.as_of is not None and due > self.as_of else "missing"

    def target(self, unit, leaf, column, period):
        if period is None:
            return None
        group = self.package.units[unit].get("group")
        for who in (unit, "group:%s" % group, "*"):
            rows = [r for r in self.package.targets
                    if r["unit"] == who and r["indicator"] == leaf.id and r["at"].contains(period)]
            if rows:
                return number(min(rows, key=lambda r: r["at"].last - r["at"].first).get(column))
        return None

    def rows(self, unit, item, period):
        """Rows of an item that count in a period, `until` aside."""
        return [r for r in self.package.adjustments if r["unit"] == unit and r["item"] == item and period.contains(r["at"])
                and not (r.get("issued") and self.as_of is not None and r["at"].last > self.as_of)]

    # derive
    def value_tree(self, leaf):
        return rules.parse(leaf.get("value")) if leaf.get("value") else ("name", leaf.id, True)

    def derive_at(self, leaf, unit, anchor, period, when=None):
        """The figure of one period of the leaf; `when` says whose cohort it belongs to, where not the result's."""
        scope = Scope(self, unit, "value", period, leaf, anchor, when=when)
        own = scope.position(leaf.id)
        state = self.package.figures.get(leaf.id, {}).get((unit, own), (None, ""))[1]
        if state:
            return None, state
        tree = self.value_tree(leaf)
        value = rules.evaluate(tree, scope)
        if value is not None:
            return value, ""
        states = set()
        for element in scope.elements_in(tree) + ([leaf.id] if not leaf.get("value") else []):
            position = scope.position(element)
            states.add("pending" if position is None else self.figure(unit, element, position, leaf)[1])
        return None, "na" if "na" in states else "pending" if "pending" in states else "missing"

    def periods_inside(self, leaf, unit, period):
        kind = self.package.leaf_frequency(leaf)
        if kind is None:
            return [period]
        row = self.package.units[unit]
        found = []
        for p in periods.between(kind, period.first - datetime.timedelta(400), period.last):
            if period.first <= p.last <= self.ended(period.last):
                if row.get("joined") and periods.parse(row["joined"]).first > p.last:
                    continue
                if row.get("left") and periods.parse(row["left"]).last < p.first:
                    continue
                found.append(p)
        return found

    def derive(self, leaf, unit, period, last=False):
        """(value, state) of a leaf for a result's period; `last` puts the newest earlier figure for a missing one."""
        how = leaf.get("accumulate", "last")
        if how == "last":
            anchor = self.anchor(leaf, period)
            if anchor is None:
                return None, "pending"
            return self.derive_or_last(leaf, unit, anchor, period, last)
        parts = [self.derive_or_last(leaf, unit, p, period, last, p) for p in self.periods_inside(leaf, unit, period)]
        counted = [value for value, state in parts if state not in ("na", "pending")]
        if not counted:
            return None, "na" if parts and all(state == "na" for _, state in parts) else "pending"
        if None in counted:
            return None, "missing"
        filled = "last" if any(state == "last" for _, state in parts) else ""
        return (sum(counted) if how == "sum" else sum(counted) / len(counted)), filled

    def anchor(self, leaf, period):
        kind = self.package.leaf_frequency(leaf)
        return period if kind is None else self.newest(kind, period)

    def derive_or_last(self, leaf, unit, anchor, period, last, when=None):
        value, state = self.derive_at(leaf, unit, anchor, period, when)
        if not last or state != "missing":
            return value, state
        if self.package.leaf_frequency(leaf) is None:  # each element moves by its own frequency
            tree, scope = self.value_tree(leaf), Scope(self, unit, "value", period, leaf, anchor)
            for k in range(1, scope.reach(tree) + 1):
                earlier = rules.evaluate(tree, scope.moved(("n", k)))
                if earlier is not None:
                    return earlier, "last"
            return value, state
        at = anchor
        while at.last >= self.package.first_day:
            at = at.shift(-1)
            earlier = self.derive_at(leaf, unit, at, period, at)[0]
            if earlier is not None:
                return earlier, "last"
        return value, state

    # cohorts
    def taking_part(self, period):
        return [u for u in self.package.units if self.package.takes_part(u, period)]

    def panel(self, leaf, period):
        """Units and periods of a panel, with the period that each figure is derived for: the same for all its figures."""
        period = self.scoring
        kind = self.package.leaf_frequency(leaf)
        interim = kind is None or leaf.get("accumulate", "last") != "last"  # P is a period of it, ended or not
        if interim:
            kind = period.kind
        present, found = period if interim else self.anchor(leaf, period), []
        for p in periods.between(kind, self.package.first_day, self.package.last_day):
            if p.last <= self.ended(p.last) or interim and p == period:
                there = self.taking_part(period if p == present else p)  # beside the result's own figures
                found += [(u, p) for u in there if self.package.applies(u, leaf)]
        return found

    def members(self, leaf, unit, period, anchor):
        """(unit, anchor) of a cohort, of those who take part in a period."""
        over = self.package.method(leaf).get("over", "group")
        if over == "panel":
            return self.panel(leaf, period)
        units = [u for u in self.taking_part(period) if self.package.applies(u, leaf)]
        if over != "all":
            units = [u for u in units if self.package.units[u]["group"] == self.package.units[unit].get("group")]
        return [(u, anchor) for u in units]

    # a leaf's scores
    def leaf_scores(self, leaf, period):
        """{unit: methods.Scored} of every unit that the leaf applies to."""
        self.scoring = period
        method = self.package.method(leaf)
        over = method.get("over", "group")
        units = [u for u in self.taking_part(period) if self.package.applies(u, leaf)]
        rule = leaf.get("missing", self.package.defaults.get("missing", "redistribute"))
        anchor = self.anchor(leaf, period) if leaf.get("accumulate", "last") == "last" else period
        anchor = anchor or period
        self.zero = {z for z in self.zero if z[0] != leaf.id}
        derived = {u: self.derive(leaf, u, period, rule == "last") for u in units}
        cohorts = [units] if over in ("all", "panel") else [
            [u for u in units if self.package.units[u]["group"] == g] for g in self.package.groups]
        scored, pooled = {}, {}
        for cohort in cohorts:
            if cohort:
                figures = {(u, anchor): derived[u][0] for u in cohort}
                if over == "panel":
                    whole = {(u, p): self.derive(leaf, u, p)[0] for u, p in self.panel(leaf, period)}
                    whole.update(figures)
                    figures = whole
                self.score_cohort(leaf, method, period, anchor, cohort, figures, derived, scored, pooled)
        methods.fill_in(leaf, method, rule, cohorts, scored, pooled)
        for u, s in scored.items():
            s.value = derived[u][0]
        return scored

    def score_cohort(self, leaf, method, period, anchor, cohort, figures, derived, scored, pooled):
        """Scores the units of a cohort; of a panel, `pooled` gets the scores of its other units and periods too."""
        texts = method["kind"] == "levels"
        treated, changed = (figures, {}) if texts else methods.treat(leaf.get("treat"), figures)
        void = False
        if leaf.get("when"):
            scope = Scope(self, cohort[0], "when", period, leaf, anchor, treated=treated)
            void = not rules.holds(rules.evaluate(rules.parse(leaf.get("when")), scope))
        pool = None if texts else methods.Pool(self, leaf, method, period, treated)
        for u in cohort:
            s = scored[u] = methods.Scored()
            state = derived[u][1]
            if void:
                state = "na"
            if state in ("na", "pending", "missing"):
                s.state = state
                s.notes.add(state)
            if state == "last":
                s.notes |= {"missing", "imputed"}
            elif not s.state and treated[u, anchor] is None:
                s.notes.add("missing")  # on the treated scale, as the logarithm of 0
            if (u, anchor) in changed and not void:
                s.notes.add(changed[u, anchor])
            scope = Scope(self, u, "method", period, leaf, anchor, treated=treated)
            if state not in ("na", "pending") and (treated[u, anchor] is not None or method["kind"] == "rule"):
                methods.normalise(method, leaf, treated[u, anchor], (u, anchor), pool, scope, s)
            if (leaf.id, u) in self.zero:
                s.notes.add("zero")
            if s.score is None and not s.state:
                s.state = "missing"
        for (u, at), x in treated.items():
            if method.get("over") == "panel" and x is not None and (u, at) not in [(c, anchor) for c in cohort]:
                other = methods.Scored()
                scope = Scope(self, u, "method", period, leaf, at, treated=treated)
                methods.normalise(method, leaf, x, (u, at), pool, scope, other)
                pooled[u, at] = other.score

    # earlier results and other packages
    def earlier(self, unit, period, what):
        result = self.earlier_result(period)
        if result is None:
            return None
        scorer = result.scorer
        unit = self.then(unit, period, scorer)
        return None if unit is None else result.what(unit, what)

    def earlier_result(self, period):
        if period is None:
            return None
        if period.year < self.package.period.year and self.package.scheme.get("succeeds"):
            return self.linked(self.package.scheme["succeeds"]).earlier_result(period)
        if self.package.first is None or period.last < self.package.first.last:
            return None
        try:
            return self.result(period)
        except methods.Refused:  # which the format leaves open: a result that is refused is none to compare with
            return None

    def first_result_day(self):
        """The first day by which a period may have ended that has a result, by this scheme or those before it."""
        before, own = self.package.scheme.get("succeeds"), self.package.first.last
        return min(own, self.linked(before).first_result_day()) if before else own

    def then(self, unit, period, scorer):
        """The unit whose result of an earlier period is this unit's."""
        if unit in scorer.package.units and scorer.package.takes_part(unit, period):
            return unit
        sources = [r for r in self.package.successions if r["to"] == unit and period.last < r["day"]]
        if len(sources) != 1:
            return None
        source, known = sources[0]["from"], self.package.units
        if known[source].get("group") != known[unit].get("group"):
            return None
        return self.then(source, period, scorer)

    def imported(self, name):
        return self.linked(self.package.scheme["imports"][name])

    def linked(self, path):
        import os
        from package import Package
        if path not in self.links:
            self.links[path] = Scorer(Package(os.path.join(self.package.folder, path)), self.as_of)
        return self.links[path]

    def result(self, period):
        from results import Result
        if period not in self.results:
            self.results[period] = Result(self, period)
        return self.results[period]
