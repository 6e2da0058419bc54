"""Codes of a second factor as an authenticator makes them (RFC 6238), and a ledger whose clocks are set back."""
import base64
import hashlib
import hmac
import sqlite3
import struct
import time

STEP = 30


def code(secret, away=0):
    """The code of the step that is now, or so many from now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // STEP + away), hashlib.sha1).digest()
    at = digest[-1] & 15
    return "%06d" % ((struct.unpack(">I", digest[at:at + 4])[0] & 0x7FFFFFFF) % 1000000)


class Codes:
    """An authenticator that never shows a code twice: each is of another step, none further away than is taken."""

    def __init__(self, secret):
        self.secret, self.last = secret, 0

    def next(self):
        while True:
            step = int(time.time()) // STEP
            for away in (-1, 0, 1):
                if step + away > self.last:
                    self.last = step + away
                    return code(self.secret, away)
            time.sleep(0.2)


# Passwords that cost little: what is tried is what is refused, not how dear guessing is.
CHEAP = "passwords:\n  hash_kib: 8192\n  hash_passes: 1\n"


def change(ledger, sql):
    """Of a ledger that nobody serves."""
    with sqlite3.connect(ledger) as store:
        store.execute(sql)
    store.close()
