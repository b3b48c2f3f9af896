"""« Vérifier la récidive »: a final sanction within six years before the receipt excludes the meeting (R. 1110-14)."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import Request
from starlette.responses import Response

from app.base.clock import PARIS
from app.base.dates import add_days, date_text, moment_text
from app.base.errors import N_
from app.base.forms.dates import Date, Day, to_come, typed_day
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import LongText, Radios, Text
from app.base.i18n import translate
from app.base.web.reading import FormData
from app.conciliation.page import ConciliationPage
from app.conciliation.rules import Recidive
from app.filing.sealed.conciliation import RecidiveChecked
from app.filing.status.annotations import last
from app.filing.status.conciliation import AGAIN
from app.intake.desk.act_dates import RECEIVED, TODAY
from app.intake.desk.case import DeskCase
from app.intake.dossier.same_professional import count_here
from app.procedure.rules import is_recidive, recidive_since

TOO_OLD = N_("Cette sanction a plus de six ans : la procédure normale s'applique.")
AFTER = N_("Cette sanction est devenue définitive après la réception : la procédure normale s'applique.")
YES = ("recidive", "oui")


class RecidiveCheck(Answers):
    """Whether a sanction exists, and where that is known from."""

    recidive: Annotated[
        Recidive,
        Radios(
            label=N_("Une sanction définitive existe-t-elle pour un refus de soins discriminatoire ?"),
            choices=Recidive,
            missing=N_("Choisissez une réponse."),
        ),
    ]
    sanction_date: Annotated[
        Day,
        Date(label=N_("Sanction définitive depuis le"), missing=N_("Écrivez la date de la sanction."), only_if=YES),
    ]
    sanction_autorite: Annotated[
        str,
        Text(
            label=N_("Qui l'a prononcée ?"),
            missing=N_("Écrivez qui a prononcé la sanction."),
            longest=200,
            only_if=YES,
        ),
    ]
    source: Annotated[
        str,
        LongText(
            label=N_("D'où le savez-vous ?"),
            missing=N_("Écrivez d'où vous le savez."),
            longest=500,
            rows=2,
            only_if=YES,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check that the sanction is of the six years before the receipt."""
        day = found.get("sanction_date")
        if mistake := to_come(day, found[TODAY]):
            yield "sanction_date", mistake
        elif day and not is_recidive(day, found[RECEIVED]):
            yield "sanction_date", FieldError(TOO_OLD if day < found[RECEIVED] else AFTER)


class RecidivePage(ConciliationPage):
    """What is known; « oui » takes the meeting away, once it is confirmed. The person never reads of it."""

    kind, path, template, model = AGAIN, "recidive", "conciliation/recidive.html", RecidiveCheck

    def first(self, case: DeskCase) -> Typed:
        """Propose what was answered last."""
        known = last(case.opened.acts, RecidiveChecked)
        if known is None:
            return {}
        told = known.sealed
        day = typed_day("sanction_date", told.sanction_on) if told.sanction_on else {}
        by, source = told.sanction_by or "", told.source or ""
        return {"recidive": [told.answer], **day, "sanction_autorite": [by], "source": [source]}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:
        """Return which sanctions count, what was answered last, and how many complaints help to answer."""
        known = last(case.opened.acts, RecidiveChecked)
        return {
            "known": known,
            "known_on": moment_text(known.at, PARIS, weekday=False, seconds=False) if known else "",
            "others": count_here(case.session, case.portal.keyring, case.clerk.authority, case.opened),
            "since": date_text(recidive_since(case.received_on)),
            "last": date_text(add_days(case.received_on, -1)),
            "is_asked_again": False,
            "is_fixed": bool(case.now.conciliation.session_on),
            "typed": typed,
        }

    def gesture(self, request: Request, case: DeskCase, form: FormData) -> Response | None:
        """Ask to confirm a « oui » before it is kept."""
        said = parse(RecidiveCheck, form.typed, self.known(case)).values
        if said is None or said.recidive is not Recidive.OUI or form.get("geste") == "confirmer":
            return None
        return self.show(request, case, form.typed, is_asked_again=True)

    def content(self, case: DeskCase, said: RecidiveCheck) -> RecidiveChecked:  # noqa: ARG002
        """Keep the answer, with where it is known from."""
        day = said.sanction_date
        if day is None:
            return RecidiveChecked(answer=said.recidive.value, words=translate(said.recidive.label))
        told = {"day": date_text(day, weekday=False), "by": said.sanction_autorite}
        return RecidiveChecked(
            answer=said.recidive.value,
            sanction_on=day,
            sanction_by=said.sanction_autorite,
            source=said.source,
            words=translate(N_("Oui : sanction définitive depuis le {day}, {by}")).format(**told),
        )

    def is_for_person(self, said: RecidiveCheck) -> bool:
        """Tell that dates have changed."""
        return said.recidive is Recidive.OUI
