"""Where the files that are not code lie: beside ``app`` in a checkout, inside it once installed."""

from pathlib import Path

_APP = Path(__file__).parent.parent
_HOME = _APP.parent if (_APP.parent / "templates").is_dir() else _APP

TEMPLATES = _HOME / "templates"
STATIC = _HOME / "static"
MIGRATIONS = _HOME / "migrations"
