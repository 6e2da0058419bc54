"""What is refused: every case with its status, a problem that says what is wrong, and a connection that is closed."""
from asking import Client, Site, Wrong, equal, get, holds, post

HOST = b"Host: here\r\n"


def lines(*parts):
    return b"\r\n".join(parts) + b"\r\n\r\n"


def request(*headers, first=b"POST /seen HTTP/1.1"):
    return lines(first, b"Host: here", *headers)


def target(raw):
    return b"GET " + raw + b" HTTP/1.1\r\n" + HOST + b"\r\n"


# name, bytes, status, a word of what is said; None = the library answers by itself, without a problem
REFUSED = [
    # Two ways to tell where the body ends
    ("length and coding", request(b"Content-Length: 5", b"Transfer-Encoding: chunked") + b"0\r\n\r\n", 400, "go together"),
    ("coding and length", request(b"Transfer-Encoding: chunked", b"Content-Length: 5") + b"0\r\n\r\n", 400, "go together"),
    ("two lengths", request(b"Content-Length: 1", b"Content-Length: 2") + b"ab", 400, "twice"),
    ("two equal lengths", request(b"Content-Length: 1", b"content-length: 1") + b"a", 400, "twice"),
    ("two codings", request(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked") + b"0\r\n\r\n", 400, "twice"),
    ("length of several", request(b"Content-Length: 1, 1") + b"a", 400, None),
    ("length with a sign", request(b"Content-Length: +1") + b"a", 400, None),
    ("negative length", request(b"Content-Length: -1") + b"a", 400, None),
    ("length in hexadecimal", request(b"Content-Length: 0x1") + b"a", 400, None),
    ("length with a space behind", request(b"Content-Length: 1 1") + b"a", 400, None),
    ("empty length", request(b"Content-Length:") + b"a", 400, None),
    ("length beyond 64 bits", request(b"Content-Length: 18446744073709551617") + b"a", 413, None),
    ("length of 19 digits", request(b"Content-Length: 1000000000000000000"), 400, "digits"),
    ("coding gzip", request(b"Transfer-Encoding: gzip") + b"0\r\n\r\n", 400, "chunked"),
    ("coding gzip, chunked", request(b"Transfer-Encoding: gzip, chunked") + b"0\r\n\r\n", 400, "chunked"),
    ("coding chunked, identity", request(b"Transfer-Encoding: chunked, identity") + b"0\r\n\r\n", 400, "chunked"),
    ("coding xchunked", request(b"Transfer-Encoding: xchunked") + b"0\r\n\r\n", 400, "chunked"),
    ("coding with a vertical tab", request(b"Transfer-Encoding: \x0bchunked") + b"0\r\n\r\n", 400, "control"),
    ("coding in quotes", request(b'Transfer-Encoding: "chunked"') + b"0\r\n\r\n", 400, "chunked"),
    ("coding of an old client", request(b"Transfer-Encoding: chunked", first=b"POST /seen HTTP/1.0") + b"0\r\n\r\n", 400, "chunked"),
    ("compressed body", request(b"Content-Encoding: gzip", b"Content-Length: 1") + b"a", 415, "compressed"),
    # Bodies where none belong
    ("body of GET", request(b"Content-Length: 5", first=b"GET /seen HTTP/1.1") + b"hello", 400, "no body"),
    ("chunks of GET", request(b"Transfer-Encoding: chunked", first=b"GET /seen HTTP/1.1") + b"0\r\n\r\n", 400, "no body"),
    ("body of DELETE", request(b"Content-Length: 5", first=b"DELETE /seen HTTP/1.1") + b"hello", 400, "no body"),
    ("body of OPTIONS", request(b"Content-Length: 5", first=b"OPTIONS /seen HTTP/1.1") + b"hello", 400, "no body"),
    # Host and other headers that may stand once
    ("no host", lines(b"GET /seen HTTP/1.1", b"Accept: */*"), 400, "Host is missing"),
    ("no headers at all", b"GET /seen HTTP/1.1\r\n\r\n", 400, "Host is missing"),
    ("two hosts", request(b"Host: there", first=b"GET /seen HTTP/1.1"), 400, "twice"),
    ("empty host", lines(b"GET /seen HTTP/1.1", b"Host:"), 400, "Host"),
    ("host with a path", lines(b"GET /seen HTTP/1.1", b"Host: a/b"), 400, "Host"),
    ("host with a user", lines(b"GET /seen HTTP/1.1", b"Host: a@b"), 400, "Host"),
] + [
    ("two of " + name.decode(), request(name + b": a", name + b": a", first=b"GET /seen HTTP/1.1"), 400, "twice")
    for name in (b"Content-Type", b"Authorization", b"Idempotency-Key", b"If-Match", b"If-None-Match", b"Last-Event-ID", b"Cookie", b"Origin",
                 b"X-Forwarded-For", b"X-Forwarded-Proto")
] + [
    # Lines
    ("bare LF behind the first line", b"GET /seen HTTP/1.1\nHost: here\r\n\r\n", 400, "CR LF"),
    ("bare LF behind a header", b"GET /seen HTTP/1.1\r\nHost: here\nX: a\r\n\r\n", 400, "CR LF"),
    ("bare LF behind the last header", b"GET /seen HTTP/1.1\r\nHost: here\r\nX: a\n\r\n", 400, "CR LF"),
    ("bare LF at the end", b"GET /seen HTTP/1.1\r\nHost: here\r\n\n", 400, "CR LF"),
    ("bare LF everywhere", b"GET /seen HTTP/1.1\nHost: here\n\n", 400, "CR LF"),
    ("bare CR in a value", request(b"X: a\rb", first=b"GET /seen HTTP/1.1"), 400, "control"),
    ("two CR behind a header", b"GET /seen HTTP/1.1\r\nHost: here\r\r\n\r\n", 400, None),
    ("folded header", request(b"X: a\r\n b", first=b"GET /seen HTTP/1.1"), 400, "folded"),
    ("folded by a tab", request(b"X: a\r\n\tb", first=b"GET /seen HTTP/1.1"), 400, "folded"),
    ("folded with nothing", request(b"X: a\r\n ", first=b"GET /seen HTTP/1.1"), 400, "folded"),
    ("folded before another", request(b"X: a\r\n b", b"Y: c", first=b"GET /seen HTTP/1.1"), 400, "folded"),
    ("folded length", request(b"Content-Length:\r\n 5") + b"hello", 400, None),
    ("folded coding", request(b"Transfer-Encoding:\r\n chunked") + b"0\r\n\r\n", 400, "folded"),
    ("first header is folded", b"GET /seen HTTP/1.1\r\n X: a\r\nHost: here\r\n\r\n", 400, "token"),
    ("header without a colon", request(b"X", first=b"GET /seen HTTP/1.1"), 400, None),
    ("space before the colon", request(b"X : a", first=b"GET /seen HTTP/1.1"), 400, "token"),
    ("tab before the colon", request(b"X\t: a", first=b"GET /seen HTTP/1.1"), 400, "token"),
    ("length with a space before the colon", request(b"Content-Length : 5") + b"hello", 400, "token"),
    ("header without a name", request(b": a", first=b"GET /seen HTTP/1.1"), 400, ""),
    ("parenthesis in a name", request(b"X(: a", first=b"GET /seen HTTP/1.1"), 400, "token"),
    ("name beyond ASCII", request("中: a".encode(), first=b"GET /seen HTTP/1.1"), 400, "token"),
    ("NUL in a name", request(b"X\0Y: a", first=b"GET /seen HTTP/1.1"), 400, None),
    ("NUL in a value", request(b"X: a\0b", b"Y: c", first=b"GET /seen HTTP/1.1"), 400, "NUL"),
    ("NUL in the last value", request(b"X: a\0b", first=b"GET /seen HTTP/1.1"), 400, "NUL"),
    ("NUL at the end of a value", request(b"X: a\0", first=b"GET /seen HTTP/1.1"), 400, "NUL"),
    ("control character in a value", request(b"X: a\x01b", first=b"GET /seen HTTP/1.1"), 400, "control"),
    ("delete in a value", request(b"X: a\x7f", first=b"GET /seen HTTP/1.1"), 400, "control"),
    ("tab in a value", request(b"X: a\tb", first=b"GET /seen HTTP/1.1"), 400, "control"),
    ("Latin-1 in a value", request(b"X: \xe4", first=b"GET /seen HTTP/1.1"), 400, "UTF-8"),
    # The first line
    ("two spaces before the target", b"GET  /seen HTTP/1.1\r\n" + HOST + b"\r\n", 400, "CR LF"),
    ("two spaces behind the target", b"GET /seen  HTTP/1.1\r\n" + HOST + b"\r\n", 400, ""),
    ("space in the target", target(b"/seen more"), 400, "target"),
    ("tab in the target", target(b"/seen\tmore"), 400, "target"),
    ("NUL in the target", target(b"/se\0en"), 400, "NUL"),
    ("method with a parenthesis", b"GE(T /seen HTTP/1.1\r\n" + HOST + b"\r\n", 400, "method"),
    ("version 2", b"GET /seen HTTP/2.0\r\n" + HOST + b"\r\n", 505, None),
    ("version 1.2", b"GET /seen HTTP/1.2\r\n" + HOST + b"\r\n", 400, "version"),
    ("absolute form", target(b"http://here/seen"), 400, "target"),
    ("authority form", b"CONNECT here:80 HTTP/1.1\r\n" + HOST + b"\r\n", 400, "target"),
    ("asterisk form", b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", 400, "target"),
    ("no slash", target(b"seen"), 400, "target"),
    ("bytes that are no UTF-8", target(b"/se\xffen"), 400, "target"),
    ("control character in the target", target(b"/se\x01en"), 400, "target"),
    ("backslash", target(b"/seen\\x"), 400, "target"),
    ("fragment", target(b"/seen#x"), 400, "target"),
    ("broken escape", target(b"/se%en"), 400, "escape"),
    ("half an escape", target(b"/seen%2"), 400, "escape"),
    ("escaped NUL", target(b"/seen%00"), 400, "escape"),
    ("escaped line end", target(b"/seen%0d%0aX:a"), 400, "escape"),
    ("escaped line end in the query", target(b"/seen?a=%0d%0aX:a"), 400, "escape"),
    ("escapes that are no UTF-8", target(b"/seen%c0%ae"), 400, "escape"),
    ("escaped slash", target(b"/seen%2Fx"), 400, "escape"),
    ("escaped backslash", target(b"/seen%5cx"), 400, "escape"),
    ("two slashes", target(b"//seen"), 400, "//"),
    ("dots", target(b"/seen/../plain"), 400, ".."),
    ("escaped dots", target(b"/seen/%2e%2e/plain"), 400, ".."),
    ("dot", target(b"/seen/./x"), 400, ".."),
    # Too much
    ("target of 8193 bytes", target(b"/" + 8192 * b"a"), 414, "too long"),
    ("head of 16385 bytes", None, 431, "too large"),
    ("head of 40000 bytes", request(b"X: " + 40000 * b"a", first=b"GET /seen HTTP/1.1"), 431, None),
    ("target of 40000 bytes", target(b"/" + 40000 * b"a"), 414, None),
    ("101 headers", request(*[b"X%d: a" % i for i in range(100)], first=b"GET /seen HTTP/1.1"), 431, "too large"),
    # Bodies
    ("body beyond the route's", post("/json", 1001 * "a"), 413, "1000 bytes"),
    ("body where none is taken", post("/none", "a"), 413, "0 bytes"),
    ("large body, refused before it comes", request(b"Content-Type: a/b", b"Content-Length: 5000000000", first=b"POST /echo HTTP/1.1"), 413, "bytes"),
    ("chunks beyond the route's", request(b"Content-Type: application/json", b"Transfer-Encoding: chunked", first=b"POST /json HTTP/1.1")
     + b"3e8\r\n" + 1000 * b"a" + b"\r\n1\r\nb\r\n0\r\n\r\n", 413, "1000 bytes"),
    ("trailer", request(b"Content-Type: a/b", b"Transfer-Encoding: chunked") + b"1\r\na\r\n0\r\nX: y\r\n\r\n", 400, "behind the body"),
    ("trailer that is a length", request(b"Content-Type: a/b", b"Transfer-Encoding: chunked") + b"1\r\na\r\n0\r\nContent-Length: 5\r\n\r\n", 400, "behind the body"),
    ("size of a chunk with 0x", request(b"Content-Type: a/b", b"Transfer-Encoding: chunked") + b"0x1\r\na\r\n0\r\n\r\n", 400, None),
    ("size of a chunk with a sign", request(b"Content-Type: a/b", b"Transfer-Encoding: chunked") + b"+1\r\na\r\n0\r\n\r\n", 400, None),
    ("size of a chunk beyond 64 bits", request(b"Content-Type: a/b", b"Transfer-Encoding: chunked") + b"fffffffffffffffff\r\na\r\n0\r\n\r\n", 413, None),
    ("chunk without an end", request(b"Content-Type: a/b", b"Transfer-Encoding: chunked") + b"1\r\nab\r\n0\r\n\r\n", 400, None),
    ("chunk with an extension", request(b"Content-Type: a/b", b"Transfer-Encoding: chunked") + b"1;x=y\r\na\r\n0\r\n\r\n", 400, "chunk"),
    ("bare LF behind the size of a chunk", request(b"Content-Type: a/b", b"Transfer-Encoding: chunked") + b"1\na\r\n0\r\n\r\n", 400, "chunk"),
    ("bare LF behind a chunk", request(b"Content-Type: a/b", b"Transfer-Encoding: chunked") + b"1\r\na\n1\r\nb\r\n0\r\n\r\n", 400, "chunk"),
]

# What comes close, and is fine.
FINE = [
    ("plain", get("/seen")),
    ("old client", b"GET /seen HTTP/1.0\r\n\r\n"),
    ("length 0 of GET", get("/seen", "Content-Length: 0")),
    ("coding in capitals", request(b"Content-Type: a/b", b"TRANSFER-ENCODING: CHUNKED") + b"1\r\na\r\n0\r\n\r\n"),
    ("spaces and tabs around a value", get("/seen", "X-Test: \t a \t ")),
    ("empty value", get("/seen", "X-Test:", "X-Other: a")),
    ("empty value at the end", get("/seen", "X-Other: a", "X-Test:")),
    ("no space behind the colon", b"GET /seen HTTP/1.1\r\nHost:here\r\nX-Test:a\r\n\r\n"),
    ("lists twice", get("/seen", "Accept: a/b", "Accept: c/d")),
    ("Chinese in a value", get("/seen", "X-Test: 张三")),
    ("empty line before", b"\r\n" + get("/seen")),
    ("100 headers", request(*[b"X%d: a" % i for i in range(99)], first=b"GET /seen HTTP/1.1")),
    ("target of 8192 bytes", target(b"/seen?" + 8186 * b"a")),
    ("head of 16384 bytes", None),
    ("100 headers in 16384 bytes", request(*[b"X%03d: " % i + 157 * b"a" for i in range(98)], b"X: " + 175 * b"a", first=b"GET /seen HTTP/1.1")),
    ("many parts in small pieces", get("/seen", "Cookie: " + "; ".join("c%d=%d" % (i, i) for i in range(50)))),
]


def of_size(size):
    head = get("/seen", "X-Test: ")
    return head.replace(b"X-Test: ", b"X-Test: " + (size - len(head)) * b"a")


def check_refused(site, raw, status, word, split=False):
    with site.client() as client:
        if split:  # the head as it comes from a slow network
            try:
                for i in range(0, len(raw), 7):
                    client.send(raw[i:i + 7])
            except (BrokenPipeError, ConnectionResetError):
                pass  # it is refused before all was sent
        else:
            client.send(raw)
        answer = client.answer()
        equal("the status (%r)" % answer.body[:300], answer.status, status)
        equal("Connection", answer.header("Connection"), "close")
        if word is not None:
            equal("the media type", answer.header("Content-Type"), "application/problem+json")
            problem = answer.json()
            equal("the status of the problem", problem["status"], status)
            equal("its request", problem["request"], answer.header("X-Request-Id"))
            holds("it does not say %r: %s" % (word, problem["detail"]), word in problem["detail"])
            equal("a header of the site", answer.header("X-Content-Type-Options"), "nosniff")
        is_closed = client.is_closed()
        if word is None:  # the library sends the head of some errors twice
            is_closed = is_closed or b"HTTP/1.1 200" not in client.rest and not client.more()
        holds("the connection is not closed, or more comes: %r" % client.rest[:200], is_closed)


def refused(program):
    with Site(program) as site:
        wrong = []
        for name, raw, status, word in REFUSED:
            raw = raw if raw is not None else of_size(16385)
            try:
                # A smuggled request behind it must never be answered.
                check_refused(site, raw + get("/plain"), status, word)
            except Wrong as why:
                wrong.append("%s: %s" % (name, why))
        holds("; ".join(wrong), not wrong)
        equal("the server goes on", site.ask(get("/plain")).status, 200)


def refused_in_pieces(program):
    with Site(program) as site:
        wrong = []
        for name, raw, status, word in REFUSED:
            if raw is None or len(raw) > 500:
                continue
            try:
                # Whether a chunk is well framed can be seen only where its size and its bytes come together.
                if "chunk" not in name:
                    check_refused(site, raw, status, word, split=True)
            except Wrong as why:
                wrong.append("%s: %s" % (name, why))
        holds("; ".join(wrong), not wrong)


def fine(program):
    with Site(program) as site:
        for name, raw in FINE:
            raw = raw if raw is not None else of_size(16384)
            for size in (len(raw), 1000, 11):
                if size == 11 and len(raw) > 2000:
                    continue
                with site.client() as client:
                    for i in range(0, len(raw), size):
                        client.send(raw[i:i + size])
                    answer = client.answer()
                    equal("%s, in pieces of %d: status of %r" % (name, size, answer.body[:300]), answer.status, 200)
        equal("as much as there may be", len(dict(FINE)["100 headers in 16384 bytes"]), 16384)
        seen = site.ask(get("/seen", "X-Test: \t a b \t ")).json()
        equal("a value without the spaces around it", seen["test"], "a b")


def smuggled(program):
    """Of a request with another one hidden in it only the first is answered; a body that looks like a request stays a body."""
    hidden = get("/plain?hidden")
    with Site(program, "log=1") as site:
        with site.client() as client:
            equal("a body", client.ask(post("/echo", hidden, media="a/b")).body, hidden)
            equal("what comes behind it", client.ask(get("/seen")).status, 200)
            chunked = b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(hidden), hidden)
            equal("chunks", client.ask(chunked).body, hidden)
            equal("what comes behind them", client.ask(get("/seen")).status, 200)
        pairs = [
            b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (5 + len(hidden)) + hidden,
            b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(hidden), hidden),
            b"POST /echo HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\nTransfer-encoding: cow\r\n\r\n0\r\n\r\n" + hidden,
            b"GET /seen HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n" % len(hidden) + hidden,
            b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(hidden) + hidden,
            b"POST /echo HTTP/1.1\r\nHost: here\r\nX: y\nContent-Length: %d\r\n\r\n" % len(hidden) + hidden,
        ]
        for pair in pairs:
            check_refused(site, pair, 400, "")
        log = site.stop()
        holds("a hidden request was answered: %s" % log, "GET /plain" not in log)
        site.process.stdin.close()
        site.stop = lambda: "stopped\n"


def tests(program):
    return [("refused", lambda: refused(program)), ("refused in pieces", lambda: refused_in_pieces(program)), ("fine", lambda: fine(program)),
            ("smuggled", lambda: smuggled(program))]
