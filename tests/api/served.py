"""`baton serve` on a ledger of its own, and clients that hold its answers to the OpenAPI document it gives."""
import glob
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests", "server"))
import openapi  # noqa: E402

SECONDS = 60
RESULTS = []
NUMBER = [0]


def tell(name, why):
    RESULTS.append(why)
    print("ok " + name if not why else "FAIL %s: %s" % (name, why), flush=True)


def examples(name):
    return os.path.join(ROOT, "examples", name)


def in_database(address, sql):
    """What PostgreSQL answers."""
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin/psql"))
    command = [programs[-1] if programs else "psql", "-q", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql, address]
    return subprocess.run(command, check=True, timeout=SECONDS, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True).stdout


NO_LIMITS = "limits: {account: {reads: 0, writes: 0, costly: 0}, address: {reads: 0, writes: 0, costly: 0}}\n"


class Served:
    """A ledger made of a package (None = of nothing), and its server. On SQLite, or in the database of `address`, which is emptied."""

    def __init__(self, program, package, address=None):
        self.program, self.package, self.address = os.path.abspath(program), package, address
        self.process, self.port, self.ended, self.error = None, 0, None, ""
        self.passwords, self.deviations, self.document, self.validator = {}, set(), None, None
        self.config = NO_LIMITS
        self.told = set()  # (method, pattern, code) of what was refused

    def __enter__(self):
        self.aside = tempfile.TemporaryDirectory(prefix="baton-api-")
        self.folder = self.aside.name
        self.ledger = self.address or os.path.join(self.folder, "city.db")
        self.key = os.path.join(self.folder, "city.db.key")
        self.begin()
        return self

    def begin(self):
        """A ledger of its own, in place of the one that was there."""
        if self.address:
            in_database(self.address, "SET client_min_messages = warning; DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public")
        for name in os.listdir(self.folder):
            os.unlink(os.path.join(self.folder, name))
        package = ["--from", self.package] if self.package else []
        self.baton("init", self.ledger, "--id", "city", "--key", self.key, "--as", "li.wei", "--name", "李伟", *package)

    def __exit__(self, *_):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.aside.cleanup()

    def baton(self, *arguments, status=0):
        done = subprocess.run([self.program, *arguments, "--lang", "en"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS, check=False)
        self.error = done.stderr.decode("utf-8", "replace")
        if status is not None and done.returncode != status:
            raise SystemExit("baton %s ended with %d: %s" % (" ".join(arguments), done.returncode, self.error))
        return done.stdout.decode("utf-8")

    @property
    def errors(self):
        return self.codes(self.error)

    @staticmethod
    def codes(text):
        return re.findall(r"[A-Z]+(?:_[A-Z0-9]+)+", text)

    def start(self):
        self.launch()
        self.wait_open()
        if self.document is None:
            client = Client(self)
            client.ask("GET", "/api/v1/openapi.json", unchecked=True)
            self.document = client.value
            if os.environ.get("BATON_TEST_VALIDATOR"):
                self.validator = Validator(self.document)

    def write_config(self):
        """The usual one asks nobody to be slow: what is tested is what is answered. Others set `config` before they start."""
        path = os.path.join(self.folder, "serve.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.config)
        return path

    def launch(self):
        listen = "127.0.0.1:%d" % self.port
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.process = subprocess.Popen([self.program, "serve", self.ledger, "--key", self.key, "--config", self.write_config(), "--listen", listen, "--lang", "en"], stdout=subprocess.PIPE, stderr=log)

    def wait_open(self):
        line = self.process.stdout.readline().decode()
        if not line.startswith("http://"):
            raise SystemExit("baton serve does not begin: " + self.said())
        self.port = int(line.rsplit(":", 1)[1])

    def said(self):
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as file:
            return file.read()[-1500:]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.ended = self.process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.ended = self.process.wait()

    def finish(self):
        """Stops it; that goes well, and so did every answer."""
        self.stop()
        tell("the server ends as asked", None if self.ended == 0 else self.said())
        tell("every answer is as the document says", "; ".join(sorted(self.deviations)[:9]) or None)

    @staticmethod
    def in_days(days):
        return time.strftime("%Y-%m-%d", time.gmtime(time.time() + 86400 * days))

    def say_person(self, client, person, name, role, unit=None, **more):
        post = dict({"person": person, "role": role, "from": "2021-01-01"}, **more)
        if unit:
            post["unit"] = unit
        client.ask("POST", "/api/v1/facts", {"facts": [{"kind": "person", "fields": {"id": person, "name": name}}, {"kind": "post", "fields": post}]})
        if client.status != 201:
            raise SystemExit("%s is not made known: %s" % (person, client.body))

    def sign_in(self, person):
        first = self.baton("account", self.ledger, "make", person).strip()
        self.passwords[person] = "qiutian-de-yezi-%d" % len(self.passwords)
        client = Client(self)
        client.ask("POST", "/api/v1/session/password", {"person": person, "password": first, "new_password": self.passwords[person]})
        if client.status != 201:
            raise SystemExit("%s cannot sign in: %s" % (person, client.body))
        return client


def pattern_of(document, path):
    """The pattern of the document that a path is one of; fixed segments before those in braces."""
    asked = path.split("?")[0].split("/")
    fitting = []
    for pattern in document["paths"]:
        parts = pattern.split("/")
        if len(parts) == len(asked) and all(part.startswith("{") or part == one for part, one in zip(parts, asked)):
            fitting.append(pattern)
    return min(fitting, key=lambda pattern: pattern.count("{")) if fitting else None


class Validator:
    """What others wrote for JSON Schema (python3-jsonschema), as a second opinion of every answer and body. Only where BATON_TEST_VALIDATOR is set; then it has to be there."""

    def __init__(self, document):
        import jsonschema
        self.schemas = {"components": document["components"]}
        self.make, self.ready = jsonschema.Draft202012Validator, {}

    def wrong(self, where, schema, value):
        """What it finds, one line each; `where` names the schema."""
        if where not in self.ready:
            self.make.check_schema(schema)
            self.ready[where] = self.make({**self.schemas, **schema})
        return ["%s: %s: %s" % (where, "/".join(map(str, one.absolute_path)), one.message[:200]) for one in self.ready[where].iter_errors(value)]


class Client:
    """A browser with a session, or a program."""

    def __init__(self, served):
        self.served, self.cookie, self.csrf, self.bearer = served, None, None, None
        self.status, self.headers, self.body, self.value = 0, None, b"", {}
        self.connection, self.sent = None, None

    def connect(self):
        if self.connection is None or self.connection.port != self.served.port:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=SECONDS)
        return self.connection

    def ask(self, method, path, body=None, headers=None, raw=None, unchecked=False):
        have = {"Accept-Language": "en"}
        if self.cookie:
            have["Cookie"] = self.cookie
        if self.bearer:
            have["Authorization"] = "Bearer " + self.bearer
        if method != "GET":
            NUMBER[0] += 1
            have["Idempotency-Key"] = "auto-%d-%f" % (NUMBER[0], time.monotonic())
            if self.csrf:
                have["X-CSRF-Token"] = self.csrf
        self.sent = body
        if body is not None:
            raw = json.dumps(body).encode("utf-8")
            have["Content-Type"] = "application/json"
        have.update(headers or {})
        have = {name: value for name, value in have.items() if value != ""}
        for attempt in (1, 2):
            connection = self.connect()
            try:
                connection.request(method, path, raw, have)
                answer = connection.getresponse()
                self.status, self.headers, self.body = answer.status, answer.headers, answer.read()
                break
            except (OSError, http.client.HTTPException):
                connection.close()
                self.connection = None
                if attempt == 2:
                    raise OSError("no answer") from None
        self.take(unchecked, method, path)
        return self.status

    def take(self, unchecked, method, path):
        kind = self.headers["Content-Type"] or ""
        self.value = json.loads(self.body) if "json" in kind and self.body else {}
        cookie = self.headers["Set-Cookie"]
        if cookie:
            self.cookie = cookie.split(";")[0]
        if isinstance(self.value, dict) and self.value.get("csrf"):
            self.csrf = self.value["csrf"]
        if unchecked or self.served.document is None:
            return
        pattern = pattern_of(self.served.document, path)
        if pattern is None:
            self.served.deviations.add("%s %s is not in the document" % (method, path))
        elif self.status != 405:
            self.served.deviations.update(openapi.check_answer(self.served.document, method, pattern, self.status, kind, self.body))
            if self.status >= 400:
                self.served.told.add((method, pattern, self.value.get("name")))
            self.ask_others(method, pattern, kind)

    def ask_others(self, method, pattern, kind):
        validator, operation = self.served.validator, self.served.document["paths"][pattern].get(method.lower())
        if validator is None or operation is None:
            return
        answer = operation["responses"].get(str(self.status), {})
        answer = openapi.resolve(self.served.document, answer["$ref"]) if "$ref" in answer else answer
        content = answer.get("content", {}).get(kind.split(";")[0])
        if content and "schema" in content and "json" in kind and self.body:
            self.served.deviations.update(validator.wrong("%s %s %d" % (method, pattern, self.status), content["schema"], self.value))
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content and self.sent is not None and self.status in (200, 201):
            self.served.deviations.update(validator.wrong("%s %s, what was sent" % (method, pattern), content["schema"], self.sent))

    def text(self):
        return self.body.decode("utf-8", "replace")

    def wants(self, method, path, status, name=None, body=None, headers=None):
        """None where the answer has the status, and the code; else what it was."""
        self.ask(method, path, body, headers)
        if self.status != status or (name is not None and self.value.get("name") != name):
            return "%s: %d %s" % (path, self.status, self.body[:300].decode("utf-8", "replace"))
        return None


class Stream:
    """Server-sent events, read as they come."""

    def __init__(self, client, path, headers=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", client.served.port, timeout=SECONDS)
        self.connection.request("GET", path, headers={"Cookie": client.cookie, "Accept": "text/event-stream", **(headers or {})})
        self.socket = self.connection.sock  # which the connection lets go of, as the answer ends with it
        self.answer = self.connection.getresponse()
        self.status = self.answer.status

    def next(self, seconds=SECONDS):
        """The next event; None when none comes in that time, or the stream has ended."""
        event = {"event": "message"}
        deadline = time.monotonic() + seconds
        try:
            while True:
                self.socket.settimeout(max(0.01, deadline - time.monotonic()))
                line = self.answer.readline().decode("utf-8").rstrip("\r\n")
                if not line:
                    if "data" in event:
                        return event
                    if self.answer.isclosed():
                        return None
                    continue
                name, _, value = line.partition(": ")
                if name in ("event", "id"):
                    event[name] = value
                elif name == "data":
                    event["data"] = json.loads(value)
        except (TimeoutError, OSError, ValueError):
            return None

    def close(self):
        self.answer.close()
        self.connection.close()
