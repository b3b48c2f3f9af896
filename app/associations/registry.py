"""The register of associations: what is asked of it, and how it changes. The caller commits."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.associations.models import Agrement, Association, AssociationRequest
from app.associations.rules import Agreement, AgreementLevel, agreed_on, to_renew, usual_end
from app.base.crypto.vault import Keyring
from app.base.cutting import Cut, asked_for
from app.base.dates import date_text
from app.base.errors import N_, Refusal
from app.base.forms.fields import FieldError
from app.base.searching import holds, search_words
from app.base.secrets import draw

MOST, NEAR = 200, 10
DESCRIBED = ("name", "acronym", "rna", "siren", "email", "phone", "address", "site")
"""What the register keeps of what an association is."""
TOO_LONG = N_("Un agrément dure cinq ans au plus : jusqu'au {day}.")
ENDS_FIRST = N_("La fin de l'agrément doit venir après son début.")
OVERLAPS = N_("Ces dates chevauchent l'agrément n° {number}, valable du {start} au {end}.")
NOT_AGREED = N_("L'association n'avait pas d'agrément ce jour-là.")
TAKEN = N_("Une association connue a déjà ce numéro d'agrément.")
RNA_TAKEN = N_("Une association connue a déjà ce numéro RNA : {name}.")


class Overlap(Refusal):
    """Dates that the register cannot take; says the field and why."""

    code = "agrement_impossible"

    def __init__(self, field: str, mistake: FieldError) -> None:
        """Keep where it is to be corrected."""
        super().__init__(mistake.message)
        self.field, self.mistake = field, mistake


@dataclass(frozen=True)
class KnownAssociation:
    """An association with its agreements, the first one first."""

    row: Association
    agreements: tuple[Agreement, ...]


def known(session: Session, association: str) -> KnownAssociation | None:
    """Find an association by its id."""
    row = session.get(Association, association)
    return KnownAssociation(row, agreements_of(session, association)) if row else None


def row_of(session: Session, association: str, *, to_change: bool = False) -> Association:
    """Return an association that is known; ``to_change``: alone until the end of the transaction."""
    return session.get_one(Association, association, with_for_update=to_change or None)


def by_numbers(session: Session, rna: str, siren: str) -> Association | None:
    """Find an association by its RNA number, else by its SIREN number."""
    for column, number in ((Association.rna, rna), (Association.siren, siren)):
        if number and (row := session.scalar(select(Association).where(column == number).limit(1))):
            return row
    return None


def agreements_of(session: Session, association: str) -> tuple[Agreement, ...]:
    """List the agreements of an association, the first one first."""
    wanted = select(Agrement).where(Agrement.association == association).order_by(Agrement.starts_on)
    return tuple(_agreement(row) for row in session.scalars(wanted))


def every(session: Session, asked: str = "") -> Cut[KnownAssociation]:
    """List the associations that answer to a few words of their name or numbers, by name."""
    wanted = select(Association)
    for word in search_words(asked):
        numbers = select(Agrement.association).where(holds(word, Agrement.number))
        named = holds(word, Association.name, Association.acronym, Association.rna)
        wanted = wanted.where(Association.id.in_(numbers) | named)
    rows = session.scalars(wanted.order_by(Association.name, Association.id).limit(asked_for(MOST))).all()
    found: dict[str, list[Agreement]] = {row.id: [] for row in rows}
    dated = select(Agrement).where(Agrement.association.in_(found)).order_by(Agrement.starts_on)
    for one in session.scalars(dated):
        found[one.association].append(_agreement(one))
    return Cut((KnownAssociation(row, tuple(found[row.id])) for row in rows), MOST)


def agreed_in(session: Session, region: str, day: date) -> list[tuple[Association, Agreement]]:
    """List whose agreement holds that day in a region, with it: those of the region first, then national ones.

    Only those that say how to reach them; at most :data:`NEAR`. ``region``: its code; empty when it is not known.
    """
    is_national = Agrement.level == AgreementLevel.NATIONAL.value
    wanted = select(Association, Agrement).join(Agrement, Agrement.association == Association.id)
    here = wanted.where(or_(is_national, Agrement.region == region), Agrement.starts_on <= day, Agrement.ends_on >= day)
    reached = here.where(or_(Association.phone != "", Association.email != "", Association.site != ""))
    found = session.execute(reached.order_by(is_national, Association.name, Association.id)).all()
    agreed = ((association, _agreement(row)) for association, row in found)
    return [(association, one) for association, one in agreed if one.holds_on(day)][:NEAR]


def _agreement(row: Agrement) -> Agreement:
    days = row.starts_on, row.ends_on, row.withdrawn_on, row.renewal_asked_on
    return Agreement(row.number, row.level, row.region, *days)


def add(session: Session, described: Mapping[str, Any], association_id: str = "") -> Association:
    """Add an association. Raises :class:`Overlap` when its RNA number is known."""
    row = Association(id=association_id or secrets.token_hex(8))
    describe(session, row, described)
    session.add(row)
    session.flush()
    return row


def describe(session: Session, row: Association, described: Mapping[str, Any]) -> None:
    """Write what an association is: its names, its numbers, how to reach it. Raises :class:`Overlap`."""
    rna = described.get("rna") or None
    other = session.scalar(select(Association).where(Association.rna == rna, Association.id != row.id)) if rna else None
    if other:
        raise Overlap("rna", FieldError(RNA_TAKEN, name=other.name))
    for column in DESCRIBED:
        setattr(row, column, described.get(column) or "")
    row.rna = rna


def agree(
    session: Session, association: str, new: Agreement, *, said: Mapping[str, str] | None = None, instead_of: str = ""
) -> None:
    """Add or correct an agreement; ``said``: its decision, its source, who checked it.

    Raises :class:`Overlap`: five years at most, never two on one day.
    """
    if wrong := mistake_in(agreements_of(session, association), new, instead_of):
        raise Overlap(*wrong)
    taken = session.get(Agrement, new.number)
    if taken and (taken.association != association or new.number != instead_of):
        raise Overlap("numero_agrement", FieldError(TAKEN))
    row = taken or Agrement(number=new.number, association=association)
    row.level, row.region, row.starts_on, row.ends_on = new.level, new.region, new.starts_on, new.ends_on
    for column in ("decision", "source", "checked_by"):
        setattr(row, column, (said or {}).get(column, ""))
    session.add(row)
    session.flush()


def withdraw(session: Session, association: str, day: date, reference: str) -> Agreement:
    """Note that the agreement that held on a day holds no more from that day; its row keeps all that it said.

    Raises :class:`Overlap` when none held.
    """
    row_of(session, association, to_change=True)
    held = agreed_on(agreements_of(session, association), day)
    if held is None:
        raise Overlap("retrait", FieldError(NOT_AGREED))
    row = session.get_one(Agrement, held.number)
    row.withdrawn_on, row.withdrawal = day, reference
    session.flush()
    return _agreement(row)


def note_renewal(session: Session, association: str, asked_on: date, today: date) -> None:
    """Keep that the association asked for what follows its agreement of today, else its last one."""
    row_of(session, association, to_change=True)
    if held := to_renew(agreements_of(session, association), today):
        session.get_one(Agrement, held.number).renewal_asked_on = asked_on
        session.flush()


def mistake_in(others: tuple[Agreement, ...], new: Agreement, instead_of: str = "") -> tuple[str, FieldError] | None:
    """Return what is wrong with the days of an agreement, beside those known; ``instead_of`` is the one it replaces."""
    if new.ends_on <= new.starts_on:
        return "fin", FieldError(ENDS_FIRST)
    if new.ends_on > usual_end(new.starts_on):
        return "fin", FieldError(TOO_LONG, day=_day(usual_end(new.starts_on)))
    for one in others:
        if one.number not in {new.number, instead_of} and one.overlaps(new.starts_on, new.ends_on):
            named = {"number": one.number, "start": _day(one.starts_on), "end": _day(one.last_day)}
            return "debut", FieldError(OVERLAPS, **named)
    return None


def _day(day: date) -> str:
    return date_text(day, weekday=False)


def ask(session: Session, keyring: Keyring, typed: Mapping[str, str], now: datetime) -> str:
    """Keep the request of an association that is not known; give its reference."""
    request = AssociationRequest(id=draw(12), asked_at=now)
    request.content = keyring.seal(json.dumps(dict(typed), ensure_ascii=False).encode(), request_place(request.id))
    session.add(request)
    session.flush()
    return request.id


def requests(session: Session, keyring: Keyring) -> Cut[tuple[AssociationRequest, dict[str, str]]]:
    """List the requests that wait, the oldest first, with what was typed."""
    waiting = select(AssociationRequest).where(AssociationRequest.answered_at.is_(None))
    rows = session.scalars(waiting.order_by(AssociationRequest.asked_at, AssociationRequest.id).limit(asked_for(MOST)))
    return Cut(((row, _typed(keyring, row)) for row in rows), MOST)


def request(session: Session, keyring: Keyring, request_id: str) -> dict[str, str] | None:
    """Return what was typed in a request that waits; ``None`` once it is answered, or when there is none."""
    row = session.get(AssociationRequest, request_id)
    return _typed(keyring, row) if row is not None and row.answered_at is None else None


def _typed(keyring: Keyring, row: AssociationRequest) -> dict[str, str]:
    typed: dict[str, str] = json.loads(keyring.unseal(row.content, request_place(row.id)))
    return typed


def answer(session: Session, request_id: str, how: str, now: datetime) -> bool:
    """Note how a request was answered, and erase what was typed; return whether it waited until now."""
    row = session.get(AssociationRequest, request_id, with_for_update=True)
    if row is None or row.answered_at is not None:
        return False
    row.answered_at, row.answer, row.content = now, how, b""
    session.flush()
    return True


def request_place(request_id: str) -> str:
    """Return what the seal of a request is bound to."""
    return f"association_request|{request_id}"
