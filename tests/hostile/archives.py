"""Hostile and broken archives: see run. Each is the small package of tests/broken/base with something in it that must not be."""
import bz2
import functools
import io
import os
import random
import struct
import zipfile
import zlib

from suite import Case, ROOT, sparse
from zipmaker import DEFLATE, STORED, Member, build

BASE = os.path.join(ROOT, "tests", "broken", "base")


def package(without=()):
    """The members of a sound package."""
    members = []
    for at, folders, names in os.walk(BASE):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(at, name)
            with open(path, "rb") as file:
                if os.path.relpath(path, BASE) not in without:
                    members.append(Member(os.path.relpath(path, BASE), file.read()))
    return members


def text_of(name):
    with open(os.path.join(BASE, name), "rb") as file:
        return file.read()


def sound():
    return build(package())


def extra(*members):
    """The package and something else."""
    return build(package() + list(members))


def instead(name, **how):
    """The package with a table that is packed otherwise."""
    data = how.pop("data", text_of(name))
    return build(package({name}) + [Member(name, data, **how)])


def deflate(data):
    return Member("x", data).packed


@functools.cache
def zeros(mebibytes):
    """So many MiB of zeros, packed, without ever being in memory."""
    pack, out, crc = zlib.compressobj(9, zlib.DEFLATED, -15), b"", 0
    block = bytes(1 << 20)
    for _ in range(mebibytes):
        out += pack.compress(block)
        crc = zlib.crc32(block, crc)
    return out + pack.flush(), crc


def bomb(name, mebibytes, **said):
    packed, crc = zeros(mebibytes)
    fields = {"size": mebibytes << 20, "crc": crc, **said}
    return Member(name, b"", packed=packed, local=fields, entry=fields)


@functools.cache
def nested(levels):
    """Archives in archives, ten in each, as the well known bomb has them."""
    data = deflate(bytes(1 << 20))
    inner = build([Member("0", bytes(1 << 20), packed=data)])
    for _ in range(levels):
        inner = build([Member("%d.zip" % i, inner) for i in range(10)])
    return inner


def overlapping():
    """Members one inside of the other: each packed text begins with the header of the next."""
    inside = Member("b.txt", b"inside", method=STORED)
    inside.at = 0
    hidden = inside.header() + inside.packed
    members = package()
    start = sum(len(m.header()) + len(m.packed) for m in members if not setattr(m, "at", 0))
    around = Member("a.txt", hidden, method=STORED)
    around.at = 0
    inside = Member("b.txt", b"inside", method=STORED, entry={"at": start + len(around.header())})
    out = build(members + [around, inside])
    return out


def quoted(count):
    """All members are the same packed bytes, each header quoted by a stored block of the one before it: a bomb that needs no nesting."""
    kernel = deflate(bytes(1 << 20))
    names = [b"%05d" % i for i in range(count)]
    headers, tail = [], kernel
    size, crc = 1 << 20, zlib.crc32(bytes(1 << 20))
    body = b""
    for name in reversed(names):
        local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, DEFLATE, 0, 33, crc, len(tail), size & 0xffffffff, len(name), 0) + name
        headers.append((name, crc, len(tail), size))
        body = local + tail
        tail = struct.pack("<BHH", 0, len(local), len(local) ^ 0xffff) + body
        size += len(local)
    out, at, records = body, 0, b""
    for name, crc, packed, size in reversed(headers):
        records += struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, DEFLATE, 0, 33, crc, packed, size, len(name), 0, 0, 0, 0, 0, at) + name
        at += 30 + len(name) + 5
    return out + records + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(records), len(out), 0)


def three_large(path):
    """Directory entries of 3.9 GB each, none with a ratio that is odd by itself; the file has holes, nothing is ever inflated."""
    said = {"size": 3900000000, "packed": 20 << 20}
    members = [Member("%d.bin" % i, b"", packed=b"", local=said, entry=said) for i in range(3)]
    return sparse(path, members, 20 << 20)


def large_table(path):
    """A table that is longer than tables may be, though it is not packed at all."""
    said = {"size": 70 << 20, "packed": 70 << 20}
    members = package({"successions.csv"}) + [Member("successions.csv", b"", method=STORED, packed=b"", local=said, entry=said)]
    return sparse(path, members, 70 << 20, only="successions.csv")


def zip64_member(**how):
    """A member of 5 GiB by the extra field for large archives."""
    sizes = struct.pack("<HHQQ", 1, 16, 5 << 30, 100 << 20)
    said = {"size": 0xffffffff, "packed": 0xffffffff}
    return Member("large.bin", b"", packed=b"", local=said, entry=said, extra=how.get("extra", sizes), local_extra=sizes)


def large_member(path):
    return sparse(path, [zip64_member()], 100 << 20)


def python(method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for member in package():
            archive.writestr(member.name.decode(), member.data)
    return out.getvalue()


def linking(path):
    """A package that reads another by that path."""
    text = text_of("scheme.yaml") + b"\nsucceeds: %s\n" % path
    return build(package({"scheme.yaml"}) + [Member("scheme.yaml", text)])


def link(name, target, kind):
    return Member(name, target, method=STORED, attributes=(kind | 0o777) << 16)


def wrong_local(**fields):
    return extra(Member("notes.txt", b"some text", local=fields))


def described(data, descriptor):
    """A member whose sizes follow its bytes."""
    return instead("units.csv", flags=8, local={"crc": 0, "packed": 0, "size": 0}, descriptor=descriptor, data=data)


UNITS = text_of("units.csv")
TRUE_DESCRIPTOR = struct.pack("<4sIII", b"PK\7\x08", zlib.crc32(UNITS), len(deflate(UNITS)), len(UNITS))
LIES = struct.pack("<4sIII", b"PK\7\x08", zlib.crc32(UNITS), len(deflate(UNITS)), len(UNITS) + 1)

CASES = [
    # what is no archive, or not all of one
    Case("text", lambda: b"unit,element\n", "ARCHIVE_NONE"),
    Case("empty file", lambda: b"", "ARCHIVE_NONE"),
    Case("rar", lambda: b"Rar!\x1a\7\1\0" + bytes(100), "ARCHIVE_NONE"),
    Case("7z", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(100), "ARCHIVE_NONE"),
    Case("first half", lambda: sound()[:len(sound()) // 2], "ARCHIVE_CUT"),
    Case("one byte short", lambda: sound()[:-1], "ARCHIVE_CUT"),
    Case("goes on behind its end", lambda: sound() + b"more", "ARCHIVE_CUT"),
    Case("one of several volumes", lambda: build(package(), disk=1), "ARCHIVE_VOLUMES"),
    Case("counts differ", lambda: build(package(), here=2), "ARCHIVE_VOLUMES"),
    Case("member on another volume", lambda: extra(Member("a", b"a", entry={"disk": 3})), "ARCHIVE_DAMAGED"),
    # two readings
    Case("end of a directory in the comment", lambda: build(package(), b"PK\5\6" + bytes(18)), "ARCHIVE_TWO_ENDS"),
    Case("an archive as the comment", lambda: build(package(), build([Member("scheme.yaml", b"baton: 2")])), "ARCHIVE_TWO_ENDS"),
    Case("comment of another length", lambda: build(package(), b"comment", comment_size=3), "ARCHIVE_CUT"),
    Case("directory further on", lambda: build(package(), start=1 << 31), "ARCHIVE_DAMAGED"),
    Case("directory shorter", lambda: build(package(), size=10), "ARCHIVE_DAMAGED"),
    Case("an entry too many", lambda: build(package(), count=len(package()) + 1), "ARCHIVE_DAMAGED"),
    Case("an entry too few", lambda: build(package(), count=len(package()) - 1), "ARCHIVE_DAMAGED"),
    Case("entry that is none", lambda: extra(Member("a", b"a", entry={"mark": b"PK\1\3"})), "ARCHIVE_DAMAGED"),
    Case("name beyond the directory", lambda: sound()[:-22 - 20] + sound()[-22:], "ARCHIVE_DAMAGED"),
    Case("local header is none", lambda: wrong_local(mark=b"PK\3\5"), "MEMBER_HEADERS"),
    Case("local header elsewhere", lambda: extra(Member("a", b"a", entry={"at": 1 << 30})), "MEMBER_HEADERS"),
    Case("local header in the directory", lambda: extra(Member("a", b"a", entry={"at": len(sound()) - 40})), "MEMBER_HEADERS"),
    Case("local name differs", lambda: wrong_local(name=b"scheme.yam"), "MEMBER_HEADERS"),
    Case("local name leads out", lambda: wrong_local(name=b"../../etc"), "MEMBER_HEADERS"),
    Case("local method differs", lambda: wrong_local(method=STORED), "MEMBER_HEADERS"),
    Case("local checksum differs", lambda: wrong_local(crc=1), "MEMBER_HEADERS"),
    Case("local size differs", lambda: wrong_local(size=5), "MEMBER_HEADERS"),
    Case("local packed size differs", lambda: wrong_local(packed=5), "MEMBER_HEADERS"),
    Case("encrypted by the local header", lambda: wrong_local(flags=1), "MEMBER_HEADERS"),
    Case("stored with two sizes", lambda: extra(Member("a", b"abc", method=STORED, local={"size": 9}, entry={"size": 9})), "MEMBER_HEADERS"),
    Case("folder with bytes", lambda: extra(Member("folder/", b"abc", method=STORED)), "MEMBER_HEADERS"),
    Case("descriptor lies", lambda: described(UNITS, LIES), "MEMBER_HEADERS"),
    Case("descriptor is missing", lambda: described(UNITS, b""), "MEMBER_HEADERS"),
    Case("descriptor with long numbers", lambda: described(UNITS, TRUE_DESCRIPTOR[:8] + struct.pack("<QQ", len(deflate(UNITS)), len(UNITS))), None),
    Case("descriptor without mark", lambda: described(UNITS, TRUE_DESCRIPTOR[4:]), None),
    Case("descriptor", lambda: described(UNITS, TRUE_DESCRIPTOR), None),
    Case("a member inside of another", overlapping, "MEMBERS_OVERLAP"),
    Case("bomb of quoted headers", lambda: quoted(2000), "MEMBERS_OVERLAP"),
    # large archives
    Case("zip64", lambda: build(package(), zip64={}), None),
    Case("zip64 alone", lambda: build(package(), zip64={}, count=0xffff, size=0xffffffff, start=0xffffffff), None),
    Case("zip64 contradicts", lambda: build(package(), zip64={"count": 1}), "ARCHIVE_DAMAGED"),
    Case("zip64 directory elsewhere", lambda: build(package(), zip64={"start": 0}, start=0xffffffff), "ARCHIVE_DAMAGED"),
    Case("zip64 size lies", lambda: build(package(), zip64={"size": 1 << 60}), "ARCHIVE_DAMAGED"),
    Case("zip64 locator leads out", lambda: build(package(), zip64={"locator": 1 << 63}), "ARCHIVE_DAMAGED"),
    Case("zip64 asked for and not there", lambda: build(package(), size=0xffffffff), "ARCHIVE_DAMAGED"),
    Case("zip64 field missing", lambda: extra(Member("a", b"a", entry={"size": 0xffffffff})), "ARCHIVE_DAMAGED"),
    Case("zip64 field too short", lambda: extra(Member("a", b"a", entry={"size": 0xffffffff}, extra=struct.pack("<HHI", 1, 4, 1))),
         "ARCHIVE_DAMAGED"),
    Case("zip64 number of members", lambda: build(package(), zip64={"count": 1 << 40}, count=0xffff), "ARCHIVE_MEMBERS"),
    # names
    Case("path up", lambda: extra(Member("../evil.csv", b"x")), "MEMBER_PATH"),
    Case("path up and down", lambda: extra(Member("documents/../../../evil.md", b"x")), "MEMBER_PATH"),
    Case("path up as a folder", lambda: extra(Member("../../", b"", method=STORED)), "MEMBER_PATH"),
    Case("absolute path", lambda: extra(Member("/tmp/evil.csv", b"x")), "MEMBER_PATH"),
    Case("drive", lambda: extra(Member("C:/evil.csv", b"x")), "MEMBER_PATH"),
    Case("drive without a slash", lambda: extra(Member("c:evil.csv", b"x")), "MEMBER_PATH"),
    Case("backslashes", lambda: extra(Member("documents\\..\\..\\evil.md", b"x")), "MEMBER_PATH"),
    Case("share of Windows", lambda: extra(Member("\\\\host\\share\\evil.md", b"x")), "MEMBER_PATH"),
    Case("here", lambda: extra(Member("./units.csv", UNITS)), "MEMBER_PATH"),
    Case("empty part", lambda: extra(Member("documents//rules.md", b"x")), "MEMBER_PATH"),
    Case("no name", lambda: extra(Member("", b"x")), "MEMBER_NAME_BAD"),
    Case("zero byte", lambda: extra(Member(b"units.csv\0.png", b"x")), "MEMBER_NAME_BAD"),
    Case("line end", lambda: extra(Member(b"a\nb.csv", b"x")), "MEMBER_NAME_BAD"),
    Case("escape sequence", lambda: extra(Member(b"\x1b[31mred", b"x")), "MEMBER_NAME_BAD"),
    Case("control character of two bytes", lambda: extra(Member("a\u0085b", b"x")), "MEMBER_NAME_BAD"),
    Case("no UTF-8 though it says so", lambda: extra(Member(b"\xc0\xaf.csv", b"x", flags=0x800)), "MEMBER_NAME_CODED"),
    Case("neither UTF-8 nor GB18030", lambda: extra(Member(b"\x81\x20\xff.csv", b"x", flags=0)), "MEMBER_NAME_CODED"),
    Case("path up in GB18030", lambda: extra(Member("../指标.csv".encode("gb18030"), b"x", flags=0)), "MEMBER_PATH"),
    Case("long name", lambda: extra(Member("n" * 1025, b"x")), "MEMBER_NAME_LONG"),
    Case("longest name", lambda: extra(Member("n" * 65535, b"x")), "MEMBER_NAME_LONG"),
    Case("name just short enough", lambda: extra(Member("n" * 1024, b"x")), None),
    Case("name twice", lambda: extra(Member("units.csv", UNITS)), "MEMBER_TWICE"),
    Case("name twice, in two encodings", lambda: extra(Member("指标.txt", b"x"), Member("指标.txt".encode("gb18030"), b"x", flags=0)),
         "MEMBER_TWICE"),
    Case("file and folder", lambda: extra(Member("units.csv/", b"", method=STORED)), "MEMBER_FILE_AND_FOLDER"),
    Case("file and the folder of another", lambda: extra(Member("units.csv/rules.md", b"x")), "MEMBER_FILE_AND_FOLDER"),
    Case("10,001 members", lambda: build([Member("%d" % i, b"", method=STORED) for i in range(10001)]), "ARCHIVE_MEMBERS"),
    # what is no plain file
    Case("link", lambda: extra(link("documents/passwd.md", b"/etc/passwd", 0o120000)), "MEMBER_LINK"),
    Case("link to a folder", lambda: extra(link("documents", b"../..", 0o120000)), "MEMBER_LINK"),
    Case("device", lambda: extra(link("zero", b"", 0o020000)), "MEMBER_LINK"),
    Case("block device", lambda: extra(link("disk", b"", 0o060000)), "MEMBER_LINK"),
    Case("pipe", lambda: extra(link("pipe", b"", 0o010000)), "MEMBER_LINK"),
    Case("socket", lambda: extra(link("socket", b"", 0o140000)), "MEMBER_LINK"),
    Case("link of Windows", lambda: extra(Member("a", b"C:\\", attributes=0x420, system=0)), "MEMBER_LINK"),
    Case("attributes of Windows", lambda: extra(Member("a", b"x", attributes=0x20, system=0)), None),
    # how members are packed
    Case("encrypted", lambda: instead("units.csv", flags=1, local={"flags": 1}), "MEMBER_ENCRYPTED"),
    Case("strongly encrypted", lambda: instead("units.csv", flags=65), "MEMBER_ENCRYPTED"),
    Case("encrypted directory", lambda: instead("units.csv", flags=0x2001), "MEMBER_ENCRYPTED"),
    Case("AES", lambda: instead("units.csv", method=99, packed=b"x" * 40), "MEMBER_METHOD"),
    Case("bzip2", lambda: python(zipfile.ZIP_BZIP2), "MEMBER_METHOD"),
    Case("LZMA", lambda: python(zipfile.ZIP_LZMA), "MEMBER_METHOD"),
    Case("no such method", lambda: instead("units.csv", method=1234, packed=bz2.compress(UNITS)), "MEMBER_METHOD"),
    Case("damaged", lambda: instead("units.csv", packed=b"\xff" * 40), "MEMBER_DAMAGED"),
    Case("packed bytes cut", lambda: instead("units.csv", packed=deflate(UNITS)[:-3]), "MEMBER_DAMAGED"),
    Case("no packed bytes", lambda: instead("units.csv", packed=b""), "MEMBER_DAMAGED"),
    Case("more behind the packed bytes", lambda: instead("units.csv", packed=deflate(UNITS) + b"more"), "MEMBER_SIZE"),
    Case("longer than it says", lambda: instead("units.csv", packed=deflate(UNITS + b"\n")), "MEMBER_SIZE"),
    Case("shorter than it says", lambda: instead("units.csv", packed=deflate(UNITS[:-1])), "MEMBER_SIZE"),
    Case("checksum", lambda: instead("units.csv", local={"crc": 7}, entry={"crc": 7}), "MEMBER_CHECKSUM"),
    Case("checksum of what is stored", lambda: instead("units.csv", method=STORED, local={"crc": 7}, entry={"crc": 7}), "MEMBER_CHECKSUM"),
    Case("another table of that length", lambda: instead("units.csv", packed=deflate(UNITS[::-1])), "MEMBER_CHECKSUM"),
    # bombs
    Case("bomb", lambda: extra(bomb("bomb.bin", 100)), "MEMBER_RATIO"),
    Case("bomb as a table", lambda: build(package({"units.csv"}) + [bomb("units.csv", 300)]), "MEMBER_RATIO"),
    Case("bomb that says it is small", lambda: build(package({"units.csv"}) + [bomb("units.csv", 300, size=100)]), "MEMBER_SIZE"),
    Case("bomb as the scheme", lambda: build(package({"scheme.yaml"}) + [bomb("scheme.yaml", 300, size=1 << 20)]), "MEMBER_SIZE"),
    Case("bomb in many members", lambda: extra(*[bomb("%d.bin" % i, 15) for i in range(40)]), "ARCHIVE_RATIO"),
    Case("bomb in a bomb, beside the package", lambda: extra(Member("documents/nested.zip", nested(3))), None),
    Case("bomb in a bomb", lambda: nested(4), "FILE_MISSING"),
    Case("bomb in a bomb, as the scheme", lambda: build(package({"scheme.yaml"}) + [Member("scheme.yaml", nested(3))]), "YAML_ENCODING",
         converts=True),
    Case("5 GiB", large_member, "MEMBER_TOO_LARGE", writes=True),
    Case("12 GB", three_large, "ARCHIVE_INFLATED", writes=True),
    Case("table of 70 MiB", large_table, "FILE_TOO_LARGE", writes=True),
    # packages
    Case("a file beside the folder", lambda: build([Member("city/" + m.name.decode(), m.data) for m in package()] + [Member("a.txt", b"")]),
         "MEMBER_OUTSIDE"),
    Case("two packages", lambda: build([Member(f + m.name.decode(), m.data) for f in ("a/", "b/") for m in package()]), "MEMBER_OUTSIDE"),
    Case("no package", lambda: build([Member("a.txt", b"a")]), "FILE_MISSING"),
    Case("nothing", lambda: build([]), "FILE_MISSING"),
    Case("succeeds itself", lambda: linking(b"."), "LINK_CIRCLE", converts=True),
    Case("succeeds what is not there", lambda: linking(b"../../../../nowhere"), "NO_PACKAGE", converts=True),
    Case("succeeds what no path is as long as", lambda: linking(b"a/" * 32000), "PATH_ABSOLUTE", converts=True),
    Case("succeeds itself by a path that no path is as long as", lambda: linking(b"./" * 32000), "PATH_ABSOLUTE", converts=True),
    Case("succeeds a file of the system", lambda: linking(b"../../../../../../../../etc/passwd"), "ARCHIVE_NONE", converts=True),
    Case("sound", sound, None),
]


WHOLE = build(package() + [Member("documents/%d.md" % i, random.Random(i).randbytes(3000)) for i in range(30)])


def cut():
    """Cut at every 1,000th byte, and near both ends."""
    size = len(WHOLE)
    for at in sorted({*range(0, size, 1000), 1, 3, 4, 21, 22, size - 22, size - 21, size - 1}):
        yield "%d bytes" % at, WHOLE[:at], {"ARCHIVE_NONE", "ARCHIVE_CUT"}


def turned():
    """A bit of a small archive turned over: it is refused, or (in dates and the like) changes nothing."""
    chance, small = random.Random(1), sound()
    for at in chance.sample(range(len(small)), 120):
        changed = bytearray(small)
        changed[at] ^= 1 << chance.randrange(8)
        yield "byte %d" % at, bytes(changed), None


MANY = [("cut at every 1,000th byte", cut), ("bits turned over", turned)]
