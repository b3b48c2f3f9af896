"""All that a handler may need, put together once by the composition root."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.clock import Clock
from app.base.db import Database
from app.base.limits import Limits
from app.base.vault import Keyring
from app.settings import Settings

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True)
class Portal:
    """One running instance: a test builds its own, with a stopped clock."""

    settings: Settings
    database: Database
    clock: Clock
    keyring: Keyring
    files: Path
    """Folder of the evidence, sealed."""
    pages: "Environment"
    limits: Limits = field(default_factory=Limits)
