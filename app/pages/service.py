"""What the small forms and the lists of places do; the caller commits."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.accounts.service import handover, sessions
from app.base.clock import Clock
from app.base.crypto.vault import Keyring
from app.base.forms.csv_list import ListMistake
from app.base.i18n import translate
from app.base.secrets import draw
from app.base.settings import Settings
from app.notifications.kinds import Mail
from app.notifications.service import Message, queue
from app.pages.fields import AccessibilityProblem
from app.pages.help_places import BAD_COMMUNE, Loaded, PlaceLine
from app.pages.models import HelpPlace
from app.pages.rules import address_in
from app.routing import queries as routing

REFERENCE_SYMBOLS = 12


def mailbox(settings: Settings) -> str | None:
    """Return where a problem is told; the demonstration keeps it with its other mails."""
    return address_in(settings.operator_contact) or (settings.mail_from if settings.is_demo else None)


def tell_problem(session: Session, keyring: Keyring, to: str, problem: AccessibilityProblem, clock: Clock) -> None:
    """Send what was told to whoever runs the service; each one is a mail of its own."""
    words = {"page": problem.page, "problem": problem.probleme, "contact": problem.contact}
    queue(session, keyring, [Message(to, Mail.ACCESSIBILITY_PROBLEM, f"PB-{draw(REFERENCE_SYMBOLS)}", words)], clock)


def close_device(session: Session, tokens: Iterable[str]) -> None:
    """End whatever the cookies of a browser open: drafts, follow-up, desk."""
    for token in tokens:
        handover.close_before(session, token)
        sessions.close_browser(session, token)


def replace_places(session: Session, lines: Mapping[int, PlaceLine], day: date) -> Loaded:
    """Replace the lists that the lines name, in the caller's transaction; ``day``: that of the edition.

    With errors, the caller must roll back.
    """
    found, rows = Loaded(), []
    for n, line in lines.items():
        place = routing.place_row(session, line.commune)
        if place is None:
            found.errors.append(ListMistake(n, "commune", translate(BAD_COMMUNE)))
        else:
            rows.append(_place(line, place.departement, day))
    now = Counter(line.source for line in lines.values())
    for source in now:
        found.sources[source] = {"before": forget_places(session, source), "now": now[source]}
    if rows:
        session.execute(insert(HelpPlace), rows)
    return found


def forget_places(session: Session, source: str) -> int:
    """Remove a list; return how many places it held."""
    held = session.scalar(select(func.count()).where(HelpPlace.source == source)) or 0
    session.execute(delete(HelpPlace).where(HelpPlace.source == source))
    return held


def _place(line: PlaceLine, departement: str, day: date) -> dict[str, Any]:
    return {
        "name": line.nom,
        "commune": line.commune,
        "departement": departement,
        "address": line.adresse,
        "phone": line.telephone,
        "hours": line.horaires,
        "source": line.source,
        "updated_on": day,
    }
