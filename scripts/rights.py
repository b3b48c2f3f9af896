"""Write the lines of the acts in ``docs/droits.md``, from their declarations; a test then tries each of these lines."""

import tempfile
from pathlib import Path

from fastapi import FastAPI

from app.accounts.rights import may
from app.accounts.rules import Role
from app.acts.kinds import BY_PAGE, KINDS
from app.acts.rules import By, Kind
from app.base.storage.database import Database
from app.runtime.app import create_app
from tests.support.clock import StoppedClock
from tests.support.portal import make_portal
from tests.support.source import HOME

SHEET = HOME / "docs" / "droits.md"
BEGIN, END = "<!-- actes : écrit par make routes -->", "<!-- fin des actes -->"
HOLDER, READER = By.HOLDER | By.SECRETARIAT | By.READER | By.CAISSE, By.READER | By.COUNCIL
"""As whom the caisse that holds the complaint of the test acts, and the council that was told of it."""


def lines(app: FastAPI) -> list[str]:
    """Write two tables: those who hold the complaint or were told of it, then the two roles that may do less."""
    routes = sorted(
        (one.path, method, KINDS[BY_PAGE[one.name.removesuffix(".do")]])  # type: ignore[attr-defined]
        for one in app.routes
        if (name := getattr(one, "name", "")) and name.removesuffix(".do") in BY_PAGE and name not in NOT_PAGES
        for method in sorted(one.methods - {"HEAD"})  # type: ignore[attr-defined]
    )
    first = "| adresse | inconnu | personne | destinataire | responsable | informée | informée, avant | ailleurs |"
    second = "| adresse | secrétariat | lecture seule |"
    return [
        *(f"{first} aiguillage | administrateur |", "|---" * 10 + "|"),
        *(f"| {method} `{path}` | {' | '.join(_all(kind))} |" for path, method, kind in routes),
        "",
        *(second, "|---" * 3 + "|"),
        *(f"| {method} `{path}` | {' | '.join(_less(kind))} |" for path, method, kind in routes),
    ]


NOT_PAGES = {"intake.evidence.force"}
"""Acts whose address does something else too: their lines are written by hand."""


def _all(kind: Kind) -> list[str]:
    held, told = (_word(kind, as_whom, Role.AGENT) for as_whom in (HOLDER, READER))
    return ["non", "non", held, _word(kind, HOLDER, Role.RESPONSABLE), told, "non", "non", "non", "non"]


def _less(kind: Kind) -> list[str]:
    return [_word(kind, HOLDER, role) for role in (Role.SECRETARIAT, Role.LECTEUR)]


def _word(kind: Kind, as_whom: By, role: str) -> str:
    return "oui" if kind.by & as_whom and may(role, kind.right) else "non"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        portal = make_portal(Database(f"sqlite:///{folder}/empty.sqlite"), StoppedClock(), Path(folder))
        found = lines(create_app(portal.settings, portal=portal))
    before, rest = SHEET.read_text(encoding="utf-8").split(BEGIN)
    SHEET.write_text(f"{before}{BEGIN}\n\n" + "\n".join(found) + f"\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    print(f"{SHEET.name}: {len(found)} lines of acts")
