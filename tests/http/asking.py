"""The site of site.c as a process, and clients of raw sockets."""
import json
import os
import socket
import ssl
import subprocess
import time

SECONDS = 10  # for anything to happen


class Wrong(Exception):
    pass


def equal(what, got, want):
    if got != want:
        raise Wrong("%s is %r, expected %r" % (what, got, want))


def holds(what, condition):
    if not condition:
        raise Wrong(what)


class Answer:
    """status, headers (names in lower case; a list of values each), body"""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        values = self.headers.get(name.lower(), [])
        if len(values) > 1:
            raise Wrong("the header %s stands there %d times" % (name, len(values)))
        return values[0] if values else None

    def json(self):
        return json.loads(self.body)


class Client:
    """A connection. `ask` sends bytes and reads an answer; what comes behind it is kept."""

    def __init__(self, port, tls=None, host="127.0.0.1", seconds=SECONDS, window=0):
        self.socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.socket.settimeout(seconds)
        if window:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        self.socket.connect((host, port))
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.rest = bytearray()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def more(self):
        """Reads some; False at the end. A reset is an end too."""
        try:
            data = self.socket.recv(65536)
        except (ConnectionResetError, BrokenPipeError, ssl.SSLEOFError):
            data = b""
        self.rest += data
        return bool(data)

    def until(self, end):
        while end not in self.rest:
            if not self.more():
                raise Wrong("the connection ended after %r" % self.rest[:200])
        return self.exactly(self.rest.index(end) + len(end))[:-len(end)]

    def exactly(self, size):
        while len(self.rest) < size:
            if not self.more():
                raise Wrong("the connection ended %d bytes early" % (size - len(self.rest)))
        part = bytes(self.rest[:size])
        del self.rest[:size]
        return part

    def chunks(self):
        while True:
            size = int(self.until(b"\r\n"), 16)
            data = self.exactly(size)
            equal("what ends a chunk", self.exactly(2), b"\r\n")
            if size == 0:
                return
            yield data

    def head(self):
        lines = self.until(b"\r\n\r\n").decode().split("\r\n")
        version, status = lines[0].split(" ", 2)[:2]
        equal("the version", version, "HTTP/1.1")
        headers = {}
        for line in lines[1:]:
            name, value = line.split(": ", 1)
            headers.setdefault(name.lower(), []).append(value)
        return int(status), headers

    def answer(self, has_body=True):
        status, headers = self.head()
        body = b""
        if has_body and status not in (204, 304) and status >= 200:
            if "transfer-encoding" in headers:
                body = b"".join(self.chunks())
            else:
                body = self.exactly(int(headers["content-length"][0]))
        return Answer(status, headers, body)

    def ask(self, data, has_body=True):
        self.send(data)
        return self.answer(has_body)

    def is_closed(self):
        """Whether the server ends the connection without sending anything more."""
        try:
            while self.more():
                pass
        except socket.timeout:
            return False
        return self.rest == b""


def get(target, *lines, method="GET", version="HTTP/1.1"):
    return ("%s %s %s\r\n" % (method, target, version) + "".join(l + "\r\n" for l in ("Host: here",) + lines) + "\r\n").encode()


def post(target, body, *lines, method="POST", media="application/json"):
    body = body if isinstance(body, bytes) else body.encode()
    head = ("%s %s HTTP/1.1\r\n" % (method, target) + "".join(
        l + "\r\n" for l in ("Host: here", "Content-Type: " + media, "Content-Length: %d" % len(body)) + lines) + "\r\n")
    return head.encode() + body


class Site:
    """Runs until its `with` ends; then it has to have stopped by itself, in order."""

    def __init__(self, program, *settings):
        self.command = [program] + list(settings)

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        line = self.process.stdout.readline()
        if not line.strip().isdigit():
            self.process.kill()
            raise Wrong("the site does not start: %r %r" % (line, self.process.stderr.read()))
        self.port = int(line)
        return self

    def __exit__(self, kind, *_):
        try:
            out = self.stop()
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
            self.process.stderr.close()
            self.process.stdout.close()
        if kind is None:
            holds("the site did not stop in order: %r" % out, out.endswith("stopped\n"))

    def well_again(self):
        """From here on no allocation fails any more."""
        self.process.stdin.write(b"well\n")
        self.process.stdin.flush()
        equal("the site is well again", self.process.stdout.readline(), b"well\n")

    def stop(self):
        if not self.process.stdin.closed:
            self.process.stdin.close()
        out = self.process.stdout.read().decode()
        errors = self.process.stderr.read().decode()
        status = self.process.wait(SECONDS)
        if status != 0 or errors:
            raise Wrong("the site ended with %d: %s" % (status, errors[:2000]))
        return out

    def client(self, **how):
        return Client(self.port, **how)

    def ask(self, data, **how):
        with self.client() as client:
            return client.ask(data, **how)

    def counts(self):
        return self.ask(get("/counts")).json()

    def wait_for(self, what, name, want):
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            try:
                got = self.counts().get(name)
            except Wrong as why:
                got = str(why)
            if got == want:
                return
            time.sleep(0.02)
        raise Wrong("%s: %s is %r, expected %r" % (what, name, got, want))


def program_of(baton):
    return os.path.join(os.path.dirname(os.path.abspath(baton)), "tests", "http-site")
