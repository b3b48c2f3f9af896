"""What is received and by whom: pure rules on values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.base.clock import PARIS
from app.base.crypto.vault import PORTAL
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.base.forms.form import Answers, is_asked, widgets
from app.base.forms.languages import Language
from app.base.secrets import by_fours, draw
from app.procedure.days import LegalDay
from app.routing.rules import Competence, Outcome
from app.saisine.steps.recipients import TOLD, Recipients
from app.saisine.steps.sending import Addressee
from app.saisine.steps.situation import CareNeeded, Measure, Quality, is_minor, is_protected, represents

NUMBER_SYMBOLS = 8
AIGUILLAGE = "AIGUILLAGE"
"""The box of filings whose authority a person must still decide; it stands where an authority's code stands."""
RECEIVER, INFORMED = "destinataire", "informee"
MANDATED, NO_MORE_MANDATED = "mandatee", "mandat_fini"
"""Roles of the association that filed for the person: while its mandate holds, and once it ended."""
NOTHING, NEVER = "", date.max
"""What a desk must do next when the law expects nothing of it, and by when."""


def authority_holder(code: str) -> str:
    """Return the holder of keys that an authority is; the box of « aiguillage » is the portal's."""
    return PORTAL if code == AIGUILLAGE else f"autorite:{code}"


def association_holder(association: str) -> str:
    """Return the holder of keys that an association is, by its id in the register."""
    return f"association:{association}"


def new_number(now: datetime) -> str:
    """Draw the number of a filing, ``SA-2026-7KM4-Q9TR``: random, so that nobody can list filings by counting."""
    return f"SA-{now.astimezone(PARIS).year}-{by_fours(draw(NUMBER_SYMBOLS))}"


@dataclass(frozen=True)
class CompetenceDecision:
    """Which authority receives, which one is informed, and what a person must still confirm."""

    receiver: str
    informed: str
    outcome: str
    to_confirm: tuple[str, ...]
    candidates: tuple[str, ...]


def decide(competence: Competence, wish: str) -> CompetenceDecision:
    """Choose the receiver: exactly one authority is seised, the person's choice (CSP R. 1110-9, R. 1110-11).

    « Choisissez pour moi » means the CPAM. Where the law knows one authority only (no ordre: CPAM alone; Mayotte and
    the Pacific, CSP L. 1110-3-1, R. 1521-1, R. 1541-1: ordre alone), that one receives. What is uncertain goes to the
    box of « aiguillage »: the complaint is received and dated all the same (CRPA L. 114-2).
    """
    cpam = _one(
        competence.cpam, sure="cpam" not in competence.to_confirm or competence.outcome == Outcome.CPAM_PRESUMEE
    )
    council = _one(competence.council, sure="council" not in competence.to_confirm)
    alone = {Outcome.CPAM_SEULE: cpam, Outcome.ORDRE_SEUL: council, Outcome.HORS_CHAMP: None, Outcome.A_QUALIFIER: None}
    if competence.outcome in alone:
        receiver, informed = alone[competence.outcome], None
    else:
        receiver, informed = (council, cpam) if wish == Addressee.ORDRE else (cpam, council)
    candidates = tuple(dict.fromkeys((*competence.cpam, *competence.council)))
    return CompetenceDecision(
        receiver=receiver or AIGUILLAGE,
        informed=(informed or "") if receiver else "",
        outcome=competence.outcome.value,
        to_confirm=tuple(competence.to_confirm),
        candidates=candidates if competence.to_confirm or not receiver else (),
    )


def seised(decision: CompetenceDecision, authority: str) -> CompetenceDecision:
    """Keep as receiver the authority that a paper reached: it was seised, competent or not (CRPA L. 114-2).

    When another one is competent, a person sends the complaint there; until then nobody else is told.
    """
    if decision.receiver == authority:
        return decision
    others = (decision.receiver, *decision.candidates)
    candidates = tuple(dict.fromkeys(code for code in others if code not in {authority, AIGUILLAGE, ""}))
    return replace(decision, receiver=authority, informed="", candidates=candidates)


def _one(codes: Sequence[str], *, sure: bool) -> str | None:
    return codes[0] if len(codes) == 1 and sure else None


Row = dict[str, Any]
NOT_SAID = N_("Non renseigné")


def rows_of(sheets: Sequence[Answers], translate: Translate, *, private: bool, blanks: bool = False) -> list[Row]:
    """Write the answers that were given: name, label, stored answer, and the answer as people read it.

    ``blanks``: say of the others that nothing is known, as of a paper.
    """
    found = {name: value for sheet in sheets for name, value in sheet}
    rows = [row for sheet in sheets for row in rows_of_page(sheet, found, translate, private=private)]
    return [row if is_given(row) else row | {"shown": translate(NOT_SAID)} for row in rows if blanks or is_given(row)]


def said_back(rows: Iterable[Row], place: str) -> list[Row]:
    """Write the town that was understood in place of what was typed, when it is known."""
    return [row | {"shown": place} if place and row["name"] == "pro_commune" else row for row in rows]


def is_given(row: Row) -> bool:
    """Return whether a question was answered; a box that is not ticked says nothing."""
    return row["answer"] not in ("", [], False)


def rows_of_page(
    sheet: Answers, found: Mapping[str, Any], translate: Translate, *, private: bool
) -> Iterator[Row]:  # fmt: skip
    """Write every answer that a page called for, given or not."""
    found = {**found, **dict(sheet)}  # another page may ask the same question, after other answers
    for name, widget in widgets(type(sheet)).items():
        if widget.private is not private or widget.silent or widget.kind == "files" or not is_asked(widget, found):
            continue
        value = found[name]
        label, shown = translate(widget.label), widget.shown(value, translate)
        yield {"name": name, "label": label, "answer": _plain(value), "shown": shown}


def _plain(value: Any) -> Any:
    """Return what is sealed of an answer: codes and days as text."""
    return (
        [str(one) for one in value] if isinstance(value, tuple) else (value if isinstance(value, bool) else str(value))
    )


def person_name(answers: Mapping[str, Any]) -> str:
    """Return the person who was refused care."""
    if answers.get("pers_nom"):
        return _both(answers, "pers_prenom", "pers_nom", "pers_nom_latin")
    return filer_name(answers)


def filer_name(answers: Mapping[str, Any]) -> str:
    """Return the person who writes, or in whose name a helper writes."""
    return _both(answers, "prenom", "nom", "nom_latin")


def _both(answers: Mapping[str, Any], first: str, last: str, latin: str) -> str:
    """Write a name as it was typed, after its Latin letters when our papers cannot show it."""
    typed = f"{answers.get(first) or ''} {answers[last]}".strip()
    return f"{answers[latin]} ({typed})" if answers.get(latin) else typed


def professional_name(answers: Mapping[str, Any]) -> str:
    """Return the professional by what is known: name, else place, else street, else what was said of them."""
    name = f"{answers.get('pro_prenom') or ''} {answers.get('pro_nom') or ''}".strip()
    known = name or answers.get("pro_lieu") or answers.get("pro_adresse") or answers.get("pro_details") or ""
    return str(known)[:120]


def signs_of(answers: Mapping[str, Any], decision: CompetenceDecision) -> tuple[str, ...]:
    """List what a clerk must see at once."""
    found = {
        "urgence": answers.get("besoin_soins") == CareNeeded.URGENT,
        "mineur": is_minor(answers),
        "protege": is_protected(answers),
        "mesure_a_verifier": answers.get("mesure") == Measure.NE_SAIT_PAS,
        "aide": answers.get("qualite") == Quality.AIDE,
        "association": answers.get("qualite") == Quality.ASSOCIATION,
        "avocat": answers.get("qualite") == Quality.AVOCAT,
        "besoins": bool(answers.get("besoins")),
        "langue": answers.get("langue_recit") not in {None, "", Language.FR},
        "sans_email": "email" not in (answers.get("moyens") or ()),
        "a_confirmer": bool(decision.to_confirm),
    }
    return tuple(name for name, is_so in found.items() if is_so)


def channel_of(answers: Mapping[str, Any]) -> str:
    """Return how the complaint came: ``patient``, ``representant`` or ``association``."""
    if answers.get("qualite") == Quality.ASSOCIATION:
        return "association"
    return "representant" if represents(answers) else "patient"


NOT_ASKED = {
    Outcome.CPAM_SEULE: frozenset({LegalDay.TRANSMIT, LegalDay.HEAR, LegalDay.MEET, LegalDay.LAST_SUMMONS}),
    Outcome.ORDRE_SEUL: frozenset({LegalDay.TRANSMIT}),
    Outcome.A_QUALIFIER: frozenset({LegalDay.TRANSMIT}),
}
"""Days of the calendar that do not apply: without an ordre there is no other authority and no mixed conciliation (CSP
R. 1110-9); where the ordre alone receives, there is no other authority to tell (CSP L. 1110-3-1, R. 1521-1, R. 1541-1).
"""


def days_not_asked(outcome: str) -> frozenset[str]:
    """List the days that do not apply to a filing received before they were sealed with it."""
    return NOT_ASKED.get(Outcome(outcome), frozenset())


def days_left_out(outcome: str, who: Recipients) -> frozenset[str]:
    """List the days that do not apply to a complaint, which are sealed with it: it keeps the reading of its time.

    A refusal by a profession without ordre is one of CSP L. 1110-3: its caisse may hear the professional within a
    month (al. 3). Fees alone are not (CSS R. 147-13, 2°): no hearing, no meeting, and no text orders that the
    professional is told; the director writes to them once he notifies facts (CSS R. 147-2).
    """
    if not TOLD[who].tells_professional:
        return NOT_ASKED[Outcome.CPAM_SEULE] | {LegalDay.TELL_PROFESSIONAL}
    return days_not_asked(outcome) - {LegalDay.HEAR}


def other_authority(new: str, known: Sequence[tuple[str, bool]], *, is_ordre: bool) -> str:
    """Find the authority to inform once ``new`` receives; empty when several may be, or none (CSP R. 1110-11).

    ``known``: each authority that was named so far, with whether it is the council of an ordre.
    """
    others = {code for code, ordre in known if ordre is not is_ordre and code not in {new, "", AIGUILLAGE}}
    return others.pop() if len(others) == 1 else ""
