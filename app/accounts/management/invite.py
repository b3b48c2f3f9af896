"""Inviting someone by e-mail: sending, sending again, cancelling."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import queries, service
from app.accounts.fields import Listed
from app.accounts.management.keeper import Keeper, KeeperOf
from app.accounts.rules import INVITATION_LASTS, Role, belongs
from app.accounts.service import EmailTaken, Exceptional, Membership
from app.accounts.sign_in.done import JustDone, after
from app.base.dates import date_text, local_day
from app.base.errors import N_, NotFound
from app.base.forms.fields import Choices, FieldError, Option, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.searched_options import SEARCH, searched
from app.base.forms.widgets import Email, LongText, Radios
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.secrets import fingerprint
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf
from app.notifications import service as notifications
from app.notifications.kinds import Mail
from app.notifications.service import Message
from app.routing import queries as routing

NOT_YOURS = N_(
    "Ce service a une personne responsable, qui invite elle-même. Pour un accès exceptionnel, écrivez pourquoi."
)
HOW_LONG = N_("Choisissez la durée de l'accès exceptionnel.")
NO_PLACE = N_("Choisissez l'autorité ou l'association de cette personne, selon son rôle.")
WhoEmail = Annotated[
    str,
    Email(
        label=N_("Adresse e-mail"),
        hint=N_("Celle de son travail. Elle y reçoit un lien, valable sept jours."),
        missing=N_("Écrivez l'adresse e-mail de la personne à inviter."),
        autocomplete="off",
    ),
]
WhichRole = Annotated[Role, Radios(label=N_("Rôle"), choices=Role, missing=N_("Choisissez un rôle."))]


class Invite(Answers):
    """Whom, to do what."""

    email: WhoEmail
    role: WhichRole


class Lasting(Choices):
    """How long an exceptional access lasts."""

    JOUR = "1", N_("Un jour")
    SEMAINE = "7", N_("Sept jours")
    MOIS = "30", N_("Trente jours")


class InviteAnywhere(Answers):
    """Whom, to do what, and where; where somebody invites already, why an exception is made, and until when."""

    email: WhoEmail
    role: WhichRole
    lieu: Annotated[
        str, Listed(label=N_("Pour quel service ?"), hint=N_("Laissez vide pour une personne qui gère le site."))
    ]
    exception_raison: Annotated[
        str,
        LongText(
            label=N_("Accès exceptionnel : pourquoi ?"),
            hint=N_(
                "Seulement pour un service qui a une personne responsable, et si elle ne peut pas inviter elle-même. "
                "Elle reçoit cette raison par e-mail : n'écrivez rien d'une plainte."
            ),
            longest=300,
            rows=2,
        ),
    ]
    exception_duree: Annotated[
        Lasting | str, Radios(label=N_("Accès exceptionnel : pendant combien de temps ?"), choices=Lasting)
    ]


def ask(request: Request, session: ReadOf, keeper: KeeperOf) -> Response:
    """Ask whom to invite."""
    return _page(request, session, keeper, {})


def send(request: Request, session: ReadOf, portal: PortalOf, keeper: KeeperOf, form: FormOf) -> Response:
    """Send an invitation."""
    read = parse(_form(keeper), form.typed)
    if read.values is None:
        return _page(request, session, keeper, form.typed, read.errors, 422)
    role, typed = read.values.role, getattr(read.values, "lieu", "")
    place = _place(session, keeper, role, typed)
    if role not in keeper.roles:
        return _page(request, session, keeper, form.typed, {"role": FieldError(N_("Choisissez un rôle."))}, 422)
    if place is None:
        return _page(request, session, keeper, form.typed, {"lieu": FieldError(NO_PLACE)}, 422)
    answering = queries.answering_for(session, place.authority, place.association) if keeper.is_admin else []
    if answering and (errors := _unreasoned(read.values)):
        return _page(request, session, keeper, form.typed, errors, 422)
    exceptional = _exceptional(read.values, portal.clock()) if answering else None
    session.close()
    try:
        with portal.database.write() as writing:
            token = service.invite(
                writing, portal.keyring, read.values.email, place, keeper.id, portal.clock, exceptional
            )
            if token:
                tell(writing, portal, read.values.email, Mail.INVITATION, token)
                if keeper.is_admin:
                    _tell_place(writing, portal, place, answering, exceptional, token)
                kind = "acces_exceptionnel" if exceptional else "compte_invite"
                keeper.note(writing, kind, place, portal.clock())
    except EmailTaken as taken:
        return _page(request, session, keeper, form.typed, {"email": FieldError(taken.says)}, 422)
    return after(request, JustDone.INVITED if token else JustDone.INVITED_TWICE, keeper.base)


def change(request: Request, portal: PortalOf, keeper: KeeperOf, invitation: str, form: FormOf) -> Response:
    """Send an invitation again, or cancel it. Raises :class:`NotFound` for one of another place."""
    with portal.database.write() as session:
        waiting = {row.id: row for row in queries.invitations(session, keeper.scope)}
        row = waiting.get(invitation)
        if row is None:
            raise NotFound
        if form.get("action") == "annuler":
            service.revoke(session, row.id)
            done = JustDone.INVITATION_CANCELLED
        elif token := service.renew(session, row.id, portal.clock):
            tell(session, portal, row.email, Mail.NEW_FACTORS if row.is_reset else Mail.INVITATION, token)
            done = JustDone.RESET if row.is_reset else JustDone.INVITED
        else:
            done = JustDone.RESET_TWICE if row.is_reset else JustDone.INVITED_TWICE
    return after(request, done, keeper.base)


def tell(session: Session, portal: Portal, to: str, kind: Mail, token: str) -> None:
    """Send the link; the mail says nothing of anybody."""
    words = {"link": f"{portal.settings.address}/invitation/{token}", "days": str(INVITATION_LASTS.days)}
    mail = Message(to, kind, fingerprint(token)[:16], words)
    notifications.queue(session, portal.keyring, [mail], portal.clock)


def _unreasoned(said: Answers) -> dict[str, FieldError]:
    """Ask why and until when an administrator invites where somebody answers for the accounts."""
    wanted = {"exception_raison": NOT_YOURS, "exception_duree": HOW_LONG}
    return {name: FieldError(says) for name, says in wanted.items() if not getattr(said, name)}


def _exceptional(said: Answers, now: datetime) -> Exceptional:
    values = said.model_dump()
    return Exceptional(values["exception_raison"], now + timedelta(days=int(values["exception_duree"])))


def _tell_place(
    session: Session,
    portal: Portal,
    place: Membership,
    answering: list[str],
    exceptional: Exceptional | None,
    token: str,
) -> None:
    """Tell those who answer for a place, else its known address, that an administrator lets somebody in."""
    known = routing.authority(session, place.authority) if place.authority else None
    to = answering or ([known.email] if known and known.email else [])
    day = date_text(local_day(exceptional.ends_at)) if exceptional else ""
    words = {
        "role": translate(Role(place.role).label),  # type: ignore[call-arg]
        "day": day,
        "reason": exceptional.reason if exceptional else "",
        "address": portal.settings.address,
    }
    mails = [Message(one, Mail.ACCESS_GIVEN, fingerprint(token)[:16], words) for one in to]
    notifications.queue(session, portal.keyring, mails, portal.clock)


def _form(keeper: Keeper) -> type[Invite] | type[InviteAnywhere]:
    return InviteAnywhere if keeper.is_admin else Invite


def _place(session: Session, keeper: Keeper, role: Role, typed: str) -> Membership | None:
    """Return the place of the invitation, or nothing when it does not fit the role."""
    authority, association = keeper.authority, keeper.association
    if keeper.is_admin:
        offered = {option.value for option in _places(keeper, session)} | {""}
        if typed not in offered:
            return None
        kind, _, code = typed.partition(":")
        authority, association = (code, "") if kind != "association" else ("", code)
    return Membership(role.value, authority, association) if belongs(role, authority, association) else None


def _places(keeper: Keeper, session: Session) -> list[Option]:
    return list(keeper.places(session)) if keeper.places else []


def _page(
    request: Request,
    session: Session,
    keeper: Keeper,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    status: int = 200,
) -> Response:
    offered = {"role": [Option(one.value, translate(one.label), _hint(one)) for one in keeper.roles]}
    search = searched(_places(keeper, session), request.query_params.get(SEARCH, "")) if keeper.is_admin else None
    offered |= {"lieu": list(search.options)} if search else {}
    form = make_form(request, _form(keeper), typed, mistakes, offered)
    return render(
        request, "accounts/invite.html", status=status, **keeper.frame, form=form, keeper=keeper, search=search
    )


def _hint(role: Role) -> str | None:
    return translate(role.hint) if role.hint else None
