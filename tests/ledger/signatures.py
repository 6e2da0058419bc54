"""Digests and signatures for verify.py: SHA-256 and SM3, Ed25519 (RFC 8032) and SM2 (GB/T 32918.2), from the standards.

Only checking, with public data: nothing here takes the same time for all numbers, and nothing signs.
"""
import hashlib

# SM3, GB/T 32905

MASK = 0xFFFFFFFF


def turn(x, n):
    n %= 32
    return (x << n | x >> (32 - n)) & MASK


def sm3_block(state, block):
    w = [int.from_bytes(block[i:i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15)
        w.append(x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        ss1 = turn((turn(a, 12) + e + turn(0x79CC4519 if j < 16 else 0x7A879D8A, j)) & MASK, 7)
        ss2 = ss1 ^ turn(a, 12)
        ff = a ^ b ^ c if j < 16 else a & b | a & c | b & c
        gg = e ^ f ^ g if j < 16 else e & f | ~e & MASK & g
        tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & MASK
        tt2 = (gg + h + ss1 + w[j]) & MASK
        a, b, c, d = tt1, a, turn(b, 9), c
        e, f, g, h = tt2 ^ turn(tt2, 9) ^ turn(tt2, 17), e, turn(f, 19), g
    return [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h))]


class OwnSM3:
    """As hashlib's objects, for a Python whose hashlib has no SM3."""

    def __init__(self, data=b""):
        self.state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
        self.rest, self.size = b"", 0
        self.update(data)

    def update(self, data):
        self.size += len(data)
        data = self.rest + data
        whole = len(data) - len(data) % 64
        for i in range(0, whole, 64):
            self.state = sm3_block(self.state, data[i:i + 64])
        self.rest = data[whole:]

    def digest(self):
        padding = b"\x80" + bytes((55 - self.size) % 64) + (8 * self.size).to_bytes(8, "big")
        state, data = self.state, self.rest + padding
        for i in range(0, len(data), 64):
            state = sm3_block(state, data[i:i + 64])
        return b"".join(x.to_bytes(4, "big") for x in state)


def sm3(data=b""):
    try:
        return hashlib.new("sm3", data)
    except ValueError:
        return OwnSM3(data)


DIGESTS = {"sha256": hashlib.sha256, "sm3": sm3}


# Ed25519, RFC 8032, 5.1: points as X, Y, Z, T with x = X/Z, y = Y/Z, x*y = T/Z

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def ed_add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def ed_times(n, p):
    q = (0, 1, 1, 0)
    while n > 0:
        if n & 1:
            q = ed_add(q, p)
        p = ed_add(p, p)
        n >>= 1
    return q


def ed_point(data):
    """A point from its 32 bytes, or None (5.1.3)."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - x2) % P != 0 or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def ed_bytes(p):
    z = pow(p[2], P - 2, P)
    x, y = p[0] * z % P, p[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


ED_BASE = ed_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_holds(public, message, signature):
    """5.1.7, without the cofactor: [S]B - [k]A must have the bytes of R."""
    if len(public) != 32 or len(signature) != 64:
        return False
    point, s = ed_point(public), int.from_bytes(signature[32:], "little")
    if point is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    minus = (P - point[0], point[1], point[2], P - point[3])
    return ed_bytes(ed_add(ed_times(s, ED_BASE), ed_times(k, minus))) == signature[:32]


# SM2, GB/T 32918.2 with the curve of GB/T 32918.5: points as X, Y, Z with x = X/Z^2, y = Y/Z^3; Z = 0 is none

SP = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
SA = SP - 3
SB = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
SN = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
SG = (0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
      0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0, 1)
SM2_ID = b"1234567812345678"


def sm2_double(p):
    x, y, z = p
    if z == 0 or y == 0:
        return 1, 1, 0
    m = (3 * x * x + SA * pow(z, 4, SP)) % SP
    s = 4 * x * y * y % SP
    x3 = (m * m - 2 * s) % SP
    return x3, (m * (s - x3) - 8 * pow(y, 4, SP)) % SP, 2 * y * z % SP


def sm2_add(p, q):
    if p[2] == 0:
        return q
    if q[2] == 0:
        return p
    zp, zq = p[2] * p[2] % SP, q[2] * q[2] % SP
    u1, u2 = p[0] * zq % SP, q[0] * zp % SP
    s1, s2 = p[1] * zq * q[2] % SP, q[1] * zp * p[2] % SP
    h, r = (u2 - u1) % SP, (s2 - s1) % SP
    if h == 0:
        return sm2_double(p) if r == 0 else (1, 1, 0)
    h2 = h * h % SP
    h3, v = h * h2 % SP, u1 * h2 % SP
    x = (r * r - h3 - 2 * v) % SP
    return x, (r * (v - x) - s1 * h3) % SP, h * p[2] * q[2] % SP


def sm2_times(n, p):
    q = (1, 1, 0)
    while n > 0:
        if n & 1:
            q = sm2_add(q, p)
        p = sm2_double(p)
        n >>= 1
    return q


def der_number(data, at):
    """A positive INTEGER in its shortest form and where it ends, or None."""
    if at + 2 > len(data) or data[at] != 2 or not 1 <= data[at + 1] <= 33:
        return None
    number = data[at + 2:at + 2 + data[at + 1]]
    if len(number) != data[at + 1] or number[0] >= 0x80 or (number[0] == 0 and len(number) > 1 and number[1] < 0x80):
        return None
    return int.from_bytes(number, "big"), at + 2 + len(number)


def sm2_numbers(signature):
    """r and s, or None."""
    if len(signature) < 2 or signature[0] != 0x30 or signature[1] != len(signature) - 2 or signature[1] >= 0x80:
        return None
    r = der_number(signature, 2)
    s = der_number(signature, r[1]) if r is not None else None
    return (r[0], s[0]) if s is not None and s[1] == len(signature) else None


def sm2_holds(public, message, signature):
    x, y = int.from_bytes(public[:32], "big"), int.from_bytes(public[32:], "big")
    numbers = sm2_numbers(signature)
    if len(public) != 64 or x >= SP or y >= SP or (y * y - x * x * x - SA * x - SB) % SP != 0 or numbers is None:
        return False
    r, s = numbers
    t = (r + s) % SN
    if not (0 < r < SN and 0 < s < SN) or t == 0:
        return False
    known = b"".join(n.to_bytes(32, "big") for n in (SA, SB, SG[0], SG[1])) + public
    z = sm3((8 * len(SM2_ID)).to_bytes(2, "big") + SM2_ID + known).digest()
    e = int.from_bytes(sm3(z + message).digest(), "big")
    point = sm2_add(sm2_times(s, SG), sm2_times(t, (x, y, 1)))
    if point[2] == 0:
        return False
    x1 = point[0] * pow(point[2] * point[2], SP - 2, SP) % SP
    return (e + x1) % SN == r


KEYS = {
    "ed25519": (bytes.fromhex("302a300506032b6570032100"), 32, ed25519_holds),
    "sm2": (bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004"), 64, sm2_holds),
}


def algorithm_of(der):
    """ed25519 or sm2 by the form of a public key, or None."""
    for name, (prefix, size, _) in KEYS.items():
        if der.startswith(prefix) and len(der) == len(prefix) + size:
            return name
    return None


def holds(der, message, signature):
    name = algorithm_of(der)
    if name is None:
        return False
    prefix, _, check = KEYS[name]
    return check(der[len(prefix):], message, signature)
