# Steps with a heading and a time each, and a closing line. Sourced by bin/test.

wanted=" ${*:-} "
passed=0
failed=0
summary=""

is_wanted() { [ "$wanted" = "  " ] || case "$wanted" in *" $1 "*) ;; *) return 1 ;; esac; }

# step NAME HEADING COMMAND…: skipped where the caller asked for other steps; `install` always runs.
step() {
    local name=$1 heading=$2 status start
    shift 2
    [ "$name" = install ] || is_wanted "$name" || return 0
    printf '\n=== %s\n' "$heading"
    start=$SECONDS
    "$@" </dev/null
    status=$?
    if [ $status = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    summary+=$(printf '%-7s %4d s  %s' "$([ $status = 0 ] && echo ok || echo FAILED)" $((SECONDS - start)) "$heading")$'\n'
}

# Without a build there is nothing to test.
stop_on_failure() { [ "$failed" = 0 ] || closing; }

closing() {
    printf '\n=== Summary\n%s\n' "$summary"
    printf 'steps: %d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" = 0 ] && exit 0
    exit 1
}
