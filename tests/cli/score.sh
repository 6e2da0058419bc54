#!/bin/bash
# baton score: the forms of the result and which part of it.
. "$ROOT/tests/cli/lib.sh"
league=$ROOT/tests/cli/league
expected=$ROOT/tests/cli/expected

t "CSV, every row"
baton score "$league" --format csv
exits 0
quiet
same "$expected/league.csv"

t "CSV as published"
baton score "$league" --format csv --rounded
exits 0
same "$expected/league-rounded.csv"

t "awards"
baton score "$league" --format csv --awards
exits 0
same "$expected/league-awards.csv"
baton score "$league" --awards
exits 0
prints "Progress"
prints_not "Ratings"
baton score "$league" --awards --group office --lang zh
exits 0
prints "没有奖项。"
baton score "$league" --format json --awards
exits 0
holds python3 - <<'PYTHON'
import json
result = json.load(open("out", encoding="utf-8"))
assert [(a["unit"], a["place"], a["group"]) for a in result["awards"]] == [("east", 1, "town"), ("west", 2, "town")]
assert "groups" not in result
PYTHON

t "JSON says what the CSV says"
baton score "$league" --format json
exits 0
mv out league.json
baton score "$league" --format csv
holds python3 - <<'PYTHON'
import csv, json
result = json.load(open("league.json", encoding="utf-8"))
rows = list(csv.DictReader(open("out", encoding="utf-8", newline="")))
seen = 0
for group in result["groups"]:
    for unit in group["units"]:
        for node in unit["nodes"]:
            row = rows[seen]
            seen += 1
            assert (row["group"], row["unit"], row["node"]) == (group["id"], unit["id"], node["node"])
            for name, text in list(row.items())[4:]:
                have = node.get(name)
                if name == "notes":
                    assert " ".join(have or []) == text, (row, node)
                elif have is None:
                    assert text == "", (name, row, node)
                elif isinstance(have, str):
                    assert have == text
                else:
                    assert float(text) == float(have), (name, row, node)
assert seen == len(rows) == 54, (seen, len(rows))
assert result["title"]["zh"] == "示例区2021年度考核" and result["period"] == "2021" and result["as_of"] is None and "compared_with" in result
assert result["notes"]["na"]["zh"] == "不适用" and len(result["notes"]) == 14
assert result["groups"][0]["units"][0]["name"] == {"zh": "东湖镇", "en": "East Lake"}
PYTHON

t "JSON as published keeps its zeros"
baton score "$league" --format json --rounded --unit west
exits 0
prints '"score": 88.45, "weight": 100.00, "points": 88.45'
prints '"score": 91.0, "weight": 30.0'

t "another period, and another day"
baton score "$league" --period 2020 --format csv --unit south
exits 0
prints "2020,town,south,total,0,,"
baton score "$league" --as-of 2021-06-30 --format json
exits 0
prints '"as_of": "2021-06-30"'

t "a period without figures is scored, and told"
baton score "$league" --period 2030 --format csv
exits 0
says "warning: the period 2030 lies outside the time of the figures, 2020 to 2021"
prints "2030,town,east,total,0,,"
baton score "$league" --period 2021-Q2 --format csv
exits 0
quiet

t "one group, one unit, the first ones"
baton score "$league" --format csv --group office
exits 0
holds test "$(cut -d, -f3 out | sort -u | tr '\n' ' ')" = "tax unit "
baton score "$league" --format csv --unit west
exits 0
holds test "$(wc -l <out)" -eq 10
prints "2021,town,west,total,0,,88.45,100,88.45,3,5,-1,,good,quota"
baton score "$league" --format csv --top 2
exits 0
holds test "$(grep -c ',total,' out)" -eq 3

t "ties with the last place are shown too"
mkdir tie && cp "$league"/* tie
sed -i 's/^west,\(.*\),2021,.*/west,\1,2021,90,/; s/^new,\(.*\),2021,.*/new,\1,2021,90,/; s/^south,\(.*\),2021,.*/south,\1,2021,70,/' tie/observations.csv
baton score tie --format csv --top 2 --group town
exits 0
holds test "$(grep ',total,' out | cut -d, -f3 | tr '\n' ' ')" = "east west new "

t "to a file, which is then whole"
baton score "$league" --format csv -o result.csv
exits 0
quiet
holds test ! -s out
holds cmp result.csv "$expected/league.csv"
baton score "$league" --format csv --output=result.csv --rounded
exits 0
holds cmp result.csv "$expected/league-rounded.csv"
holds test -z "$(find . -name '*.part')"

t "to a file that cannot be written"
baton score "$league" --format csv -o no/such/folder.csv
exits 3
says "no/such/folder.csv cannot be written"
baton score "$league" --format csv -o /dev/full
exits 3
says "/dev/full cannot be written"
mkdir taken
baton score "$league" --format csv -o taken
exits 3
says "taken cannot be written: Is a directory"
baton score "$league" --format csv -o taken --lang zh
exits 3
says "无法写入 taken：这是文件夹，不是文件"

t "options that do nothing to the format"
for option in "--paper a4" "--paper a3" "--font Sans"; do
    for format in table csv json html xlsx; do
        # shellcheck disable=SC2086
        baton score "$league" --format $format $option -o idle
        exits 2
        says "'${option% *}' and '--format $format' do not go together"
        holds test ! -e idle
    done
done
baton score "$league" --paper a4
says "'--paper' and '--format table' do not go together"
baton score "$league" --awards --format pdf -o idle --lang zh
exits 2
says '“--awards”与“--format pdf”不能同时使用'
baton matrix "$league" --font Sans --format csv
exits 2
says "'--font' and '--format csv' do not go together"

t "standard output that is full"
status=0
"$BATON" score "$league" --format csv >/dev/full 2>err || status=$?
exits 3
says "standard output cannot be written"
status=0
"$BATON" --lang zh score "$league" --format csv >/dev/full 2>err || status=$?
says "无法写入 标准输出"

t "a reader that has read enough"
{ "$BATON" score "$league" --format csv 2>err || echo "status $?" >status; } | head -n 1 >/dev/null
holds test ! -e status
quiet

t "the same bytes for any number of threads"
for threads in 1 2 7; do
    baton score "$league" --format csv --threads $threads
    exits 0
    same "$expected/league.csv"
done
