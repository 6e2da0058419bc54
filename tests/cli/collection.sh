#!/bin/bash
# The calendar of an assessment, and what is expected, by the commands.
. "$ROOT/tests/cli/lib.sh"
db=league.db
export BATON_USER=li.wei
baton init "$db" --id league --name 李伟 --from "$ROOT/tests/cli/league"
for person in wang.min:王敏:committee zhao.qing:赵青:office; do
    IFS=: read -r id name role <<<"$person"
    baton user "$db" add "$id" --name "$name" --role "$role" --from 2020-01-01
done
newest() { # KIND: the number of the newest fact of the kind
    "$BATON" log "$db" --kind "$1" --limit 1 --format json | sed -nE 's/^ *"position": ([0-9]+),$/\1/p'
}
before=$(newest post)

t "calendar: without rules it follows from the scheme, and nothing is opened"
baton calendar "$db" --as-of 2022-01-05
exits 0
quiet
prints "league, as of 2022-01-05 23:59"
grep -qE '^years +.* stays +the scheme$' out || fail "no rule of the scheme: $(cat out)"
grep -qE '^2021 +.* to be opened$' out || fail "2021 is not there: $(cat out)"
baton calendar "$db" --year 2022 --lang zh
grep -qE '^2022 +.* 待开放$' out || fail "2022 is not there: $(cat out)"

t "expected: nothing is missing before a period is opened"
baton expected "$db" 2021
exits 0
prints "Not opened: \`baton calendar $db 2021 --open\` opens it."
prints "missing 0"
baton expected "$db" 2021-08
exits 0
prints "Nothing is expected in 2021-08."
baton expected "$db" 2021-08 --lang zh
prints "2021-08 没有应报数据。"

t "correct: rules and days are said, corrected, withdrawn"
baton correct "$db" --add --kind calendar year opens=1d due=3wd
exits 0
prints "rule of the calendar years: opens day 1, due workday 3; receipt"
baton correct "$db" --add --kind day 2022-01-03 is=holiday name=元旦
prints "day of the calendar 2022-01-03: holiday, 元旦; receipt"
baton calendar "$db"
exits 0
grep -qE '^years +day 1 +workday 3 +next workday +the office$' out || fail "the rule is not there: $(cat out)"
grep -qE '^2021 +2022-01-04 +2022-01-06 +to be opened$' out || fail "the holiday is not counted: $(cat out)"
baton correct "$db" --kind calendar year due='3wd 17:00' grace=5wd locks=30d
refuses REASON_NEEDED "--reason"
baton correct "$db" --kind calendar year due='3wd 17:00' grace=5wd locks=30d --reason 年报较多 --lang zh
exits 0
prints "日程规则 年度：开放 第1日，截止 第3个工作日 17:00，宽限至 第5个工作日，此后锁定 第30日；回执"
prints "原为：年度：开放 第1日，截止 第3个工作日"
baton correct "$db" --add --kind day 2022-01-08 is=workday
exits 0
baton correct "$db" --withdraw --kind day 2022-01-08 --reason 误录
exits 0
prints "day of the calendar 2022-01-08: withdrawn"

t "correct: a range of days, all or none"
baton correct "$db" --add --kind day 2022-05-02..2022-05-01 is=holiday
refuses FACT_FIELD_BAD "2022-05-02..2022-05-01"
baton correct "$db" --add --kind day 2022-05-01..2023-05-02 is=holiday
refuses FACT_FIELD_BAD "2022-05-01..2023-05-02"
baton correct "$db" --add --kind day 2022-05-01..2022-05-04 is=holiday --propose --reason 劳动节
refuses OPTIONS_APART "--propose"
baton correct "$db" --add --kind day 2022-05-02..2022-05-04 is=feast
refuses FACT_FIELD_BAD "'feast'"
baton correct "$db" --add --kind day 2022-05-03 is=holiday
exits 0
baton correct "$db" --add --kind day 2022-05-02..2022-05-04 is=holiday name=劳动节
refuses FACT_EXISTS "2022-05-03"
baton correct "$db" --withdraw --kind day 2022-05-03 --reason 误录
exits 0
baton correct "$db" --add --kind day 2022-05-02..2022-05-04 is=holiday name=劳动节 --lang zh
exits 0
[ "$(grep -c "^第 .* 号：日历日 2022-05-0[234]：.*劳动节；回执" out)" = 3 ] || fail "not three days: $(cat out)"
baton correct "$db" --withdraw --kind day 2022-05-02..2022-05-04 --reason 误录
exits 0
[ "$(grep -c "It was: .*劳动节" out)" = 3 ] || fail "not three days: $(cat out)"

t "correct: what no rule, day or period can be"
baton correct "$db" --add --kind calendar month opens=1d due=8
refuses FACT_FIELD_BAD "'8' is no value of the field 'due'"
baton correct "$db" --add --kind calendar fortnight opens=1d due=8d
refuses FACT_FIELD_BAD "'fortnight'"
baton correct "$db" --add --kind calendar month due=8d
refuses FACT_FIELD_NEEDED "opens"
baton correct "$db" --add --kind day 2022-02-30 is=holiday
refuses FACT_FIELD_BAD "'2022-02-30'"
baton correct "$db" --add --kind day 2022-02-01 is=feast
refuses FACT_FIELD_BAD "'feast'"
baton correct "$db" --add --kind exception 2021 east growth
refuses OPERAND_MISSING "FIELD=VALUE"
baton correct "$db" --add --kind exception 2021 east
refuses OPERAND_MISSING "LEDGER PERIOD UNIT ELEMENT"
baton correct "$db" --add --kind calendar month 8wd
refuses FIELD_WORD "due=8wd"

t "calendar --open: once, and by whoever may"
baton calendar "$db" 2021 --open --as wang.min
refuses RIGHT_LACKING "wang.min may not do that"
baton calendar "$db" 2021 --open
exits 0
grep -qE '^ *[0-9]+ +2021 +2022-01-04 +2022-01-06 17:00 +2022-01-10 +2022-01-31 +[0-9a-f]{8}…$' out || fail "2021 was not opened: $(cat out)"
baton calendar "$db" --year 2021 --open
exits 0
prints "They are open already."
baton log "$db" --kind period --lang zh --width 200
prints "开放周期 2021：开放 2022-01-04，截止 2022-01-06 17:00，宽限至 2022-01-10，此后锁定 2022-01-31"
baton correct "$db" --kind day 2022-01-03 is=workday --reason 更正
baton calendar "$db"
grep -qE '^2021 +2022-01-04 +2022-01-06 17:00 +2022-01-10 +2022-01-31 +locked$' out || fail "2021 did not stay: $(cat out)"

t "calendar --as-of: each phase, to the minute"
for at in "2022-01-03 not open yet" "2022-01-04 open" "2022-01-06T16:59 open" "2022-01-06T17:00 days of grace" "2022-01-10 days of grace" "2022-01-11T00:00 closed" "2022-01-31T23:59 closed" "2022-02-01 locked"; do
    baton calendar "$db" 2021 --as-of "${at%% *}"
    grep -qE "^2021 .* ${at#* }\$" out || fail "as of $at: $(cat out)"
done

t "calendar: CSV and JSON"
baton calendar "$db" 2021 --as-of 2022-01-04 --format csv
holds test "$(cat out)" = "period,frequency,opened,phase,opens,due,grace,locks
2021,year,1,open,2022-01-04,2022-01-06T17:00,2022-01-10,2022-01-31"
baton calendar "$db" --as-of 2022-01-04 --format json
holds python3 -c 'import json
a = json.load(open("out"))
assert a["year"] == 2021 and a["rules"] == [{"frequency": "year", "opens": "1d", "due": "3wd 17:00", "grace": "5wd", "locks": "30d", "moves": "later"}], a
assert a["periods"] == [{"period": "2021", "frequency": "year", "opened": True, "phase": "open", "opens": "2022-01-04", "due": "2022-01-06T17:00", "grace": "2022-01-10", "locks": "2022-01-31"}], a'

t "expected: a figure that is withdrawn is awaited, then missing, and the answer is no"
baton correct "$db" west growth 2021 --withdraw --reason 误报 --propose
exits 0
baton decide "$db" "$(newest proposal)" --accept --as wang.min
exits 0
baton expected "$db" 2021 --as-of 2022-01-05 --state awaited
exits 0
prints "due 2022-01-06 17:00"
prints "awaited 2, missing 0"
grep -qE '^awaited +growth +Growth +West Hill \(west\)$' out || fail "growth of west is not awaited: $(cat out)"
baton expected "$db" 2021 --as-of 2022-01-11
exits 1 # FIGURES_MISSING
quiet
prints "awaited 0, missing 2"
baton expected "$db" 2021 --as-of 2022-01-11 --unit east
exits 0
prints "missing 0"
prints_not "(west)"
baton expected "$db" 2021 --as-of 2022-01-11 --reporter west --state missing --format csv
exits 1
holds test "$(wc -l <out)" = 2
grep -qE '^west,growth,growth,[^,]*,west,[^,]*,missing,closed,2022-01-04,2022-01-06T17:00,2022-01-10,2022-01-31,,,,,1,[0-9]+$' out || fail "CSV: $(cat out)"
baton expected "$db" 2021 --as-of 2022-01-11 --state missing --unit west --format json
exits 1
holds python3 -c 'import json
a = json.load(open("out"))
assert a["period"] == "2021" and a["count"] == 1 and a["next"] is None, a
item = a["items"][0]
assert (item["unit"], item["element"], item["state"], item["phase"], item["askers"]) == ("west", "growth", "missing", "closed", [{"by": "indicator", "id": "growth"}]), item'

t "exceptions take two, and move what is due for their unit alone"
baton correct "$db" --add --kind exception 2021 west '*' due=2022-01-20
refuses RIGHT_LACKING ""
baton correct "$db" --add --kind exception 2021 west '*' due=2022-01-20 --propose
refuses REASON_NEEDED "--reason"
baton correct "$db" --add --kind exception 2021 west '*' due=2022-01-20 --propose --reason 系统故障
exits 0
prints "proposed, exception 2021 west all figures: due 2022-01-20"
baton decide "$db" "$(newest proposal)" --accept --as wang.min
exits 0
baton expected "$db" 2021 --as-of 2022-01-11 --unit west --state awaited
exits 0
grep -qE '^awaited +growth .* 2022-01-20 +West Hill \(west\)$' out || fail "the exception is not told: $(cat out)"
baton calendar "$db"
prints "Exceptions: 1; \`baton log $db --kind exception\` lists them."
baton calendar "$db" --known "$before"
prints_not "Exceptions"
prints "to be opened"

t "what does not go together"
baton calendar "$db" 2021 --year 2021
refuses OPTIONS_APART "'--year' and '2021' do not go together"
baton calendar "$db" 2021 --frequency year
refuses OPTIONS_APART "'--frequency' and '2021'"
baton calendar "$db" 2021 --open --format json
refuses OPTIONS_APART "'--open' and '--format'"
baton calendar "$db" 2021 --open --as-of 2022-01-01
refuses OPTIONS_APART "'--open' and '--as-of'"
baton calendar "$db" 2021 --open --known 3
refuses OPTIONS_APART "'--open' and '--known'"
baton calendar "$db" --open
refuses OPERAND_MISSING "PERIOD or --year"
baton calendar "$db" 2021-13
refuses PERIOD_BAD "'2021-13' is not a period"
baton expected "$db" 2021-13
refuses PERIOD_BAD "'2021-13' is not a period"
baton expected "$db"
refuses OPERAND_MISSING "PERIOD"
baton expected "$db" 2021 --unit wset
refuses UNIT_UNKNOWN "did you mean 'west'"
baton expected "$db" 2021 --as-of 2022-01-11T24:00
refuses OPTION_MOMENT "the option '--as-of' takes a day or a moment, and '2022-01-11T24:00' is none"
baton expected "$db" 2021 --as-of 2022-02-30
refuses OPTION_MOMENT "2022-02-30"
baton expected "$db" 2021 --assessment leage
refuses ASSESSMENT_UNKNOWN "did you mean 'league'?"

t "calendar: rules that give no moments are told of"
baton correct "$db" --add --kind calendar half opens=5d due=1d
exits 0
baton calendar "$db"
refuses CALENDAR_ORDER "2021-H1"

t "reports are no facts to be corrected by hand"
baton correct "$db" --add --kind report west score 2021 stage=signed value=1
refuses REPORT_ELSEWHERE "reports are not said as facts"

t "calendar: what others than the office said before a period was opened is told"
baton init early.db --id early --name 李伟 --from "$ROOT/tests/cli/league"
baton user early.db add lin.yi --name 林一 --role unit --unit east --from 2020-01-01
baton correct early.db --add west growth 2023 4
exits 0
baton correct early.db --add east growth 2023 5 --as lin.yi
exits 0
number=$(sed -nE 's/^No\. ([0-9]+): .*/\1/p' out)
baton calendar early.db 2023 --open
exits 0
grep -qF "2023 has 1 figures already that came by no report" err || fail "nothing was told: $(cat err)"
grep -qF "the oldest is no. $number" err || fail "not which: $(cat err)"
baton correct early.db --add east trade 2024 5 --as lin.yi
refuses COLLECTED "figures of 2024 are collected"
baton correct early.db --add east trade 2024 5 state=na
refuses FORM_VALUE_AND_STATE "there is a figure, '5', and a reason why there is none, 'na'"
