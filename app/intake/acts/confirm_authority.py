"""« Confirmer l'ordre », « Confirmer la CPAM »: the receiver stays, a person says who the other one is, or nobody.

The service could not tell which council, or which caisse, is competent beside the one that was lawfully seised: the
complaint must be transmitted to it all the same, within eight days of the receipt (CSP R. 1110-11 al. 3).
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from app.acts.guards import is_for_caisse
from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText
from app.base.i18n import translate
from app.filing.receipt.competence import contact_of
from app.filing.sealed.receipt import Confirmed
from app.filing.status.case_status import CONFIRMED, CaseStatus
from app.intake.desk.case import DeskCase
from app.intake.desk.searched_list import SearchedList
from app.intake.fields import AuthorityChoice
from app.routing import queries as routing

NONE, OFFERED = "AUCUNE", "autorites_offertes"
"""The line of the list that says that there is no other authority; what the page knows beside its fields."""
CHOOSE = N_("Choisissez l'autre autorité, ou dites qu'il n'y en a pas.")
WHY = N_("Écrivez pourquoi il n'y a pas d'autre autorité.")
COUNCIL, CAISSE = N_("Confirmer l'ordre"), N_("Confirmer la CPAM")


def title(now: CaseStatus) -> str:
    """Return which authority is to be confirmed."""
    return CAISSE if is_for_caisse(now) else COUNCIL


class Confirmation(Answers):
    """Who the other authority is."""

    autre_autorite: Annotated[str, AuthorityChoice(label=N_("Autre autorité"), missing=CHOOSE)]
    pourquoi_aucune: Annotated[
        str,
        LongText(
            label=N_("S'il n'y a pas d'autre autorité, dites pourquoi"),
            missing=WHY,
            only_if=("autre_autorite", NONE),
            longest=500,
            rows=3,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check that it is one of those that the page offers."""
        if "autre_autorite" in found and found["autre_autorite"] not in found[OFFERED]:
            yield "autre_autorite", FieldError(CHOOSE)


class Confirm(SearchedList):
    """The likely ones first, then all that the law may mean."""

    kind, path, template, model = CONFIRMED, "confirmer-ordre", "intake/confirm.html", Confirmation
    listed, always = "autre_autorite", (NONE,)

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Return the authorities that may be chosen."""
        return {OFFERED: {option.value for option in _choices(case)}}

    def offered(self, case: DeskCase) -> Mapping[str, list[Option]]:
        """Offer them."""
        return {"autre_autorite": _choices(case)}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return the act."""
        return {"title": translate(title(case.now))}

    def content(self, case: DeskCase, said: Confirmation) -> Confirmed:
        """Seal the answer: the receiver and the date of receipt do not change."""
        other = None if said.autre_autorite == NONE else routing.authority(case.session, said.autre_autorite)
        return Confirmed(words=other.name if other else said.pourquoi_aucune, informed=contact_of(other))


def _choices(case: DeskCase) -> list[Option]:
    """Offer the likely ones first, then all that the law may mean: councils of the profession, or caisses; or none."""
    filing = case.opened.filing
    own, near = routing.authority(case.session, filing.receiver), set(filing.candidates.split())
    is_council = own is None or not own.is_ordre
    known = [
        one
        for one in routing.authorities(case.session)
        if one.is_ordre is is_council
        and not one.is_retired
        and (not is_council or not filing.profession or one.profession in {"", filing.profession})
    ]
    known.sort(key=lambda one: (one.code not in near, one.name))
    titles = {True: N_("Autorités possibles"), False: N_("Conseils des ordres") if is_council else N_("Caisses")}
    found = [Option(one.code, one.name, group=translate(titles[one.code in near])) for one in known]
    return [*found, Option(NONE, translate(N_("Il n'y a pas d'autre autorité")), group=translate(N_("Aucune")))]
