"""Where each thing that is sealed is read: nothing is committed to that nobody may read, unless this says why.

The data files (the export and the copy in JSON, the proof in ZIP) hold the whole document, key by key; they are not
named here. ``[]`` stands for each one of a list.
"""

from collections.abc import Mapping

DESK = "page du dossier"
"""The page of the complaint, for the authority that received it, and for the other one once it is told."""
EXPORT = "plainte.pdf"
RECEIPT = "recepisse.pdf"
FOLLOWED = "suivi"
COPY = "donnees.pdf"
"""The copy that the person may take of her data."""
PLACES = (DESK, EXPORT, RECEIPT, FOLLOWED, COPY)

ALL = frozenset(PLACES)
SHEETS = frozenset({DESK, EXPORT, COPY})
"""Where whole sheets are printed."""
CODED = "not shown, because a label beside says it in words"
NAMED = "not shown, because the name says it"
PLACED = "not shown, because the place says it, with its postal code; it is, of a complaint sealed without one"
INNER = "not shown, because it only links things inside the service"
FOR_CLERKS = "not shown, because the candidates say it to clerks; who complains cannot choose"
NOT_ASKED = "not shown, because CRPA R. 112-11-1 asks for the service that answers, which is the receiver"
RULES = "not shown, because it is what the dates and the authorities that are shown were decided from"

Shown = frozenset[str] | str
SHOWN: Mapping[str, Shown] = {
    "number": ALL,
    "draft": INNER,
    "form": frozenset({RECEIPT}),
    "received_at": ALL,
    "zone": frozenset({DESK, RECEIPT}),
    "receiver": frozenset({DESK, EXPORT}),
    "informed": frozenset({DESK, EXPORT}),
    "authorities.receiver.code": NAMED,
    "authorities.receiver.name": frozenset({RECEIPT, FOLLOWED}),
    "authorities.receiver.kind": frozenset({RECEIPT, FOLLOWED}),
    **dict.fromkeys(
        (f"authorities.receiver.{name}" for name in ("address[]", "address_date", "phone", "email")),
        frozenset({RECEIPT}),
    ),
    "authorities.informed.code": NAMED,
    "authorities.informed.name": frozenset({RECEIPT, FOLLOWED}),
    "authorities.informed.kind": frozenset({RECEIPT, FOLLOWED}),
    **dict.fromkeys(
        (f"authorities.informed.{name}" for name in ("address[]", "address_date", "phone", "email")), NOT_ASKED
    ),
    "authorities.proposed[].code": NAMED,
    **dict.fromkeys((f"authorities.proposed[].{name}" for name in ("name", "kind")), FOR_CLERKS),
    **dict.fromkeys(
        (f"authorities.proposed[].{name}" for name in ("address[]", "address_date", "phone", "email")), NOT_ASKED
    ),
    "outcome": RULES,
    "without": RULES,
    "profession": frozenset({DESK}),
    "commune": "not shown, because the town and what was typed say it",
    "town": PLACED,
    "place": frozenset({DESK, EXPORT, RECEIPT, FOLLOWED}),
    "channel": "not shown, because the signs and who filed say it",
    "signs": frozenset({DESK}),
    "to_confirm": frozenset({DESK}),
    "candidates": frozenset({DESK}),
    "person": frozenset({DESK, RECEIPT}),
    "filer": frozenset({RECEIPT}),
    "professional": frozenset({DESK, RECEIPT}),
    "complaint[].name": CODED,
    "complaint[].label": SHEETS,
    "complaint[].answer": CODED,
    "complaint[].shown": SHEETS,
    "contact[].name": CODED,
    "contact[].label": SHEETS,
    "contact[].answer": CODED,
    "contact[].shown": SHEETS,
    "files[].id": INNER,
    "files[].name": ALL - {FOLLOWED},
    "files[].title": frozenset({DESK, COPY}),
    "files[].size": ALL - {FOLLOWED},
    "files[].sha256": frozenset({DESK, EXPORT}),
    "files[].media_type": "not shown, because the ending of the name says it",
    "files[].purpose": SHEETS,
    **dict.fromkeys((f"recorded.{name}" for name in ("at", "name", "way")), frozenset({DESK, RECEIPT})),
    "recorded.hour": ALL,
    "recorded.by": "not shown, because the history names who recorded it",
    "recorded.authority": "not shown, because its name is",
    "read_in": frozenset({DESK}),
    "association.id": INNER,
    "association.name": ALL,
    "association.member": SHEETS | {RECEIPT},
    "association.software": SHEETS | {RECEIPT},
    "association.rna": SHEETS,
    "association.siren": SHEETS,
    "association.email": SHEETS,
    "association.phone": SHEETS,
    "association.agreement.number": SHEETS | {RECEIPT},
    **dict.fromkeys((f"association.agreement.{name}" for name in ("level", "region", "starts_on", "ends_on")), SHEETS),
    "association.mandate.mode": SHEETS,
    "association.mandate.text": SHEETS | {FOLLOWED},
    "association.mandate.words[]": SHEETS | {FOLLOWED},
    "association.mandate.scope[]": SHEETS,
    "association.mandate.signed_on": SHEETS,
    "association.mandate.given_at": SHEETS,
    "association.mandate.warnings[]": SHEETS,
    "association.mandate.files[].id": "not shown, because the name of the file says it",
    "association.mandate.files[].sha256": "not shown, because the same hash stands beside the file",
}
"""Each key of the document, and where it is read in words; or a sentence: not shown, and why."""


def keys(value: object, at: str = "") -> frozenset[str]:
    """Name every key of a document, those of its lists once: ``files[].name``."""
    if isinstance(value, Mapping):
        return frozenset().union(*(keys(one, f"{at}.{name}" if at else str(name)) for name, one in value.items()))
    if isinstance(value, list | tuple) and not at.endswith(".answer"):
        return frozenset().union(*(keys(one, f"{at}[]") for one in value))
    return frozenset({at})
