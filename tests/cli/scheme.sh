#!/bin/bash
# baton scheme: the annex of a scheme, in each form and language, and what is refused.
# shellcheck disable=SC1111 # these quotation marks are what is printed
. "$ROOT/tests/cli/lib.sh"
small=$ROOT/tests/cli/annex/package # every kind of method, and names that mean something in Markdown and HTML
city=$ROOT/examples/city
safety=$ROOT/examples/safety
expected=$ROOT/tests/cli/expected

# What holds of any document of that form: see annex/sound.
sound() { holds python3 "$ROOT/tests/cli/annex/sound.py" "$@"; }

t "a whole annex, as text, Markdown and HTML, in both languages"
for language in zh en; do
    baton scheme print "$small" --lang $language --width 100
    exits 0
    same "$expected/annex-$language.txt"
    baton scheme print "$small" --lang $language --format markdown --clauses
    exits 0
    same "$expected/annex-$language.md"
    baton scheme print "$small" --lang $language --format html --clauses
    exits 0
    same "$expected/annex-$language.html"
done

t "text is no wider than asked"
for package in "$small" "$city" "$safety"; do
    for width in 60 80 120; do
        for language in zh en; do
            baton scheme print "$package" --lang $language --width $width --clauses
            exits 0
            sound text $width out
        done
    done
done

t "tables of Markdown have as many cells in each row, and points add up to the full score"
for package in "$small" "$city" "$safety"; do
    for language in zh en; do
        baton scheme print "$package" --lang $language --format markdown --clauses
        exits 0
        sound markdown out
    done
done

t "HTML is well formed, needs no other file, and says its language"
for package in "$small" "$city" "$safety"; do
    for language in zh en; do
        baton scheme print "$package" --lang $language --format html --clauses
        exits 0
        sound html $language out
    done
done

t "the example of a city, in Chinese"
baton scheme print "$city" --lang zh --width 120
exits 0
prints "云澜市2021年度综合考核指标体系和计分办法"
prints "月度数据10日、季度数据20日、半年数据30日、年度数据45日"
prints "（一）市（县）区（满分100分）"
prints "仅锦汀区、泽禾县"
prints "云湖旅游度假区不考核"
prints "正向指标：得分＝60+40×(实际值−本类最低值)/(本类最高值−本类最低值)"
prints "逆向指标：得分＝60+40×(本类最高值−实际值)/(本类最高值−本类最低值)"
prints "[95, 98)"
prints "(2, 4]"
prints "p＝100×实际值/(目标值×时间进度)；原式：100*x/(target*elapsed)"
prints "等次不得高于“较差”；“安全稳定”记零分"
prints "总分不低于88分"
prints "本类总数的30%"
prints "市（县）区总分相同的，依次以“经济发展”、“科技创新”得分高者列前。"
prints "第四条 经济发展"
prints_not "青岑经济开发区（" # it left before the year

t "the example of work safety, in English"
baton scheme print "$safety" --lang en --width 160
exits 0
prints "Yunlan City double-hundred work safety assessment 2021: indicators and scoring"
prints "The points of every node are rounded before they are added"
prints "score = 100 if figure is at most target, otherwise (100 − 20 × (figure − target), at least 0)"
prints "total is at least 90 and score of “Result” is at least 90"
prints "score >= 90 and node(result) >= 90"
prints "Deaths                  22.75"
prints "Deaths                   32.5"

t "one group"
baton scheme print "$city" --lang zh --group zone --width 100
exits 0
prints "（开发区）"
prints "（一）开发区（满分100分）"
prints_not "（一）市（县）区（满分"
prints_not "党群部门"
prints_not "群众满意度" # not assessed there
baton scheme print "$city" --group zon
exits 2
says "zone"

t "clauses with their words"
baton scheme print "$city" --lang zh --width 100
prints_not "同一荣誉由多级通报的"
baton scheme print "$city" --lang zh --width 100 --clauses
exits 0
prints "│ 经济发展板块26分"

t "clauses are spoken of only where some indicator has one"
baton scheme print "$city" --lang zh
prints "计分方法见第四部分；未列依据的，与上级指标相同。"
baton scheme print "$ROOT/tests/cli/league" --lang zh
prints "计分方法见第四部分。"
baton scheme print "$ROOT/tests/cli/league" --lang en
prints_not "clause of its own"

t "into a file"
baton scheme print "$small" --lang en --format html -o annex.html --clauses
exits 0
holds cmp -s annex.html "$expected/annex-en.html"
holds test ! -s out

t "what is wrong is told, and nothing is printed"
baton scheme prin "$small"
exits 2
says "did you mean 'print'?"
baton scheme write "$small" --lang zh
exits 2
says "可用的词：print"
baton scheme print
exits 2
baton scheme print nowhere
exits 2
says "no such folder"
cp -r "$small" broken
sed -i 's/^economy,/economy x,/' broken/indicators.csv
baton scheme print broken --lang en
exits 2
says "nothing was printed"
holds test ! -s out
