"""The page of an act: one class for each, asked by GET and done by POST; every act of a desk goes this way.

A page says what it asks (``model``), what it shows beside, and what is sealed (``content``). The rest is here, once:
who may open it, what refuses it, the version that was shown, the turn, the files, the way back.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.accounts.sign_in.done import after
from app.acts.kinds import KINDS
from app.acts.refusals import gone
from app.acts.turn import ActPress, expect, take
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers, parse
from app.base.i18n import translate
from app.base.web.pages import PortalOf, ReadOf, render, versioned
from app.base.web.reading import FormData, FormOf
from app.evidence import store
from app.filing.acts.attachments import join
from app.filing.sealed.base import Sealed, bringing
from app.filing.status.case_status import DUTIES
from app.filing.web.uploads import Papers, receive
from app.intake.desk import completing, courtesy
from app.intake.desk.case import DeskCase
from app.intake.desk.page import DeskOf, frame

START = "/agent/plaintes/{numero}/"


class Wrong(Exception):
    """What was typed cannot be kept, as the complaint, or a table beside it, now is: told next to the fields."""

    def __init__(self, mistakes: Mapping[str, FieldError]) -> None:
        """Keep what is wrong, by field."""
        super().__init__(*mistakes)
        self.mistakes = mistakes


class ActPage:
    """One act on one page. A subclass names its act, its path and its template, and says what is sealed."""

    kind: ClassVar[str]
    path: ClassVar[str]
    template: ClassVar[str] = "intake/act.html"
    """The common one asks the questions of the form, and shows nothing beside."""
    lede: ClassVar[str] = ""
    """What :meth:`introduction` says, the same for every complaint."""
    button: ClassVar[str] = ""
    """Words of its button; those of the act by default."""
    paper: ClassVar[str] = ""
    """Words of the button of the common template that gives its letter; empty when it writes none."""
    model: ClassVar[type[Answers]]
    then: ClassVar[str] = "intake.filing"
    """Name of the address that is shown once it is done."""
    files: ClassVar[str] = ""
    """Field of the files that come with it; empty when none do."""

    def form(self, case: DeskCase) -> type[Answers]:  # noqa: ARG002 - some pages ask more of some complaints
        """Return what is asked."""
        return self.model

    def first(self, case: DeskCase) -> Typed:  # noqa: ARG002
        """Fill the form before anything is typed."""
        return {}

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Return what the checks of the form know."""
        return case.days(self.kind)

    def offered(self, case: DeskCase) -> Mapping[str, Sequence[Option]]:  # noqa: ARG002
        """Return the choices that depend on the complaint."""
        return {}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return what the template shows beside the form."""
        return {}

    def also(self, case: DeskCase) -> bool:  # noqa: ARG002
        """Return whether the complaint calls for it, beside what its declaration asks; asked again in the turn."""
        return True

    def introduction(self, case: DeskCase) -> str:  # noqa: ARG002
        """Return what the common template says before the questions."""
        return translate(self.lede) if self.lede else ""

    def letter_of(self, case: DeskCase) -> str:  # noqa: ARG002
        """Return the act whose letter the page gives or sends: its mandatory mentions are asked first."""
        return self.kind

    def gesture(self, request: Request, case: DeskCase, form: FormData) -> Response | None:  # noqa: ARG002
        """Answer another button of the page than the one that does the act."""
        return None

    def prepare(self, case: DeskCase, said: Any) -> Any:  # noqa: ARG002
        """Make what is slow before the turn is taken; what is given goes to :meth:`do` and :meth:`answer`.

        Raises :class:`Wrong`.
        """
        return said

    def content(self, case: DeskCase, said: Any) -> Sealed:
        """Return what is kept of the act; ``words`` is its reason. Raises :class:`Wrong`.

        Each page says it, or does its act in a way of its own (:meth:`do`).
        """
        raise NotImplementedError

    def do(self, case: DeskCase, said: Any) -> None:
        """Do it, in the turn, once for each page however often it is pressed. Raises :class:`Wrong`."""
        sealed = bringing(self.content(case, said), case.files)
        if not case.is_written(self.kind, sealed):
            self.tell(case.write(self.kind, sealed), said)

    def tell(self, case: DeskCase, said: Any) -> None:
        """Tell who must know, once it is written."""

    def answer(self, request: Request, case: DeskCase, said: Any) -> Response:  # noqa: ARG002
        """Answer once it is done; after a duty of the eight days, the page of the complaint says what was done."""
        return after(request, self.kind if self.kind in DUTIES else None, self.then, numero=case.number)

    # What is the same for all.

    def open(self, request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, numero: str) -> DeskCase:
        """Open the complaint for who may do the act. Raises :class:`~app.base.errors.NotFound`."""
        case = DeskCase.open(session, portal, clerk, numero, request.path_params.get("partie", ""))
        if not case.acts_as(KINDS[self.kind].by):
            raise gone(session, numero, clerk.authority)
        return case

    def ask(self, request: Request, case: DeskCase) -> Response:
        """Show the page. Raises :class:`~app.acts.refusals.AlreadyDone`."""
        self.expect(case)
        asked = completing.ask(request, case, self.letter_of(case))
        return asked or self.show(request, case, self.first(case))

    def expect(self, case: DeskCase) -> None:
        """Refuse what the complaint does not call for. Raises :class:`~app.acts.refusals.AlreadyDone`."""
        expect(case, ActPress(case.number, self.kind), lambda _case: self.also(case))

    def send(self, request: Request, case: DeskCase, form: FormData) -> Response:
        """Do the act; show the page again with what is wrong. Raises :class:`~app.acts.refusals.AlreadyDone`."""
        self.expect(case)
        if form.get(completing.GESTURE) == completing.COMPLETE:
            done = completing.complete(request, case, self.letter_of(case), form)
            return self.show(request, done, form.typed) if isinstance(done, DeskCase) else done
        answer = completing.ask(request, case, self.letter_of(case), form) or self.gesture(request, case, form)
        if answer:
            return answer
        known = {**self.known(case), **courtesy.asked_of(case), **(case.papers.known if case.papers else {})}
        parsed = parse(self.form(case), form.typed, known)
        errors = case.papers.told(self.files, parsed.errors) if case.papers else parsed.errors
        if parsed.values is None or errors:
            return self.show(request, case, form.typed, errors)
        try:
            said = self.prepare(case, parsed.values)
            with self.turn(case, form) as taken:
                self.do(taken, said)
        except Wrong as wrong:
            return self.show(request, case, form.typed, wrong.mistakes)
        return self.answer(request, case, said)

    @contextmanager
    def turn(self, case: DeskCase, form: FormData) -> Iterator[DeskCase]:
        """Give the complaint as it is in the turn of the ledger, with the files that came; it is kept at the end.

        Raises :class:`~app.acts.refusals.AlreadyDone`.
        """
        case.session.close()
        press = ActPress(case.number, self.kind, form.seen, case.party, case.opened)
        twice: Sequence[Any] = ()
        with case.portal.database.write() as session:
            taken = case.again(take(session, case.portal, case.actor, press, lambda one: self.also(case.again(one))))
            if case.papers and case.papers.files:
                files, twice = join(session, taken.opened, case.papers.files, case.portal.clock)
                taken = replace(taken, files=files)
            yield taken
        for file in twice:
            store.remove(case.portal.files, file.id)

    def show(
        self,
        request: Request,
        case: DeskCase,
        typed: Typed,
        mistakes: Mapping[str, FieldError] | None = None,
        **more: Any,
    ) -> Response:
        """Show the form, with what is wrong in it.

        ``more``: what is beside it this time; its ``offered`` are choices that depend on what was typed.
        """
        offered = {**self.offered(case), **more.pop("offered", {})}
        form = versioned(request, self.form(case), typed, mistakes, offered, version=case.opened.version)
        return render(
            request,
            self.template,
            status=422 if mistakes else 200,
            **frame(request, case.clerk),
            form=form,
            number=case.number,
            case=case,
            page=self,
            introduction=self.introduction(case),
            act=KINDS[self.kind],
            papers=case.papers,
            read_in=courtesy.read_in(case),
            **self.beside(case, typed) | more,
        )


def add(router: APIRouter, *pages: ActPage) -> None:
    """Add the routes of these pages."""
    for page in pages:
        _add(router, page)


def _add(router: APIRouter, page: ActPage) -> None:
    opened = Annotated[DeskCase, Depends(page.open)]

    def ask(request: Request, case: opened) -> Response:
        return page.ask(request, case)

    def send(request: Request, form: FormOf, case: opened) -> Response:
        return page.send(request, case, form)

    async def papers_of(request: Request, case: opened) -> Papers:
        case.session.close()  # files may be long to come
        return await receive(request, case.portal, case.opened)

    def send_files(
        request: Request,
        case: opened,
        papers: Annotated[Papers, Depends(papers_of)],
    ) -> Response:
        return page.send(request, replace(case, papers=papers), papers.form)

    name = KINDS[page.kind].page
    ask.__doc__, send.__doc__, send_files.__doc__ = page.ask.__doc__, page.send.__doc__, page.send.__doc__
    for endpoint in (ask, send, send_files):
        endpoint.__module__ = type(page).__module__  # what was typed is shown again under the questions of its module
    router.add_api_route(START + page.path, ask, methods=["GET"], name=name)
    router.add_api_route(START + page.path, send_files if page.files else send, methods=["POST"], name=f"{name}.do")
