#!/bin/sh
# Choose versions and write their hashes, for every Python from 3.11 on. No address of an index enters the files.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
[ -x "$uv" ] || {
    echo "uv chooses the versions; please run: .venv/bin/python -m pip install uv" >&2
    exit 1
}
choose() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links --upgrade "$@"
}
choose pyproject.toml --extra build --output-file requirements.lock
choose pyproject.toml --extra build --extra dev --constraint requirements.lock --output-file requirements-dev.lock
