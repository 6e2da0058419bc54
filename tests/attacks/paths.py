"""Path traversal: in every part of every path, in names of evidence and digests; nothing outside is read, nothing is written."""
import os
import urllib.parse

from common import operations, plain, raw
from served import tell

CITY = "/api/v1/assessments/yunlan-2021"
PARTS = ("..%2F..%2F..%2Fetc%2Fpasswd", "..%5C..%5Cetc%5Cpasswd", "%2e%2e", "%2e%2e%2f", "..;", "....%2F%2F", "%2Fetc%2Fpasswd", "%00", "passwd%00.csv", "%c0%ae%c0%ae%c0%af", "%252e%252e%252f", "file:%2F%2F%2Fetc%2Fpasswd", "city.db", "-o")
WHOLE = ("/api/v1/../../../../etc/passwd", "/../etc/passwd", "/api/v1/assessments/../../../etc/passwd", "//etc/passwd", "/api/v1/./ledger", "/api/v1//ledger", "/etc/passwd", "/api/v1/assessments/yunlan-2021/..%2f..%2fledger", "\\etc\\passwd",
         "/city.db", "/city.db.key", "/api/v1/city.db.key")


def files(folder):
    return sorted(os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names if not name.endswith(("-wal", "-shm", "-journal")))


def in_patterns(served, client):
    wrong, count = [], 0
    for method, pattern, _ in operations(served.document):
        for number, segment in enumerate(pattern.split("/")):
            if not segment.startswith("{"):
                continue
            for part in PARTS:
                parts = ["jinting" if one.startswith("{") else one for one in pattern.split("/")]
                parts[number] = part
                body = b"{}" if method != "GET" and method != "DELETE" else None
                status, _, answer = plain(served, client, method, "/".join(parts), body)
                count += 1
                if not 400 <= status < 500 or b"root:" in answer:
                    wrong.append("%s %s: %d %r" % (method, "/".join(parts), status, answer[:80]))
    tell("no part of a path leads elsewhere", "; ".join(wrong[:3]) if wrong or not count else None)


def whole(served, client):
    wrong = []
    for path in WHOLE:
        with raw(served) as connection:
            connection.send(("GET %s HTTP/1.1\r\nHost: here\r\nConnection: close\r\nCookie: %s\r\n\r\n" % (path, client.cookie)).encode())
            answer = connection.answer()
            if not 400 <= answer.status < 500 or b"root:" in answer.body or b"SQLite" in answer.body or b"PRIVATE" in answer.body:
                wrong.append("%s: %d %r" % (path, answer.status, answer.body[:80]))
    tell("no path leads out", "; ".join(wrong[:3]) or None)


def evidence(served, client):
    """A name is what people call it, never a path: it is stored as a text, or refused, and no file of that name comes to be."""
    before, wrong = files(served.folder), []
    for number, name in enumerate(("../../evil.sh", "/tmp/baton-evil", "..\\..\\evil.bat", "a/b/c", "evil\0.pdf", "con", "x" * 5000, "\r\nX-Evil: 1", '"; filename="evil.html')):
        path = CITY + "/evidence?name=" + urllib.parse.quote(name, safe="")
        status, head, answer = plain(served, client, "POST", path, b"evidence %d" % number, {"Content-Type": "text/plain"})
        if status not in (201, 400, 422) or "evil" in head.lower():
            wrong.append("%r: %d %s" % (name, status, head[:200]))
        if status == 201:
            digest = answer.split(b'"digest": "')[1].split(b'"')[0].decode()
            status, head, content = plain(served, client, "GET", "/api/v1/contents/" + digest)
            if status != 200 or content != b"evidence %d" % number or "evil" in head.lower():
                wrong.append("%r: %d %s" % (name, status, head[:200]))
    tell("names of evidence are no paths, and in no header", "; ".join(wrong[:3]) or None)
    tell("no file came to be", None if files(served.folder) == before and not os.path.exists("/tmp/baton-evil") else str(set(files(served.folder)) - set(before)))


def attack(served, client):
    in_patterns(served, client)
    whole(served, client)
    evidence(served, client)
