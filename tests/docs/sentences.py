"""The sentences of the package format, and the worked cases that hold the program to each.

`../cases/sentences.csv` has a row for every sentence of docs/package-format.md that tells how things are, in the order of the
document: its section, its first words, the cases that would fail if it did not hold, and, where it states no rule that a case
could show, `-` and why. What is named is a folder of tests/cases, `broken:NAME` for one of tests/broken, or the path of
another test below tests/ (`cli/check.sh`).

A sentence ends with a full stop or a semicolon outside of brackets and code; a row of a table is one, and each further
sentence in it. Headings, heads of tables, fenced blocks and example packages (which have tests of their own) are none.
"""
import csv
import os
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = "docs/package-format.md"
TABLE = "tests/cases/sentences.csv"
COLUMNS = ["section", "sentence", "cases", "why"]
FIRST, BEHIND = "What holds for all tables", "Not yet in the program"  # headings: the sentences in between are looked at
SHORTEST = 8  # characters that the first words have at least, where the sentence has so many


def blocks(text):
    """(section, text) of each paragraph, item of a list and row of a table between the two headings."""
    text = re.sub(r"^<!-- package: \S+ -->$.*?^<!-- end of package -->$", "", text, flags=re.S | re.M)
    text = re.sub(r"^```.*?^```$", "", text, flags=re.S | re.M)
    section, inside, gathered = "", False, []
    lines = text.split("\n") + [""]
    for number, line in enumerate(lines[:-1]):
        heading = re.match(r"#+ +(.*)$", line)
        starts = heading or not line.strip() or re.match(r"\||- ", line)
        if starts and gathered:
            yield section, " ".join(gathered)
            gathered = []
        if heading:
            section = heading[1]
            inside = section != BEHIND and (inside or section == FIRST)
        elif inside and line.strip():
            rules_off = re.fullmatch(r"\|[-| ]+\|", line), re.fullmatch(r"\|[-| ]+\|", lines[number + 1])
            if not any(rules_off):
                gathered.append(re.sub(r"^- ", "", line.strip()))
    if gathered:
        yield section, " ".join(gathered)


def sentences_of(block):
    ends = ".;" if not block.startswith("|") else "."
    start, depth, code = 0, 0, False
    for i, c in enumerate(block):
        if c == "`":
            code = not code
        elif not code and c in "([":
            depth += 1
        elif not code and c in ")]":
            depth -= 1
        elif not code and depth == 0 and c in ends and block[i + 1:i + 2] == " ":
            yield block[start:i + 1].strip()
            start = i + 1
    yield block[start:].strip()


def sentences():
    text = (ROOT / DOCUMENT).read_text(encoding="utf-8")
    return [(section, sentence) for section, block in blocks(text) for sentence in sentences_of(block)
            if sentence.strip("| ")]


def rows():
    with open(ROOT / TABLE, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS, reader.fieldnames
        return list(reader)


def cases_there():
    top = ROOT / "tests/cases"
    return {name for name in os.listdir(top) if (top / name / "package").is_dir()}


def is_there(name, cases):
    if name.startswith("broken:"):
        return (ROOT / "tests/broken" / (name[len("broken:"):] + ".case")).is_file()
    return name in cases if "/" not in name else (ROOT / "tests" / name).is_file()


def begins(row, section, sentence):
    return row["section"] == section and sentence.startswith(row["sentence"])


def check_document(table, found):
    """Each sentence has one row, each row one sentence, and both are in the same order."""
    problems = []
    for section, sentence in found:
        count = sum(begins(row, section, sentence) for row in table)
        if count != 1:
            problems.append("%s: %d rows for %r" % (section, count, sentence[:90]))
    for row in table:
        count = sum(begins(row, section, sentence) for section, sentence in found)
        if count != 1:
            problems.append("%s: %d sentences begin with %r" % (row["section"], count, row["sentence"]))
    if not problems:
        problems = ["%s: %r is not in its place" % (row["section"], row["sentence"])
                    for row, (section, sentence) in zip(table, found) if not begins(row, section, sentence)]
    return problems


def check_rows(table, cases):
    problems = []
    for row in table:
        names, where = row["cases"].split(), "%s: %r" % (row["section"], row["sentence"])
        if names == ["-"]:
            problems += [] if row["why"] else [where + " says neither cases nor why it has none"]
        else:
            problems += ["%s names %s, which is not there" % (where, n) for n in names if not is_there(n, cases)]
            problems += [] if names else [where + " has no case"]
        if len(set(names)) != len(names):
            problems.append(where + " names a case twice")
    return problems


def check_first_words(table, found):
    """First words that hardly say anything would go with any sentence."""
    return ["%s: %r is too short" % (row["section"], row["sentence"]) for row in table
            for section, sentence in found
            if begins(row, section, sentence) and len(row["sentence"]) < min(SHORTEST, len(sentence))]


def checks():
    """[(name, problems)]"""
    table, found, cases = rows(), sentences(), cases_there()
    named = {name for row in table for name in row["cases"].split()}
    return [
        ("every sentence of %s has its row in %s" % (DOCUMENT, TABLE), check_document(table, found)),
        ("every row of %s has cases that are there, or says why not" % TABLE, check_rows(table, cases)),
        ("%s tells its sentences apart" % TABLE, check_first_words(table, found)),
        ("every worked case holds a sentence", ["%s is not named" % c for c in sorted(cases - named)]),
    ]
