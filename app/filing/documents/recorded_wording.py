"""What is said of a complaint that an authority received by itself and recorded here: never that the service did."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.base.dates import moment_text
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.sealed.recorded import BY, RECORDED, received_text, told_zone

SENTENCE = N_("Enregistrée par {name} le {moment}, reçue le {received} {way}.")
PROOF = N_("Le service n'a pas reçu cette plainte : la lettre, ou son avis de réception, prouve la date de réception.")

FIRST = N_(
    "{name} a reçu votre plainte le {received} {way}, et l'a enregistrée. "
    "Voici votre code personnel : avec lui, vous suivez votre plainte. Son récépissé est joint à cette lettre."
)


def sentence(sealed: Mapping[str, Any], t: Translate) -> str:
    """Return who recorded it, when, and how it was received; empty when the service received it."""
    recorded = sealed.get(RECORDED)
    if recorded is None:
        return ""
    return t(SENTENCE).format(
        name=recorded["name"],
        moment=moment_text(datetime.fromisoformat(recorded["at"]), weekday=False, seconds=False),
        received=received_text(sealed, weekday=False),
        way=t(BY[recorded["way"]]),
    )


def first_words(sealed: Mapping[str, Any], t: Translate) -> str:
    """Return how the letter that brings the first code begins."""
    recorded = sealed[RECORDED]
    received, way = received_text(sealed, weekday=False), t(BY[recorded["way"]])
    return t(FIRST).format(name=recorded["name"], received=received, way=way)


def on_desk(sealed: Mapping[str, Any], t: Translate) -> dict[str, str]:
    """Return what the page of a desk says in place of an hour that nobody declared."""
    if RECORDED not in sealed:
        return {}
    here, there = received_text(sealed), received_text(sealed, told_zone(sealed))
    return {"received": here, "local_received": there if there != here else "", "recorded": sentence(sealed, t)}
