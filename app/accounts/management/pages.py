"""The list of accounts, and one account: its role, its sessions, its password and codes, its end."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import queries, service
from app.accounts.fields import Listed
from app.accounts.management.invite import WhichRole, tell
from app.accounts.management.keeper import Keeper, KeeperOf, PersonOf
from app.accounts.queries import AccountHolder
from app.accounts.rules import Role
from app.accounts.service import LastManager, calendar_links
from app.accounts.sign_in.done import JustDone, after
from app.base.clock import PARIS
from app.base.dates import date_text, local_day
from app.base.errors import N_, NotFound, Refusal
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.shown_version import notice
from app.base.forms.widgets import Text
from app.base.i18n import translate
from app.base.web.pages import VERSION, PortalOf, ReadOf, make_form, portal_of, render, versioned
from app.base.web.reading import FormData, FormOf
from app.notifications.kinds import Mail

CONFLICT = 409
NOBODY = "personne"
QUALITY = N_("Écrivez la qualité qui suit le nom sur les lettres.")
CHOOSE = N_("Choisissez une personne, ou « Personne ».")


class Oneself(Refusal):
    """Nobody changes there the account one works with."""

    code, says = "son_propre_compte", N_("Demandez à une autre personne responsable de changer votre propre compte.")


class ChangeRole(Answers):
    """Another role."""

    role: WhichRole


class ChangeQuality(Answers):
    """What letters say under the name."""

    qualite: Annotated[
        str,
        Text(label=N_("Qualité"), hint=N_("Par exemple : chargée des réclamations."), missing=QUALITY, longest=120),
    ]


class Leave(Answers):
    """Who takes over what the person who leaves took care of."""

    a_qui: Annotated[str, Listed(label=N_("À qui donner ses dossiers ?"), missing=CHOOSE)]


def listing(request: Request, session: ReadOf, portal: PortalOf, keeper: KeeperOf, q: str = "") -> Response:
    """List the accounts and the invitations that wait."""
    asked = " ".join(q.split())[:80]
    people, total = queries.people(session, asked, keeper.scope)
    waiting = queries.invitations(session, keeper.scope)
    now = portal.clock()
    return render(
        request,
        "accounts/staff.html",
        **keeper.frame,
        keeper=keeper,
        asked=asked,
        people=people,
        total=total,
        invitations=waiting,
        waiting=[(row, _day(row.ends_at), row.ends_at <= now) for row in waiting],
        role_of=_label,
        day=_day,
    )


def show(request: Request, session: ReadOf, keeper: KeeperOf, person: PersonOf) -> Response:
    """Show one account and what may be done with it."""
    return _page(request, session, keeper, person)


def change(
    request: Request, session: ReadOf, portal: PortalOf, keeper: KeeperOf, form: FormOf, person: PersonOf
) -> Response:
    """Do one thing with an account. Raises :class:`Oneself` for one's own."""
    action = form.get("action")
    if person.id == keeper.id and action not in {"sessions", "qualite"}:
        raise Oneself
    try:
        if asked := ASKING.get(action):
            return asked(request, session, keeper, person, form)
    except LastManager as last:
        field = "role" if action == "role" else "a_qui"
        return _page(request, session, keeper, person, form.typed, {field: FieldError(last.says)}, 422)
    done = None
    with portal.database.write() as writing:
        if action == "reactiver":
            service.enable(writing, person.id)
            done = JustDone.ENABLED
            keeper.note(writing, "compte_reactive", person, portal.clock())
        elif action == "sessions":
            service.close_all(writing, person.id)
            calendar_links.cut(writing, person.id)
            done = JustDone.SESSIONS_CLOSED
            keeper.note(writing, "compte_sessions", person, portal.clock())
        elif action == "reinitialiser" and not person.disabled_at:
            to, token = service.reset(writing, portal.keyring, person.id, keeper.id, portal.clock)
            done = JustDone.RESET if token else JustDone.RESET_TWICE
            if token:
                tell(writing, portal, to, Mail.NEW_FACTORS, token)
                keeper.note(writing, "compte_reinitialise", person, portal.clock())
    return after(request, done, f"{keeper.base}.one", compte=person.id)


def _change_role(request: Request, session: Session, keeper: Keeper, person: AccountHolder, form: FormData) -> Response:
    read, portal = parse(ChangeRole, form.typed), portal_of(request)
    if read.values is None or read.values.role not in keeper.roles_of(person):
        wrong = read.errors or {"role": FieldError(N_("Choisissez un rôle."))}
        return _page(request, session, keeper, person, form.typed, wrong, 422)
    with portal.database.write() as writing:
        wanted = read.values.role.value
        now = service.change_role(writing, person.id, wanted, form.get(VERSION))
        if now == wanted:
            keeper.note(writing, "compte_role", person, portal.clock())
    if now != wanted:
        return _page(request, session, keeper, replace(person, role=now), form.typed, status=CONFLICT)
    return after(request, JustDone.ROLE_CHANGED, f"{keeper.base}.one", compte=person.id)


def _change_quality(
    request: Request, session: Session, keeper: Keeper, person: AccountHolder, form: FormData
) -> Response:
    read, portal = parse(ChangeQuality, form.typed), portal_of(request)
    if read.values is None:
        return _page(request, session, keeper, person, form.typed, read.errors, 422)
    if not person.authority:
        raise NotFound
    with portal.database.write() as writing:
        service.set_quality(writing, person.id, read.values.qualite)
        keeper.note(writing, "compte_qualite", person, portal.clock())
    return after(request, JustDone.QUALITY_KEPT, f"{keeper.base}.one", compte=person.id)


def _disable(request: Request, session: Session, keeper: Keeper, person: AccountHolder, form: FormData) -> Response:
    """Close the account and hand over what it took care of, in one transaction."""
    portal, to = portal_of(request), NOBODY
    others = _others(session, person)
    if _held(keeper, session, person):
        read = parse(Leave, form.typed)
        if read.values is None or read.values.a_qui not in {*dict(others), NOBODY}:
            return _page(
                request, session, keeper, person, form.typed, read.errors or {"a_qui": FieldError(CHOOSE)}, 422
            )
        to = read.values.a_qui
    session.close()
    with portal.database.write() as writing:
        service.disable(writing, person.id, portal.clock)
        keeper.note(writing, "compte_desactive", person, portal.clock())
        if keeper.hand_over:
            keeper.hand_over.give(writing, portal, person, "" if to == NOBODY else to, keeper.name)
    return after(request, JustDone.DISABLED, f"{keeper.base}.one", compte=person.id)


ASKING = {"role": _change_role, "qualite": _change_quality, "desactiver": _disable}
"""What is done with more than a press."""


def _held(keeper: Keeper, session: Session, person: AccountHolder) -> str:
    return keeper.hand_over.held(session, person) if keeper.hand_over else ""


def _others(session: Session, person: AccountHolder) -> list[tuple[str, str]]:
    """List those of the same place who stay."""
    found = queries.members(session, person.association) if person.association else []
    found = found or (queries.colleagues(session, person.authority) if person.authority else [])
    return [(one, name) for one, name in found if one != person.id]


def _page(
    request: Request,
    session: Session,
    keeper: Keeper,
    person: AccountHolder,
    typed: Typed | None = None,
    mistakes: Mapping[str, FieldError] | None = None,
    status: int = 200,
) -> Response:
    wrong = dict(mistakes or {})
    others = _others(session, person)
    is_reset = any(row.is_reset and row.email == person.email for row in queries.invitations(session, keeper.scope))
    roles = [Option(one.value, translate(one.label)) for one in keeper.roles_of(person)]
    heirs = [Option(one, name) for one, name in others] + [Option(NOBODY, translate(N_("Personne")))]
    typed = typed or {"role": [person.role]}
    past = status == CONFLICT
    mistaken = {k: v for k, v in wrong.items() if k == "role"}
    role = versioned(request, ChangeRole, typed, mistaken, {"role": roles}, version=person.role, is_past=past)
    leave = make_form(request, Leave, typed, {k: v for k, v in wrong.items() if k == "a_qui"}, {"a_qui": heirs})
    said = typed if "qualite" in wrong else {"qualite": [person.quality]}
    quality = make_form(request, ChangeQuality, said, {k: v for k, v in wrong.items() if k == "qualite"})
    return render(
        request,
        "accounts/staff_one.html",
        status=status,
        **keeper.frame,
        keeper=keeper,
        person=person,
        form=quality if "qualite" in wrong else role if "role" in wrong or not wrong else leave,
        newer=notice(role, {"role": [person.role]}) if past else None,
        role_form=role,
        leave_form=leave,
        quality_form=quality,
        held=_held(keeper, session, person),
        is_oneself=person.id == keeper.id,
        is_reset=is_reset,
        role_label=_label(person.role),
        disabled=_day(person.disabled_at) if person.disabled_at else "",
    )


def _label(role: str) -> str:
    return translate(next((one.label for one in Role if one.value == role), role))


def _day(at: datetime) -> str:
    return date_text(local_day(at, PARIS), weekday=False)
