"""The words of the express mandate: a pure function of what it bears on, frozen with the complaint that it allows.

CSP R. 1110-11: an approved association seizes with the express mandate of the person. A mandate gives a power to act in
somebody's name (Code civil, art. 1984), here for one affair (art. 1987); nothing may be done beyond it (art. 1989).
The person reads it, or has it read aloud: each sentence says one thing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.associations.rules import Agreement, AgreementLevel, Region
from app.base.dates import date_text, moment_text
from app.base.errors import N_
from app.base.forms.fields import Translate

VERSION = "3"
"""Version of these words: another word is another version; those of a complaint are sealed with it."""
BLANK = "…" * 16
"""Stands for what is not known yet, with room to write it by hand."""
POWERS = N_("J'autorise l'association à :")
PERSON = N_("Je m'appelle {person}.")
GIVER = N_("Je m'appelle {giver}. Je donne ce mandat pour {person}. Ma qualité : {quality}.")
ASSOCIATION = N_("Je donne mandat à l'association {name}.")
NUMBERED = N_("Je donne mandat à l'association {name}, {number}.")
AGREED = N_("Elle est agréée : n° {number}, {level}, jusqu'au {day}.")
ONE_COMPLAINT = N_("Ce mandat vaut pour une plainte, contre : {professional}.")
FACTS = N_("Les faits : {facts}.")
WHEN = N_("Date des faits : {when}.")
AFTER = (
    N_("L'association lit ma plainte, mes coordonnées et mes fichiers, pas mon code personnel."),
    N_("Les autorités lisent ce mandat, pas le professionnel."),
    N_("Il dure jusqu'à la fin de la procédure."),
    N_("Je peux l'annuler à tout moment, sans dire pourquoi : par mon code personnel ou par écrit."),
    N_("L'association ne lit alors plus ma plainte, qui continue avec la même date."),
)
"""What the association reads; who reads the mandate (CSP R. 1110-11); how long it lasts; that it may end at any time
(Code civil, art. 2003 and 2004), in a way that lets the authority know, for others are bound by the end once they know
of it (art. 2005); that what was done before stays done (art. 1998), with its date (CRPA L. 112-13)."""
GIVEN, NOT_GIVEN = N_("{power} : oui."), N_("{power} : non.")
SIGNED, ONLINE = N_("Mandat signé sur papier, le {day}."), N_("Mandat donné en ligne, le {moment}.")


@dataclass(frozen=True)
class ExpressMandate:
    """What a mandate bears on; an empty value is not known yet."""

    person: str = ""
    """Who was refused care."""
    giver: str = ""
    """Who gives it for a minor or a protected adult; empty when the person does."""
    quality: str = ""
    """In which quality the giver acts: parent, tuteur…"""
    association: str = ""
    rna: str = ""
    siren: str = ""
    agreement: Agreement | None = None
    professional: str = ""
    """Name, profession, place, as far as they are known."""
    facts: tuple[str, ...] = ()
    """The forms of the refusal, in the words of the form."""
    when: str = ""
    powers: tuple[tuple[str, bool], ...] = ()
    """Each power, and whether it is given (CSP R. 1110-11 to file, R. 1110-12 to come to the meeting)."""
    signed_on: date | None = None
    """Day of signature on paper."""
    given_at: datetime | None = None
    """Instant of the answer, when it is given online."""

    @property
    def signatory(self) -> str:
        """Who gives it: the person, or whoever acts in her place."""
        return self.giver or self.person


def words(mandate: ExpressMandate, t: Translate) -> tuple[str, ...]:
    """Return the whole text, sentence by sentence, as it is sealed."""
    at = mandate.given_at
    online = t(ONLINE).format(moment=moment_text(at, weekday=False, seconds=False)) if at else ""
    return (*unsigned(mandate, t), online or t(SIGNED).format(day=_day(mandate.signed_on)))


def unsigned(mandate: ExpressMandate, t: Translate) -> tuple[str, ...]:
    """Return what the person reads before she gives it: all but how and when she does."""
    powers = (t(GIVEN if given else NOT_GIVEN).format(power=label) for label, given in mandate.powers)
    return (*before_powers(mandate, t), t(POWERS), *powers, *after_powers(t))


def before_powers(mandate: ExpressMandate, t: Translate) -> tuple[str, ...]:
    """Return who gives the mandate, to whom, for which complaint."""
    return tuple(_parties(mandate, t)) + tuple(_object(mandate, t))


def after_powers(t: Translate) -> tuple[str, ...]:
    """Return what the mandate allows to read, how long it lasts, how it ends."""
    return tuple(t(sentence) for sentence in AFTER)


def _parties(mandate: ExpressMandate, t: Translate) -> Iterator[str]:
    person, quality = mandate.person or BLANK, mandate.quality or BLANK
    yield t(GIVER if mandate.giver else PERSON).format(giver=mandate.giver, person=person, quality=quality)
    number = f"RNA {mandate.rna}" if mandate.rna else f"SIREN {mandate.siren}" if mandate.siren else ""
    yield t(NUMBERED if number else ASSOCIATION).format(name=mandate.association or BLANK, number=number)
    agreed = mandate.agreement
    yield t(AGREED).format(
        number=agreed.number if agreed else BLANK,
        level=_level(agreed, t) if agreed else BLANK,
        day=_day(agreed.ends_on if agreed else None),
    )


def _object(mandate: ExpressMandate, t: Translate) -> Iterator[str]:
    yield t(ONE_COMPLAINT).format(professional=mandate.professional or BLANK)
    yield t(FACTS).format(facts=" ; ".join(mandate.facts) or BLANK)
    yield t(WHEN).format(when=mandate.when or BLANK)


def _level(agreement: Agreement, t: Translate) -> str:
    level = next((t(one.label).lower() for one in AgreementLevel if one == agreement.level), agreement.level)
    region = next((t(one.label) for one in Region if one == agreement.region), agreement.region)
    return f"{level} ({region})" if region else level


def _day(day: date | None) -> str:
    return date_text(day, weekday=False) if day else BLANK
