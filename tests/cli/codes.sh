#!/bin/bash
# `baton help codes`: every entry of code.def with its number, words and advice.
. "$ROOT/tests/cli/lib.sh"

t "codes: every code of the list has its line"
baton help codes
exits 0
quiet
sed -nE 's/^X\(([A-Z_0-9]+), ([0-9]+), .*/\2  \1/p' "$ROOT/include/baton/code.def" >wanted
sed -nE 's/^([0-9]{4}  [A-Z_0-9]+) \(.*/\1/p' out >got
holds test "$(wc -l <wanted)" -gt 100
holds cmp wanted got

t "codes: words, advice, severity and exit status"
prints "2101  WEIGHT_NEGATIVE (error, exit 2)"
prints "      a weight is a number not below 0, not …"
prints "      write 0 for what does not apply"
prints "2103  ENCODING_CONVERTED (note)"
prints "3001  NO_MEMORY (error, exit 3)"
prints "21xx Tables"

t "codes: nothing of a template is left"
prints_not "%1"
prints_not "{?"
prints_not "{!"

t "codes: no line is longer than a terminal of 80"
holds test "$(wc -L <out)" -le 80

t "codes: in Chinese"
baton help codes --lang zh
exits 0
prints "2101  WEIGHT_NEGATIVE (错误，退出状态 2)"
prints "      权重应为不小于零的数"
holds test "$(wc -L <out)" -le 80
prints "21xx 表"

t "codes: there is no man page of them"
baton help codes --man
exits 2
says "'codes' and '--man' do not go together"
baton help codes --completion bash
exits 2
says "'--completion' and 'codes' do not go together"

t "codes: help and completion know the word"
baton help help
exits 0
prints "[COMMAND | codes | config]"
baton help --completion bash
prints "version waiting codes config'"
