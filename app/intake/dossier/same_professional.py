"""The other complaints about the professional of one: how many there are, and what was decided of those read here.

They are found by the keyed words alone. What lies at other authorities is counted, and nothing more is told of it: not
which, nor where. The person and the association never read of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.acts.kinds import past_of
from app.base.crypto.vault import Keyring
from app.base.cutting import Cut, asked_for
from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.queries import OpenFiling, read_several
from app.filing.rules import AIGUILLAGE
from app.filing.search import word_index
from app.filing.status.annotations import named
from app.filing.status.conciliation import AGAIN, DECISION, INACTION, OPINION, REPORT
from app.filing.status.director import CONCLUDED, FACTS, FOLLOWED, NO_ACTION
from app.filing.status.sanctions import final_sanctions
from app.procedure.rules import is_recidive
from app.routing import queries as routing

MOST = 50
"""Complaints that are opened on one page."""
TELLING = frozenset({REPORT, OPINION, DECISION, INACTION, AGAIN, FACTS, NO_ACTION, CONCLUDED, FOLLOWED})
"""Kinds of acts that say how a complaint ended, or of what a professional was found."""
SURE = N_("Même numéro RPPS")
LIKELY = N_("Même nom, même profession et même commune : à vérifier")
UNLIKELY = N_("Même nom, mais un autre numéro RPPS")
AWAITED = N_("Décision attendue")


@dataclass(frozen=True)
class OtherComplaint:
    """Another complaint about the same professional."""

    number: str
    received: str
    why: str
    """Why it is thought to be about the same professional, or that it is about another one of the same name."""
    is_sure: bool
    state: str
    decided: Sequence[str]
    """How it ended, and what was decided of the professional, the last first."""
    awaited: str
    """That a chamber or a director has not decided yet."""
    counts_since: str
    """Day since which a sanction known from it is final, when it makes the complaint in hand a récidive."""


def count_here(session: Session, keyring: Keyring, authority: str, opened: OpenFiling) -> int:
    """Count the other complaints about the professional of a complaint that an authority may read; opens none."""
    document = named(opened.payload, opened.acts)
    return word_index.count_about(session, keyring, [authority], document, opened.filing)


def count_elsewhere(session: Session, keyring: Keyring, authority: str, opened: OpenFiling) -> int:
    """Count those that other authorities alone may read."""
    document, others = named(opened.payload, opened.acts), {*routing.codes(session), AIGUILLAGE} - {authority}
    return word_index.count_about(session, keyring, others, document, opened.filing, but=authority)


def listed(session: Session, keyring: Keyring, authority: str, opened: OpenFiling, t: Translate) -> Cut[OtherComplaint]:
    """List those that an authority may read, the last received first; the statements do not grow with their number."""
    document, held = named(opened.payload, opened.acts), opened.filing
    found = word_index.last_about(session, keyring, authority, document, held, asked_for(MOST))
    others = read_several(session, keyring, [filing_id for filing_id, _ in found], authority)
    shown = (_shown(others[one], opened, t, is_sure=is_sure) for one, is_sure in found if one in others)
    return Cut(shown, MOST)


def _shown(other: OpenFiling, opened: OpenFiling, t: Translate, *, is_sure: bool) -> OtherComplaint:
    filing, now = other.filing, other.now
    is_another = not is_sure and bool(_rpps(other) and _rpps(opened))
    counting = [day for day in final_sanctions(other.acts) if is_recidive(day, _received_on(opened))]
    return OtherComplaint(
        number=filing.number,
        received=date_text(_received_on(other), weekday=False),
        why=t(SURE if is_sure else UNLIKELY if is_another else LIKELY),
        is_sure=is_sure,
        state=t(now.state.label),
        decided=[
            " : ".join(filter(None, (t(past_of(act)), act.sealed.words)))
            for act in reversed(other.acts)
            if act.kind in TELLING
        ],
        awaited=t(AWAITED) if now.is_before_chamber or now.director.is_running else "",
        counts_since=date_text(counting[-1], weekday=False) if counting and not is_another else "",
    )


def _rpps(opened: OpenFiling) -> Sequence[str]:
    return word_index.rpps_of(named(opened.payload, opened.acts))


def _received_on(opened: OpenFiling) -> date:
    return local_day(opened.filing.received_at, ZoneInfo(opened.filing.zone))
