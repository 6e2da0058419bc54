#!/bin/bash
# The commands of ledgers, as an office uses them from the first day to a correction of a posted result. On SQLite; on the server that
# BATON_TEST_POSTGRES names where that is set.
. "$ROOT/tests/cli/lib.sh"
league=$ROOT/tests/cli/league

if [ -n "${BATON_TEST_POSTGRES:-}" ]; then
    db=$BATON_TEST_POSTGRES
    id=(--ledger-id league)
    key=(--key league.db.key)
else
    db=league.db
    id=()
    key=()
fi
export BATON_USER=li.wei
newest() { "$BATON" show "$db" "${id[@]}" --head | sed -n 's/^root: //p'; }
last() { # KIND: the number of the newest fact of the kind
    "$BATON" log "$db" "${id[@]}" --kind "$1" --limit 1 --format json | sed -nE 's/^ *"position": ([0-9]+),$/\1/p'
}

t "init: who begins it has to be known"
BATON_USER='' baton init "$db" --id league --name 李伟 "${key[@]}"
refuses ACTOR_NEEDED "--as PERSON, or the variable BATON_USER"
baton init "$db" --id league "${key[@]}"
refuses OPTION_NEEDED "--name"

t "init: a package that is not sound begins no ledger"
mkdir broken
cp "$league"/* broken
sed -i 's/^east,growth,2021,96,/east,growth,2021,many,/' broken/observations.csv
baton init "$db" --id league --name 李伟 "${key[@]}" --from broken
exits 2
says "'many' is not a number"
says "nothing was brought in"
holds test ! -e league.db
holds test ! -e league.db.key

t "init with a package"
baton init "$db" --id league --name 李伟 "${key[@]}" --from "$league"
exits 0
prints "The ledger 'league' begins in"
prints "(sha256, ed25519)"
prints "observations  44 new"
holds test "$(stat -c %a league.db.key)" = 600

t "init: the same ledger twice"
baton init "$db" --id league --name 李伟 "${key[@]}"
refuses LEDGER_EXISTS "has the ledger 'league' already"

t "a ledger that is not there"
baton log nowhere.db
exits 3
says "nowhere.db cannot be opened"
baton log "$db" --ledger-id leagu
refuses LEDGER_UNKNOWN "has no ledger 'leagu'"

t "user: add, list, end"
baton user "$db" "${id[@]}" "${key[@]}" add wang.min --name 王敏 --role committee
exits 0
prints "person wang.min; receipt"
prints "post wang.min committee"
baton user "$db" "${id[@]}" "${key[@]}" add wang.min --name 王敏
refuses PERSON_THERE "knows wang.min already, as '王敏'"
baton user "$db" "${id[@]}" "${key[@]}" add zhao --role owner
refuses OPTION_NEEDED "--name"
baton user "$db" "${id[@]}" "${key[@]}" add zhao --name 赵敏 --role onwer
refuses FACT_FIELD_BAD "'onwer' is no value of the field 'role'"
baton user "$db" "${id[@]}" "${key[@]}" add zhao --name 赵敏 --role owner --unit tax --from 2021-01-01
exits 0
baton user "$db" "${id[@]}" "${key[@]}" end zhao unit --to 2021-06-30 --reason 调离
refuses POST_UNKNOWN "zhao does not hold the role unit"
baton user "$db" "${id[@]}" "${key[@]}" end zhao owner --to 2021-06-30 --reason 调离
exits 0
baton user "$db" "${id[@]}" list --lang zh
exits 0
grep -qE '^zhao +赵敏 +owner +tax +2021-01-01 +2021-06-30 +审核人$' out || fail "zhao is not listed: $(cat out)"
baton user "$db" "${id[@]}" "${key[@]}" add zhao --role approver --unit tax --from 2021-02-01 --assessment league --indicator economy --deputy
exits 0
baton user "$db" "${id[@]}" "${key[@]}" end zhao approver --to 2021-09-30 --reason 调离 # what else it says stays
exits 0
baton user "$db" "${id[@]}" list --format json
holds python3 -c 'import json
post = [p for person in json.load(open("out")) for p in person["posts"] if p["role"] == "approver"][0]
assert (post["to"], post["assessment"], post["indicator"], post["deputy"]) == ("2021-09-30", "league", "economy", True), post'
baton user "$db" "${id[@]}" "${key[@]}" add zhao --role auditor --from 2022-01-01
exits 0
baton user "$db" "${id[@]}" "${key[@]}" add zhao --role committee --from 2022-06-01
refuses ROLES_APART "zhao may not have the role committee while having auditor"
baton user "$db" "${id[@]}" lsit
refuses OPERAND_WORD "did you mean 'list'?"
baton user "$db" "${id[@]}" list --format json
holds python3 -c 'import json; assert [p["name"] for p in json.load(open("out"))] == ["李伟", "王敏", "赵敏"]'

t "rights: who has no role may not"
baton user "$db" "${id[@]}" "${key[@]}" add liu --name 刘 --as zhao
refuses RIGHT_LACKING "zhao may not do that"
baton user "$db" "${id[@]}" "${key[@]}" add liu --name 刘 --as lii.wei
refuses PERSON_UNKNOWN "did you mean 'li.wei'?"

t "import: the same again is nothing new, what differs is refused with both values"
baton import "$db" "${id[@]}" "${key[@]}" "$league"
exits 0
prints "No fact is new."
cp -r "$league" changed
sed -i 's/^east,trade,2021,91,/east,trade,2021,92,/' changed/observations.csv
baton import "$db" "${id[@]}" "${key[@]}" changed
refuses IMPORT_DIFFERS "'92' here and '91' in the ledger"
baton import "$db" "${id[@]}" "${key[@]}" changed --correct
refuses REASON_NEEDED "a reason is needed"
baton import "$db" "${id[@]}" "${key[@]}" changed --correct --reason 年报修订
exits 0
prints "1 corrected"

t "the score out of the ledger is that of the package, to the byte"
baton score --ledger "$db" "${id[@]}" --format csv
exits 0
cp out scored.csv
baton score changed --format csv
same scored.csv

t "correct: what it changes is told"
baton correct "$db" "${id[@]}" "${key[@]}" west growth 2021 95 --reason 统计局修订
exits 0
prints "figure west growth 2021: 95; receipt"
prints "It was: west growth 2021: 86"
prints "In the result of 2021"
prints "West"
figure=$(last observation)

t "correct: what the scheme cannot take is not stored"
before=$(newest)
baton correct "$db" "${id[@]}" "${key[@]}" west growth 2021 high --reason 错
exits 2
says "'high' is not a number"
says "with this the assessment cannot be scored"
baton correct "$db" "${id[@]}" "${key[@]}" west growht 2021 95 --reason 错
refuses NOTHING_SAID "for west growht 2021"
baton correct "$db" "${id[@]}" "${key[@]}" west growth 2021 95.5
refuses REASON_NEEDED "--reason"
baton correct "$db" "${id[@]}" "${key[@]}" west growth 2021 96 other --reason 错
refuses FIELD_WORD "'other' is not of the form field=value"
baton correct "$db" "${id[@]}" "${key[@]}" west growth 2021 --reason 错
refuses OPERAND_MISSING "VALUE"
baton correct "$db" "${id[@]}" "${key[@]}" --kind figure west growth 2021 95 --reason 错
refuses FACT_KIND "'figure' is no kind"
baton correct "$db" "${id[@]}" "${key[@]}" west growth 2021 95 --reason 错
refuses FACT_SAME "it says what no. $figure says already"
baton correct "$db" "${id[@]}" "${key[@]}" west growth 2021 96 --reason 错 --assessment leage
refuses ASSESSMENT_UNKNOWN "did you mean 'league'?"
holds test "$(newest)" = "$before"

t "correct: said for the first time, withdrawn, other kinds"
baton correct "$db" "${id[@]}" "${key[@]}" new growth 2020 70 --add
exits 0
prints "figure new growth 2020: 70"
baton correct "$db" "${id[@]}" "${key[@]}" new growth 2020 71 --add
refuses FACT_EXISTS "new growth 2020"
baton correct "$db" "${id[@]}" "${key[@]}" new growth 2020 --withdraw --reason 重复
exits 0
prints "withdrawn"
prize=$("$BATON" log "$db" "${id[@]}" --kind adjustment --limit 2 --format json | sed -nE 's/^ *"position": ([0-9]+),$/\1/p' | tail -n 1)
baton correct "$db" "${id[@]}" "${key[@]}" --kind adjustment "$prize" count=1 --reason 核减
exits 0
prints "count 1"

t "log: all that was said of a figure, and what each revision changed"
baton log "$db" "${id[@]}" west growth 2021
exits 0
grep -qE '^first +[0-9]+ .* 86$' out || fail "the first is not told"
grep -qE '^final +[0-9]+ .* 95 +统计局修订$' out || fail "the final one is not told"
prints "In the result of 2021"
baton log "$db" "${id[@]}" west growth 2021 --format json
holds python3 -c 'import json; assert [(e["revision"], e["fields"]["value"]) for e in json.load(open("out"))] == [(0, "86"), (1, "95")]'
baton log "$db" "${id[@]}" west growth
refuses OPERAND_MISSING "UNIT ELEMENT PERIOD"

t "log: the newest first"
baton log "$db" "${id[@]}" --limit 2 --width 200
exits 0
holds test "$(wc -l <out)" -eq 4
baton log "$db" "${id[@]}" --kind post --lang zh --width 200
prints "任职 zhao owner tax 2021-01-01：to 2021-06-30（理由：调离）"
prints "李伟（li.wei）"

t "show: a fact, with what it corrects and what is in force"
baton show "$db" "${id[@]}" "$figure"
exits 0
prints "No. $figure, figure"
prints "figure west growth 2021: 86"
prints "in force    yes"
baton show "$db" "${id[@]}" 99999
refuses ENTRY_UNKNOWN "there is no fact no. 99999"
baton show "$db" "${id[@]}" seven
refuses NUMBER_BAD "'seven' is no number of a fact"
baton show "$db" "${id[@]}"
refuses OPERAND_MISSING "LEDGER N"
baton show "$db" "${id[@]}" --head --table units
refuses OPTIONS_APART "'--head' and '--table' do not go together"

t "show: a table as once known"
baton show "$db" "${id[@]}" --table observations --format csv
grep -q '^west,growth,2021,95' out || fail "what is in force is not in the table"
baton show "$db" "${id[@]}" --table observations --format csv --known $((figure - 1))
grep -q '^west,growth,2021,86' out || fail "what was known is not in the table"
baton show "$db" "${id[@]}" --table observations --known 2000-01-01 --format csv
holds test "$(wc -l <out)" -eq 1
baton show "$db" "${id[@]}" --table observations --known soon
refuses KNOWN_BAD "'soon' is neither a date nor a number"
baton show "$db" "${id[@]}" --table observation
refuses OPTION_WORD "did you mean 'observations'?"
baton show "$db" "${id[@]}" --table units
prints "South Bay Development"

t "evidence: the file comes back"
{
    echo %PDF-1.7
    head -c 599991 /dev/urandom
} >函.pdf
baton correct "$db" "${id[@]}" "${key[@]}" west trade 2021 85 --reason 申诉 --evidence 函.pdf
exits 0
prints "600000 bytes application/pdf"
evidence=$(last evidence)
baton show "$db" "${id[@]}" "$evidence" --content content -o back.pdf
exits 0
holds cmp 函.pdf back.pdf
baton show "$db" "${id[@]}" "$evidence"
prints "函.pdf"
baton show "$db" "${id[@]}" "$evidence" --content file
refuses CONTENT_NONE "it has: content, name"

t "two persons: proposed by one, decided by another"
baton decide "$db" "${id[@]}"
prints "Nothing waits for a decision."
baton correct "$db" "${id[@]}" "${key[@]}" east air 2021 60 --reason 复核 --propose
exits 0
prints "proposed, figure east air 2021: 60"
proposal=$(last proposal)
baton log "$db" "${id[@]}" east air 2021
prints_not " 60 "
baton decide "$db" "${id[@]}" --lang zh
exits 0
prints "第 $proposal 号"
prints "理由：复核"
prints "2021年的结果中有"
baton decide "$db" "${id[@]}" "${key[@]}" "$proposal" --accept
refuses DECISION_OWN "may not decide on it"
baton decide "$db" "${id[@]}" "${key[@]}" "$proposal" --refuse --as wang.min
refuses REASON_NEEDED "a reason is needed"
baton decide "$db" "${id[@]}" "${key[@]}" "$proposal" --accept --refuse
refuses OPTIONS_APART "do not go together"
baton decide "$db" "${id[@]}" "${key[@]}" "$proposal" --accept --as wang.min
exits 0
prints "no. $proposal is accepted"
prints "figure east air 2021: 60"
baton decide "$db" "${id[@]}" "${key[@]}" "$proposal" --refuse --reason 晚了 --as wang.min
refuses PROPOSAL_CLOSED "is closed: accepted"
baton decide "$db" "${id[@]}" "${key[@]}" 3 --accept --as wang.min
refuses PROPOSAL_UNKNOWN "no. 3 is no proposal"

t "two persons: refused, and withdrawn"
baton correct "$db" "${id[@]}" "${key[@]}" east air 2021 61 --reason 再复核 --propose
proposal=$(last proposal)
baton decide "$db" "${id[@]}" "${key[@]}" "$proposal" --refuse --reason 佐证不足 --as wang.min
exits 0
baton correct "$db" "${id[@]}" "${key[@]}" east air 2021 62 --reason 又复核 --propose
proposal=$(last proposal)
baton decide "$db" "${id[@]}" "${key[@]}" "$proposal" --withdraw --as wang.min
refuses WITHDRAWAL_OTHER "only who proposed it may withdraw it"
baton decide "$db" "${id[@]}" "${key[@]}" "$proposal" --withdraw
exits 0
baton decide "$db" "${id[@]}"
prints "Nothing waits for a decision."

t "a result is posted by two, and then locked"
baton score --post --ledger "$db" "${id[@]}" "${key[@]}"
refuses OPTION_NEEDED "--reason"
baton score --post --ledger "$db" "${id[@]}" "${key[@]}" --reason 年度结果
exits 0
prints "the result of 2021 is proposed for posting"
baton decide "$db" "${id[@]}" "${key[@]}" "$(last proposal)" --accept --as wang.min
exits 0
prints "posted result league, 2021"
baton correct "$db" "${id[@]}" "${key[@]}" west air 2021 92 --reason 修订
refuses LOCKED "it is locked: 2021 is posted"
baton correct "$db" "${id[@]}" "${key[@]}" west air 2021 92 --reason 修订 --propose
exits 0
baton decide "$db" "${id[@]}" "${key[@]}" "$(last proposal)" --accept --as wang.min
exits 0
prints "figure west air 2021: 92"

t "a receipt, verified without the ledger"
baton show "$db" "${id[@]}" "$figure" --receipt -o receipt
exits 0
baton key "$db" "${id[@]}" -o public.pem
exits 0
digest=$(sed -n 's/^key: //p' receipt)
mkdir -p elsewhere
cp receipt public.pem elsewhere
cd elsewhere || exit
baton verify --receipt receipt
exits 0
prints "receipt holds: no. $figure of the ledger 'league'"
prints "figure west growth 2021: 95"
prints "$digest"
for named in public.pem receipt "$digest"; do
    baton verify --receipt receipt --key "$named"
    exits 0
done
baton verify --receipt receipt --key "${digest//[0-9]/a}"
refuses RECEIPT_KEY "is signed with the key"
baton verify --receipt receipt --key /etc/hostname
refuses PUBLIC_KEY_BAD "is no public key"
sed 's/^position: .*/position: 4/' receipt >other
baton verify --receipt other --lang zh
refuses RECEIPT_PROOF "回执不成立"
sed 's/^size: .*/size: 4x/' receipt >other
baton verify --receipt other
refuses RECEIPT_BROKEN "this is no receipt"
baton verify --receipt nowhere
refuses SHEET_FILE_MISSING "there is no file 'nowhere'"
cd ..

t "verify, also since a head that was kept"
baton verify "$db" "${id[@]}" --since receipt
exits 0
prints "holds: it is what it says"
prints "posted results    1, scored again to the same bytes"
prints "extends the head of"
baton verify
refuses OPERAND_MISSING "--receipt FILE"
baton verify "$db" --receipt receipt
refuses OPERAND_EXCESS "does not know what to do with"
baton verify "$db" "${id[@]}" --since public.pem
refuses HEAD_BROKEN "this is no head"
baton init other.db --name 李伟
baton show other.db --head -o other.head
baton verify "$db" "${id[@]}" --since other.head
refuses HEAD_OF_OTHER "of the ledger 'other', not of 'league'"

t "backup, verified as a file; restored to another store"
baton backup "$db" "${id[@]}" -o league.journal
exits 0
prints "is written, read again and verified"
baton verify --journal league.journal --since receipt
exits 0
baton restore league.journal restored.db
exits 0
holds test "$("$BATON" show restored.db --head)" = "$("$BATON" show "$db" "${id[@]}" --head)"
baton score --ledger "$db" "${id[@]}" --format csv
cp out scored.csv
baton score --ledger restored.db --format csv
same scored.csv
baton restore league.journal restored.db
refuses LEDGER_EXISTS "has the ledger 'league' already"
cp league.journal cut.journal
truncate -s -1 cut.journal
baton restore cut.journal cut.db
refuses JOURNAL_BROKEN "cut.journal"
baton backup "$db" "${id[@]}"
refuses OPTION_NEEDED "-o"
baton correct restored.db west air 2021 93 --reason 修订 --propose
exits 3
says "restored.db.key cannot be read"

t "export: a package that scores to the same bytes"
baton export "$db" "${id[@]}" -o exported
exits 0
baton score exported --format csv
same scored.csv
baton export "$db" "${id[@]}" -o exported
refuses FOLDER_NOT_EMPTY "is not empty"
baton export "$db" "${id[@]}" -o old.zip --known $((figure - 1))
exits 0
baton score old.zip --format csv
holds test "$(grep -c . out)" -eq "$(grep -c . scored.csv)"
if cmp -s out scored.csv; then fail "what was known earlier is not what is known now"; fi
baton export "$db" "${id[@]}"
refuses OPTION_NEEDED "-o"

t "a new key: old receipts hold, new ones are of the new key"
baton key "$db" "${id[@]}" "${key[@]}" --new next.key
refuses OPTION_NEEDED "--reason"
baton key "$db" "${id[@]}" "${key[@]}" --new next.key --reason 年度更换
exits 0
holds test "$(stat -c %a next.key)" = 600
baton correct "$db" "${id[@]}" --key league.db.key west air 2021 94 --reason 修订 --propose
exits 3
says "is not the one that this ledger has in force"
baton key "$db" "${id[@]}" --lang zh
exits 0
holds test "$(grep -c '年度更换' out)" -eq 1
prints "$digest"
baton verify --receipt receipt --key public.pem
exits 0
baton show "$db" "${id[@]}" "$figure" --receipt -o receipt
baton verify --receipt receipt --key public.pem
refuses RECEIPT_KEY "is signed with the key"
baton verify "$db" "${id[@]}"
exits 0

t "rebuild"
baton rebuild "$db" "${id[@]}"
exits 0
prints "The tables are what the journal says"

t "doctor: good, and what is not"
baton doctor "$db" "${id[@]}" --key next.key
exits 0
prints_not "NOT GOOD"
prints "next.key, in force"
baton doctor "$db" "${id[@]}" --key league.db.key --lang zh
exits 1
prints "不是现用的密钥"
chmod 644 next.key
baton doctor "$db" "${id[@]}" --key next.key --format json
exits 1
holds python3 -c 'import json; assert [l["name"] for l in json.load(open("out")) if not l["good"]] == ["key"]'
chmod 600 next.key

t "several assessments: one has to be named"
mkdir second
cp "$league"/* second
sed -i 's/^id: league/id: second/' second/scheme.yaml
baton import "$db" "${id[@]}" --key next.key second
exits 0
baton score --ledger "$db" "${id[@]}"
refuses ASSESSMENT_NEEDED "--assessment: league, second"
baton score --ledger "$db" "${id[@]}" --assessment second --format csv
exits 0
