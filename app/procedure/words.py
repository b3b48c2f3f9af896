"""Why a day is that day: its rule in the words that clerks read."""

from collections.abc import Mapping

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.procedure.law import Delay, Trigger
from app.procedure.rules import Deadline

EVENTS: Mapping[Trigger, str] = {
    Trigger.RECEPTION: N_("la réception"),
    Trigger.SESSION: N_("la réunion de conciliation"),
    Trigger.CONCILIATION: N_("le dernier jour pour tenir la réunion"),
    Trigger.AVAILABLE: N_("la mise à disposition du courrier électronique"),
    Trigger.NOTIFICATION: N_("la réception des griefs par le professionnel"),
    Trigger.OBSERVATIONS: N_("la fin du temps donné au professionnel pour répondre"),
    Trigger.OPINION: N_("l'avis de la commission des pénalités, ou la fin de son délai"),
    Trigger.ASSENT: N_("l'avis favorable de l'UNCAM, ou la fin de son délai"),
    Trigger.ASKED: N_("la demande d'avis"),
    Trigger.APPOINTMENT: N_("la nomination"),
    Trigger.AGREEMENT: N_("l'agrément"),
    Trigger.UNCONFIRMED: N_("un jour que les textes ne disent pas"),
}
"""Each event that a delay runs from."""
YEAR = 12
AT_ONCE = N_("Sans délai")
_UNITS = {
    "days": (N_("1 jour"), N_("{n} jours")),
    "working_days": (N_("1 jour ouvré"), N_("{n} jours ouvrés")),
    "months": (N_("1 mois"), N_("{n} mois")),
    "years": (N_("1 an"), N_("{n} ans")),
}
AFTER, BEFORE = (
    N_("{length} après {event}, le {start} : {due} ({source})."),
    N_("{length} avant {event}, le {start} : {due} ({source})."),
)


def length(delay: Delay, t: Translate) -> str:
    """Return how long a delay is: « 8 jours », « 1 jour ouvré », « 3 mois », « 6 ans », « Sans délai »."""
    years, months = divmod(delay.months, YEAR)
    counts = {"days": delay.days, "working_days": delay.working_days}
    counts |= {"months": delay.months} if months else {"years": years}
    unit, n = next(((unit, n) for unit, n in counts.items() if n), ("", 0))
    return t(_UNITS[unit][n > 1]).format(n=n) if unit else t(AT_ONCE)


def why(day: Deadline, t: Translate) -> str:
    """Return the rule of a day: how long, after or before which event, its own date, its article.

    « 8 jours après la réception, le mardi 3 mars 2026 : mercredi 11 mars 2026 (CSP R. 1110-11 al. 3). »
    """
    return t(BEFORE if day.rule.backwards else AFTER).format(
        length=length(day.rule.delay, t),
        event=t(EVENTS[day.rule.trigger]),
        start=date_text(day.start),
        due=date_text(day.due_strict),
        source=day.basis,
    )
