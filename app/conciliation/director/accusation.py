"""The letters that notify facts to the professional, then that the commission has them (CSS R. 147-2 I, R. 147-14)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.base.dates import date_text
from app.base.errors import N_
from app.base.i18n import translate
from app.conciliation.director.ceilings import PenaltyFor, in_euros
from app.conciliation.director.paper import DirectorEnvelope, letter_of, listed, months, whose
from app.conciliation.director.rules import FIRST_REPEAT, LONGEST, Sanction
from app.conciliation.letters import address_of_professional
from app.filing.status.director import COMMISSION
from app.intake.desk.case import DeskCase
from app.intake.desk.sender import signing
from app.intake.letters.frame import LetterText
from app.intake.letters.letter_text import NO_CONTACT
from app.intake.letters.privacy_notice import notice_of
from app.procedure.days import LegalDay
from app.procedure.law import rule_of

SUBJECT = N_("Notification de faits reprochés et de la sanction encourue")
NOTIFIES = N_(
    "À la suite d'une plainte reçue le {day}, le directeur de {authority} vous notifie les faits qui vous sont "
    "reprochés et la sanction que vous encourez (code de la sécurité sociale, articles L. 162-1-14-1, R. 147-2 et "
    "R. 147-14)."
)
FACTS = N_("Faits reprochés : {facts}")
BREACHES = {
    PenaltyFor.DISCRIMINATION: N_(
        "Ces faits peuvent être un refus de soins discriminatoire (code de la santé publique, articles L. 1110-3 et "
        "R. 1110-8 ; code de la sécurité sociale, article R. 147-13, 1°)."
    ),
    PenaltyFor.HONORAIRES: N_(
        "Ces faits peuvent être des dépassements d'honoraires qui excèdent le tact et la mesure, ou contraires à la "
        "convention (code de la sécurité sociale, article R. 147-13, 2° ou 3°). Nombre de dépassements reprochés : "
        "{count}. Montant de ces dépassements : {excess}."
    ),
}
"""What the facts may be, in the words of the article."""
INTENDED = N_("Le directeur envisage :")
HIGHEST = {
    PenaltyFor.DISCRIMINATION: N_(
        "– une pénalité financière de {ceiling} au plus, deux fois le plafond mensuel de la sécurité sociale de "
        "{year} (même code, article R. 147-15, I, 1°) ;"
    ),
    PenaltyFor.HONORAIRES: N_(
        "– une pénalité financière de {ceiling} au plus, deux fois le montant de ces dépassements (même code, "
        "article R. 147-15, I, 2°) ;"
    ),
}
OTHERS = {
    Sanction.DEPASSEMENT: N_(
        "– en cas de récidive, le retrait du droit à dépassement pour {first} au plus, {most} en cas de nouvelle "
        "récidive (même code, article R. 147-15, II) ;"
    ),
    Sanction.COTISATIONS: N_(
        "– en cas de récidive, la suspension de la participation aux cotisations sociales pour {first} au plus, "
        "{most} en cas de nouvelle récidive (même code, article R. 147-15, II) ;"
    ),
    Sanction.AFFICHAGE: N_(
        "– l'affichage de la sanction dans la zone d'accueil du public de la caisse, pendant {display} à compter de sa "
        "notification (même code, article R. 147-16) ;"
    ),
}
PUBLICATION = N_(
    "– en cas de récidive, une fois les voies de recours épuisées, la publication de la sanction, à vos frais dans la "
    "limite de la moitié du plafond mensuel de la sécurité sociale (même code, article R. 147-16) : {publication} ;"
)
ANSWER = N_(
    "Vous avez {time} à compter de la réception de cette lettre pour demander à être entendu, ou pour présenter des "
    "observations écrites, à l'adresse de ce courrier (même code, article R. 147-2, I)."
)
HELPED = N_(
    "Vous pouvez vous faire assister ou représenter par la personne de votre choix (même code, article R. 147-2, II). "
    "Vous pouvez demander la communication du dossier qui vous concerne (code des relations entre le public et "
    "l'administration, article L. 122-2)."
)
AFTERWARDS = N_(
    "Le directeur peut ensuite abandonner la procédure, ou saisir la commission des pénalités : vous en serez informé, "
    "et pourrez être entendu par elle (code de la sécurité sociale, article R. 147-2, I et II)."
)
DECIDING = N_(
    "Il ne peut prononcer une sanction qu'après l'avis motivé de cette commission, puis l'avis conforme du directeur "
    "général de l'Union nationale des caisses d'assurance maladie. Sa décision est motivée, et peut être contestée "
    "devant le tribunal judiciaire (même code, articles L. 162-1-14-1 et R. 147-2, III)."
)
REFERRED = N_("Saisine de la commission des pénalités")
REFERS = N_(
    "Le {day}, le directeur de {authority} a saisi la commission des pénalités des faits qui vous ont été notifiés le "
    "{notified} (code de la sécurité sociale, article R. 147-2, I, 3°). Il lui communique les griefs et, s'ils "
    "existent, vos observations écrites ou le procès-verbal de votre audition."
)
HEARD_BY_IT = N_(
    "Vous pouvez, si vous le souhaitez, être entendu par la commission. Vous pouvez vous faire assister ou représenter "
    "par la personne de votre choix (même code, article R. 147-2, I et II)."
)
ADVISES = N_(
    "La commission rend un avis motivé, qu'elle vous adresse, dans les {time} de sa saisine. Ce délai peut être "
    "augmenté d'un mois au plus pour un complément d'information (même code, article R. 147-2, II)."
)


@dataclass(frozen=True, kw_only=True)
class Accusation:
    """What is held against the professional, and what the director has in mind."""

    on: date
    """Day of the letter."""
    facts: str
    breach: PenaltyFor
    sanctions: Sequence[Sanction]
    ceiling: str
    """The highest penalty, in euros."""
    count: str = ""
    """Of the fees in excess."""
    excess: str = ""
    """Their sum, in euros."""
    display_months: int | None = None
    publication: str = ""
    """How the sanction would be published; empty when it would not."""


def notification(case: DeskCase, envelope: DirectorEnvelope, said: Accusation) -> LetterText:
    """Write the notification of the facts, with what the two articles want of it (CSS R. 147-2 I, R. 147-14)."""
    received = date_text(case.received_on, weekday=False)
    lines = [
        translate(NOTIFIES).format(day=received, authority=whose(case)),
        translate(FACTS).format(facts=said.facts),
        translate(BREACHES[said.breach]).format(count=said.count, excess=in_euros(said.excess)),
        translate(INTENDED),
        *listed(list(_intended(said))),
        translate(ANSWER).format(time=months(rule_of(LegalDay.OBSERVE).delay.months)),
        *(translate(one) for one in (HELPED, AFTERWARDS, DECIDING, NO_CONTACT)),
    ]
    return letter_of(case, envelope, translate(SUBJECT), lines, said.on)


def referral(case: DeskCase) -> LetterText | None:
    """Tell the professional that the commission is seized (CSS R. 147-2 I, 3°); ``None`` while it is not."""
    director = case.now.director
    asked, facts = director.asked.get(COMMISSION), director.facts
    if asked is None or facts is None:
        return None
    told = {
        "day": date_text(asked.on, weekday=False),
        "notified": date_text(facts.on, weekday=False),
        "authority": whose(case),
        "time": months(rule_of(LegalDay.COMMISSION_SILENT).delay.months),
    }
    lines = [translate(one).format(**told) for one in (REFERS, HEARD_BY_IT, ADVISES, NO_CONTACT)]
    sender = signing(case.session, case.clerk)
    to = facts.letter.to if facts.letter else address_of_professional(case)
    return LetterText(to, lines, asked.on, translate(REFERRED), case.number, sender, notes=notice_of(sender))


def _intended(said: Accusation) -> Iterator[str]:
    """List what the director has in mind, each with the most that the text allows."""
    told = {
        "first": months(FIRST_REPEAT.most),
        "most": months(LONGEST.most),
        "display": months(said.display_months or 0),
    }
    for one in said.sanctions:
        if one is Sanction.PENALITE:
            yield translate(HIGHEST[said.breach]).format(ceiling=in_euros(said.ceiling), year=said.on.year)
        else:
            yield translate(OTHERS[one]).format(**told)
    if said.publication:
        yield translate(PUBLICATION).format(publication=said.publication)
