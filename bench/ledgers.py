"""How fast ledgers take facts in (bench-ledger), beside the disk and bare databases, and how long it takes to bring a package in, and to verify: in a file, and on
a PostgreSQL server of its own where one is installed (tests/ledger/postgres)."""
import json
import os
import shutil
import subprocess
import tempfile
import time

import package

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SERVER = os.path.join(ROOT, "tests", "ledger", "postgres")


def has_server():
    return os.path.isdir("/usr/lib/postgresql") and shutil.which("setpriv") is not None


def run(command, on_server, address):
    """Runs a command, in which ADDRESS stands for the ledger's; what it printed."""
    if on_server:
        command = [SERVER, "sh", "-c", 'for a; do shift; [ "$a" = ADDRESS ] && a=$BATON_TEST_POSTGRES; set -- "$@" "$a"; done; "$@"', "sh", *command]
    done = subprocess.run([address if part == "ADDRESS" and not on_server else part for part in command],
                          stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"bench/run: {' '.join(command)} ended with {done.returncode}")
    return done.stdout


def bring_in(build, quick, seed, aside):
    """Seconds to import a package of so many figures into a ledger in a file, and to verify it, by the program."""
    folder, database = os.path.join(aside, "long"), os.path.join(aside, "import.db")
    rows = package.make(folder, 20000 if quick else 1000000, seed)
    baton = os.path.join(build, "baton")
    run([baton, "init", "ADDRESS", "--as", "founder", "--name", "李伟"], False, database)
    start = time.monotonic()
    run([baton, "import", "ADDRESS", folder, "--as", "founder"], False, database)
    imported = time.monotonic()
    run([baton, "verify", "ADDRESS"], False, database)
    return {"store": "sqlite", "rows": rows, "import_seconds": imported - start, "verify_seconds": time.monotonic() - imported}


def measure(build, quick, seed):
    program = os.path.join(build, "bench-ledger")
    rounds = ["--rounds", "3", "--ms", "200"] if quick else ["--rounds", "21", "--ms", "500"]
    result = {"append": [], "many": [], "import": []}
    with tempfile.TemporaryDirectory(prefix="bench-ledger-") as aside:
        for store in ["sqlite"] + (["postgres"] if has_server() else []):
            on_server = store == "postgres"
            address = os.path.join(aside, "bench.db")
            appended = json.loads(run([program, "--json", *rounds, "ADDRESS"], on_server, address))
            result["append"].append({"store": store, **appended})
            many = json.loads(run([program, "--json", "--many", "20000" if quick else "1000000", "ADDRESS"], on_server, address))
            result["many"].append({"store": store, **many})
        result["import"].append(bring_in(build, quick, seed, aside))
    return result


def tell(result):
    print("ledgers, batches a second beside the bare disk (over what is there, behind a file's end) and the bare store:")
    for store in result["append"]:
        for r in store["ways"]:
            print(f"  {store['store']}, {r['writers']} writer(s): {r['facts_per_second']} facts/s, {r['batches_per_second']} batches/s of "
                  f"{r['facts_per_batch']}, p50 {r['p50_ms']} ms, p99 {r['p99_ms']} ms; {r['to_disk_over']}, {r['to_disk_behind']} times the disk, "
                  f"{r['to_bare']} times the store")
        print(f"  {store['store']}: many writers take in {store['many_to_one']} times what one does")
    for r in result["many"]:
        print(f"  {r['store']}: {r['facts']} facts in one submission in {r['append_seconds']:.2f} s, verified in {r['verify_seconds']:.2f} s")
    for r in result["import"]:
        print(f"  {r['store']}: {r['rows']} figures of a package imported in {r['import_seconds']:.2f} s, verified in {r['verify_seconds']:.2f} s", flush=True)
