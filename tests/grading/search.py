"""Grading a second time: which allocation of grades to the units of a group is the right one, and a search for it.

An allocation gives each unit one of the grades that it may have, or none. It is permitted when
  - no grade has more holders than places; where `quota_ties` is `all`, no more ranks than it takes to fill them;
  - nobody has a claim on a grade that another holds. A unit has a claim on a grade that it may have when it holds a worse
    one, or none, and is not behind the holder: of better rank, or of the same rank and (unless the score of a node
    tells ties apart) equal to him, or of the same rank and no lower by that node.
Of the permitted allocations the right one is greatest in the order of ranks: as many units of the best rank as can be
have the best grade, of the others as many as can be the second, and so on; then the units of the next rank.
There is one such allocation only. Who is without a better grade that he may have was refused it by the quota.

The search goes through all permitted allocations: a claim, once there, does not go away when further units get their
grade, so a beginning that has one is left. Nothing of how the engine goes about it is used."""
import math


class Unit:
    """rank: None = no rank, so no grade; may: for each grade, best first, whether its condition holds and no veto excludes
    it; by: for each grade the score of the node that tells ties apart (-inf = none), None where no node does."""

    def __init__(self, name, rank, may, by):
        self.name, self.rank, self.may, self.by = name, rank, may, by


class Group:
    """places: for each grade how many may hold it (inf = no limit); all_tied: whether all at the edge get it."""

    def __init__(self, units, places, all_tied):
        self.units = sorted((u for u in units if u.rank is not None), key=lambda u: u.rank)
        self.places, self.all_tied = places, all_tied
        self.none = len(places)  # the number of "no grade", worse than every grade
        self.seen = 0

    def has_claim(self, unit, held, holder, grade):
        """Whether `unit`, which holds `held`, has a claim on the grade of `holder`."""
        if grade >= held or not unit.may[grade] or unit.rank > holder.rank:
            return False
        return unit.rank < holder.rank or unit.by[grade] is None or unit.by[grade] >= holder.by[grade]

    def too_many(self, held, grade):
        holders = [u.rank for u, g in zip(self.units, held) if g == grade]
        if self.all_tied[grade] and holders:
            return sum(rank < max(holders) for rank in holders) >= self.places[grade]
        return len(holders) > self.places[grade]

    def permitted(self, held=()):
        """All permitted allocations, as tuples of numbers of grades in the order of self.units."""
        if len(held) == len(self.units):
            self.seen += 1
            yield held
            return
        unit = self.units[len(held)]
        for grade in range(self.none + 1):
            if grade < self.none and (not unit.may[grade] or self.too_many(held + (grade,), grade)):
                continue
            if any(self.has_claim(unit, grade, other, g) if g < self.none else False for other, g in zip(self.units, held)):
                continue
            if grade < self.none and any(self.has_claim(other, g, unit, grade) for other, g in zip(self.units, held)):
                continue
            yield from self.permitted(held + (grade,))

    def greatness(self, held):
        """For each rank, for each grade, how many hold it: tuples compare as allocations do."""
        ranks = sorted({u.rank for u in self.units})
        return tuple(sum(u.rank == rank and g == grade for u, g in zip(self.units, held))
                     for rank in ranks for grade in range(self.none))

    def right(self):
        """The right allocation: {name: (number of the grade or None, whether a better one was refused)}; asserts that there is one."""
        best, equals = None, []
        for held in self.permitted():
            greatness = self.greatness(held)
            if best is None or greatness > best:
                best, equals = greatness, []
            if greatness == best:
                equals.append(held)
        assert len(equals) == 1, "%d allocations are greatest" % len(equals)
        return {u.name: (g if g < self.none else None, any(u.may[:g])) for u, g in zip(self.units, equals[0])}


def places_of(quota, size):
    """quota: None, a whole number, or a share as a Fraction."""
    if quota is None:
        return math.inf
    return quota if isinstance(quota, int) else max(1, math.floor(quota * size))
