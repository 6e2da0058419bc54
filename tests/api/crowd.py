"""Many event streams at once, read in one thread: who reads, who does not, and when what came to whom."""
import json
import resource
import selectors
import socket
import time


def room_for(files):
    """As many files may be open in this process, and in those that it starts from now on."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files if hard == resource.RLIM_INFINITY else min(files, hard), hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= files


class Member:
    """One stream. events: what came, as dicts of their fields; data stays text."""

    def __init__(self, port, path, cookie, window=0):
        self.socket = socket.socket()
        if window:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        self.socket.settimeout(60)
        self.socket.connect(("127.0.0.1", port))
        self.socket.sendall(("GET %s HTTP/1.1\r\nHost: here\r\nAccept: text/event-stream\r\nCookie: %s\r\n\r\n" % (path, cookie)).encode("ascii"))
        self.raw, self.text, self.status, self.chunk = b"", b"", None, None
        self.events, self.at, self.has_ended = [], 0.0, False

    def take(self):
        """Reads what is there."""
        try:
            data = self.socket.recv(1 << 18)
        except (BlockingIOError, TimeoutError):
            return
        except ConnectionError:
            data = b""
        self.has_ended = not data
        self.raw += data
        if self.status is None and not self.take_head():
            return
        self.take_chunks()
        *whole, self.text = self.text.split(b"\n\n")
        for one in whole:
            fields = dict(line.partition(": ")[::2] for line in one.decode("utf-8").split("\n") if not line.startswith(":"))
            if fields:
                self.events.append(fields)
                self.at = time.monotonic()

    def take_head(self):
        head, found, rest = self.raw.partition(b"\r\n\r\n")
        if found:
            self.status, self.raw = int(head.split(b" ")[1]), rest
        return bool(found)

    def take_chunks(self):
        begin = 0
        while True:
            if self.chunk is None:
                end = self.raw.find(b"\r\n", begin)
                if end < 0:
                    break
                self.chunk, begin = int(self.raw[begin:end], 16) + 2, end + 2
            part = self.raw[begin:begin + self.chunk]
            self.text += part[:max(0, self.chunk - 2)] if len(part) == self.chunk else part[:max(0, min(len(part), self.chunk - 2))]
            begin += len(part)
            self.chunk -= len(part)
            if self.chunk > 0:
                break
            self.chunk = None
        self.raw = self.raw[begin:]

    def newest(self, topic=None):
        """The data of the newest result, of a period where `topic` is one."""
        for event in reversed(self.events):
            if event.get("event") == "result":
                value = json.loads(event["data"])
                if topic in (None, value["period"]):
                    return value
        return None

    def close(self):
        self.socket.close()


class Crowd:
    """Streams that are read together."""

    def __init__(self):
        self.members, self.selector = [], selectors.DefaultSelector()

    def add(self, member):
        self.members.append(member)
        member.socket.setblocking(False)
        self.selector.register(member.socket, selectors.EVENT_READ, member)
        return member

    def wait(self, holds, seconds=120):
        """Reads until holds(member) of all; how many it does not hold of when the time is over."""
        missing = {member for member in self.members if not holds(member)}
        until = time.monotonic() + seconds
        while missing and time.monotonic() < until:
            for key, _ in self.selector.select(1):
                member = key.data
                member.take()
                if member.has_ended:
                    self.selector.unregister(member.socket)
                if holds(member):
                    missing.discard(member)
        return len(missing)

    def forget(self):
        """What came so far."""
        for member in self.members:
            member.events = []

    def close(self):
        self.selector.close()
        for member in self.members:
            member.close()
