"""The association that filed, its agreement and the mandate, in the words of whoever reads the complaint.

CSP R. 1110-11: who seizes is named, and the express mandate can be checked.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from app.associations.rules import AgreementLevel, MandateDoubt, Region
from app.base.clock import PARIS
from app.base.dates import date_text, moment_text
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.status.case_status import CaseStatus
from app.saisine.steps.mandate import MandateScope
from app.saisine.steps.situation import QUALITIES

HEADING = N_("Plainte faite par une association agréée")
MODES = {"papier": N_("Signé sur papier, le {day}"), "en_ligne": N_("Donné en ligne, le {day}")}
PERIOD = N_("Du {start} au {end}")
FILED_BY = {
    "member": N_("{name}, pour l'association {association}"),
    "software": N_("Logiciel “{name}”, pour l'association {association}"),
}
NAMED = N_("{name}, agrément n° {number}")
TEXT, VERSION = N_("Texte du mandat"), N_("Version {version}")
PAPER_COUNTS = N_("Le papier signé est joint : c'est lui qui compte.")
NO_WORDS = N_("Cette version n'a pas de texte gardé. Lisez le mandat signé.")
"""Said of version « 1 », sealed by earlier releases, whose words stand nowhere."""

Row = tuple[str, str]


def of(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was sealed of the association; empty when the person, or somebody else, filed."""
    found: Mapping[str, Any] = document.get("association", {})
    return found


def name_of(document: Mapping[str, Any]) -> str:
    """Return the association that filed; empty when none did."""
    return str(of(document).get("name", ""))


def given_on(document: Mapping[str, Any]) -> date:
    """Return the day of the mandate of an association that filed."""
    return date.fromisoformat(of(document)["mandate"]["signed_on"])


def named(document: Mapping[str, Any], t: Translate) -> str:
    """Return the association and its agreement in one line; empty when none filed."""
    sealed = of(document)
    return t(NAMED).format(name=sealed["name"], number=sealed["agreement"]["number"]) if sealed else ""


def filed_by(document: Mapping[str, Any], t: Translate) -> str:
    """Return who pressed the last button, a member or a piece of software; empty when nobody's name was sealed."""
    sealed = of(document)
    told = (
        t(says).format(name=sealed[key], association=sealed["name"]) for key, says in FILED_BY.items() if key in sealed
    )
    return ", ".join(told)


def ended(now: CaseStatus) -> str:
    """Return when the mandate ended, as people read it; empty while it holds, or when there never was one."""
    at = now.mandate_ended_at
    return _moment(at.isoformat()) if at else ""


def rows(document: Mapping[str, Any], now: CaseStatus, t: Translate) -> list[dict[str, str]]:
    """Write all that was sealed of it as a sheet: ``label`` and ``shown``; empty when none filed."""
    sealed = of(document)
    if not sealed:
        return []
    mandate = (*_mandate(document, sealed["mandate"], t), (N_("Mandat terminé le"), ended(now)))
    pairs = (
        *_identity(sealed),
        (N_("Déposée par"), filed_by(document, t)),
        *_agreement(sealed["agreement"], t),
        *mandate,
    )
    return [{"label": t(label), "shown": shown} for label, shown in pairs if shown]


def text(document: Mapping[str, Any], t: Translate) -> list[dict[str, str]]:
    """Write the sealed words of the mandate, or that there are none, as a sheet; empty when no association filed."""
    sealed = of(document)
    if not sealed:
        return []
    mandate = sealed["mandate"]
    words = mandate.get("words", ())
    paper = () if mandate.get("mode") == "en_ligne" else (t(PAPER_COUNTS),)
    shown = (*words, *paper) if words else (t(NO_WORDS),)
    return [{"label": t(VERSION).format(version=mandate["text"]), "shown": "\n".join(shown)}]


def sections(document: Mapping[str, Any], now: CaseStatus, t: Translate) -> list[tuple[str, list[dict[str, str]]]]:
    """List the headings and sheets of a paper that gives all that was sealed of it; empty when none filed."""
    return [(HEADING, rows(document, now, t)), (TEXT, text(document, t))] if of(document) else []


def _identity(sealed: Mapping[str, Any]) -> Iterator[Row]:
    yield N_("Association"), sealed["name"]
    yield N_("Numéro RNA"), sealed["rna"]
    yield N_("Numéro SIREN"), sealed["siren"]
    yield N_("Adresse e-mail de l'association"), sealed.get("email", "")
    yield N_("Téléphone de l'association"), sealed.get("phone", "")
    yield N_("Adresse postale de l'association"), sealed.get("address", "")


def _agreement(agreement: Mapping[str, Any], t: Translate) -> Iterator[Row]:
    period = t(PERIOD).format(start=_day(agreement["starts_on"]), end=_day(agreement["ends_on"]))
    yield N_("Numéro d'agrément"), agreement["number"]
    yield N_("Niveau de l'agrément"), _label(AgreementLevel, agreement["level"], t)
    yield N_("Région de l'agrément"), _label(Region, agreement["region"], t)
    yield N_("Durée de l'agrément"), period


def _mandate(document: Mapping[str, Any], mandate: Mapping[str, Any], t: Translate) -> Iterator[Row]:
    names = {file["id"]: file["name"] for file in document["files"]}
    yield N_("Mandat de la personne"), t(MODES[mandate["mode"]]).format(day=_day(mandate["signed_on"]))
    yield N_("Mandat donné par"), _giver(mandate.get("giver"), t)
    yield N_("Nom écrit sur le mandat"), mandate.get("signed_as", "")
    yield N_("Mandat confirmé le"), _moment(mandate["given_at"]) if "given_at" in mandate else ""
    yield N_("Ce que la personne autorise"), "\n".join(_label(MandateScope, one, t) for one in mandate["scope"])
    yield N_("À vérifier"), "\n".join(_label(MandateDoubt, one, t) for one in mandate.get("warnings", ()))
    yield N_("Mandat signé"), "\n".join(names[file["id"]] for file in mandate["files"] if file["id"] in names)


def _giver(giver: Mapping[str, str] | None, t: Translate) -> str:
    return f"{giver['name']}, {t(QUALITIES.get(giver['quality'], giver['quality']))}" if giver else ""


def _label(choices: Any, code: str, t: Translate) -> str:
    """Return the words of a code; a code of another version of the form stays as it is."""
    return next((t(one.label) for one in choices if one == code), code)


def _day(text: str) -> str:
    return date_text(date.fromisoformat(text), weekday=False)


def _moment(text: str) -> str:
    return moment_text(datetime.fromisoformat(text), PARIS, weekday=False, seconds=False)
