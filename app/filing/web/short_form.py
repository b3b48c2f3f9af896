"""Showing the short form (A21) with what was typed, its files, and what to correct."""

from collections.abc import Mapping, Sequence

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.base import dates
from app.base.forms.fields import FieldError, Option, Typed
from app.base.web.addresses import path_of
from app.base.web.pages import VERSION, make_form, render
from app.evidence.purposes import EVIDENCE_PAGE
from app.saisine import attached
from app.saisine.kept_answers import newer_on
from app.saisine.press import version_of
from app.saisine.queries import OpenDraft
from app.saisine.short_form import COURT
from app.saisine.steps.recipients import ANY_READERS


def short_page(  # noqa: PLR0913 - all that the page shows, by name
    request: Request,
    session: Session,
    draft: OpenDraft,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    offered: Mapping[str, Sequence[Option]] | None = None,
    *,
    out_of_scope: bool = False,
    banner: str | None = None,
    is_past: bool = False,
    version: str = "",
    status: int = 200,
) -> Response:
    """Show the form again; nothing typed is lost.

    ``is_past``: whether what was typed replaced nothing of what the draft keeps; ``version``: what the form says that
    it was shown, else what is kept now.
    """
    there = attached.files_of(session, draft)
    settled = COURT.answers.settle(typed)
    hidden = {VERSION: version or version_of(COURT, draft.typed)}
    form = make_form(request, COURT.answers, settled, mistakes, offered, hidden)
    return render(
        request,
        COURT.template,
        readers=ANY_READERS,
        status=form.status(status),
        form=form,
        newer=newer_on(COURT, form, draft.typed) if is_past else None,
        b=draft.public,
        added=attached.going(there, EVIDENCE_PAGE),
        room=attached.room_beside(there),
        hors_champ=out_of_scope,
        banner=banner,
        back_url=path_of(request.app, "saisine.before"),
        draft_until=dates.date_text(draft.expires_on),
    )
