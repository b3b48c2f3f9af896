"""An act of the director whose letter this service may write: it is given before it leaves, then kept with the act."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from fastapi import Request
from starlette.responses import Response

from app.base.errors import N_
from app.base.forms.form import parse
from app.base.web.pages import download
from app.base.web.reading import FormData
from app.conciliation.director.letter_fields import TICK
from app.conciliation.director.paper import letter_day
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase
from app.intake.letters import sheets
from app.intake.letters.frame import LetterText


class WritingPage(ActPage, ABC):
    """Its second button gives the letter as it will leave; done, the act keeps it if it was written here."""

    paper: ClassVar[str] = N_("Télécharger la lettre (PDF)")

    @abstractmethod
    def letter(self, case: DeskCase, said: Any) -> LetterText:
        """Write the letter from what is typed."""

    def gesture(self, request: Request, case: DeskCase, form: FormData) -> Response | None:
        """Return the letter; show the page again with what it lacks."""
        if form.get("geste") != "preparer":
            return None
        typed = {**form.typed, TICK: ["oui"]}
        parsed = parse(self.form(case), typed, self.known(case))
        if parsed.values is None:
            return self.show(request, case, typed, parsed.errors)
        letter = self.letter(case, parsed.values)
        made = sheets.letter_pdf(case.opened, letter, letter_day(letter.due))
        return download(f"{self.kind.replace('_', '-')}-{case.number}.pdf", made, "application/pdf")
