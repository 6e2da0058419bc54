#!/bin/bash
# The table for people: widths, languages, colour, a terminal.
. "$ROOT/tests/cli/lib.sh"
league=$ROOT/tests/cli/league
expected=$ROOT/tests/cli/expected

for language in zh en; do
    for width in 60 80 120; do
        t "in $language, $width columns"
        baton score "$league" --lang $language --width $width
        exits 0
        quiet
        same "$expected/league-$language-$width.txt"
    done
done

t "no line is wider than the page"
for language in zh en; do
    for width in 60 61 70 77 80 93 100 140 200; do
        baton score "$ROOT/examples/city" --lang $language --width $width
        exits 0
        holds python3 - $width <<'PYTHON'
import sys, unicodedata
width = int(sys.argv[1])
for number, line in enumerate(open("out", encoding="utf-8"), 1):
    line = line.rstrip("\n")
    columns = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
    assert columns <= width, (number, columns, line)
    assert line == line.rstrip(), (number, "ends with blanks")
PYTHON
    done
done

t "100 columns where there is no terminal"
baton score "$league"
exits 0
cp out plain
COLUMNS=60 baton score "$league"
holds cmp out plain
baton score "$league" --width 100
holds cmp out plain

t "a package without ratings, grades, names or earlier results"
mkdir bare
cat >bare/scheme.yaml <<'YAML'
baton: 1
id: bare
title: {en: Bare}
period: 2021
frequency: year
groups: [{id: g}]
YAML
printf 'id,name,group\na,A,g\nb,B,g\n' >bare/units.csv
printf 'id,name,parent,weight,method\nx,X,,1,direct\n' >bare/indicators.csv
printf 'unit,element,period,value\na,x,2021,50\nb,x,2021,\n' >bare/observations.csv
baton score bare
exits 0
prints "Without a total: B."
prints_not "±"
prints_not "Grade"
prints_not "Ratings"

t "no colour in a file, colour when asked for"
baton score "$league"
exits 0
holds test "$(grep -c $'\033' out)" -eq 0
baton score "$league" --color always --lang zh
prints $'\033[31m▲2'
prints $'\033[32m▼1'
baton score "$league" --color always --lang en
prints $'\033[32m▲2'
prints $'\033[31m▼1'

# A terminal of 90 columns: what it gets, in ./out.
terminal() {
    status=0
    python3 - "$@" <<'PYTHON' >out || status=$?
import fcntl, os, pty, struct, sys, termios
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 90, 0, 0))
    os.execv(os.environ["BATON"], ["baton", *sys.argv[1:]])
text = b""
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:
        break
    if not part:
        break
    text += part
sys.stdout.buffer.write(text.replace(b"\r\n", b"\n"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
PYTHON
}

t "a terminal: its width and colour"
TERM=xterm terminal score "$league"
exits 0
prints $'\033[1m'
cp out coloured
baton score "$league" --width 90 --color always
holds cmp out coloured
TERM=xterm NO_COLOR=1 terminal score "$league"
exits 0
holds test "$(grep -c $'\033' out)" -eq 0
TERM=dumb terminal score "$league"
exits 0
holds test "$(grep -c $'\033' out)" -eq 0
TERM=xterm terminal score "$league" --color never
exits 0
holds test "$(grep -c $'\033' out)" -eq 0
