"""When something calls for a clerk, and how it is told: pure rules on dates."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from app.base.errors import N_
from app.base.forms.fields import Choices
from app.base.i18n import ntranslate

UNREAD_AFTER = timedelta(days=5)
QUORATE_BEFORE = timedelta(days=7)
PROVEN_BEFORE = timedelta(days=20)
"""The law wants the summons in hand fifteen days before the meeting (CSP R. 1110-11 al. 5): five are left to act."""


class Alert(Choices):
    """What calls for a clerk, most pressing first; the hint says what to do."""

    MAIL = (
        "courriel",
        N_("E-mail non remis"),
        N_("À faire : joindre la personne autrement. Un e-mail ne lui a pas été remis."),
    )
    SUMMONS = (
        "convocation",
        N_("Convocation sans preuve"),
        N_("À faire : prouver la réception des convocations. La réunion est dans moins de trois semaines."),
    )
    QUORUM = (
        "quorum",
        N_("Commission incomplète"),
        N_("À faire : désigner d'autres membres. La commission ne peut plus siéger le jour de la réunion."),
    )
    UNREAD = (
        "non_lu",
        N_("Message non lu"),
        N_("À faire : lire le message de la personne. Il attend depuis au moins cinq jours."),
    )


def is_unreached(refused_at: datetime, reached_at: datetime | None) -> bool:
    """Return whether nobody was in touch with the person since a mail was refused for good."""
    return reached_at is None or reached_at < refused_at


def is_left_unread(written_on: date, today: date) -> bool:
    """Return whether a message that nobody read was written five days ago, or more."""
    return written_on + UNREAD_AFTER <= today


def is_unproven(meets_on: date, today: date) -> bool:
    """Return whether a meeting to come is so near that the summons should be proven received."""
    return today <= meets_on <= today + PROVEN_BEFORE


def is_quorum_due(meets_on: date, today: date) -> bool:
    """Return whether a meeting is so near that its commission must be whole: a week (CSP R. 1110-10)."""
    return today <= meets_on <= today + QUORATE_BEFORE


def sentences(counts: Mapping[Alert, int]) -> Sequence[str]:
    """Write what the digest says, one sentence for each alert: how many complaints, never which."""
    return [_sentence(alert, counts[alert]) for alert in Alert if counts.get(alert)]


def _sentence(alert: Alert, n: int) -> str:
    match alert:
        case Alert.MAIL:
            said = ntranslate(
                "{n} plainte : un e-mail n'a pas été remis à la personne",
                "{n} plaintes : un e-mail n'a pas été remis à la personne",
                n,
            )
        case Alert.SUMMONS:
            said = ntranslate(
                "{n} plainte : la réunion est proche, et la réception des convocations n'est pas prouvée",
                "{n} plaintes : la réunion est proche, et la réception des convocations n'est pas prouvée",
                n,
            )
        case Alert.QUORUM:
            said = ntranslate(
                "{n} plainte : la réunion est dans moins de huit jours, et la commission est incomplète",
                "{n} plaintes : la réunion est dans moins de huit jours, et la commission est incomplète",
                n,
            )
        case Alert.UNREAD:
            said = ntranslate(
                "{n} plainte : un message de la personne n'est pas lu depuis cinq jours",
                "{n} plaintes : un message de la personne n'est pas lu depuis cinq jours",
                n,
            )
    return said.format(n=n)
