"""Reads a package's folder: CSV tables and the YAML of scheme.yaml, as far as sound packages need it.

The YAML has maps and lists, by indentation or in braces, and scalars, plain or in quotes; every scalar is text."""
import csv
import io
import os
import re


class YamlReader:
    """Flow and block YAML by recursive descent over one text; self.at is where it stands."""

    def __init__(self, text):
        self.lines = [line for line in self.joined(text) if line.strip()]
        self.at = 0

    @staticmethod
    def without_comment(line, quote):
        """The line up to a comment, and the quote that stays open at its end."""
        kept = ""
        for i, c in enumerate(line):
            if quote:
                quote = "" if c == quote else quote
            elif c in "'\"" and (not kept.strip() or kept.rstrip()[-1] in ":,[{-"):
                quote = c
            elif c == "#" and (i == 0 or line[i - 1] in " \t"):
                break
            kept += c
        return kept, quote

    @classmethod
    def joined(cls, text):
        """Lines without comments; what stands in open braces or quotes is one line."""
        found, open_line, quote = [], "", ""
        for line in text.split("\n"):
            line, quote = cls.without_comment(line, quote)
            open_line = open_line + " " + line.strip() if open_line else line.rstrip()
            bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'", "", open_line)
            if quote or sum(bare.count(c) for c in "[{") > sum(bare.count(c) for c in "]}"):
                continue
            found.append(open_line)
            open_line = ""
        return found + [open_line]

    def block(self, indent):
        line = self.lines[self.at]
        if line.lstrip().startswith("- "):
            items = []
            while self.at < len(self.lines) and self.indent() == indent and self.lines[self.at].lstrip().startswith("-"):
                self.lines[self.at] = " " * (indent + 2) + self.lines[self.at][indent + 2:]
                items.append(self.block(indent + 2 + self.extra(indent + 2)))
            return items
        if not self.key_of(line.strip()):
            self.at += 1
            return flow(line.strip())
        keys = {}
        while self.at < len(self.lines) and self.indent() == indent:
            key, rest = self.key_of(self.lines[self.at].strip())
            if rest:
                self.at += 1
                keys[key] = flow(rest)
            else:
                self.at += 1
                deeper = self.at < len(self.lines) and (
                    self.indent() > indent or (self.indent() == indent and self.lines[self.at].lstrip().startswith("- ")))
                keys[key] = self.block(self.indent()) if deeper else ""
        return keys

    def indent(self):
        return len(self.lines[self.at]) - len(self.lines[self.at].lstrip())

    def extra(self, indent):
        return self.indent() - indent

    @staticmethod
    def key_of(text):
        """(key, rest) of a line `key: rest`, or None."""
        if text[:1] in "[{":
            return None
        match = re.match(r"(?:\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|([^\"'].*?))\s*:(?:\s+(.*))?$", text)
        return (match[1] or match[2] or match[3], match[4] or "") if match else None


def flow(text):
    value, at = flow_value(text, 0)
    if text[at:].strip():
        raise ValueError("more than a value: " + text)
    return value


def skip(text, at):
    while at < len(text) and text[at] in " \t\n":
        at += 1
    return at


def flow_value(text, at):
    at = skip(text, at)
    if text[at] == "[":
        items, at = [], skip(text, at + 1)
        while text[at] != "]":
            value, at = flow_value(text, at)
            items.append(value)
            at = skip(text, at)
            at = skip(text, at + 1) if text[at] == "," else at
        return items, at + 1
    if text[at] == "{":
        keys, at = {}, skip(text, at + 1)
        while text[at] != "}":
            key, at = flow_value(text, at)
            at = skip(text, at)
            if text[at] == ":":
                keys[key], at = flow_value(text, at + 1)
            at = skip(text, at)
            at = skip(text, at + 1) if text[at] == "," else at
        return keys, at + 1
    if text[at] == "'":
        match = re.compile(r"'((?:[^']|'')*)'").match(text, at)
        return match[1].replace("''", "'"), match.end()
    if text[at] == '"':
        match = re.compile(r'"((?:[^"\\]|\\.)*)"').match(text, at)
        return re.sub(r"\\(.)", r"\1", match[1]), match.end()
    end, depth_free = at, text[:1] not in "[{"
    while end < len(text):
        if text[end] in ",]}" and not depth_free:
            break
        if text[end] == ":" and (end + 1 == len(text) or text[end + 1] in " ,]}") and not depth_free:
            break
        end += 1
    return text[at:end].strip(), end


def read_yaml(path):
    with open(path, encoding="utf-8") as file:
        reader = YamlReader(file.read())
    return reader.block(0)


def read_table(folder, name):
    """Rows of a table as dicts of stripped texts; [] where the file is not there."""
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return []
    with open(path, "rb") as file:
        data = file.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    rows = [[field.strip() for field in row] for row in csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)]
    rows = [row for row in rows if any(row)]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def number(text, measure=None):
    """A number as written in a table or in YAML; None where empty. `30%` is 0.3 unless the measure is %."""
    if text is None or text == "" or text == "none":
        return None
    if text.endswith("%"):
        return float(text[:-1]) if measure == "%" else float(text[:-1]) / 100
    return float(text)
