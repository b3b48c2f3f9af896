"""How the form speaks when the person who was refused care is not the one who types."""

from collections.abc import Callable
from dataclasses import dataclass

from app.base.forms.fields import Translate
from app.saisine.journey import Trail
from app.saisine.steps.recipients import ByRecipients, Recipients
from app.saisine.steps.situation import Quality, assists, represents


def wording_for(trail: Trail) -> str:
    """Return which wording of :class:`~app.saisine.steps.said.Said` this filer reads: none when care was for them."""
    if trail.get("qualite") == Quality.ASSOCIATION:
        return "of_giver" if represents(trail) else "of_helped"
    if assists(trail):
        return "of_helped"
    return "of_another" if represents(trail) or trail.get("qualite") == Quality.ENFANT else ""


@dataclass(frozen=True)
class _Speaker:
    """Speaks to one kind of filer; equal to another that says the same."""

    translate: Translate
    wording: str
    recipients: Recipients | None

    def __call__(self, sentence: str) -> str:
        if isinstance(sentence, ByRecipients) and self.recipients:
            sentence = sentence.by[self.recipients]
        return self.translate(getattr(sentence, self.wording, sentence))


def speaking(trail: Trail, translate: Translate, recipients: Recipients | None = None) -> Callable[[str], str]:
    """Translate as this filer should read it: « vous » becomes « cette personne » when care was for another.

    ``recipients``: who receives the complaint; ``None`` when it is not known yet.
    """
    return _Speaker(translate, wording_for(trail), recipients)
