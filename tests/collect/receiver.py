"""A receiver of notices: takes some, fails now and then, and keeps what it took; and a program that does the same from its standard input."""
import hashlib
import hmac
import http.server
import json
import os
import threading

SECRET = b"a secret of the receiver"
PROGRAM = """#!/bin/sh
cat >>"$1.part"
echo "$BATON_NOTICE" >>"$1"
"""


class Receiver:
    def __init__(self):
        self.taken, self.refused, self.forged, self.seen = [], [], [], 0
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.seen += 1
                want = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
                notice = json.loads(body)
                if self.headers["X-Baton-Signature"] != want or self.headers["X-Baton-Notice"] != str(notice["id"]):
                    outer.forged.append(dict(self.headers))
                fails = outer.fails(notice)
                (outer.refused if fails else outer.taken).append(notice)
                self.send_response(fails or 204)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def fails(self, notice):
        """Every third one is refused at first, some by a redirect."""
        if self.seen % 3 == 0:
            return 302 if self.seen % 2 else 500
        return 0

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def program(folder):
    path = os.path.join(folder, "take-notice")
    with open(path, "w", encoding="utf-8") as file:
        file.write(PROGRAM)
    os.chmod(path, 0o755)
    return path
