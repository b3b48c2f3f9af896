"""« Masquer une partie d'une preuve »: a rectangle of a picture, or a page, that the professional does not see."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers
from app.base.i18n import translate
from app.evidence.queries import FileRow
from app.filing.documents import mask_wording
from app.filing.sealed.masks import AreaMasked
from app.filing.status.masks import AREA_MASKED, Area, areas_of
from app.intake.acts.transmit_to_professional import files_of
from app.intake.desk.act_page import ActPage, Wrong
from app.intake.desk.case import DeskCase
from app.intake.desk.courtesy import courtesy
from app.intake.fields import Percent, PictureChoice
from app.intake.letters import masked_copies, sheets
from app.intake.masking.why import WhyMasked

AREAS_MOST = 200
"""Areas of one file: what the reader of files hears at once."""
WHICH = N_("Choisissez une image ou une page.")
NUMBER = N_("Écrivez un nombre entier, de 0 à 100.")
OUTSIDE = N_("Cette zone dépasse de l'image : gauche plus largeur, et haut plus hauteur, font 100 au plus.")
EMPTY = N_("Écrivez un nombre entier, de 1 à 100.")
IMPOSSIBLE = N_("Cette preuve ne peut pas être masquée en partie. Retirez-la de l'envoi, ou demandez-en une autre.")
PAGE = N_("{name}, page {page}")


class PictureArea(Answers):
    """Which picture, and which rectangle of it."""

    image: Annotated[str, PictureChoice(label=N_("Image ou page"), missing=WHICH)]
    gauche: Annotated[int, Percent(label=N_("Bord gauche, en % de la largeur"), missing=NUMBER)]
    haut: Annotated[int, Percent(label=N_("Bord haut, en % de la hauteur"), missing=NUMBER)]
    largeur: Annotated[int, Percent(label=N_("Largeur de la zone, en %"), least=1, missing=EMPTY)]
    hauteur: Annotated[int, Percent(label=N_("Hauteur de la zone, en %"), least=1, missing=EMPTY)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Refuse a rectangle that leaves its picture."""
        yield from super().checks(found)
        for start, side in (("gauche", "largeur"), ("haut", "hauteur")):
            if (found.get(start) or 0) + (found.get(side) or 0) > 100:  # noqa: PLR2004 - percents
                yield side, FieldError(OUTSIDE)


class MaskedArea(WhyMasked, PictureArea):
    """Which picture, which rectangle of it, and why."""


@dataclass(frozen=True)
class Picture:
    """A picture that leaves: a photo, or a page of a document."""

    value: str
    file: FileRow
    page: int
    label: str


def pictures(case: DeskCase) -> list[Picture]:
    """List the pictures of the files that may leave, in the order in which they came."""
    found = []
    for option, file in zip(sheets.offers(case.opened, files_of(case)), files_of(case), strict=True):
        if not sheets.can_be_sent(file):
            continue
        for page in range(1, file.pages + 1) if file.pages else range(file.copy_type == "image/jpeg"):
            told = translate(PAGE).format(name=option.label, page=page) if page else option.label
            found.append(Picture(f"{file.id}.{page}", file, page, told))
    return found


class MaskArea(ActPage):
    """The pictures are beside, as they would leave; a rectangle is drawn on one, or typed."""

    kind, path, template, model = AREA_MASKED, "masquer-preuve", "intake/mask_area.html", MaskedArea
    then = "intake.to_professional"

    def first(self, case: DeskCase) -> Typed:  # noqa: ARG002
        """Begin with the whole picture."""
        return {"gauche": ["0"], "haut": ["0"], "largeur": ["100"], "hauteur": ["100"]}

    def offered(self, case: DeskCase) -> Mapping[str, Sequence[Option]]:
        """Offer the pictures."""
        return {"image": [Option(one.value, one.label) for one in pictures(case)]}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Show the pictures."""
        return {"pictures": pictures(case)}

    def prepare(self, case: DeskCase, said: MaskedArea) -> MaskedArea:
        """See that the copy can be made: what cannot be masked is told now, and not when it leaves."""
        picture = _picture(case, said)
        areas = [*areas_of(case.opened.acts, picture.file.id), _area(picture, said)]
        if len(areas) > AREAS_MOST or not masked_copies.can_be_made(case.portal, case.opened, picture.file, areas):
            raise Wrong({"image": FieldError(IMPOSSIBLE)})
        return said

    def content(self, case: DeskCase, said: MaskedArea) -> AreaMasked:
        """Seal the rectangle, of which file, and why it is masked."""
        picture = _picture(case, said)
        page, left, top, width, height = _area(picture, said)
        return AreaMasked(
            words=mask_wording.why(said.motif_masque, said.explication_masque, translate),
            reason=said.motif_masque.value,
            explanation=said.explication_masque,
            translation=courtesy(case, said.traduction),
            file=picture.file.id,
            sha256=picture.file.sha256,
            page=page,
            left=left,
            top=top,
            width=width,
            height=height,
        )


def _picture(case: DeskCase, said: MaskedArea) -> Picture:
    """Return the picture that was chosen. Raises :class:`~app.intake.desk.act_page.Wrong`."""
    found = next((one for one in pictures(case) if one.value == said.image), None)
    if found is None:
        raise Wrong({"image": FieldError(WHICH)})
    return found


def _area(picture: Picture, said: MaskedArea) -> Area:
    return picture.page, said.gauche, said.haut, said.largeur, said.hauteur
