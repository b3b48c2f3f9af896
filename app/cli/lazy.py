"""Commands that are imported when they run: telling what there is loads neither the web nor the tables."""

import ast
import importlib
import importlib.util
from pathlib import Path
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup


class ListedCommand(TyperCommand):
    """A command as the list tells it: its name, and what its source says of it."""

    def __init__(self, name: str, place: str) -> None:
        """Read the docstring at ``place`` (``module:name``): a function's, or its module's for a group of commands."""
        self.place = place
        super().__init__(name=name, callback=None, help=_docstring(place))

    def load(self) -> Any:
        """Import the command itself."""
        module, _, attribute = self.place.partition(":")
        found, around = getattr(importlib.import_module(module), attribute), typer.Typer()
        if isinstance(found, typer.Typer):
            around.add_typer(found, name=self.name)
        else:
            around.command(self.name)(found)
        return typer.main.get_group(around).commands[str(self.name)]


class Lazy(TyperGroup):
    """A group that knows where its commands are; only the one that runs is imported."""

    places: ClassVar[dict[str, str]]

    def __init__(self, **attrs: Any) -> None:
        """List the commands of ``places``."""
        super().__init__(**attrs)
        self.commands = {name: ListedCommand(name, place) for name, place in self.places.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command of these words, and import it. Raises what Typer raises for a word that is none."""
        name, found, rest = super().resolve_command(ctx, args)
        return name, found.load() if isinstance(found, ListedCommand) else found, rest


def _docstring(place: str) -> str:
    module, _, attribute = place.partition(":")
    spec = importlib.util.find_spec(module)
    tree = ast.parse(Path(str(spec and spec.origin)).read_bytes())
    named = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == attribute]
    return ast.get_docstring(named[0] if named else tree) or ""
