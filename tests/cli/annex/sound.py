#!/usr/bin/env python3
"""What holds of any annex, whatever the scheme: sound.py text WIDTH FILE | markdown FILE | html LANGUAGE FILE.

Text is no wider than WIDTH. Rows of a Markdown table have as many cells as its head, and the points of the blocks of each
group add up to its full score. HTML closes every tag, has no script and asks for no other file."""
import html.parser
import re
import sys
import unicodedata

VOID = {"meta", "br", "link", "img", "hr", "input"}


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def text(limit, lines):
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\n")
        assert width(line) <= int(limit), f"line {number} is too wide: {line}"
        assert line == line.rstrip(), f"line {number} ends with blanks"


def cells(line):
    """The cells of a row: bars that are not escaped part them, also inside of code."""
    assert line.startswith("| ") and line.rstrip().endswith("|"), line
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])]


def tables(lines):
    """(heading above, rows) of each table."""
    heading, rows = "", []
    for line in lines + [""]:
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            yield heading, rows
            rows = []
        if line.startswith("#"):
            heading = line.strip()


def markdown(lines):
    groups = 0
    for heading, rows in tables(lines):
        head = cells(rows[0])
        assert re.fullmatch(r"(\|(---|--:|:-:))+\|", rows[1].strip()), rows[1]
        assert rows[1].strip().count("|") - 1 == len(head), heading
        for row in rows[2:]:
            assert len(cells(row)) == len(head), f"{heading}: {row}"
        full = re.search(r"(?:满分([\d.]+)分）|\(([\d.]+) points\))$", heading)
        if full is None or head[1] not in ("分值", "points"):
            continue
        points = [float(cell[1].strip("*")) for cell in map(cells, rows[2:]) if cell[0].startswith("**")]
        want = float(full[1] or full[2])
        groups += 1
        assert abs(sum(points) - want) < 0.001, f"{heading}: the blocks add up to {sum(points)}"
    assert groups > 0, "no group has a table of points"


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.seen, self.language, self.columns = [], set(), None, None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.seen.add(tag)
        assert tag not in ("script", "link", "iframe", "img", "object"), f"<{tag}>"
        assert not any(name in ("src", "href") or name.startswith("on") for name in attributes), attributes
        if tag == "html":
            self.language = attributes.get("lang")
        if tag == "tr":
            self.cells = 0
        if tag in ("td", "th"):
            self.cells += 1
        if tag == "table":
            self.columns = None
        if tag not in VOID:
            self.open.append(tag)
        # What may stand inside of what.
        inside = self.open[-2] if len(self.open) > 1 else None
        if tag == "li":
            assert inside == "ul", inside
        if tag in ("p", "h2", "h3", "table"):
            assert inside in ("main", "blockquote", "div"), inside

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"
        if tag == "tr":
            assert self.columns in (None, self.cells), "rows of a table differ"
            self.columns = self.cells

    def handle_data(self, data):
        assert "style" in self.open or not re.search(r"&(amp|lt|gt|quot);", data), data


def page(language, lines):
    text_ = "".join(lines)
    assert text_.startswith("<!DOCTYPE html>\n")
    checked = Page()
    checked.feed(text_)
    checked.close()
    assert not checked.open, f"not closed: {checked.open}"
    assert checked.language == {"zh": "zh-CN", "en": "en"}[language], checked.language
    assert {"h1", "h2", "h3", "table", "thead", "tbody", "blockquote", "code"} <= checked.seen, checked.seen
    # Nothing of a package is a tag: all that there are, are ours.
    assert checked.seen <= {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "div", "table", "thead",
                            "tbody", "tr", "th", "td", "br", "ul", "li", "blockquote", "code"}, checked.seen
    assert "@page" in text_ and "url(" not in text_


def main(arguments):
    lines = open(arguments[-1], encoding="utf-8").readlines()
    if arguments[0] == "text":
        text(arguments[1], lines)
    elif arguments[0] == "markdown":
        markdown(lines)
    else:
        page(arguments[1], lines)


if __name__ == "__main__":
    main(sys.argv[1:])
