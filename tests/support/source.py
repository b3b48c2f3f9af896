"""The project's own files, read as data."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

HOME = Path(__file__).parent.parent.parent
APP, TEMPLATES, STATIC = HOME / "app", HOME / "templates", HOME / "static"


@dataclass(frozen=True)
class Module:
    """One Python file of ``app``."""

    path: Path
    text: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of its tree, walked once for all the tests that look for one."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def name(self) -> str:
        """Its path inside ``app``, as a test tells it."""
        return self.path.relative_to(APP).as_posix()

    @property
    def room(self) -> str:
        """The room it stands in (``filing``), or its own name at the root (``main``)."""
        return self.name.partition("/")[0].removesuffix(".py")

    @property
    def part(self) -> str:
        """The piece of furniture it belongs to: ``rules``, ``models``, ``queries``, ``service``, ``routes``…"""
        return self.name.split("/")[1].removesuffix(".py") if "/" in self.name else ""


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of ``app``."""
    found = (path for path in sorted(APP.rglob("*.py")) if "__pycache__" not in path.parts)
    texts = ((path, path.read_text(encoding="utf-8")) for path in found)
    return tuple(Module(path, text, ast.parse(text)) for path, text in texts)


@cache
def templates() -> tuple[str, ...]:
    """Every template, by the name that the code gives it."""
    return tuple(p.relative_to(TEMPLATES).as_posix() for p in sorted(TEMPLATES.rglob("*")) if p.is_file())


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file that is part of the project: what the repository keeps, and what it would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [HOME / name for name in listed.stdout.split("\0") if name]
    else:  # an archive, without its repository
        hidden = {".venv", "node_modules", "data", "data-keyring.json", "__pycache__", ".git"}
        paths = [path for path in HOME.rglob("*") if not hidden & set(path.relative_to(HOME).parts)]
    return tuple(path for path in paths if path.is_file())
