"""The letter by which the council tells the director what became of a complaint (CSP R. 1110-13, R. 1110-14)."""

from app.base.dates import date_text
from app.base.errors import N_
from app.base.i18n import french, translate
from app.conciliation.chamber.bundle import AFTER_FAILURE
from app.filing.receipt.competence import contact_of
from app.filing.sealed.act import of_kind
from app.filing.sealed.conciliation import Decided, PassedOn
from app.filing.status.conciliation import PERSON, PROFESSIONAL
from app.intake.desk.case import DeskCase
from app.intake.desk.sender import signing
from app.intake.letters.frame import LetterText
from app.intake.letters.letter_text import REPEAT
from app.routing import queries as routing

SUBJECT = N_("Information sur une plainte transmise à la juridiction de l'ordre")
PASSED_ON = N_(
    "{person} a déposé une plainte concernant {professional}, reçue le {received}. Elle a été transmise le {day}, avec "
    "l'avis motivé du président (code de la santé publique, article {article}). La juridiction saisie est : {court}."
)
JOINS = {
    "oui": N_("Le président s'associe à la plainte."),
    "non": N_("Le président ne s'associe pas à la plainte."),
}
DECIDED = N_("La juridiction a rendu sa décision le {day} : {decision}")
WILL_TELL = N_("Nous vous informerons de la décision de la juridiction.")


def to_director(case: DeskCase) -> LetterText | None:
    """Tell the director of the transmission, and of the decision once it is known; ``None`` before, or without one."""
    passed = next(of_kind(reversed(case.opened.acts), PassedOn), None)
    caisse = routing.authority(case.session, case.now.caisse) if case.now.caisse else None
    if passed is None or caisse is None:
        return None
    about = {
        "article": french(REPEAT if case.now.conciliation.is_recidive else AFTER_FAILURE),
        "person": case.party_name(PERSON),
        "professional": case.party_name(PROFESSIONAL),
        "received": date_text(case.received_on, weekday=False),
        "day": date_text(passed.sealed.on, weekday=False),
        "court": passed.sealed.court,
    }
    decided = [act.sealed for act in of_kind(case.opened.acts, Decided)][-1:]
    lines = [translate(PASSED_ON).format(**about), translate(JOINS[passed.sealed.joins])]
    lines += [translate(DECIDED).format(day=date_text(one.on, weekday=False), decision=one.decision) for one in decided]
    lines += [] if decided else [translate(WILL_TELL)]
    to, sender = [caisse.name, *contact_of(caisse)["address"]], signing(case.session, case.clerk)
    return LetterText(to, lines, passed.sealed.on, translate(SUBJECT), case.number, sender)
