"""What stands at the end of a year of collection: corrections that took two, completeness, files and what rests on them, the burden, digests, league tables to the byte, a journal that holds."""
import os

import year_digests
from served import tell
from year_books import hours, together
from year_package import last_day, periods_of


def correct(collected, key, first, second):
    """A figure is corrected after the lock: by none alone, by two together."""
    name = "%s %s of %s" % key
    found = collected.people["li.wei"].ask("GET", collected.path + "/facts/observation/history?key=%s,%s,%s" % key).value["items"][-1]
    value = collected.package.rows[key]["value"]
    value = "%s%d" % (value[:-1], (int(value[-1]) + 1) % 10)
    path, body = "/api/v1/entries/%d/correction" % found["position"], {"fields": {"value": value}, "reason": "the register was revised"}
    alone = collected.people["li.wei"].ask("POST", path, body)
    tell("%s is corrected by nobody alone" % name, None if alone.status == 409 and alone.value["name"] == "LOCKED" else alone.text()[:300])
    said = collected.people[first].ask("POST", path, dict(body, propose=True))
    tell("%s: %s proposes it" % (name, first), None if said.status == 201 else said.text()[:300])
    done = collected.people[second].ask("POST", "/api/v1/proposals/%d/decision" % said.value["first"], {"verdict": "accepted", "reason": "seen the register"})
    tell("%s: %s decides" % (name, second), None if done.status == 201 else done.text()[:300])
    collected.package.rows[key]["value"] = value
    collected.count("corrections")


def completeness(collected):
    """Per period and unit that reports, as the books have it and as the server says."""
    wrong, cells = [], 0
    for period in collected.periods:
        states = collected.books.states(period)
        for reporter, want in states.items():
            for state in ("given", "na", "pending", "missing", "awaited", "not_due"):
                client = collected.people["li.wei"].ask("GET", collected.path + "/expected/%s?limit=1&reporter=%s&state=%s" % (period, reporter, state), unchecked=True)
                cells += 1
                if client.value["count"] != len(want.get(state, ())):
                    wrong.append("%s %s %s: %d, not %d" % (period, reporter, state, client.value["count"], len(want.get(state, ()))))
    tell("%s: the completeness table is that of the books, %d cells" % (collected.package.assessment, cells), "; ".join(wrong[:5]) or None)


def score(served, *arguments):
    return served.baton("score", *arguments, "--format", "csv")


def league_tables(served, people, collected, package):
    """Every month, quarter, half and year, as the package is scored."""
    wrong, export = [], os.path.join(served.folder, "export.zip")
    served.baton("export", served.ledger, "--assessment", collected.package.assessment, "-o", export)
    for period in collected.periods:
        want = score(served, package, "--period", period)
        table = people["li.wei"].ask("GET", collected.path + "/results/%s?format=csv" % period, unchecked=True)
        if not want or table.status != 200 or table.body.decode() != want:
            wrong.append("%s: %d" % (period, table.status))
        if period[5:] in ("", "06", "Q3") and score(served, export, "--period", period) != want:
            wrong.append("%s, exported" % period)
    tell("%s: every league table is that of the package, to the byte" % collected.package.assessment, "; ".join(wrong) or None)


def evidence(collected):
    """Each file once, with the figures that rest on it; given to whom it concerns, and to nobody else."""
    want, listed, path = {}, {}, collected.path + "/evidence?limit=1000"
    for key, digests in collected.books.files.items():
        for digest in digests:
            want.setdefault(digest, set()).add(key)
    while path:
        client = collected.people["li.wei"].ask("GET", path)
        listed.update((item["digest"], {(fact["unit"], fact["element"], fact["period"]) for fact in item["facts"]}) for item in client.value["items"])
        path = client.value["next"]
    wrong = [digest for digest in set(listed) | set(want) if listed.get(digest) != want.get(digest)]
    tell("%s: %d files carry the figures that the books say" % (collected.package.assessment, len(want)), [(listed.get(digest), want.get(digest)) for digest in wrong[:2]] or None)
    shared = max(want, key=lambda digest: (len(want[digest]), digest))
    tell("%s: one carries %d" % (collected.package.assessment, len(want[shared])), None if len(want[shared]) > 1 else want[shared])
    reporter, content = collected.books.contents[shared]
    concerned = {reporter} | {unit for unit, _, _ in want[shared]} | {collected.books.asked(period)[unit, element][1] for unit, element, period in want[shared]}
    other = next(one for one in sorted(set(collected.books.reporters(collected.periods[0]))) if one in (collected.only or [one]) and not any(one == unit or collected.books.below(one, unit) for unit in concerned))
    for person, status in (("clerk." + reporter, 200), ("li.wei", 200), ("clerk." + other, 404)):
        client = collected.people[person].ask("GET", "/api/v1/contents/" + shared, unchecked=True)
        right = client.status == status and (status != 200 or client.body == content)
        tell("%s: %s is answered %d for it" % (collected.package.assessment, person, status), None if right else "%d %s" % (client.status, client.text()[:200]))


def burden(collected, before):
    """The meter of a year, added up in every way; `before`: books of the year before, None = nothing was asked."""
    books, year = collected.books, collected.package.year
    ways = {"unit": lambda reporter, verifier, period: reporter, "department": lambda reporter, verifier, period: verifier, "month": lambda reporter, verifier, period: "%d-%02d" % (year, last_day(period).month),
            "assessment": lambda reporter, verifier, period: collected.package.assessment, "level": lambda reporter, verifier, period: books.level[reporter]}
    for by, key_of in ways.items():
        want = books.burden(periods_of(year), key_of)
        client = collected.people["li.wei"].ask("GET", "/api/v1/burden?year=%d&by=%s" % (year, by))
        rows = {row["key"]: row["now"] for row in client.value["items"] if any(row["now"][name] for name in ("figures", "files"))}
        wrong = ["%s: %s, not %s" % (key, rows.get(key), want.get(key)) for key in sorted(set(rows) | set(want))
                 if key not in rows or key not in want or {name: rows[key][name] for name in want[key]} != want[key] or rows[key]["hours"] != hours(want[key])]
        sums = {"now": together(want.values()), "before": together(before.burden(periods_of(before.package.year), lambda *_: "").values() if before else [])}
        wrong += ["%s: %s, not %s" % (name, client.value[name], of) for name, of in sums.items() if {one: client.value[name][one] for one in of} != of or client.value[name]["hours"] != hours(of)]
        tell("the burden of %d by %s is that of the books: %d rows, %d figures, %d hours" % (year, by, len(want), sums["now"]["figures"], hours(sums["now"])), "; ".join(wrong[:3]) or None)


def check_ends(served, people, collected, before=None):
    """`collected`: by year, each before the next; that of a package which stands in the folder of the last. `before`: books of the year before them, where the ledger has its assessment."""
    last = max(collected)
    package = os.path.join(served.folder, "ended")
    for year, of in sorted(collected.items(), reverse=True):
        of.package.ended(package if year == last else os.path.join(package, str(year)))
    for year, of in sorted(collected.items()):
        completeness(of)
        evidence(of)
        burden(of, before)
        year_digests.ended(of)
        league_tables(served, people, of, package if year == last else os.path.join(package, str(year)))
        before = of.books
    said = served.baton("verify", served.ledger, status=None)
    tell("the ledger holds", None if "holds" in said else said + served.error)
