#!/bin/bash
# Two assessments of one ledger: what one takes over from the other follows each command that changes its source; a person's digest is of both.
. "$ROOT/tests/cli/lib.sh"
db=both.db
export BATON_USER=li.wei
cp -r "$ROOT/tests/cli/league" other
sed -i 's/^id: league/id: other/; s/示例区/另一/; s/Example assessment/Other assessment/' other/scheme.yaml
sed -i '/,growth,2021,/d' other/observations.csv
baton init "$db" --id both --name 李伟 --as li.wei --from "$ROOT/tests/cli/league"
baton import "$db" other
for person in wang.min:王敏:committee: chen.li:陈丽:unit:west; do
    IFS=: read -r id name role unit <<<"$person"
    of=()
    [ -z "$unit" ] || of=(--unit "$unit")
    baton user "$db" add "$id" --name "$name" --role "$role" "${of[@]}" --from 2020-01-01
done
number() { sed -nE 's/^No\. ([0-9]+): proposed.*/\1/p' out; }
other_has() { # PERIOD: the figure of growth of west there
    baton export "$db" --assessment other -o exported
    exits 0
    sed -nE "s/^west,growth,$1,([^,]*).*/\\1/p" exported/observations.csv
    rm -r exported
}

t "decide: a sharing that is agreed to takes over what there is"
baton correct "$db" --assessment other --add --kind sharing growth from=league from_element=growth since=2021 --propose --reason 一数一源
exits 0
sharing=$(number)
baton digest "$db" --person wang.min
exits 0
prints "Proposals to decide on: 1"
prints "No. $sharing, "
prints "by 李伟 (li.wei): sharing of a figure growth: from league, from_element growth, since 2021 (other); because: 一数一源"
baton digest "$db" --person li.wei --lang zh # who proposed it does not decide
exits 0
prints "李伟（li.wei），截至 "
prints "暂无事项。"
baton decide "$db" "$sharing" --accept --as wang.min
exits 0
quiet
prints "  Taken over by other: 6."
holds test "$(other_has 2021)" = 86
baton share "$db" --fill
prints "0 figures taken over, 0 left."

t "correct and decide: what they change is taken over"
baton correct "$db" --assessment league west growth 2021 87 --reason 复核
exits 0
prints "  Taken over by other: 1."
holds test "$(other_has 2021)" = 87
baton correct "$db" --assessment league west growth 2021 88 --reason 复核 --propose
exits 0
prints_not "Taken over"
again=$(number)
holds test "$(other_has 2021)" = 87
baton decide "$db" "$again" --accept --as wang.min --lang zh
exits 0
prints "  other 已同步 1 项数据。"
holds test "$(other_has 2021)" = 88
baton correct "$db" --assessment league west trade 2021 41 --reason 复核
exits 0
prints_not "Taken over"

t "collect: what is accepted is taken over"
baton correct "$db" --assessment league --add --kind period 2023 opens=2024-01-01 due=2999-12-31
exits 0
baton user "$db" add zhao.qing --name 赵青 --role approver --unit west --from 2020-01-01
baton collect "$db" --assessment league 2023 draft west growth 7 --as chen.li
exits 0
prints_not "Taken over"
baton collect "$db" --assessment league 2023 sign --as zhao.qing
baton collect "$db" --assessment league 2023 submit --as chen.li
baton collect "$db" --assessment league 2023 accept
exits 0
prints "  Taken over by other: 1."
holds test "$(other_has 2023)" = 7

t "what is locked there is told of, and left"
baton correct "$db" --assessment other --add --kind period 2021 opens=2022-01-01 due=2022-01-10 locks=2022-02-01
exits 0
baton correct "$db" --assessment league west growth 2021 89 --reason 复核
exits 0
prints "  Taken over by other assessments: 0; left: 1, see \`baton share both.db\`."
says "it is locked: 2021 was locked after 2022-02-01"
holds test "$(other_has 2021)" = 88
baton share "$db"
exits 0
grep -qE '^other +growth +league: growth +1$' out || fail "it is not told to be left: $(cat out)"

t "digest: of all assessments, by name"
baton correct "$db" --assessment other --add --kind period 2023 opens=2024-01-01 due=2999-12-31
exits 0
baton digest "$db" --person chen.li
exits 0
quiet
prints "陈丽 (chen.li), as of "
prints "Example assessment 2021 (league)"
prints "Other assessment 2021 (other)"
prints "  2023  West Hill  Trade, by 2999-12-31"
prints "Accepted lately: 1"
baton digest "$db" --person chen.li --assessment other
exits 0
prints_not "(league)"
baton digest "$db" --person chen.li --format json
exits 0
holds python3 -c 'import json
a = json.load(open("out"))
assert a["person"] == "chen.li" and a["proposals"] == 0 and a["decisions"] == [], a
assert [one["assessment"] for one in a["assessments"]] == ["league", "other"], a
wants = {one["assessment"]: {part["what"]: part["count"] for part in one["sections"]} for one in a["assessments"]}
assert wants == {"league": {"draft": 3, "accepted": 1}, "other": {"draft": 3}}, wants' # growth of the other comes from the first
baton digest "$db" --person nobody
refuses PERSON_UNKNOWN "nobody"

t "stale: posts by the same words, persons by name"
baton stale "$db" --assessment league --lang zh
exits 0
grep -qE '^岗位空缺 +审签人 +北原镇（north） +' out || fail "$(cat out)"
