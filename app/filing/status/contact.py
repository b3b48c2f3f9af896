"""How to reach the person today: what was given with the complaint, or since. Pure rules on values."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.base.errors import N_
from app.base.i18n import translate
from app.filing.sealed.act import Act, of_kind
from app.filing.sealed.person import ContactChanged
from app.saisine.steps.identity import through_association

Row = Mapping[str, Any]
CONTACT, EMAIL = "contact", "email"
"""Where a document keeps the sheet; the answer that holds the e-mail address."""
NAMES = (
    *("pers_joindre", "moyens", EMAIL, "accord_email", "telephone", "tel_consigne"),
    *("adresse_chez", "adresse_rue", "adresse_complement", "adresse_code_postal", "adresse_ville", "adresse_pays"),
)
"""The answers that a change replaces; needs, language and the others stay."""
CARE_OF = N_("Chez {name}")


def present(document: Mapping[str, Any], acts: Iterable[Act]) -> Sequence[Row]:
    """Return the contact sheet of today."""
    return sheets(document, acts)[-1][1]


def sheets(document: Mapping[str, Any], acts: Iterable[Act]) -> list[tuple[datetime, Sequence[Row]]]:
    """List every contact sheet since the receipt, the oldest first, each with when it was given."""
    first = (datetime.fromisoformat(document["received_at"]), document[CONTACT])
    return [first, *((act.at, act.sealed.contact) for act in of_kind(acts, ContactChanged))]


def changed(before: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """Put what was given anew in place of what it replaces."""
    return [*new, *(row for row in before if row["name"] not in NAMES)]


def email_of(rows: Iterable[Row]) -> str:
    """Return the person's e-mail address, or nothing."""
    return str(next((row["answer"] for row in rows if row["name"] == EMAIL), ""))


def means_of(rows: Iterable[Row]) -> list[str]:
    """Return the codes of the ways in which the person wants to be reached."""
    return list(next((row["answer"] for row in rows if row["name"] == "moyens"), []))


def agreed_to_mails(rows: Iterable[Row]) -> bool:
    """Return whether the person agreed to receive the letters of the procedure by e-mail."""
    return any(row["answer"] for row in rows if row["name"] == "accord_email")


def goes_through_association(rows: Iterable[Row]) -> bool:
    """Return whether the association that acts for the person receives her letters, as she chose."""
    return through_association({row["name"]: row["answer"] for row in rows})


def care_of(name: str) -> str:
    """Write the line of an address that says at whose place a person receives letters."""
    return name if not name or name.lower().startswith("chez ") else translate(CARE_OF).format(name=name)


def post_address(rows: Iterable[Row]) -> list[str]:
    """Write the postal address, line by line, without the name; nothing when none was given."""
    given = {row["name"]: str(row["shown"]) for row in rows}
    if not given.get("adresse_rue"):
        return []
    lines = [
        care_of(given.get("adresse_chez", "")),
        given["adresse_rue"],
        given.get("adresse_complement", ""),
        f"{given.get('adresse_code_postal', '')} {given.get('adresse_ville', '')}".strip(),
        given.get("adresse_pays", ""),
    ]
    return [line for line in lines if line]
