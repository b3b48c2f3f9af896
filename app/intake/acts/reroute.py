"""« Envoyer à une autre autorité »: an administration seised by mistake transmits, and tells (CRPA L. 114-2)."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.sign_in.done import JustDone, after
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.fields import Choices, FieldError, Option, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText, Radios, Tick
from app.base.i18n import translate
from app.filing.queries import OpenFiling
from app.filing.receipt.competence import contact_of
from app.filing.rules import AIGUILLAGE, days_not_asked, other_authority
from app.filing.sealed.receipt import Moved
from app.filing.sealed.recorded import received_text
from app.filing.status.case_status import MOVED
from app.intake.desk.act_page import Wrong
from app.intake.desk.case import DeskCase
from app.intake.desk.searched_list import SearchedList
from app.intake.fields import AuthorityChoice
from app.notifications.kinds import Mail
from app.procedure.days import LegalDay
from app.routing import queries as routing
from app.routing.rules.articles import to_the
from app.routing.service import remember_caisse

UNKNOWN = N_("Choisissez la nouvelle autorité.")
SAME = N_("Ce dossier est déjà à cette autorité. Choisissez-en une autre.")


class Why(Choices):
    """Why another authority is competent (CSP R. 1110-9)."""

    LIEU = "lieu_exercice", N_("Le lieu d'exercice dépend d'une autre autorité")
    PROFESSION = "profession", N_("Le professionnel exerce une autre profession")
    TABLEAU = "tableau", N_("Le professionnel est inscrit à un autre tableau")
    AUTRE = "autre", N_("Une autre raison")


class Move(Answers):
    """Where to, and why."""

    nouvelle_autorite: Annotated[
        str,
        AuthorityChoice(label=N_("Nouvelle autorité"), missing=UNKNOWN),
    ]
    raison: Annotated[Why, Radios(label=N_("Raison"), choices=Why, missing=N_("Choisissez la raison."))]
    raison_texte: Annotated[
        str,
        LongText(
            label=N_("Quelle raison ?"),
            missing=N_("Écrivez la raison."),
            only_if=("raison", "autre"),
            longest=500,
            rows=3,
        ),
    ]
    retenir: Annotated[
        bool,
        Tick(
            label=N_("Retenir cette caisse pour les prochaines plaintes de cette ville"),
            hint=N_("Seulement si vous êtes certain que toute la ville en dépend."),
            optional=False,
        ),
    ]


class MovePage(SearchedList):
    """Where to, and why; the date of receipt does not change."""

    kind, path, template, model, then = MOVED, "reorienter", "intake/move.html", Move, "intake.list"
    listed = "nouvelle_autorite"

    def offered(self, case: DeskCase) -> Mapping[str, list[Option]]:
        """Offer every authority but the present one."""
        filing = case.opened.filing
        return {"nouvelle_autorite": _choices(case.session, filing.candidates.split(), filing.receiver)}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return the town whose caisse may be kept."""
        filing = case.opened.filing
        return {"town": filing.town if filing.commune else ""}

    def do(self, case: DeskCase, said: Move) -> None:
        """Send it: the act, the rights and the mails in one transaction. Raises :class:`Wrong`."""
        new = routing.authority(case.session, said.nouvelle_autorite)
        if new is None or new.is_retired:
            raise Wrong({"nouvelle_autorite": FieldError(UNKNOWN)})
        if new.code == case.now.receiver:
            raise Wrong({"nouvelle_autorite": FieldError(SAME)})
        done = case.write(MOVED, _content(case, said, new))
        if said.retenir and case.opened.filing.commune and not new.is_ordre:
            place = routing.place(case.session, case.opened.filing.commune)
            if place and place.commune:
                remember_caisse(case.session, place.commune, new.code, case.clerk.name, case.portal.clock)
        _tell(done, case.clerk.authority, new)

    def answer(self, request: Request, case: DeskCase, said: Any) -> Response:  # noqa: ARG002
        """Go back to the list: the complaint is here no more."""
        return after(request, JustDone.COMPLAINT_MOVED, self.then)


def _content(case: DeskCase, said: Move, new: routing.AuthorityRow) -> Moved:
    return Moved(
        words=said.raison_texte or translate(said.raison.label),
        reason=said.raison.value,
        receiver=contact_of(new),
        informed=contact_of(_informed(case.session, case.opened, new)),
    )


def _informed(session: Session, opened: OpenFiling, new: routing.AuthorityRow) -> routing.AuthorityRow | None:
    """Find the other authority; none where the calendar asks for no transmission (D3)."""
    filing = opened.filing
    if LegalDay.TRANSMIT in days_not_asked(filing.outcome):
        return None
    named = tuple(dict.fromkeys((filing.receiver, filing.informed, *filing.candidates.split())))
    known = [(one.code, one.is_ordre) for one in routing.authorities(session, named)]
    code = other_authority(new.code, known, is_ordre=new.is_ordre)
    return routing.authority(session, code) if code else None


def _tell(case: DeskCase, former: str, new: routing.AuthorityRow) -> None:
    """Tell the person, the authority that holds it now and the one that held it: facts and dates, never the story."""
    left = [] if former == AIGUILLAGE else case.addresses(former)
    mails = [
        (case.email, Mail.REROUTED),
        *((to, Mail.REROUTED_TO_YOU) for to in case.addresses(new.code)),
        *((to, Mail.REROUTED_ELSEWHERE) for to in left),
    ]
    case.tell_association()
    case.tell(
        mails,
        authority=to_the(new.name),
        receiver=new.name,
        received=received_text(case.opened.payload, weekday=False, seconds=False),
        due=date_text(case.due[LegalDay.ACKNOWLEDGE]),
        contact="\n".join(filter(None, [*contact_of(new)["address"], new.phone])),
    )


def _choices(session: Session, candidates: Sequence[str], receiver: str) -> list[Option]:
    """Offer those that the law points at first, then all the others in the order of their names."""
    near = set(candidates)
    known = [one for one in routing.authorities(session) if one.code != receiver]
    first = [
        Option(one.code, one.name, group=translate(N_("Autorités possibles"))) for one in known if one.code in near
    ]
    caisses = [one for one in known if not one.is_ordre and one.code not in near]
    councils = [one for one in known if one.is_ordre and one.code not in near]
    rest = [(N_("Caisses"), caisses), (N_("Conseils des ordres"), councils)]
    return first + [
        Option(one.code, one.name, group=translate(title))
        for title, some in rest
        for one in sorted(some, key=lambda one: one.name)
    ]
