#!/bin/sh
# Install packages of Debian or Ubuntu; when that is not possible, say the line that does it, and fail.
set -eu
line="apt-get install -y --no-install-recommends $*"
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing: $*. Install them with the tools of this system, then try again." >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root="env"
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root="sudo env"
else
    echo "Missing: $*. This account may not install them; please run: sudo $line" >&2
    exit 1
fi
echo "Installing $* ($line)" >&2
$as_root apt-get update -q >&2 || true
$as_root DEBIAN_FRONTEND=noninteractive $line >&2 || {
    echo "It did not work; please run: sudo $line" >&2
    exit 1
}
