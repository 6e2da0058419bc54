"""Packages with something planted in them: a base package, and files NAME.case that change it and name the findings that
`baton check` must have. tests/broken and tests/lint run them; tests/broken/README.md has the form of a case."""
import os
import pty
import re
import shutil
import subprocess

import sheets

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CODES = os.path.join(ROOT, "include", "baton", "code.def")
TEXT = r'"((?:[^"\\]|\\.)*)"'
ENTRY = re.compile(
    r"^X\((\w+), (\d+), (\d+), (\d), BATON_(\w+), " + ", ".join([TEXT] * 4) + r"\)$", re.M)
LANGUAGES = ("en", "zh")
HAN = re.compile("[\u4e00-\u9fff]")
SECONDS = 120


class Code:
    """An entry of code.def."""

    def __init__(self, match):
        self.name, self.number, self.exit = match[1], int(match[2]), int(match[4])
        self.severity, self.is_error = match[5], match[5] == "ERROR"
        texts = [match[i].replace('\\"', '"').replace("\\\\", "\\") for i in range(6, 10)]
        self.message = dict(zip(LANGUAGES, texts[:2]))
        self.advice = dict(zip(LANGUAGES, texts[2:]))

    def pattern(self, language):
        """What the message looks like with any arguments put in."""
        text = re.escape(self.message[language])
        text = re.sub(r"\\\{\\?[?!]\d", "(?:", text)
        text = text.replace(r"\}", ")?")
        return re.compile(re.sub(r"%[1-4]", "(?:.|\n)*?", text))


class Wrong(Exception):
    """A case that does not hold."""


class Case:
    """A file NAME.case."""

    def __init__(self, path):
        self.name = os.path.basename(path)[: -len(".case")]
        self.expected, self.run, self.exit, self.terminal = [], None, None, False
        self.says = []  # (index of the expected finding, language, what its message has to hold)
        self.sections = []
        with open(path, encoding="utf-8", newline="\n") as file:
            lines = file.read().split("\n")
        if lines and lines[-1] == "":
            lines.pop()
        at = 0
        while at < len(lines) and not lines[at].startswith("--- "):
            self.head(lines[at])
            at += 1
        while at < len(lines):
            path, _, flags = lines[at][4:].partition(" | ")
            at += 1
            start = at
            while at < len(lines) and not lines[at].startswith("--- "):
                at += 1
            self.sections.append((path.strip(), flags.split(), lines[start:at]))
        if not self.expected:
            raise Wrong("the case names no code")

    def head(self, line):
        key, _, value = line.partition(":")
        value = value.strip()
        if key == "code":
            self.expected.append([value, None])
        elif key == "at":
            self.expected[-1][1] = value
        elif key in LANGUAGES:
            self.says.append((len(self.expected) - 1, key, value))
        elif key == "run":
            self.run = value.split()
        elif key == "terminal":
            self.terminal = value == "yes"
        elif key == "exit":
            self.exit = int(value)
        elif key != "about" and line.strip():
            raise Wrong("'%s' is no key of a case" % key)


def expanded(text):
    """{{N x TEXT}} is TEXT N times, # in it being 1, 2, ..."""

    def repeat(match):
        body = match[2]
        if "#" not in body:
            return body * int(match[1])
        return "".join(body.replace("#", str(i + 1)) for i in range(int(match[1])))

    return re.sub(r"\{\{(\d+) x (.*?)\}\}", repeat, text, flags=re.S)


def escaped(text):
    """\\xHH is a byte, \\r \\n \\t \\\\ as in C."""
    plain = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"\\": b"\\"}
    return re.sub(
        rb"\\(x[0-9A-Fa-f]{2}|[rnt\\])",
        lambda m: bytes([int(m[1][1:], 16)]) if m[1][:1] == b"x" else plain[m[1]],
        text.encode())


def replaced(old, lines):
    """Each line -OLD of the file gives way to the lines +NEW behind it; lines +NEW before any - go to the end."""
    text = old.split("\n")
    if text[-1] == "":
        text.pop()
    at = None
    for line in lines:
        if line.startswith("-"):
            if line[1:] not in text:
                raise Wrong("the file has no line '%s'" % line[1:])
            at = text.index(line[1:])
            text.pop(at)
        elif line.startswith("+"):
            if at is None:
                text.append(line[1:])
            else:
                text.insert(at, line[1:])
                at += 1
        else:
            raise Wrong("a line to replace begins with - or +: '%s'" % line)
    return "\n".join(text) + "\n"


def rewritten(old, lines):
    """Each line /PATTERN/TEXT/ (any character for /) puts TEXT for what the expression matches, and has to match."""
    for line in lines:
        mark = line[:1]
        parts = line.split(mark) if mark else []
        if len(parts) != 4 or parts[3]:
            raise Wrong("a line to rewrite is /PATTERN/TEXT/: '%s'" % line)
        old, count = re.subn(parts[1], parts[2], old, flags=re.M)
        if count == 0:
            raise Wrong("nothing in the file matches '%s'" % parts[1])
    return old


def make(case, base, folder):
    """The package of the case, made from the base package; its path."""
    result = package = os.path.join(folder, "package")
    shutil.copytree(base, package)
    for name, flags, lines in case.sections:
        path = os.path.join(package, name)
        if "delete" in flags:
            (shutil.rmtree if os.path.isdir(path) else os.remove)(path)
            continue
        if "folder" in flags:
            if os.path.exists(path):
                os.remove(path)
            os.makedirs(path)
            continue
        if "copy" in flags:
            shutil.copytree(base, path)
            continue
        if "workbook" in flags:  # what has been made so far becomes one; what comes then is made beside it
            with open(os.path.join(os.path.dirname(base), "workbook-scheme.csv"), encoding="utf-8") as file:
                scheme = sheets.records(file.read())
            book = os.path.join(folder, name)
            sheets.make(book, package, scheme, expanded("\n".join(lines)).split("\n") if lines else [])
            result = book
            continue
        if "replace" in flags:
            with open(path, encoding="utf-8") as file:
                text = replaced(file.read(), lines)
        elif "rewrite" in flags:
            with open(path, encoding="utf-8") as file:
                text = rewritten(file.read(), lines)
        else:
            text = "\n".join(lines) + ("\n" if lines else "")
        if "unended" in flags:
            text = text[:-1]
        if "expand" in flags:
            text = expanded(text)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = escaped(text) if "escapes" in flags else text.encode()
        if "gb18030" in flags:
            data = text.encode("gb18030")
        with open(path, "wb") as file:
            file.write(data)
    return result


def invoke_on_terminal(baton, arguments, language, folder):
    """The same with a terminal for standard output; what goes there is dropped."""
    ours, theirs = pty.openpty()
    try:
        locale = {"en": "en_GB.UTF-8", "zh": "zh_CN.UTF-8"}[language]
        environment = dict(os.environ, LC_ALL=locale, LANG=locale, LANGUAGE="")
        done = subprocess.run([baton, *arguments], stdout=theirs, stderr=subprocess.PIPE, cwd=folder, env=environment,
                              stdin=subprocess.DEVNULL, timeout=SECONDS)
    finally:
        os.close(ours)
        os.close(theirs)
    return done.returncode, "", done.stderr.decode("utf-8", "replace")


def invoke(baton, arguments, language, folder):
    locale = {"en": "en_GB.UTF-8", "zh": "zh_CN.UTF-8"}[language]
    environment = dict(os.environ, LC_ALL=locale, LANG=locale, LANGUAGE="")
    done = subprocess.run([baton, *arguments], capture_output=True, cwd=folder, env=environment,
                          stdin=subprocess.DEVNULL, timeout=SECONDS)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def place(finding):
    return ":".join(str(finding[k]) for k in ("file", "row") if finding[k]) or "-"


def check_says(case, found, language):
    """The messages hold what the case says of them."""
    for index, wanted, text in case.says:
        name, at = case.expected[index]
        messages = [f["message"] for f in found if f["code"] == name and at in (None, place(f))]
        if wanted == language and not any(text in message for message in messages):
            raise Wrong("%s: %s does not say '%s': %s" % (language, name, text, messages))


def check_words(code, finding, language):
    """A finding has all its words, in its language, and shows no template."""
    if not finding["message"] or (code.advice[language] and not finding["advice"]):
        raise Wrong("%s: %s has no words" % (language, code.name))
    words = " ".join(finding[part] or "" for part in ("message", "why", "advice"))
    if re.search(r"%[1-4]|\{[?!]", words) or words.count("{") != words.count("}"):
        raise Wrong("%s: %s shows its template: %s" % (language, code.name, words))
    if language == "zh" and not HAN.search(finding["message"]):
        raise Wrong("zh: %s is not in Chinese: %s" % (code.name, finding["message"]))


def read_codes():
    """The entries of code.def by name."""
    with open(CODES, encoding="utf-8") as file:
        return {m[1]: Code(m) for m in ENTRY.finditer(file.read())}


def binary(arguments):
    """The binary to test: the first argument, which is taken out, else $BATON; None where there is none."""
    found = os.environ.get("BATON")
    if arguments and (os.sep in arguments[0] or not found):
        found = arguments.pop(0)
    return found and os.path.abspath(found)


def cases_of(folder, names):
    """The paths of the cases of a folder; only those of the names, where any is given."""
    return [os.path.join(folder, n) for n in sorted(os.listdir(folder))
            if n.endswith(".case") and (not names or n[: -len(".case")] in names)]


def report(results):
    """Prints what became of each case, (name, why it does not hold or None), and the count; the exit status."""
    for name, why in results:
        print("ok %s" % name if why is None else "FAIL %s: %s" % (name, why))
    failed = sum(why is not None for _, why in results)
    print("%d passed, %d failed" % (len(results) - failed, failed))
    return 1 if failed or not results else 0
