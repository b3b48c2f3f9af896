"""D6 « Courriers à poster »: printed in one file, then dated together; the date is that of the act (CSP R. 1110-11)."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.accounts.sign_in.done import JustDone, after
from app.acts.kinds.lines import LETTER_POSTED
from app.acts.refusals import AlreadyDone
from app.acts.turn import ActPress, take
from app.base.clock import PARIS
from app.base.cutting import Cut
from app.base.dates import date_text, local_day, moment_text
from app.base.errors import N_, NotFound
from app.base.forms.dates import Date, to_come, typed_day
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers, parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, download, make_form, render
from app.base.web.reading import FormOf
from app.filing.acts import postal_letters
from app.filing.acts.postal_letters import LetterToPost
from app.filing.sealed.base import Sealed
from app.filing.status.case_status import ACKNOWLEDGED, ASKED, AUTHORITY_WROTE
from app.filing.status.state import ComplaintState
from app.intake.acts import receipt_duties
from app.intake.desk.act_dates import TODAY
from app.intake.desk.case import DeskCase, actor_of
from app.intake.desk.courtesy import courtesy
from app.intake.desk.page import DeskOf, frame, today_of
from app.intake.fields import Pieces
from app.intake.letters.frame import LetterText, framed
from app.intake.rules import is_id
from app.printing.pdf import write_pdf
from app.routing.queries import logos

router = APIRouter()
LABELS = {
    ACKNOWLEDGED: N_("Accusé de réception"),
    AUTHORITY_WROTE: N_("Message à la personne"),
    ASKED: N_("Demande à la personne"),
}
TEMPLATE = "courriers.typ"
FIRST = "premier_jour"
"""What the page knows beside its fields: the day when the first of the letters was prepared."""
TOO_EARLY = N_("Cette date est avant la préparation de ces courriers.")
CHOOSE = N_("Cochez les courriers qui sont partis.")
OVER = N_("Ce dossier est terminé ou retiré : vérifiez si ce courrier a encore un sens.")


class Posted(Answers):
    """Which letters left, and when."""

    lettres: Annotated[tuple[str, ...], Pieces(label=N_("Courriers partis"), missing=CHOOSE, optional=False)]
    poste_le: Annotated[date, Date(label=N_("Postés le"), missing=N_("Écrivez la date d'envoi."))]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check that some left, on a day between their preparation and today."""
        if not found.get("lettres"):
            yield "lettres", FieldError(CHOOSE)
        day = found.get("poste_le")
        made: Mapping[str, date] = found[FIRST]
        first = [made[one] for one in found.get("lettres", ()) if one in made]
        if mistake := to_come(day, found[TODAY]):
            yield "poste_le", mistake
        elif day and first and day < max(first):
            yield "poste_le", FieldError(TOO_EARLY)


@router.get("/agent/a-poster", name="intake.posting")
def look(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """List the letters that wait."""
    return _show(request, portal, clerk, _waiting(session, portal, clerk), None)


@router.get("/agent/a-poster/courriers", name="intake.posting.print")
def print_all(session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """Return every letter in one file, each on its own sheets; printing again gives the same."""
    found = _waiting(session, portal, clerk)
    if not found:
        raise NotFound
    letters = [one.content.frame or framed(_plain(one), local_day(one.made_at, PARIS)) for one in found]
    said = {
        "title": translate(N_("Courriers à poster")),
        "foot": clerk.authority_name,
        "page": translate(N_("Page {n} sur {total}")),
        "letters": letters,
    }
    drawn = logos.drawings(session, (one.get("logo", "") for one in letters))
    made = write_pdf(TEMPLATE, said, max(one.made_at for one in found), drawn)
    return download(f"courriers-{today_of(portal, clerk).isoformat()}.pdf", made, "application/pdf")


def _plain(one: LetterToPost) -> LetterText:
    """Give a frame without a sender to a letter that was prepared before letters had one."""
    return LetterText(one.content.to, one.content.paragraphs, local_day(one.made_at, PARIS), number=one.number)


@router.post("/agent/a-poster", name="intake.posting.do")
def posted(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Date the letters that left: each is then the act that it is."""
    if is_id(form.get("retirer")):
        with portal.database.write() as writing:
            was_waiting = postal_letters.take_back(writing, clerk.authority, form.get("retirer"))
        return after(request, JustDone.LETTER_TAKEN_BACK if was_waiting else JustDone.LETTER_GONE, "intake.posting")
    letters = _waiting(session, portal, clerk)
    found = {one.id: one for one in letters}
    session.close()
    made = {one.id: local_day(one.made_at, PARIS) for one in found.values()}
    parsed = parse(Posted, form.typed, {TODAY: today_of(portal, clerk), FIRST: made})
    if parsed.values is None:
        return _show(request, portal, clerk, letters, form.typed, parsed.errors)
    on, left = parsed.values.poste_le, []
    for one in parsed.values.lettres:
        with portal.database.write() as writing:
            left.append(one in found and _leave(writing, portal, clerk, found[one], on))
    others = JustDone.LETTERS_SOME_GONE if any(left) else JustDone.LETTER_GONE
    return after(request, JustDone.LETTERS_POSTED if all(left) else others, "intake.posting")


def _leave(session: Session, portal: Portal, clerk: Clerk, letter: LetterToPost, on: date) -> bool:
    """Write that a letter left: the acknowledgement is then sent; the others leave a line in the history.

    ``False`` when it left already, or was taken back.
    """
    if not postal_letters.mark_posted(session, clerk.authority, letter.id, on):
        return False
    kind = ACKNOWLEDGED if letter.kind == ACKNOWLEDGED else LETTER_POSTED
    with suppress(AlreadyDone):  # the letter left all the same; there is nothing to acknowledge, or to tell, any more
        case = DeskCase.of(take(session, portal, actor_of(clerk), ActPress(letter.number, kind)), clerk)
        if kind == ACKNOWLEDGED:
            sending = receipt_duties.Delivery(translate(receipt_duties.BY_POST), on, "courrier")
            more = letter.content.more
            own = courtesy(case, str(more.get("traduction", "")))
            receipt_duties.acknowledge(case, sending, str(more.get("message", "")), own, letter.content.paragraphs)
        else:
            case.write(LETTER_POSTED, Sealed(words=f"{_label(letter)}, {date_text(on, weekday=False)}"))
    return True


def _label(letter: LetterToPost) -> str:
    return translate(LABELS[letter.kind])


def _waiting(session: Session, portal: Portal, clerk: Clerk) -> Cut[LetterToPost]:
    return postal_letters.waiting(session, portal.keyring, clerk.authority)


def _show(
    request: Request,
    portal: Portal,
    clerk: Clerk,
    found: Cut[LetterToPost],
    typed: Typed | None,
    mistakes: Mapping[str, FieldError] | None = None,
) -> Response:
    over = {state for state in ComplaintState if not state.is_open}
    options = [
        Option(
            one.id,
            f"{one.number} — {_label(one)} — {one.content.to[0] if one.content.to else ''}",
            translate(OVER) if one.state in over else None,
        )
        for one in found
    ]
    first = {"lettres": [one.id for one in found], **typed_day("poste_le", today_of(portal, clerk))}
    return render(
        request,
        "intake/posting.html",
        status=422 if mistakes else 200,
        **frame(request, clerk),
        form=make_form(request, Posted, first if typed is None else typed, mistakes, {"lettres": options}),
        cut=found,
        letters=[
            {
                "id": one.id,
                "number": one.number,
                "label": _label(one),
                "to": one.content.to,
                "made": moment_text(one.made_at, PARIS, weekday=False, seconds=False),
                "by": one.made_by,
                "has_address": len(one.content.to) > 1,
            }
            for one in found
        ],
    )
