"""Who may sit, when the parties may meet, and what the end of a meeting needs: pure rules on values."""

from dataclasses import dataclass
from datetime import date

from app.base.dates import add_days, date_text
from app.base.errors import N_
from app.base.forms.fields import Choices, FieldError
from app.base.i18n import ntranslate, translate
from app.filing.sealed.conciliation import Reported
from app.filing.status.conciliation import ConciliationState
from app.procedure.days import LegalDay
from app.procedure.law import rule_of
from app.procedure.rules import last_day_to_receive

NOT_FREE = N_("Cochez “pas de lien” pour chaque membre qui siège, ou choisissez un suppléant.")
TOO_SOON = N_("Les convocations doivent arriver au plus tard le {jour}. Choisissez une réunion à partir du {premier}.")
BEFORE_RECEIPT = N_("Cette date est avant la réception.")
TOO_LATE = N_("Cette date dépasse le {jour}. Écrivez pourquoi.")
UNPROVEN = N_("{who} : rien ne prouve la réception de la convocation.")


class Issue(Choices):
    """How the meeting ended (CSP R. 1110-12)."""

    RETRAIT = "retrait", N_("Accord : la plainte est retirée")
    DESACCORD = "desaccord", N_("Pas d'accord")
    ABSENCE = "absence", N_("Une partie n'a pas répondu à la convocation")


class Party(Choices):
    """Who meets before the commission."""

    PERSONNE = "personne", N_("La personne")
    PROFESSIONNEL = "professionnel", N_("Le professionnel")


@dataclass(frozen=True)
class MeetingEnd:
    """Who came to the meeting and how it ended: what the report says, and what is sealed of it (CSP R. 1110-12)."""

    on: date
    presents: tuple[str, ...]
    """Each as the page named them."""
    issue: Issue
    points: str
    """Points of disagreement that remain, when there was no agreement."""
    absent: Party | None
    """The party that did not answer its summons, when that is how it ended."""
    warnings: tuple[str, ...] = ()
    """What the page warned of before it was recorded: a summons that came late, or that nothing proves."""

    def sealed(self) -> Reported:
        """Return what the act keeps, as the ledger commits to it."""
        return Reported(
            on=self.on,
            presents=self.presents,
            issue=self.issue.value,
            points=self.points,
            absent=self.absent.value if self.absent else "",
            warnings=self.warnings,
            words=translate(self.issue.label),
        )


class Recidive(Choices):
    """Whether a final sanction for such a refusal exists in the six years before the receipt (CSP R. 1110-14)."""

    OUI = "oui", N_("Oui"), N_("La plainte est transmise sans réunion de conciliation.")
    NON = "non", N_("Non")
    A_VERIFIER = "a_verifier", N_("À vérifier")


class Inaction(Choices):
    """What the director does when the council did not act (CSP L. 1110-3, R. 1110-15)."""

    SANCTION = "sanction", N_("Une sanction est prononcée")
    PAS_DE_SANCTION = "pas_de_sanction", N_("Pas de sanction")
    ATTENTE = "attente", N_("Pas encore de décision")


def session_mistake(on: date, received_on: date, today: date) -> FieldError | None:
    """Return why the parties cannot meet that day.

    Fifteen days must be left for the summons to arrive (CSP R. 1110-11 al. 5). A meeting that took place already is
    recorded as it was.
    """
    if on < received_on:
        return FieldError(BEFORE_RECEIPT)
    last = last_day_to_receive(on)
    if on >= today and last < today:
        return FieldError(
            TOO_SOON, jour=_text(last), premier=_text(add_days(today, rule_of(LegalDay.SUMMON).delay.days))
        )
    return None


def days_before(came_on: date, session_on: date) -> int:
    """Count the days between the reception of a summons and the session; the day of the session is not one of them."""
    return (session_on - came_on).days


def is_in_time(came_on: date, session_on: date) -> bool:
    """Return whether a summons came at least fifteen days before the session (CSP R. 1110-11 al. 5)."""
    return came_on <= last_day_to_receive(session_on)


def summons_warnings(conciliation: ConciliationState) -> list[str]:
    """Return which party was not summoned as the law wants (CSP R. 1110-11 al. 5): nobody is then absent in form."""
    found: list[str] = []
    for party in Party:
        sent, on = conciliation.summons.get(party.value), conciliation.session_on
        who = translate(party.label)
        if sent is None or sent.came_on is None or on is None:
            found.append(translate(UNPROVEN).format(who=who))
        elif not is_in_time(sent.came_on, on):
            n = days_before(sent.came_on, on)
            late = ntranslate(
                "{who} : convocation reçue {n} jour avant la réunion. La loi en demande 15.",
                "{who} : convocation reçue {n} jours avant la réunion. La loi en demande 15.",
                n,
            )
            found.append(late.format(who=who, n=n))
    return found


def _text(day: date | None) -> str:
    return date_text(day, weekday=False) if day else ""
