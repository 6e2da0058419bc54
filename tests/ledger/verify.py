#!/usr/bin/env python3
"""A second verifier of ledgers, written from docs/journal.md alone; it shares nothing with the program, signatures included.

    verify.py JOURNAL [--since HEAD]... [--receipt RECEIPT]...     an exported journal, held against what was kept elsewhere
    verify.py --receipt RECEIPT...                                 receipts (and, with --head, heads) by themselves

Prints what was found. Exit status 0: it holds; 1: it does not, and why; 2: wrong usage or no such file.
"""
import argparse
import datetime
import os
import re
import sys
import unicodedata

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import signatures  # noqa: E402

TIME_MOST = 32503679999999  # the end of 2999
NUMBER_MOST = 2**63 - 1
FIELDS_MOST, ENTRY_MOST, PIECE_MOST, MEDIA_MOST = 512, 1 << 20, 1 << 18, 1024
PROOF_MOST = 130
LINE = b"baton-journal 1\n"


class Wrong(Exception):
    """What does not hold."""


def require(condition, why):
    if not condition:
        raise Wrong(why)


# Bytes

class Bytes:
    """Takes values one after the other from some bytes."""

    def __init__(self, data, what):
        self.data, self.at, self.what = data, 0, what

    def take(self, size):
        require(len(self.data) - self.at >= size, "%s ends too early" % self.what)
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, size):
        return int.from_bytes(self.take(size), "big")

    def string(self):
        return self.take(self.number(4))

    def text(self):
        return text_of(self.string(), self.what)

    def end(self):
        require(self.at == len(self.data), "%s has bytes left over" % self.what)


def text_of(data, what):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong("%s has a text that is not UTF-8" % what)
    require("\0" not in text, "%s has a text with a NUL" % what)
    return text


def u64(number):
    return number.to_bytes(8, "big")


def string(data):
    return len(data).to_bytes(4, "big") + data


def is_id(text):
    def is_letter(c):
        return c.isascii() and c.isalnum() or c == "_" or unicodedata.name(c, "").startswith("CJK ")
    return (0 < len(text.encode("utf-8")) <= 128 and all(is_letter(c) or c in ".-" for c in text)
            and any(c not in ".-" for c in text))


def hex_of(text, what):
    require(re.fullmatch(r"(?:[0-9a-f]{2})+", text) is not None, "%s is not hexadecimal" % what)
    return bytes.fromhex(text)


# Entries

def read_fields(data, what, is_inner):
    count = data.number(4)
    require(count <= FIELDS_MOST, "%s has too many fields" % what)
    fields, before = {}, b""
    for _ in range(count):
        name = data.string()
        require(before < name, "%s has names out of order" % what)
        before = name
        kind, value = data.take(1), data.string()
        require(len(value) > 0, "%s has an empty value" % what)
        if kind == b"t":
            value = text_of(value, what)
        elif kind == b"c":
            require(len(value) == 32, "%s has a digest of %d bytes" % (what, len(value)))
        elif kind == b"f":
            require(not is_inner, "%s proposes in a proposed fact" % what)
            inner = Bytes(value, what)
            value = read_fact(inner, what, True)
            inner.end()
        else:
            raise Wrong("%s has a field of an unknown type" % what)
        fields[text_of(name, what)] = (kind, value)
    return fields


def read_fact(data, what, is_inner):
    kind = data.text()
    require(kind != "", "%s has no kind" % what)
    return {"kind": kind, "assessment": data.text(), "fields": read_fields(data, what, is_inner)}


def read_entry(raw, what):
    """An entry as a dictionary: position, time, kind, assessment, actor, fields: name -> (type, value)."""
    require(len(raw) <= ENTRY_MOST, "%s is too large" % what)
    data = Bytes(raw, what)
    require(data.number(1) == 1, "%s has another version" % what)
    entry = {"position": data.number(8), "time": data.number(8), "kind": data.text()}
    require(entry["kind"] != "", "%s has no kind" % what)
    require(entry["position"] < NUMBER_MOST and entry["time"] <= TIME_MOST, "%s has no sound position or time" % what)
    entry["assessment"], entry["actor"] = data.text(), data.text()
    entry["fields"] = read_fields(data, what, False)
    data.end()
    return entry


def named(fact):
    """The digests of content that an entry, or a fact, names."""
    if fact["kind"] == "erasure":
        return
    for kind, value in fact["fields"].values():
        if kind == b"c":
            yield value
        elif kind == b"f":
            yield from named(value)


def field(entry, name, kind, what):
    found = entry["fields"].get(name)
    require(found is not None and found[0] == kind, "%s has no field %s" % (what, name))
    return found[1]


# The tree

class Tree:
    def __init__(self, algorithm):
        self.new = signatures.DIGESTS[algorithm]
        self.peaks = []  # of complete subtrees, the largest first: (entries, digest)
        self.size = 0

    def digest(self, *parts):
        made = self.new()
        for part in parts:
            made.update(part)
        return made.digest()

    def leaf(self, entry):
        return self.digest(b"\x00", entry)

    def node(self, left, right):
        return self.digest(b"\x01", left, right)

    def add(self, leaf):
        self.size += 1
        count = 1
        while self.peaks and self.peaks[-1][0] == count:
            leaf = self.node(self.peaks.pop()[1], leaf)
            count *= 2
        self.peaks.append((count, leaf))

    def root(self):
        if not self.peaks:
            return self.digest()
        made = self.peaks[-1][1]
        for _, left in reversed(self.peaks[:-1]):
            made = self.node(left, made)
        return made

    def included(self, position, size, leaf, proof, root):
        if position >= size:
            return False
        at, last, made = position, size - 1, leaf
        for other in proof:
            if last == 0:
                return False
            if at % 2 == 1 or at == last:
                made = self.node(other, made)
                while at % 2 == 0 and at != 0:
                    at, last = at // 2, last // 2
            else:
                made = self.node(made, other)
            at, last = at // 2, last // 2
        return last == 0 and made == root


# Heads and receipts

def head_bytes(head):
    return (b"\x01" + string(b"baton-head") + string(head["ledger"].encode("utf-8")) + u64(head["size"]) +
            u64(head["time"]) + head["root"] + head["key"])


def read_time(text):
    require(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z", text) is not None,
            "'%s' is no time" % text)
    try:
        when = datetime.datetime.strptime(text[:19] + "+0000", "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        raise Wrong("'%s' is no time" % text)
    time = int(when.timestamp()) * 1000 + int(text[20:23])
    require(int(text[17:19]) < 60 and 0 <= time <= TIME_MOST, "'%s' is no time of a ledger" % text)
    return time


def read_number(text):
    require(re.fullmatch(r"0|[1-9][0-9]*", text) is not None and int(text) <= NUMBER_MOST, "'%s' is no number" % text)
    return int(text)


def sized(data, size, what):
    require(len(data) == size, "%s has %d bytes" % (what, len(data)))
    return data


class Lines:
    def __init__(self, data, what):
        self.lines = text_of(data, what).split("\n")
        self.what = what
        for i in range(len(self.lines) - 1):
            self.lines[i] = self.lines[i][:-1] if self.lines[i].endswith("\r") else self.lines[i]
        if self.lines[-1] == "":
            self.lines.pop()
        self.at = 0

    def take(self, name):
        line = self.lines[self.at] if self.at < len(self.lines) else ""
        require(line.startswith(name + ": "), "%s: line %d should be `%s: ...`" % (self.what, self.at + 1, name))
        self.at += 1
        return line[len(name) + 2:]

    def take_hex(self, name):
        return hex_of(self.take(name), "%s: %s" % (self.what, name))

    def has(self, name):
        return self.at < len(self.lines) and self.lines[self.at].startswith(name + ":")

    def end(self):
        require(self.at == len(self.lines), "%s: line %d should not be there" % (self.what, self.at + 1))


def read_kept(path, wants_receipt):
    """A head, or a receipt, from a file; a receipt may stand for its head."""
    with open(path, "rb") as file:
        lines = Lines(file.read(), path)
    first = lines.lines[0] if lines.lines else ""
    is_receipt = first == "baton-receipt 1"
    require(is_receipt or (first == "baton-head 1" and not wants_receipt), "%s does not begin as it should" % path)
    lines.at = 1
    head = {"ledger": lines.take("ledger"), "digest": lines.take("digest")}
    require(is_id(head["ledger"]), "%s: '%s' is no id" % (path, head["ledger"]))
    require(head["digest"] in signatures.DIGESTS, "%s: an unknown digest" % path)
    head["size"], head["time"] = read_number(lines.take("size")), read_time(lines.take("time"))
    head["root"] = sized(lines.take_hex("root"), 32, "the root")
    head["key"] = sized(lines.take_hex("key"), 32, "the digest of the key")
    head["public_key"], head["signature"] = lines.take_hex("public_key"), lines.take_hex("signature")
    receipt = None
    if is_receipt:
        receipt = {"head": head, "position": read_number(lines.take("position"))}
        receipt["entry"] = lines.take_hex("entry") if lines.has("entry") else None
        receipt["leaf"] = sized(lines.take_hex("leaf"), 32, "the leaf")
        receipt["proof"] = []
        while lines.has("proof"):
            receipt["proof"].append(sized(lines.take_hex("proof"), 32, "a digest of the proof"))
        require(len(receipt["proof"]) <= PROOF_MOST, "%s: the proof is too long" % path)
    lines.end()
    check_head(head, head["public_key"], path)
    return receipt if wants_receipt else head


def check_head(head, key, what):
    made = signatures.DIGESTS[head["digest"]](key).digest()
    require(made == head["key"], "%s: the key is not the one that the head names" % what)
    require(signatures.holds(key, head_bytes(head), head["signature"]), "%s: the signature does not hold" % what)


def check_receipt(receipt, what):
    head = receipt["head"]
    tree = Tree(head["digest"])
    if receipt["entry"] is not None:
        require(tree.leaf(receipt["entry"]) == receipt["leaf"], "%s: the leaf is not that of the entry" % what)
        entry = read_entry(receipt["entry"], "%s: the entry" % what)
        require(entry["position"] == receipt["position"], "%s: the entry says another position" % what)
    require(tree.included(receipt["position"], head["size"], receipt["leaf"], receipt["proof"], head["root"]),
            "%s: the proof does not lead to the root" % what)


# The journal

class File:
    """Records of an exported journal, one after the other; all that was read goes into a digest."""

    def __init__(self, file):
        self.file, self.offset, self.records = file, 0, 0
        self.seen, self.digest = b"", None

    def read(self, size):
        data = self.file.read(size)
        require(len(data) == size, "the file ends within a record, at byte %d" % (self.offset + len(data)))
        self.offset += size
        return data

    def record(self):
        """Type and bytes of the next one; they are part of the digest once it is told to `take`."""
        head = self.read(9)
        size = int.from_bytes(head[1:], "big")
        require(size <= ENTRY_MOST + 4096, "record %d is too large" % (self.records + 1))
        body = self.read(size)
        self.records += 1
        return head[:1], body, head

    def begin(self, algorithm):
        self.digest = signatures.DIGESTS[algorithm](self.seen)

    def take(self, head, body):
        if self.digest is None:
            self.seen += head + body
        else:
            self.digest.update(head + body)


class Journal:
    def __init__(self):
        self.leaves, self.heads, self.keys = [], [], []  # keys: (first size of which heads are signed with it, DER)
        self.times = []
        self.named, self.erased = {}, {}  # digest -> position of the first entry that says so
        self.contents = self.erased_contents = self.orphans = 0
        self.content = None  # being read: digest, bytes left, digest object
        self.last_content = None

    def begin(self, body):
        data = Bytes(body, "the record L")
        self.id, self.algorithm, self.signature = data.text(), data.text(), data.text()
        self.created = data.number(8)
        data.end()
        require(is_id(self.id) and self.algorithm in signatures.DIGESTS and self.signature in signatures.KEYS and
                self.created <= TIME_MOST, "the record L is not sound")
        self.tree = Tree(self.algorithm)

    # Entries

    def entry(self, raw):
        position = len(self.leaves)
        what = "entry %d" % position
        entry = read_entry(raw, what)
        require(entry["position"] == position, "%s says that it is entry %d" % (what, entry["position"]))
        require(entry["time"] >= (self.times[-1] if position > 0 else self.created), "%s is older than the one before" % what)
        require((entry["kind"] == "ledger") == (position == 0), "%s is of kind %s" % (what, entry["kind"]))
        if position == 0:
            self.genesis(entry, what)
        elif entry["kind"] == "key":
            self.key(entry, what)
        elif entry["kind"] == "erasure":
            digest = field(entry, "content", b"c", what)
            self.erased.setdefault(digest, position)
        for digest in named(entry):
            self.named.setdefault(digest, position)
        self.leaves.append(self.tree.leaf(raw))
        self.times.append(entry["time"])

    def genesis(self, entry, what):
        for name, want in (("id", self.id), ("digest", self.algorithm), ("signature", self.signature)):
            require(field(entry, name, b"t", what) == want, "%s says another %s than the record L" % (what, name))
        self.keys.append((0, self.public_key(entry, what)))

    def public_key(self, entry, what):
        der = hex_of(field(entry, "public_key", b"t", what), what)
        require(signatures.algorithm_of(der) == self.signature, "%s has no key of %s" % (what, self.signature))
        return der

    def key(self, entry, what):
        old, new = self.keys[-1][1], self.public_key(entry, what)
        statement = (b"\x01" + string(b"baton-key") + string(self.id.encode("utf-8")) + self.tree.digest(old) + string(new))
        for name, der in (("old_signature", old), ("new_signature", new)):
            signature = hex_of(field(entry, name, b"t", what), what)
            require(signatures.holds(der, statement, signature), "%s: the %s does not hold" % (what, name))
        self.keys.append((entry["position"] + 1, new))

    def key_at(self, size):
        return [der for first, der in self.keys if first <= size][-1]

    # Heads

    def head(self, body):
        data = Bytes(body, "head %d" % (len(self.heads) + 1))
        head = {"ledger": self.id, "digest": self.algorithm, "size": data.number(8), "time": data.number(8),
                "root": data.take(32), "key": data.take(32), "signature": data.string()}
        data.end()
        size = head["size"]
        require(size > (self.heads[-1]["size"] if self.heads else 0) and size <= len(self.leaves),
                "a head of size %d stands where it cannot" % size)
        before = self.heads[-1]["size"] if self.heads else 0
        require(all(time == head["time"] for time in self.times[before:size]),
                "the head of size %d has another time than its entries, or a head is missing" % size)
        self.heads.append(head)

    # Contents

    def content_begins(self, body):
        self.content_ends()
        data = Bytes(body, "a content")
        digest, salt, media, size = data.take(32), data.string(), data.string(), data.number(8)
        data.end()
        what = "the content %s" % digest.hex()
        text_of(media, what)
        require(self.last_content is None or self.last_content < digest, "%s is out of order" % what)
        require(len(salt) in (0, 32) and len(media) <= MEDIA_MOST and size <= NUMBER_MOST, "%s is not sound" % what)
        self.last_content = digest
        self.contents += 1
        is_erased = len(salt) == 0
        require(not is_erased or (size == 0 and media == b""), "%s is erased and says what it was" % what)
        require(is_erased == (digest in self.erased),
                "%s is %s, and the entries say otherwise" % (what, "erased" if is_erased else "there"))
        self.erased_contents += is_erased
        if digest not in self.named:
            self.orphans += 1
        self.named.pop(digest, None)
        if not is_erased:
            self.content = [digest, size, signatures.DIGESTS[self.algorithm](b"\x02" + salt)]

    def content_bytes(self, body):
        require(self.content is not None and 0 < len(body) <= min(PIECE_MOST, self.content[1]),
                "there are bytes that belong to no content")
        self.content[1] -= len(body)
        self.content[2].update(body)

    def content_ends(self):
        if self.content is not None:
            digest, left, made = self.content
            require(left == 0, "the content %s lacks %d bytes" % (digest.hex(), left))
            require(made.digest() == digest, "the content %s is another one" % digest.hex())
        self.content = None

    # All of it

    def read(self, path):
        with open(path, "rb") as raw:
            file = File(raw)
            line = raw.read(len(LINE))
            require(line == LINE, "this is no exported journal")
            file.seen, file.offset = line, len(line)
            self.records(file)
            require(raw.read(1) == b"", "something stands behind the end")

    def records(self, file):
        kind, body, head = file.record()
        require(kind == b"L" and len(body) <= 4096, "the first record is not L")
        file.take(head, body)
        self.begin(body)
        file.begin(self.algorithm)
        is_behind = False  # contents have begun
        while True:
            kind, body, head = file.record()
            if kind == b"Z":
                break
            file.take(head, body)
            require(kind in b"EHCB", "record %d is of an unknown type" % file.records)
            require(not (is_behind and kind in b"EH"), "record %d stands behind the contents" % file.records)
            is_behind = is_behind or kind in b"CB"
            {b"E": self.entry, b"H": self.head, b"C": self.content_begins, b"B": self.content_bytes}[kind](body)
        self.content_ends()
        data = Bytes(body, "the record Z")
        require(data.number(8) == file.records - 1, "the number of records is another one")
        require(data.take(32) == file.digest.digest(), "the digest at the end is another one")
        data.end()

    def root_at(self, size):
        return self.roots[size]

    def check(self, kept_sizes):
        """What can be said only when all is read. kept_sizes: of heads that are held against the journal."""
        require(self.leaves, "there are no entries")
        require(self.heads, "there are no heads")
        wanted = {head["size"] for head in self.heads} | set(kept_sizes)
        self.roots = {0: self.tree.root()} if 0 in wanted else {}
        for leaf in self.leaves:
            self.tree.add(leaf)
            if self.tree.size in wanted:
                self.roots[self.tree.size] = self.tree.root()
        for head in self.heads:
            what = "the head of size %d" % head["size"]
            require(head["root"] == self.roots[head["size"]], "%s has another root than the entries" % what)
            key = self.key_at(head["size"])
            require(self.tree.digest(key) == head["key"], "%s is of a key that was not in force" % what)
            check_head(head, key, what)
        require(self.heads[-1]["size"] == len(self.leaves), "no head covers the last entries")
        for digest, position in self.named.items():
            raise Wrong("the content %s, which entry %d names, is missing" % (digest.hex(), position))

    def check_kept(self, head, what):
        require(head["ledger"] == self.id and head["digest"] == self.algorithm, "%s is another ledger's" % what)
        require(head["size"] <= len(self.leaves), "%s is of more entries than there are" % what)
        require(self.roots.get(head["size"]) == head["root"], "the journal does not extend %s: it was rewritten" % what)
        require(self.tree.digest(self.key_at(head["size"])) == head["key"],
                "%s is of a key that was not in force" % what)

    def check_receipt(self, receipt, what):
        self.check_kept(receipt["head"], what)
        require(self.leaves[receipt["position"]] == receipt["leaf"], "the journal has another entry than %s" % what)


def verify(journal_path, since, receipts, heads):
    """What to say when all holds."""
    said = []
    kept = [(path, read_kept(path, False)) for path in since]
    proved = [(path, read_kept(path, True)) for path in receipts]
    for path in heads:
        head = read_kept(path, False)
        said.append("%s: a head of the ledger %s, %d entries" % (path, head["ledger"], head["size"]))
    for path, receipt in proved:
        check_receipt(receipt, path)
        said.append("%s: entry %d of the ledger %s" % (path, receipt["position"], receipt["head"]["ledger"]))
    if journal_path is not None:
        journal = Journal()
        journal.read(journal_path)
        journal.check([head["size"] for _, head in kept] + [receipt["head"]["size"] for _, receipt in proved])
        for path, head in kept:
            journal.check_kept(head, path)
            said.append("%s: the journal extends it" % path)
        for path, receipt in proved:
            journal.check_receipt(receipt, path)
        said.append("ledger %s (%s, %s): %d entries, %d heads, %d keys, %d contents (%d erased, %d that no entry names)" % (
            journal.id, journal.algorithm, journal.signature, len(journal.leaves), len(journal.heads), len(journal.keys),
            journal.contents, journal.erased_contents, journal.orphans))
        said.append("root %s" % journal.heads[-1]["root"].hex())
    return said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("journal", nargs="?")
    parser.add_argument("--since", action="append", default=[], metavar="HEAD")
    parser.add_argument("--receipt", action="append", default=[])
    parser.add_argument("--head", action="append", default=[])
    asked = parser.parse_args()
    if asked.journal is None and (asked.since or not asked.receipt + asked.head):
        parser.error("a journal, a receipt or a head is needed")
    try:
        said = verify(asked.journal, asked.since, asked.receipt, asked.head)
    except Wrong as wrong:
        print("DOES NOT HOLD: %s" % wrong)
        return 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    for line in said:
        print(line)
    print("HOLDS")
    return 0


if __name__ == "__main__":
    sys.exit(main())
