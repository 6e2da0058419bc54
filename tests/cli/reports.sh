#!/bin/bash
# Reports from draft to figure by the commands, and what waits for whom.
# shellcheck disable=SC1111 # these quotation marks are what is printed
. "$ROOT/tests/cli/lib.sh"
db=league.db
baton init "$db" --id league --name 李伟 --as li.wei --from "$ROOT/tests/cli/league"
export BATON_USER=li.wei
for person in chen.li:陈丽:unit:west zhao.qing:赵青:approver:west lin.yi:林怡:unit:east; do
    IFS=: read -r id name role unit <<<"$person"
    baton user "$db" add "$id" --name "$name" --role "$role" --unit "$unit" --from 2020-01-01
done
baton user "$db" add wang.min --name 王敏 --role committee --from 2020-01-01
baton correct "$db" --add --kind period 2023 opens=2024-01-01 due=2999-12-31
waits() { # QUERY...: lines of the CSV without its head
    baton waiting "$db" 2023 --format csv "$@"
    exits 0
    grep ',growth,growth,' out || true
}

t "waiting: whose turn it is"
baton waiting "$db" 2023 --unit west --lang zh
exits 0
quiet
prints "待办 4 项：待填报 4；逾期 0，岗位空缺 0"
prints "填报人、审签人：陈丽（chen.li）、赵青（zhao.qing），4 项"
holds test "$(waits --unit west)" = "2023,west,growth,growth,,west,,none,,draft,2023-12-31T16:00:00.000Z,2999-12-31,0,unit approver,west,0,,,chen.li zhao.qing"
baton collect "$db" 2023 draft east growth 3 --as lin.yi
exits 0
baton waiting "$db" 2023 --unit east
prints "approver, vacant; falls on assessment office: 李伟 (li.wei); 1"
holds test "$(waits --person zhao.qing | cut -d , -f 2)" = west
holds test "$(waits --role office --unit east | cut -d , -f 2,8,10,16,17)" = "east,draft,sign,1,office"
baton waiting "$db" 2023 --stage draft --format json
holds python3 -c 'import json
a = json.load(open("out"))
assert a["count"] == 1 and a["totals"]["none"] == 23 and a["totals"]["draft"] == 1 and a["totals"]["vacant"] == 17, a
assert a["items"][0]["persons"] == [{"person": "li.wei", "deputy": False}] and a["items"][0]["falls_on"] == ["office"], a'

t "collect: from draft to figure"
printf 'proof\n' >proof.txt
baton collect "$db" 2023 draft west growth 7.25 --source 月报 --note 初步核算 --document 文件 --evidence proof.txt --as chen.li
exits 0
prints "evidence"
prints "report West Hill (west) Growth (growth) 2023: draft, 7.25"
baton collect "$db" 2023 sign west growth --as zhao.qing
exits 0
baton collect "$db" 2023 submit --unit west --as chen.li
exits 0
baton collect "$db" 2023 recall west growth --as chen.li
exits 0
baton collect "$db" 2023 sign west growth --as zhao.qing
exits 0
baton collect "$db" 2023 submit --unit west --as chen.li
exits 0
baton collect "$db" 2023 --format json --stage submitted
holds python3 -c 'import json
items = json.load(open("out"))["items"]
report = items[0]["report"]
assert len(items) == 1 and report["value"] == "7.25" and report["note"] == "初步核算" and report["document"] == "文件" and len(report["evidence"][0]) == 64, items'
baton collect "$db" 2023 return west growth
refuses REASON_NEEDED ""
baton collect "$db" 2023 accept
exits 0
prints "figure West Hill (west) Growth (growth) 2023: 7.25"
baton collect "$db" 2023 --format csv
holds test "$(cut -d , -f 1-4,6,8 out)" = "unit,element,reporter,stage,by,value
east,growth,east,draft,lin.yi,3
west,growth,west,accepted,li.wei,7.25"
holds test "$(waits --unit west)" = ""
baton expected "$db" 2023 --format csv --unit west
grep -qE '^west,growth,.*,accepted,[0-9]+,7.25,7.25,,$' out || fail "expected: $(cat out)"
baton collect "$db" 2022
exits 0
prints "No reports of 2022."

t "collect: after the lock it takes two, and both are shown"
baton correct "$db" --kind period 2023 due=2024-01-10 locks=2024-02-01 --reason 收口
exits 0
baton collect "$db" 2023 return west growth --reason 复核
refuses LOCKED "2023 was locked after 2024-02-01"
holds test "$(waits --unit east | cut -d , -f 8,10,13,14)" = "draft,correct,1,office"
baton correct "$db" west growth 2023 7.5 --reason 复核 --propose
exits 0
number=$(sed -nE 's/^No\. ([0-9]+): proposed.*/\1/p' out)
baton decide "$db" "$number" --accept
refuses DECISION_OWN ""
baton decide "$db" "$number" --accept --as wang.min
exits 0
baton expected "$db" 2023 --unit west
prints "7.5 (accepted: 7.25)"
baton expected "$db" 2023 --unit west --format json
holds python3 -c 'import json
item = json.load(open("out"))["items"][0]
figure = item["figure"]
assert item["report"]["value"] == "7.25" and item["report"]["stage"] == "accepted", item
assert (figure["value"], figure["revision"], figure["first"]["value"], figure["reason"], figure["withdrawn"]) == ("7.5", 1, "7.25", "复核", False), item'
baton expected "$db" 2023 --unit west --known "$number"
prints_not "accepted: 7.25"

t "collect: what does not go"
baton collect "$db" 2023 sign --as chen.li
refuses RIGHT_LACKING "chen.li may not do that"
baton collect "$db" 2023 verify
refuses COLLECT_NOTHING "no report of 2023 waits for 'verify'"
baton collect "$db" 2023 aprove
refuses OPERAND_WORD "one of: draft, recall, sign, submit, return, verify, accept"
baton collect "$db" 2023 draft
refuses OPERAND_MISSING "LEDGER PERIOD draft UNIT ELEMENT VALUE"
baton collect "$db" 2023 draft west growth
refuses OPERAND_MISSING "LEDGER PERIOD draft UNIT ELEMENT VALUE"
baton collect "$db" 2023 sign west
refuses OPERAND_MISSING "LEDGER PERIOD ACT UNIT ELEMENT"
baton collect "$db" 2023 sign west growth 3
refuses OPERAND_EXCESS "'3'"
baton collect "$db" 2023 verify --note x
refuses OPTIONS_APART "'--note' and 'verify'"
baton collect "$db" 2023-13
refuses PERIOD_BAD "'2023-13'"
baton collect "$db" 2023 --unit wset
refuses UNIT_UNKNOWN "did you mean 'west'"
baton waiting "$db" 2023-13
refuses PERIOD_BAD "'2023-13'"
baton waiting "$db" --reporter wset
refuses UNIT_UNKNOWN "did you mean 'west'"

t "collect: what the checks of the scheme say of a draft, and of one that is explained"
cp -r "$ROOT/tests/cli/league" checked
cat >>checked/scheme.yaml <<'YAML'
checks:
  - {id: percent, for: survey, rule: "x <= 100", severity: hard, title: {zh: 满意度不高于100, en: at most 100}}
  - {id: jump, for: growth, rule: "abs(x / prev(x) - 1) <= 50%", severity: justify, title: {zh: 大幅波动, en: far from last year}}
  - {id: history, for: air, rule: "x >= prev(x, 9)", severity: justify, title: {zh: 历年比较, en: against earlier years}}
YAML
baton init checked.db --id checked --name 李伟 --from checked
exits 0
for person in chen.li:陈丽:unit zhao.qing:赵青:approver; do
    IFS=: read -r id name role <<<"$person"
    baton user checked.db add "$id" --name "$name" --role "$role" --unit west --from 2020-01-01
done
baton correct checked.db --add --kind period 2022 opens=2023-01-01 due=2999-12-31
baton collect checked.db 2022 draft west survey 120 --as chen.li
exits 0
prints "  West Hill, Survey: “at most 100”: 120 <= 100 does not hold; correct it before it is signed off"
baton collect checked.db 2022 draft west growth 8.6 --as chen.li --lang zh
exits 0
prints "  西山街道 增速：“大幅波动”：abs(8.6 / prev(86) - 1) <= 50% 不成立；审签前须更正，无误的须填写说明"
baton collect checked.db 2022 draft west air 91 --as chen.li --lang zh
exits 0
prints "  西山街道 空气质量：“历年比较”所需数据不全，未予校验："
baton collect checked.db 2022 draft west trade 85 --as chen.li
exits 0
prints_not "“"
baton collect checked.db 2022 sign west growth --as zhao.qing
refuses CHECK_UNJUSTIFIED "far from last year"
baton collect checked.db 2022 draft west growth 8.6 --note 区划调整 --as chen.li
exits 0
prints "does not hold; the note stands for it"
baton collect checked.db 2022 sign west growth --as zhao.qing
exits 0
prints "signed off"
prints_not "“"
