#!/bin/bash
# baton help, --help, version, man pages and completion: all from one table.
. "$ROOT/tests/cli/lib.sh"

t "the commands"
baton help
exits 0
quiet
for command in backup calendar check convert correct decide doctor expected explain export help import import-sheet init key log matrix methods rebuild restore score show user verify version; do prints "  $command "; done
cp out help
baton --help
exits 0
same help
baton -h
same help
baton help --lang zh
prints "计算得分并排名"

t "one command: the same with --help"
baton help score
exits 0
prints "Usage: baton score [OPTION]... [PACKAGE]"
prints "--as-of DATE"
prints "-o, --output FILE"
prints "baton score examples/city --group district --top 3"
cp out help
baton score --help
exits 0
same help
baton score -h nowhere
exits 0
same help
baton --lang zh score --help
prints "用法：baton score [选项]... [PACKAGE]"

t "help of no command"
baton help scores
exits 2
says "there is no command 'scores'"
says "did you mean 'score'?"

t "no line of help but an example is wider than a terminal"
for language in zh en; do
    for command in $("$BATON" help | sed -nE 's/^  ([a-z][a-z-]*)  .*/\1/p'); do
        baton help $command --lang $language
        exits 0
        holds python3 - <<'PYTHON'
import unicodedata
for line in open("out", encoding="utf-8"):
    assert line.startswith("  baton ") or sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip("\n")) <= 80, line
PYTHON
    done
done

t "the version"
baton version
exits 0
prints "baton "
cp out version
baton --version
exits 0
same version
baton version --lang zh
prints "考核包格式 1"

t "man pages"
baton help --man
exits 0
prints ".TH baton 1"
prints ".BR baton\\-score (1)"
baton help --man score
exits 0
prints ".TH baton-score 1"
prints ".B \\-\\-as\\-of DATE"
baton help --man score --lang zh
prints ".SH 选项"

t "completion for bash"
baton help --completion bash
exits 0
holds bash -n out
cp out completion.bash
complete_bash() { # words...: what is offered for the last one
    bash -c '. ./completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _baton; printf "%s\n" "${COMPREPLY[@]}"' _ "$@" >out
}
complete_bash baton sco
holds test "$(cat out)" = score
complete_bash baton score --out
holds test "$(cat out)" = --output
complete_bash baton score --format ''
holds test "$(tr '\n' ' ' <out)" = "table csv json html xlsx pdf "
complete_bash baton check --format ''
holds test "$(tr '\n' ' ' <out)" = "text json "
complete_bash baton --lang zh score --lang ''
holds test "$(tr '\n' ' ' <out)" = "en zh "
mkdir city
complete_bash baton score ci
holds test "$(cat out)" = city

t "completion for zsh"
baton help --completion zsh
exits 0
prints "#compdef baton"
prints "'--output=[write to a file, which appears when it is whole]:output:_files'"
if command -v zsh >/dev/null; then holds zsh -n out; fi

t "what installing makes of it"
holds "$ROOT/tools/make_man" "$BATON" share
holds test -s share/man/man1/baton.1
for command in check explain help matrix methods score version; do
    holds grep -q "^.TH baton-$command 1" "share/man/man1/baton-$command.1"
    holds grep -q "^.SH 说明" "share/man/zh_CN/man1/baton-$command.1"
done
holds bash -n share/bash-completion/completions/baton
holds test -s share/zsh/site-functions/_baton
