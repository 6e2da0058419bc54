"""The page of limits and src/base/limits.h: the same limits, in the same order, with the same values, and codes that there are."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADER, PAGE = "src/base/limits.h", "docs/limits.md"
UNITS = {"": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}


def in_header():
    text = re.sub(r"/\*.*?\*/", "", (ROOT / HEADER).read_text(encoding="utf-8"), flags=re.S).replace("\\\n", " ")
    for name, value in re.findall(r"^#define (LIMIT_\w+) +(.+?) *$", text, re.M):
        shifted = re.fullmatch(r"\(\(uint64_t\)(\d+) << (\d+)\)", value)
        yield name, int(shifted[1]) << int(shifted[2]) if shifted else int(value)


def on_page():
    for row in (ROOT / PAGE).read_text(encoding="utf-8").split("\n"):
        cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        if len(cells) == 4 and cells[0].startswith("`LIMIT_"):
            number, _, unit = cells[1].replace(",", "").partition(" ")
            yield cells[0].strip("`"), int(number) * UNITS[unit], cells[2], cells[3].split(", ")


def problems():
    codes = set(re.findall(r"^X\((\w+), ", (ROOT / "include/baton/code.def").read_text(encoding="utf-8"), re.M))
    header, page = list(in_header()), list(on_page())
    found = ["%s is not on the page" % name for name, _ in header if name not in {row[0] for row in page}]
    values = dict(header)
    for name, value, reason, named in page:
        if name not in values:
            found.append("%s is not in the header" % name)
        elif values[name] != value:
            found.append("%s is %d, not %d" % (name, values[name], value))
        if len(reason.split()) < 2:
            found.append("%s has no reason" % name)
        found += ["%s: there is no code %s" % (name, code) for code in named if code not in codes]
    if len(page) != len({row[0] for row in page}):
        found.append("a limit has two rows")
    return found if header else ["the header has no limits"]
