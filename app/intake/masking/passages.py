"""« Masquer un passage »: words of the answers that the professional does not read."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import Request
from starlette.responses import Response

from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText
from app.base.i18n import french, translate
from app.filing.documents import mask_wording
from app.filing.sealed.masks import PassageMasked, Place
from app.filing.status.masks import PASSAGE_MASKED, places_of
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase
from app.intake.desk.courtesy import courtesy
from app.intake.fields import PassagePlaces
from app.intake.letters import sheets
from app.intake.masking.why import WhyMasked

ROWS = "reponses_transmises"
"""What the page knows beside its fields: the answers that leave."""
AROUND = 40
"""Characters shown on each side of a passage, to tell one place from another."""
NOT_FOUND = N_("Ce passage n'est dans aucune réponse transmise. Copiez-le tel qu'il est écrit.")
SEVERAL = N_("Ce passage est écrit à plusieurs endroits. Cochez ceux à masquer.")
WHERE = N_("{label} : …{before}[{words}]{after}…")


class Passage(Answers):
    """Which words, and where."""

    passage: Annotated[
        str,
        LongText(
            label=N_("Passage à masquer"),
            hint=N_("Copiez-le depuis la plainte, puis collez-le ici."),
            missing=N_("Collez le passage à masquer."),
            longest=5000,
            rows=3,
        ),
    ]
    endroits: Annotated[tuple[str, ...], PassagePlaces(label=N_("Où le masquer ?"), optional=False)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Refuse words that stand nowhere; ask where, when they stand at several places."""
        yield from super().checks(found)
        if not found.get("passage"):
            return
        places = _places(found["passage"], found[ROWS])
        if not places:
            yield "passage", FieldError(NOT_FOUND)
        elif not _chosen(places, found.get("endroits") or ()):
            yield "endroits", FieldError(SEVERAL)


class MaskedPassage(WhyMasked, Passage):
    """Which words, where, and why."""


def _places(passage: str, rows: Any) -> dict[str, Place]:
    """Find each place of a passage, by the name under which the form sends it."""
    return {f"{place.answer}.{place.start}": place for place in places_of(passage, rows)}


def _chosen(places: Mapping[str, Place], ticked: Any) -> list[Place]:
    """Return the places that were ticked; the only one needs no tick."""
    wanted = places.keys() if len(places) == 1 else ticked
    return [place for name, place in places.items() if name in wanted]


class MaskPassage(ActPage):
    """What leaves is beside; a passage is found in it as it was pasted."""

    kind, path, template, model = PASSAGE_MASKED, "masquer-passage", "intake/mask_passage.html", MaskedPassage
    then = "intake.to_professional"

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Return the answers that leave, whole: the places of a passage are counted in them."""
        return {ROWS: sheets.for_professional(case.opened), **super().known(case)}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Show what leaves as it stands, its masks in place."""
        return {"rows": sheets.sent_to_professional(case.opened)}

    def show(
        self,
        request: Request,
        case: DeskCase,
        typed: Typed,
        mistakes: Mapping[str, FieldError] | None = None,
        **more: Any,
    ) -> Response:
        """Offer each place of the passage that was typed, when there are several."""
        rows = {row["name"]: row for row in sheets.for_professional(case.opened)}
        places = _places((typed.get("passage") or [""])[-1], rows.values())
        choices = [Option(name, _context(place, rows[place.answer])) for name, place in places.items()]
        offered = {"endroits": choices if len(choices) > 1 else []}
        return super().show(request, case, typed, mistakes, **more, offered=offered)

    def content(self, case: DeskCase, said: MaskedPassage) -> PassageMasked:
        """Seal the words, where they stand, and why they are masked."""
        places = _places(said.passage, sheets.for_professional(case.opened))
        return PassageMasked(
            words=mask_wording.why(said.motif_masque, said.explication_masque, translate),
            reason=said.motif_masque.value,
            explanation=said.explication_masque,
            translation=courtesy(case, said.traduction),
            text=said.passage,
            places=_chosen(places, said.endroits),
        )


def _context(place: Place, row: Mapping[str, Any]) -> str:
    text = str(row["shown"])
    around = {
        "before": text[max(0, place.start - AROUND) : place.start],
        "words": text[place.start : place.end],
        "after": text[place.end : place.end + AROUND],
    }
    return french(translate(WHERE)).format(label=row["label"], **around)
