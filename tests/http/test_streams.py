"""Server-sent events."""
import re
import time

from asking import Site, equal, get, holds, post

RETRIES = set()


class Events:
    """A client that reads a stream."""

    def __init__(self, site, *lines, small=False):
        self.client = site.client(window=32768 if small else 0)
        self.client.send(get("/stream", *lines))
        status, headers = self.client.head()
        equal("a stream", (status, headers["content-type"]), (200, ["text/event-stream; charset=utf-8"]))
        self.chunks = self.client.chunks()
        self.text = b""

    def next(self):
        """The next event as a dict of its fields; None at the end."""
        while b"\n\n" not in self.text:
            chunk = next(self.chunks, None)
            if chunk is None:
                return None
            self.text += chunk
        event, self.text = self.text.split(b"\n\n", 1)
        fields = dict(line.split(": ", 1) for line in event.decode().split("\n"))
        if fields.get("event") == "end":  # with the time of coming back, another one for each
            retry = int(fields.pop("retry"))
            holds("to come back in %d ms" % retry, 1000 <= retry < 5000)
            RETRIES.add(retry)
        return fields

    def close(self):
        self.client.socket.close()


def tell(site, data, topic=None, times=1):
    target = "/tell?times=%d" % times + ("&topic=" + topic if topic else "")
    equal("told", site.ask(post(target, data)).status, 204)


def events(program):
    with Site(program) as site:
        one, two = Events(site), Events(site, "Last-Event-ID: 17")
        equal("hello", one.next(), {"id": "0", "event": "hello", "data": "null"})
        equal("Last-Event-ID", two.next(), {"id": "0", "event": "hello", "data": "17"})
        site.wait_for("streams", "streams_now", 2)
        begun = time.monotonic()
        for i in range(1, 21):
            tell(site, '{"n": %d}' % i, "t%d" % i)
            for stream in (one, two):
                equal("an event", stream.next(), {"id": str(i), "event": "state", "data": '{"n": %d}' % i})
        holds("it comes at once", time.monotonic() - begun < 3)
        one.close()
        site.wait_for("one is gone", "gone", 1)
        tell(site, "1")
        tell(site, "2")
        equal("end", site.ask(post("/end", "")).status, 204)
        equal("the other goes on", [two.next()["data"] for _ in range(2)], ["1", "2"])
        equal("and is ended", two.next(), {"event": "end", "data": '{"reason": "revoked"}'})
        equal("really", two.next(), None)
        two.close()
        site.wait_for("both are gone", "gone", 2)
        site.wait_for("no streams", "streams_now", 0)


def slow_reader(program):
    """Who does not read gets the latest of each topic, or is told to reload; others get all."""
    with Site(program) as site:
        slow, quick = Events(site, small=True), Events(site)
        for stream in (slow, quick):
            stream.next()
        filling = "f" * 20000
        for i in range(240):  # more than the sockets between take
            tell(site, '"%d%s"' % (i, filling), "table")
            equal("the quick one", quick.next()["data"], '"%d%s"' % (i, filling))
        for i in range(20):
            tell(site, '"small %d"' % i, "other")
            quick.next()
        tell(site, '"last"', "last")
        quick.next()
        seen = []
        while not seen or seen[-1]["data"] != '"last"':
            seen.append(slow.next())
        ids = [int(event["id"]) for event in seen if "id" in event]
        equal("in order", ids, sorted(ids))
        holds("not all came: %d" % len(seen), len(seen) < 240)
        equal("of each topic the latest", [event["data"][:12] for event in seen[-3:]][1:], ['"small 19"', '"last"'])
        holds("the table's last state is there: %r" % seen[-3]["data"][:9], seen[-3]["data"].startswith('"239f'))
        for i in range(400):  # too much for what may wait, in topics of their own
            tell(site, '"%d%s"' % (i, filling), "t%d" % i)
            quick.next()
        tell(site, '"end"', "last")
        quick.next()
        seen = []
        while not seen or seen[-1]["data"] != '"end"':
            seen.append(slow.next())
        holds("it is told to reload: %d" % len(seen), {"event": "reload", "data": "{}"} in seen and len(seen) < 400)
        # one that is too large by itself
        tell(site, '"%s"' % (70000 * "x"), "large")
        equal("too large", quick.next(), {"event": "reload", "data": "{}"})
        slow.close()
        quick.close()


def stopped(program):
    """The end of the server ends the streams first, and tells them."""
    with Site(program) as site:
        streams = [Events(site) for _ in range(50)]
        for stream in streams:
            stream.next()
        site.wait_for("streams", "streams_now", 50)
        begun = time.monotonic()
        site.process.stdin.close()
        for stream in streams:
            equal("it is told", stream.next(), {"event": "end", "data": '{"reason": "stopping"}'})
            stream.close()
        equal("it has stopped", site.process.wait(10), 0)
        holds("in time", time.monotonic() - begun < 2)
        holds("they do not all come back at once", len(RETRIES) > 25)


def many(program):
    """150 streams, 30 of which do not read, while others ask."""
    with Site(program, "idle_ms=20000") as site:
        silent = [Events(site, small=True) for _ in range(30)]
        streams = [Events(site) for _ in range(120)]
        for stream in streams:
            stream.next()
        for i in range(20):
            tell(site, '"%d%s"' % (i, "x" * 5000), "table")
            begun = time.monotonic()
            equal("others", site.ask(get("/plain")).status, 200)
            holds("others wait", time.monotonic() - begun < 1)
        for stream in streams:
            while stream.next()["data"][:3] != '"19':
                pass
        for stream in streams + silent:
            stream.close()
        site.wait_for("all are gone", "gone", 150)


def room(program):
    """There are no more streams than leave room for others."""
    with Site(program, "connections=16", "loops=1") as site:
        streams = [Events(site) for _ in range(14)]
        answer = site.ask(get("/stream"))
        equal("one too many", (answer.status, answer.json()["name"]), (503, "SERVER_BUSY"))
        for stream in streams:
            stream.close()


def old_client(program):
    """Without chunks the stream ends with the connection."""
    with Site(program) as site, site.client() as client:
        client.send(b"GET /stream HTTP/1.0\r\n\r\n")
        _, headers = client.head()
        equal("without chunks", headers.get("transfer-encoding"), None)
        equal("hello", client.until(b"\n\n"), b"id: 0\nevent: hello\ndata: null")
        equal("end", site.ask(post("/end", "")).status, 204)
        equal("the end", re.sub(rb"^retry: \d{4}\n", b"", client.until(b"\n\n")), b'event: end\ndata: {"reason": "revoked"}')
        holds("closed", client.is_closed())


def head_only(program):
    """HEAD of a stream: what it would be, and nothing of it."""
    with Site(program) as site, site.client() as client:
        answer = client.ask(get("/stream", method="HEAD"), has_body=False)
        equal("HEAD", (answer.status, answer.header("Content-Type")), (200, "text/event-stream; charset=utf-8"))
        equal("the next answer", client.ask(get("/plain")).body, b"hello\n")
        site.wait_for("no stream is left", "streams_now", 0)


def tests(program):
    return [("stream: " + call.__name__, lambda call=call: call(program)) for call in (events, slow_reader, stopped, many, room, old_client, head_only)]
