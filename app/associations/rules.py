"""An agreement of an association: its period, its end, what is told of it. Pure rules on values.

CSP L. 1114-1: agreed by the State, at national or regional level; the agreement lasts five years (D18).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.base.dates import add_months, date_text
from app.base.errors import N_
from app.base.forms.fields import Choices, Translate
from app.procedure.days import LegalDay
from app.procedure.law import rule_of

YEAR = 12
"""Months after which a mandate is old."""
ACTIVE_AFTER = 12
"""Months after the end of its last agreement during which an association is still active: a renewal may follow."""
NOTICE_DAYS = (90, 30, 7, 0)
"""Days before the end of an agreement at which the association is told; the last one is its last day."""
ENDING = N_("L'agrément de votre association prend fin le {date}.")
RENEWAL_ASKED = N_("Renouvellement demandé le {date}.")
RNA = re.compile(r"W[0-9][0-9A-Z][0-9]{7}")
SIREN = re.compile(r"[0-9]{9}")
ENDED = N_(
    "L'agrément de votre association a pris fin le {date}. Vous pouvez préparer vos plaintes, mais pas en envoyer."
)
WITHDRAWN = N_(
    "L'agrément de votre association a été retiré le {date}. Vous pouvez préparer vos plaintes, mais pas en envoyer."
)
NEVER_AGREED = N_(
    "L'agrément de votre association n'est pas encore vérifié. Vous pouvez préparer vos plaintes, mais pas en envoyer."
)
WRITE_TO = N_("{sentence} Écrivez à {contact}.")


class AgreementLevel(Choices):
    """Who agreed the association."""

    NATIONAL = "national", N_("National"), N_("Agréée par le ministre chargé de la santé.")
    REGIONAL = "regional", N_("Régional"), N_("Agréée par l'agence régionale de santé.")


class Region(Choices):
    """A region, by its code of the Code officiel géographique."""

    GUADELOUPE = "01", N_("Guadeloupe")
    MARTINIQUE = "02", N_("Martinique")
    GUYANE = "03", N_("Guyane")
    REUNION = "04", N_("La Réunion")
    MAYOTTE = "06", N_("Mayotte")
    ILE_DE_FRANCE = "11", N_("Île-de-France")
    CENTRE = "24", N_("Centre-Val de Loire")
    BOURGOGNE = "27", N_("Bourgogne-Franche-Comté")
    NORMANDIE = "28", N_("Normandie")
    HAUTS_DE_FRANCE = "32", N_("Hauts-de-France")
    GRAND_EST = "44", N_("Grand Est")
    PAYS_DE_LA_LOIRE = "52", N_("Pays de la Loire")
    BRETAGNE = "53", N_("Bretagne")
    NOUVELLE_AQUITAINE = "75", N_("Nouvelle-Aquitaine")
    OCCITANIE = "76", N_("Occitanie")
    AUVERGNE = "84", N_("Auvergne-Rhône-Alpes")
    PACA = "93", N_("Provence-Alpes-Côte d'Azur")
    CORSE = "94", N_("Corse")


class MandateDoubt(Choices):
    """What an authority may want to check in a mandate; it never stops the person's complaint."""

    BEFORE_FACTS = "avant_les_faits", N_("Le mandat est signé avant les faits.")
    BEFORE_AGREEMENT = "avant_agrement", N_("L'association n'était pas agréée le jour de la signature.")
    OLD = "plus_d_un_an", N_("Le mandat est signé depuis plus d'un an.")
    OTHER_NAME = "autre_nom", N_("Le nom écrit sur le mandat n'est pas celui de la plainte.")
    ELSEWHERE = "hors_region", N_("L'agrément est régional, et le professionnel travaille dans une autre région.")


@dataclass(frozen=True)
class Agreement:
    """One agreement: its number and its days, both included."""

    number: str
    level: str
    region: str
    starts_on: date
    ends_on: date
    withdrawn_on: date | None = None
    """First day on which it holds no more, when it was withdrawn."""
    renewal_asked_on: date | None = None

    @property
    def last_day(self) -> date:
        """Last day on which it holds: its end, or the eve of its withdrawal."""
        return self.withdrawn_on - timedelta(days=1) if self.withdrawn_on else self.ends_on

    def holds_on(self, day: date) -> bool:
        """Return whether the association is agreed that day."""
        return self.starts_on <= day <= self.last_day

    def overlaps(self, starts_on: date, ends_on: date) -> bool:
        """Return whether a day belongs to both periods."""
        return self.starts_on <= ends_on and starts_on <= self.last_day


def usual_end(starts_on: date) -> date:
    """Return the last day of an agreement: five years, date à date (D18)."""
    return rule_of(LegalDay.AGREEMENT_TERM).delay.after(starts_on)


def agreed_on(agreements: Iterable[Agreement], day: date) -> Agreement | None:
    """Return the agreement that holds on a day; the association is agreed on the day of sending (CSP R. 1110-11)."""
    return next((one for one in agreements if one.holds_on(day)), None)


def to_renew(agreements: Sequence[Agreement], day: date) -> Agreement | None:
    """Return the agreement that the next one would follow: that of a day, else the last one."""
    return agreed_on(agreements, day) or next(reversed(agreements), None)


def active_until(agreements: Iterable[Agreement], day: date) -> date | None:
    """Return the last day on which an association is active, as known on a day; ``None`` when it is not active then."""
    ends = [add_months(one.last_day, ACTIVE_AFTER) for one in agreements if one.starts_on <= day]
    return max((end for end in ends if end >= day), default=None)


def why_not_sending(agreements: Sequence[Agreement], day: date, contact: str, t: Translate) -> str:
    """Return why the association may send nothing that day; empty when it may."""
    if agreed_on(agreements, day):
        return ""
    past = [one for one in agreements if one.last_day < day]
    if not past:
        return whom_to_write(t(NEVER_AGREED), contact, t)
    last = max(past, key=lambda one: one.last_day)
    says = t(WITHDRAWN if last.withdrawn_on else ENDED)
    return whom_to_write(says.format(date=date_text(last.withdrawn_on or last.ends_on, weekday=False)), contact, t)


def whom_to_write(sentence: str, contact: str, t: Translate) -> str:
    """Add whom to write to; an instance that names nobody says nothing of it."""
    return t(WRITE_TO).format(sentence=sentence, contact=contact) if contact.strip() else sentence


def doubts(
    signed_on: date,
    facts_on: date | None,
    agreements: Sequence[Agreement],
    today: date,
    region: str,
    *,
    is_named_otherwise: bool = False,
) -> tuple[MandateDoubt, ...]:
    """Return what is doubtful in a mandate (CSP R. 1110-11: express, for this complaint); nothing here is a refusal.

    ``facts_on``: the day of the refusal, when it is known exactly; ``region``: where the professional works, by its
    code, or empty; ``is_named_otherwise``: whether the paper bears another name. A year is counted date à date.
    """
    now = agreed_on(agreements, today)
    found = {
        MandateDoubt.BEFORE_FACTS: facts_on is not None and signed_on < facts_on,
        MandateDoubt.BEFORE_AGREEMENT: now is not None and agreed_on(agreements, signed_on) is None,
        MandateDoubt.OLD: add_months(signed_on, YEAR) < today,
        MandateDoubt.OTHER_NAME: is_named_otherwise,
        MandateDoubt.ELSEWHERE: now is not None and bool(now.region and region) and now.region != region,
    }
    return tuple(doubt for doubt, is_so in found.items() if is_so)


def notice_due(agreements: Sequence[Agreement], day: date) -> tuple[int, Agreement] | None:
    """Return the notice to send: the nearest of :data:`NOTICE_DAYS` that is reached, unless a renewal follows."""
    now = agreed_on(agreements, day)
    if now is None or any(one.holds_on(now.ends_on + timedelta(days=1)) for one in agreements):
        return None
    left = (now.ends_on - day).days
    reached = [days for days in NOTICE_DAYS if left <= days]
    return (min(reached), now) if reached else None


def end_ahead(agreements: Sequence[Agreement], day: date, t: Translate) -> str:
    """Return what is said of the end that comes, and of the renewal that was asked; empty while it is far."""
    due = notice_due(agreements, day)
    if due is None:
        return ""
    asked = due[1].renewal_asked_on
    said = [t(ENDING).format(date=date_text(due[1].ends_on, weekday=False))]
    said += [t(RENEWAL_ASKED).format(date=date_text(asked, weekday=False))] if asked else []
    return " ".join(said)


def plain_number(text: str) -> str:
    """Write an RNA or SIREN number without its spaces, in capitals."""
    return "".join(text.split()).upper()
