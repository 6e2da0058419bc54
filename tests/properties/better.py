"""A better figure never lowers a unit's own score of that leaf: which way is better, and where the format has it otherwise.

Better is more for the direction up, less for down. `pass` with an `op`, `deduct` and `target` with `from: baseline` say
themselves which way is better, whatever the direction. What the format makes otherwise is EXCEPT; each of them has an
example below in which a better figure gives a lower score, so that nothing is left out without need. Left out too:
rules (the expression decides), levels (codes), scores that a rule for missing figures or a veto put there, and
figures that a unit owes to another one (successions)."""
import math

import periods
import variants

KINDS = ["range", "zscore", "rank", "race", "percentile", "target", "bands", "deduct", "pass", "direct", "best"]

# name: (method, other cells of the leaf, target or "", figures of the others, the unit's worse and better figure).
EXCEPT = {
    "winsorise: an extreme figure is pulled to the next":
        ("{kind: direct}", {"treat": "winsorise(1)"}, "", [20, 21, 22, 20, 21, 22, 23], 24, 99),
    "among: racing last may be worth less than `else`":
        ("{kind: race, step: 20, among: \"x >= 50\", else: 70}", {}, "", [80, 90, 85], 40, 60),
    "among: a bound that is met by more, where less is better":
        ("{kind: race, step: 20, among: \"x >= 50\"}", {"direction": "down"}, "", [80, 90, 85], 60, 40),
    "best: the greatest figure is not above 0":
        ("{kind: best}", {}, "", [-1, -1, -2], -4, -2),
    "best of the mean: the others' figures add up to less than 0":
        ("{kind: best, of: mean}", {}, "", [-5, -5, 0], 20, 30),
    "best of the mean: all figures add up to 0 or less":
        ("{kind: best, of: mean}", {}, "", [1, 0, 0], -2, 2),
    "best, down: the least figure of the others is not above 0":
        ("{kind: best}", {"direction": "down"}, "", [-1, 5, 5], 2, 1),
    "best of the mean, down: a figure of 0 or less, or the others' add up to less than 0":
        ("{kind: best, of: mean}", {"direction": "down"}, "", [5, 5, 5], 1, -1),
    "target, down, without a cap: a figure of 0 or less gives 100, one above it may give more":
        ("{kind: target}", {"direction": "down"}, "10", [5, 5, 5], 1, 0),
    "pass: op ==":
        ("{kind: pass, op: \"==\"}", {}, "5", [5, 5, 5], 5, 6),
    "log: of 0 or less there is none, and what stands in for it may be more":
        ("{kind: direct}", {"treat": "log", "missing": "full"}, "", [5, 5, 5], -1, 2),
}


def sense(method, leaf, target, baseline):
    """1 where more is better, -1 where less is; None where neither is or the format has it otherwise."""
    down = leaf.get("direction") == "down"
    kind = method["kind"]
    if kind not in KINDS or leaf.get("treat", "").startswith("winsorise"):
        return None
    if kind == "race" and "among" in method and (down or float(method.get("else", "0")) > float(method.get("floor", "0"))):
        return None
    if kind == "deduct":
        return 1 if "above" in method else -1
    if kind == "pass" and method.get("op"):
        return {">": 1, ">=": 1, "<": -1, "<=": -1, "==": None}[method["op"]]
    if kind == "target" and method.get("from") == "baseline" and target is not None and baseline not in (None, target):
        return 1 if target > baseline else -1
    return -1 if down else 1


def treated(how, x):
    if how.startswith("clip"):
        lo, hi = (float(t) for t in how[how.index("(") + 1:-1].split(","))
        return min(max(x, lo), hi)
    return x if how == "" else math.log(x) if x > 0 else None


def holds_for(method, leaf, others, worse, better):
    """Whether the format lets a better figure count, given the others' figures, all untreated."""
    how = leaf.get("treat", "")
    others = [x for x in (treated(how, x) for x in others) if x is not None]
    worse, better = treated(how, worse), treated(how, better)
    down = leaf.get("direction") == "down"
    if method["kind"] == "target" and down and method.get("from") != "baseline" and method.get("down") != "mirror":
        return "cap" in method or better > 0
    if method["kind"] != "best" or not others:
        return True
    if method.get("of") == "mean":
        return sum(others) >= 0 and (better > 0 if down else sum(others) + worse > 0)
    return min(others) > 0 or worse <= min(others) if down else max(others) > 0 or worse > 0


def comparable(maker, r):
    """The package with fewer leaves of which nothing can be said: more of them a plain element, few winsorised, no `else`
    above what the last one in a race gets."""
    made = variants.Variant(maker)
    made.scheme = [line.replace("else: 35", "else: 0") for line in made.scheme]
    for row, value, treat in made.cells("indicators.csv", "value", "treat"):
        if value and value not in maker.elements:
            made.put("indicators.csv", row, "value", r.choice(list(maker.elements)))
        if treat.startswith("winsorise") and r.random() < 0.7:
            made.put("indicators.csv", row, "treat", "")
    return made


def units(worse, maker):
    """Units that no other one has figures from."""
    return sorted(set(maker.units) - {unit for _, unit in worse.cells("successions.csv", "from")})


def raised(worse, unit, maker, period, r):
    """`worse` with more in one figure of each element of one unit, of a period that counts in `period`."""
    made, inside = worse.copy(), periods.parse(period)
    for element in maker.elements:
        figures = [float(value) for _, e, value in made.cells("observations.csv", "element", "value") if e == element and value]
        own = [(p, row, value) for row, u, e, p, value in made.cells("observations.csv", "unit", "element", "period", "value")
               if (u, e) == (unit, element) and value and inside.contains(periods.parse(p))]
        if own:  # mostly the newest, which counts where figures are not added
            _, row, value = max(own) if r.random() < 0.7 else r.choice(own)
            above = [figure for figure in figures if figure > float(value)]
            more = [float(value) + r.choice([0.5, 1, 10, 70])] + ([r.choice(above)] * 2 if above else [])
            made.put("observations.csv", row, "value", repr(r.choice(more)))
    return made


def example(folder_of):
    """Writes the packages of EXCEPT before and after, by folder_of(name): unit u has the worse, then the better figure."""
    for name, at in (("worse", 4), ("better", 5)):
        lines = ["baton: 1\nid: exceptions\ntitle: {zh: 例外}\nperiod: 2021\nfrequency: year\ngroups: [{id: g}]\nmethods:"]
        leaves, rows, targets = [], [], []
        for i, case in enumerate(EXCEPT.values()):
            method, cells, target, others = case[:4]
            lines.append("  m%d: %s" % (i, method))
            leaves.append("l%d,l%d,10,m%d,%s,%s,%s" % (i, i, i, *(cells.get(c, "") for c in ("direction", "treat", "missing"))))
            for k, figure in enumerate(others + [case[at]]):
                rows.append("%s,l%d,2021,%s" % ("u" if k == len(others) else "v%d" % k, i, figure))
            if target:
                targets.append("*,l%d,2021,%s" % (i, target))
        units = sorted({row.split(",")[0] for row in rows})
        folder = folder_of(name)
        for file, head, body in (("scheme.yaml", None, lines), ("units.csv", "id,name,group", ["%s,%s,g" % (u, u) for u in units]),
                                 ("indicators.csv", "id,name,weight,method,direction,treat,missing", leaves),
                                 ("observations.csv", "unit,element,period,value", rows),
                                 ("targets.csv", "unit,indicator,period,target", targets)):
            with open("%s/%s" % (folder, file), "w", encoding="utf-8") as out:
                out.write("\n".join(([head] if head else []) + body) + "\n")
