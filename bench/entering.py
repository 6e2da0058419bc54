#!/usr/bin/env python3
"""24 months of the example city entered over HTTP by all of its units at once, each by its own clerk in a session of their own, figure by figure.

    bench/entering.py [BUILD]      BUILD is build/release

Prints the time, figures a second and latencies. In the end the ledger is verified, and scores as the package does. Everything is made in a temporary folder, and stopped."""
import csv
import os
import shutil
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(ROOT, "tests", "api"))
from served import Served, examples  # noqa: E402

CHEAP = "passwords: {hash_kib: 8192, hash_passes: 1}\n"  # of signing in, which is not what is measured


def without_figures(folder):
    """The package with everything but its figures; these by unit, as facts."""
    shutil.copytree(examples("city"), folder)
    path = os.path.join(folder, "observations.csv")
    figures = {}
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            figures.setdefault(row["unit"], []).append({name: value for name, value in row.items() if value})
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(",".join(rows.fieldnames) + "\n")
    return figures


def enter(client, figures, times, refused):
    for number, fields in enumerate(figures):
        begun = time.monotonic()
        client.ask("POST", "/api/v1/facts", {"assessment": "yunlan-2021", "facts": [{"kind": "observation", "fields": fields}]}, {"Idempotency-Key": "figure-%d" % number}, unchecked=True)
        times.append(time.monotonic() - begun)
        if client.status != 201:
            refused.append("%s: %d %s" % (fields, client.status, client.text()[:200]))


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "build", "release")
    with tempfile.TemporaryDirectory(prefix="bench-entering-") as aside:
        folder = os.path.join(aside, "city")
        figures = without_figures(folder)
        with Served(os.path.join(build, "baton"), folder) as served:
            served.config += CHEAP
            served.start()
            office, clerks, times, refused = served.sign_in("li.wei"), {}, [], []
            for number, unit in enumerate(figures):
                served.say_person(office, "clerk-%d" % number, "办事员%d" % number, "unit", unit=unit)
                clerks[unit] = served.sign_in("clerk-%d" % number)
            threads = [threading.Thread(target=enter, args=(clerks[unit], figures[unit], times, refused)) for unit in figures]
            begun = time.monotonic()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            took = time.monotonic() - begun
            served.stop()
            times.sort()
            print("%d figures of %d units in %.1f s: %.0f/s, p50 %.1f ms, p99 %.1f ms, refused %d" % (len(times), len(figures), took, len(times) / took, 1e3 * times[len(times) // 2], 1e3 * times[len(times) * 99 // 100], len(refused)))
            for one in refused[:3]:
                print("  " + one)
            print("  " + served.baton("verify", served.ledger).strip().split("\n")[-1])
            same = True
            for period in ("2021", "2021-12"):
                want = served.baton("score", examples("city"), "--period", period, "--format", "csv")
                same = same and served.baton("score", "--ledger", served.ledger, "--assessment", "yunlan-2021", "--period", period, "--format", "csv") == want
            print("  it scores as the package does" if same else "  IT DOES NOT SCORE AS THE PACKAGE DOES")
    return 0 if same and not refused else 1


if __name__ == "__main__":
    sys.exit(main())
