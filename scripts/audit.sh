#!/bin/sh
# Compare the locked libraries with the public lists of vulnerabilities: 0 none known, 1 some, or one that could not be
# asked about (--strict: without it, silence would pass for health), 2 nothing could be asked.
set -eu
cd "$(dirname "$0")/.."
audit=$(command -v pip-audit || echo .venv/bin/pip-audit)
[ -x "$audit" ] || {
    echo "Nothing was asked: pip-audit is missing. Please run: .venv/bin/python -m pip install pip-audit" >&2
    exit 2
}
# What testing needs contains what running needs, in the same versions.
exec "$audit" --strict --disable-pip --require-hashes --requirement requirements-dev.lock
