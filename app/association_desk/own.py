"""« Votre suivi »: the reference, the tags and the notes that an association keeps for itself of a complaint."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import SignedInMember
from app.accounts.rules import Role
from app.accounts.sign_in.current_user import MemberOf
from app.accounts.sign_in.done import JustDone, after
from app.association_desk import desk
from app.association_desk.frame import surrounds
from app.associations import own_records
from app.associations.own_records import LONGEST_REFERENCE, MOST_NOTES, OwnNote, TooManyNotes
from app.base.clock import PARIS
from app.base.dates import moment_text
from app.base.errors import N_, NotFound
from app.base.forms.fields import FieldError
from app.base.forms.form import Answers, parse
from app.base.forms.typed_text import one_line
from app.base.forms.widgets import LongText, Text
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf
from app.filing.rules import association_holder

router = APIRouter()
MOST_TAGS, LONGEST_TAG = 10, 40
TAGS_TOO_MANY = N_("Vous avez écrit {n} étiquettes. Gardez-en 10 au plus.")
TAG_TOO_LONG = N_("Une étiquette a {n} caractères de trop. Elle en compte 40 au plus.")
NOTES_FULL = N_("Cette plainte a déjà 200 notes : il n'est plus possible d'en ajouter.")


class OwnNames(Answers):
    """How the association names the complaint for itself."""

    reference: Annotated[
        str,
        Text(
            label=N_("Référence de votre association"),
            hint=N_("Le numéro que vous donnez à ce dossier"),
            longest=LONGEST_REFERENCE,
            autocomplete="off",
            spellcheck=False,
        ),
    ]
    etiquettes: Annotated[
        str,
        Text(
            label=N_("Étiquettes"),
            hint=N_("Séparées par des virgules, 10 au plus. Par exemple : urgent, atelier du lundi."),
            longest=MOST_TAGS * (LONGEST_TAG + 2) * 2,
            autocomplete="off",
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check how many tags there are, and how long they are."""
        tags = tags_of(str(found.get("etiquettes") or ""))
        longest = max(map(len, tags), default=0)
        if len(tags) > MOST_TAGS:
            yield "etiquettes", FieldError(TAGS_TOO_MANY, n=len(tags))
        elif longest > LONGEST_TAG:
            yield "etiquettes", FieldError(TAG_TOO_LONG, n=longest - LONGEST_TAG)


class Noted(Answers):
    """A note for colleagues."""

    note: Annotated[str, LongText(label=N_("Note"), missing=N_("Écrivez votre note."), longest=4000, rows=6)]


def tags_of(typed: str) -> tuple[str, ...]:
    """Take apart what was typed: each tag once, whatever its capitals."""
    found = {one.casefold(): one for part in reversed(typed.split(",")) if (one := one_line(part))}
    return tuple(reversed(found.values()))


@dataclass(frozen=True)
class OwnCase:
    """A draft or a complaint of the association that a member may follow."""

    draft: str
    """Id of the draft, sent or not."""
    b: str
    number: str
    """Empty for a draft that is not sent."""
    holder: str


def own_case(session: ReadOf, member: MemberOf, b: str) -> OwnCase:
    """Find it, under the rights of the list. Raises :class:`~app.base.errors.NotFound`."""
    found = desk.own_case(session, member, b)
    if found is None:
        raise NotFound
    draft, number = found
    return OwnCase(draft, b, number, association_holder(member.association))


OwnCaseOf = Annotated[OwnCase, Depends(own_case)]


@router.get("/association/dossiers/{b}", name="associations.own")
def show(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, case: OwnCaseOf) -> Response:
    """Show what is kept, and the two forms."""
    return _show(request, session, portal, member, case)


@router.post("/association/dossiers/{b}", name="associations.own.describe")
def describe(
    request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, case: OwnCaseOf, form: FormOf
) -> Response:
    """Keep the reference and the tags."""
    parsed = parse(OwnNames, form.typed)
    if parsed.values is None:
        shown = make_form(request, OwnNames, form.typed, parsed.errors)
        return _show(request, session, portal, member, case, described=shown)
    said = parsed.values
    session.close()
    with portal.database.write() as writing:
        desk.take(writing, case.draft)
        own_records.describe(writing, portal.keyring, case.holder, case.draft, said.reference, tags_of(said.etiquettes))
    return after(request, JustDone.OWN_WORDS_KEPT, "associations.own", b=case.b)


@router.post("/association/dossiers/{b}/note", name="associations.own.note")
def note(
    request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, case: OwnCaseOf, form: FormOf
) -> Response:
    """Add a note, with who wrote it and when."""
    parsed = parse(Noted, form.typed)
    errors = parsed.errors
    if parsed.values is not None:
        session.close()
        added = OwnNote(portal.clock().astimezone(UTC).isoformat(), member.name, parsed.values.note)
        try:
            with portal.database.write() as writing:
                desk.take(writing, case.draft)
                own_records.add_note(writing, portal.keyring, case.holder, case.draft, added)
        except TooManyNotes:
            errors = {"note": FieldError(NOTES_FULL)}
        else:
            return after(request, JustDone.NOTE_ADDED, "associations.own", b=case.b)
    return _show(request, session, portal, member, case, noted=make_form(request, Noted, form.typed, errors))


def _show(
    request: Request, session: Session, portal: Portal, member: SignedInMember, case: OwnCase, **wrong: Any
) -> Response:
    kept = own_records.records(session, portal.keyring, case.holder, [case.draft])
    record = kept.get(case.draft, own_records.NOTHING)
    typed = {"reference": [record.reference], "etiquettes": [", ".join(record.tags)]}
    forms = {"described": make_form(request, OwnNames, typed), "noted": make_form(request, Noted, {})} | wrong
    return render(
        request,
        "associations/own.html",
        status=422 if wrong else 200,
        **surrounds(request, session, portal, member),
        **forms,
        case=case,
        is_manager=member.role == Role.RESPONSABLE_ASSOCIATION,
        form=wrong.get("described") or wrong.get("noted"),
        notes=[(_moment(one), one.by, one.text) for one in reversed(record.notes)],
        is_full=len(record.notes) >= MOST_NOTES,
    )


def _moment(note: OwnNote) -> str:
    return moment_text(datetime.fromisoformat(note.at), PARIS, weekday=False, seconds=False)
