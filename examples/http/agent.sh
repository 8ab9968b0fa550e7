#!/bin/sh
# Publishes an agent by the HTTP interface of a node, and finds it again by its address. Needs curl alone.
#
#     sh agent.sh http://127.0.0.1:2121 [TOKEN]
set -eu

api=$1
token=${2:-}

call() {
    curl -sS --fail-with-body -H "Authorization: Bearer $token" "$@"
    echo
}

call -H "Content-Type: application/json" -d '{"endpoint":{"urls":["https://babel.example/a2a"]}}' "$api/v1/publications"
address=$(call "$api/v1/status" | sed 's/.*"address":"\([^"]*\)".*/\1/')
call "$api/v1/resolve/$address"
