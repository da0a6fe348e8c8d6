#!/usr/bin/env bash
# Starts a built heard as an organisation would, asks it a few questions, and stops it.
#
#   bin/lib/smoke.sh .build/release/heard
set -uo pipefail
heard=$1
folder=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; rm -rf "$folder"' EXIT
fail() { echo "smoke test: $*" >&2; [ -f "$folder/log" ] && tail -20 "$folder/log" >&2; exit 1; }

port=$((20000 + RANDOM % 12000))
export HEARD_DATABASE="sqlite:$folder/heard.sqlite"
"$heard" version | grep -q '^heard [0-9]' || fail "heard version says nothing"
"$heard" serve --port $port >"$folder/out" 2>&1 && fail "it served an empty database"
grep -q 'heard migrate' "$folder/out" || fail "it did not say what to do with an empty database"
"$heard" migrate >/dev/null || fail "heard migrate failed"

"$heard" serve --port $port --metrics-port off >"$folder/out" 2>"$folder/log" &
server=$!
for _ in $(seq 100); do grep -q 'is ready in' "$folder/out" && break; sleep 0.1; done
grep 'is ready in' "$folder/out" || fail "it did not get ready in 10 seconds"
ask() { curl -s -o "$folder/body" -w '%{http_code}' --max-time 10 "http://localhost:$port$1"; }
[ "$(ask /healthz)" = 200 ] || fail "/healthz is not well"
[ "$(ask /readyz)" = 200 ] || fail "/readyz is not ready: $(cat "$folder/body")"
[ "$(ask /)" = 200 ] || fail "the first page is not there"
grep -q '</html>' "$folder/body" || fail "the first page is not whole"
[ "$(ask /nowhere)" = 404 ] || fail "a page that is not there is not 404"
[ "$(ask /metrics)" = 404 ] || fail "the public can read /metrics"

kill -TERM $server
wait $server
status=$?
server=""
[ $status = 0 ] || fail "it ended with $status when it was told to stop"
"$heard" verify || fail "the trail is not whole"
echo "smoke test: migrate, serve, five pages, stop, verify: all well"
