"""« Accuser réception »: the authority's own act, within eight days of the receipt (CSP R. 1110-11)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.dates import date_text, local_day
from app.base.errors import N_, NotFound, Refusal
from app.base.fields import Choices, Mistake, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.base.widgets import LongText, Radios
from app.filing.queries import OpenFiling, open_for
from app.intake import acts, letters
from app.intake.desk import DeskOf, frame, line_of, today_of
from app.saisine.steps.days import Day, Month, Year, day_checks, day_of

router = APIRouter()
TODAY, RECEIVED, ADDRESS = "aujourd_hui", "recue_le", "a_un_email"
"""What the page knows beside its fields."""
BEFORE = N_("Cette date est avant la réception.")
NO_EMAIL = N_("La personne n'a pas donné d'adresse e-mail. Choisissez le courrier.")
POSTED = N_("Écrivez la date d'envoi.")


class How(Choices):
    """How the acknowledgement leaves."""

    EMAIL = "email", N_("Par e-mail"), N_("Le service l'envoie maintenant.")
    COURRIER = "courrier", N_("Par courrier"), N_("Imprimez cette page, postez-la, puis écrivez la date d'envoi.")


class Acknowledge(Answers):
    """How it leaves, when, and a word more."""

    canal_ar: Annotated[
        How, Radios(label=N_("Comment l'envoyer ?"), choices=How, missing=N_("Choisissez comment l'envoyer."))
    ]
    poste_le_jour: Annotated[
        str, Day(whole=N_("Date d'envoi du courrier"), missing=POSTED, only_if=("canal_ar", "courrier"))
    ]
    poste_le_mois: Annotated[str, Month(only_if=("canal_ar", "courrier"))]
    poste_le_annee: Annotated[str, Year(only_if=("canal_ar", "courrier"))]
    message: Annotated[str, LongText(label=N_("Message"), hint=N_("Il s'ajoute à la lettre."), longest=2000, rows=4)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check the day of the letter: after the receipt, and not to come; an e-mail needs an address."""
        if found.get("canal_ar") == How.EMAIL and not found.get(ADDRESS):
            yield "canal_ar", Mistake(NO_EMAIL)
        if found.get("canal_ar") == How.COURRIER:
            wrong = list(day_checks(found, "poste_le", found.get(TODAY)))
            yield from wrong
            parts = [found.get(f"poste_le_{part}") for part in ("jour", "mois", "annee")]
            if not wrong and all(parts) and day_of(found, "poste_le") < found[RECEIVED]:
                yield "poste_le_jour", Mistake(BEFORE)


class AlreadyDone(Refusal):
    """The acknowledgement left already, or the complaint is elsewhere."""

    code, status, way_out = "deja_fait", 409, "intake.list"
    says = N_("L'accusé de réception est déjà envoyé, ou ce dossier vient de changer. Rien n'a été fait deux fois.")


def _held(portal: Portal, clerk: Clerk, numero: str) -> OpenFiling:
    """Find a complaint that waits for its acknowledgement here. Raises :class:`NotFound`, :class:`AlreadyDone`."""
    line_of(portal, clerk, numero)
    with portal.database.read() as session:
        opened = open_for(session, portal.keyring, numero, clerk.authority)
    if opened is None:
        raise NotFound
    if opened.filing.state != "recue":
        raise AlreadyDone
    return opened


def _received_on(opened: OpenFiling) -> date:
    return local_day(opened.filing.received_at, ZoneInfo(opened.filing.zone))


@router.get("/agent/plaintes/{numero}/accuser-reception", name="intake.acknowledge")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Show the letter, and ask how it leaves."""
    return _show(request, portal, clerk, _held(portal, clerk, numero), {})


@router.post("/agent/plaintes/{numero}/accuser-reception", name="intake.acknowledge.do")
def acknowledge(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Acknowledge: the act, its date, the mail and the next date in one transaction."""
    opened = _held(portal, clerk, numero)
    today = today_of(portal, clerk)
    known = {TODAY: today, RECEIVED: _received_on(opened), ADDRESS: bool(letters.email_of(opened))}
    parsed = parse(Acknowledge, form.typed, known)
    if parsed.values is None:
        return _show(request, portal, clerk, opened, form.typed, dict(parsed.errors), 422)
    values = parsed.values
    by_post = values.canal_ar == How.COURRIER
    sent_on = day_of(dict(values), "poste_le") if by_post else today
    sending = acts.Sending(values.canal_ar.value, sent_on, values.message)
    with portal.database.write() as session:
        if not acts.acknowledge(session, portal, clerk, numero, sending):
            raise AlreadyDone
    return see(request, "intake.filing", numero=numero)


def _show(
    request: Request,
    portal: Portal,
    clerk: Clerk,
    opened: OpenFiling,
    typed: Typed,
    mistakes: dict[str, Mistake] | None = None,
    status: int = 200,
) -> Response:
    with portal.database.read() as session:
        letter = letters.acknowledgement(session, opened, clerk)
    late = (today_of(portal, clerk) - letter.due).days
    return render(
        request,
        "intake/acknowledge.html",
        status=status,
        **frame(request, clerk),
        form=make_form(request, Acknowledge, typed, mistakes),
        number=opened.filing.number,
        letter=letter,
        has_email=bool(letters.email_of(opened)),
        late=translate(N_("La date limite était le {day} : {n} jours de retard.")).format(
            day=date_text(letter.due), n=late
        )
        if late > 0
        else "",
    )
