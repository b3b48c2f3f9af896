"""The letters that an authority sends, as text: facts and dates, never the story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.accounts.queries import Clerk
from app.base.clock import PARIS
from app.base.dates import date_text, moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.filing.letter_address import letter_to
from app.filing.receipt.competence import contact_of
from app.filing.rules import has_mixed_conciliation
from app.filing.status.case_status import CaseStatus
from app.intake.desk.case import DeskCase
from app.procedure.days import LegalDay
from app.routing import queries as routing

RECEIVED = N_("{authority} a reçu votre plainte le {moment}.")
BOTH = N_("Nous la transmettons à {other} et au professionnel.")
UNNAMED = N_("Nous la transmettons au professionnel, et {other} dès qu'il est identifié.")
COUNCIL, CAISSE = N_("au conseil de l'ordre"), N_("à l'organisme d'assurance maladie")
ALONE = N_("Nous la transmettons au professionnel.")
MEETING = N_(
    "Une réunion de conciliation sera organisée au plus tard le {day}. Vous recevrez la date au moins 15 jours avant. "
    "Vous pouvez venir avec une personne de votre choix, ou vous faire représenter."
)
CONTACT = N_("Votre contact : {contact}")
ABOUT_YOU = N_("{authority} a reçu le {day} une plainte de {person} à votre sujet. Vous en trouvez la copie ci-jointe.")
NO_SANCTION = N_("Une plainte n'est pas une sanction.")
FIRST_MEETING = N_(
    "Une plainte n'est pas une sanction : la loi prévoit d'abord une réunion de conciliation, au plus tard le {day}. "
    "Vous recevrez la convocation au moins 15 jours avant. Vous pouvez venir avec une personne, ou vous faire "
    "représenter."
)
REMARKS = N_("Vous pouvez adresser des observations écrites à : {contact}.")
NO_CONTACT = N_("Nous vous demandons de ne pas prendre contact avec la personne au sujet de cette plainte.")
AS_THE_LAW = N_(
    "En application de l'article R. 1110-11 du code de la santé publique, nous vous transmettons une plainte reçue "
    "le {moment}."
)


@dataclass(frozen=True)
class LetterText:
    """A letter ready to be read, printed or mailed."""

    to: Sequence[str]
    """Name and address of the person, as they were given."""
    paragraphs: Sequence[str]
    due: date
    """Last day to send it (D2)."""


def acknowledgement(case: DeskCase) -> LetterText:
    """Write the acknowledgement of receipt (CSP R. 1110-11)."""
    filing, due = case.opened.filing, case.due
    known = {one.code: one for one in routing.authorities(case.session, (filing.receiver, filing.informed))}
    own, other = known.get(filing.receiver), known.get(filing.informed)
    name = own.name if own else case.clerk.authority_name
    reach = _reach(case.clerk, own)
    moment = moment_text(filing.received_at, PARIS, weekday=False, seconds=False)
    lines = [translate(RECEIVED).format(authority=name, moment=moment)]
    lines.append(translate(BOTH).format(other=other.name) if other else _unnamed(case.now, own))
    if LegalDay.MEET in due and has_mixed_conciliation(filing.outcome):
        lines.append(translate(MEETING).format(day=date_text(due[LegalDay.MEET], weekday=False)))
    lines.append(translate(CONTACT).format(contact=reach))
    return LetterText(letter_to(case.opened), lines, due[LegalDay.ACKNOWLEDGE])


def _unnamed(now: CaseStatus, own: routing.AuthorityRow | None) -> str:
    """Say to whom it goes while nobody has named the other authority, if there is one."""
    if LegalDay.TRANSMIT not in now.duties:
        return translate(ALONE)
    return translate(UNNAMED).format(other=translate(CAISSE if own and own.is_ordre else COUNCIL))


def _reach(clerk: Clerk, own: routing.AuthorityRow | None) -> str:
    """Write how to reach the clerk's authority, in one line."""
    parts = [clerk.name, own.phone if own else "", *(contact_of(own)["address"] if own else [])]
    return ", ".join(filter(None, parts))


def to_professional(case: DeskCase, address: str) -> LetterText:
    """Write the letter that tells the professional, with the date of receipt (CSP R. 1110-11)."""
    filing, due = case.opened.filing, case.due
    own = routing.authority(case.session, filing.receiver)
    received = moment_text(filing.received_at, PARIS, weekday=False, seconds=False)
    name = own.name if own else case.clerk.authority_name
    lines = [translate(ABOUT_YOU).format(authority=name, day=received, person=case.opened.payload["person"])]
    if LegalDay.MEET in due and has_mixed_conciliation(filing.outcome):
        lines.append(translate(FIRST_MEETING).format(day=date_text(due[LegalDay.MEET], weekday=False)))
    else:
        lines.append(translate(NO_SANCTION))
    contact = ", ".join(filter(None, [name, _reach(case.clerk, own)]))
    lines += [translate(REMARKS).format(contact=contact), translate(NO_CONTACT)]
    return LetterText(address.splitlines(), lines, due[LegalDay.TELL_PROFESSIONAL])


def to_authority(case: DeskCase) -> LetterText:
    """Write the letter that goes with the complaint to the other authority (CSP R. 1110-11)."""
    filing, due = case.opened.filing, case.due
    other = routing.authority(case.session, filing.informed)
    own = routing.authority(case.session, filing.receiver)
    to = [other.name, *contact_of(other)["address"]] if other else []
    moment = moment_text(filing.received_at, PARIS, weekday=False, seconds=False)
    lines = [translate(AS_THE_LAW).format(moment=moment), translate(CONTACT).format(contact=_reach(case.clerk, own))]
    return LetterText(to, lines, due.get(LegalDay.TRANSMIT, due[LegalDay.ACKNOWLEDGE]))
