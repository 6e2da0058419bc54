"""What must hold of one random package; see run."""
import json
import os
import random
import subprocess
from collections import Counter

import better
import generate
import periods
import variants
from package import Package
from reading import number
from scoring import Scorer

CLOSE = 1e-9  # relative, absolute below 1: far beyond the last digits, far below what a person sees
NAMES = ("order", "siblings", "rename", "scale", "void", "better")


class Number(str):
    """A number as it is printed."""


class Scored:
    """What one run says: exit status, text, and the parts of the text with every number as it is printed."""

    def __init__(self, baton, folder, period, as_of=None):
        day = ["--as-of", as_of] if as_of else []
        done = subprocess.run([baton, "score", folder, "--period", period, "--format", "json", *day], capture_output=True,
                              timeout=60, env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.status, self.text, self.said = done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")
        if self.status not in (0, 2):
            raise RuntimeError("exit %d: %s" % (self.status, self.said[:600]))
        self.parts = json.loads(self.text, parse_float=Number, parse_int=Number) if self.status == 0 else None

    def units(self):
        """(group, unit) of all."""
        return [(group["id"], unit) for group in self.parts["groups"] for unit in group["units"]]

    def rows(self):
        return {(unit["id"], row["node"]): row for _, unit in self.units() for row in unit["nodes"]}

    def by_name(self):
        """The parts without an order."""
        return {"units": {group + "/" + unit["id"]: {**unit, "nodes": {row["node"]: row for row in unit["nodes"]}}
                          for group, unit in self.units()},
                "awards": {"/".join((a["award"], a["group"], a["unit"])): a for a in self.parts["awards"]}}


def differences(one, other, where="", close=0.0):
    """Paths at which two parts differ; numbers may differ by `close`."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            if key not in one or key not in other:
                yield "%s/%s: only in the %s" % (where, key, "first" if key in one else "second")
            else:
                yield from differences(one[key], other[key], "%s/%s" % (where, key), close)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for i, (a, b) in enumerate(zip(one, other)):
            yield from differences(a, b, "%s/%s" % (where, a.get("id", a.get("node", i)) if isinstance(a, dict) else i), close)
    elif isinstance(one, Number) and isinstance(other, Number) and close:
        if abs(float(one) - float(other)) > close * max(1.0, abs(float(one))):
            yield "%s: %s and %s" % (where, one, other)
    elif one != other:
        yield "%s: %s and %s" % (where, str(one)[:200], str(other)[:200])


class Properties:
    """One random package. Each property answers what differs, or None where the package has nothing to say about it."""

    def __init__(self, baton, seed, scratch):
        self.baton, self.scratch, self.maker = baton, scratch, generate.Maker(seed)
        self.r = random.Random(seed)
        self.period, self.as_of = self.r.choice(self.maker.asked), self.maker.as_of
        self.base = self.score("base", variants.Variant(self.maker))
        self.compared = Counter()  # (method, sense) -> better figures compared

    def score(self, name, variant):
        return Scored(self.baton, variant.write(os.path.join(self.scratch, name)), self.period, self.as_of)

    @staticmethod
    def against(base, other, differ):
        """What differs, by differ() where both have a result, None where neither has; a result where there was none differs."""
        if base.status != other.status:
            return ["exit %d and %d: %s" % (base.status, other.status, (base.said or other.said)[:300])]
        return list(differ()) if base.status == 0 else None

    def bytes(self, other):
        if self.base.text == other.text:
            return []
        return list(differences(self.base.parts, other.parts)) or ["no part differs, but bytes do"]

    def order(self):
        other = self.score("order", variants.reordered(self.maker, self.r))
        return self.against(self.base, other, lambda: self.bytes(other))

    def siblings(self):
        other = self.score("siblings", variants.rearranged(self.maker, self.r))
        return self.against(self.base, other, lambda: differences(self.base.by_name(), other.by_name()))

    def rename(self):
        variant, keeps, old = variants.renamed(self.maker, self.r)
        other = self.score("rename", variant)

        def differ():
            for _, unit in other.units():
                unit["id"] = old[unit["id"]]
            for award in other.parts["awards"]:
                award["unit"] = old[award["unit"]]
            if keeps:
                return differences(self.base.parts, other.parts)
            return differences(self.base.by_name(), other.by_name(), close=CLOSE)

        return self.against(self.base, other, differ)

    def scale(self):
        variant, exact = variants.scaled(self.maker, self.r)
        other = self.score("scale", variant)
        return self.against(self.base, other, lambda: self.bytes(other) if exact
                            else differences(self.base.parts, other.parts, close=CLOSE))

    def void(self):
        plain = variants.without_present(self.maker)
        base = self.score("present", plain) if plain else self.base
        variant, above = variants.with_void(self.maker, self.r)
        other = self.score("void", variant)

        def differ():
            before, problems = base.rows(), []
            for _, unit in other.units():
                problems += self.take_void_out(unit, above, before)
            for group in other.parts["groups"]:  # a unit to which nothing else applies
                group["units"] = [unit for unit in group["units"] if unit["nodes"]]
            return problems + [difference for part in ("groups", "awards")
                               for difference in differences(base.parts[part], other.parts[part])]

        return self.against(base, other, differ)

    @staticmethod
    def take_void_out(unit, above, before):
        """Leaves the unit's rows as they should have been without the leaf; what is wrong with the leaf's own."""
        kept, void, parents = [], None, 0
        for row in unit["nodes"]:
            was = before.get((unit["id"], row["node"]))
            if row["node"] == variants.VOID:
                void = row
                continue
            parents += row["node"] in above
            if row["node"] in above and "score" not in row:
                row["notes"] = (was or {}).get("notes", [])
                if was is None:
                    continue
                if "notes" not in was:
                    del row["notes"]
            kept.append(row)
        unit["nodes"] = kept
        if void is None:  # right where the block does not apply to the unit
            right = parents < len(above)
        else:
            right = "score" not in void and void["weight"] == "0" and (
                void["notes"] in (["pending"], ["missing"], ["missing", "redistributed"]))
        return [] if right else ["%s: the leaf is %s" % (unit["id"], void)]

    def better(self):
        """Of two units, one at a time; None where a score is one that its mean cannot take."""
        worse = better.comparable(self.maker, self.r)
        before = self.score("worse", worse)
        package, problems, results = Package(os.path.join(self.scratch, "worse")), [], 0
        units = better.units(worse, self.maker)
        for unit in self.r.sample(units, min(2, len(units))) if before.status == 0 else []:
            after = self.score("better-" + unit, better.raised(worse, unit, self.maker, self.period, self.r))
            if after.status == 0:
                results += 1
                problems += self.compare_leaves(package, unit, before.rows(), after.rows())
        return problems if results else None

    def compare_leaves(self, package, unit, before, after):
        for leaf in package.leaves:
            rows = before.get((unit, leaf.id)), after.get((unit, leaf.id))
            if leaf.get("value") in self.maker.elements and None not in rows and all(self.counts(row) for row in rows):
                yield from self.compare(package, leaf, unit, *rows, before)

    @staticmethod
    def counts(row):
        """Whether a score is that of the figure."""
        return "score" in row and "value" in row and not {"imputed", "vetoed"} & set(row.get("notes", []))

    def compare(self, package, leaf, unit, low, high, before):
        """What is wrong with the score of a leaf when its figure rises."""
        method = package.method(leaf)
        target, baseline = (Scorer(package).target(unit, leaf, column, periods.parse(self.period))
                            for column in ("target", "baseline"))
        sense = better.sense(method, leaf, target, baseline)
        if sense is None or not float(high["value"]) > float(low["value"]):
            return []
        worse, improved = (low, high) if sense > 0 else (high, low)
        group = package.units[unit]["group"]
        others = [float(row["value"]) for (u, node), row in before.items() if node == leaf.id and u != unit and "value" in row
                  and (method.get("over") == "all" or package.units[u]["group"] == group)]
        if not better.holds_for(method, leaf, others, float(worse["value"]), float(improved["value"])):
            return []
        self.compared[method["kind"], sense] += 1
        a, b = float(worse["score"]), float(improved["score"])
        if b >= a - CLOSE * max(1.0, abs(a)):
            return []
        return ["%s/%s %s: from %s to %s the score falls from %s to %s" % (
            unit, leaf.id, method, worse["value"], improved["value"], worse["score"], improved["score"])]


def exceptions(baton, scratch):
    """Those of better.EXCEPT of which the example does not show that they are needed."""
    rows = {}
    for name in ("worse", "better"):
        os.makedirs(os.path.join(scratch, name))
    better.example(lambda name: os.path.join(scratch, name))
    for name in ("worse", "better"):
        scored = Scored(baton, os.path.join(scratch, name), "2021")
        if scored.status:
            raise RuntimeError(scored.said)
        rows[name] = scored.rows()
    for i, what in enumerate(better.EXCEPT):
        scores = [number(rows[name]["u", "l%d" % i].get("score")) for name in ("worse", "better")]
        if None in scores or scores[0] <= scores[1]:
            yield "%s: from %s to %s" % (what, *scores)
