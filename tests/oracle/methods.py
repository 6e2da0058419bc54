"""Treatment of a cohort's figures, every method's formula, and what stands in for a missing score."""
import math

import rules
from reading import number
from rules import sig12


class Refused(Exception):
    """What the format calls an error: a missing figure whose rule is `error`, a score that its mean cannot take."""


class Scored:
    def __init__(self):
        self.value = self.score = None
        self.state = ""  # na, pending or missing where there is no score of its own
        self.filled = False
        self.notes = set()
        self.open = set()  # notes that the format leaves open here


# treat
def skewness(x):
    n, m = len(x), math.fsum(x) / len(x)
    s = math.sqrt(math.fsum((v - m) ** 2 for v in x) / (n - 1))
    return 0.0 if s == 0 else n / ((n - 1) * (n - 2)) * math.fsum(((v - m) / s) ** 3 for v in x)


def kurtosis(x):
    n, m = len(x), math.fsum(x) / len(x)
    s = math.sqrt(math.fsum((v - m) ** 2 for v in x) / (n - 1))
    return 0.0 if s == 0 else (n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * math.fsum(((v - m) / s) ** 4 for v in x)
                               - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3)))


def winsorise(figures, most):
    figures, changed = dict(figures), {}
    while len(changed) < most:
        x = [v for v in figures.values() if v is not None]
        if len(x) < 4 or not (sig12(abs(skewness(x))) > 2 and sig12(kurtosis(x)) > 3.5):
            break
        extreme = max(x) if skewness(x) > 0 else min(x)
        others = [v for v in x if v != extreme]
        following = max(others) if extreme == max(x) else min(others)
        for key, v in figures.items():
            if v == extreme:
                figures[key] = following
                changed[key] = "winsorised"
    return figures, changed


def treat(how, figures):
    """Treated figures, and the note of those that were changed."""
    if how.startswith("winsorise"):
        return winsorise(figures, int(how[how.index("(") + 1:-1]))
    if how == "log":
        return {k: None if v is None or v <= 0 else math.log(v) for k, v in figures.items()}, {}
    if how.startswith("clip"):
        lo, hi = (float(t) for t in how[how.index("(") + 1:-1].split(","))
        new = {k: None if v is None else min(max(v, lo), hi) for k, v in figures.items()}
        return new, {k: "clipped" for k in new if new[k] != figures[k]}
    return figures, {}


# normalise
class Pool:
    """The figures of a cohort, and those that race."""

    def __init__(self, scorer, leaf, method, period, treated):
        from scoring import Scope
        self.present = {k: v for k, v in treated.items() if v is not None}
        self.racing = self.present
        if method.get("among"):
            tree = rules.parse(method["among"])
            self.racing = {k: v for k, v in self.present.items() if rules.holds(rules.evaluate(
                tree, Scope(scorer, k[0], "method", period, leaf, k[1], treated=treated)))}


def rank_of(mine, all_of_them, ties, down=False):
    """The rank of one of several numbers, highest first (lowest first if down)."""
    mine, others = sig12(mine), [sig12(v) for v in all_of_them]
    if down:
        mine, others = -mine, [-v for v in others]
    above, equal = sum(v > mine for v in others), sum(v == mine for v in others)
    return {"min": above + 1, "max": above + equal, "average": above + (equal + 1) / 2,
            "dense": len({v for v in others if v > mine}) + 1}[ties]


def normalise(method, leaf, x, key, pool, scope, s):
    kind = method["kind"]
    how = globals()["by_" + kind]
    get = lambda name, otherwise=None: number(method[name]) if name in method else otherwise
    down = leaf.get("direction", scope.s.package.defaults.get("direction", "up")) == "down"
    if kind == "levels":
        score = how(method, x)
    else:
        score = how(method, get, x, down, key, pool, scope, s)
    if score is None:
        return
    floor, cap = get("floor", 0.0 if kind in ("target", "race", "deduct") else None), get("cap")
    held = score if floor is None else max(score, floor)
    held = held if cap is None else min(held, cap)
    if held != score:
        s.notes.add("clamped")
    s.score = held


def by_range(method, get, x, down, key, pool, scope, s):
    low, high = get("low", 0.0), get("high", 100.0)
    if method.get("over") == "fixed":
        lo, hi = number(scope.leaf.get("lo")), number(scope.leaf.get("hi"))
        if x < lo or x > hi:
            s.notes.add("clamped")
        x = min(max(x, lo), hi)
    else:
        lo, hi = min(pool.present.values()), max(pool.present.values())
        constant(pool.present, s)
        if lo == hi:
            return high
    return low + (high - low) * ((hi - x) if down else (x - lo)) / (hi - lo)


def by_zscore(method, get, x, down, key, pool, scope, s):
    values = list(pool.present.values())
    middle = math.fsum(values) / len(values)
    sd = rules.statistic("sd", values)
    constant(pool.present, s)
    if max(values) == min(values):
        return get("mean")
    return get("mean") + get("sd") * ((middle - x) if down else (x - middle)) / sd


def ties_of(method, scope):
    return method.get("ties") or scope.s.package.scoring.get("ties", "min")


def constant(figures, s):
    """Notes a cohort all equal, as one of a single figure is."""
    if len({sig12(v) for v in figures.values()}) == 1:
        s.notes.add("constant")


def by_rank(method, get, x, down, key, pool, scope, s):
    low, high, n = get("low", 0.0), get("high", 100.0), len(pool.present)
    constant(pool.present, s)
    if n == 1:
        return high
    return high - (rank_of(x, pool.present.values(), ties_of(method, scope), down) - 1) * (high - low) / (n - 1)


def by_race(method, get, x, down, key, pool, scope, s):
    if key not in pool.racing:
        return get("else", 0.0)
    constant(pool.racing, s)
    r = rank_of(x, pool.racing.values(), ties_of(method, scope), down)
    if "table" not in method:
        return get("first", 100.0) - get("step") * (r - 1)
    table, floor = [number(t) for t in method["table"]], get("floor", 0.0)
    at = lambda place: table[place - 1] if place <= len(table) else floor
    return (at(math.floor(r)) + at(math.ceil(r))) / 2


def by_percentile(method, get, x, down, key, pool, scope, s):
    n = len(pool.present)
    constant(pool.present, s)
    if n == 1:
        return 100.0
    mine = sig12(x)
    return 100.0 * sum((sig12(v) > mine) if down else (sig12(v) < mine) for v in pool.present.values()) / (n - 1)


def by_target(method, get, x, down, key, pool, scope, s):
    target, baseline = scope.name("target", False), scope.name("baseline", False)
    floor, cap, start = get("floor", 0.0), get("cap"), get("start_at")
    way = method.get("from") == "baseline"
    if target is None or way and baseline is None:
        s.notes.add("no_target")
        return None
    if target == baseline if way else target <= 0:
        s.notes.add("zero")
        return 100.0 if (x <= target if down else x >= target) else floor
    if way:
        score = 100.0 * (x - baseline) / (target - baseline)
    elif not down:
        score = 100.0 * x / target
    elif method.get("down") == "mirror":
        score = 100.0 * (2 - x / target)
    elif x <= 0:
        return 100.0 if cap is None else cap
    else:
        score = 100.0 * target / x
    return 0.0 if start is not None and sig12(score) < sig12(100 * start) else score


def by_bands(method, get, x, down, key, pool, scope, s):
    table, below = [(number(b), number(v)) for b, v in method["table"]], get("below", 0.0)
    met = lambda bound: sig12(x) <= sig12(bound) if down else sig12(x) >= sig12(bound)
    at = next((i for i, (bound, _) in enumerate(table) if met(bound)), None)
    if at is None:
        return below
    if at == 0 or method.get("linear") != "true":
        return table[at][1]
    (b1, s1), (b0, s0) = table[at], table[at - 1]
    return s1 + (s0 - s1) * (x - b1) / (b0 - b1)


def by_levels(method, x):
    return number(method["table"][x])


def by_deduct(method, get, x, down, key, pool, scope, s):
    over = max(0.0, x) if "above" not in method else max(0.0, get("above") - x)
    return 100.0 - get("per") * over


def by_pass(method, get, x, down, key, pool, scope, s):
    target = scope.name("target", False)
    if target is None:
        s.notes.add("no_target")
        return None
    return 100.0 * rules.compare(method.get("op") or ("<=" if down else ">="), x, target)


def by_direct(method, get, x, down, key, pool, scope, s):
    if x < 0 or x > 100:
        s.notes.add("clamped")
    x = min(max(x, 0.0), 100.0)
    return 100.0 - x if down else x


def by_best(method, get, x, down, key, pool, scope, s):
    of, values = method.get("of"), list(pool.present.values())
    if of in (None, "mean"):
        constant(pool.present, s)
    if of is None:
        against = min(values) if down else max(values)
    elif of == "mean":
        against = math.fsum(values) / len(values)
    else:
        against = scope.s.derive(scope.leaf, of, scope.period)[0]
    if against is None:
        return None
    if sig12(x) == sig12(against):
        return 100.0
    if (x if down else against) == 0:
        s.notes.add("zero")
        return None
    return 100.0 * against / x if down else 100.0 * x / against


def by_rule(method, get, x, down, key, pool, scope, s):
    return rules.evaluate(rules.parse(method["score"]), scope)


# missing
def fill_in(leaf, method, rule, cohorts, scored, pooled):
    for cohort in cohorts:
        present = [s for s in [scored[u].score for u in cohort] + list(pooled.values()) if s is not None]
        for u in cohort:
            s = scored[u]
            if s.score is not None or s.state in ("na", "pending"):
                continue
            if rule == "error":
                raise Refused("%s of %s is missing" % (leaf.id, u))
            s.score = filler(method, rule, present)
            s.filled = s.score is not None
            s.notes.add("imputed" if s.filled else "redistributed")


def filler(method, rule, present):
    if rule == "zero":
        return 0.0
    if rule == "full":
        return 100.0
    if rule.startswith("factor"):
        return 100.0 * float(rule[rule.index("(") + 1:-1])
    if rule == "floor":
        lowest = {"range": "low", "rank": "low", "bands": "below"}.get(method["kind"], "floor")
        return number(method[lowest]) if lowest in method else 0.0
    if rule in ("mean", "median") and present:
        return rules.statistic(rule, present)
    return None
