"""What the pages of the conciliation begin with: a complaint that this desk may read, and who may act on it."""

from collections.abc import Callable
from typing import Annotated, Any, ClassVar

from fastapi import Depends, Request
from starlette.responses import Response

from app.acts.refusals import AlreadyDone
from app.acts.rules import By
from app.base.errors import N_, NotFound
from app.base.i18n import translate
from app.base.web.pages import PortalOf, ReadOf, render
from app.filing.status.duties import Duty, owed, owed_on
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase
from app.intake.desk.page import DeskOf, frame
from app.intake.desk.sender import lacking, sender_of
from app.notifications.kinds import Mail

LACKING = N_(
    "Il manque des mentions obligatoires à cette lettre. Complétez d'abord la fiche du service et votre qualité."
)


class ConciliationPage(ActPage):
    """An act of the conciliation: the other authority is told that something was done, the person that it is new."""

    then = "conciliation.home"
    is_news: ClassVar[bool] = True
    """Whether the person has something new to read of it."""

    def tell(self, case: DeskCase, said: Any) -> None:
        """Tell them, and nothing of what."""
        others = [code for code in case.now.readers if code != case.clerk.authority]
        mails = [(to, Mail.PROGRESS) for to in case.addresses(*others)]
        case.tell(mails)
        if self.is_for_person(said):
            case.tell([(case.email, Mail.NEWS)])
            case.tell_association(of_meeting=True)

    def is_for_person(self, said: Any) -> bool:  # noqa: ARG002
        """Return whether the person has something new to read, after this answer."""
        return self.is_news


def case_of(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, numero: str) -> DeskCase:
    """Open a complaint that this desk may read. Raises :class:`~app.base.errors.NotFound`."""
    return DeskCase.open(session, portal, clerk, numero, request.path_params.get("partie", ""))


CaseOf = Annotated[DeskCase, Depends(case_of)]


def _as(by: By) -> Callable[[DeskCase], DeskCase]:
    """Open a page to who may act so. Raises :class:`~app.base.errors.NotFound`."""

    def opens(case: CaseOf) -> DeskCase:
        if not case.acts_as(by):
            raise NotFound
        return case

    return opens


SecretariatOf = Annotated[DeskCase, Depends(_as(By.SECRETARIAT))]
"""A complaint whose meeting this desk prepares; for any other, nothing is there."""
CouncilOf = Annotated[DeskCase, Depends(_as(By.COUNCIL))]
"""A complaint that this desk passes on to the chamber."""


def expect_mentions(case: DeskCase, code: str) -> None:
    """Refuse a letter that would not say who sends it. Raises :class:`~app.acts.refusals.AlreadyDone`."""
    if lacking(code, sender_of(case.clerk)):
        raise AlreadyDone(translate(LACKING), case.number)


def owed_today(case: DeskCase) -> tuple[Duty, ...]:
    """Return what is owed today, by whichever authority, the nearest day first."""
    return owed_on(owed(case.now, case.due), case.today)


def show(request: Request, case: DeskCase, template: str, **context: Any) -> Response:
    """Show a page that does no act."""
    return render(request, template, **frame(request, case.clerk), number=case.number, case=case, **context)
