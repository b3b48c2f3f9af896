"""H5, H6 « Avis motivé »: the president of the council passes a failure, or a second refusal, on to the chamber.

Within three months of the session (CSP R. 1110-13), or of the receipt after a first sanction (R. 1110-14), with the
complaint and every document of the conciliation; the director is told of it, then of the decision.
"""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.acts.refusals import AlreadyDone
from app.acts.turn import ActPress, expect
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import typed_day
from app.base.forms.fields import Typed
from app.base.i18n import translate
from app.base.web.pages import download
from app.conciliation.chamber import bundle, director_told, letters
from app.conciliation.chamber.courts import CONFIDENCE, READ_IN, Court, court_of
from app.conciliation.chamber.forms import ChamberDecision, IsSanction, Opinion
from app.conciliation.page import ConciliationPage, CouncilOf, expect_mentions
from app.filing.sealed.act import of_kind
from app.filing.sealed.conciliation import Decided, PassedOn
from app.filing.status.conciliation import DECISION, OPINION
from app.intake.desk.act_dates import with_lateness
from app.intake.desk.case import DeskCase
from app.intake.letters import sheets
from app.intake.rules import notices
from app.routing import queries as routing

router = APIRouter()
NOTHING_TO_TELL = N_("Cette lettre s'écrit une fois la plainte transmise à la juridiction, si la caisse est connue.")


class ChamberPage(ConciliationPage):
    """The court is proposed, the bundle is given; the transmission is noted, late all the same."""

    kind, path, template, model = OPINION, "conciliation/avis-motive", "conciliation/chamber.html", Opinion
    files = "avis"

    def first(self, case: DeskCase) -> Typed:
        """Propose the court, and today."""
        court = _proposed(case)
        return {"juridiction": [_name_of(court) if court else ""], **typed_day("transmis_le", case.today)}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """List the pieces, and say on what the proposed court rests."""
        court = _proposed(case)
        return {
            "court": f"{_name_of(court)}. {_why(court)}" if court else "",
            "last": date_text(case.due[case.now.conciliation.chamber]),
            "is_recidive": case.now.conciliation.is_recidive,
            "pieces": bundle.names_of(case),
            "is_by_letter": director_told.is_by_letter(case),
            "notices": [translate(one) for one in notices(case.opened.filing.profession, _place(case))],
        }

    def content(self, case: DeskCase, said: Opinion) -> PassedOn:
        """Keep the court, the day, and whether the council joins."""
        on = said.transmis_le
        words = translate(N_("{court}, le {day}")).format(court=said.juridiction, day=date_text(on, weekday=False))
        words = with_lateness(words, (on - case.due[case.now.conciliation.chamber]).days)
        director = director_told.told_on(case, said.directeur_informe_le)
        return PassedOn(
            on=on,
            court=said.juridiction,
            joins=said.s_associe.value,
            director_told_on=director,
            words=director_told.told(words, director_told.OF_TRANSMISSION, director),
        )


class DecisionPage(ConciliationPage):
    """What the chamber decided; the director is told that there is something."""

    kind, path, template, model = DECISION, "conciliation/decision", "conciliation/decision.html", ChamberDecision

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return whether the day of a letter to the director is asked."""
        return {"is_by_letter": director_told.is_by_letter(case)}

    def content(self, case: DeskCase, said: ChamberDecision) -> Decided:
        """Keep the days and the sense."""
        on, director = said.decision_le, director_told.told_on(case, said.directeur_informe_le)
        words = translate(N_("Le {day}")).format(day=date_text(on, weekday=False))
        return Decided(
            on=on,
            decision=said.decision_sens,
            is_sanction=said.sanction is IsSanction.OUI,
            final_on=said.definitive_le,
            director_told_on=director,
            words=director_told.told(words, director_told.OF_DECISION, director),
        )


@router.get("/agent/plaintes/{numero}/conciliation/avis-motive/pieces", name="conciliation.chamber.bundle")
def pieces(case: CouncilOf) -> Response:
    """Return the complaint and every document of the conciliation, numbered, with their list."""
    _expect_chamber(case)
    return bundle.download_of(case, _court_of(case))


@router.get("/agent/plaintes/{numero}/conciliation/avis-motive/pieces.pdf", name="conciliation.chamber.pdf")
def one_pdf(case: CouncilOf) -> Response:
    """Return the list and the pieces that can be printed as one PDF, to be read or posted."""
    _expect_chamber(case)
    return download(f"chambre-{case.number}.pdf", bundle.pdf_of(case, _court_of(case)), "application/pdf")


@router.get("/agent/plaintes/{numero}/conciliation/avis-motive/directeur", name="conciliation.chamber.director")
def to_director(case: CouncilOf) -> Response:
    """Return the letter that tells the director of the transmission, then of the decision."""
    letter = letters.to_director(case)
    if letter is None:
        raise AlreadyDone(translate(NOTHING_TO_TELL), case.number)
    expect_mentions(case, OPINION)
    made = sheets.letter_pdf(case.opened, letter, case.portal.clock())
    return download(f"directeur-{case.number}.pdf", made, "application/pdf")


def _expect_chamber(case: DeskCase) -> None:
    """Ask that the complaint goes, or went, to the chamber."""
    if not case.now.conciliation.passed_on:
        expect(case, ActPress(case.number, OPINION))


def _court_of(case: DeskCase) -> str:
    """Return the court that has the complaint, else the one that is proposed; empty when none is known."""
    passed_on = [act.sealed.court for act in of_kind(case.opened.acts, PassedOn)]
    court = _proposed(case)
    return passed_on[-1] if passed_on else _name_of(court) if court else ""


def _place(case: DeskCase) -> str:
    """Return the code of where care was refused."""
    return next((str(row["answer"]) for row in case.opened.payload["complaint"] if row["name"] == "lieu_refus"), "")


def _proposed(case: DeskCase) -> Court | None:
    """Return the court of the council of this file; ``None`` while no council is known."""
    council = routing.authority(case.session, case.now.ordre)
    if council is None:
        return None
    places = {row.code: row for row in routing.departements(case.session)}
    first = council.departements.split(";")[0]
    return court_of(council.ordre, council.section, first, places[first].region_name if first in places else "")


def _name_of(court: Court) -> str:
    return translate(court.name).format(ordre=court.ordre, place=translate(court.place) if court.place else "")


def _why(court: Court) -> str:
    """Say on what the name rests, and how sure it is."""
    sure = translate(CONFIDENCE[court.confidence])
    return translate(N_("Proposition : {article}, texte lu en {year}. Certitude : {sure}.")).format(
        article=court.article, year=READ_IN, sure=sure
    )
