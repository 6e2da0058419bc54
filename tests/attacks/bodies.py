"""Bodies that are too large, too deep, too long, or no JSON: refused with a 4xx, nothing of them is stored."""
import json

from common import entries, plain
from served import tell

FACT = {"kind": "observation", "fields": {"unit": "jinting", "element": "accidents", "period": "2023-01", "value": "1"}}
BODIES = [
    ("deep lists", b"[" * 200000 + b"]" * 200000),
    ("deep objects", b'{"a":' * 100000 + b"1" + b"}" * 100000),
    ("deep in a member", b'{"facts": ' + b"[" * 10000 + b"]" * 10000 + b"}"),
    ("open lists", b"[" * 1000000),
    ("many facts", json.dumps({"assessment": "yunlan-2021", "facts": [FACT] * 30000}).encode()),
    ("many members", json.dumps({"facts": [{"kind": "observation", "fields": {"f%d" % n: "1" for n in range(100000)}}]}).encode()),
    ("a long text", json.dumps({"assessment": "yunlan-2021", "facts": [FACT], "reason": "x" * 3000000}).encode()),
    ("a long name", json.dumps({"x" * 3000000: 1}).encode()),
    ("a long number", b'{"assessment": "yunlan-2021", "facts": [{"kind": "observation", "fields": {"unit": "jinting", "element": "accidents", "period": "2023-01", "value": 1' + b"0" * 2000000 + b"}}]}"),
    ("a number beyond all", b'{"assessment": "yunlan-2021", "facts": [{"kind": "observation", "fields": {"unit": "jinting", "element": "accidents", "period": "2023-01", "value": 1e999999999}}]}'),
    ("a member twice", b'{"assessment": "a", "assessment": "yunlan-2021", "facts": []}'),
    ("bytes that are no text", b'{"assessment": "\xff\xfe"}'),
    ("half a character", b'{"assessment": "\\ud800"}'),
    ("NUL", b'{"assessment": "a\\u0000b"}'),
    ("a byte order mark", b"\xef\xbb\xbf{}"),
    ("NaN", b'{"assessment": NaN}'),
    ("a comment", b"{} // more"),
    ("two values", b"{}{}"),
    ("nothing", b""),
    ("null", b"null"),
    ("a prototype", b'{"__proto__": {"admin": true}, "constructor": {"prototype": {}}}'),
]


def attack(served, client):
    before, wrong = entries(client), []
    for name, body in BODIES:
        status, _, answer = plain(served, client, "POST", "/api/v1/facts", body)
        if not 400 <= status < 500 or b'"code"' not in answer:
            wrong.append("%s: %d %r" % (name, status, answer[:120]))
    tell("%d bodies that are no such thing are refused" % len(BODIES), "; ".join(wrong[:3]) or None)
    status, _, answer = plain(served, client, "POST", "/api/v1/facts", b"{}", {"Content-Length": "999999999999"})
    tell("a body of a terabyte is not waited for", None if status == 413 else "%d %r" % (status, answer[:120]))
    status, _, answer = plain(served, client, "POST", "/api/v1/facts", b"x" * (5 << 20))
    tell("one larger than the address takes", None if status == 413 else "%d %r" % (status, answer[:120]))
    tell("nothing of them was stored", None if entries(client) == before else "%d entries more" % (entries(client) - before))
