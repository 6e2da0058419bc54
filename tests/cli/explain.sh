#!/bin/bash
# baton explain: what is asked for, in which form, and what is refused. That its numbers are right is tests/explain.
. "$ROOT/tests/cli/lib.sh"
rare=$ROOT/tests/explain/rare
city=$ROOT/examples/city
expected=$ROOT/tests/cli/expected

# No line is wider than $1 columns, Chinese characters counting two.
narrow() {
    python3 - "$1" <<'PYTHON'
import sys, unicodedata
wide = lambda c: 2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1
for line in open("out", encoding="utf-8"):
    if sum(map(wide, line.rstrip("\n"))) > int(sys.argv[1]):
        sys.exit("too wide: " + line)
PYTHON
}

t "the total, in both languages"
for language in zh en; do
    baton explain "$rare" --unit d --lang $language
    exits 0
    same "$expected/explain-total-$language.txt"
done

t "everything, in both languages"
for language in zh en; do
    baton explain "$rare" --unit d --all --lang $language
    exits 0
    same "$expected/explain-all-$language.txt"
done

t "an indicator, with its clause"
baton explain "$city" --unit yunhu --node gdp_growth --lang zh
exits 0
quiet
prints "条款  第四条 经济发展〔documents/districts.md:"
prints "〔observations.csv:"
prints_not "共性指标："
baton explain "$city" --unit yunhu --node gdp_growth --lang zh --clauses
prints "共性指标："

t "a score of another package: whose, of what, its place, or why there is none"
baton explain "$ROOT/examples/district" --unit commerce --node city_trade_growth --lang zh
exits 0
quiet
prints "云澜市2021年度综合考核，云湖区，外贸进出口总额增速，2021："
prints "名，共 7 个"
prints "〔../city/indicators.csv:"
baton explain "$ROOT/examples/district" --unit street_hubin --node linked --lang en --width 200
exits 0
prints "Yunlan City comprehensive assessment 2021, Yunhu District, total, 2021: "
prints " of 7 [../city/scheme.yaml]"
cascade=$ROOT/tests/cases/cascade-missing/package
while IFS='|' read -r node en zh; do
    baton explain "$cascade" --unit s --node "$node" --lang en
    exits 0
    prints "$en"
    baton explain "$cascade" --unit s --node "$node" --lang zh
    prints "$zh"
done <<'REASONS'
no_unit|City, nobody, y, 2021-02: — (there is no such unit in that assessment)|市级，nobody，y，2021-02：—（该项考核没有此对象）
no_node|City, d, nothing, 2021-02: — (there is no such indicator in that assessment)|市级，d，nothing，2021-02：—（该项考核没有此指标）
no_row|City, later, y, 2021-02: — (it does not apply to the unit there in this period)|（该指标本期不适用于该对象）
no_group|City, q, y, 2021-02: — (there is no such unit in that assessment)|（该项考核没有此对象）
no_score|City, d, z, 2021-02: — (without a score there)|（该项考核中没有得分）
REASONS

t "clauses open to their words, once, without marks, in both languages"
for language in zh en; do
    baton explain "$city" --unit yunhu --node economy --depth 1 --lang $language --clauses --width 80
    exits 0
    narrow 80
    holds test "$(grep -c '经济发展板块26分' out)" = 1
    prints "第十二条 个性指标"
done
prints "第四条 经济发展 (its words stand above)"
baton explain "$city" --unit yunhu --node economy --clauses --format json
exits 0
holds python3 - <<'PYTHON'
import json
top = json.load(open("out", encoding="utf-8"))["explanation"]
clause = next(line for line in top["lines"] if line["kind"] == "clause")["clause"]
assert clause["title"] == "第四条 经济发展" and clause["file"] == "documents/districts.md", clause
assert clause["text"].startswith("经济发展板块26分") and clause["text"].endswith("先行收敛。"), clause["text"]
PYTHON
baton explain "$ROOT/tests/cli/annex/package" --unit east --node economy --lang en --clauses --width 80
exits 0
prints "经济占六十分，按 100*yoy(output) 计算，数值全部相同的均得满分。"
prints "- 产值增速"
prints "  - 按年"
prints "档次 | 得分"
prints_not "**"
prints_not '`100'

t "each level only as deep as asked"
baton explain "$city" --unit yunhu --node economy --lang en
exits 0
prints "--node ID"
prints_not "with numbers  60"
baton explain "$city" --unit yunhu --node economy --lang en --depth 1
exits 0
prints_not "--node ID"
prints "lowest"

t "the node may be called total or base"
baton explain "$rare" --unit a
cp out total
for node in total base; do
    baton explain "$rare" --unit a --node $node
    exits 0
    same total
done

t "no line is wider than the output"
for language in zh en; do
    for width in 60 80 120; do
        baton explain "$city" --unit yunhu --all --lang $language --width $width
        exits 0
        holds narrow $width
    done
done

t "another period, another day"
baton explain "$city" --unit zone_qingcen --period 2021-03 --as-of 2021-04-12 --lang zh
exits 0
prints "2021年3月（截至2021年4月12日）"
prints "承继  49.16 + 35.27 = 84.43"
prints "〔successions.csv:2，observations.csv:"

t "docs/explain.md shows what is printed"
baton explain "$city" --unit zone_qingcen --node gdp_growth --period 2021-03 --as-of 2021-04-12 --lang zh
awk '/^```$/ { n++; next } n == 1 && $0 != "..."' "$ROOT/docs/explain.md" >shown
tail -n +4 out | head -n "$(wc -l <shown)" >have
holds test "$(wc -l <shown)" -gt 8
holds cmp -s shown have

t "why there is no result"
baton explain "$rare" --unit later --lang zh
exits 0
prints "自 2022 起参加考核〔units.csv:6〕"
baton explain "$rare" --unit before --lang en
prints "took part until 2020 [units.csv:7]"
baton explain "$rare" --unit b --node only --lang en
prints "does not apply to this unit: its weight is 0"

t "JSON"
baton explain "$city" --unit yunhu --format json --all --clauses
exits 0
holds python3 - <<'PYTHON'
import json
told = json.load(open("out", encoding="utf-8"))
assert list(told) == ["package", "title", "period", "unit", "group", "explanation"], list(told)
assert told["unit"]["id"] == "yunhu" and told["group"]["id"] == "district" and told["period"] == "2021"
def walk(line):
    yield line
    for below in line.get("lines", []):
        yield from walk(below)
lines = list(walk(told["explanation"]))
assert {"figure", "target", "row", "clause", "quota", "method", "node"} <= {line["kind"] for line in lines}
clause = next(line["clause"] for line in lines if line["kind"] == "clause")
assert clause["file"].startswith("documents/") and clause["row"] > 1 and len(clause["text"]) > 20
seen = next(line["observation"] for line in lines if line["kind"] == "figure")
assert seen["file"] == "observations.csv" and seen["row"] > 1
PYTHON
baton explain "$city" --unit yunhu --format json --as-of 2022-03-01
exits 0
prints '"as_of": "2022-03-01"'

t "into a file"
baton explain "$rare" --unit a --lang en -o told.txt
exits 0
holds test ! -s out
holds grep -q "Rare cases" told.txt
baton explain "$rare" --unit a -o no/such/folder/told.txt
exits 3
says "no/such/folder/told.txt"

t "colour where it is asked for"
baton explain "$rare" --unit a --color always
exits 0
holds grep -q $'\033\[' out
baton explain "$rare" --unit a
holds test "$(grep -c $'\033' out)" = 0

t "no unit"
baton explain "$rare"
exits 2
says "--unit"
says "a, b, before, c, d, later"
baton explain "$rare" --lang zh
says "需要选项 --unit"
baton explain "$city"
exits 2
says ", ..."

t "a unit that does not exist"
baton explain "$city" --unit yunhi
exits 2
says "yunhu"
baton explain "$city" --unit 云湖区
exits 2
says "yunhu"
baton explain "$city" --unit city
exits 2
says "no group"

t "an indicator that does not exist"
baton explain "$city" --unit yunhu --node gdp_grwth
exits 2
says "did you mean 'gdp_growth'"
baton explain "$city" --unit yunhu --node 地区生产总值增速 --lang zh
exits 2
says "gdp_growth"
baton explain "$city" --unit yunhu --node zzzzzz
exits 2
says "there is no indicator"

t "a package that is not sound"
baton explain "$ROOT/tests/cases/error-missing-refused/package" --unit a
exits 2
says "nothing was scored"
holds test ! -s out
baton explain nowhere --unit a
exits 2
