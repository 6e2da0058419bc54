"""What is answered: routes, conditions, compression, connections, TLS, proxies, memory, many at once."""
import concurrent.futures
import gzip
import os
import re
import socket
import ssl
import struct
import subprocess
import tempfile

from asking import Client, Site, Wrong, equal, get, holds, post


def problem(answer, status, name):
    equal("the status (%r)" % answer.body[:300], answer.status, status)
    equal("the media type", answer.header("Content-Type"), "application/problem+json")
    told = answer.json()
    equal("the name", told["name"], name)
    equal("the type", told["type"], "urn:baton:code:%d" % told["code"])
    equal("the request", told["request"], answer.header("X-Request-Id"))
    return told


def routes(program):
    with Site(program) as site, site.client() as client:
        answer = client.ask(get("/seen/a%20b/and/%E4%B8%AD?x=1&y=a+b&x", "Cookie: a=b; baton=s3; c=d", "Accept-Language: fr, zh-CN;q=0.5, en", "X-Test: yes"))
        seen = answer.json()
        equal("the id", seen["id"], answer.header("X-Request-Id"))
        equal("the path", seen["path"], "/seen/a b/and/中")
        equal("the segments", seen["segments"], [["one", "a b"], ["two", "中"]])
        equal("the query", seen["query"], [["x", "1"], ["y", "a b"], ["x", ""]])
        holds("when it began: %r" % seen["age_ms"], seen["age_ms"] < 5000)
        equal("the rest", [seen[n] for n in ("method", "head", "secure", "peer", "language", "cookie", "test")],
              ["GET", False, False, "127.0.0.1", "zh", "s3", "yes"])
        equal("a cookie that is there twice", client.ask(get("/seen", "Cookie: baton=a; baton=b")).json()["cookie"], None)
        ids = {client.ask(get("/plain")).header("X-Request-Id") for _ in range(50)}
        equal("ids of requests", len(ids), 50)
        told = problem(client.ask(get("/nothing")), 404, "ROUTE_UNKNOWN")
        holds("where: %r" % told, "/nothing" in told["detail"])
        told = problem(client.ask(get("/nothing", "Accept-Language: zh")), 404, "ROUTE_UNKNOWN")
        holds("in Chinese: %r" % told, "没有" in told["detail"])
        answer = client.ask(post("/plain", ""))
        problem(answer, 405, "METHOD_NOT_ALLOWED")
        equal("Allow", answer.header("Allow"), "GET, HEAD, OPTIONS")
        answer = client.ask(get("/things/x", method="PROPFIND"))
        problem(answer, 405, "METHOD_NOT_ALLOWED")
        equal("Allow", answer.header("Allow"), "GET, HEAD, PUT, DELETE, OPTIONS")
        answer = client.ask(get("/things/x", method="OPTIONS"))
        equal("OPTIONS", (answer.status, answer.header("Allow")), (204, "GET, HEAD, PUT, DELETE, OPTIONS"))
        equal("OPTIONS of nothing", client.ask(get("/nothing", method="OPTIONS")).status, 404)
        problem(client.ask(get("/forgets")), 500, "SERVER_FAILED")
        equal("the connection goes on", client.ask(get("/plain")).body, b"hello\n")


def heads(program):
    with Site(program) as site, site.client() as client:
        for path in ("/plain", "/pool", "/things/x", "/big?size=5000", "/blob", "/nothing"):
            for accept in ("identity", "gzip"):
                whole = client.ask(get(path, "Accept-Encoding: " + accept))
                head = client.ask(get(path, "Accept-Encoding: " + accept, method="HEAD"), has_body=False)
                equal("HEAD %s" % path, head.status, whole.status)
                for name in ("Content-Length", "Content-Type", "ETag", "Content-Encoding", "Vary", "Cache-Control", "X-Content-Type-Options"):
                    equal("HEAD %s: %s" % (path, name), head.header(name), whole.header(name))
        equal("nothing came behind", client.rest, b"")


def conditions(program):
    with Site(program) as site, site.client() as client:
        equal("the tag", client.ask(get("/things/x")).header("ETag"), '"v1"')
        for header, status in (('If-None-Match: "v1"', 304), ('If-None-Match: W/"v1"', 304), ('If-None-Match: "v0", "v1"', 304), ("If-None-Match: *", 304),
                               ('If-None-Match: "v0"', 200), ("If-None-Match: v1", 200), ('If-Match: "v1"', 200), ('If-Match: "v0"', 412)):
            answer = client.ask(get("/things/x", header))
            equal(header, answer.status, status)
            if status == 304:
                equal("304 has the tag", answer.header("ETag"), '"v1"')
                equal("304 has no body", (answer.header("Content-Type"), client.rest), (None, b""))
        for header, status in (('If-Match: "v1"', 200), ('If-Match: "v0"', 412), ('If-Match: W/"v1"', 412), ("If-Match: *", 200), ("If-None-Match: *", 412),
                               ("X: y", 200)):
            answer = client.ask(post("/things/x", "{}", header, method="PUT"))
            equal("PUT " + header, answer.status, status)
            if status == 412:
                problem(answer, 412, "PRECONDITION")
        equal("DELETE", client.ask(get("/things/x", 'If-Match: "v1"', method="DELETE")).status, 204)
        equal("the handler's header instead of the site's", client.ask(get("/things/x")).header("Cache-Control"), "no-cache")
        for path in ("/blob", "/big?size=5000"):
            plain = client.ask(get(path))
            packed = client.ask(get(path, "Accept-Encoding: gzip"))
            holds("forms have tags of their own", packed.header("ETag") == plain.header("ETag")[:-1] + '+gzip"')
            for tag in (plain.header("ETag"), packed.header("ETag")):
                answer = client.ask(get(path, "Accept-Encoding: gzip", "If-None-Match: " + tag))
                equal("it is the same state", (answer.status, answer.header("ETag")), (304, tag))


def compression(program):
    with Site(program) as site, site.client() as client:
        for path in ("/blob", "/big?size=1023", "/big?size=1024", "/big?size=300000", "/big?size=5000&raw", "/plain"):
            plain = client.ask(get(path))
            equal("plain is not coded", plain.header("Content-Encoding"), None)
            packs = path in ("/blob", "/big?size=1024", "/big?size=300000")
            equal("Vary of " + path, plain.header("Vary"), "Accept-Encoding" if packs else None)
            answer = client.ask(get(path, "Accept-Encoding: gzip"))
            equal("coding of " + path, answer.header("Content-Encoding"), "gzip" if packs else None)
            equal("the bytes of " + path, gzip.decompress(answer.body) if packs else answer.body, plain.body)
            holds("it is smaller", not packs or len(answer.body) < len(plain.body))
            again = client.ask(get(path, "Accept-Encoding: gzip"))
            equal("the same bytes again", again.body, answer.body)
            answer = client.ask(get(path, "Accept-Encoding: gzip;q=0.5, br"))
            equal("the one preferred", answer.header("Content-Encoding"), "br" if packs else None)
            equal("refused", client.ask(get(path, "Accept-Encoding: gzip;q=0, br;q=0")).header("Content-Encoding"), None)


def bodies(program):
    with Site(program, "body_max=1000") as site, site.client() as client:  # less than the routes' own
        equal("as much as all may be", client.ask(post("/echo", 1000 * "a", media="a/b")).status, 200)
        equal("as much as the route takes", client.ask(post("/json", 1000 * "a")).status, 200)
        problem(client.ask(post("/echo", 1001 * "a", media="a/b")), 413, "BODY_TOO_LARGE")
    with Site(program) as site, site.client() as client:
        for size in (0, 1, 1000, 16383, 16384, 16385, 100000, 4 << 20):
            data = os.urandom(size)
            equal("a body of %d" % size, client.ask(post("/echo", data, media="a/b")).body, data)
            chunks = b""
            at = 0
            while at < size:
                step = min(size - at, 1 + (at * 7919) % 50000)
                chunks += b"%x\r\n%s\r\n" % (step, data[at:at + step])
                at += step
            raw = b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"
            equal("chunks of %d" % size, client.ask(raw).body, data)
        equal("at once", client.ask(post("/echo/once", b"abc", media="a/b")).body, b"abc")
        equal("as much as there may be", client.ask(post("/json", 1000 * "a")).status, 200)
        equal("with charset", client.ask(post("/json", "{}", media="application/json; charset=UTF-8")).status, 200)
        for media in ("text/plain", "application/json; charset=gbk", "application/jsonp"):
            problem(client.ask(post("/json", "{}", media=media)), 415, "MEDIA_UNKNOWN")
        answer = client.ask(b"POST /json HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}")
        problem(answer, 415, "MEDIA_UNKNOWN")
        equal("the connection goes on", client.ask(get("/plain")).status, 200)


def continued(program):
    head = "POST %s HTTP/1.1\r\nHost: here\r\nContent-Type: %s\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n"
    with Site(program) as site:
        with site.client() as client:
            client.send((head % ("/echo", "a/b", 5)).encode())
            equal("go on", client.head()[0], 100)
            equal("and the body", client.ask(b"hello").body, b"hello")
        for path, media, size, status in (("/json", "application/json", 1001, 413), ("/json", "a/b", 5, 415), ("/nothing", "a/b", 5, 404),
                                          ("/closed", "a/b", 5, 401)):
            with site.client() as client:
                answer = client.ask((head % (path, media, size)).encode())
                equal("not %s" % path, (answer.status, answer.header("Connection")), (status, "close"))
                holds("closed", client.is_closed())


def admitted(program):
    with Site(program) as site, site.client() as client:
        problem(client.ask(get("/closed")), 401, "SESSION_ENDED")
        problem(client.ask(post("/closed", 60000 * "a")), 401, "SESSION_ENDED")  # what is small is read and dropped
        equal("admitted", client.ask(post("/closed", "a", "Authorization: x")).body, b"a")
        answer = client.ask(post("/closed", 100000 * "a")[:300])  # what is large is not
        problem(answer, 401, "SESSION_ENDED")
        holds("closed", client.is_closed())


def connections(program):
    with Site(program, "log=1") as site:
        with site.client() as client:
            client.send(b"".join(get("/seen?n=%d" % i) if i % 3 else post("/seen?n=%d" % i, "x" * i) for i in range(60)))
            for i in range(60):
                equal("pipelined", client.answer().json()["query"], [["n", str(i)]])
        for how, closes in ((get("/plain", "Connection: close"), True), (b"GET /plain HTTP/1.0\r\n\r\n", True),
                            (b"GET /plain HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", False), (get("/plain"), False)):
            with site.client(seconds=0.3) as client:
                equal("the body", client.ask(how).body, b"hello\n")
                equal("%r closes" % how, client.is_closed(), closes)
        problem(site.ask(get("/nowhere")), 404, "ROUTE_UNKNOWN")
        equal("one connection is this one's", site.counts()["connections_now"] <= 3, True)
        log = site.stop()
        holds("what was answered is told: %r" % log[-300:], "GET /seen 200" in log and "GET /plain 200 6\n" in log)
        holds("with the code of the problem: %r" % log[-300:], re.search(r"^GET /nowhere 404 \d+ ROUTE_UNKNOWN$", log, re.M))
        site.stop = lambda: "stopped\n"


def many(program):
    """64 connections at once, each with its own questions, of all kinds."""
    def work(number):
        with Client(site.port) as client:
            for i in range(25):
                text = "%d-%d" % (number, i)
                equal("its own", client.ask(get("/seen?t=" + text)).json()["query"], [["t", text]])
                equal("its own body", client.ask(post("/echo", text * 50, media="a/b")).body.decode(), text * 50)
                equal("the blob", len(client.ask(get("/blob")).body), 20000)
    with Site(program) as site:
        with concurrent.futures.ThreadPoolExecutor(64) as pool:
            for done in [pool.submit(work, i) for i in range(64)]:
                done.result()
        counts = site.counts()
        equal("requests", counts["requests"], 64 * 75 + 1)
        equal("connections", counts["connections"], 65)
        equal("nobody waits", (counts["waiting_now"], counts["working_now"], counts["refused"]), (0, 0, 0))


def busy(program):
    """Two workers, two places: of ten slow requests at once four are done, the others are told to come again."""
    with Site(program, "workers=2", "queue=2") as site:
        clients = [site.client() for _ in range(10)]
        for client in clients:
            client.send(get("/slow?ms=500"))
        equal("at once goes on", site.ask(get("/plain")).status, 200)
        answers = [client.answer() for client in clients]
        equal("done", sorted(a.status for a in answers), 4 * [200] + 6 * [503])
        for answer in answers:
            if answer.status == 503:
                problem(answer, 503, "SERVER_BUSY")
                equal("Retry-After", answer.header("Retry-After"), "1")
        for client in clients:
            equal("the connection goes on", client.ask(get("/plain")).status, 200)
            client.socket.close()


def gone(program):
    """Clients that go in the middle: of a head, a body, a handler's work, an answer, a file."""
    with tempfile.TemporaryDirectory(prefix="http-") as folder:
        path = os.path.join(folder, "file")
        with open(path, "wb") as file:
            file.truncate(30 << 20)
        # Who goes in the middle of a head or a body may be noticed only when its time is over.
        with Site(program, "file=" + path, "head_ms=400", "body_rate=100000") as site:
            for i in range(60):
                client = site.client()
                kind = i % 6
                client.send((get("/big?size=9000000&raw"), get("/slow?ms=30"), post("/echo", 5000 * "a")[:3000], get("/seen")[:20], get("/file"),
                             get("/big?size=200000") * 20)[kind])
                if kind in (0, 4):
                    client.more()
                if i % 2:  # by a reset
                    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                client.socket.close()
            site.wait_for("they are gone", "connections_now", 1)
            answer = site.ask(get("/file"))
            equal("a file", (answer.status, len(answer.body)), (200, 30 << 20))
            holds("its bytes", not answer.body.strip(b"\0"))


def memory(program):
    with Site(program) as site, site.client() as client:
        for path in ("/memory", "/memory/once"):
            answer = client.ask(get(path))
            equal("no memory", (answer.status, answer.json()["name"], answer.header("Retry-After")), (503, "NO_MEMORY", "1"))
            equal("a header of the site", answer.header("X-Content-Type-Options"), "nosniff")
        equal("the connection goes on", client.ask(get("/plain")).status, 200)


def each_allocation(program):
    """Each allocation of a request failed in turn: it is answered, or NO_MEMORY is, or the connection is closed; and then all is well again."""
    requests = (get("/seen/a/and/b?c=d", "Accept-Encoding: gzip", "Cookie: a=b"), get("/big?size=5000", "Accept-Encoding: gzip"), get("/nothing"),
                get("/things/x", 'If-None-Match: "v1"'), post("/json", "{}"), b"GET /seen HTTP/1.1\r\n\r\n")
    with Site(program, "workers=1", "loops=1") as site:
        for request in requests:
            want = site.ask(request)
            told, at = {"answered": 0, "503": 0, "closed": 0}, 0
            while told["answered"] < 3:
                at += 1
                holds("it never succeeds", at < 500)
                with site.client() as other, site.client() as client:
                    equal("from here on", other.ask(get("/fail?at=%d" % at)).body, b"fails\n")
                    try:
                        answer = client.ask(request)
                    except Wrong:
                        answer = None
                    site.well_again()
                site.wait_for("well again", "working_now", 0)
                if answer is None:
                    told["closed"] += 1
                elif answer.status == 503:
                    equal("the name", answer.json()["name"], "NO_MEMORY")
                    equal("a header of the site", answer.header("X-Content-Type-Options"), "nosniff")
                    told["503"] += 1
                else:
                    equal("the status", answer.status, want.status)
                    holds("the body", b'"id"' in want.body or b'"request"' in want.body or answer.body == want.body)
                    told["answered"] += 1
            holds("some are told: %r" % told, told["503"] > 3 and told["closed"] <= 1)


def findings(program):
    with Site(program) as site:
        told = problem(site.ask(get("/findings", "Accept-Language: en")), 422, "WEIGHT_NEGATIVE")
        equal("all are told", [e["name"] for e in told["errors"]], ["ENCODING_CONVERTED", "WEIGHT_NEGATIVE", "FIELD_EMPTY"])
        equal("where", {k: told["errors"][1].get(k) for k in ("file", "row", "column", "field")},
              {"file": "indicators.csv", "row": 7, "column": 3, "field": "weight"})
        equal("where in the body", told["errors"][2]["pointer"], "/facts/3/unit")


def certificate(folder, name):
    key, cert = os.path.join(folder, name + ".key"), os.path.join(folder, name + ".pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


def tls(program):
    with tempfile.TemporaryDirectory(prefix="http-") as folder:
        cert, key = certificate(folder, "one")
        _, other = certificate(folder, "other")
        context = ssl.create_default_context(cafile=cert)
        with Site(program, "certificate=" + cert, "key=" + key) as site:
            with site.client(tls=context) as client:
                answer = client.ask(get("/seen"))
                equal("secure", (answer.json()["secure"], answer.header("Strict-Transport-Security")), (True, "max-age=60"))
                data = os.urandom(300000)
                equal("a body", client.ask(post("/echo", data, media="a/b")).body, data)
                equal("the blob", len(client.ask(get("/blob")).body), 20000)
                problem(client.ask(b"GET /seen HTTP/1.1\r\nHost: here\r\nX: a\r\n b\r\n\r\n"), 400, "REQUEST_MALFORMED")
                holds("closed", client.is_closed())
            with site.client(seconds=2) as client:  # without TLS nothing is answered
                client.send(get("/seen"))
                while client.more():
                    pass
                holds("no answer without TLS: %r" % client.rest[:50], not client.rest.startswith(b"HTTP"))
            for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
                context.minimum_version = context.maximum_version = version
                with site.client(tls=context) as client:
                    equal("the version", (client.socket.version(), client.ask(get("/plain")).status), (version.name.replace("_", "."), 200))
        for settings in (("certificate=" + cert, "key=" + other), ("certificate=" + key, "key=" + cert), ("certificate=" + cert,)):
            done = subprocess.run([program, *settings], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=10)
            equal("does not start", (done.returncode, "do not belong together" in done.stdout), (2, True))


def addresses(program):
    with Site(program) as site:
        done = subprocess.run([program, "port=%d" % site.port], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=10)
        equal("is taken", (done.returncode, bool(re.search("cannot listen on 127.0.0.1, port %d: " % site.port, done.stdout))), (3, True))
    if socket.has_ipv6 and os.path.exists("/proc/net/if_inet6") and open("/proc/net/if_inet6").read().strip():
        with Site(program, "address=::1") as site, site.client(host="::1") as client:
            equal("IPv6", client.ask(get("/seen")).json()["peer"], "::1")


def proxies(program):
    forwarded = ("X-Forwarded-For: 9.9.9.9, 203.0.113.7, 127.0.0.1", "X-Forwarded-Proto: https")
    for settings, lines, want in (
            ((), forwarded, ("127.0.0.1", False)),
            (("proxy=127.0.0.1",), forwarded, ("203.0.113.7", True)),
            (("proxy=127.0.0.1",), (), ("127.0.0.1", False)),
            (("proxy=127.0.0.1",), ("X-Forwarded-For: 2001:db8::7",), ("2001:db8::7", False)),
            (("proxy=127.0.0.1",), ("X-Forwarded-For: 9.9.9.9, nonsense",), ("127.0.0.1", False)),
            (("proxy=127.0.0.1",), ("X-Forwarded-For: ,",), ("127.0.0.1", False)),
            (("proxy=192.0.2.1",), forwarded, ("127.0.0.1", False))):
        with Site(program, *settings) as site:
            answer = site.ask(get("/seen", *lines))
            seen = answer.json()
            equal("%r %r" % (settings, lines), (seen["peer"], seen["secure"]), want)
            equal("headers of what is secure", answer.header("Strict-Transport-Security"), "max-age=60" if want[1] else None)


def tests(program):
    return [(call.__name__, lambda call=call: call(program)) for call in (
        routes, heads, conditions, compression, bodies, continued, admitted, connections, many, busy, gone, memory, each_allocation, findings, tls, addresses, proxies)]
