"""« Écrire à la personne » and « Demander une preuve ou une précision »: kept here, told by a mail without contents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.dates import date_text
from app.base.errors import N_
from app.base.fields import Mistake, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.base.widgets import LongText
from app.filing import contact, posting
from app.filing.exchanges import ASKED, AUTHORITY_WROTE, write
from app.filing.queries import OpenFiling
from app.intake import letters
from app.intake.acting import TODAY, ready, typed_day
from app.intake.desk import DeskOf, frame, today_of
from app.intake.turn import take
from app.notifications import service as notifications
from app.notifications.service import Message
from app.saisine.steps.days import Day, Month, Year, day_checks, day_of

router = APIRouter()
ANSWER_BY = N_("Nous espérons votre réponse avant la fin du {day}.")
TOMORROW = N_("Choisissez une date à partir de demain.")
USUAL = timedelta(days=15)
"""Time that is proposed to answer."""


class Reply(Answers):
    """One field: the message."""

    message: Annotated[
        str, LongText(label=N_("Votre message"), missing=N_("Écrivez votre message."), longest=4000, rows=6)
    ]


class Ask(Answers):
    """What is asked, and by when an answer is hoped for."""

    demande: Annotated[
        str,
        LongText(label=N_("Votre demande"), missing=N_("Écrivez ce que vous demandez."), longest=2000, rows=6),
    ]
    delai_jour: Annotated[str, Day(whole=N_("Réponse attendue avant la fin du"), missing=N_("Écrivez une date."))]
    delai_mois: Annotated[str, Month()]
    delai_annee: Annotated[str, Year()]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Leave at least a day."""
        wrong = list(day_checks(found, "delai", None))
        yield from wrong
        is_whole = all(found.get(f"delai_{part}") for part in ("jour", "mois", "annee"))
        if not wrong and is_whole and day_of(found, "delai") <= found[TODAY]:
            yield "delai_jour", Mistake(TOMORROW)


@dataclass(frozen=True)
class Words:
    """What goes to the person."""

    kind: str
    text: str
    mail: str
    until: date | None = None


@router.get("/agent/plaintes/{numero}/repondre", name="intake.reply")
def ask_reply(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Ask for the message."""
    return _show(request, clerk, ready(portal, clerk, numero, AUTHORITY_WROTE), Reply, {})


@router.post("/agent/plaintes/{numero}/repondre", name="intake.reply.do")
def reply(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Keep the message; a mail says that there is something new."""
    opened = ready(portal, clerk, numero, AUTHORITY_WROTE)
    parsed = parse(Reply, form.typed)
    if parsed.values is None:
        return _show(request, clerk, opened, Reply, form.typed, parsed.errors, 422)
    with portal.database.write() as session:
        _send(session, portal, clerk, numero, Words(AUTHORITY_WROTE, parsed.values.message, "news"))
    return see(request, "intake.filing", numero=numero)


@router.get("/agent/plaintes/{numero}/demander-piece", name="intake.ask")
def ask_piece(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Ask what is asked, and by when."""
    opened = ready(portal, clerk, numero, ASKED)
    return _show(request, clerk, opened, Ask, typed_day("delai", today_of(portal, clerk) + USUAL))


@router.post("/agent/plaintes/{numero}/demander-piece", name="intake.ask.do")
def demand(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Keep the demand (CRPA L. 114-5); no date of the law stops."""
    opened = ready(portal, clerk, numero, ASKED)
    parsed = parse(Ask, form.typed, {TODAY: today_of(portal, clerk)})
    if parsed.values is None:
        return _show(request, clerk, opened, Ask, form.typed, parsed.errors, 422)
    asked = parsed.values
    words = Words(ASKED, asked.demande, "question", day_of(dict(asked), "delai"))
    with portal.database.write() as session:
        _send(session, portal, clerk, numero, words)
    return see(request, "intake.filing", numero=numero)


def _send(session: Session, portal: Portal, clerk: Clerk, numero: str, words: Words) -> None:
    opened = take(session, portal, clerk, numero, words.kind)
    clock, number = portal.clock, opened.filing.number
    own = {"by": clerk.name, "authority": clerk.authority}
    at = write(session, portal.keyring, opened, words.kind, words.text, clock, until=words.until, **own)
    if email := letters.email_of(opened):
        told = {"number": number, "address": portal.settings.address}
        if words.mail == "question":
            told["authority"] = clerk.authority_name
        message = Message(email, words.mail, number, told, at.isoformat())
        notifications.queue(session, portal.keyring, [message], clock)
        return
    to = [opened.payload["filer"], *contact.post_address(opened.contact)]
    answer = translate(ANSWER_BY).format(day=date_text(words.until, weekday=False)) if words.until else ""
    content = posting.Content(to, [*words.text.splitlines(), *filter(None, [answer])])
    posting.prepare(session, opened, words.kind, content, (clerk.name, clerk.authority), clock)


def _show(
    request: Request,
    clerk: Clerk,
    opened: OpenFiling,
    model: type[Answers],
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    status: int = 200,
) -> Response:
    is_demand = model is Ask
    return render(
        request,
        "intake/answer.html",
        status=status,
        **frame(request, clerk),
        form=make_form(request, model, typed, mistakes),
        number=opened.filing.number,
        is_demand=is_demand,
        title=translate(N_("Demander une preuve ou une précision") if is_demand else N_("Écrire à la personne")),
        has_email=bool(letters.email_of(opened)),
    )
