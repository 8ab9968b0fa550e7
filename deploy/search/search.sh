#!/bin/sh
# Searches seeds on several machines by ssh, a part on each, and joins the results here.
# Usage: search.sh HOSTS A..B [OPTION ...]     HOSTS: a file with one host on each line, on which a2al is on the path
#   deploy/search/search.sh hosts 1..2000 --profile chaos --duration 3m
set -eu

hosts=$1
seeds=$2
shift 2
parts=$(grep -c . "$hosts")
folder=$(mktemp -d)

# A part that found a failing seed ends with 1; a part that could not run leaves no result, which the merge tells.
# shellcheck disable=SC2016 # The inner shell expands its own arguments.
grep . "$hosts" | awk -v parts="$parts" '{ print NR, $0 }' | xargs -P "$parts" -L 1 sh -c '
  folder=$1 seeds=$2 parts=$3 options=$4 part=$5 host=$6
  ssh -n "$host" "a2al sim search --seeds $seeds --shard $part/$parts $options --json" >"$folder/part-$part.json" || :
' search "$folder" "$seeds" "$parts" "$*"

a2al sim merge "$folder"/part-*.json
