"""Archives byte by byte, so that anything in them can be wrong. `build` makes a sound one out of sound members; every field of a record can be given another value."""
import struct
import zlib

STORED, DEFLATE = 0, 8


class Member:
    """A member: its name (bytes or text) and data. `local` and `entry` replace fields of its local header and of its entry in the directory, by the names below;
    `packed` its packed bytes, `descriptor` what follows them, `extra` and `local_extra` the extra fields."""

    def __init__(self, name, data=b"", method=DEFLATE, packed=None, flags=None, local=None, entry=None, attributes=0o100644 << 16,
                 system=3, descriptor=b"", extra=b"", local_extra=b""):
        self.name = name.encode() if isinstance(name, str) else name
        self.data = data.encode() if isinstance(data, str) else data
        self.method, self.attributes, self.system = method, attributes, system
        self.packed = packed if packed is not None else self.pack()
        self.flags = flags if flags is not None else 0 if self.name.isascii() else 0x800
        self.local, self.entry = local or {}, entry or {}
        self.descriptor, self.extra, self.local_extra = descriptor, extra, local_extra
        self.at = None

    def pack(self):
        if self.method != DEFLATE:
            return self.data
        pack = zlib.compressobj(9, zlib.DEFLATED, -15)
        return pack.compress(self.data) + pack.flush()

    def fields(self, other):
        known = {"method": self.method, "flags": self.flags, "crc": zlib.crc32(self.data), "packed": len(self.packed),
                 "size": len(self.data), "name": self.name, "mark": None, "disk": 0, "at": self.at}
        assert set(other) <= set(known), other
        return {**known, **other}

    def header(self):
        f = self.fields(self.local)
        return struct.pack("<4s5H3I2H", f["mark"] or b"PK\3\4", 20, f["flags"], f["method"], 0, 33, f["crc"], f["packed"],
                           f["size"], len(f["name"]), len(self.local_extra)) + f["name"] + self.local_extra

    def record(self):
        f = self.fields(self.entry)
        return struct.pack("<4s6H3I5H2I", f["mark"] or b"PK\1\2", self.system << 8 | 20, 20, f["flags"], f["method"], 0, 33, f["crc"],
                           f["packed"], f["size"], len(f["name"]), len(self.extra), 0, f["disk"], 0, self.attributes,
                           f["at"]) + f["name"] + self.extra


def end(count, size, start, comment=b"", disk=0, here=None, comment_size=None):
    return struct.pack("<4s4H2IH", b"PK\5\6", disk, disk, count if here is None else here, count, size, start,
                       len(comment) if comment_size is None else comment_size) + comment


def end64(true, at, other):
    """The record for large archives at `at`, and the locator behind it; `true` is count, size and start of the directory, `other` replaces what is said."""
    f = {"size": 44, "count": true[0], "directory": true[1], "start": true[2], "locator": at, "disks": 1, **other}
    return struct.pack("<4sQ2H2I4Q", b"PK\6\6", f["size"], 45, 45, 0, 0, f["count"], f["count"], f["directory"], f["start"]) + \
        struct.pack("<4sIQI", b"PK\6\7", 0, f["locator"], f["disks"])


def build(members, comment=b"", zip64=None, count=None, size=None, start=None, **other):
    """The bytes of an archive; `count`, `size`, `start` and what `end` takes replace what its end says, `zip64` (a dictionary) adds the record for large archives."""
    out = b""
    for member in members:
        member.at = len(out)
        out += member.header() + member.packed + member.descriptor
    begin = len(out)
    out += b"".join(member.record() for member in members)
    said = (len(members) if count is None else count, len(out) - begin if size is None else size, begin if start is None else start)
    if zip64 is not None:
        out += end64((len(members), len(out) - begin, begin), len(out), zip64)
    return out + end(*said, comment, **other)
