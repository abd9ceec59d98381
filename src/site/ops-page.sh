#!/usr/bin/env bash
# Takes the picture of the ops page that the README shows: brings some trouble into a running sandbox, waits for its
# deadline, and lets chromium look. Before it, in another terminal:
#
#   PAYONCE_RECOVERY_DEADLINE_MS=30000 ./mvnw -q compile exec:java
#
# src/site/ops-page.sh [PROXY [ADMIN]]; they are http://127.0.0.1:8080 and http://127.0.0.1:9090.
set -euo pipefail
proxy=${1:-http://127.0.0.1:8080}
admin=${2:-http://127.0.0.1:9090}
run=$(date +%H%M)
picture=$(dirname "$0")/resources/images/ops-page.png

# Pays NUMBER, to which the simulated platform does SCRIPT; further arguments are curl's.
pay() {
  local number=$1 script=$2
  shift 2
  curl -s -o /dev/null "$@" "$proxy/v1/semi-integration/transaction/sale" \
    -H 'Authorization: Bearer pk_demo' -H 'Content-Type: application/json' \
    -d '{"appId":"demo","merchantId":"M0000000001","transactionRequestId":"pay-'"$run-$number"'","referenceOrderId":"order-'"$run-$number"'",
         "amount":{"orderAmount":'$((1000 + number))',"priceCurrency":"USD"},"description":"a book","terminalSn":"T1","attach":"sandbox: '"$script"'"}'
}

well() {
  local number
  for ((number = $1; number < $2; number++)); do
    pay "$number" ok
    sleep 0.1
  done
}

at_once=(-H 'Prefer: respond-async')
well 100 130
pay 1 'E02, query: C24 9999x' "${at_once[@]}"
pay 2 'silent after charge, query: C24 9999x' "${at_once[@]}"
pay 3 'terminal 10m' "${at_once[@]}"
pay 4 'decline 051'
pay 5 'E02 after charge'
pay 6 C14
well 130 400 &
# The deadline, and the pause between two confirms.
sleep 45
chromium --headless --no-sandbox --hide-scrollbars --force-device-scale-factor=1 --window-size=1240,1000 \
  --virtual-time-budget=8000 --screenshot="$picture" "$admin/#M0000000001/pay-$run-1" 2>/dev/null
kill "$!" 2>/dev/null || true
