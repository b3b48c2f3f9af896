"""H3 « Convocations »: one for each party, at least fifteen days before, by a means whose reception has a sure date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.acts.turn import ActPress, expect
from app.base.dates import date_text
from app.base.errors import N_, NotFound
from app.base.forms.dates import Date, typed_day
from app.base.forms.fields import Choices, FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import Radios, Text
from app.base.i18n import ntranslate, translate
from app.base.web.pages import PortalOf, ReadOf, download, see
from app.conciliation import letters, rules
from app.conciliation.page import ConciliationPage, SecretariatOf, show
from app.conciliation.rules import Party
from app.filing.documents.wording import meeting_moment
from app.filing.sealed.conciliation import Summoned
from app.filing.status.attendance import words_of
from app.filing.status.conciliation import PARTIES, SUMMONED
from app.intake.desk.act_dates import order_checks
from app.intake.desk.case import DeskCase
from app.intake.desk.page import DeskOf
from app.intake.desk.sender import lacking, sender_of
from app.intake.letters import sheets
from app.procedure.days import LegalDay

router = APIRouter()


class SummonsMethod(Choices):
    """How a summons leaves: each way proves the day of its reception."""

    RECOMMANDE = "courrier_recommande", N_("Lettre recommandée avec avis de réception")
    REMISE = "remise", N_("Remise en main propre contre signature")
    ELECTRONIQUE = "recommande_electronique", N_("Lettre recommandée électronique")


class SummonsSent(Answers):
    """A summons that left."""

    mode: Annotated[
        SummonsMethod,
        Radios(
            label=N_("Comment est-elle partie ?"),
            choices=SummonsMethod,
            missing=N_("Choisissez comment elle est partie."),
        ),
    ]
    envoyee_le: Annotated[date, Date(label=N_("Envoyée le"), missing=N_("Écrivez la date d'envoi."))]
    reference_envoi: Annotated[str, Text(label=N_("Référence de l'envoi"), longest=100)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day: since the meeting was fixed, not to come."""
        yield from order_checks(found, "envoyee_le")


def label_of(case: DeskCase) -> str:
    """Return which party the page is about: « La personne »."""
    return translate(next(party.label for party in Party if party.value == case.party))


def expect_party(case: DeskCase) -> None:
    """Refuse an address that names no party. Raises :class:`~app.base.errors.NotFound`."""
    if case.party not in PARTIES:
        raise NotFound


class PartyPage(ConciliationPage):
    """An act about one party; its address names it."""

    then = "conciliation.summons"

    def open(self, request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, numero: str) -> DeskCase:
        """Open the complaint. Raises :class:`~app.base.errors.NotFound`."""
        case = super().open(request, session, portal, clerk, numero)
        expect_party(case)
        return case

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return the party."""
        return {"party": case.party, "label": label_of(case)}


class SummonsPage(PartyPage):
    """The letter is shown; how it left is noted. A second one for the same party takes the place of the first."""

    kind, path, template = SUMMONED, "conciliation/convocations/{partie}/envoi", "conciliation/summons_send.html"
    model = SummonsSent

    def first(self, case: DeskCase) -> Typed:
        """Propose today."""
        return typed_day("envoyee_le", case.today)

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:
        """Show the letter, and until when."""
        shown = {"letter": letters.summons(case, case.party), "last": date_text(case.due[LegalDay.SUMMON])}
        return super().beside(case, typed) | shown

    def content(self, case: DeskCase, said: SummonsSent) -> Summoned:
        """Keep the way, the day, the reference and the letter."""
        on = said.envoyee_le
        told = {"party": label_of(case), "way": translate(said.mode.label), "day": date_text(on, weekday=False)}
        return Summoned(
            party=case.party,
            mode=said.mode.value,
            on=on,
            reference=said.reference_envoi,
            words=translate(N_("{party} : {way}, le {day}")).format(**told),
            letter=letters.summons(case, case.party).said,
        )


@dataclass(frozen=True)
class PartyLine:
    """Where the summons of a party is."""

    code: str
    name: str
    label: str
    sent: str
    came: str
    is_in_time: bool
    answer: str
    observations: str
    """What the party wrote to the commission."""


def line_of(case: DeskCase, party: Party) -> PartyLine:
    """Return where the summons of a party is: « Reçue 17 jours avant »."""
    conciliation = case.now.conciliation
    sent, session_on, came, is_fine = conciliation.summons.get(party.value), conciliation.session_on, "", False
    if sent and sent.came_on and session_on:
        n, is_fine = rules.days_before(sent.came_on, session_on), rules.is_in_time(sent.came_on, session_on)
        came = ntranslate("Reçue {n} jour avant", "Reçue {n} jours avant", n).format(n=n)
    answer = conciliation.answers.get(party.value)
    return PartyLine(
        party.value,
        case.party_name(party.value),
        translate(party.label),
        translate(N_("Envoyée le {day}")).format(day=date_text(sent.sent_on, weekday=False)) if sent else "",
        came,
        is_fine,
        words_of(answer.presence, answer.represented_by) if answer else "",
        answer.observations if answer else "",
    )


@router.get("/agent/plaintes/{numero}/conciliation/convocations", name="conciliation.summons")
def look(request: Request, case: SecretariatOf) -> Response:
    """Show where the summons of each party is, and what to do."""
    expect(case, ActPress(case.number, SUMMONED))
    return show(
        request,
        case,
        "conciliation/summons.html",
        lines=[line_of(case, party) for party in Party],
        moment=meeting_moment(case.now.conciliation.fixed.on, case.now.conciliation.fixed.hour),
        last=date_text(case.due[LegalDay.SUMMON]),
    )


@router.get("/agent/plaintes/{numero}/conciliation/convocations/{partie}/lettre", name="conciliation.summons.letter")
def letter(request: Request, case: SecretariatOf) -> Response:
    """Return the letter of a party, ready to be printed."""
    expect_party(case)
    expect(case, ActPress(case.number, SUMMONED))
    if lacking(SUMMONED, sender_of(case.clerk)):
        return see(request, "conciliation.summons.send", numero=case.number, partie=case.party)
    made = sheets.letter_pdf(case.opened, letters.summons(case, case.party), case.portal.clock())
    return download(f"convocation-{case.party}-{case.number}.pdf", made, "application/pdf")
