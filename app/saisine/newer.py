"""Saying what a draft keeps, when a press on a page that is past replaced nothing of it."""

from typing import Any

from app.base import dates, newer
from app.base.errors import N_
from app.base.fields import NO_ANSWER, Typed
from app.base.forms import Form
from app.base.i18n import translate
from app.saisine.journey import Page
from app.saisine.pressing import Mark, mark_on
from app.saisine.steps.found import DESCRIBED

PAST_AT = N_("Depuis que cette page est ouverte, une autre réponse a été enregistrée le {moment} :")
PAST_BY = N_("Depuis que cette page est ouverte, une autre réponse a été enregistrée par {by} le {moment} :")
DESCRIBING = N_("Décrit avec vos mots")


def newer_on(page: Page, form: Form, kept: Typed, sent: Typed) -> dict[str, Any]:
    """Give the sentence and the answers to read."""
    told = list(newer.rows(form.holding(page.answers.settle(kept)), sent))
    if "pro_id" in page.names:
        told.append({"key": form["pro_id"].label, "value": _professional(kept)})
    return {"says": _says(mark_on(page, kept)), "rows": told}


def _professional(kept: Typed) -> str:
    """Name who was chosen: the answer is a key of the directory, its copy stands in the draft."""
    if kept.get("pro_id") == [DESCRIBED]:
        return translate(DESCRIBING)
    words = [word for name in ("pro_prenom", "pro_nom", "pro_commune") for word in kept.get(name, ())[-1:] if word]
    return " ".join(words) or translate(NO_ANSWER)


def _says(mark: Mark | None) -> str:
    if mark is None:
        return translate(newer.PAST)
    moment = dates.moment_text(mark.at, weekday=False, seconds=False)
    return translate(PAST_BY if mark.by else PAST_AT).format(by=mark.by, moment=moment)
