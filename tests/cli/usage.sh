#!/bin/bash
# Wrong usage: each way to be wrong, with the advice that goes with it, and exit status 2.
. "$ROOT/tests/cli/lib.sh"
league=$ROOT/tests/cli/league

t "nothing asked for: how to ask, on stderr"
baton
exits 2
says "Usage: baton"
says "score "
holds test ! -s out

t "an unknown command, with a guess"
baton scoer "$league"
exits 2
says "there is no command 'scoer'"
says "did you mean 'score'?"

t "an unknown command in Chinese"
baton --lang zh 评分
exits 2
says '没有命令“评分”'

t "an unknown option, with a guess and where to read"
baton score "$league" --foramt csv
exits 2
says "there is no option '--foramt'"
says "did you mean '--format'? see \`baton help score\`"
holds test ! -s out

t "an unknown option of baton itself"
baton --verbose score "$league"
exits 2
says "there is no option '--verbose'"

t "a value that is none"
baton score "$league" --format cvs
exits 2
says "'cvs' is no value of the option '--format'"
says "did you mean 'csv'? one of: table, csv, json"

t "a value that is missing"
baton score "$league" --period
exits 2
says "the option '--period' needs a value"
baton score "$league" --output=
exits 2
says "the option '--output' needs a value"

t "a value that is not wanted"
baton score "$league" --rounded=yes
exits 2
says "the option '--rounded' takes no value"

t "numbers, periods, dates"
baton score "$league" --top many
exits 2
says "the option '--top' takes a whole number from 1 to"
baton score "$league" --period 2021-13
exits 2
says "the option '--period' takes a period, and '2021-13' is none"
baton score "$league" --as-of 2021-02-30
exits 2
says "the option '--as-of' takes a date, and '2021-02-30' is none"

t "everything wrong at once"
baton score "$league" --top 0 --period x --nowhere
exits 2
says "'--top'"
says "'--period'"
says "'--nowhere'"

t "operands: too few, too many"
baton score
exits 2
says "\`baton score\` needs PACKAGE"
baton check "$league" "$league"
exits 2
says "\`baton check\` does not know what to do with"
baton version 1
exits 2
says "\`baton version\` does not know what to do with '1'"

t "options that do not go together"
baton score "$league" --group town --unit east
exits 2
says "'--group' and '--unit' do not go together"
baton help --completion bash --man
exits 2
says "do not go together"

t "a group or unit that is none"
baton score "$league" --group twon
exits 2
says "there is no group 'twon'"
says "did you mean 'town'?"
holds test ! -s out
baton score "$league" --unit eest
exits 2
says "there is no unit 'eest'"
says "did you mean 'east' (East Lake)?"
baton score "$league" --unit 东湖镇 --lang zh
exits 2
says '没有考核对象“东湖镇”'
says '是否应为“east”（东湖镇）？'

t "a unit that only carries figures"
mkdir p && cp "$league"/* p
echo 'whole,全区,The whole,,,' >>p/units.csv
baton score p --unit whole
exits 2
says "the unit 'whole' has no group, so it has no score"

t "a method that is none"
baton methods rnage
exits 2
says "there is no method, function or name 'rnage'"
says "did you mean 'range'?"

t "options may stand anywhere, and -- ends them"
baton --lang zh score --format=csv "$league" --top 1
exits 0
baton score -- --format
exits 2
says "'--format' is not an assessment package"

t "messages in the language of the locale"
in_locale() { # settings... -- arguments...
    local settings=()
    while [ "$1" != -- ]; do
        settings+=("$1")
        shift
    done
    shift
    status=0
    env "${settings[@]}" "$BATON" "$@" >out 2>err </dev/null || status=$?
}
in_locale LC_ALL=zh_CN.UTF-8 -- score
exits 2
says "需要给出 PACKAGE"
in_locale LC_ALL= LC_MESSAGES=zh_CN LANG=en_US -- score
exits 2
says "需要给出 PACKAGE"
in_locale LC_ALL=C LANG=zh_CN.UTF-8 -- score
exits 2
says "needs PACKAGE"
in_locale LC_ALL=zh_CN.UTF-8 -- --lang en score
exits 2
says "needs PACKAGE"
