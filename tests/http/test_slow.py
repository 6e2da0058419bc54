"""Clients that are slow, on purpose or not; and the end of the server."""
import concurrent.futures
import socket
import threading
import time

from asking import Client, Site, Wrong, equal, get, holds, post


def drip(client, data, every, seconds):
    """Sends a byte at a time; how long it took until the connection was cut, None if it was not."""
    begun = time.monotonic()
    client.socket.settimeout(0.001)
    for byte in data:
        try:
            client.socket.sendall(bytes([byte]))
            if client.socket.recv(1000) == b"":
                return time.monotonic() - begun
        except socket.timeout:
            pass
        except OSError:
            return time.monotonic() - begun
        if time.monotonic() - begun > seconds:
            return None
        time.sleep(every)
    return None


def until_cut(client, seconds):
    begun = time.monotonic()
    client.socket.settimeout(seconds)
    try:
        while client.more():
            pass
    except socket.timeout:
        return None
    return time.monotonic() - begun


def within(what, seconds, low, high):
    holds("%s: after %r s, expected %g to %g" % (what, seconds, low, high), seconds is not None and low <= seconds <= high)


def slow(program):
    """All kinds at once: each is cut in its time, and nobody else notices."""
    def head():
        with site.client() as client:
            within("a head, a byte at a time", drip(client, get("/seen", "X-Long: " + 1000 * "a"), 0.05, 6), 0.4, 2.5)

    def silent():
        with site.client() as client:
            within("nothing at all", until_cut(client, 6), 0.4, 2.5)

    def body():
        with site.client() as client:
            client.send(post("/echo", 10000 * "a", media="a/b")[:200])
            within("a body, a byte at a time", drip(client, 10000 * b"a", 0.05, 6), 0.4, 2.5)

    def chunks():
        with site.client() as client:
            client.send(b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n")
            within("chunks, a byte at a time", drip(client, 10000 * b"1\r\na\r\n", 0.02, 6), 0.4, 2.5)

    def dropped():  # a body that is not wanted has to come in time as well
        with site.client() as client:
            client.send(post("/closed", 10000 * "a")[:200])
            within("a body that is dropped", drip(client, 10000 * b"a", 0.05, 6), 0.4, 2.5)

    def idle():
        with site.client() as client:
            equal("an answer", client.ask(get("/plain")).status, 200)
            within("nothing more", until_cut(client, 8), 0.9, 4.5)

    def steady():  # slow, but not too slow: 40 KB/s where 20 KB/s are asked for
        with site.client() as client:
            data = 80000 * b"a"
            head = post("/echo", data, media="a/b")[:-len(data)]
            client.send(head)
            for i in range(0, len(data), 2000):
                client.send(data[i:i + 2000])
                time.sleep(0.05)
            equal("a steady body", client.answer().body, data)

    def working():  # a handler may take longer than all that
        equal("a slow handler", site.ask(get("/slow?ms=2500")).status, 200)

    def others():
        end = time.monotonic() + 2
        with site.client() as client:
            while time.monotonic() < end:
                begun = time.monotonic()
                equal("others", client.ask(get("/plain")).status, 200)
                holds("others wait", time.monotonic() - begun < 1)
                time.sleep(0.01)

    with Site(program, "head_ms=600", "idle_ms=1000", "body_rate=20000") as site:
        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            for done in [pool.submit(call) for call in (head, head, silent, body, chunks, dropped, idle, steady, working, others)]:
                done.result()
        site.wait_for("all are gone", "connections_now", 1)


def chunks_without_end(program):
    """Chunks beyond what the route takes: answered when they end soon, else the connection is cut."""
    head = b"POST /json HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"2710\r\n" + 10000 * b"a" + b"\r\n"
    with Site(program) as site:
        with site.client() as client:
            answer = client.ask(head + 20 * chunk + b"0\r\n\r\n")
            equal("too large", (answer.status, answer.json()["name"]), (413, "BODY_TOO_LARGE"))
            holds("closed", client.is_closed())
        with site.client() as client:
            sent = 0
            try:
                client.send(head)
                while sent < 20 << 20:
                    client.send(chunk)
                    sent += len(chunk)
            except OSError:
                pass
            holds("it took %d bytes" % sent, sent < 15 << 20)
        equal("the server goes on", site.ask(get("/plain")).status, 200)


def full(program):
    """No more connections than there may be; when one goes, another comes in."""
    with Site(program, "connections=8", "loops=1") as site:
        clients = [site.client() for _ in range(8)]
        for client in clients:
            equal("a connection", client.ask(get("/plain")).status, 200)
        with site.client(seconds=0.3) as late:
            try:
                late.send(get("/plain"))
                holds("one too many is not answered", not late.more())
            except socket.timeout:
                pass
        clients.pop().socket.close()
        clients.pop().socket.close()
        end = time.monotonic() + 5
        while True:
            try:
                with site.client(seconds=0.5) as again:
                    equal("another", again.ask(get("/plain")).status, 200)
                    break
            except (Wrong, OSError):
                holds("no place became free", time.monotonic() < end)
        for client in clients:
            client.socket.close()


def stop_under_load(program):
    """What is under way is finished, whole; nothing is answered by halves; it ends in time."""
    results = {"whole": 0, "ended": 0}
    halves = []
    lock = threading.Lock()

    def work(number):
        while True:
            try:
                with Client(site.port) as client:
                    for i in range(1000):
                        client.send(get(("/pool", "/plain", "/big?size=100000", "/seen")[(number + i) % 4]))
                        if not client.more():  # closed between two requests
                            break
                        client.answer()
                        with lock:
                            results["whole"] += 1
            except ConnectionRefusedError:
                return
            except (ConnectionResetError, BrokenPipeError):
                pass
            except (Wrong, OSError) as why:
                halves.append(str(why))
                return
            with lock:
                results["ended"] += 1

    with Site(program, "wait_ms=5000") as site:
        slow_one = site.client()
        slow_one.send(get("/slow?ms=1500"))
        upload = site.client()
        data = 50000 * b"a"
        upload.send(post("/echo", data, media="a/b")[:-20000])
        idle = site.client()
        equal("one that is idle", idle.ask(get("/plain")).status, 200)
        threads = [threading.Thread(target=work, args=(i,)) for i in range(24)]
        for thread in threads:
            thread.start()
        time.sleep(0.4)
        begun = time.monotonic()
        site.process.stdin.close()
        time.sleep(0.1)
        upload.send(20000 * b"a")
        equal("an upload under way", upload.answer().body, data)
        holds("the idle one is closed", idle.is_closed())
        within("while others are under way", time.monotonic() - begun, 0, 0.9)
        answer = slow_one.answer()
        equal("a handler under way", (answer.body, answer.header("Connection")), (b"slow\n", "close"))
        for thread in threads:
            thread.join(10)
        equal("answers by halves", halves, [])
        holds("some work was done: %r" % results, results["whole"] > 100)
        equal("it has stopped", site.process.wait(10), 0)
        within("stopping", time.monotonic() - begun, 0.1, 4)


def stop_at_once(program):
    """Who does not come to an end is cut off after the time that is given; a handler that runs is waited for."""
    with Site(program, "wait_ms=200") as site:
        reader = site.client()
        reader.send(get("/big?size=20000000&raw"))  # and does not read
        handler = site.client()
        handler.send(get("/slow?ms=1200"))
        stream = site.client()
        equal("a stream", stream.ask(get("/stream"), has_body=False).status, 200)
        time.sleep(0.4)
        begun = time.monotonic()
        site.process.stdin.close()
        equal("it has stopped", site.process.wait(10), 0)
        within("stopping", time.monotonic() - begun, 0.2, 3)
        for client in (reader, handler, stream):
            client.socket.close()


def tests(program):
    return [(call.__name__, lambda call=call: call(program)) for call in (slow, chunks_without_end, full, stop_under_load, stop_at_once)]
