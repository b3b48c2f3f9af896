"""H3 « Convocations »: one for each party, at least fifteen days before, by a means whose reception has a sure date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.base.dates import date_text
from app.base.errors import N_, NotFound
from app.base.fields import Choices, Mistake, Typed
from app.base.forms import Answers, parse
from app.base.i18n import ntranslate, translate
from app.base.web.pages import download, make_form, see
from app.base.web.reading import FormOf
from app.base.widgets import Radios, Text
from app.conciliation import letters, rules
from app.conciliation.door import Case, SecretariatOf
from app.conciliation.rules import Party
from app.filing.attendance import words_of
from app.filing.progress import meeting_moment
from app.filing.road import PARTIES, SUMMONED
from app.intake import papers
from app.intake.acting import order_checks, typed_day
from app.saisine.steps.days import Day, Month, Year, day_of

router = APIRouter()


class By(Choices):
    """How a summons leaves: each way proves the day of its reception."""

    RECOMMANDE = "courrier_recommande", N_("Lettre recommandée avec avis de réception")
    REMISE = "remise", N_("Remise en main propre contre signature")
    ELECTRONIQUE = "recommande_electronique", N_("Lettre recommandée électronique")


class Send(Answers):
    """A summons that left."""

    mode: Annotated[
        By, Radios(label=N_("Comment est-elle partie ?"), choices=By, missing=N_("Choisissez comment elle est partie."))
    ]
    envoyee_le_jour: Annotated[str, Day(whole=N_("Envoyée le"), missing=N_("Écrivez la date d'envoi."))]
    envoyee_le_mois: Annotated[str, Month()]
    envoyee_le_annee: Annotated[str, Year()]
    reference_envoi: Annotated[str, Text(label=N_("Référence de l'envoi"), longest=100)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check the day: since the meeting was fixed, not to come."""
        yield from order_checks(found, "envoyee_le")


@dataclass(frozen=True)
class Summoned:
    """A party to summon to a meeting that is fixed."""

    case: Case
    party: Party

    @property
    def label(self) -> str:
        """Who it is: « La personne »."""
        return translate(self.party.label)


def summoned(case: SecretariatOf, partie: str) -> Summoned:
    """Find the party that the address names. Raises ``NotFound``."""
    if partie not in PARTIES:
        raise NotFound
    return Summoned(case, next(party for party in Party if party.value == partie))


SummonedOf = Annotated[Summoned, Depends(summoned)]


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


def line_of(case: Case, party: Party) -> PartyLine:
    """Say where the summons of a party is: « Reçue 17 jours avant »."""
    road = case.now.road
    sent, session_on, came, is_fine = road.summons.get(party.value), road.session_on, "", False
    if sent and sent.came_on and session_on:
        n, is_fine = rules.days_before(sent.came_on, session_on), rules.is_in_time(sent.came_on, session_on)
        came = ntranslate("Reçue {n} jour avant", "Reçue {n} jours avant", n).format(n=n)
    answer = road.answers.get(party.value, {})
    return PartyLine(
        party.value,
        case.party_name(party.value),
        translate(party.label),
        translate(N_("Envoyée le {day}")).format(day=date_text(sent.sent_on, weekday=False)) if sent else "",
        came,
        is_fine,
        words_of(answer["presence"], answer["represented_by"]) if answer else "",
        str(answer.get("observations", "")),
    )


@router.get("/agent/plaintes/{numero}/conciliation/convocations", name="conciliation.summons")
def look(request: Request, case: SecretariatOf) -> Response:
    """Show where the summons of each party is, and what to do."""
    case.expect(SUMMONED)
    return case.show(
        request,
        "conciliation/summons.html",
        lines=[line_of(case, party) for party in Party],
        moment=meeting_moment(case.now.road.meeting),
        last=date_text(case.due["D6"]),
    )


@router.get("/agent/plaintes/{numero}/conciliation/convocations/{partie}/lettre", name="conciliation.summons.letter")
def letter(one: SummonedOf) -> Response:
    """Give the letter of a party, ready to be printed."""
    case, party = one.case, one.party.value
    case.expect(SUMMONED)
    made = papers.letter_pdf(case.opened, letters.summons(case, party), case.portal.clock())
    return download(f"convocation-{party}-{case.number}.pdf", made, "application/pdf")


@router.get("/agent/plaintes/{numero}/conciliation/convocations/{partie}/envoi", name="conciliation.summons.send")
def ask_sending(request: Request, one: SummonedOf) -> Response:
    """Show the letter, and ask how it left."""
    one.case.expect(SUMMONED)
    return _show(request, one, typed_day("envoyee_le", one.case.today))


@router.post("/agent/plaintes/{numero}/conciliation/convocations/{partie}/envoi", name="conciliation.summons.send.do")
def send(request: Request, one: SummonedOf, form: FormOf) -> Response:
    """Note that a summons left; a second one for the same party takes the place of the first."""
    case, party = one.case, one.party.value
    case.expect(SUMMONED)
    parsed = parse(Send, form.typed, case.days(SUMMONED, party))
    if parsed.values is None:
        return _show(request, one, form.typed, parsed.errors, 422)
    said = parsed.values
    on = day_of(dict(said), "envoyee_le")
    told = {"party": one.label, "way": translate(said.mode.label), "day": date_text(on, weekday=False)}
    content = {
        "party": party,
        "mode": said.mode.value,
        "on": on.isoformat(),
        "reference": said.reference_envoi,
        "words": translate(N_("{party} : {way}, le {day}")).format(**told),
        "letter": list(letters.summons(case, party).paragraphs),
    }
    case.do(SUMMONED, content)
    return see(request, "conciliation.summons", numero=case.number)


def _show(
    request: Request,
    one: Summoned,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    status: int = 200,
) -> Response:
    return one.case.show(
        request,
        "conciliation/summons_send.html",
        status=status,
        form=make_form(request, Send, typed, mistakes),
        party=one.party.value,
        label=one.label,
        letter=letters.summons(one.case, one.party.value),
        last=date_text(one.case.due["D6"]),
    )
