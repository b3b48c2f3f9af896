"""The papers of the service in the bundle of the chamber, written again from what the acts sealed (CSP R. 1110-13)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.acts.kinds import past_of
from app.base.clock import PARIS
from app.base.dates import local_day
from app.base.errors import N_
from app.base.i18n import translate
from app.conciliation.letters import copied
from app.filing.sealed.act import Act, of_kind
from app.filing.sealed.base import Sealed
from app.filing.sealed.conciliation import Fixed, Summoned, party_of
from app.filing.sealed.receipt import Acknowledged, ToldProfessional
from app.filing.status.case_status import DUTIES
from app.filing.status.conciliation import CLOSED, HEARD, OPINION, PERSON, PROCEDURE_ACTS, PROFESSIONAL, SUMMONS_CAME
from app.intake.desk.case import DeskCase
from app.intake.letters import sheets
from app.intake.letters.frame import LetterText
from app.intake.letters.usual_sentences import NEEDS

FACTS = N_("Acte")
LABELS = {
    "words": N_("Ce qui est noté"),
    "reference": N_("Référence de l'envoi"),
    "message": N_("Message ajouté à la lettre"),
    "place": N_("Lieu"),
    "members": N_("Membres de la commission"),
    "experts": N_("Experts, sans part à la conciliation"),
    "represented_by": N_("Représentant"),
    "why_absent": N_("Raison de l'absence"),
    "observations": N_("Observations"),
    "presents": N_("Présents"),
    "points": N_("Points de désaccord qui restent"),
    "warnings": N_("Alertes"),
    "decision": N_("Sens de la décision"),
}
"""What the chamber reads of an act beside its letter, by the name of the field; the needs of the person are not."""
WRITTEN = frozenset((*DUTIES, *PROCEDURE_ACTS)) - {CLOSED}
"""Kinds of acts that have a paper; the end of the file is told to the person alone."""
OWN_PAPER = frozenset({HEARD, SUMMONS_CAME, OPINION})
"""Kinds whose paper is the file that came with them."""


def has_paper(act: Act) -> bool:
    """Return whether a paper is written of an act: not when the file that came with it is that paper."""
    return act.kind in WRITTEN and not (act.kind in OWN_PAPER and act.sealed.brought)


def title_of(case: DeskCase, act: Act) -> str:
    """Return what an act did, and of which party: « Convocation envoyée (Amina Exemple) »."""
    party = party_of(act.sealed)
    return f"{translate(past_of(act))} ({case.party_name(party)})" if party else translate(past_of(act))


def day_of(act: Act) -> date:
    """Return the day that an act bears, else that of its entry in Paris."""
    on = getattr(act.sealed, "on", None)
    return on if isinstance(on, date) else local_day(act.at, PARIS)


def paper_of(case: DeskCase, act: Act, *, is_own: bool = False) -> bytes:
    """Write the paper of an act as a PDF: its letter in the sealed words, then what else was noted.

    ``is_own``: for the file of the authority, which reads the needs of the person too.
    """
    letter, facts = _letter_of(case, act, is_own=is_own), _facts(act.sealed)
    return sheets.letter_pdf(case.opened, letter, act.at, [(FACTS, facts)] if facts else [])


def _letter_of(case: DeskCase, act: Act, *, is_own: bool) -> LetterText:
    to, lines = _sent(case, act.sealed)
    if is_own and isinstance(act.sealed, Summoned):
        lines = act.sealed.letter
    return copied(case, act, to, title_of(case, act), lines)


def _sent(case: DeskCase, sealed: Sealed) -> tuple[Sequence[str], Sequence[str]]:
    """Return to whom the letter of an act went, without an address of the person, and its paragraphs."""
    match sealed:
        case Acknowledged(letter=letter):
            return [case.party_name(PERSON)], letter
        case ToldProfessional(letter=letter, address=address):
            return address.splitlines() or [case.party_name(PROFESSIONAL)], letter
        case Summoned(letter=letter, party=party):
            needs = set(_needs(case.opened.acts))
            return [case.party_name(party)], [line for line in letter if line not in needs]
    return [], []


def _needs(acts: Sequence[Act]) -> Iterator[str]:
    """List the paragraphs that told the person how her needs are met: nobody else reads them."""
    return (translate(NEEDS).format(needs=act.sealed.needs) for act in of_kind(acts, Fixed) if act.sealed.needs)


def _facts(sealed: Sealed) -> list[Mapping[str, str]]:
    told = ((label, _shown(getattr(sealed, name, None) or "")) for name, label in LABELS.items())
    return [{"label": translate(label), "shown": shown} for label, shown in told if shown]


def _shown(value: Any) -> str:
    """Write a value as people read it: text, or one line for each name or member."""
    if isinstance(value, str):
        return value
    return "\n".join(one if isinstance(one, str) else f"{one.name}, {one.authority}" for one in value)
