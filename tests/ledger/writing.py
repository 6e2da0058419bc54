"""Running the program tests/ledger/writers.c: places of ledgers, processes that write, checks of what they leave.

A store is SQLite, in a folder of the test's own, or PostgreSQL, where BATON_TEST_POSTGRES has an address (see tests/ledger/postgres).
"""

import atexit
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

program = os.path.join(os.path.dirname(os.environ["BATON"]), "tests", "ledger-writers")

begun = []  # processes


def end_all():
    for process in begun:
        if process.poll() is None:
            process.kill()


atexit.register(end_all)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that folders are removed


class Count:
    """What passed and failed; the last line says it."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, good, what):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {what}")
        return good

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or not self.passed else 0)


class Place:
    """A ledger: its address, its key, what it acknowledged."""

    def __init__(self, folder, address=None):
        self.folder = folder
        self.address = address or os.path.join(folder, "ledger.db")
        self.key = os.path.join(folder, "ledger.key")
        self.acks = os.path.join(folder, "acks")
        self.is_server = address is not None

    def make(self):
        """Begins it anew; what was there is gone."""
        for name in os.listdir(self.folder):
            os.unlink(os.path.join(self.folder, name))
        subprocess.run([program, "make", self.address, self.key], check=True, timeout=60)

    def check(self):
        """(whether all that was acknowledged is there, what was said of it)"""
        done = subprocess.run([program, "check", self.address, self.acks], capture_output=True, text=True, timeout=300)
        return done.returncode == 0, (done.stdout + done.stderr).strip()


class Writer:
    """A process that writes. Options: see writers.c; `before` is put before the command."""

    def __init__(self, place, before=(), **options):
        self.began = time.monotonic()
        arguments = [f"{name}={value}" for name, value in options.items()]
        self.process = subprocess.Popen(
            [*before, program, "write", place.address, place.key, place.acks, *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        begun.append(self.process)
        self.lines = queue.Queue()
        self.said = []
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put((time.monotonic(), line.strip()))
        self.lines.put((time.monotonic(), None))

    def wait_for(self, word, seconds):
        """The time of the first line that begins with the word (monotonic), None = none came; (time, line) are kept in `said`."""
        until = time.monotonic() + seconds
        while True:
            try:
                at, line = self.lines.get(timeout=max(0, until - time.monotonic()))
            except queue.Empty:
                return None
            if line is None:
                return None
            self.said.append(line)
            if line.startswith(word):
                return at

    def wait_open(self, seconds):
        return self.wait_for("open ", seconds)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGSTOP)

    def has_stopped(self, seconds):
        """Waits until it has stopped itself."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
                if file.read().rsplit(")", 1)[1].split()[0] == "T":
                    return True
            time.sleep(0.01)
        return False

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def end(self, seconds=60):
        """Asks it to close; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.wait(seconds)

    def wait(self, seconds=60):
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return None


def for_each_store(count, test):
    """test(count, place, name) for SQLite, and for PostgreSQL where there is a server."""
    addresses = [("SQLite", None)]
    if os.environ.get("BATON_TEST_POSTGRES"):
        addresses.append(("PostgreSQL", os.environ["BATON_TEST_POSTGRES"]))
    for name, address in addresses:
        folder = tempfile.mkdtemp(prefix="baton-writing-")
        try:
            test(count, Place(folder, address), name)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
