"""One draft of a piece of software, as each address of the interface finds it, refuses it and writes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from app.api import answers
from app.api.answers import Review
from app.api.clients import ApiCaller
from app.api.problems import CORRECT, NOT_HERE, SENT, STALE, ApiProblem
from app.api.rules import is_version
from app.base.forms.fields import FieldError
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import portal_of
from app.saisine.by_software import SoftwareDraft
from app.saisine.journey import Page
from app.saisine.pages import ASKED
from app.saisine.queries import OpenDraft
from app.saisine.steps.asked import recipients_on
from app.saisine.third_person import speaking
from app.saisine.web.draft_route import known_of

REFERENCE = "reference_externe"
TO_COMPLETE, READY, SENT_STATE = "a_completer", "pret", "envoyee"


def unsent(draft: SoftwareDraft | None) -> SoftwareDraft:
    """Return a draft that may still change. Raises :class:`ApiProblem`: 404, or 409 once it is sent."""
    if draft is None:
        raise ApiProblem(404, NOT_HERE)
    if draft.open.is_sent:
        raise ApiProblem(409, SENT)
    return draft


def refuse(wrong: Mapping[str, FieldError], trail: Mapping[str, Any]) -> None:
    """Raise :class:`ApiProblem` (422) when something is wrong, with the errors by field."""
    if wrong:
        raise ApiProblem(422, CORRECT, errors=sentences(wrong, trail))


def sentences(mistakes: Mapping[str, FieldError], trail: Mapping[str, Any]) -> dict[str, str]:
    """Write the sentences of the form, as a member of an association reads them."""
    says = speaking(trail, translate, recipients_on(trail))
    return {name: mistake.text(says) for name, mistake in mistakes.items()}


def lacking(session: Session, portal: Portal, draft: OpenDraft, pages: Sequence[Page] = ASKED) -> dict[str, str]:
    """Write all that these pages still ask, and refuse, by field."""
    found = answers.review(draft.typed, known_of(session, portal), pages)
    return sentences({**found.missing, **found.wrong}, found.trail)


def etag(draft: SoftwareDraft) -> str:
    """Return what ``If-Match`` asks for (RFC 9110, 8.8.3)."""
    return f'"{draft.version}"'


def same_version(draft: SoftwareDraft, if_match: str) -> None:
    """Raise :class:`ApiProblem` (412) when the draft is not one of the versions that ``If-Match`` gives."""
    if not is_version(if_match, etag(draft)):
        raise ApiProblem(412, STALE)


def answer(
    request: Request,
    session: Session,
    caller: ApiCaller,
    draft: SoftwareDraft | None,
    found: Review | None = None,
    status: int = 200,
) -> Response:
    """Answer with a draft whole; ``found``: what the form says of it, if read. Raises :class:`ApiProblem` (404)."""
    if draft is None:
        raise ApiProblem(404, NOT_HERE)
    if draft.open.is_sent:
        found = Review()
    found = found or reviewed(session, portal_of(request), draft)
    told = {
        **summary(request, caller, draft, found),
        "reponses": {} if draft.open.is_sent else answers.shown(draft.open.typed),
        "erreurs": sentences({**found.missing, **found.wrong}, found.trail),
        "doutes": sentences(found.doubtful, found.trail),
    }
    headers = {"ETag": etag(draft)}
    if status == 201:  # noqa: PLR2004
        headers["Location"] = path_of(request.app, "api.draft", b=draft.open.public)
    return JSONResponse(told, status, headers)


def reviewed(session: Session, portal: Portal, draft: SoftwareDraft) -> Review:
    """Read what the pages of the form say of a draft."""
    return answers.review(draft.open.typed, known_of(session, portal))


def summary(request: Request, caller: ApiCaller, draft: SoftwareDraft, found: Review) -> dict[str, Any]:
    """Write what a list says of a draft; ``page``: where a member finishes it."""
    left = TO_COMPLETE if found.missing or found.wrong else READY
    address = path_of(request.app, "saisine.verifier", b=draft.open.public)
    return {
        "id": draft.open.public,
        "etat": SENT_STATE if draft.open.is_sent else left,
        REFERENCE: draft.reference,
        "essai": caller.sandbox,
        "page": None if caller.sandbox else f"{portal_of(request).settings.address}{address}",
        "modifie_le": draft.changed_at.isoformat(),
        "expire_le": draft.open.expires_on.isoformat(),
    }
