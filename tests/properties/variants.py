"""A random package in variants: other orders, other names, other scales, a leaf more. Each makes one change of which the format
says what may follow from it."""
import copy
import csv
import os
from decimal import Decimal

VOID = "void"  # a leaf without a figure


class Variant:
    """The tables of a random package as rows of texts, which may be changed without changing the package."""

    def __init__(self, maker):
        self.tables = {name: list(csv.reader(rows)) for name, rows in maker.tables.items()}
        self.scheme = [line for line in maker.scheme if line]

    def copy(self):
        made = copy.copy(self)
        made.tables = {name: [list(row) for row in rows] for name, rows in self.tables.items()}
        made.scheme = list(self.scheme)
        return made

    def at(self, table, column):
        return self.tables[table][0].index(column)

    def cells(self, table, *columns):
        """(row, the texts in some of its columns) of a table that may not be there."""
        if table in self.tables:
            places = [self.at(table, column) for column in columns]
            for row in self.tables[table][1:]:
                yield row, *(row[place] for place in places)

    def put(self, table, row, column, text):
        row[self.at(table, column)] = text

    def write(self, folder):
        os.makedirs(folder, exist_ok=True)
        for name, rows in self.tables.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
        with open(os.path.join(folder, "scheme.yaml"), "w", encoding="utf-8") as file:
            file.write("\n".join(self.scheme) + "\n")
        return folder


def reordered(maker, r):
    """Every table with its rows and columns in another order; indicators say with `order` where they stood, and of the
    rows of one honour the first of those worth most counts, so these keep theirs."""
    made = Variant(maker)
    rows = made.tables["indicators.csv"]
    rows[0].append("order")
    for i, row in enumerate(rows[1:]):
        row.append(str(i + 1))
    for name, rows in made.tables.items():
        body = rows[1:]
        r.shuffle(body)
        if name == "adjustments.csv":
            body = honours_in_order(rows, body)
        columns = list(range(len(rows[0])))
        r.shuffle(columns)
        made.tables[name] = [[row[i] for i in columns] for row in rows[:1] + body]
    return made


def rearranged(maker, r):
    """Every node's children in another order, by `order` or by where they stand."""
    made = Variant(maker)
    rows = made.tables["indicators.csv"]
    body = rows[1:]
    r.shuffle(body)
    if r.random() < 0.5:
        rows[0].append("order")
        for row, place in zip(body, r.sample(range(100), len(body))):
            row.append(str(place))
    made.tables["indicators.csv"] = rows[:1] + body
    return made


def honours_in_order(before, body):
    honour, unit = before[0].index("honour"), before[0].index("unit")
    key = lambda row: (row[unit], row[honour])
    waiting = {}
    for row in before[1:]:
        waiting.setdefault(key(row), []).append(row)
    return [waiting[key(row)].pop(0) if row[honour] else row for row in body]


def renamed(maker, r):
    """Other ids for all units that are ranked: (variant, whether they sort as before, {new: old})."""
    made, keeps = Variant(maker), r.random() < 0.5
    old = list(maker.units)
    if keeps:
        new = {unit: unit + "_x" for unit in old}
    else:
        new = dict(zip(old, r.sample(["z%d" % i for i in range(3 * len(old))], len(old))))
    for table, column in (("units.csv", "id"), ("observations.csv", "unit"), ("targets.csv", "unit"), ("weights.csv", "for"),
                          ("adjustments.csv", "unit"), ("successions.csv", "from"), ("successions.csv", "to")):
        for row, unit in made.cells(table, column):
            made.put(table, row, column, new.get(unit, unit))
    return made, keeps, {new[unit]: unit for unit in old}


def scaled(maker, r):
    """The weights of one block's children, which all have one, times a constant: (variant, whether each quotient of weights
    has the same bits)."""
    made = Variant(maker)
    empty = {parent for _, parent, weight in made.cells("indicators.csv", "parent", "weight") if not weight}
    block = r.choice([node for node in ["", *maker.inner] if node not in empty])
    factor = r.choice(["2", "4", "0.5", "3", "0.7", "1.1", "100"])
    children = {node for _, node, parent in made.cells("indicators.csv", "id", "parent") if parent == block}
    for table, column in (("indicators.csv", "id"), ("weights.csv", "indicator")):
        for row, node, weight in made.cells(table, column, "weight"):
            if node in children and weight:
                made.put(table, row, "weight", format(Decimal(weight) * Decimal(factor), "f"))
    return made, factor in ("2", "4", "0.5")


def without_present(maker):
    """None where no share of the weight must be present: of that a leaf that is missing leaves less."""
    made = Variant(maker)
    made.scheme = [line.replace(", present: 60%", "") for line in made.scheme]
    return made if made.scheme != Variant(maker).scheme else None


def with_void(maker, r):
    """Without such a share, a leaf that is missing for everybody under one block, the last of its children: (variant, the nodes above it).
    Its rows stand in observations.csv without a value, or there is none."""
    made = without_present(maker) or Variant(maker)
    parent = r.choice(["", *maker.inner])
    head = made.tables["indicators.csv"][0]
    cells = {"id": VOID, "name": VOID, "parent": parent, "missing": "redistribute", "weight": r.choice(["10", "33", "400"]),
             "method": r.choice(["m_sure", "m_zscore", "m_rank", "m_direct", "m_best"]), "direction": r.choice(["up", "down"])}
    made.tables["indicators.csv"].append([cells.get(column, "") for column in head])
    if r.random() < 0.7:
        head = made.tables["observations.csv"][0]
        for unit in maker.units:
            for period in maker.all:
                cells = {"unit": unit, "element": VOID, "period": period}
                made.tables["observations.csv"].append([cells.get(column, "") for column in head])
    return made, {"total", "base", parent} - {""} - (set() if maker.adjusting else {"base"})
