"""What a replay should say, by brute force: every hybrid of two packages scored, every order of amendments averaged.

v(S) is the result of the old package with the edits of S made in its text. Amendment i of n has the mean, over all n! orders
in which they can be made, of what it adds when its turn comes."""
import csv
import io
import itertools
import math
import os
import re
import subprocess

# Hybrids are scored to learn what comes out, not to look for leaks, which takes longer than scoring.
PLAIN = {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0:quarantine_size_mb=1:malloc_context_size=0",
         "LC_ALL": "C.UTF-8"}
WHAT = ("score", "rank", "grade")


def run(arguments, environment=None):
    done = subprocess.run(arguments, capture_output=True, timeout=120, env={**os.environ, **(environment or {"LC_ALL": "C.UTF-8"})})
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")


def sig12(x):
    return float("%.11e" % x)


def standings(baton, folder, options):
    """{unit: {score (as ranked), rank, grade (its id)}} with None for what it lacks; None where there is no result."""
    with open(os.path.join(folder, "scheme.yaml"), encoding="utf-8") as file:
        exact = re.search(r"rank_on: exact", file.read())
    status, out, said = run([baton, "score", folder, "--format", "csv", *([] if exact else ["--rounded"]), *options], PLAIN)
    if status == 2:
        return None
    if status != 0:
        raise RuntimeError("exit %d: %s" % (status, said[:500]))
    rows = {row["unit"]: row for row in csv.DictReader(io.StringIO(out)) if row["node"] == "total"}
    return {unit: {"score": sig12(float(row["score"])) if row["score"] else None,
                   "rank": float(row["rank"]) if row["rank"] else None, "grade": row["grade"] or None}
            for unit, row in rows.items()}


def ladder(before, after):
    """Ids of grades from the worst on: those of the old set, and each new one just above the next worse of its own."""
    steps = list(reversed(before))
    place = 0
    for grade in reversed(after):
        if grade not in steps:
            steps.insert(place, grade)
        place = steps.index(grade) + 1
    return steps


def measured(standing, steps):
    """More is better: the score, the rank below zero, the step of the grade; None for what is lacking, also for a grade that
    neither scheme has for the unit (one new in a set that its group leaves)."""
    standing = standing or {"score": None, "rank": None, "grade": None}
    return {"score": standing["score"], "rank": None if standing["rank"] is None else -standing["rank"],
            "grade": steps.index(standing["grade"]) if standing["grade"] in steps else None}


def gains(value, players, what, in_order):
    """What each of the players adds, on the mean over all orders, or in theirs; None where the thing is lacking in a hybrid.

    value: {frozenset of players: {what: number or None}} of one unit. Exact: n! times the mean is added up first."""
    few = len(players) <= 6
    orders = [tuple(players)] if in_order else list(itertools.permutations(players)) if few else []
    used = [frozenset(players[:k]) for k in range(len(players) + 1)] if in_order else value
    if any(value[made][what] is None for made in used):
        return None
    if few or in_order:
        sums = {player: [] for player in players}
        for order in orders:
            for k, player in enumerate(order):
                sums[player].append(value[frozenset(order[:k + 1])][what] - value[frozenset(order[:k])][what])
        return {player: math.fsum(parts) / len(orders) for player, parts in sums.items()}
    return by_subsets(value, players, what)


def by_subsets(value, players, what):
    """The same for many players: as many orders begin with the same ones, whatever their order."""
    n, found = len(players), {}
    for player in players:
        others = [p for p in players if p != player]
        found[player] = math.fsum(
            math.factorial(k) * math.factorial(n - 1 - k) / math.factorial(n)
            * (value[frozenset(some + (player,))][what] - value[frozenset(some)][what])
            for k in range(n) for some in itertools.combinations(others, k))
    return found


def close(a, b):
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= 1e-9 * max(1.0, abs(a))
