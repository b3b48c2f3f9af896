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
from app.filing.status.annotations import APART, TWIN
from app.filing.status.annotations import twins as linked_to
from app.intake.acts import duplicates
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase
from app.intake.fields import Number

LINE = N_("{number}, reçue le {day} : {names}")


class Twin(Answers):
    """Which complaint is the same; whether to follow it apart again."""

    doublon_de: Annotated[str, Number(label=N_("Doublon de"), missing=N_("Choisissez une plainte."))]


class TwinPage(ActPage):
    """The complaints that may be the same, and those it is followed with."""

    kind, path, template, model = TWIN, "doublon", "intake/twin.html", Twin

    def offered(self, case: DeskCase) -> Mapping[str, list[Option]]:
        """Offer those of the same person that this desk may read."""
        found = duplicates.candidates(case.session, case.portal.keyring, case.opened, case.clerk.authority)
        return {"doublon_de": [Option(one.number, _line(one)) for one in found]}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """List those it is followed with."""
        return {"linked": list(linked_to(case.opened.acts))}

    def gesture(self, request: Request, case: DeskCase, form: FormData) -> Response | None:
        """Part two complaints that are followed together."""
        return PART.send(request, case, form) if form.get("geste") == "separer" else None

    def do(self, case: DeskCase, said: Twin) -> None:
        """Follow both together; the person is told."""
        duplicates.tell_both(case, said.doublon_de, TWIN)


class ApartPage(TwinPage):
    """The same page, its other button: each is followed by itself again."""

    kind = APART

    def gesture(self, request: Request, case: DeskCase, form: FormData) -> Response | None:  # noqa: ARG002
        """Answer no other button."""
        return None

    def do(self, case: DeskCase, said: Twin) -> None:
        """Part them."""
        duplicates.tell_both(case, said.doublon_de, APART)


PART = ApartPage()


def _line(one: duplicates.Candidate) -> str:
    names = " / ".join(filter(None, (one.person, one.professional)))
    return french(translate(LINE).format(number=one.number, day=one.received, names=names))
