# For run-all and run-long, which read it: suite COMMAND... runs one and adds up what it counts, end_suites says it. $BATON is the program that was built.
# shellcheck shell=bash
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 3
build=$(dirname "${BATON:?is the program to test}")
passed=0
failed=0

# suite COMMAND...: its last line is "N passed, N failed".
suite() {
    local output last
    output=$("$@" 2>&1)
    local status=$?
    last=$(tail -1 <<<"$output")
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        passed=$((passed + BASH_REMATCH[1]))
        failed=$((failed + BASH_REMATCH[2]))
        sed '$d' <<<"$output"
        if [ "$status" -ne 0 ] && [ "${BASH_REMATCH[2]}" -eq 0 ]; then failed=$((failed + 1)); fi
    else
        echo "$output"
        echo "FAIL $*: exit status $status, and no count"
        failed=$((failed + 1))
    fi
}

end_suites() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
