"""« Prévenir votre logiciel »: those who answer for an association say where its software is told what happens."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import rights
from app.accounts.queries import SignedInMember
from app.accounts.rules import ASSOCIATION
from app.accounts.service import shown_once
from app.accounts.sign_in.association import frame
from app.accounts.sign_in.current_user import MemberOf, NotYours
from app.accounts.sign_in.done import JustDone, after
from app.accounts.sign_in.reauthentication import expect_fresh
from app.base.clock import PARIS
from app.base.dates import moment_text
from app.base.errors import N_
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse
from app.base.i18n import translate
from app.base.web.pages import PortalOf, ReadOf, VisitorOf, make_form, portal_of, render, see
from app.base.web.reading import FormData, FormOf
from app.webhooks import queries, rules, service, target
from app.webhooks.events import WebhookEvent
from app.webhooks.fields import NewAddress, OtherEvents, Since
from app.webhooks.models import Webhook, WebhookDelivery

router = APIRouter()
HOME, SHOWN = "/association/notifications-logiciel", "webhooks.secret"
MOST = N_("Vous avez déjà cinq adresses. Supprimez-en une avant d'en ajouter.")
STATES: Mapping[str, str] = {rules.QUEUED: N_("en attente"), rules.SENT: N_("reçu"), rules.ABANDONED: N_("abandonné")}


def manager(request: Request, portal: PortalOf, member: MemberOf) -> SignedInMember:
    """Return who answers for an association, just proved. Raises :class:`NotYours`."""
    if not rights.may(member.role, rights.Right.MANAGE):
        raise NotYours
    expect_fresh(request, portal, member)
    return member


ManagerOf = Annotated[SignedInMember, Depends(manager)]


@router.get(HOME, name="webhooks.list")
def listing(request: Request, session: ReadOf, member: ManagerOf) -> Response:
    """List the addresses, and ask for another."""
    return _list(request, session, member, {})


@router.post(HOME, name="webhooks.add")
def add(
    request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf, member: ManagerOf, form: FormOf
) -> Response:
    """Keep an address, and lead to the page of its secret."""
    parsed = parse(NewAddress, form.typed)
    if parsed.values is None:
        return _list(request, session, member, form.typed, parsed.errors)
    try:
        wanted = target.read(parsed.values.adresse, portal.settings.webhook_hosts)
    except FieldError as wrong:
        return _list(request, session, member, form.typed, {"adresse": wrong})
    session.close()
    events, now = [one.value for one in parsed.values.evenements], portal.clock()
    with portal.database.write() as writing:
        made = service.declare(writing, portal.keyring, member.association, wanted.url, events, now)
        if made is not None:
            return _lead(request, writing, visitor, *made)
    return _list(request, session, member, form.typed, {"adresse": FieldError(MOST)})


@router.get(HOME + "/{adresse}", name="webhooks.one")
def one(request: Request, session: ReadOf, member: ManagerOf, adresse: str) -> Response:
    """Show an address, what it is told, and how that went."""
    return _one(request, session, member, queries.row_of(session, member.association, adresse), {}, {})


@router.post(HOME + "/{adresse}", name="webhooks.change")
def change(
    request: Request, session: ReadOf, visitor: VisitorOf, member: ManagerOf, adresse: str, form: FormOf
) -> Response:
    """Do one thing with an address: pause, resume, another secret, other events, tell again."""
    row, action, portal = queries.row_of(session, member.association, adresse), form.get("action"), portal_of(request)
    forms: Mapping[str, type[Answers]] = {"evenements": OtherEvents, "renvoyer_depuis": Since}
    model = forms.get(action, Answers)
    parsed = parse(model, form.typed)
    if parsed.values is None:
        return _one(request, session, member, row, form.typed, parsed.errors)
    session.close()
    with portal.database.write() as writing:
        row = queries.row_of(writing, member.association, adresse, to_change=True)
        if action == "secret":
            secret = service.change_secret(row, portal.keyring, portal.clock())
            return _lead(request, writing, visitor, adresse, secret, is_another=True)
        done = _do(writing, row, action, parsed.values, form, portal.clock())
    return after(request, done, "webhooks.one", adresse=adresse)


def _do(session: Session, row: Webhook, action: str, said: Answers, form: FormData, now: datetime) -> JustDone | None:
    """Do it, and return what is said of it."""
    if isinstance(said, OtherEvents):
        service.choose(row, [one.value for one in said.evenements])
        return JustDone.WEBHOOK_CHOSEN
    if isinstance(said, Since):
        since = datetime(said.depuis.year, said.depuis.month, said.depuis.day, tzinfo=PARIS)
        again = service.send_again(session, row, now, since=since)
        return JustDone.WEBHOOK_ALL_AGAIN if again else JustDone.WEBHOOK_NONE_AGAIN
    if action == "pause":
        service.pause(row, now)
        return JustDone.WEBHOOK_PAUSED
    if action == "reprendre":
        service.resume(row)
        return JustDone.WEBHOOK_RESUMED
    if action == "renvoyer" and form.get("envoi").isascii() and form.get("envoi").isdigit():
        again = service.send_again(session, row, now, id_=int(form.get("envoi")[:15]))
        return JustDone.WEBHOOK_AGAIN if again else JustDone.WEBHOOK_WAITS
    return None


@router.get(HOME + "/{adresse}/secret", name=SHOWN)
def shown(
    request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf, member: ManagerOf, adresse: str
) -> Response:
    """Show the secret that was just drawn in this browser, for half an hour."""
    row = queries.row_of(session, member.association, adresse)
    held = shown_once.kept(session, portal, visitor, ASSOCIATION, SHOWN)
    if held is None or held["id"] != row.id:
        return see(request, "webhooks.one", adresse=adresse)
    return render(request, "webhooks/secret.html", **frame(request, member), **held)


@router.get(HOME + "/{adresse}/supprimer", name="webhooks.remove")
def ask_remove(request: Request, session: ReadOf, member: ManagerOf, adresse: str) -> Response:
    """Say what it changes, and ask."""
    row = queries.row_of(session, member.association, adresse)
    declared = queries.shown(session, portal_of(request).keyring, row)
    form = make_form(request, Answers, {})
    return render(request, "webhooks/remove.html", **frame(request, member), declared=declared, form=form)


@router.post(HOME + "/{adresse}/supprimer", name="webhooks.remove.do")
def remove(request: Request, portal: PortalOf, member: ManagerOf, adresse: str, form: FormOf) -> Response:
    """Forget an address, and all that was told to it."""
    del form
    with portal.database.write() as session:
        service.remove(session, queries.row_of(session, member.association, adresse, to_change=True))
    return after(request, JustDone.WEBHOOK_REMOVED, "webhooks.list")


def _list(
    request: Request,
    session: Session,
    member: SignedInMember,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
) -> Response:
    form = make_form(request, NewAddress, typed, mistakes)
    found = queries.declared(session, portal_of(request).keyring, member.association)
    around = frame(request, member)
    return render(request, "webhooks/list.html", status=422 if mistakes else 200, **around, form=form, declared=found)


def _one(
    request: Request,
    session: Session,
    member: SignedInMember,
    row: Webhook,
    typed: Typed,
    mistakes: Mapping[str, FieldError],
) -> Response:
    declared = queries.shown(session, portal_of(request).keyring, row)
    is_since = bool(mistakes) and "evenements" not in mistakes
    chosen = typed if "evenements" in mistakes else {"evenements": declared.events}
    events = make_form(request, OtherEvents, chosen, {} if is_since else mistakes)
    since = make_form(request, Since, typed if is_since else {}, mistakes if is_since else {})
    context: dict[str, Any] = {
        "declared": declared,
        "until": _moment(declared.before_until) if _is_ahead(request, declared.before_until) else "",
        "events": events,
        "since": since,
        "form": since if is_since else events,
        "told": [_line(line) for line in queries.last_told(session, row.id)],
    }
    return render(request, "webhooks/one.html", status=422 if mistakes else 200, **frame(request, member), **context)


def _is_ahead(request: Request, at: datetime | None) -> bool:
    return at is not None and at > portal_of(request).clock()


def _line(told: WebhookDelivery) -> dict[str, Any]:
    label = next((event.label for event in WebhookEvent if event == told.kind), told.kind)
    answer = rules.why(told.error, translate) or (str(told.status) if told.status else "—")
    return {
        "id": told.id,
        "at": _moment(told.at),
        "what": translate(label),
        "number": told.number,
        "state": translate(STATES[told.state]),
        "answer": answer,
        "tries": told.attempts,
        "may_be_sent_again": told.state != rules.QUEUED,
    }


def _lead(
    request: Request, session: Session, visitor: str, adresse: str, secret: str, *, is_another: bool = False
) -> Response:
    content = {"id": adresse, "secret": secret, "is_another": "oui" if is_another else ""}
    shown_once.keep(session, portal_of(request), visitor, ASSOCIATION, SHOWN, content)
    return see(request, SHOWN, adresse=adresse)


def _moment(at: datetime | None) -> str:
    return moment_text(at, weekday=False, seconds=False) if at else ""
