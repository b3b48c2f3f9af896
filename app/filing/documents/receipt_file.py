"""The récépissé of a filing, every file that was ever given for it, and its page: made again from sealed data."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.base.errors import N_
from app.base.i18n import FOR_INFORMATION, FRENCH, in_language, translate
from app.base.portal import Portal
from app.filing import queries
from app.filing.documents import mandate_wording, recorded_wording
from app.filing.documents.confirmation import addressee, professional_text, recipients_at
from app.filing.documents.recepisse import Body, Recepisse, make_pdf, shown
from app.filing.ledger.proof import ReceiptProof, proof_of
from app.filing.models import Filing
from app.filing.sealed.recorded import told_zone
from app.printing.bilingual import side_by_side
from app.procedure.days import LegalDay
from app.procedure.rules import deadlines
from app.routing.rules import Outcome
from app.saisine.steps.recipients import TOLD, Recipients

HOURS = N_("Sauf mention contraire, les heures sont celles de Paris.")
NO_BREAK = "\u00a0"
"""Keeps the order of the digits of a telephone inside a sentence that is read from right to left."""
AS_OF = N_("(adresse connue en {year}, à vérifier)")


@dataclass(frozen=True)
class _Kept:
    """What is kept of a receipt, from which each file of it is made."""

    filing: Filing
    sealed: dict[str, Any]
    proof: ReceiptProof
    address: str


def _kept(session: Session, portal: Portal, filing: Filing) -> _Kept:
    proof = proof_of(session, portal.keyring, filing.number)
    if proof is None:
        raise LookupError(filing.number)
    sealed = queries.open_for_person(session, portal.keyring, filing).payload
    return _Kept(filing, sealed, proof, portal.settings.address)


def recepisses(session: Session, portal: Portal, filing: Filing) -> Iterator[bytes]:
    """Make every file that was ever given for a filing: before its time-stamp; by earlier releases."""
    kept = _kept(session, portal, filing)
    named = (True, False) if mandate_wording.of(kept.sealed) else (True,)
    told = (_told(kept.sealed), _Told(_meeting(kept.sealed)), _Told(_meeting_before(kept.sealed)))
    for names_association, one, stamped in product(named, dict.fromkeys(told), (True, False)):
        yield make_pdf(_values(kept, one, stamped=stamped, names_association=names_association))


def recepisse(session: Session, portal: Portal, filing: Filing, *, stamped: bool = True) -> bytes:
    """Make the récépissé from sealed data: identical bytes each time (CRPA L. 112-11, R. 112-11-1).

    One line changes once, when the time-stamp comes; ``stamped=False`` makes the file as it was before.
    """
    kept = _kept(session, portal, filing)
    return make_pdf(_values(kept, _told(kept.sealed), stamped=stamped))


def in_both_languages(session: Session, portal: Portal, filing: Filing) -> dict[str, Any]:
    """Say the récépissé in the language of the moment, each sentence with the French one beside it."""
    kept = _kept(session, portal, filing)
    own = _page(kept)
    with in_language(FRENCH):
        return side_by_side(own, _page(kept))  # type: ignore[no-any-return]


def _page(kept: _Kept) -> dict[str, Any]:
    """Say what the file says, before it what a page alone has to say."""
    values = _values(kept, _told(kept.sealed))
    phone = values.receiver_phone.replace(" ", NO_BREAK)
    return {
        "translation": translate(FOR_INFORMATION),
        "hours": translate(HOURS),
        **shown(replace(values, receiver_phone=phone)),
    }


@dataclass(frozen=True)
class _Told:
    """What a release says beside the sealed data: the meeting it announces, what it says of other caisses."""

    meeting: str
    own_caisse: str = ""


def _told(sealed: dict[str, Any]) -> _Told:
    """Return what this release says; earlier ones said nothing to whoever has another caisse."""
    return _Told(_meeting(sealed), TOLD[recipients_at(sealed)].own_caisse)


def _meeting(sealed: dict[str, Any]) -> str:
    """Return the name of the meeting that the récépissé announces."""
    return TOLD[recipients_at(sealed)].meeting


def _meeting_before(sealed: dict[str, Any]) -> str:
    """Return what earlier releases announced: nothing before the ordre alone, a meeting whatever was complained of."""
    is_alone = sealed["outcome"] in {Outcome.CPAM_SEULE, Outcome.ORDRE_SEUL, Outcome.HORS_CHAMP}
    return "" if is_alone else TOLD[Recipients.EITHER].meeting


def _values(kept: _Kept, told: _Told, *, stamped: bool = True, names_association: bool = True) -> Recepisse:
    """Gather what one file says; ``names_association=False``: what earlier releases said."""
    filing, sealed = kept.filing, kept.sealed
    proof = kept.proof if stamped else replace(kept.proof, stamp=None)
    receiver, informed = sealed["authorities"]["receiver"], sealed["authorities"]["informed"]
    due = {one.code: one.due_strict for one in deadlines(filing.received_at, zone=ZoneInfo(filing.zone))}
    next_days = ((translate(told.meeting), due[LegalDay.MEET]),) if told.meeting else ()
    recorded = recorded_wording.sentence(sealed, translate)
    is_child = sealed["person"] != sealed["filer"]
    return Recepisse(
        number=filing.number,
        received_at=filing.received_at,
        zone=told_zone(sealed).key,
        receiver_name=addressee(receiver),
        receiver_body=body_of(receiver),
        receiver_address=address_lines(receiver),
        receiver_phone=receiver.get("phone", ""),
        receiver_email=receiver.get("email", ""),
        informed_name=addressee(informed),
        person=sealed["filer"],
        represented=sealed["person"] if is_child else "",
        association=mandate_wording.named(sealed, translate) if names_association else "",
        filed_by=mandate_wording.filed_by(sealed, translate) if names_association else "",
        professional=professional_text(sealed),
        files=tuple((file["name"], file["size"]) for file in sealed["files"]),
        fingerprint=proof.entry.hash,
        key=proof.key,
        stamp=translate(recorded_wording.PROOF) if recorded else proof.sentence(translate),
        recorded=recorded,
        check_link=proof.link(kept.address),
        commitment=filing.commitment,
        deadlines=next_days,
        own_caisse=translate(told.own_caisse) if told.own_caisse else "",
        acknowledged_by=due[LegalDay.ACKNOWLEDGE],
        form=sealed["form"],
        public_address=kept.address,
    )


def body_of(authority: dict[str, Any]) -> Body:
    """Tell a caisse from a council: each has its own way to be reached."""
    if not authority:
        return Body.UNKNOWN
    return Body.ORDRE if authority["kind"].startswith("ordre") else Body.CPAM


def address_lines(authority: dict[str, Any]) -> tuple[str, ...]:
    """Write the address as on an envelope, with its age when it was not checked since; nothing when it is not known."""
    if not authority or not authority["address"]:
        return ()
    age = translate(AS_OF).format(year=authority["address_date"][:4]) if authority["address_date"] else ""
    return tuple(line for line in (*authority["address"], age) if line)
