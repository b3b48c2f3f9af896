"""The letters of the decision: to the professional, its copy to the council, what the person is told of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.base.dates import date_text
from app.base.errors import N_
from app.base.i18n import translate
from app.conciliation.director.ceilings import in_euros
from app.conciliation.director.paper import DirectorEnvelope, letter_of, listed, months, whose
from app.conciliation.director.rules import PAYMENT, REMEDY, Sanction, Sense
from app.filing.receipt.competence import contact_of
from app.filing.sealed.act import of_kind
from app.filing.sealed.director import DirectorConcluded, Observed, OpinionGiven
from app.filing.status.conciliation import PROFESSIONAL
from app.filing.status.director import COMMISSION, HEARING, SANCTIONED, UNCAM
from app.intake.desk.case import DeskCase
from app.intake.desk.sender import signing
from app.intake.letters.frame import LetterText
from app.routing import queries as routing

ABANDONS, SANCTIONS = N_("Abandon de la procédure de sanction"), N_("Décision de sanction")
NOTIFIED = N_(
    "Des faits vous ont été notifiés le {day}, en application des articles L. 162-1-14-1 et R. 147-2 du code de la "
    "sécurité sociale."
)
ABANDONED = N_(
    "Le directeur de {authority} abandonne la procédure (même code, article R. 147-2). Aucune sanction n'est prononcée "
    "pour ces faits."
)
WROTE, HEARD = N_("Vous avez présenté des observations écrites le {day}."), N_("Vous avez été entendu le {day}.")
SILENT = N_("Vous n'avez pas présenté d'observations.")
ADVISED = {
    COMMISSION: N_("La commission des pénalités a rendu son avis le {day}."),
    UNCAM: N_(
        "Le directeur général de l'Union nationale des caisses d'assurance maladie a rendu un avis conforme le {day}."
    ),
}
DEEMED = {
    COMMISSION: N_("L'avis de la commission des pénalités est réputé rendu depuis le {day}."),
    UNCAM: N_(
        "L'avis conforme du directeur général de l'Union nationale des caisses d'assurance maladie est réputé "
        "favorable depuis le {day}."
    ),
}
GROUNDS = N_("Motifs : {grounds}")
DECIDES = N_("Le directeur de {authority} prononce à votre encontre (même code, article R. 147-15) :")
PRONOUNCED = {
    Sanction.PENALITE: N_("– une pénalité financière de {amount}, dans la limite de {ceiling} ;"),
    Sanction.DEPASSEMENT: N_("– le retrait du droit à dépassement pendant {fees} ;"),
    Sanction.COTISATIONS: N_("– la suspension de la participation aux cotisations sociales pendant {contributions} ;"),
    Sanction.AFFICHAGE: N_(
        "– l'affichage de la sanction dans la zone d'accueil du public de la caisse, pendant {display} à compter de "
        "cette notification (même code, article R. 147-16) ;"
    ),
}
PUBLISHED = N_(
    "– une fois les voies de recours épuisées, la publication de la sanction, à vos frais dans la limite de la moitié "
    "du plafond mensuel de la sécurité sociale (même code, article R. 147-16) : {publication} ;"
)
PAY = N_(
    "Vous avez {time} à compter de la réception de cette lettre pour payer cette pénalité. Sans paiement, une mise en "
    "demeure vous est adressée ; ce qui n'est pas payé dans le mois de sa réception est majoré de 10 % (même code, "
    "articles L. 114-17-2 et R. 147-2, III)."
)
CONTEST = N_(
    "Vous pouvez contester cette décision dans les {time} qui suivent sa notification (même code, articles "
    "L. 162-1-14-1 et R. 142-1-A, III), devant : {court}."
)
CONTEST_TOO = N_("L'affichage et la publication se contestent comme la sanction (même code, article R. 147-16).")
COPIED = N_(
    "Copie de cette décision est adressée à la commission des pénalités et, s'il y a lieu, au conseil de l'ordre au "
    "tableau duquel vous êtes inscrit (même code, articles R. 147-2, III, et R. 147-17)."
)
TO_COUNCIL = N_("Copie d'une décision de sanction")
SENDS_COPY = N_(
    "En application de l'article R. 147-17 du code de la sécurité sociale, le directeur de {authority} vous adresse "
    "copie de la décision de sanction notifiée le {day} à {professional}, à la suite d'une plainte reçue le {received}."
)
COPY = N_("copie de la décision")


@dataclass(frozen=True, kw_only=True)
class DecisionWords:
    """What the letter of a decision says beside what is sealed of it."""

    grounds: str = ""
    publication: str = ""
    court: str = ""
    """Name and address of the tribunal judiciaire before which the sanction is contested."""


def decision(case: DeskCase, envelope: DirectorEnvelope, decided: DirectorConcluded, said: DecisionWords) -> LetterText:
    """Write the decision to the professional: abandonment, or sanction with its remedies (CSS R. 147-2, R. 147-16)."""
    facts = case.now.director.facts
    lines = [translate(NOTIFIED).format(day=_day(facts.on))] if facts else []
    grounds = [translate(GROUNDS).format(grounds=said.grounds)] if said.grounds else []
    if decided.decision != SANCTIONED:
        lines += [translate(ABANDONED).format(authority=whose(case)), *grounds]
        return letter_of(case, envelope, translate(ABANDONS), lines, decided.on)
    lines += [*_heard(case), *_advised(case), *grounds, translate(DECIDES).format(authority=whose(case))]
    lines += [*_pronounced(decided, said), *_consequences(decided, said)]
    return letter_of(case, envelope, translate(SANCTIONS), lines, decided.on)


def _day(on: date) -> str:
    return date_text(on, weekday=False)


def _heard(case: DeskCase) -> Iterator[str]:
    """Say each way in which the professional answered, or that there was none."""
    answers = [act.sealed for act in of_kind(case.opened.acts, Observed)]
    for one in answers:
        yield translate(HEARD if one.form == HEARING else WROTE).format(day=_day(one.on))
    if not answers:
        yield translate(SILENT)


def _advised(case: DeskCase) -> Iterator[str]:
    for body, opinion in case.now.director.given.items():
        yield translate(_opinion(body, opinion)).format(day=_day(opinion.on))


def _opinion(body: str, opinion: OpinionGiven) -> str:
    return (DEEMED if opinion.sense == Sense.REPUTE else ADVISED)[body]


def _pronounced(decided: DirectorConcluded, said: DecisionWords) -> list[str]:
    """List the sanctions with their measures, then the publication."""
    told = {
        "amount": in_euros(decided.amount or ""),
        "ceiling": in_euros(decided.ceiling or ""),
        "fees": months(decided.fees_months or 0),
        "contributions": months(decided.contributions_months or 0),
        "display": months(decided.display_months or 0),
    }
    lines = [translate(words).format(**told) for one, words in PRONOUNCED.items() if one in decided.sanctions]
    lines += [translate(PUBLISHED).format(publication=said.publication)] if said.publication else []
    return listed(lines)


def _consequences(decided: DirectorConcluded, said: DecisionWords) -> Iterator[str]:
    """Say what follows from a sanction: payment, remedies, copies."""
    if Sanction.PENALITE in decided.sanctions:
        yield translate(PAY).format(time=months(PAYMENT.months))
    yield translate(CONTEST).format(time=months(REMEDY.months), court=", ".join(said.court.splitlines()))
    if Sanction.AFFICHAGE in decided.sanctions or said.publication:
        yield translate(CONTEST_TOO)
    yield translate(COPIED)


def to_council(case: DeskCase, decided: DirectorConcluded) -> LetterText:
    """Write the letter that goes with the copy of a sanction to the council of the professional (CSS R. 147-17)."""
    council = routing.authority(case.session, case.now.ordre)
    to = [council.name, *contact_of(council)["address"]] if council else []
    line = translate(SENDS_COPY).format(**about_complaint(case, decided.on))
    sender = signing(case.session, case.clerk)
    return LetterText(to, [line], decided.on, translate(TO_COUNCIL), case.number, sender, [translate(COPY)])


def about_complaint(case: DeskCase, on: date) -> dict[str, str]:
    """Name who decided, when, and about which complaint."""
    return {
        "authority": whose(case),
        "day": _day(on),
        "professional": case.party_name(PROFESSIONAL),
        "received": _day(case.received_on),
    }
