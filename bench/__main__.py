"""Run every bench, or those named: ``python -m bench weight page``."""

import sys
from importlib import import_module

ALL = (
    "weight",
    "page",
    "journey",
    "desk",
    "case",
    "association",
    "api",
    "evidence",
    "send",
    "slow",
    "memory",
    "directory",
    "statistics",
    "rotate",
    "archive",
    "routing",
    "stamp",
    "verify",
    "once",
    "power",
    "alter",
    "kill",
)


def main(names: list[str]) -> int:
    """Run; exit 1 when a target is missed."""
    missed = []
    for name in names or ALL:
        print(f"-- {name}", flush=True)
        if not import_module(f"bench.{name}").main():
            missed.append(name)
    print(f"missed: {', '.join(missed)}" if missed else "every target is kept")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
