"""« Accuser réception »: the authority's own act, within eight days of the receipt (CSP R. 1110-11)."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.errors import N_
from app.base.fields import Choices, Mistake, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.base.widgets import LongText, Radios
from app.filing import mandated, posting
from app.filing.queries import OpenFiling
from app.filing.standing import ACKNOWLEDGED
from app.intake import acts, letters
from app.intake.acting import TODAY, known_days, late_text, order_checks, ready
from app.intake.desk import DeskOf, frame
from app.intake.turn import take
from app.saisine.steps.days import Day, Month, Year, day_of

router = APIRouter()
ADDRESS = "a_un_email"
"""What the page knows beside its fields and the days."""
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
            yield from order_checks(found, "poste_le")


class Prepare(Answers):
    """A letter for later: the word more alone."""

    message: Annotated[str, LongText(label=N_("Message"), hint=N_("Il s'ajoute à la lettre."), longest=2000, rows=4)]


@router.get("/agent/plaintes/{numero}/accuser-reception", name="intake.acknowledge")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Show the letter, and ask how it leaves."""
    return _show(request, portal, clerk, ready(portal, clerk, numero, ACKNOWLEDGED), {})


@router.post("/agent/plaintes/{numero}/accuser-reception", name="intake.acknowledge.do")
def acknowledge(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Acknowledge: the act, its date, the mail and the next date in one transaction."""
    opened = ready(portal, clerk, numero, ACKNOWLEDGED)
    if form.get("geste") == "preparer":
        return _prepare(request, portal, clerk, opened, form.typed)
    known = {**known_days(portal, clerk, opened, ACKNOWLEDGED), ADDRESS: bool(letters.email_of(opened))}
    parsed = parse(Acknowledge, form.typed, known)
    if parsed.values is None:
        return _show(request, portal, clerk, opened, form.typed, dict(parsed.errors), 422)
    values = parsed.values
    by_post = values.canal_ar == How.COURRIER
    sent_on = day_of(dict(values), "poste_le") if by_post else known[TODAY]
    words = translate(acts.BY_POST if by_post else acts.BY_EMAIL)
    sending = acts.Sending(words, sent_on, {"channel": values.canal_ar.value})
    with portal.database.write() as session:
        acts.acknowledge(session, portal, clerk, numero, sending, values.message)
    return see(request, "intake.filing", numero=numero)


def _prepare(request: Request, portal: Portal, clerk: Clerk, opened: OpenFiling, typed: Typed) -> Response:
    """Put the letter with those to post; it is sent once it is dated."""
    parsed = parse(Prepare, typed)
    if parsed.values is None:
        return _show(request, portal, clerk, opened, typed, dict(parsed.errors), 422)
    message = parsed.values.message
    with portal.database.write() as session:
        opened = take(session, portal, clerk, opened.filing.number, ACKNOWLEDGED)
        letter = letters.acknowledgement(session, opened, clerk)
        content = posting.Content(letter.to, [*letter.paragraphs, *filter(None, [message])], {"message": message})
        posting.prepare(session, opened, ACKNOWLEDGED, content, (clerk.name, clerk.authority), portal.clock)
    return see(request, "intake.posting")


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
    return render(
        request,
        "intake/acknowledge.html",
        status=status,
        **frame(request, clerk),
        form=make_form(request, Acknowledge, typed, mistakes),
        number=opened.filing.number,
        letter=letter,
        association=mandated.rows(opened.payload, translate),
        has_email=bool(letters.email_of(opened)),
        late=late_text(portal, clerk, opened, "D2"),
    )
