"""Request smuggling, header injection: the cases of the HTTP layer's own tests against the whole server, and line ends wherever a value could come into a header."""
import urllib.parse

import asking
import test_refused
from common import operations, plain, raw
from served import tell


class Site:
    """What test_refused asks."""

    def __init__(self, served):
        self.served = served

    def client(self, **how):
        return asking.Client(self.served.port, **how)


def refused(served, client):
    """What is wrong with a body shows where one is read: at an address that takes bodies of any kind."""
    wrong = []
    reads = ("POST /api/v1/assessments/yunlan-2021/evidence?name=smuggled HTTP/1.1\r\nCookie: %s\r\nX-CSRF-Token: %s\r\nIdempotency-Key: smuggled" % (client.cookie, client.csrf)).encode()
    for name, data, status, word in test_refused.REFUSED:
        if data is None or b" /json " in data or b" /echo " in data or b" /none " in data:
            continue  # of the little site that those tests have
        if b"Content-Type: a/b" in data:
            data = data.replace(b"POST /seen HTTP/1.1", reads)
        try:
            test_refused.check_refused(Site(served), data, status, word)
        except (asking.Wrong, OSError) as why:
            wrong.append("%s: %s" % (name, why))
    tell("%d malformed requests are refused, and closed" % len(test_refused.REFUSED), "; ".join(wrong[:3]) or None)


def hidden(served, client):
    """What stands in a body is never a request: it would write a figure."""
    inner = ("DELETE /api/v1/session HTTP/1.1\r\nHost: here\r\nCookie: %s\r\nX-CSRF-Token: %s\r\n\r\n" % (client.cookie, client.csrf)).encode()
    wrong = []
    for lines in (("Content-Length: %d" % len(inner),), ("Transfer-Encoding: chunked",), ("Content-Length: 0", "Transfer-Encoding: chunked"), ("Content-Length: %d" % len(inner), "Content-Length: 0"),
                  ("Transfer-Encoding: chunked", "Transfer-Encoding: identity"), ("Content-Length : 0",), ("Transfer-Encoding : chunked",)):
        for method in ("POST", "GET"):
            head = "%s /api/v1/facts HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n%s\r\n\r\n" % (method, "\r\n".join(lines))
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(inner), inner) if lines == ("Transfer-Encoding: chunked",) else inner
            with raw(served) as connection:
                connection.send(head.encode() + body)
                answer = connection.answer()
                if not 400 <= answer.status < 500:
                    wrong.append("%s %s: %d" % (method, lines, answer.status))
    tell("two ends of a body are refused", "; ".join(wrong[:3]) or None)
    tell("no request that was hidden in one was done", client.wants("GET", "/api/v1/session", 200))


def injected(served, client):
    """No value of a path, a parameter or a header becomes a header of the answer."""
    evil, wrong, count = "a\r\nX-Evil: 1\r\n\r\n<html>", [], 0
    quoted = urllib.parse.quote(evil, safe="")
    for method, pattern, operation in operations(served.document):
        if method != "GET":
            continue
        path = "/".join(quoted if one.startswith("{") else one for one in pattern.split("/"))
        names = [one["name"] for one in operation.get("parameters", []) if one.get("in") == "query"]
        for query in ["?%s=%s" % (name, quoted) for name in names] or [""]:
            status, head, _ = plain(served, client, "GET", (path if "{" in pattern else pattern) + query)
            count += 1
            if "evil" in head.lower() or not (400 <= status < 500 or (status == 200 and path == pattern and not query)):
                wrong.append("%s%s: %d %s" % (pattern, query[:40], status, head[:120]))
    for name in ("X-Request-Id", "Accept-Language", "Accept", "Origin", "Last-Event-ID", "If-None-Match", "X-Forwarded-For", "Forwarded", "X-Forwarded-Host"):
        _, head, _ = plain(served, client, "GET", "/api/v1/ledger", headers={name: "evil, X-Evil"})
        count += 1
        if "evil" in head.lower():
            wrong.append("%s comes back: %s" % (name, head[:200]))
    tell("nothing that is sent becomes a header", "; ".join(wrong[:3]) if wrong or not count else None)


def attack(served, client):
    refused(served, client)
    hidden(served, client)
    injected(served, client)
