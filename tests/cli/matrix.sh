#!/bin/bash
# baton matrix: what is shown, for whom, in which form. What the numbers are is checked in tests/matrix.
. "$ROOT/tests/cli/lib.sh"
league=$ROOT/tests/cli/league
expected=$ROOT/tests/cli/expected

for language in zh en; do
    t "every table in $language"
    : >all
    for what in ranks scores ratings points lost contributions from-mean from-best units indicators lists; do
        baton matrix "$league" --lang $language --what $what
        exits 0
        quiet
        cat out >>all
    done
    mv all out
    same "$expected/matrix-$language.txt"
done

t "ranks are what is shown where nothing else is asked for"
baton matrix "$league"
exits 0
cp out ranks
baton matrix "$league" --what ranks
same ranks

t "no line is wider than the page"
for language in zh en; do
    for what in ranks units indicators lists; do
        for width in 60 103; do
            baton matrix "$ROOT/examples/city" --lang $language --width $width --what $what
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
done

t "the marks are told"
baton matrix "$ROOT/examples/city" --group district --what ratings --lang zh
prints "● 好  ◐ 较好  ○ 一般  ▽ 较差  · 非该对象的指标"
baton matrix "$ROOT/examples/city" --group district
prints "· not an indicator of this unit"
prints_not "● Good"

t "where there are more units than fit, the table goes on below, each with all indicators"
baton matrix "$ROOT/examples/city" --group dept_gov --width 80 --lang zh
exits 0
holds python3 - <<'PYTHON'
import csv, subprocess, os
tables = open("out", encoding="utf-8").read().split("\n\n")[1:]
columns = []
for table in tables:
    lines = table.rstrip("\n").split("\n")
    total = next(line for line in lines if line.startswith("总分")).split()[1:]
    assert sum(line.startswith("履行职能") for line in lines) == 1
    columns += total
assert len(tables) > 1 and [float(c) for c in columns] == sorted(float(c) for c in columns) and len(columns) == 20, columns
PYTHON

t "one group, one unit, one level"
baton matrix "$league" --group office
exits 0
prints "Tax, levies"
prints_not "East Lake"
baton matrix "$league" --unit west --what units
exits 0
prints "West Hill  3 of 5 ▼1  88.45  Good"
prints "From mean"
prints_not "East Lake"
baton matrix "$league" --level 1
exits 0
prints "Economy"
prints_not "Growth"
baton matrix "$league" --level 1 --format csv
holds test "$(head -n 1 out)" = "period,group,unit,total,economy,green,people"
baton matrix "$league" --level 7 --format csv
holds test "$(head -n 1 out)" = "period,group,unit,total,growth,trade,air,survey"

t "a unit that takes no part"
for what in ranks units lists; do
    baton matrix "$league" --period 2020 --unit new --what $what
    exits 0
    holds test "$(tail -n 1 out)" = "New Harbour takes no part in this period."
done
baton matrix "$league" --period 2020 --unit new --lang zh
prints "新港镇不参加本期考核。"
baton matrix "$league" --period 2020 --unit new --format csv
holds test "$(cat out)" = "period,group,unit,total"
baton matrix "$league" --period 2020 --what lists
prints "there is no earlier result to compare with."
prints_not "new"
baton matrix "$league" --unit west --what indicators
prints "Towns  5 units"

t "so many of each list, not more"
baton matrix "$league" --what units --top 1 --format csv
exits 0
holds python3 - <<'PYTHON'
import csv
rows = list(csv.DictReader(open("out", encoding="utf-8", newline="")))
assert len(rows) == 6 and all(len(row[name].split()) <= 1 for row in rows for name in ("strengths", "weaknesses", "most_lost"))
assert any(row["most_lost"] for row in rows)
PYTHON

t "names for spreadsheets, with the mark that they ask for"
baton matrix "$league" --format csv --names --lang zh --what ratings
exits 0
holds python3 - <<'PYTHON'
import csv
data = open("out", "rb").read()
assert data.startswith(b"\xef\xbb\xbf")
rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
assert rows[0] == ["考核周期", "考核类别", "考核对象", "总分", "增速", "商贸", "空气质量", "满意度"], rows[0]
assert rows[1][:5] == ["2021", "镇（街道）", "东湖镇", "优秀", "好"], rows[1]
PYTHON
baton matrix "$league" --format csv --names --lang en --what units
exits 0
holds grep -q "Common: Fairly good" out
for what in lost units indicators lists; do
    baton matrix "$league" --format csv --what $what
    exits 0
    prints_not "$(printf '\xef\xbb\xbf')"
done

t "another period, another day, a file"
baton matrix "$league" --period 2020 --format csv
exits 0
prints "2020,town,south,"
prints_not ",new,"
baton matrix "$league" --as-of 2021-06-30 --format json
exits 0
prints '"as_of": "2021-06-30"'
baton matrix "$league" --what lists --lang zh
cp out wanted
baton matrix "$league" --what lists --lang zh -o lists.txt
exits 0
holds test ! -s out
holds cmp lists.txt wanted
baton matrix "$league" -o nowhere/x
exits 3

t "colour only where it is asked for"
baton matrix "$league" --what ratings
prints_not "$(printf '\033')"
baton matrix "$league" --what ratings --color always
prints "$(printf '\033[32m●')"

t "what does not go together, is none, or cannot be scored"
baton matrix "$league" --group town --unit west
exits 2
says "'--group' and '--unit' do not go together"
baton matrix "$league" --what rank
exits 2
says "'rank' is no value of the option '--what'"
baton matrix "$league" --unit wset
exits 2
says "west"
baton matrix "$league" --level 0
exits 2
baton matrix
exits 2
cp -r "$league" broken
printf 'east,growth,2021,1,\n' >>broken/observations.csv
baton matrix broken
exits 2
holds test ! -s out
says "nothing was scored"

t "the same for any number of threads"
baton matrix "$ROOT/examples/city" --format json --threads 1
exits 0
cp out one
baton matrix "$ROOT/examples/city" --format json --threads 5
same one

t "the same for rows in any order"
cp -r "$ROOT/examples/city" shuffled
for table in shuffled/{units,observations,weights,targets,adjustments}.csv shuffled/2020/{units,observations}.csv; do
    { head -n 1 "$table" && tail -n +2 "$table" | shuf --random-source=<(yes); } >table
    mv table "$table"
done
baton matrix shuffled --format json --threads 1
exits 0
same one
