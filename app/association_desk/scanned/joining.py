"""Each page of what came from a scanner is joined to its draft as a single upload would be, or is told why not."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.association_desk import desk
from app.association_desk.scanned import told
from app.association_desk.scanned.told import PageTold
from app.base.forms.fields import FieldError
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.reading import FormData
from app.evidence import rules, store
from app.evidence.purposes import MANDAT
from app.evidence.reader.found import FINE, TOO_LONG, FileReading
from app.evidence.store import Received
from app.saisine import queries
from app.saisine.pages import BY_NAME
from app.saisine.queries import OpenDraft
from app.saisine.steps.mandate import MANDATE_FILE, MandateMode
from app.saisine.web.current_draft import DraftUpload, intake_of, keep

SECONDS_MOST = 30.0
"""After this time no other file of one press is begun."""


@dataclass(frozen=True)
class _Page:
    """One page that came."""

    where: str
    name: str
    content: bytes
    squares: tuple[str, ...]
    turn: int
    is_photo: bool


@dataclass
class Joining:
    """What is done of the files of one press, for the member who brought them."""

    portal: Portal
    association: str
    visitor: str
    network: str
    key: bytes
    """Under which the files lie until each page is joined."""
    seen: dict[str, str] = field(default_factory=dict)
    """Drafts whose mandate came already, and on which page."""

    def all(self, files: list[Received]) -> Iterator[PageTold]:
        """Join each page; tell what became of it, in the order in which they came."""
        begun = time.monotonic()
        for file in files:
            if time.monotonic() - begun > SECONDS_MOST:
                yield PageTold(file.name, translate(told.LEFT).format(nom=file.name))
                continue
            yield from self._file(file)

    def _file(self, file: Received) -> Iterator[PageTold]:
        reading = self.portal.read_stack(
            file.media_type, lambda: store.read(self.portal.files, self.key, file.id)
        ) or FileReading("")
        if reading.verdict != FINE or not reading.pages:
            yield PageTold(file.name, _why(file.name, reading).text(translate))
            return
        for n in range(len(reading.pages)):
            yield self._page(_page_of(file, reading, n))
        if reading.left:
            yield PageTold(file.name, translate(told.LEFT).format(nom=file.name))

    def _page(self, page: _Page) -> PageTold:
        named = told.named_by(page.squares)
        if len(named) != 1:
            return PageTold(page.where, translate(told.TWO_SQUARES if named else told.NO_SQUARE))
        (b,) = named
        draft = self._draft(b)
        if draft is None:
            return PageTold(page.where, translate(told.UNKNOWN))
        if draft.is_sent:
            return PageTold(page.where, told.sentence(told.SENT, b))
        if b in self.seen:
            return PageTold(page.where, told.sentence(told.TWICE, b, first=self.seen[b]))
        self.seen[b] = page.where
        return self._join(page, draft)

    def _draft(self, b: str) -> OpenDraft | None:
        """Open a draft that this member may open; ``None`` for any other, of a person or of another association."""
        with self.portal.database.read() as session:
            found = queries.open_draft(session, self.portal.keyring, b, self.visitor, self.portal.clock())
        return found if found and found.association == self.association else None

    def _join(self, page: _Page, draft: OpenDraft) -> PageTold:
        """Join the page by what keeps a single upload, with its checks and its sentences."""
        with self.portal.database.read() as session:
            intake = intake_of(session, self.portal, draft, self.network, MANDAT.value)
        intake.begin(MANDATE_FILE, page.name)
        intake.add(page.content)
        intake.end()
        got = DraftUpload(draft, FormData({"ajouter": ["oui"]}), intake)
        trouble = list(keep(self.portal, self.visitor, got, {}, BY_NAME["mandat"]).trouble)
        person = desk.person_of(draft.typed) or translate(told.NAMELESS)
        if trouble:
            why = " ".join(one.text(translate) for one in trouble)
            return PageTold(page.where, told.sentence(told.REFUSED, draft.public, person=person, why=why), draft.public)
        is_dated = any(draft.typed.get("mandat_date_jour", ()))
        notes = [
            told.sentence(told.JOINED, draft.public, person=person),
            translate(told.DATED if is_dated else told.TO_DATE),
        ]
        if page.turn:
            notes.append(translate(told.LIES if page.is_photo else told.TURNED))
        if draft.typed.get("mandat_mode", [""])[-1:] == [MandateMode.EMAIL]:
            notes.append(translate(told.ONLINE))
        return PageTold(page.where, " ".join(notes), draft.public, is_joined=True)


def _why(name: str, reading: FileReading) -> FieldError:
    if reading.verdict == TOO_LONG:
        return FieldError(told.TOO_MANY_PAGES, nom=name)
    return rules.verdict(name, reading.verdict) or FieldError(rules.UNREADABLE, nom=name)


def _page_of(file: Received, reading: FileReading, n: int) -> _Page:
    """Return a page of a file, ``n`` from 0 on; it bears the name of the file when it is all of it."""
    where = name = file.name
    if len(reading.pages) + reading.left > 1:
        where = translate(told.PAGE).format(nom=file.name, n=n + 1)
        name = f"{file.name.rpartition('.')[0][:100]}-page-{n + 1:02}.pdf"
    is_photo = file.media_type != "application/pdf"
    return _Page(where, name, reading.pages[n], tuple(reading.squares[n]), reading.turns[n], is_photo)
