#!/bin/sh
# Make .venv ready: "run" installs what running needs, "dev" what testing needs too. Nothing happens when it is ready.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}
case $kind in
run) lock=requirements.lock ;;
dev) lock=requirements-dev.lock ;;
*) echo "usage: scripts/venv.sh run|dev" >&2 && exit 2 ;;
esac

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
        if is_recent "$name"; then
            echo "$name"
            return
        fi
    done
    echo "Python 3.11 or later is needed: sudo apt-get install -y python3 python3-venv" >&2
    return 1
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        if [ "$kind" = dev ]; then
            scripts/apt.sh "$version"
        else
            echo "This Python cannot make a virtual environment; please run: sudo apt-get install -y $version" >&2
            return 1
        fi
    fi
    "$python" -m venv --clear .venv
}

# What is installed is known by what it was made from and where: a moved folder is installed again.
state_of() { { cat "$1" && pwd -P; } | cksum; }
is_done() { [ -f ".venv/done-$1" ] && [ "$(cat ".venv/done-$1")" = "$2" ]; }

if ! is_recent .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    echo "Making .venv" >&2
    make_venv
fi
wanted=$(state_of "$lock")
if ! is_done "$lock" "$wanted"; then
    echo "Installing the libraries of $lock (a minute or two, once)" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock"
    echo "$wanted" >".venv/done-$lock"
    # What testing needs contains what running needs, in the same versions.
    [ "$kind" = run ] || state_of requirements.lock >.venv/done-requirements.lock
fi
wanted=$(state_of pyproject.toml)
if ! is_done project "$wanted" || [ ! -x .venv/bin/saisine ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --no-deps --no-build-isolation --no-index -e .
    echo "$wanted" >.venv/done-project
fi
