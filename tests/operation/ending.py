"""Beginning, ending and what comes between: limits, the lease, signals, systemd."""
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time

from operated import Operated, by_another, comes, figures, free_port, get, steal
from served import ROOT, Client, tell



def person(number):
    return {"facts": [{"kind": "person", "fields": {"id": "p%d" % number, "name": "甲"}}]}


def ask_often(ask, times):
    """The statuses, and how many more than a burst may have come through at one a second."""
    begun = time.monotonic()
    seen = [ask() for _ in range(times)]
    return seen, int(time.monotonic() - begun) + 1


def limits(program):
    rates = "limits:\n  account: {reads: 60, reads_burst: 30, writes: 60, writes_burst: 5, costly: 60, costly_burst: 3}\n  address: {reads: 60, reads_burst: 20, writes: 60, writes_burst: 9, costly: 6, costly_burst: 12}\n"
    with Operated(program, limits=rates) as served:
        served.start()
        client = served.sign_in("li.wei")
        for number in range(3):
            client.ask("POST", "/api/v1/facts", {"facts": [{"kind": "person", "fields": {"id": "p%d" % number, "name": "甲"}},
                                                           {"kind": "post", "fields": {"person": "p%d" % number, "role": "office", "from": "2021-01-01"}}]})
        other = served.sign_in("p1")
        stranger = Client(served)
        seen, more = ask_often(lambda: stranger.ask("GET", "/api/v1/codes/5715"), 25)
        tell("strangers are counted by their address", None if seen[0] == 200 and seen[-1] == 429 and 15 <= seen.count(200) <= 20 + more else str(seen))
        after = int(stranger.headers["Retry-After"] or 0)
        tell("and are told when to come back", None if stranger.value.get("name") == "RATE_LIMITED" and 1 <= after <= 2 else str(stranger.body))
        tell("not so those who have signed in, from the same address", client.wants("GET", "/api/v1/session", 200))
        seen, more = ask_often(lambda: client.ask("GET", "/api/v1/session"), 40)
        tell("they are counted by their account", None if 25 <= seen.count(200) <= 30 + more and seen[-1] == 429 else str(seen))
        tell("which is nobody else's", other.wants("GET", "/api/v1/session", 200))
        seen = [other.ask("POST", "/api/v1/facts", person(100 + n)) for n in range(9)]
        tell("writes by themselves", None if 201 in seen and seen[-1] == 429 and 429 not in seen[:3] else str(seen))
        time.sleep(after)
        tell("who waits as told comes through", stranger.wants("GET", "/api/v1/codes/5715", 200))
        seen = [stranger.ask("POST", "/api/v1/session", {"person": "nobody", "password": "nonsense-nonsense"}) for _ in range(14)]
        tell("sign-ins are costly", None if seen[-1] == 429 and 401 in seen else str(seen))
        tell("answers are as the document says", str(sorted(served.deviations)) if served.deviations else None)


def lease(program):
    """The lease is lost, others append, it is free again: all in one process."""
    own = free_port()
    with Operated(program, "metrics: {listen: '127.0.0.1:%d'}\n" % own) as served:
        served.start()
        client = served.sign_in("li.wei")
        pid = served.process.pid
        steal(served, int(time.time() * 1000) + 60000)
        tell("writes are refused", client.wants("POST", "/api/v1/facts", 503, "LEASE_LOST", person(1)))
        tell("it is not ready", None if comes(lambda: get(served.port, "/readyz")[0] == 503) else "it is")
        why = get(served.port, "/readyz", {"Accept-Language": "en"})[2]
        tell("and says why", None if "another process appends" in why else why)
        tell("it lives and reads", None if get(served.port, "/healthz")[0] == 200 and client.ask("GET", "/api/v1/session") == 200 else "it does not")
        wrong = Client(served).wants("POST", "/api/v1/session", 401, "SIGN_IN_REFUSED", {"person": "li.wei", "password": "nonsense-nonsense"})
        lost = comes(lambda: figures(get(own, "/metrics")[2])[0]["baton_audit_lost_total"][""] == 1)
        tell("what cannot be recorded is counted", wrong or (None if lost else "it is not"))
        tell("another process appends", by_another(served, "user", served.ledger, "add", "wang.min", "--name", "王敏", "--role", "auditor", "--as", "li.wei", "--wait", "2"))
        tell("it opens the ledger again by itself", None if comes(lambda: get(served.port, "/readyz")[0] == 200) else served.said())
        tell("in the same process, at the same port", None if served.process.poll() is None and served.process.pid == pid else "it has ended")
        tell("sessions go on, and writes are taken", client.wants("POST", "/api/v1/facts", 201, None, person(2)))
        auditor = served.sign_in("wang.min")
        tell("what was appended meanwhile is known", auditor.wants("GET", "/metrics", 200))
        log = "\n".join(served.log_lines())
        tell("the log tells of it", None if all(word in log for word in ('"lease_lost"', '"lease_free"')) else log[-900:])
        served.stop()
        tell("and it ends as ever", None if served.ended == 0 else str(served.ended))


def others(program):
    """Another process gives a role while the lease is not ours: it is in force here at once, without a new server."""
    with Operated(program) as served:
        served.start()
        client = served.sign_in("li.wei")
        served.say_person(client, "wang.min", "王敏", "owner")
        auditor = served.sign_in("wang.min")
        tell("not the auditor yet", auditor.wants("GET", "/metrics", 403, "ROUTE_ROLE"))
        tell("another process appends", by_another(served, "user", served.ledger, "add", "wang.min", "--role", "auditor", "--as", "li.wei", "--wait", "2"))
        steal(served, int(time.time() * 1000) + 4000)
        tell("what another process has said is in force", None if comes(lambda: auditor.ask("GET", "/metrics") == 200) else str(auditor.body))
        log = "\n".join(served.log_lines())
        tell("and the log tells of it", None if '"others"' in log or '"lease_free"' in log else log[-900:])


def drains(program):
    """Asked to end, it says so to whoever sends requests, and answers meanwhile."""
    with Operated(program, "stop: {drain_seconds: 1}\n") as served:
        served.start()
        client = served.sign_in("li.wei")
        stored, stops = [], threading.Event()

        def write():
            number = 0
            while not stops.is_set():
                number += 1
                try:
                    if client.ask("POST", "/api/v1/facts", person(number)) == 201:
                        stored.append(number)
                except OSError:
                    return
        thread = threading.Thread(target=write)
        thread.start()
        comes(lambda: len(stored) > 20)
        served.process.send_signal(signal.SIGTERM)
        leaving = comes(lambda: get(served.port, "/readyz")[0] == 503, 1)
        before = len(stored)
        tell("while it drains it is not ready", None if leaving else "it is")
        tell("but writes go on", None if comes(lambda: len(stored) > before + 3, 1) else str(len(stored) - before))
        served.stop()
        stops.set()
        thread.join()
        tell("it ends", None if served.ended == 0 else str(served.ended))
        known = set(re.findall(r"\bp(\d+)\b", served.baton("user", served.ledger, "list")))
        missing = [number for number in stored if str(number) not in known]
        tell("nothing that was acknowledged is lost", "%d of %d" % (len(missing), len(stored)) if missing or not stored else None)
        served.baton("verify", served.ledger)


def notifies(program):
    """Type=notify and a watchdog."""
    path = "\0baton-test-%d" % os.getpid()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(path)
        listener.settimeout(10)
        with Operated(program, environment={"NOTIFY_SOCKET": "@" + path[1:], "WATCHDOG_USEC": "200000"}) as served:
            served.start()
            first = listener.recv(100)
            beats = [listener.recv(100) for _ in range(3)]
            tell("it says that it is ready", None if first == b"READY=1" else str(first))
            tell("it keeps the watchdog quiet", None if set(beats) == {b"WATCHDOG=1"} else str(beats))
            served.process.send_signal(signal.SIGTERM)
            last = b""
            while last != b"STOPPING=1":
                last = listener.recv(100)
            tell("and that it ends", None if last == b"STOPPING=1" else str(last))
            served.stop()


def unit(program):
    """The unit is sound, and as closed as it can be."""
    source = os.path.join(ROOT, "packaging", "baton@.service")
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        print("skipped: systemd-analyze is not installed, so the unit is not looked at", flush=True)
        return
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "baton@.service")
        with open(source, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("@bindir@/baton", os.path.abspath(program)))
        done = subprocess.run([analyze, "verify", "--man=no", path], capture_output=True, text=True, timeout=60, check=False)
        ours = [line for line in (done.stdout + done.stderr).splitlines() if "baton@" in line]
        tell("systemd takes the unit", "\n".join(ours) if ours else None)
        done = subprocess.run([analyze, "security", "--no-pager", "--offline=yes", path], capture_output=True, text=True, timeout=60, check=False)
        level = re.search(r"Overall exposure level for .*: (\d+\.\d)", done.stdout)
        tell("it is exposed to little", None if level and float(level.group(1)) <= 1.5 else (done.stdout + done.stderr)[-1500:])


TESTS = [lease, others, limits, drains, notifies, unit]
