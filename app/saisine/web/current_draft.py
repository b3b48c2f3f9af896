"""What every page of a draft begins with: the draft of this address, for this device, and the files that come."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.accounts.rules import SLIDE_AFTER
from app.accounts.service import handover, sessions
from app.base.errors import N_, NotFound, StorageTrouble
from app.base.forms.fields import FieldError, Typed
from app.base.i18n import code_now
from app.base.portal import Portal
from app.base.web.pages import VERSION, PortalOf, ReadOf, is_swap, let_go, network, portal_of, render, see, visitor_of
from app.base.web.reading import FormData, read_form
from app.base.web.refused_forms import Expired
from app.evidence import queries as evidence
from app.evidence import rules as limits
from app.evidence import service as files
from app.evidence import store
from app.evidence.purposes import EVIDENCE, MANDAT
from app.evidence.receiving import intake_for, read_files
from app.saisine import attached, queries, service
from app.saisine.attached import purpose_on
from app.saisine.journey import Page
from app.saisine.press import PagePress
from app.saisine.queries import OpenDraft
from app.saisine.steps.mandate import MANDATE_FILE

TITLE, SEEN = "piece_titre_", "piece_vu_"


class PageExpired(Expired):
    """The page was open for too long, and its draft is open on this device: what was saved is there."""

    says = N_("Votre page était ouverte depuis longtemps. Vos réponses enregistrées sont toujours là.")


SHOWN_AGAIN = N_(
    "Votre page était ouverte depuis longtemps. Ce que vous venez d'écrire n'est pas encore enregistré. "
    "Pour le garder, appuyez encore une fois sur le même bouton."
)


class DraftClosed(NotFound):
    """This draft is not open on this device: its time is over, or it never was; nobody can tell which."""

    says = N_("Cette plainte n'est pas ouverte sur cet appareil, ou ne l'est plus. Reprenez-la avec votre code.")
    way_out, keeps_typed = "followup.resume", True


@dataclass(frozen=True)
class DraftUpload:
    """A form that came with files: the draft it belongs to, what was typed, what was received."""

    draft: OpenDraft
    form: FormData
    files: store.Intake | None
    """What was received; ``None`` for a page that takes no file."""
    is_expired: bool = False
    """Whether it came without its token: it may be shown again, and nothing else; its files are gone."""

    @property
    def lost(self) -> list[FieldError]:
        """Say of each file of an expired page that it must be chosen again."""
        return [FieldError(limits.BROKEN, nom=file.name) for file in self.files.done] if self.files else []


def open_draft(request: Request, session: ReadOf, b: str) -> OpenDraft:
    """Open the draft of this address for this device. Raises :class:`DraftClosed`."""
    portal, visitor = portal_of(request), visitor_of(request)
    draft = queries.open_draft(session, portal.keyring, b, visitor, portal.clock())
    if draft is None:
        raise DraftClosed
    let_go(request, session)
    if draft.is_arriving:
        session.close()
        with suppress(StorageTrouble), portal.database.write() as writing:  # a receipt is shown whatever the disk says
            handover.arrive(writing, visitor, draft.id, portal.clock())
    return draft


DraftOf = Annotated[OpenDraft, Depends(open_draft)]


def already_sent(request: Request, draft: OpenDraft) -> Response:
    """Say that the complaint is received; a press, which does nothing any more, leads to the page that says it."""
    if request.method == "POST":
        return see(request, "saisine.resume", b=draft.public)
    return render(request, "saisine/already.html", b=draft.public)


def receiving(purpose: str) -> Callable[..., Awaitable[DraftUpload]]:
    """Make what receives a form with files of one purpose, sealed while they arrive under the key of the draft."""

    async def upload(request: Request, session: ReadOf, portal: PortalOf, draft: DraftOf) -> DraftUpload:
        intake = await run_in_threadpool(intake_of, session, portal, draft, network(request), purpose)
        came = read_files(request, portal, None if draft.is_sent else intake)
        return await _upload(request, draft, came, intake)

    return upload


async def receiving_words(request: Request, draft: DraftOf) -> DraftUpload:
    """Receive a form without files."""
    return await _upload(request, draft, read_form(request), None)


async def _upload(
    request: Request, draft: OpenDraft, came: Awaitable[FormData], intake: store.Intake | None
) -> DraftUpload:
    """Receive a form, or what was typed in one that expired, so that it can be shown again."""
    try:
        return DraftUpload(draft, await _read(draft, came), intake)
    except PageExpired as expired:
        if is_swap(request):
            raise
        form = FormData({name: list(values) for name, values in expired.typed.items()})
        return DraftUpload(draft, form, intake, is_expired=True)


UploadOf = Annotated[DraftUpload, Depends(receiving(EVIDENCE.value))]


WordsOf = Annotated[DraftUpload, Depends(receiving_words)]


async def press(request: Request, draft: DraftOf) -> FormData:
    """Read a form without files, once its draft is open."""
    return await _read(draft, read_form(request))


PressOf = Annotated[FormData, Depends(press)]


async def _read(draft: OpenDraft, form: Awaitable[FormData]) -> FormData:
    """Read a form of a draft; one that was sent changes no more, so that a form signed for the id before may come.

    A browser keeps the new id and loses the page: it presses « Envoyer » again on the page of before.
    """
    try:
        return await form
    except Expired as expired:
        if not draft.is_sent:
            raise PageExpired(expired.typed) from None
        return FormData()


def intake_of(session: Session, portal: Portal, draft: OpenDraft, place: str, purpose: str) -> store.Intake:
    """Receive files of one purpose for a draft, within what it may still hold; ``place``: network they come from."""
    room = evidence.room_left(session, draft.id)
    unsent = 0 if draft.association else _unsent_from(session, portal, draft, place)
    session.close()  # no connection is kept while the files come
    closed = limits.HEAVY if unsent >= limits.UNSENT_MOST else ""
    return intake_for(portal, draft.key, room, purpose, closed)


def _unsent_from(session: Session, portal: Portal, draft: OpenDraft, place: str) -> int:
    """Weigh the files (bytes) that wait in the drafts met from this network, this one with them."""
    portal.traces.note(place, draft.id)
    met = portal.traces.of(place)
    unsent = queries.unsent_bytes(session, met)
    portal.traces.forget(place, set(met) - unsent.keys())
    return sum(unsent.values())


@dataclass(frozen=True)
class SavedAnswers:
    """What a press left: all that was typed so far, and which files were not kept."""

    typed: Typed
    trouble: Sequence[FieldError]
    is_past: bool
    """Whether what was typed replaced nothing, for other answers were kept since the page was shown."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Titles of files that replaced nothing, by the id of the file."""


def keep(portal: Portal, visitor: str, got: DraftUpload, typed: Typed, page: Page) -> SavedAnswers:
    """Keep what was typed and the files that were received. Raises :class:`~app.base.errors.StorageTrouble`.

    The files are kept whatever became of the words: they take the place of nothing.
    """
    draft, came, purpose = got.draft, got.files, purpose_on(page)
    press = PagePress(page, got.form.get(VERSION), draft.reader, code_now())
    with portal.database.write() as session:
        now = portal.clock()  # files may have taken minutes to come
        if draft.seen_at is not None and now - draft.seen_at > SLIDE_AFTER:
            sessions.touch(session, visitor, queries.DRAFT, now)
        if came is None:
            saved = service.save(session, draft.id, draft.key, typed, press, portal.clock)
            return SavedAnswers(saved.typed, (), saved.is_past)
        added = attached.add(session, draft, came.done, portal.clock, purpose)
        there = {MANDATE_FILE: attached.mandates_of(session, draft)} if purpose == MANDAT else {}
        saved = service.save(session, draft.id, draft.key, {**typed, **there}, press, portal.clock)
        for name, ids in there.items():
            if saved.typed.get(name) != ids:  # a press whose words replaced nothing
                service.keep_beside(session, draft.id, draft.key, name, ids)
        said = titles(got.form)
        titled = files.set_titles(session, draft.id, draft.key, said, is_again=saved.is_again)
    for file in added.twice:
        store.remove(portal.files, file.id)
    trouble = [*came.mistakes, *(added.told if got.form.get("ajouter") else ()), *titled.told]
    return SavedAnswers({**saved.typed, **there}, trouble, saved.is_past or bool(titled.past), titled.past)


def titles(form: FormData) -> dict[str, tuple[str, str]]:
    """Gather what was said of each file, by its id, with the version that the page was shown."""
    said = ((name.removeprefix(TITLE), values[-1]) for name, values in form.typed.items() if name.startswith(TITLE))
    return {one: (title, form.get(SEEN + one)) for one, title in said if limits.is_id(one)}


def remove(portal: Portal, draft: OpenDraft, file_id: str, purpose: str = EVIDENCE.value) -> None:
    """Take a file out of a draft, on the page of its purpose; on another page nothing is taken out."""
    with portal.database.write() as session:
        own = {file.id for file in attached.files_of(session, draft) if file.purpose == purpose}
        is_gone = file_id in own and files.detach(session, draft.id, file_id)
    if is_gone:
        store.remove(portal.files, file_id)
