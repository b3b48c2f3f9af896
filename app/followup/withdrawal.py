"""« Retirer ma plainte »: asked by the person alone, who may change their mind for a day."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.acts import withdrawal
from app.base.clock import PARIS
from app.base.dates import moment_text
from app.base.errors import N_
from app.base.forms.fields import Choices
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import LongText, Radios, Tick
from app.base.i18n import FRENCH, in_language, translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, download, make_form, render, see
from app.base.web.reading import FormOf
from app.filing.models import Filing
from app.filing.queries import open_for_person
from app.filing.status.case_status import CHANGE_OF_MIND, CaseStatus
from app.followup.dependencies import FollowedOf
from app.printing.pdf import write_pdf

router = APIRouter()
PAPER = N_("Vous avez demandé à retirer votre plainte {number} le {asked} (heure de Paris).")
UNTIL = N_("Vous pouvez annuler cette demande jusqu'au {until}.")
RIGHTS = N_("Vous gardez le droit d'aller en justice ou de saisir le Défenseur des droits.")


class WithdrawalDecision(Choices):
    """What the person decides."""

    OUI = "oui", N_("Oui, je retire ma plainte")
    NON = "non", N_("Non, je la garde")


class Withdraw(Answers):
    """The decision, and what may be said of it."""

    retrait: Annotated[
        WithdrawalDecision,
        Radios(
            label=N_("Voulez-vous retirer votre plainte ?"),
            choices=WithdrawalDecision,
            missing=N_("Choisissez “Oui” ou “Non”."),
        ),
    ]
    retrait_raison: Annotated[str, LongText(label=N_("Pourquoi ?"), longest=500, rows=3, only_if=("retrait", "oui"))]
    retrait_pression: Annotated[
        bool,
        Tick(
            label=N_("On a fait pression sur moi pour que je la retire"),
            hint=N_("Seule l'autorité le saura."),
            only_if=("retrait", "oui"),
        ),
    ]


@router.get("/suivi/retirer", name="followup.withdraw")
def ask(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf) -> Response:
    """Ask, or say where the withdrawal stands."""
    return _show(request, _standing(session, portal, filing), filing.number, make_form(request, Withdraw, {}))


@router.post("/suivi/retirer", name="followup.withdraw.do")
def withdraw(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf, form: FormOf) -> Response:
    """Note the demand, or go back when the complaint is kept."""
    parsed = parse(Withdraw, form.typed)
    if parsed.values is None:
        again, now = make_form(request, Withdraw, form.typed, parsed.errors), _standing(session, portal, filing)
        return _show(request, now, filing.number, again, 422)
    said = parsed.values
    if said.retrait == WithdrawalDecision.NON:
        return see(request, "followup.home")
    with portal.database.write() as writing:
        withdrawal.ask(writing, portal, filing, said.retrait_raison, is_pressed=said.retrait_pression)
    return see(request, "followup.withdraw")


@router.post("/suivi/retirer/annuler", name="followup.keep")
def keep(request: Request, portal: PortalOf, filing: FollowedOf, form: FormOf) -> Response:
    """Cancel the withdrawal, while it can be."""
    del form
    with portal.database.write() as session:
        withdrawal.cancel(session, portal, filing)
    return RedirectResponse(f"{path_of(request.app, 'followup.home')}?garde=oui", 303)


@router.get("/suivi/retirer/attestation", name="followup.withdraw.paper")
@in_language(FRENCH)
def paper(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf) -> Response:
    """Return a dated paper of the demand."""
    now = _standing(session, portal, filing)
    if now.withdrawing_since is None:
        return see(request, "followup.home")
    asked, until = _moments(now)
    number = filing.number
    said = {
        "title": translate(N_("Demande de retrait")),
        "foot": number,
        "page": translate(N_("Page {n} sur {total}")),
        "received": "",
        "to": [],
        "day": "",
        "paragraphs": [
            translate(PAPER).format(number=number, asked=asked),
            translate(UNTIL).format(until=until),
            translate(RIGHTS),
        ],
        "sections": [],
    }
    return download(f"retrait-{number}.pdf", write_pdf("dossier.typ", said, now.withdrawing_since), "application/pdf")


def _standing(session: Session, portal: Portal, filing: Filing) -> CaseStatus:
    return open_for_person(session, portal.keyring, filing).now


def _moments(now: CaseStatus) -> tuple[str, str]:
    """Write when the withdrawal was asked, and until when it can be cancelled."""
    if now.withdrawing_since is None:
        return "", ""
    moments = (now.withdrawing_since, now.withdrawing_since + CHANGE_OF_MIND)
    asked, until = (moment_text(at, PARIS, weekday=False, seconds=False) for at in moments)
    return asked, until


def _show(request: Request, now: CaseStatus, number: str, form: Any, status: int = 200) -> Response:
    asked, until = _moments(now)
    return render(
        request,
        "followup/withdraw.html",
        status=status,
        form=form,
        number=number,
        asked=asked,
        until=until,
        is_over=not now.may_be_withdrawn,
        is_closed=bool(now.conciliation.closed),
        is_before_chamber=now.is_before_chamber,
    )
