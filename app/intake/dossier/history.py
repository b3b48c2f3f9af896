"""The history of a complaint, as a desk reads it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.acts.kinds import ASKING_REASON, INTERNAL, past_of
from app.base.clock import PARIS
from app.base.dates import moment_text
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.history import history_of
from app.filing.queries import OpenFiling
from app.filing.sealed.base import Sealed
from app.filing.status.case_status import DUTIES
from app.intake.dossier.sending import reference_text

REASON = N_("Raison donnée : {why}")


@dataclass(frozen=True)
class HistoryLine:
    """Who did what, when."""

    moment: str
    what: str
    by: str
    why: str = ""
    reference: str = ""
    """Under which reference something was sent."""
    authority: str = ""
    """Code of the authority of who did it."""
    is_internal: bool = False
    """Whether it is read by those who wrote it alone."""


def lines(session: Session, opened: OpenFiling, authority: str, t: Translate) -> list[HistoryLine]:
    """List what was done, last first; what is internal is read by those who wrote it alone."""
    events = [
        event
        for event in history_of(session, opened.filing.id, opened.key)
        if event.authority == authority or event.kind not in INTERNAL
    ]
    sealed = {(act.kind, act.at): act.sealed for act in opened.acts}
    return [
        HistoryLine(
            moment_text(e.at, PARIS, weekday=False, seconds=False),
            t(past_of(e)),
            e.by,
            t(REASON).format(why=e.why) if e.why and e.kind in ASKING_REASON else e.why,
            reference_text(sealed.get((e.kind, e.at), Sealed()), t),
            e.authority,
            e.kind in INTERNAL,
        )
        for e in reversed(events)
    ]


def just_done(opened: OpenFiling, code: str, t: Translate) -> tuple[str, str] | None:
    """Return what the last act of the eight days of this code did, and how; nothing for any other code."""
    found = next((act for act in reversed(opened.acts) if act.kind == code and code in DUTIES), None)
    return (t(past_of(found)), found.sealed.words) if found else None
