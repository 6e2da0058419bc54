"""SQL in every text of every body, in every parameter and every part of a path, as the document has them. A text is a text: it is refused, or stored and comes back as it was."""
import json
import urllib.parse

from common import body_of, entries, operations, plain, texts, with_text
from served import tell

SQL = ("'; DROP TABLE entry; --", "' OR '1'='1", "x' UNION SELECT * FROM account; --", "1; DELETE FROM fact", "%' OR 1=1 --", '"; DROP TABLE entry; --', "$1", "?1", "\\'; --", "'||(SELECT 1)||'")


def in_paths(served, client):
    wrong, count = [], 0
    for method, pattern, operation in operations(served.document):
        body = b"{}" if method not in ("GET", "DELETE") else None
        names = [one["name"] for one in operation.get("parameters", []) if one.get("in") == "query"]
        asked = []
        for sql in SQL[:6]:
            quoted = urllib.parse.quote(sql, safe="")
            if "{" in pattern:
                asked.append("/".join(quoted if one.startswith("{") else one for one in pattern.split("/")))
            known = pattern.replace("{assessment}", "yunlan-2021").replace("{period}", "2021-08").replace("{unit}", "jinting").replace("{kind}", "observation").replace("{position}", "1")
            asked += ["%s?%s=%s" % (known, name, quoted) for name in names if method == "GET" and "{" not in known and "/events" not in known]
        for path in asked:
            status, _, answer = plain(served, client, method, path, body)
            count += 1
            if status >= 500 or (status == 200 and method != "GET"):
                wrong.append("%s %s: %d %r" % (method, path, status, answer[:160]))
            if status == 200 and "=" in path and "limit" in path:
                wrong.append("%s is taken" % path)
    tell("SQL in paths and parameters", "; ".join(wrong[:3]) if wrong or not count else None)


def in_bodies(served, client):
    wrong, count, stored = [], 0, 0
    for method, pattern, operation in operations(served.document):
        body = body_of(served.document, operation)
        if body is None:
            continue
        path = pattern.replace("{assessment}", "yunlan-2021").replace("{position}", "99999999")
        path = "/".join("nobody" if one.startswith("{") else one for one in path.split("/"))
        for place in texts(body):
            for sql in SQL:
                status, _, answer = plain(served, client, method, path, json.dumps(with_text(body, place, sql)).encode())
                count += 1
                stored += status == 201
                if status >= 500:
                    wrong.append("%s %s %s: %d %r" % (method, path, "/".join(map(str, place)), status, answer[:160]))
    tell("SQL in every text of every body", "; ".join(wrong[:3]) if wrong or count < 50 else None)
    return stored


def comes_back(client):
    """As the value of a field that may be any text, each is stored as it is."""
    wrong = []
    for number, sql in enumerate(SQL):
        name = "%s %d" % (sql, number)
        client.ask("POST", "/api/v1/facts", {"facts": [{"kind": "person", "fields": {"id": "sql-%d" % number, "name": name}}]})
        if client.status != 201:
            wrong.append("%r: %d %s" % (name, client.status, client.text()[:200]))
            continue
        client.ask("GET", "/api/v1/entries/%d" % client.value["first"])
        kept = client.value.get("fields", {}).get("name", {})
        client.ask("GET", "/api/v1/contents/" + str(kept.get("content")))
        if client.text() != name:
            wrong.append("%r came back as %s %.100r" % (name, kept, client.text()))
    tell("a text comes back as it was", "; ".join(wrong[:3]) or None)


def attack(served, client):
    before = entries(client)
    in_paths(served, client)
    tell("nothing was stored by them", None if entries(client) == before else "%d entries more" % (entries(client) - before))
    in_bodies(served, client)
    comes_back(client)
    client.ask("GET", "/api/v1/entries?kind=unit&limit=100")
    tell("the tables are there", None if client.status == 200 and len(client.value["items"]) > 10 else "%s" % client.status)
