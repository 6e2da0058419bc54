# shellcheck shell=bash
# For the scripts of tests/cli, each of which begins with
#     . "$ROOT/tests/cli/lib.sh"
# and is run in an empty folder of its own. $BATON is the program, $ROOT the project.
#
#     t "score tells of a missing table"      what is checked from here on
#     baton score nowhere                     runs the program; its status, ./out and ./err are kept
#     exits 2
#     says "units.csv"                        stderr holds the text
#     prints "units.csv"                      stdout holds the text;  prints_not: it does not
#     same "$ROOT/tests/cli/help.txt"         stdout is that file, byte for byte
#     quiet                                   stderr is empty
#     refuses ACTOR_NEEDED "--as"             it ended as that code of code.def does, and stderr holds the text
#     holds test -f here                      any command succeeds
# The first check that fails ends the named part: what follows up to the next t is skipped.

part=
part_failed=
passed=0
failed=0

end_part() {
    if [ -n "$part" ] && [ -z "$part_failed" ]; then
        echo "ok $part"
        passed=$((passed + 1))
    fi
}

t() {
    end_part
    part="$(basename "$0" .sh): $1"
    part_failed=
}

fail() {
    [ -z "$part_failed" ] || return 0
    part_failed=1
    failed=$((failed + 1))
    echo "FAIL $part: $1"
    if [ -s err ]; then head -n 12 err | sed 's/^/    | /'; fi
}

status=
baton() {
    status=0
    "$BATON" "$@" >out 2>err </dev/null || status=$?
}

exits() { [ "$status" -eq "$1" ] || fail "ended with status $status, expected $1"; }
says() { grep -qF -- "$1" err || fail "stderr does not say '$1'"; }
prints() { grep -qF -- "$1" out || fail "stdout does not hold '$1'"; }
prints_not() { if grep -qF -- "$1" out; then fail "stdout holds '$1'"; fi; }
refuses() {
    local wanted
    wanted=$(sed -nE "s/^X\\($1, [0-9]+, [0-9]+, ([0-9]), .*/\\1/p" "$ROOT/include/baton/code.def")
    exits "${wanted:-99}"
    says "$2"
}
quiet() { [ ! -s err ] || fail "stderr is not empty"; }
same() { cmp -s out "$1" || fail "stdout is not $1: $(diff out "$1" | head -n 6)"; }
holds() { "$@" || fail "$*"; }

finish() {
    local code=$?
    [ $code -eq 0 ] || fail "the script ended with status $code"
    end_part
    echo "$passed passed, $failed failed"
}
trap finish EXIT
