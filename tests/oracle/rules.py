"""The rule language: texts to trees, and trees to values, one unit at a time.

A value is a float, a text (codes and grades), or None for missing; a condition is 1.0, 0.0 or None.
What a name or a function of other units and periods means is asked of a scope (see scoring.Scope)."""
import math
import re

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)(%)?|`([^`]+)`|'([^']*)'"
                   r"|([A-Za-z_\u4e00-\u9fff][\w.\u4e00-\u9fff]*)|(<=|>=|==|!=|[-+*/^(),:<>]))")
COHORT = {"mean", "trimmed_mean", "median", "sd", "min_of", "max_of", "sum_of", "count", "rank", "span"}
IDENTIFIERS = {"of": 1, "event": 0, "node": 0, "result": None}  # which argument is an identifier; None = all


def sig12(x):
    """x at 12 significant digits."""
    return x if x is None or isinstance(x, str) or x != x or abs(x) == math.inf else float("%.11e" % x)


class Parser:
    def __init__(self, text):
        self.tokens, at = [], 0
        text = text.rstrip()
        while at < len(text):
            match = TOKEN.match(text, at)
            if not match:
                raise ValueError("cannot read %r at %d" % (text, at))
            at = match.end()
            if match[1]:
                self.tokens.append(("num", float(match[1]) / (100 if match[2] else 1)))
            elif match[3]:
                self.tokens.append(("quoted", match[3]))
            elif match[4] is not None:
                self.tokens.append(("text", match[4]))
            elif match[5]:
                self.tokens.append(("word", match[5]))
            else:
                self.tokens.append(("op", match[6]))
        self.tokens.append(("end", ""))
        self.at = 0

    def next_is(self, *what):
        return self.tokens[self.at] in [("op", w) for w in what] + [("word", w) for w in what]

    def take(self, *what):
        if self.next_is(*what):
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def expect(self, what):
        if not self.take(what):
            raise ValueError("expected %r at token %d" % (what, self.at))

    def left(self, operators, part):
        tree = part()
        while self.next_is(*operators):
            op = self.take(*operators)
            tree = ("bin", op, tree, part())
        return tree

    def disjunction(self):
        return self.left(["or"], lambda: self.left(["and"], self.negation))

    def negation(self):
        return ("not", self.negation()) if self.take("not") else self.comparison()

    def comparison(self):
        tree = self.sum()
        op = self.take("<", "<=", ">", ">=", "==", "!=")
        if op:
            tree = ("bin", op, tree, self.sum())
            if self.next_is("<", "<=", ">", ">=", "==", "!="):
                raise ValueError("chained")
        return tree

    def sum(self):
        return self.left(["+", "-"], lambda: self.left(["*", "/"], self.minus))

    def minus(self):
        return ("neg", self.minus()) if self.take("-") else self.power()

    def power(self):
        tree = self.atom()
        if self.take("^"):
            tree = ("bin", "^", tree, self.minus())
        return tree

    def atom(self):
        kind, value = self.tokens[self.at]
        self.at += 1
        if kind in ("num", "text"):
            return kind, value
        if kind == "quoted":
            return "name", value, True
        if (kind, value) == ("op", "("):
            tree = self.disjunction()
            self.expect(")")
            return tree
        if kind != "word":
            raise ValueError("unexpected %r" % (value,))
        if not self.take("("):
            return "name", value, False
        arguments, where = [], None
        while not self.take(")"):
            if self.next_is("where") and self.tokens[self.at + 1] == ("op", ":"):
                self.at += 2
                where = self.disjunction()
            elif value in IDENTIFIERS and IDENTIFIERS[value] in (None, len(arguments)):
                arguments.append(("id", self.tokens[self.at][1]))
                self.at += 1
            else:
                arguments.append(self.disjunction())
            self.take(",")
        return "call", value, arguments, where


def parse(text, cache={}):
    if text not in cache:
        parser = Parser(text)
        tree = parser.disjunction()
        if parser.tokens[parser.at][0] != "end":
            raise ValueError("more than an expression: " + text)
        cache[text] = tree
    return cache[text]


def names_in(tree):
    """Names in a tree: (id, quoted)."""
    if tree is None:
        return []
    if tree[0] == "name":
        return [tree[1:]]
    if tree[0] in ("not", "neg"):
        return names_in(tree[1])
    if tree[0] == "bin":
        return names_in(tree[2]) + names_in(tree[3])
    if tree[0] == "call":
        return [n for a in tree[2] for n in names_in(a)] + names_in(tree[3])
    return []


def calls_in(tree):
    """Names of the functions that a tree calls."""
    if tree is None or tree[0] in ("num", "text", "name"):
        return set()
    if tree[0] == "call":
        return {tree[1]}.union(*map(calls_in, tree[2]), calls_in(tree[3]))
    return set().union(*(calls_in(part) for part in tree[1:] if isinstance(part, tuple)))


def truth(x):
    return None if x is None else bool(x)


def holds(x):
    """Whether a condition is met: a missing one is not."""
    return x is not None and x != 0


def compare(op, a, b):
    a, b = sig12(a), sig12(b)
    return float({"<": lambda: a < b, "<=": lambda: a <= b, ">": lambda: a > b, ">=": lambda: a >= b,
                  "==": lambda: a == b, "!=": lambda: a != b}[op]())


def power(a, b):
    if a == 0 and b < 0:
        return None
    if a < 0 and b != math.floor(b):
        return None
    try:
        return a ** b
    except OverflowError:
        return None


def round_half_away(x, n):
    from decimal import ROUND_HALF_UP, Decimal
    return float(Decimal(repr(sig12(x))).quantize(Decimal(1).scaleb(-int(n)), ROUND_HALF_UP))


PLAIN = {
    "min": lambda *a: min(a), "max": lambda *a: max(a), "abs": abs,
    "sqrt": lambda a: math.sqrt(a) if a >= 0 else None, "log": lambda a: math.log(a) if a > 0 else None,
    "exp": lambda a: math.exp(a) if a < 700 else None, "round": lambda a, n=0: round_half_away(a, n),
    "floor": lambda a: float(math.floor(a)), "clamp": lambda x, lo, hi: min(max(x, lo), hi),
}


def both(scope, tree):
    """and, or: 0 and missing = 0, 1 or missing = 1, else missing stays missing."""
    a, b = truth(evaluate(tree[2], scope)), truth(evaluate(tree[3], scope))
    decides = tree[1] == "or"
    if a is decides or b is decides:
        return float(decides)
    return None if a is None or b is None else float(not decides)


def evaluate(tree, scope):
    kind = tree[0]
    if kind in ("num", "text"):
        return tree[1]
    if kind == "name":
        return scope.name(tree[1], tree[2])
    if kind == "neg":
        a = evaluate(tree[1], scope)
        return None if a is None else -a
    if kind == "not":
        a = truth(evaluate(tree[1], scope))
        return None if a is None else float(not a)
    if kind == "bin":
        if tree[1] in ("and", "or"):
            return both(scope, tree)
        a, b = evaluate(tree[2], scope), evaluate(tree[3], scope)
        if a is None or b is None:
            return None
        if tree[1] in ("<", "<=", ">", ">=", "==", "!="):
            return compare(tree[1], a, b)
        if tree[1] == "/" and b == 0:
            scope.divided_by_zero()
            return None
        return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b,
                "^": lambda: power(a, b)}[tree[1]]()
    return call(tree, scope)


def call(tree, scope):
    _, name, arguments, where = tree
    if name in PLAIN:
        values = [evaluate(a, scope) for a in arguments]
        return None if None in values else PLAIN[name](*values)
    if name == "if":
        return evaluate(arguments[1 if holds(evaluate(arguments[0], scope)) else 2], scope)
    if name == "coalesce":
        return next((v for v in (evaluate(a, scope) for a in arguments) if v is not None), None)
    if name == "present":
        return float(evaluate(arguments[0], scope) is not None)
    if name == "bands":
        x, rest = evaluate(arguments[0], scope), [evaluate(a, scope) for a in arguments[1:]]
        if x is None:
            return None
        return next((s for b, s in zip(rest[::2], rest[1::2]) if b is not None and sig12(b) <= sig12(x)), rest[-1])
    if name in COHORT:
        return over_cohort(name, arguments, where, scope)
    if name in ("parent", "children", "of", "share"):
        return over_units(name, arguments, scope)
    if name == "node" and len(arguments) > 1:
        return scope.moved(("n", int(arguments[1][1]))).node(arguments[0][1])
    if name in ("event", "node", "result"):
        return getattr(scope, name)(*[a[1] for a in arguments])
    if name in ("prev_score", "prev_rank", "prev_grade"):
        n = int(evaluate(arguments[0], scope)) if arguments else 1
        return scope.earlier(name[5:], n)
    return over_time(name, arguments, scope)


def over_time(name, arguments, scope):
    x = arguments[0]
    if name == "prev":
        return evaluate(x, scope.moved(("n", int(arguments[1][1]) if len(arguments) > 1 else 1)))
    if name == "yoy":
        now, then = evaluate(x, scope.moved(("n", 0))), evaluate(x, scope.moved(("y", 1)))
        return None if now is None or then is None or then <= 0 else now / then - 1
    if name in ("ytd", "mean_of"):
        n = scope.index_in_year(x) if name == "ytd" else int(arguments[1][1])
        if n is None:
            return None
        values = [evaluate(x, scope.moved(("n", k))) for k in range(n - 1, -1, -1)]
        if None in values:
            return None
        return sum(values) if name == "ytd" else sum(values) / n
    if name == "last":
        scope = scope.copy(far=True)
        for k in range(scope.reach(x)):
            value = evaluate(x, scope.moved(("n", k)))
            if value is not None:
                return value
        return None
    if name == "streak":
        n = 0
        while n < scope.reach(x) and holds(evaluate(x, scope.moved(("n", n)))):
            n += 1
        return float(n)
    raise ValueError("no function " + name)


def over_units(name, arguments, scope):
    if name == "of":
        return evaluate(arguments[0], scope.at(arguments[1][1]))
    x = arguments[0]
    if name == "children":
        values = [evaluate(x, scope.at(u)) for u in scope.children()]
        return None if None in values or not values else sum(values)
    above = scope.parent()
    up = evaluate(x, scope.at(above)) if above else None
    if name == "parent":
        return up
    mine = evaluate(x, scope)
    if mine is None or up is None:
        return None
    if up == 0:
        scope.divided_by_zero()
        return None
    return mine / up


def over_cohort(name, arguments, where, scope):
    x = arguments[0]
    mine = evaluate(x, scope) if name in ("rank", "span") else None
    if name == "span" and scope.fixed():
        lo, hi = scope.fixed()
    else:
        members = scope.cohort()
        if where is not None:
            members = [m for m in members if holds(evaluate(where, m))]
            if not holds(evaluate(where, scope)):
                return None
        values = [v for v in (evaluate(x, m) for m in members) if v is not None]
        if name == "count":
            return float(len(values))
        if not values:
            return None
        if name == "rank":
            return None if mine is None else float(1 + sum(sig12(v) > sig12(mine) for v in values))
        if name == "span":
            lo, hi = min(values), max(values)
        else:
            return statistic(name, values, float(arguments[1][1]) if len(arguments) > 1 else None)
    if mine is None:
        return None
    if hi == lo:
        scope.divided_by_zero()
        return None
    return (mine - lo) / (hi - lo)


def statistic(name, values, share=None):
    n, ordered = len(values), sorted(values)
    if name == "mean":
        return math.fsum(values) / n
    if name == "trimmed_mean":
        cut = math.floor(sig12(share * n))
        return math.fsum(ordered[cut:n - cut]) / (n - 2 * cut)
    if name == "median":
        return (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    if name == "sd":
        if n < 2:
            return None
        middle = math.fsum(values) / n
        return math.sqrt(math.fsum((v - middle) ** 2 for v in values) / (n - 1))
    return {"min_of": ordered[0], "max_of": ordered[-1], "sum_of": math.fsum(values)}[name]
