"""H3 « Convocations »: one for each party, at least fifteen days before, by a means whose reception has a sure date."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.acts.turn import ActPress, expect
from app.base.dates import date_text
from app.base.errors import N_, NotFound
from app.base.forms.dates import typed_day
from app.base.forms.fields import FieldError, Typed
from app.base.i18n import ntranslate, translate
from app.base.web.pages import PortalOf, ReadOf, download, see
from app.conciliation import rules, summons_letter
from app.conciliation.meeting.summons_form import (
    SummonsMethod,
    SummonsSending,
    SummonsSent,
    SummonsToPerson,
    SummonsToProfessional,
)
from app.conciliation.page import ConciliationPage, SecretariatOf, show
from app.conciliation.rules import Party
from app.filing.acts import registered_letters
from app.filing.acts.registered_letters import SummonsLetter
from app.filing.acts.registered_rules import RegisteredState
from app.filing.documents.wording import meeting_moment
from app.filing.sealed.conciliation import Summoned
from app.filing.status.attendance import words_of
from app.filing.status.conciliation import PARTIES, PERSON, SUMMONED
from app.intake.desk.act_page import Wrong
from app.intake.desk.case import DeskCase
from app.intake.desk.page import DeskOf
from app.intake.desk.sender import lacking, sender_of
from app.intake.dossier.sending import REFERENCE
from app.intake.letters import sheets
from app.procedure.days import LegalDay

router = APIRouter()
ON_ITS_WAY = N_("Un recommandé électronique est déjà parti pour cette partie.")


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
    """The letter is shown; how it left is noted, or it leaves by the provider of electronic registered letters.

    A second one for the same party takes the place of the first.
    """

    kind, path, template = SUMMONED, "conciliation/convocations/{partie}/envoi", "conciliation/summons_send.html"
    model = SummonsSent

    def form(self, case: DeskCase) -> type[SummonsSending]:
        """Offer to send it where the operator connected a provider."""
        if not case.portal.settings.lre_url:
            return SummonsSent
        return SummonsToPerson if case.party == PERSON else SummonsToProfessional

    def first(self, case: DeskCase) -> Typed:
        """Propose today, and the address of the person."""
        return {
            **typed_day("envoyee_le", case.today),
            **({"courriel_lre": [case.email]} if case.party == PERSON else {}),
        }

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:
        """Show the letter, and until when."""
        shown = {"letter": summons_letter.summons(case, case.party), "last": date_text(case.due[LegalDay.SUMMON])}
        return super().beside(case, typed) | shown | {"on_its_way": on_its_way(case, case.party)}

    def prepare(self, case: DeskCase, said: SummonsSending) -> SummonsSending | SummonsLetter:
        """Write the letter on paper when the provider is to send it."""
        if isinstance(said, SummonsSent) or said.mode != SummonsMethod.PAR_LE_SERVICE:
            return said
        letter = summons_letter.summons(case, case.party)
        pdf = sheets.letter_pdf(case.opened, letter, case.portal.clock())
        whom = (case.party, label_of(case), case.party_name(case.party), said.courriel_lre)
        return SummonsLetter(*whom, case.actor.name, case.actor.authority, letter.said, pdf)

    def do(self, case: DeskCase, said: SummonsSending | SummonsLetter) -> None:
        """Note that it left; or queue it: it is noted once the provider proves its deposit. Raises :class:`Wrong`."""
        if not isinstance(said, SummonsLetter):
            super().do(case, said)
        elif not registered_letters.queue(case.session, case.opened, said, case.portal.clock()):
            raise Wrong({"mode": FieldError(ON_ITS_WAY)})

    def content(self, case: DeskCase, said: SummonsSending) -> Summoned:
        """Keep the way, the day, the reference and the letter."""
        on = said.envoyee_le
        assert on is not None  # noqa: S101 - asked of every way but the one of the provider
        told = {"party": label_of(case), "way": translate(said.mode.label), "day": date_text(on, weekday=False)}
        return Summoned(
            party=case.party,
            mode=said.mode.value,
            on=on,
            reference=said.reference_envoi,
            words=translate(N_("{party} : {way}, le {day}")).format(**told),
            letter=summons_letter.summons(case, case.party).said,
        )


def on_its_way(case: DeskCase, party: str) -> str:
    """Return where the last electronic letter to a party is; empty once it is received, or without one."""
    last = registered_letters.last_of(case.session, case.opened.filing.id).get(party)
    return translate(last.state.label) if last and last.state is not RegisteredState.ACCEPTED else ""


@dataclass(frozen=True)
class PartyLine:
    """Where the summons of a party is."""

    code: str
    name: str
    label: str
    sent: str
    reference: str
    """Under which reference it left."""
    came: str
    electronic: str
    """Where its electronic registered letter is, while it is on its way, or when it failed."""
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
        translate(REFERENCE).format(reference=sent.reference) if sent and sent.reference else "",
        came,
        on_its_way(case, party.value),
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
    made = sheets.letter_pdf(case.opened, summons_letter.summons(case, case.party), case.portal.clock())
    return download(f"convocation-{case.party}-{case.number}.pdf", made, "application/pdf")
