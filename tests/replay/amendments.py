"""Random amendments to a random package, as edits of its text: rows of tables and lines of scheme.yaml.

An edit is made or not made, whatever others are: it keeps to things of its own (a node with its rows of weights.csv, a method,
an item, a key), and what it needs of others is there in any case. `things` are what a comparison calls what it changes."""
import re

from variants import Variant

METHODS = ["m_range", "m_sure", "m_zscore", "m_rank", "m_race", "m_table", "m_percentile", "m_target", "m_deduct", "m_pass",
           "m_direct", "m_best", "m_rule"]
PARAMETERS = {"low": "5 30 50", "mean": "60 75", "sd": "5 12", "step": "3 8 15", "floor": "5 15", "cap": "85 110", "per": "2 0.25",
              "else": "10 50", "below": "2 8"}
MISSING = ["redistribute", "zero", "floor", "mean", "median", "full", "last", "factor(0.6)"]


class Edit:
    """things: {("node", id), ("method", id) ...}; make(variant) makes it."""

    def __init__(self, name, things, make):
        self.name, self.things, self.make = name, set(things), make

    def __repr__(self):
        return "%s %s" % (self.name, sorted(self.things))


CLAUSES = ["rules#art-%d" % i for i in (1, 2, 3, 4)]


def document(r):
    """A policy text that has all clauses, in any order."""
    clauses = r.sample(CLAUSES, len(CLAUSES))
    return "# Rules\n\n" + "\n".join("## Article {#%s}\n\nText.\n" % clause.split("#")[1] for clause in clauses)


def base(maker, r):
    """The package before: a random one with named expressions that leaves use, in half of them with clauses that some
    indicators rest on."""
    made = Variant(maker)
    made.tables["indicators.csv"][0].append("basis")
    resting = r.random() < 0.5
    for row in made.tables["indicators.csv"][1:]:
        row.append(r.choice(CLAUSES) if resting and r.random() < 0.5 else "")
    made.scheme.insert(1, "elements: {n0: \"e0 + e1\", n1: \"e1 * 2\"}")
    leaves = [row for row, value, method in made.cells("indicators.csv", "value", "method") if value and method != "m_fixed"]
    for row, name in zip(r.sample(leaves, min(2, len(leaves))), ("n0", "n1")):
        made.put("indicators.csv", row, "value", name)
    return made


def replace_line(made, start, change):
    """Changes the one line of the scheme that starts so."""
    at = [i for i, line in enumerate(made.scheme) if line.startswith(start)]
    assert len(at) == 1, (start, at)
    made.scheme[at[0]] = change(made.scheme[at[0]])


class Amender:
    """Draws edits that do not touch each other."""

    def __init__(self, maker, package, r):
        self.maker, self.package, self.r = maker, package, r
        package.scheme = "\n".join(package.scheme).split("\n")
        self.text = "\n".join(package.scheme)
        self.nodes = {row[package.at("indicators.csv", "id")]: dict(zip(package.tables["indicators.csv"][0], row))
                      for row in package.tables["indicators.csv"][1:]}
        self.taken, self.held = set(), set()  # things edited; nodes that must stay where they are
        self.held |= {node for node in self.nodes if re.search(r"\b%s\b" % node, self.text)} | {"b0", "b0l0", "code"}
        self.elements = list(maker.elements)
        self.added = 0
        self.missing = re.search(r"^defaults: .*missing: (\w+)", self.text, re.M)[1]

    # Which nodes
    def leaves(self):
        return [n for n, cells in self.nodes.items() if n not in self.maker.inner and ("node", n) not in self.taken]

    def children(self, block):
        return [n for n, cells in self.nodes.items() if cells["parent"] == block]

    def plain(self):
        """Leaves whose method may be any other."""
        return [n for n in self.leaves() if self.nodes[n]["method"] not in ("m_fixed", "m_levels", "m_bands", "m_lower")]

    def movable(self):
        """Leaves that may go: nothing names them, and a sibling that stays is left in their block."""
        found = []
        for leaf in self.leaves():
            stay = [n for n in self.children(self.nodes[leaf]["parent"]) if n != leaf and ("gone", n) not in self.taken]
            if leaf not in self.held and stay:
                found.append((leaf, stay[0]))
        return found

    def stays(self, node):
        """Holds a node where it is, whatever is drawn later."""
        self.held.add(node)

    def set_cells(self, node, cells):
        def make(made):
            for row, found in made.cells("indicators.csv", "id"):
                if found == node:
                    for column, text in cells.items():
                        made.put("indicators.csv", row, column, text)
        return make

    @staticmethod
    def drop_rows(table, column, text):
        def make(made):
            if table in made.tables:
                at = made.at(table, column)
                made.tables[table] = [row for i, row in enumerate(made.tables[table]) if i == 0 or row[at] != text]
        return make

    @staticmethod
    def all_of(*makes):
        def make(made):
            for one in makes:
                one(made)
        return make

    def other(self, choices, now):
        return self.r.choice([c for c in choices if c != now])

    # Edits of nodes
    def weight(self):
        nodes = [n for n, c in self.nodes.items() if c["weight"] and c.get("class") != "gate" and ("node", n) not in self.taken]
        if nodes:
            node = self.r.choice(nodes)
            return Edit("weight", [("node", node)], self.set_cells(node, {"weight": self.other(["5", "15", "45", "60"],
                                                                                           self.nodes[node]["weight"])}))

    def cells(self):
        """One or two columns of a leaf."""
        leaves = self.plain()
        if not leaves:
            return None
        leaf, r = self.r.choice(leaves), self.r
        now = self.nodes[leaf]
        choices = {"method": lambda: self.other(METHODS, now["method"]), "missing": lambda: self.other(MISSING, now["missing"] or self.missing),
                   "direction": lambda: "up" if now["direction"] == "down" else "down",
                   "value": lambda: self.other(self.elements, now["value"]),
                   "treat": lambda: self.other(["", "winsorise(1)", "log", "clip(10,60)"], now["treat"]),
                   "when": lambda: self.other(["", "count(x) >= 2", "count(x) >= 40"], now["when"])}
        if now.get("class") == "gate":
            del choices["when"]
        columns = r.sample(list(choices), r.choice([1, 1, 2]))
        return Edit("+".join(columns), [("node", leaf)], self.set_cells(leaf, {c: choices[c]() for c in columns}))

    def basis(self):
        """Another clause: that changes no result, but what belongs together."""
        nodes = [n for n in self.nodes if ("node", n) not in self.taken]
        if not nodes:
            return None
        node = self.r.choice(nodes)
        return Edit("basis", [("node", node)], self.set_cells(node, {"basis": self.other(CLAUSES, self.nodes[node]["basis"])}))

    def aggregate(self):
        blocks = [b for b in self.maker.inner if ("node", b) not in self.taken]
        if not blocks:
            return None
        block = self.r.choice(blocks)
        weighted = all(self.nodes[n]["weight"] for n in self.children(block))
        now = self.nodes[block]["aggregate"]
        choices = [a for a in (["arithmetic", "min", "sum", "copeland"] if weighted else ["min", "sum"])
                   if a != (now or self.maker.aggregates[""])]
        return Edit("aggregate", [("node", block)], self.set_cells(block, {"aggregate": self.r.choice(choices)})) if choices else None

    def decimals(self):
        nodes = [n for n in self.nodes if ("node", n) not in self.taken]
        if not nodes:
            return None
        node = self.r.choice(nodes)
        return Edit("decimals", [("node", node)],
                    self.set_cells(node, {"decimals": self.other(["0", "1", "3"], self.nodes[node]["decimals"])}))

    def override(self):
        """A row of weights.csv more, less, or another."""
        nodes = [n for n, c in self.nodes.items() if c["weight"] and c.get("class") != "gate" and n not in ("b0", "b0l0")
                 and ("node", n) not in self.taken]
        if not nodes:
            return None
        node, who = self.r.choice(nodes), self.r.choice(list(self.maker.units) + ["group:" + g for g in self.maker.groups])
        there = [w for _, f, n, w in self.package.cells("weights.csv", "for", "indicator", "weight") if (f, n) == (who, node)]
        weight = self.r.choice(["7", "33", "0"] + ([None] if there else []))
        if there == [weight]:
            return None

        def make(made):
            at = made.at("weights.csv", "for"), made.at("weights.csv", "indicator")
            rows = made.tables["weights.csv"]
            rows[:] = [row for row in rows if (row[at[0]], row[at[1]]) != (who, node)]
            if weight is not None:
                rows.append([{"for": who, "indicator": node, "weight": weight}[c] for c in rows[0]])
        return Edit("override", [("node", node)], make)

    def without(self, leaf):
        return self.all_of(self.drop_rows("indicators.csv", "id", leaf), self.drop_rows("weights.csv", "indicator", leaf),
                           self.drop_rows("targets.csv", "indicator", leaf))

    def drop(self):
        movable = self.movable()
        if movable:
            leaf, stay = self.r.choice(movable)
            self.stays(stay)
            self.taken.add(("gone", leaf))
            return Edit("drop", [("node", leaf)], self.without(leaf))

    def move(self):
        movable = self.movable()
        if not movable:
            return None
        leaf, stay = self.r.choice(movable)
        now = self.nodes[leaf]
        to = self.r.choice([b for b in ["", *self.maker.inner] if b != now["parent"]])
        if ("block", to) in self.taken or now.get("class") == "gate":
            return None
        self.stays(stay)
        self.taken |= {("gone", leaf), ("into", to)}
        return Edit("move", [("node", leaf)], self.set_cells(leaf, {"parent": to, "weight": now["weight"] or "20"}))

    def rename(self):
        movable = [leaf for leaf, _ in self.movable() if self.nodes[leaf].get("class") != "gate"]
        if not movable:
            return None
        leaf = self.r.choice(movable)
        new = leaf + "r"

        def make(made):
            for table, column in (("indicators.csv", "id"), ("weights.csv", "indicator"), ("targets.csv", "indicator"),
                                  ("observations.csv", "element")):
                for row, found in made.cells(table, column):
                    if found == leaf:
                        made.put(table, row, column, new)
        return Edit("rename", [("node", leaf), ("node", new)], make)

    def new_leaf(self, parent):
        """Cells of a leaf that is not there yet, of an element that may not be there either."""
        self.added += 1
        leaf = "new%d" % self.added
        value = self.r.choice(self.elements + ["e0 + e1", "unheard"])
        cells = {"id": leaf, "name": leaf, "parent": parent, "weight": self.r.choice(["10", "35"]), "value": value,
                 "method": self.r.choice(METHODS), "missing": self.r.choice(MISSING), "direction": self.r.choice(["", "down"]),
                 "basis": self.r.choice(["", *CLAUSES])}
        if value == "unheard":
            cells["value"] = leaf + "_figure"
        return leaf, cells

    @staticmethod
    def add_rows(*rows):
        def make(made):
            head = made.tables["indicators.csv"][0]
            made.tables["indicators.csv"] += [[cells.get(c, "") for c in head] for cells in rows]
        return make

    def add(self):
        parent = self.r.choice(["", *self.maker.inner])
        if ("block", parent) in self.taken:
            return None
        self.taken.add(("into", parent))
        leaf, cells = self.new_leaf(parent)
        return Edit("add", [("node", leaf)], self.add_rows(cells))

    def add_element(self):
        """A leaf of a named expression that is new too."""
        leaf, cells = self.new_leaf("")
        name = "n_" + leaf
        cells["value"] = name + " + 1"
        line = self.all_of(lambda made: replace_line(made, "elements:", lambda t: t[:-1] + ", %s: \"e0 * 3\"}" % name),
                           self.add_rows(cells))
        return Edit("add with element", [("node", leaf), ("element", name)], line)

    def add_block(self):
        """A new block with a new leaf, and another leaf that moves there."""
        leaf, cells = self.new_leaf("nb%d" % (self.added + 1))
        block = cells["parent"]
        rows = [{"id": block, "name": block, "weight": self.r.choice(["15", "40"])}, cells]
        movable = [pair for pair in self.movable() if self.nodes[pair[0]].get("class") != "gate"]
        if movable and self.r.random() < 0.5:
            moved, stay = self.r.choice(movable)
            self.stays(stay)
            self.taken.add(("gone", moved))
            make = self.set_cells(moved, {"parent": block, "weight": self.nodes[moved]["weight"] or "20"})
            return Edit("add block with leaf", [("node", block), ("node", leaf), ("node", moved)], self.all_of(self.add_rows(*rows), make))
        return Edit("add block", [("node", block), ("node", leaf)], self.add_rows(*rows))

    def drop_block(self):
        blocks = [b for b in self.maker.inner if b not in self.held and ("into", b) not in self.taken and not {("node", n) for n in [b, *self.children(b)]} & self.taken
                  and not set(self.children(b)) & self.held]
        if not blocks:
            return None
        block = self.r.choice(blocks)
        nodes = [block, *self.children(block)]
        self.taken |= {("gone", n) for n in nodes} | {("block", block)}
        return Edit("drop block", [("node", n) for n in nodes], self.all_of(*(self.without(n) for n in nodes)))

    def gate(self):
        if "door" not in self.nodes or ("node", "door") in self.taken:
            return None
        change = lambda line: line.replace("at_least: 60", "at_least: 35")
        return Edit("gate", [("node", "door")], lambda made: replace_line(made, "  door: {", change))

    # Edits of the scheme
    def method(self):
        methods = [m for m in self.maker.methods if m not in ("m_bands", "m_lower") and ("method", m) not in self.taken]
        if not methods:
            return None
        method = self.r.choice(methods)
        line = next(t for t in self.package.scheme if t.startswith("  %s: " % method))
        found = list(re.finditer(r"\b(%s): ([\d.]+)(?=[,}])" % "|".join(PARAMETERS), line))
        if not found:
            return None
        match = self.r.choice(found)
        value = self.other(PARAMETERS[match[1]].split(), match[2])
        change = lambda t: t[:match.start(2)] + value + t[match.end(2):]
        return Edit("method " + match[1], [("method", method)], lambda made: replace_line(made, "  %s: " % method, change))

    def element(self):
        name, old = self.r.choice([("n0", '"e0 + e1"'), ("n1", '"e1 * 2"')])
        change = lambda t: t.replace("%s: %s" % (name, old), "%s: \"%s\"" % (name, "e0 - e1" if name == "n0" else "100 - e1"))
        return Edit("element", [("element", name)], lambda made: replace_line(made, "elements:", change))

    def setting(self):
        scoring = next(t for t in self.package.scheme if t.startswith("scoring:"))
        key, values = self.r.choice([
            ("decimals", "0 1 2 3"), ("rounding", "half_away half_even down"), ("rank_on", "rounded exact"),
            ("ties", "min dense max average"), ("round_at", "published node"), ("total", "100 150 80"),
            ("ties_by", "[]|[b0]|[b0l0, b0]"), ("bounds", "[none, none]|[none, 70]|[30, 90]"), ("present", ""),
            ("cap", ""), ("compare", "")])
        if key == "present":
            line = next(t for t in self.package.scheme if t.startswith("defaults:"))
            change = lambda t: t.replace(", present: 60%", "") if "present" in t else t[:-1] + ", present: 80%}"
            return Edit("present", [("setting", "defaults.present")], lambda made: replace_line(made, "defaults:", change))
        if key == "cap":
            if "  cap: {bonus: 4, deduction: 5}" not in self.package.scheme:
                return None
            name, old, new = self.r.choice([("bonus", "4", "1"), ("deduction", "5", "2")])
            change = lambda t: t.replace("%s: %s" % (name, old), "%s: %s" % (name, new))
            return Edit("cap", [("setting", "adjustments.cap." + name)], lambda made: replace_line(made, "  cap: {", change))
        if key == "compare":
            change = lambda t: "compare: " + ("previous" if "same" in t else "same_last_year")
            return Edit("compare", [("setting", "compare")], lambda made: replace_line(made, "compare:", change))
        if key == "bounds":
            if "bounds" in self.text.split("groups:")[1]:
                return None  # then it is of the groups that have none of their own
        if ("of group", key) in self.taken:
            return None
        now = re.search(r"\b%s: (\[[^]]*\]|\w+)" % key, scoring)
        value = self.other(values.split("|" if "|" in values else " "), now[1])
        change = lambda t: re.sub(r"\b%s: (\[[^]]*\]|\w+)" % key, "%s: %s" % (key, value), t, count=1)
        return Edit("scoring." + key, [("setting", "scoring." + key)], lambda made: replace_line(made, "scoring:", change))

    def group(self):
        group = self.r.choice(self.maker.groups)
        start = "  - {id: %s" % group
        line = next(t for t in self.package.scheme if t.startswith(start))
        scoring = next(t for t in self.package.scheme if t.startswith("scoring:"))
        key, value = self.r.choice([("total", "90"), ("total", "110"), ("decimals", "0"), ("decimals", "3"), ("bounds", "[25, 88]"), ("grades", "s")])
        if ("setting", "scoring." + key) in self.taken:
            return None  # a group that has what the scheme has, before and after, is not told apart from it
        self.taken.add(("of group", key))
        things = [("group", group)]
        if key == "bounds" and len(self.maker.groups) == 1:
            things.append(("setting", "scoring.bounds"))  # what all groups have is the scheme's
        now = re.search(r", %s: (\[[^]]*\]|\w+)" % key, line)
        if key != "grades" and (now or re.search(r"\b%s: (\[[^]]*\]|\w+)" % key, scoring))[1] == value:
            return None
        if key == "grades":
            change = (lambda t: t.replace(", grades: s", "")) if now else (lambda t: t[:-1] + ", grades: s}")
        elif now:
            change = lambda t: t.replace(now[0], ", %s: %s" % (key, value))
        else:
            change = lambda t: t[:-1] + ", %s: %s}" % (key, value)
        return Edit("group " + key, things, lambda made: replace_line(made, start, change))

    def grades(self):
        """One or two grades of the set."""
        makes = []
        for grade in self.r.sample(["one", "two", "three"], self.r.choice([1, 1, 2])):
            start = "    - {id: %s" % grade
            line = next(t for t in self.package.scheme if t.startswith(start))
            what = self.r.choice(["quota", "when", "when"])
            if what == "quota":
                now = re.search(r", quota: ([\d%]+)", line)
                new = self.other(["20%", "1", "3", "60%"], now and now[1])
                change = (lambda t, now=now, new=new: t.replace(now[0], ", quota: " + new)) if now else (
                    lambda t, new=new: t[:-1] + ", quota: %s}" % new)
            else:
                now = re.search(r", when: \"[^\"]*\"", line)
                new = ', when: "%s"' % self.r.choice(["score >= 65", "rank <= 2", "score >= 40 and rank <= 4"])
                change = (lambda t, now=now, new=new: t.replace(now[0], new)) if now else (lambda t, new=new: t[:-1] + new + "}")
            makes.append(lambda made, start=start, change=change: replace_line(made, start, change))
        return Edit("grades", [("grade", "s")], self.all_of(*makes))

    def ladder(self):
        """A grade more, or one less that no effect names."""
        if self.r.random() < 0.5:
            def make(made):
                at = next(i for i, t in enumerate(made.scheme) if t.startswith("    - {id: rest"))
                made.scheme.insert(at, "    - {id: near, when: \"score >= 35\"}")
        else:
            def make(made):
                made.scheme = [t for t in made.scheme if not t.startswith("    - {id: three")]
        return Edit("ladder", [("grade", "s")], make)

    def item(self):
        if not self.maker.adjusting:
            return None
        item, old, new = self.r.choice([("praise", "points: 0.5", "points: 0.9"), ("praise", "kind: bonus", "kind: deduction"),
                                        ("honour", "big: 3", "big: 5"), ("honour", "small: 1", "small: 0.2"),
                                        ("slip", "points: 2", "points: 0.5"), ("slip", "}", ", cap: 2.5}")])
        start = "    - {id: %s," % item
        line = next(t for t in self.package.scheme if t.startswith(start))
        if ", cap:" in new and "cap" in line:
            old, new = "cap: 1.5", "cap: 0.5"
        return Edit("item", [("item", item)], lambda made: replace_line(made, start, lambda t: t.replace(old, new, 1)))

    def veto(self):
        if not self.maker.adjusting or "    - {id: veto0" not in self.text:
            return None
        start = "    - {id: veto0,"
        now = re.search(r"effect: (\{[^}]*\})", next(t for t in self.package.scheme if t.startswith(start)))[1]
        effect = self.other(["{grade_at_most: two}", "{unranked: true}", "{bonus_void: true}", "{node_zero: b0}"], now)
        change = lambda t: re.sub(r"effect: \{[^}]*\}", "effect: " + effect, t)
        return Edit("veto", [("item", "veto0")], lambda made: replace_line(made, start, change))

    def add_item(self):
        if not self.maker.adjusting:
            return None

        def make(made):
            made.scheme.insert(made.scheme.index("  items:") + 1, "    - {id: extra, kind: bonus, points: \"e0 / 20\"}")
        return Edit("add item", [("item", "extra")], make)

    def drop_item(self):
        if not self.maker.adjusting:
            return None
        item = self.r.choice(["praise", "slip", "honour"])

        def make(made):
            made.scheme = [t for t in made.scheme if not t.startswith("    - {id: %s," % item)]
            self.drop_rows("adjustments.csv", "item", item)(made)
        return Edit("drop item", [("item", item)], make)

    def unit(self):
        """A unit in another group."""
        units = [u for u in self.maker.units if u != "heir"]
        tables = self.package.tables.get("successions.csv", [[]])
        units = [u for u in units if not any(u in row for row in tables[1:])]
        if len(self.maker.groups) < 2 or not units:
            return None
        unit = self.r.choice(units)
        to = self.r.choice([g for g in self.maker.groups if g != self.maker.units[unit]])

        def make(made):
            for row, found in made.cells("units.csv", "id"):
                if found == unit:
                    made.put("units.csv", row, "group", to)
        return Edit("unit", [("unit", unit)], make)

    def ratings(self):
        change = lambda t: t.replace("at_least: 80", "at_least: 75")
        return Edit("ratings", [("ratings", "ratings")], lambda made: replace_line(made, "ratings:", change))

    KINDS = [weight] * 4 + [cells] * 5 + [basis, aggregate, decimals] + [override] * 2 + [drop, move, rename, add, add_element, add_block, drop_block,
             gate] + [method] * 3 + [element] + [setting] * 3 + [group, grades, grades, ladder, item, item, veto, add_item, drop_item, unit, ratings]

    def draw(self, count):
        """That many edits, fewer where the package has no more."""
        found = []
        for _ in range(20 * count):
            if len(found) == count:
                break
            edit = self.r.choice(self.KINDS)(self)
            if edit and not edit.things & self.taken:
                self.taken |= edit.things
                found.append(edit)
        return found


def clause_of_node(old, new, node):
    """Where an indicator rests: on what the new package says, else the old one."""
    for package in (new, old):
        for _, found, basis in package.cells("indicators.csv", "id", "basis"):
            if found == node and basis:
                return basis
    return None


def clause_of_method(old, new, method):
    """The clause of whatever a method serves, where that is only one."""
    of = [{basis for _, m, basis in package.cells("indicators.csv", "method", "basis") if m == method} for package in (old, new)]
    clauses = of[0] | of[1]
    if len(of[0]) > 1 or len(of[1]) > 1 or len(clauses - {""}) > 1:
        return None
    return max(clauses, default="") or None


def together(edits, old, new):
    """The edits that are one amendment: those that have a clause in common. [(edits, their clauses)]"""
    found = []
    for edit in edits:
        clauses = {clause_of_node(old, new, id) if kind == "node" else clause_of_method(old, new, id) if kind == "method" else None
                   for kind, id in edit.things} - {None}
        joined = [one for one in found if one[1] & clauses]
        found = [one for one in found if not one[1] & clauses]
        found.append(([e for one in joined for e in one[0]] + [edit], clauses.union(*(one[1] for one in joined))))
    return found


def next_year(made, r):
    """What is of a year and no part of a scheme: other figures, targets, rows of adjustments, units that came and went."""
    for row, value in made.cells("observations.csv", "value"):
        if re.fullmatch(r"-?[\d.]+", value) and r.random() < 0.5:
            made.put("observations.csv", row, "value", str(r.randint(0, 100)))
    for row, target in made.cells("targets.csv", "target"):
        if r.random() < 0.5:
            made.put("targets.csv", row, "target", str(r.randint(1, 90)))
    if "adjustments.csv" in made.tables:
        made.tables["adjustments.csv"][1:] = [row for row in made.tables["adjustments.csv"][1:] if r.random() < 0.5]
    head = made.tables["units.csv"][0]
    made.tables["units.csv"].append([{"id": "newcomer", "name": "newcomer", "group": "g0"}.get(c, "") for c in head])
