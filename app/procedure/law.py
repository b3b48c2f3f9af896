"""The delays of the law as data: how long, from when, under which article, how sure (see ``docs/droit.md``)."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.base.dates import add_days, add_months, add_working_days
from app.base.errors import N_
from app.procedure.days import LegalDay

OPENING = date(2021, 1, 4)
"""First complaints under this procedure (décret n° 2020-1215); older texts are in force at this date too."""


@dataclass(frozen=True, kw_only=True)
class Delay:
    """A length of time with its article; all lengths at zero mean « sans délai »."""

    source: str
    in_force: date = OPENING
    days: int = 0
    months: int = 0
    working_days: int = 0

    def __post_init__(self) -> None:
        """Refuse two units at once: no article has any."""
        if sum(length > 0 for length in (self.days, self.months, self.working_days)) > 1:
            raise ValueError("a delay has one unit")

    @property
    def is_immediate(self) -> bool:
        """Whether the act is due the same day."""
        return not (self.days or self.months or self.working_days)

    def after(self, day: date, holidays: Container[date] = ()) -> date:
        """Return the last day; the day of the event is not counted, months run date to date."""
        return add_working_days(add_months(add_days(day, self.days), self.months), self.working_days, holidays)

    def before(self, day: date) -> date:
        """Return the last day when the delay runs backwards from an event."""
        return add_months(add_days(day, -self.days), -self.months)


class Trigger(StrEnum):
    """The event that a delay starts from."""

    RECEPTION = "reception"
    SESSION = "seance"
    CONCILIATION = "fin_conciliation"
    """The last day for the session (D7)."""
    AVAILABLE = "mise_a_disposition"
    NOTIFICATION = "notification"
    """The reception of the facts by the professional (CSS R. 147-2 I)."""
    OBSERVATIONS = "fin_observations"
    """The end of the month of the professional, or the hearing that came later (CSS R. 147-2 I)."""
    OPINION = "avis_commission"
    """The opinion of the commission, or the end of its time without one (CSS R. 147-2 III)."""
    ASSENT = "avis_conforme"
    """The favourable opinion of the UNCAM, or the end of its time without one (CSS R. 147-2 III)."""
    ASKED = "demande_avis"
    """The day when an opinion was asked."""
    APPOINTMENT = "nomination"
    AGREEMENT = "agrement"
    UNCONFIRMED = "a_verifier"


class Tag(StrEnum):
    """How sure we are of a rule."""

    CONFIRMED = "confirmed"
    DERIVED = "derived"
    TO_VERIFY = "to_verify"


class Procedure(StrEnum):
    """The two procedures of a complaint (CSP R. 1110-14): with a conciliation, or none after a first sanction."""

    CONCILIATION = "conciliation"
    RECIDIVE = "recidive"


BOTH = frozenset(Procedure)
CONCILIATION, RECIDIVE = frozenset({Procedure.CONCILIATION}), frozenset({Procedure.RECIDIVE})
UNDATED = frozenset[Procedure]()
"""Rules that are not a day in the calendar of a filing."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the procedure."""

    code: LegalDay
    delay: Delay
    trigger: Trigger
    procedures: frozenset[Procedure]
    label: str
    tag: Tag = Tag.CONFIRMED
    backwards: bool = False
    optional: bool = False
    """The authority may act, and is never late when it does not."""


R11, R12 = "CSP R. 1110-11", "CSP R. 1110-12"
EIGHT_DAYS = Delay(days=8, source=f"{R11} al. 3")
PRUDENT_ACKNOWLEDGE = "CRPA R. 112-11-2, huit jours par prudence"
"""What is said of the eight days of the acknowledgement where R. 1110-11 does not apply: within the ten working days.
"""
FIFTEEN_DAYS = Delay(days=15, source=f"{R11} al. 5")

RULES = (
    Rule(code=LegalDay.RECEIPT, delay=Delay(working_days=1, source="CRPA R. 112-11-2"), trigger=Trigger.RECEPTION,
         procedures=BOTH, label=N_("Remettre le récépissé")),
    Rule(code=LegalDay.ACKNOWLEDGE, delay=EIGHT_DAYS, trigger=Trigger.RECEPTION, procedures=BOTH,
         label=N_("Envoyer l'accusé de réception")),
    Rule(code=LegalDay.TRANSMIT, delay=EIGHT_DAYS, trigger=Trigger.RECEPTION, procedures=CONCILIATION,
         label=N_("Transmettre la plainte à l'autre autorité")),
    Rule(code=LegalDay.TRANSMIT, delay=Delay(source="CSP R. 1110-14"), trigger=Trigger.RECEPTION, procedures=RECIDIVE,
         label=N_("Transmettre sans délai la plainte à l'autre autorité")),
    Rule(code=LegalDay.TELL_PROFESSIONAL, delay=EIGHT_DAYS, trigger=Trigger.RECEPTION, procedures=BOTH,
         label=N_("Informer le professionnel")),
    Rule(code=LegalDay.HEAR, delay=Delay(months=1, source=f"CSP L. 1110-3 al. 3, {R11[4:]} al. 4"),
         trigger=Trigger.RECEPTION, procedures=CONCILIATION, optional=True,
         label=N_("Entendre le professionnel (facultatif)")),
    Rule(code=LegalDay.SUMMON, delay=FIFTEEN_DAYS, trigger=Trigger.SESSION, procedures=CONCILIATION, backwards=True,
         tag=Tag.TO_VERIFY, label=N_("Convocations reçues par les deux parties")),
    Rule(code=LegalDay.MEET, delay=Delay(months=3, source=f"CSP L. 1110-3 al. 4, {R11[4:]} al. 5"),
         trigger=Trigger.RECEPTION, procedures=CONCILIATION, label=N_("Tenir la réunion de conciliation")),
    Rule(code=LegalDay.SEND_REPORT, delay=Delay(days=8, source=R12), trigger=Trigger.SESSION, procedures=CONCILIATION,
         label=N_("Envoyer le compte rendu de la réunion")),
    Rule(code=LegalDay.PASS_ON, delay=Delay(months=3, source="CSP R. 1110-13"), trigger=Trigger.SESSION,
         procedures=CONCILIATION, label=N_("Après un échec, transmettre à la chambre disciplinaire")),
    Rule(code=LegalDay.PASS_ON_REPEAT, delay=Delay(months=3, source="CSP R. 1110-14"), trigger=Trigger.RECEPTION,
         procedures=RECIDIVE, label=N_("Transmettre à la juridiction de l'ordre")),
    Rule(code=LegalDay.INACTION, delay=Delay(months=3, source="CSP L. 1110-3, R. 1110-15"),
         trigger=Trigger.UNCONFIRMED, procedures=UNDATED, tag=Tag.TO_VERIFY,
         label=N_("Carence de l'ordre : le directeur peut sanctionner")),
    Rule(code=LegalDay.REPEAT_SINCE, delay=Delay(months=72, source="CSP R. 1110-14"), trigger=Trigger.RECEPTION,
         procedures=UNDATED, backwards=True, label=N_("Récidive : sanction définitive dans les six ans")),
    Rule(code=LegalDay.LAST_SUMMONS, delay=FIFTEEN_DAYS, trigger=Trigger.CONCILIATION, procedures=CONCILIATION,
         backwards=True, tag=Tag.DERIVED, label=N_("Dernier jour utile pour les convocations")),
    Rule(code=LegalDay.GENERAL_ACKNOWLEDGE, delay=Delay(working_days=10, source="CRPA R. 112-11-2"),
         trigger=Trigger.RECEPTION, procedures=BOTH, label=N_("Accusé de réception : limite générale")),
    Rule(code=LegalDay.UNREAD_MAIL, delay=Delay(days=15, source="CRPA R. 112-20, L. 112-15"),
         trigger=Trigger.AVAILABLE, procedures=UNDATED, label=N_("Courrier électronique non consulté")),
    Rule(code=LegalDay.OBSERVE, delay=Delay(months=1, source="CSS R. 147-2 I"), trigger=Trigger.NOTIFICATION,
         procedures=BOTH, optional=True, label=N_("Observations du professionnel avant une sanction")),
    Rule(code=LegalDay.MEMBER_TERM, delay=Delay(months=36, source="CSP R. 1110-9"), trigger=Trigger.APPOINTMENT,
         procedures=UNDATED, label=N_("Mandat des membres de la commission")),
    Rule(code=LegalDay.AGREEMENT_TERM, delay=Delay(months=60, source="CSP L. 1114-1"), trigger=Trigger.AGREEMENT,
         procedures=UNDATED, tag=Tag.TO_VERIFY, label=N_("Agrément de l'association")),
    Rule(code=LegalDay.REFER, delay=Delay(days=15, source="CSS R. 147-2 I, 3°"), trigger=Trigger.OBSERVATIONS,
         procedures=BOTH, label=N_("Saisir la commission des pénalités, ou abandonner")),
    Rule(code=LegalDay.CONSULT, delay=Delay(days=15, source="CSS R. 147-2 III, 3°"), trigger=Trigger.OPINION,
         procedures=BOTH, label=N_("Demander l'avis conforme de l'UNCAM, ou abandonner")),
    Rule(code=LegalDay.COMMISSION_SILENT, delay=Delay(months=2, source="CSS R. 147-2 II"), trigger=Trigger.ASKED,
         procedures=UNDATED, label=N_("Avis de la commission des pénalités réputé rendu")),
    Rule(code=LegalDay.UNCAM_SILENT, delay=Delay(months=1, source="CSS R. 147-2 III"), trigger=Trigger.ASKED,
         procedures=UNDATED, label=N_("Avis de l'UNCAM réputé favorable")),
    Rule(code=LegalDay.NOTIFY_SANCTION, delay=Delay(days=15, source="CSS R. 147-2 III"), trigger=Trigger.ASSENT,
         procedures=BOTH, label=N_("Notifier la sanction au professionnel, sinon procédure abandonnée")),
)  # fmt: skip
"""Every rule; a change of law is one more row with a later ``in_force``."""


def rules_on(day: date, procedure: Procedure) -> dict[str, Rule]:
    """Return the rules of a procedure in force on a day, by code and in order. A later version replaces an earlier."""
    found = [rule for rule in RULES if procedure in rule.procedures and rule.delay.in_force <= day]
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.delay.in_force)}


def rule_of(code: str) -> Rule:
    """Return the newest rule of a code; the ordinary procedure first."""
    found = [one for one in RULES if one.code == code and Procedure.CONCILIATION in one.procedures]
    return max(found or [one for one in RULES if one.code == code], key=lambda one: one.delay.in_force)
