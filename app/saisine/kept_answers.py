"""Saying what a draft keeps, when a press on a page that is past replaced nothing of it."""

from collections.abc import Iterable

from app.base import dates
from app.base.errors import N_
from app.base.forms.fields import NO_ANSWER, Typed
from app.base.forms.shown import Form
from app.base.forms.shown_version import Notice, notice
from app.base.i18n import translate
from app.evidence.queries import FileRow
from app.saisine.journey import Page
from app.saisine.press import LastWrite, mark_on
from app.saisine.steps.found import DESCRIBED

PAST_AT = N_("Depuis que cette page est ouverte, une autre réponse a été enregistrée le {moment} :")
PAST_BY = N_("Depuis que cette page est ouverte, une autre réponse a été enregistrée par {by} le {moment} :")
DESCRIBING = N_("Décrit avec vos mots")


def newer_on(page: Page, form: Form, kept: Typed, files: Iterable[FileRow] = ()) -> Notice:
    """Return the sentence and the answers to read, with the titles of files that are kept."""
    told = notice(form, page.answers.settle(kept))
    if "pro_id" in page.names:
        told["rows"].append({"key": form["pro_id"].label, "value": _professional(kept)})
    told["rows"] += [
        {"key": file.name, "value": file.title or translate(NO_ANSWER)} for file in files if file.typed is not None
    ]
    if last := mark_on(page, kept):
        told["says"] = _says(last)
    return told


def _professional(kept: Typed) -> str:
    """Return who was chosen: the answer is a key of the directory, its copy stands in the draft."""
    if kept.get("pro_id") == [DESCRIBED]:
        return translate(DESCRIBING)
    words = [word for name in ("pro_prenom", "pro_nom", "pro_commune") for word in kept.get(name, ())[-1:] if word]
    return " ".join(words) or translate(NO_ANSWER)


def _says(mark: LastWrite) -> str:
    moment = dates.moment_text(mark.at, weekday=False, seconds=False)
    return translate(PAST_BY if mark.by else PAST_AT).format(by=mark.by, moment=moment)
