"""Leaf scores to a result: aggregate, adjust, rank, rate, grade, award."""
import math
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import rules
from methods import Refused, rank_of
from reading import number
from rules import sig12
from scoring import Scope

MODES = {"half_away": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
EFFECTS = ("grade_at_most", "node_zero", "unranked", "no_award", "bonus_void")


def rounded(x, decimals, mode):
    if x is None:
        return None
    return float(Decimal(repr(sig12(x))).quantize(Decimal(1).scaleb(-decimals), MODES[mode])) + 0.0


class Row:
    def __init__(self):
        self.value = self.score = self.points = self.rank = self.of = self.rank_change = self.ranked = None
        self.weight, self.state, self.rating, self.grade, self.notes, self.open = 0.0, "", "", "", set(), set()


class Now:
    """Scores of the result being made, as a scope asks for them."""

    def __init__(self, result, scores, base):
        self.result, self.scores, self.base = result, scores, base

    def node(self, unit, node):
        if node in ("total", "base"):
            return self.get(unit, "score" if node == "total" else "base")
        return self.result.as_ranked(unit, node, self.scores.get((unit, node)))

    def get(self, unit, what):
        if what == "base" or self.result.totals is None:
            return self.result.as_ranked(unit, "total", self.base.get(unit))
        return self.result.what(unit, what)


class Result:
    def __init__(self, scorer, period):
        self.scorer, self.package, self.period = scorer, scorer.package, period
        self.units = [u for g in self.package.groups for u in scorer.taking_part(period)
                      if self.package.units[u]["group"] == g]
        self.totals = None  # unit -> total, once it is adjusted
        self.rows, self.effects, self.total_notes = {}, {}, {u: set() for u in self.units}
        self.leaves = {leaf.id: scorer.leaf_scores(leaf, period) for leaf in self.package.leaves
                       if leaf.id != "total"}
        before, states, _ = self.aggregate({})
        base_before = {u: before.get((u, "total")) for u in self.units}
        zeroed = self.find_effects(before, base_before)
        self.scores, self.states, self.shares = self.aggregate(zeroed)
        self.zeroed = zeroed
        self.base = {u: self.scores.get((u, "total")) for u in self.units}
        self.adjust()
        self.make_rows()
        self.rank()
        self.compare()
        self.grade()
        self.award()

    # settings
    def setting(self, unit, key, otherwise):
        return self.package.of_group(unit, key, otherwise)

    def total_scale(self, unit):
        return float(self.setting(unit, "total", 100))

    def as_ranked(self, unit, node, score):
        if score is None:
            return None
        if self.package.scoring.get("rank_on") == "exact":
            return sig12(score)
        return rounded(score, self.package.decimals(unit, self.package.nodes[node]),
                       self.package.scoring.get("rounding", "half_away"))

    # aggregate
    def counted(self, unit, node):
        """Children that the node counts for a unit."""
        return [c for c in node.children if self.package.applies(unit, c)
                and not (not c.children and c.get("class") == "gate" and self.package.weight(unit, c) == 0)]

    def weight(self, unit, node):
        w = self.package.weight(unit, node)
        return 1.0 if w is None else w

    def how(self, node):
        if node.id == "total":
            return node.get("aggregate") or self.package.defaults.get("aggregate", "arithmetic")
        return node.get("aggregate", self.package.defaults.get("aggregate", "arithmetic"))

    def aggregate(self, zeroed):
        """Scores and states by (unit, node), and each unit's shares of the total."""
        scores, states = {}, {}
        for node in reversed(self.package.in_order):
            for u in self.units:
                if node.children or node.id == "total":
                    if self.package.applies(u, node):
                        scores[u, node.id], states[u, node.id] = self.inner(u, node, scores, states)
                elif u in self.leaves[node.id]:
                    s = self.leaves[node.id][u]
                    scores[u, node.id], states[u, node.id] = s.score, s.state
            if node.children and self.how(node) == "copeland":
                self.copeland(node, scores)
            for u in self.units:
                if (u, node.id) in zeroed and scores.get((u, node.id)) is not None:
                    scores[u, node.id] = 0.0
                if node.id == "total" and scores.get((u, "total")) is not None:
                    scores[u, "total"] *= self.total_scale(u) / 100
        shares = {}
        for u in self.units:
            shares[u] = self.share_out(u, scores)
            if self.package.scoring.get("round_at") == "node":
                self.round_points(u, self.package.nodes["total"], scores, shares[u], zeroed)
        return scores, states, shares

    def inner(self, unit, node, scores, states):
        children = self.counted(unit, node)
        mine = [(self.weight(unit, c), scores[unit, c.id], c) for c in children if scores[unit, c.id] is not None]
        if not mine:
            kinds = {states[unit, c.id] for c in children}
            return None, "na" if kinds == {"na"} else "pending" if kinds and kinds <= {"na", "pending"} else "missing"
        self.refuse(self.how(node), mine)
        present = number(self.package.defaults.get("present"))
        if present is not None:
            alike = self.how(node) in ("min", "sum")  # without weights, so that each child counts the same
            due = math.fsum(1.0 if alike else self.weight(unit, c) for c in children
                            if scores[unit, c.id] is not None or states[unit, c.id] not in ("na", "pending"))
            if sig12(math.fsum(1.0 if alike else w for w, _, _ in mine) / due) < sig12(present):
                return None, "missing"
        return self.together(self.how(node), mine), ""

    @staticmethod
    def refuse(how, mine):
        """Ends scoring with a score that a mean cannot take, also where the mean would be missing by `present`."""
        if how in ("geometric", "harmonic"):
            for _, s, c in mine:
                if s <= 0:
                    raise Refused("%s scores %r under a %s mean" % (c.id, s, how))

    @staticmethod
    def together(how, mine):
        weights = math.fsum(w for w, _, _ in mine)
        if how == "arithmetic":
            return math.fsum(w * s for w, s, _ in mine) / weights
        if how == "geometric":
            return math.exp(math.fsum(w * math.log(s) for w, s, _ in mine) / weights)
        if how == "harmonic":
            return weights / math.fsum(w / s for w, s, _ in mine)
        if how == "min":
            return min(s for _, s, _ in mine)
        return math.fsum(s for _, s, _ in mine) if how == "sum" else 0.0

    def copeland(self, node, scores):
        won = {}
        for u in self.units:
            if scores.get((u, node.id)) is None:
                continue
            won[u] = 0.0
            for v in self.units:
                if v == u or self.package.units[u]["group"] != self.package.units[v]["group"]:
                    continue
                theirs = {c.id for c in self.counted(v, node)}
                both = [c for c in self.counted(u, node) if c.id in theirs
                        and scores[u, c.id] is not None and scores[v, c.id] is not None]
                weights = math.fsum(self.weight(u, c) for c in both)
                ahead = 0.0
                for c in both:
                    a, b = sig12(scores[u, c.id]), sig12(scores[v, c.id])
                    ahead += self.weight(u, c) * (1.0 if a > b else 0.5 if a == b else 0.0)
                if both and sig12(ahead) != sig12(weights / 2):
                    won[u] += 1.0 if ahead > weights / 2 else -1.0
        for u, w in won.items():
            scores[u, node.id] = w

    def share_out(self, unit, scores):
        shares = {"total": self.total_scale(unit) if scores.get((unit, "total")) is not None else 0.0}
        for node in self.package.in_order:
            here = shares.get(node.id, 0.0)
            counted = self.counted(unit, node) if node.children else []
            with_score = [c for c in counted if scores.get((unit, c.id)) is not None]
            together = math.fsum(self.weight(unit, c) for c in with_score)
            for c in node.children:
                if c not in with_score:
                    shares[c.id] = 0.0
                elif self.how(node) == "sum":
                    shares[c.id] = here
                else:
                    shares[c.id] = here * self.weight(unit, c) / together if together else 0.0
        return shares

    def round_points(self, unit, node, scores, shares, zeroed):
        """Points of a node, rounded; inner scores follow from them."""
        score = scores.get((unit, node.id))
        for c in node.children:
            self.round_points(unit, c, scores, shares, zeroed)
        if score is None:
            return
        decimals, mode = self.package.decimals(unit, node), self.package.scoring.get("rounding", "half_away")
        share = shares[node.id]
        if share and node.children and (unit, node.id) not in zeroed:
            if self.how(node) == "copeland":
                points = share * score / 100
            elif self.how(node) in ("arithmetic", "sum"):
                points = math.fsum(self.points(unit, c, scores, shares) for c in node.children
                                   if scores.get((unit, c.id)) is not None)
            else:
                mine = [(self.weight(unit, c), scores[unit, c.id], c) for c in self.counted(unit, node)
                        if scores[unit, c.id] is not None]
                self.refuse(self.how(node), mine)
                points = share * self.together(self.how(node), mine) / 100
            points = rounded(points, decimals, mode)
            scores[unit, node.id] = points if node.id == "total" else 100 * points / share

    def points(self, unit, node, scores, shares):
        score = scores.get((unit, node.id))
        if score is None:
            return None
        if node.id == "total":
            return score
        points = shares[node.id] * score / 100
        if self.package.scoring.get("round_at") == "node":
            points = rounded(points, self.package.decimals(unit, node), self.package.scoring.get("rounding", "half_away"))
        return points

    # adjust
    def find_effects(self, before, base):
        """Effects of vetoes and gates by unit; answers what is made zero."""
        zeroed = set()
        now = Now(self, before, base)
        for u in self.units:
            found = []
            for item in self.package.items:
                if item["kind"] == "veto" and self.veto_rows(u, item) > 0 and self.when(u, item, "adjust", now):
                    found.append(item.get("effect") or {k: item[k] for k in EFFECTS if k in item})
            for leaf, gate in (self.package.scheme.get("gates") or {}).items():
                score = self.as_ranked(u, leaf, before.get((u, leaf)))
                if score is not None and score < float(gate["at_least"]):
                    found.append(gate["effect"])
            self.effects[u] = found
            zeroed |= {(u, e["node_zero"]) for e in found if "node_zero" in e}
        return zeroed

    def veto_rows(self, unit, item):
        times = math.fsum(r["times"] for r in self.scorer.rows(unit, item["id"], self.period))
        if item.get("until"):
            import periods
            until = periods.parse(item["until"])
            for r in self.package.adjustments:
                if (r["unit"] == unit and r["item"] == item["id"] and self.period.first > r["at"].last
                        and self.period.first <= until.last):
                    times += r["times"]
        return times

    def has(self, unit, effect):
        return any(e.get(effect) not in (None, "false") for e in self.effects[unit])

    def scope(self, unit, place, now):
        return Scope(self.scorer, unit, place, self.period, now=now)

    def when(self, unit, thing, place, now):
        return "when" not in thing or rules.holds(rules.evaluate(rules.parse(thing["when"]), self.scope(unit, place, now)))

    def worth(self, row, item):
        if row.get("points"):
            return number(row["points"])
        if row.get("level"):
            return number(item["levels"][row["level"]])
        return number(item.get("points")) if "points" in item else 0.0

    @staticmethod
    def computed(item):
        try:
            number(item.get("points", "0"))
            return False
        except ValueError:
            return True

    def adjust(self):
        now = Now(self, self.scores, self.base)
        caps = (self.package.scheme.get("adjustments") or {}).get("cap") or {}
        self.added = {}
        for u in self.units:
            rows = self.counting_rows(u)
            sums = {"bonus": 0.0, "deduction": 0.0}
            for item in self.package.items:
                if item["kind"] == "veto" or not self.when(u, item, "adjust", now):
                    continue
                points = self.item_points(u, item, rows, now)
                if "cap" in item and points > number(item["cap"]):
                    points = number(item["cap"])
                    self.total_notes[u] |= {"capped"} if self.base[u] is not None else set()
                sums[item["kind"]] += points
            for kind in sums:
                if kind in caps and sig12(sums[kind]) > number(caps[kind]):
                    sums[kind] = number(caps[kind])
                    self.total_notes[u] |= {"capped"} if self.base[u] is not None else set()
            if self.has(u, "bonus_void"):
                sums["bonus"] = 0.0
            self.added[u] = sums["bonus"] - sums["deduction"]
        self.totals = {}
        for u in self.units:
            self.totals[u] = None if self.base[u] is None else self.within(u, self.base[u] + self.added[u])
            if self.effects[u]:
                self.total_notes[u].add("vetoed")

    def counting_rows(self, unit):
        """Rows of a unit that count in the period, of one honour only the first of those worth most."""
        items = {i["id"]: i for i in self.package.items}
        rows = [r for r in self.package.adjustments
                if r["unit"] == unit and r in self.scorer.rows(unit, r["item"], self.period)]
        kept = []
        for r in rows:
            if r.get("honour"):
                same = [o for o in rows if o.get("honour") == r["honour"]]
                most = max(self.worth(o, items[o["item"]]) * o["times"] for o in same)
                if r is not next(o for o in same if self.worth(o, items[o["item"]]) * o["times"] == most):
                    continue
            kept.append(r)
        return kept

    def item_points(self, unit, item, rows, now):
        if self.computed(item):
            points = rules.evaluate(rules.parse(item["points"]), self.scope(unit, "adjust", now))
            return 0.0 if points is None else points
        mine = [(self.worth(r, item), r["times"]) for r in rows if r["item"] == item["id"]]
        if item.get("count") == "highest":
            return max((w for w, n in mine if n > 0), default=0.0)
        return math.fsum(w * n for w, n in mine)

    def within(self, unit, total):
        lo, hi = (number(b) for b in self.setting(unit, "bounds", ["none", "none"]))
        held = total if lo is None else max(total, lo)
        held = held if hi is None else min(held, hi)
        if held != total:
            self.total_notes[unit].add("clamped")
        return held

    # rows
    def make_rows(self):
        scheme_adjusts = bool(self.package.items)
        for u in self.units:
            for node in self.package.in_order:
                if not self.package.applies(u, node):
                    continue
                row = self.rows[u, node.id] = Row()
                row.score, row.state = self.scores.get((u, node.id)), self.states.get((u, node.id), "missing")
                row.weight = self.shares[u].get(node.id, 0.0)
                row.points = self.points(u, node, self.scores, self.shares[u])
                if node.id in self.leaves:
                    leaf = self.leaves[node.id][u]
                    row.value, row.notes, row.open = leaf.value, set(leaf.notes), leaf.open | {"zero"}
                elif row.score is None:
                    row.notes.add(row.state)
                self.note_weight(u, node, row)
                if (u, node.id) in self.zeroed and row.score is not None:
                    row.notes.add("vetoed")
                row.ranked = self.as_ranked(u, node.id, row.score)
            if (u, "total") not in self.rows:
                continue
            total = self.rows[u, "total"]
            if scheme_adjusts:
                base = self.rows[u, "base"] = Row()
                base.score = base.points = self.base[u]
                base.weight, base.ranked = total.weight, self.as_ranked(u, "total", self.base[u])
            total.score = total.points = self.totals[u]
            total.ranked = self.as_ranked(u, "total", total.score)
            total.notes |= self.total_notes[u]
            for node in self.leaves:
                if (u, node) in self.rows and self.rows[u, node].score is not None:
                    self.rows[u, node].rating = self.rating(u, self.rows[u, node].ranked)

    def note_weight(self, unit, node, row):
        """Whether a node gave its weight away: not what is not due, nor what has none to give."""
        counts = node.parent is not None and node in self.counted(unit, node.parent)
        if row.score is None and row.state in ("na", "missing") and counts:
            row.notes.add("redistributed")
        else:
            row.notes.discard("redistributed")

    def rating(self, unit, ranked):
        for r in self.package.of_group(unit, "ratings") or []:
            if "at_least" not in r or ranked >= number(r["at_least"]):
                return r["id"]
        return ""

    def what(self, unit, what):
        """A score (as ranked), rank or grade, as expressions and later results see it."""
        if isinstance(what, tuple):
            row = self.rows.get((unit, what[1]))
            return None if row is None else row.ranked if what[0] == "node" else row.rank
        row = self.rows.get((unit, "total"))
        if row is None:
            return None
        if what == "base":
            return self.as_ranked(unit, "total", self.base[unit])
        return {"score": row.ranked, "rank": row.rank, "grade": row.grade or None}[what]

    # rank
    def of_group(self, group):
        return [u for u in self.units if self.package.units[u]["group"] == group]

    def rank(self):
        ties = self.package.scoring.get("ties", "min")
        for group in self.package.groups:
            members = self.of_group(group)
            for node in {n for u, n in self.rows}:
                has_rank = [u for u in members if (u, node) in self.rows and self.rows[u, node].ranked is not None
                            and not (node == "total" and self.has(u, "unranked"))]
                keys = {u: self.key(u, node) for u in has_rank}
                order = {key: -i for i, key in enumerate(sorted(set(keys.values()), reverse=True))}
                for u in members:
                    if (u, node) in self.rows:
                        self.rows[u, node].of = len(has_rank)
                for u in has_rank:
                    self.rows[u, node].rank = rank_of(order[keys[u]], [order[keys[v]] for v in has_rank], ties)

    def key(self, unit, node):
        keys = [self.rows[unit, node].ranked]
        if node == "total":
            for by in self.setting(unit, "ties_by", []) or []:
                row = self.rows.get((unit, by))
                missing = row is None or row.ranked is None
                keys += [0 if missing else 1, 0 if missing else row.ranked]
        return tuple(keys)

    def compare(self):
        then = None
        if self.package.scheme.get("compare") == "same_last_year":
            then = self.period.same_name(1)
        else:
            then = self.period.shift(-1)
            across = self.package.scheme.get("compare_across_years") == "true" or self.period.kind == "year"
            if then.year != self.period.year and not across:
                then = None
        if then is None:
            return
        for (u, node), row in self.rows.items():
            if row.rank is not None:
                rank = self.scorer.earlier(u, then, ("rank", node))
                row.rank_change = None if rank is None else rank - row.rank

    # grade
    def grade(self):
        now = Now(self, self.scores, self.base)
        for group, settings in self.package.groups.items():
            if not settings.get("grades"):
                continue
            grades = self.package.scheme["grades"][settings["grades"]]
            members = [u for u in self.of_group(group) if (u, "total") in self.rows]
            used, closed = [0] * len(grades), [False] * len(grades)
            at_most = {u: max([next(i for i, g in enumerate(grades) if g["id"] == e["grade_at_most"])
                               for e in self.effects[u] if "grade_at_most" in e
                               and any(g["id"] == e["grade_at_most"] for g in grades)], default=0) for u in members}
            for rank in sorted({self.rows[u, "total"].rank for u in members if self.rows[u, "total"].rank is not None}):
                waiting = [u for u in members if self.rows[u, "total"].rank == rank]
                for i, g in enumerate(grades):
                    able = [u for u in waiting if i >= at_most[u] and self.when(u, g, "grade", now)]
                    given = self.places(g, able, used[i], closed, i, len(self.of_group(group)))
                    for u in able:
                        if u in given:
                            self.rows[u, "total"].grade = g["id"]
                        else:
                            self.rows[u, "total"].notes.add("quota")
                    used[i] += len(given)
                    waiting = [u for u in waiting if u not in given]

    def places(self, grade, able, used, closed, i, size):
        """Who of some units of equal rank gets a grade."""
        if "quota" not in grade or not able:
            return able
        quota = number(grade["quota"])
        share = grade["quota"].endswith("%") or "." in grade["quota"]
        if share:
            quota = max(1, math.floor(sig12(quota * size)))
        free = int(quota) - used
        if closed[i] or free <= 0:
            return []
        if len(able) <= free:
            return able
        how = grade.get("quota_ties", "none")
        if how == "all":
            return able
        closed[i] = True
        if how == "none":
            return []
        key = lambda u: (-math.inf if (u, how) not in self.rows or self.rows[u, how].ranked is None
                         else self.rows[u, how].ranked)
        ordered = sorted(able, key=key, reverse=True)
        edge = key(ordered[free - 1])
        if key(ordered[free]) == edge:
            return [u for u in ordered if key(u) > edge]
        return ordered[:free]

    # award
    def award(self):
        self.awards = []
        now = Now(self, self.scores, self.base)
        for award in self.package.scheme.get("awards") or []:
            for group in self.package.groups:
                if award.get("group") not in (None, group):
                    continue
                able = {}
                for u in self.of_group(group):
                    if (u, "total") in self.rows and not self.has(u, "no_award") and self.when(u, award, "award", now):
                        by = rules.evaluate(rules.parse(award["by"]), self.scope(u, "award", now))
                        if by is not None:
                            able[u] = by
                found = []
                for u, by in able.items():
                    place = rank_of(by, able.values(), "min")
                    if place <= int(award["top"]):
                        found.append((place, self.official(u), award["id"], group, u, by))
                self.awards += [f[2:5] + (f[0], f[5]) for f in sorted(found)]

    def official(self, unit):
        order = number(self.package.units[unit].get("order"))
        return order is None, order or 0.0, unit

    def printed(self):
        """(unit, node) in the order of the output."""
        found = []
        for group in self.package.groups:
            members = sorted((u for u in self.of_group(group) if (u, "total") in self.rows), key=lambda u: (
                self.rows[u, "total"].rank is None, self.rows[u, "total"].rank or 0, self.official(u)))
            for u in members:
                for node in self.package.in_order:
                    found += [(u, node.id)] if (u, node.id) in self.rows else []
                    if node.id == "total" and (u, "base") in self.rows:
                        found.append((u, "base"))
        return found
