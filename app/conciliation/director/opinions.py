"""The opinions that a sanction needs: of the commission, then of the UNCAM, which binds (CSS R. 147-2, R. 147-14)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, typed_day
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import Radios
from app.base.i18n import translate
from app.conciliation.director.rules import OpinionBody, Sense
from app.filing.sealed.director import OpinionAsked, OpinionGiven
from app.filing.status.director import BODIES, OPINION_ASKED, OPINION_GIVEN
from app.intake.desk.act_dates import order_checks, with_lateness
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase
from app.intake.rules import label_of

ASKED = N_("{body}, le {day}")
GIVEN = N_("{body}, le {day} : {sense}")
WHOSE = N_("Qui donne cet avis : {body}.")
SILENT_ON = "fin_du_delai_d_avis"
"""The last day of the time of the opinion that is awaited, as the check of the form knows it."""
TOO_EARLY = N_("Sans avis, le délai ne passe que le {day} (CSS R. 147-2). Notez le silence à partir de ce jour.")


class Referral(Answers):
    """When the opinion was asked."""

    avis_demande_le: Annotated[
        date,
        Date(
            label=N_("Avis demandé le"),
            hint=N_("D'abord à la commission des pénalités ; ensuite au directeur général de l'UNCAM."),
            missing=N_("Écrivez la date de la demande d'avis."),
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day: once the professional could answer, not to come."""
        yield from order_checks(found, "avis_demande_le")


class OpinionForm(Answers):
    """What the opinion says, and when it came."""

    avis_sens: Annotated[
        Sense, Radios(label=N_("Que dit l'avis ?"), choices=Sense, missing=N_("Dites ce que dit l'avis."))
    ]
    avis_le: Annotated[date, Date(label=N_("Avis reçu, ou délai passé, le"), missing=N_("Écrivez la date de l'avis."))]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day: after it was asked, not to come; a silence, once the time has passed."""
        yield from order_checks(found, "avis_le")
        on, last = found.get("avis_le"), found.get(SILENT_ON)
        if found.get("avis_sens") is Sense.REPUTE and on and last and on < last:
            yield "avis_le", FieldError(TOO_EARLY, day=date_text(last, weekday=False))


class ReferralPage(ActPage):
    """Whose opinion is asked follows from what was asked before."""

    kind, path, model, then = OPINION_ASKED, "directeur/demande-avis", Referral, "conciliation.home"
    button = N_("Enregistrer la demande d'avis")
    lede = N_(
        "Une sanction est prononcée après l'avis de la commission des pénalités, puis l'avis conforme du directeur "
        "général de l'UNCAM (CSS R. 147-2, R. 147-14). Chaque avis est demandé dans les quinze jours."
    )

    def introduction(self, case: DeskCase) -> str:
        """Say whose opinion is next."""
        return f"{_whose(case.now.director.next_body)} {super().introduction(case)}"

    def first(self, case: DeskCase) -> Typed:
        """Propose today."""
        return typed_day("avis_demande_le", case.today)

    def content(self, case: DeskCase, said: Referral) -> OpinionAsked:
        """Keep whose opinion was asked, and when; late all the same, saying by how many days."""
        body, on = case.now.director.next_body, said.avis_demande_le
        told = {"body": translate(label_of(OpinionBody, body)), "day": date_text(on, weekday=False)}
        late = (on - case.due[BODIES[body]]).days
        return OpinionAsked(on=on, body=body, words=with_lateness(translate(ASKED).format(**told), late))


class OpinionPage(ActPage):
    """The opinion that was asked last."""

    kind, path, model, then = OPINION_GIVEN, "directeur/avis", OpinionForm, "conciliation.home"
    button = N_("Enregistrer l'avis")
    lede = N_(
        "L'avis de la commission éclaire le directeur ; celui du directeur général de l'UNCAM le lie. Sans réponse, le "
        "premier est réputé rendu après deux mois, ou trois si la commission demande un complément. Le second est "
        "réputé favorable après un mois (CSS R. 147-2)."
    )

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Know when a silence may be noted."""
        return {**super().known(case), SILENT_ON: case.now.director.silent_on}

    def introduction(self, case: DeskCase) -> str:
        """Say whose opinion is awaited."""
        return f"{_whose(case.now.director.awaited)} {super().introduction(case)}"

    def content(self, case: DeskCase, said: OpinionForm) -> OpinionGiven:
        """Keep what it says, and when it came."""
        body, on = case.now.director.awaited, said.avis_le
        told = {"body": translate(label_of(OpinionBody, body)), "day": date_text(on, weekday=False)}
        words = translate(GIVEN).format(**told, sense=translate(said.avis_sens.label))
        return OpinionGiven(on=on, body=body, sense=said.avis_sens.value, words=words)


def _whose(body: str) -> str:
    return translate(WHOSE).format(body=translate(label_of(OpinionBody, body)))
