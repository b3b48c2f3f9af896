"""H3, what comes back: the proof that a summons was received, and what a party answers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from app.acts.summons_answer import answered
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date
from app.base.forms.fields import FieldError
from app.base.forms.files import Files
from app.base.forms.form import Answers
from app.base.i18n import translate
from app.conciliation.meeting.summons import PartyPage, label_of
from app.evidence.rules import ACCEPT
from app.filing.sealed.conciliation import Answered, SummonsCame
from app.filing.status.attendance import Attendance
from app.filing.status.conciliation import ANSWERED, SUMMONS_CAME
from app.filing.web.uploads import PAPERS
from app.intake.desk.act_dates import order_checks
from app.intake.desk.case import DeskCase

PROOF = N_("Ajoutez la preuve de réception.")


class Came(Answers):
    """A summons that its party has in hand."""

    recue_le: Annotated[date, Date(label=N_("Reçue le"), missing=N_("Écrivez la date de réception."))]
    preuve: Annotated[
        tuple[()],
        Files(
            label=N_("Preuve de réception"),
            hint=N_("L'avis signé, en photo ou en PDF."),
            missing=PROOF,
            accept=ACCEPT,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day against that of the sending, and that the proof is there."""
        yield from order_checks(found, "recue_le")
        if not found[PAPERS]:
            yield "preuve", FieldError(PROOF)


class CamePage(PartyPage):
    """A party has its summons, with the proof."""

    kind, path, template = (
        SUMMONS_CAME,
        "conciliation/convocations/{partie}/reception",
        "conciliation/summons_came.html",
    )
    model, files, is_news = Came, "preuve", False

    def also(self, case: DeskCase) -> bool:
        """Ask that something was sent to this party."""
        return case.party in case.now.conciliation.summons

    def content(self, case: DeskCase, said: Came) -> SummonsCame:
        """Keep the day."""
        on = said.recue_le
        words = translate(N_("{party} : reçue le {day}"))
        day = date_text(on, weekday=False)
        return SummonsCame(party=case.party, on=on, words=words.format(party=label_of(case), day=day))


class AnswerPage(PartyPage):
    """What a party answered by letter or by telephone; the last answer counts."""

    kind, path, template = ANSWERED, "conciliation/convocations/{partie}/reponse", "conciliation/summons_answer.html"
    model, files, is_news = Attendance, "mandat", False

    def content(self, case: DeskCase, said: Attendance) -> Answered:
        """Keep the answer."""
        sealed = answered(said, case.party)
        return replace(sealed, words=f"{label_of(case)} : {sealed.words}")
