"""Servers with a configuration of their own, and what is asked of them besides the interface."""
import http.client
import os
import re
import socket
import sqlite3
import subprocess
import time

from served import NO_LIMITS, Served

QUICK = "passwords: {hash_kib: 8192, hash_passes: 1}\n"
UNTIL = 12


class Operated(Served):
    """A server of an empty ledger, whose standard error and environment may be given."""

    def __init__(self, program, config="", limits=NO_LIMITS, environment=None, error=None):
        super().__init__(program, None)
        self.config, self.environment, self.error_file, self.scheme = QUICK + limits + config, environment or {}, error, "http"
        self.own = 0

    def launch(self):
        with open(os.path.join(self.folder, "log"), "ab") as log:
            command = [self.program, "serve", self.ledger, "--config", self.write_config(), "--listen", "127.0.0.1:%d" % self.port, "--lang", "en"]
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log if self.error_file is None else self.error_file,
                                            env={**os.environ, **self.environment})

    def wait_open(self):
        line = self.process.stdout.readline().decode()
        if not line.startswith(self.scheme + "://"):
            raise SystemExit("baton serve does not begin: %r %s" % (line, self.said()))
        self.port = int(line.rsplit(":", 1)[1])

    def log_lines(self):
        with open(os.path.join(self.folder, "log"), encoding="utf-8") as file:
            return file.read().splitlines()


def get(port, path, headers=None):
    """Status, headers, text of an answer, on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=UNTIL)
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode("utf-8")
    finally:
        connection.close()


def steal(served, until_ms):
    """Another process has the lease, until then."""
    with sqlite3.connect(served.ledger, timeout=10) as store:
        store.execute("UPDATE lease SET token = 'another', holder = 'elsewhere:1', expires_utc_ms = ?", (until_ms,))
    store.close()


def by_another(served, *arguments):
    """A command appends while the server has lost the lease. As soon as that is free the server may be first to take it: then it loses it once more."""
    for _ in range(40):
        steal(served, 0)
        served.baton(*arguments, status=None)
        if "LEASE_HELD" not in served.errors:
            return str(served.errors) if served.errors else None
        steal(served, int(time.time() * 1000) + 60000)
        if not comes(lambda: get(served.port, "/readyz")[0] == 503):
            return "the server is ready without the lease"
    return "the server was first each time"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def comes(what, seconds=UNTIL):
    """Whether it comes to be within that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if what():
                return True
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.05)
    return False


def figures(text):
    """The samples of a text of the exposition format 0.0.4: {name: {labels: value}}, and what is wrong with it."""
    samples, types, wrong, current = {}, {}, [], None
    sample = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\.)*",?)*)\})? (\S+)$')
    for line in text.split("\n")[:-1]:
        if line.startswith("# HELP "):
            current = line.split(" ")[2]
            wrong += ["%s is told twice" % current] if current in types else []
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            wrong += ["TYPE of %s without its HELP" % name] if name != current else []
            wrong += ["type %s" % kind] if kind not in ("counter", "gauge", "histogram") else []
            types[name] = kind
        else:
            found = sample.match(line)
            if not found:
                wrong.append("no sample: %r" % line)
                continue
            name, labels, value = found.groups()
            base = re.sub(r"_(bucket|sum|count)$", "", name) if types.get(re.sub(r"_(bucket|sum|count)$", "", name)) == "histogram" else name
            wrong += ["%s stands apart from its TYPE" % name] if base != current or base not in types else []
            wrong += ["%s twice" % line] if labels in samples.setdefault(name, {}) else []
            wrong += ["a counter that is not named _total: %s" % name] if types.get(base) == "counter" and not name.endswith("_total") else []
            samples[name][labels or ""] = float(value)
    wrong += [] if text.endswith("\n") else ["the last line has no end"]
    return samples, wrong
