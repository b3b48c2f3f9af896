"""« Signaler un doublon »: two complaints of one person are followed together, and can be parted again."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Request
from starlette.responses import Response

from app.base.errors import N_
from app.base.forms.fields import Option, Typed
from app.base.forms.form import Answers
from app.base.i18n import french, translate
from app.base.web.reading import FormData
from app.filing.status.annotations import DUPLICATE, NOT_DUPLICATE, linked_duplicates
from app.intake.acts import duplicates
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase
from app.intake.fields import Number

LINE = N_("{number}, reçue le {day} : {names}")


class Duplicate(Answers):
    """Which complaint is the same; whether to follow it apart again."""

    doublon_de: Annotated[str, Number(label=N_("Doublon de"), missing=N_("Choisissez une plainte."))]


class DuplicatePage(ActPage):
    """The complaints that may be the same, and those it is followed with."""

    kind, path, template, model = DUPLICATE, "doublon", "intake/duplicate.html", Duplicate

    def offered(self, case: DeskCase) -> Mapping[str, list[Option]]:
        """Offer those of the same person that this desk may read."""
        found = duplicates.candidates(case.session, case.portal.keyring, case.opened, case.clerk.authority)
        return {"doublon_de": [Option(one.number, _line(one)) for one in found]}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """List those it is followed with."""
        return {"linked": list(linked_duplicates(case.opened.acts))}

    def gesture(self, request: Request, case: DeskCase, form: FormData) -> Response | None:
        """Part two complaints that are followed together."""
        return PART.send(request, case, form) if form.get("geste") == "separer" else None

    def do(self, case: DeskCase, said: Duplicate) -> None:
        """Follow both together; the person is told."""
        duplicates.link_or_part(case, said.doublon_de, DUPLICATE)


class PartPage(DuplicatePage):
    """The same page, its other button: each is followed by itself again."""

    kind = NOT_DUPLICATE

    def gesture(self, request: Request, case: DeskCase, form: FormData) -> Response | None:  # noqa: ARG002
        """Answer no other button."""
        return None

    def do(self, case: DeskCase, said: Duplicate) -> None:
        """Part them."""
        duplicates.link_or_part(case, said.doublon_de, NOT_DUPLICATE)


PART = PartPage()


def _line(one: duplicates.Candidate) -> str:
    names = " / ".join(filter(None, (one.person, one.professional)))
    return french(translate(LINE).format(number=one.number, day=one.received, names=names))
