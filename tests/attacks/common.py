"""What several attacks need: the number of entries, requests as bytes, operations of the document with something in every place."""
import http.client
import json
import os
import re

from asking import Client as Raw

# One's own sessions and passwords are the matter of other tests; they would end the session that attacks.
LEFT_OUT = re.compile(r"/api/v1/session|/password|/second|/verify$|/packages/|/import$|/postings|/journal$")


def entries(client):
    """How many there are, but for those that say who did what."""
    client.ask("GET", "/api/v1/ledger")
    size, audits, path = client.value["head"]["size"], 0, "/api/v1/entries?kind=audit&limit=1000"
    while path:
        client.ask("GET", path)
        audits += len(client.value["items"])
        path = client.value["next"]
    return size - audits


def raw(served):
    return Raw(served.port)


def plain(served, client, method, path, body=None, headers=None):
    """One request as it is written, over a connection of its own: (status, head as text, body)."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        have = {"Cookie": client.cookie, "X-CSRF-Token": client.csrf, "Idempotency-Key": "k-" + os.urandom(8).hex(), "Connection": "close"}
        if body is not None:
            have.update({"Content-Type": "application/json", "Content-Length": str(len(body))})
        have.update(headers or {})
        for name, value in have.items():
            connection.putheader(name, value)
        try:
            connection.endheaders(body)
        except ConnectionError:
            pass  # it is refused before all of it has come
        answer = connection.getresponse()
        return answer.status, str(answer.headers), answer.read()
    finally:
        connection.close()


def operations(document):
    """(method, pattern, operation) of all that is attacked here."""
    for pattern, methods in document["paths"].items():
        if not LEFT_OUT.search(pattern):
            for method, operation in methods.items():
                if method in ("get", "post", "put", "patch", "delete"):
                    yield method.upper(), pattern, operation


def schema_of(document, schema):
    while "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        schema = document["components"]["schemas"][name]
    return schema


def sample(document, schema):
    """A value that has the schema."""
    schema = schema_of(document, schema)
    for known in ("examples", "enum"):
        if schema.get(known):
            return schema[known][0]
    kind = schema.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        if schema.get("properties"):
            return {name: sample(document, one) for name, one in schema["properties"].items()}
        return {"unit": "jinting"}
    if kind == "array":
        return [sample(document, schema["items"])]
    return {"integer": schema.get("minimum", 1), "number": 1, "boolean": True}.get(kind, "text")


def body_of(document, operation):
    """A sample of its JSON body; None where it takes none."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    named = content.get("examples")
    return next(iter(named.values()))["value"] if named else sample(document, content["schema"])


def texts(value, path=()):
    """Where texts stand in a value, names of members that the sender chooses left out."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts(one, path + (name,))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from texts(one, path + (number,))


def with_text(value, path, text):
    """The value with another text at that place."""
    copy = json.loads(json.dumps(value))
    at = copy
    for step in path[:-1]:
        at = at[step]
    if path:
        at[path[-1]] = text
        return copy
    return text
