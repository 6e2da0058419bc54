"""What a server tells of itself: readiness, figures, its log."""
import json
import os
import select
import threading

from operated import Operated, comes, figures, free_port, get
from served import Client, tell

ADMIN = ("zhou.jie", "周洁", "system_admin")


def histogram_is_sound(samples):
    """Buckets only grow, and the last one is the count."""
    rows = {}
    for labels, value in samples["baton_http_request_seconds_bucket"].items():
        route, _, le = labels.rpartition(",le=")
        rows.setdefault(route, []).append((float("inf") if le == '"+Inf"' else float(le.strip('"')), value))
    for route, row in rows.items():
        values = [value for _, value in sorted(row)]
        if values != sorted(values) or values[-1] != samples["baton_http_request_seconds_count"][route]:
            return "%s: %s" % (route, row)
    return None if rows else "there is none"


def counts(served, own):
    """Figures are those of what was asked."""
    before, wrong = figures(get(own, "/metrics")[2])
    tell("figures are of the exposition format", str(wrong) if wrong else None)
    keeps_up = comes(lambda: (lambda now: now["baton_live_entries"][""] == now["baton_journal_entries"][""] > 0)(figures(get(own, "/metrics")[2])[0]), 4)
    tell("results keep up where there is nothing to score", None if keeps_up else "they do not")
    client = served.sign_in("li.wei")
    for _ in range(7):
        client.ask("GET", "/api/v1/codes/5715")
    for _ in range(3):
        client.ask("GET", "/nowhere", unchecked=True)
    other = Client(served)
    for _ in range(2):
        other.ask("POST", "/api/v1/session", {"person": "li.wei", "password": "nonsense-nonsense"})
    other.ask("POST", "/api/v1/session", {"person": "li.wei", "password": served.passwords["li.wei"]})
    served.say_person(client, *ADMIN)
    status, headers, text = get(own, "/metrics")
    after, wrong = figures(text)
    tell("they stay so", str(wrong) if wrong else None if status == 200 and headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8" else str(headers))
    tell("the histogram is sound", histogram_is_sound(after))

    def grew(name, labels=""):
        return after.get(name, {}).get(labels, 0) - before.get(name, {}).get(labels, 0)
    wants = (
        ("baton_http_requests_total", 'route="code",method="GET",status="2xx"', 7), ("baton_http_requests_total", 'route="",method="",status="4xx"', 3),
        ("baton_sign_ins_total", 'result="refused"', 2), ("baton_sign_ins_total", 'result="ok"', 1), ("baton_facts_appended_total", "", 2),
        ("baton_journal_entries", "", 2), ("baton_sessions", "", 2), ("baton_http_requests_total", 'route="sign_in",method="POST",status="4xx"', 2))
    tell("each is counted", next(("%s{%s} grew by %s, not %s" % (n, l, grew(n, l), v) for n, l, v in wants if grew(n, l) < v or (grew(n, l) != v and "fact" not in n and "entries" not in n)), None))
    bounds = (("process_resident_memory_bytes", 1e6, 1e10), ("process_open_fds", 5, 500), ("process_start_time_seconds", 1e9, 1e11), ("baton_ready", 1, 1), ("baton_live_runs_total", 1, 1e6))
    tell("the process is there", next(("%s is %s" % (n, after[n][""]) for n, low, high in bounds if not low <= after[n][""] <= high), None))
    return client


def may_read(served, client):
    """On the common address figures are for those who watch over the system."""
    tell("figures are not for strangers", Client(served).wants("GET", "/metrics", 401, "SIGN_IN_NEEDED"))
    tell("nor for the office", client.wants("GET", "/metrics", 403, "ROUTE_ROLE"))
    admin = served.sign_in(ADMIN[0])
    tell("the system administrator reads them", admin.wants("GET", "/metrics", 200))
    wrong = admin.wants("POST", "/api/v1/tokens", 201, None, {"name": "prometheus", "roles": ["system_admin"], "until": served.in_days(30)})
    program = Client(served)
    program.bearer = admin.value.get("token")
    tell("so does a program with a token of that role", wrong or program.wants("GET", "/metrics", 200))


def figures_and_readiness(program):
    own = free_port()
    with Operated(program, "metrics: {listen: '127.0.0.1:%d'}\n" % own) as served:
        served.start()
        tell("it is ready", None if get(served.port, "/readyz")[::2] == (200, "ready\n") and get(own, "/readyz")[0] == 200 else "it is not")
        tell("it lives", None if get(served.port, "/healthz")[::2] == (200, "ok\n") and get(own, "/healthz")[0] == 200 else "it does not")
        tell("its own address has nothing else", None if get(own, "/api/v1/ledger")[0] == 404 else "it has")
        client = counts(served, own)
        may_read(served, client)
        missing = [name for name in ("Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy", "X-Content-Type-Options", "Referrer-Policy") if name not in client.headers]
        tell("strict headers", str(missing) if missing or "Strict-Transport-Security" in client.headers else None)
        tell("answers are as the document says", str(sorted(served.deviations)) if served.deviations else None)


SECRETS = {"password": "shiyue-de-hupan-77", "token": "bt_" + "Q7w" * 13 + "z", "session": "a5" * 32, "csrf": "c3" * 32, "query": "sousuo-mima-99", "body": "neirong-mima-88"}


def plant(client):
    """Secrets wherever a client might put one."""
    token, session, csrf, query = SECRETS["token"], SECRETS["session"], SECRETS["csrf"], SECRETS["query"]
    client.ask("POST", "/api/v1/session", {"person": "li.wei", "password": SECRETS["password"], "code": SECRETS["body"][:40]})
    client.ask("POST", "/api/v1/session", {"person": SECRETS["body"], "password": SECRETS["password"]})
    for headers in ({"Authorization": "Bearer " + token}, {"Cookie": "baton=" + session}, {"X-CSRF-Token": csrf, "Cookie": "baton=" + session}, {"User-Agent": SECRETS["body"]},
                    {"Referer": "http://x/?" + query}, {"X-Request-Id": query}, {"Idempotency-Key": query}):
        client.ask("GET", "/api/v1/session", headers=headers, unchecked=True)
        client.ask("POST", "/api/v1/facts", {"facts": []}, headers=headers, unchecked=True)
    for path in ("/api/v1/codes/5715?password=" + query, "/api/v1/codes/5715?token=" + token, "/" + SECRETS["password"], "/api/v1/" + query, "/api/v1/tokens/" + token,
                 "/api/v1/contents/" + session, "/api/v1/codes/" + csrf, "/api/v1/assessments/" + token, "/api/v1/accounts/" + csrf + "/reset"):
        for method in ("GET", "DELETE"):
            client.ask(method, path, unchecked=True)
    client.ask("POST", "/api/v1/session", raw=('{"password": "%s"' % SECRETS["body"]).encode(), headers={"Content-Type": "application/json"}, unchecked=True)


def log_holds_no_secret(program):
    with Operated(program, "log: {level: requests, format: json}\n") as served:
        served.start()
        client = served.sign_in("li.wei")
        stranger = Client(served)
        plant(stranger)
        plant(client)
        client.ask("POST", "/api/v1/session", {"person": "li.wei", "password": served.passwords["li.wei"]})
        client.ask("POST", "/api/v1/facts", {"facts": []}, headers={"X-CSRF-Token": SECRETS["csrf"]}, unchecked=True)
        client.ask("GET", "/api/v1/codes/5715?nonsense=1", unchecked=True)
        last = client.headers["X-Request-Id"]
        comes(lambda: any(last in line for line in served.log_lines()))
        secrets = dict(SECRETS, first=served.passwords["li.wei"], cookie=client.cookie.split("=")[1], form=client.csrf)
        text = "\n".join(served.log_lines())
        leaked = [name for name, secret in secrets.items() if secret in text]
        tell("no secret is logged", "%s: %s" % (leaked, [line for line in served.log_lines() if any(secrets[name] in line for name in leaked)][:2]) if leaked else None)
        lines = [json.loads(line) for line in served.log_lines() if line.startswith("{")]
        line = next((line for line in lines if line.get("id") == last), {})
        want = {"level": "request", "person": "li.wei", "route": "code", "method": "GET", "path": "/api/v1/codes/5715", "status": 400, "code": "QUERY_UNKNOWN", "peer": "127.0.0.1"}
        tell("a line says who asked for what", None if all(line.get(name) == value for name, value in want.items()) and line["ms"] >= 0 and len(line.get("session", "")) == 8 else str(line))
        ids = [line["id"] for line in lines if "id" in line]
        tell("each request has one line", None if len(ids) == len(set(ids)) and len(ids) > 50 else str(len(ids)))
        security = {line["code"] for line in lines if line["level"] == "security"}
        tell("refusals are of their own level", None if {"SIGN_IN_REFUSED", "CSRF_WRONG"} <= security and "QUERY_UNKNOWN" not in security else str(security))
        served.stop()
        events = [json.loads(line)["event"] for line in served.log_lines() if '"event"' in line]
        tell("what happens to the server is told", None if events == ["started", "stopping", "stopped"] else str([line for line in served.log_lines() if '"event"' in line]))


def log_files(program):
    """A file that is moved away is made anew; text for people; a level."""
    with Operated(program, "log: {level: security, format: text, file: serve.log}\n") as served:
        served.start()
        path = os.path.join(served.folder, "serve.log")

        def text(name=path):
            with open(name, encoding="utf-8") as file:
                return file.read()
        client = Client(served)
        client.ask("GET", "/api/v1/codes/5715")
        client.ask("POST", "/api/v1/session", {"person": "li.wei", "password": "nonsense-nonsense"})
        comes(lambda: "SIGN_IN_REFUSED" in text())
        tell("a log for people", None if " POST /api/v1/session 401 " in text() and "codes/5715" not in text() else text())
        tell("it is not for everybody", None if os.stat(path).st_mode & 0o007 == 0 else "it is")
        os.rename(path, path + ".1")
        served.process.send_signal(1)
        tell("on SIGHUP it is opened anew", None if comes(lambda: os.path.exists(path) and "opened anew" in text()) else "it is not")
        client.ask("POST", "/api/v1/session", {"person": "li.wei", "password": "nonsense-nonsense"})
        tell("and written to", None if comes(lambda: "SIGN_IN_REFUSED" in text()) and text(path + ".1").count("SIGN_IN_REFUSED") == 1 else text())


def ask_many(served, count):
    client = Client(served)
    for _ in range(count):
        client.ask("GET", "/healthz", unchecked=True)


def log_holds_nobody_up(program):
    """A pipe that nobody reads, a disk that is full: answers go on, lines are dropped, and that is told."""
    reads, writes = os.pipe()
    own = free_port()
    with Operated(program, "log: {level: requests, format: json}\nmetrics: {listen: '127.0.0.1:%d'}\n" % own, error=writes) as served:
        served.start()
        os.close(writes)
        threads = [threading.Thread(target=ask_many, args=(served, 1500)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        dropped = figures(get(own, "/metrics")[2])[0]["baton_log_dropped_total"][""]
        tell("a full pipe holds nobody up", None if 500 < dropped < 6000 else "dropped: %s" % dropped)
        text = b""
        while b'"dropped"' not in text and select.select([reads], [], [], 5)[0]:
            text += os.read(reads, 65536)
        whole = [line for line in text.decode().split("\n")[:-1] if line.startswith("{")]
        told = [json.loads(line) for line in whole]
        event = next((line for line in told if line.get("event") == "dropped"), {})
        tell("lines are whole", None if len(told) > 100 else str(len(told)))
        tell("what was dropped is told", None if int(event.get("detail", "0")) > 500 else str(event))
        served.stop()
        tell("it ends although nobody reads", None if served.ended == 0 else str(served.ended))
    os.close(reads)


def log_on_a_full_disk(program):
    own = free_port()
    with Operated(program, "log: {level: requests, format: json, file: /dev/full}\nmetrics: {listen: '127.0.0.1:%d'}\n" % own) as served:
        served.start()
        ask_many(served, 50)
        tell("a full disk holds nobody up", None if comes(lambda: figures(get(own, "/metrics")[2])[0]["baton_log_dropped_total"][""] >= 50) else "nothing is dropped")


TESTS = [log_holds_nobody_up, figures_and_readiness, log_holds_no_secret, log_files, log_on_a_full_disk]
