"""A package as plain tables: what stands in them, and what a unit, an indicator, a method is by default."""
import datetime
import os

import periods
import reading
from reading import number


class Node:
    """A row of indicators.csv, or the root."""

    def __init__(self, row, at):
        self.row, self.id, self.file_order = row, row["id"], at
        self.children, self.parent, self.level = [], None, 0

    def get(self, column, otherwise=""):
        return self.row.get(column) or otherwise


class Package:
    def __init__(self, folder):
        self.folder = folder
        self.scheme = reading.read_yaml(os.path.join(folder, "scheme.yaml"))
        self.period = periods.parse(self.scheme["period"])
        self.defaults = self.scheme.get("defaults") or {}
        self.scoring = self.scheme.get("scoring") or {}
        self.units = {row["id"]: row for row in reading.read_table(folder, "units.csv")}
        self.groups = {g["id"]: g for g in self.scheme["groups"]}
        self.read_tree()
        self.read_observations()
        self.targets = reading.read_table(folder, "targets.csv")
        for row in self.targets:
            row["at"] = periods.parse(row["period"])
        self.weights = {(row["for"], row["indicator"]): number(row["weight"])
                        for row in reading.read_table(folder, "weights.csv")}
        self.read_adjustments()
        self.successions = reading.read_table(folder, "successions.csv")
        for row in self.successions:
            row["day"] = datetime.date.fromisoformat(row["date"])

    def read_tree(self):
        self.nodes = {"total": Node({"id": "total", "aggregate": self.defaults.get("root_aggregate", "")}, -1)}
        for at, row in enumerate(reading.read_table(self.folder, "indicators.csv")):
            self.nodes[row["id"]] = Node(row, at)
        for node in list(self.nodes.values())[1:]:
            node.parent = self.nodes[node.get("parent", "total")]
            node.parent.children.append(node)
        self.in_order = []
        self.walk(self.nodes["total"])
        self.leaves = [n for n in self.in_order if not n.children]

    def walk(self, node):
        self.in_order.append(node)
        node.children.sort(key=lambda n: (number(n.get("order")) is None, number(n.get("order")) or 0, n.file_order))
        for child in node.children:
            child.level = node.level + 1
            self.walk(child)

    def method(self, leaf):
        name = leaf.get("method", self.defaults.get("method", ""))
        return (self.scheme.get("methods") or {}).get(name) or {"kind": name}

    def read_observations(self):
        """figures[element][unit, period] = (value, state)"""
        self.figures, self.frequency, first = {}, {}, None
        for row in reading.read_table(self.folder, "observations.csv"):
            element, period = row["element"], periods.parse(row["period"])
            leaf = self.nodes.get(element)
            text = row.get("value") or ""
            if row.get("state"):
                value = None
            elif leaf and not leaf.children and self.method(leaf)["kind"] == "levels" and not leaf.get("value"):
                value = text or None
            else:
                value = number(text, leaf.get("measure") if leaf else None)
            self.figures.setdefault(element, {})[row["unit"], period] = value, row.get("state") or ""
            self.frequency[element] = period.kind
            if first is None or (period.last, period.first) < (first.last, first.first):
                first = period
            self.last_day = max(getattr(self, "last_day", period.last), period.last)
            self.first_day = min(getattr(self, "first_day", period.first), period.first)
        self.first = first

    def read_adjustments(self):
        self.adjustments = reading.read_table(self.folder, "adjustments.csv")
        for row in self.adjustments:
            row["at"] = periods.parse(row.get("issued") or row["period"])
            row["times"] = 1.0 if not row.get("count") else number(row["count"])
        self.items = (self.scheme.get("adjustments") or {}).get("items") or []

    def takes_part(self, unit, period):
        return bool(self.units[unit].get("group")) and self.is_there(unit, period)

    def is_there(self, unit, period):
        """Whether a period overlaps the unit's time, in a group or not."""
        row = self.units[unit]
        return ((not row.get("joined") or periods.parse(row["joined"]).first <= period.last)
                and (not row.get("left") or periods.parse(row["left"]).last >= period.first))

    def weight(self, unit, node):
        """The weight of a node for a unit before redistribution; None = empty."""
        for who in (unit, "group:" + self.units[unit]["group"]):
            if (who, node.id) in self.weights:
                return self.weights[who, node.id]
        return 0.0 if node.get("kind") == "individual" else number(node.get("weight"))

    def applies(self, unit, node):
        if node.children:
            return any(self.applies(unit, child) for child in node.children)
        own_zero = any((who, node.id) in self.weights for who in (unit, "group:" + self.units[unit]["group"]))
        at = node
        while at.parent:
            gate = at is node and node.get("class") == "gate" and not own_zero
            if self.weight(unit, at) == 0 and not gate:
                return False
            at = at.parent
        return True

    def leaf_frequency(self, leaf):
        return leaf.get("frequency") or self.frequency.get(leaf.id)

    def due_days(self, leaf, kind):
        text = leaf.get("due") if leaf is not None and leaf.get("due") else (self.scheme.get("due") or {}).get(kind, "0d")
        return int(text.rstrip("d"))

    def of_group(self, unit, key, otherwise=None):
        """A setting that a group may have of its own, else the scheme's."""
        group = self.groups[self.units[unit]["group"]]
        if key in group:
            return group[key]
        return self.scoring.get(key, otherwise) if key != "ratings" else self.scheme.get("ratings", [])

    def decimals(self, unit, node):
        return int(node.get("decimals") or self.of_group(unit, "decimals", 2))
