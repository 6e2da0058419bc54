"""Bytes of a PostgreSQL server's files are changed while it is stopped; see flip.c for what has to follow.

    tests/ledger/postgres python3 tests/flip/on_postgres.py FLIP FOLDER COUNT SEED

The files are those of the ledger's tables, with what stands aside (toast), and of their indexes. Each time they are put back as they were.
"""
import os
import random
import signal
import subprocess
import sys
import time

DATA = os.environ["BATON_TEST_POSTGRES_DATA"]
FOLDER = os.path.dirname(DATA)
TABLES = "ledger entry node head content content_part fact proposal".split()


def sql(text):
    done = subprocess.run(["psql", "-qAtX", "-d", os.environ["BATON_TEST_POSTGRES"], "-c", text],
                          capture_output=True, text=True, check=True)
    return done.stdout.split("\n")[:-1]


class Server:
    def __init__(self, pid):
        self.pid, self.child = pid, None
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            self.command = file.read().split(b"\0")[:-1]

    def stop(self):
        os.kill(self.pid, signal.SIGINT)
        if self.child:
            self.child.wait(60)
            self.child = None
            return
        while True:  # the first one is a child of the script that made it
            try:
                with open(f"/proc/{self.pid}/stat", encoding="ascii", errors="replace") as file:
                    if file.read().rpartition(")")[2].split()[0] == "Z":
                        return
            except FileNotFoundError:
                return
            time.sleep(0.02)

    def start(self):
        command = [b"setpriv", b"--pdeathsig", b"QUIT"]
        if os.getuid() == 0:
            command += [b"--reuid", b"postgres", b"--regid", b"postgres", b"--clear-groups"]
        with open(os.path.join(FOLDER, "log.again"), "ab") as log:
            self.child = subprocess.Popen(command + self.command, cwd=FOLDER, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.pid = self.child.pid
        for _ in range(600):
            if subprocess.run(["pg_isready", "-q", "-h", FOLDER], check=False).returncode == 0:
                return
            time.sleep(0.02)
        raise SystemExit("the server did not start again")


def main():
    flip, folder, count, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    chance = random.Random(seed)
    subprocess.run([flip, "make", "postgres", folder], check=True)
    with open(os.path.join(folder, "address"), encoding="utf-8") as file:
        address = file.read()
    names = ", ".join(f"'{table}'" for table in TABLES)
    paths = sql(f"""
        WITH own AS (SELECT oid, reltoastrelid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN ({names})),
             heap AS (SELECT oid FROM own UNION SELECT reltoastrelid FROM own WHERE reltoastrelid <> 0)
        SELECT pg_relation_filepath(oid) FROM heap UNION SELECT pg_relation_filepath(indexrelid) FROM pg_index WHERE indrelid IN (SELECT oid FROM heap)""")
    sql("CHECKPOINT")
    server = Server(int(os.environ["BATON_TEST_POSTGRES_PID"]))
    server.stop()
    whole = {}
    for path in paths:
        with open(os.path.join(DATA, path), "rb") as file:
            whole[path] = file.read()
    whole = {path: data for path, data in whole.items() if data}
    passed = failed = named = 0
    try:
        for _ in range(count):
            path = chance.choice(sorted(whole))
            at, change = chance.randrange(len(whole[path])), chance.randrange(1, 256)
            for each, data in whole.items():
                with open(os.path.join(DATA, each), "r+b") as file:
                    file.write(data)
                    file.truncate()
            with open(os.path.join(DATA, path), "r+b") as file:
                file.seek(at)
                file.write(bytes([whole[path][at] ^ change]))
            server.start()
            done = subprocess.run([flip, "check", address, folder], capture_output=True, text=True, timeout=120, check=False)
            server.stop()
            if done.returncode == 0:
                passed += 1
                named += done.stdout.strip() != "the same"
            else:
                failed += 1
                print(f"FAIL {path} byte {at}, {change}: {done.stdout.strip()} {done.stderr.strip()}")
    finally:
        if server.child:
            server.stop()
    print(f"PostgreSQL: {count} changes in {len(whole)} files: {named} named, {passed - named} without a trace")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
