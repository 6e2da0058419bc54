#!/bin/bash
# What docs/ledger.md and docs/collection.md show, and both in Chinese, is what comes out: its ```console blocks are run one after the other in a folder that has the examples, and what
# they show is compared, but for times, digests and sizes. Blocks of ```sh are commands that prepare something and show nothing. With UPDATE=1 in the
# environment the blocks are written anew instead.
. "$ROOT/tests/cli/lib.sh"

names=(ledger collection)
if [ -n "${BATON_TEST_DOCS:-}${UPDATE:-}" ]; then names+=(ledger.zh-CN collection.zh-CN); fi # the same walks again: left to the slow tests
for name in "${names[@]}"; do
    t "what docs/$name.md shows"
    mkdir "$name"
    ln -s "$ROOT/examples" "$name/examples"
    holds python3 - "$ROOT/docs/$name.md" "$name" <<'PYTHON'
import os, re, shlex, subprocess, sys
path, folder = sys.argv[1:]
text = open(path, encoding="utf-8").read()
shown = 0

def run(command):
    command, _, first = command.partition(" | head -n ")
    words = shlex.split(command)
    assert words[0] == "baton", command
    done = subprocess.run([os.environ["BATON"], *words[1:]], cwd=folder, capture_output=True)
    lines = done.stdout.decode("utf-8").splitlines(keepends=True)
    return "".join(lines[:int(first)] if first else lines) + done.stderr.decode("utf-8")

def block(match):
    global shown
    if match[1] == "sh":
        subprocess.run(["sh", "-ec", match[2]], cwd=folder, check=True, capture_output=True)
        return match[0]
    commands = re.findall(r"^\$ (.*)$", match[2], re.M)
    assert commands, f"{path}: a block without a command"
    shown += len(commands)
    return "```console\n" + "".join(f"$ {command}\n{run(command)}" for command in commands) + "```\n"

def plain(text):
    if "/collection." not in path:  # the days of a calendar are what it is about
        text = re.sub(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", "TIME", text)
    text = re.sub(r"20(2[6-9]|[3-9]\d)-\d\d-\d\d( \d\d:\d\d)?", "TIME", text)  # when the test runs
    text = re.sub(r"\b[0-9a-f]{8}…", "DIGEST…", text)
    return re.sub(r"\b[0-9a-f]{64}\b", "DIGEST", text)

now = re.sub(r"^```(console|sh)\n(.*?)^```\n", block, text, flags=re.S | re.M)
assert shown >= 10, f"{path} shows only {shown} commands"
if os.environ.get("UPDATE"):
    open(path, "w", encoding="utf-8").write(now)
elif plain(now) != plain(text):
    pairs = zip(plain(text).split("\n"), plain(now).split("\n"))
    wrong = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    sys.exit(f"{path} shows\n    {wrong[0]}\nand what comes out is\n    {wrong[1]}")
PYTHON
done
