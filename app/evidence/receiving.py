"""Receiving the files of a form, each form among all those that come at the same moment."""

from collections.abc import Awaitable, Callable

from fastapi import Request

from app.base.errors import TooMany
from app.base.forms.fields import FieldError
from app.base.limits import Limit
from app.base.portal import Portal
from app.base.web.pages import network
from app.base.web.reading import FileSink, FormData, read_form
from app.evidence import rules, store
from app.evidence.purposes import PAPERS
from app.evidence.rules import Room
from app.evidence.store import Intake

Reads = Callable[[Request, FileSink | None], Awaitable[FormData]]
LONGEST = 3600
"""Seconds after which a form that is still coming counts no more."""


def intake_for(portal: Portal, key: bytes, room: Room, purpose: str, closed: str = "") -> Intake:
    """Receive files of one purpose, sealed under ``key``: what was signed on paper is a photo or a PDF, whole."""
    is_paper = purpose in PAPERS
    check = portal.check_paper if is_paper else portal.check_file
    return Intake(portal.files, key, room.files, room.bytes, check, is_paper, closed=closed)


def not_papers(portal: Portal, intake: Intake) -> list[FieldError]:
    """Return what is wrong with files that turn out to be a signed mandate once they came."""
    found: list[FieldError] = []
    for file in intake.done:

        def content(file_id: str = file.id) -> bytes:
            return store.read(portal.files, intake.key, file_id)

        wrong = rules.refusal(file.name, file.size, file.media_type, is_paper=True)
        wrong = wrong or rules.verdict(file.name, portal.check_paper(file.media_type, content))
        found += [wrong] if wrong else []
    return found


async def read_files(request: Request, portal: Portal, intake: Intake | None, read: Reads = read_form) -> FormData:
    """Read a form, its files into ``intake``, which is left empty when the form never comes to its end.

    One network that sends too many at once has the files of the next ones refused, each with a sentence; what was
    typed beside them is read like any other. Raises what ``read`` raises.
    """
    place = Limit("fichiers", network(request), rules.AT_ONCE, LONGEST)
    held = True
    try:
        portal.limits.take(place)
    except TooMany:
        held = False
        if intake is not None:
            intake.closed = rules.CROWDED
    try:
        return await read(request, intake)
    except BaseException:
        if intake is not None:
            intake.abandon()
        raise
    finally:
        if held:
            portal.limits.give_back(place)
