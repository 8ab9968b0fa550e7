"""Publishes an agent by the HTTP interface of a node, and finds all that offer the same. Standard library only.

    python3 agent.py http://127.0.0.1:2121 [TOKEN]
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request

API = sys.argv[1].rstrip("/")
TOKEN = sys.argv[2] if len(sys.argv) > 2 else None


def call(method, path, body=None):
    """Returns what the node answers, as an object; None for what is not found."""
    request = urllib.request.Request(API + path, method=method)
    if TOKEN:
        request.add_header("Authorization", "Bearer " + TOKEN)
    if body is not None:
        request.add_header("Content-Type", "application/json")
        request.data = json.dumps(body).encode()
    try:
        with urllib.request.urlopen(request, timeout=70) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as failure:
        error = json.load(failure)
        if error.get("code") == "not_found":
            return None
        raise SystemExit("%s %s: %s" % (method, path, error.get("error")))


call("POST", "/v1/publications", {"endpoint": {"urls": ["https://babel.example/a2a"]}})
call("POST", "/v1/publications", {
    "topic": {"topic": "ai/translation", "name": "Babel", "protocols": ["a2a"], "tags": ["de", "fr"]}})

query = urllib.parse.urlencode({"protocol": "a2a", "tag": "de"})
for entry in call("GET", "/v1/topics/ai/translation?" + query)["entries"]:
    found = call("GET", "/v1/resolve/" + entry["address"])
    if found:
        print(entry["name"], "is at", found["endpoints"])
