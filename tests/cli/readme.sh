#!/bin/bash
# What the READMEs show is what comes out: in a block of ```console each line `$ baton ...` is run at the root, and what
# follows it is its output, with what it says on stderr at the end; behind `| head -n N` only the first lines of the output.
# With UPDATE=1 in the environment the blocks are written anew instead.
. "$ROOT/tests/cli/lib.sh"

cd "$ROOT" || exit
for file in README*.md $(grep -l '^```console' examples/*/README*.md); do
    t "what $file shows"
    holds python3 - "$ROOT/$file" <<'PYTHON'
import os, re, shlex, subprocess, sys
path = sys.argv[1]
text = open(path, encoding="utf-8").read()
shown = 0

def run(command):
    command, _, first = command.partition(" | head -n ")
    words = shlex.split(command)
    assert words[0] == "baton", command
    done = subprocess.run([os.environ["BATON"], *words[1:]], cwd=os.environ["ROOT"], capture_output=True, check=True)
    lines = done.stdout.decode("utf-8").splitlines(keepends=True)
    return "".join(lines[:int(first)] if first else lines) + done.stderr.decode("utf-8")

def block(match):
    global shown
    commands = re.findall(r"^\$ (.*)$", match[1], re.M)
    assert commands, f"{path}: a block without a command"
    shown += len(commands)
    return "```console\n" + "".join(f"$ {command}\n{run(command)}" for command in commands) + "```\n"

now = re.sub(r"^```console\n(.*?)^```\n", block, text, flags=re.S | re.M)
assert shown >= 2, f"{path} shows nothing"
if os.environ.get("UPDATE"):
    open(path, "w", encoding="utf-8").write(now)
elif now != text:
    pairs = zip(text.split("\n"), now.split("\n"))
    wrong = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    sys.exit(f"{path} shows\n    {wrong[0]}\nand what comes out is\n    {wrong[1]}")
PYTHON
done
