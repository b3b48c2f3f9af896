"""What is said of a complaint that an authority received by itself and recorded here: never that the service did."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from app.base.dates import moment_text
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.sealed.act import Act
from app.filing.sealed.receipt import Asked
from app.filing.sealed.recorded import BY, RECORDED, WRITTEN_BY, WrittenBy, received_text, told_zone

SENTENCE = N_("Enregistrée par {name} le {moment}, reçue le {received} {way}.")
PROOF = N_("Le service n'a pas reçu cette plainte : la lettre, ou son avis de réception, prouve la date de réception.")

NO_MANDATE = N_(
    "L'association n'a pas joint le mandat exprès de la personne (CSP R. 1110-11). Demandez-le avec « Demander une "
    "preuve ou une précision » : la date de réception ne change pas."
)
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


def notices(sealed: Mapping[str, Any], acts: Iterable[Act]) -> list[str]:
    """Return what a desk should ask of a paper: the mandate of an association that sent none, until it is asked for."""
    by = next((row["answer"] for row in sealed["contact"] if row["name"] == WRITTEN_BY), "")
    is_asked = any(isinstance(act.sealed, Asked) for act in acts)
    return [NO_MANDATE] if by == WrittenBy.UNMANDATED and not is_asked else []
