#!/bin/bash
# baton check: sound, odd, wrong, no package at all; in both languages and as JSON.
. "$ROOT/tests/cli/lib.sh"
league=$ROOT/tests/cli/league

t "a sound package"
baton check --no-lint "$league"
exits 0
quiet
prints "Example assessment 2021: 6 units in 2 groups, 4 indicators."
prints "The package is sound."
baton check --no-lint "$league" --lang zh
exits 0
prints "示例区2021年度考核：6个考核对象，2个考核类别，4项指标。"
prints "考核包符合要求。"

t "findings of all files, sorted, with row and advice"
mkdir bad && cp "$league"/* bad
sed -i 's/^air,.*/air,空气质量,Air,green,-1,/; s/^survey,.*/survey,满意度,Survey,poeple,1,/' bad/indicators.csv
sed -i 's/^tax,税务所.*/tax,税务所,Tax,offices,,/' bad/units.csv
baton check bad
exits 1
quiet
prints "indicators.csv:6: error: weight: a weight is a number not below 0, not -1"
prints "    write 0 for what does not apply"
prints "indicators.csv:8: error: parent: there is no indicator 'poeple'"
prints "did you mean 'people'?"
prints "units.csv:7: error: group: there is no group 'offices'"
prints "the package is not sound"
holds test "$(grep -c ': error: ' out)" -ge 3
holds test "$(grep -n 'indicators.csv:6' out | cut -d: -f1)" -lt "$(grep -n 'units.csv:7' out | cut -d: -f1)"
baton check bad --lang zh
exits 1
prints "indicators.csv:6: 错误：weight：权重应为不小于零的数，不能是 -1"
prints "考核包不符合要求"

t "as JSON"
baton check bad --format json
exits 1
quiet
holds python3 - <<'PYTHON'
import json
findings = json.load(open("out", encoding="utf-8"))
assert len(findings) >= 3, findings
for finding in findings:
    assert list(finding) == ["code", "number", "severity", "file", "row", "column", "field", "message", "why", "advice"], finding
first = findings[0]
assert (first["code"], first["number"], first["severity"]) == ("WEIGHT_NEGATIVE", 2101, "error"), first
assert (first["file"], first["row"], first["field"]) == ("indicators.csv", 6, "weight"), first
assert "-1" in first["message"] and first["advice"], first
PYTHON
baton check --no-lint "$league" --format json
exits 0
holds test "$(cat out)" = "[]"

t "an expression: the character that is wrong"
mkdir rule && cp "$league"/* rule
sed -i '1s/$/,value/; 2,$s/$/,/; s/^air,.*/air,空气质量,Air,green,1,,growth + bogus(trade)/' rule/indicators.csv
baton check rule
exits 1
prints "indicators.csv:6: error: value, character 10: there is no function 'bogus'"
baton check rule --lang zh
prints "indicators.csv:6: 错误：value 第 10 字：没有函数"

t "YAML: line and column as editors read them"
mkdir yaml && cp "$league"/* yaml
sed -i 's/^frequency: year/frequency: yearly/' yaml/scheme.yaml
baton check yaml
exits 1
prints "scheme.yaml:5:12: error: frequency: "

t "a warning is refused by --strict only"
mkdir odd && cp "$league"/* odd
echo 'x,y' >odd/extra.csv
baton check --no-lint odd
exits 0
prints "extra.csv: warning: "
prints "1 warning: the package is sound."
baton check --no-lint odd --strict
exits 1
prints "1 warning: the package is not sound."
baton check --no-lint odd --strict --lang zh
exits 1
prints "1处警告，考核包不符合要求。"

t "what cannot be scored is not sound"
mkdir refused && cp "$league"/* refused
sed -i '1s/$/,missing/; 2,$s/$/,/; s/^trade,.*/trade,商贸,Trade,economy,50,,error/' refused/indicators.csv
baton check refused
exits 1
prints "'trade' of unit 'north' is missing in 2021"
baton check refused --period 2020
exits 0

t "what is no package at all"
baton check nowhere
exits 2
prints "'nowhere' is not an assessment package: there is no such folder"
mkdir empty
baton check empty
exits 2
prints "the package has no scheme.yaml"
mkdir broken && cp "$league"/* broken
echo '{' >broken/scheme.yaml
baton check broken
exits 2
prints "scheme.yaml:"

t "score of an unsound package: findings on stderr, no table, status 2"
baton score bad
exits 2
holds test ! -s out
says "indicators.csv:6: error: weight: "
says "nothing was scored"
baton score bad --format csv -o result.csv
exits 2
holds test ! -e result.csv
baton score nowhere
exits 2
says "there is no such folder"

t "score of an odd package: says how odd, and scores"
baton score odd --format csv
exits 0
says "1 warning; \`baton check odd\` tells."
prints "2021,town,east,total"
