"""What becomes of a sanction: its copy to the council, its remedy, the day it is final (CSS R. 147-16, R. 147-17)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from app.acts.order import First
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, Day, typed_day
from app.base.forms.fields import Choices, FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import Radios
from app.base.i18n import translate
from app.conciliation.director.rules import Known
from app.filing.sealed.director import SanctionFollowed
from app.filing.status.director import FOLLOWED
from app.intake.desk.act_dates import AFTER, order_checks
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase

REPEAT = "recidive_connue"
"""Whether the sanction was pronounced after an earlier one, as the check of the form knows it."""
LODGED = N_("Cette date est avant le recours, le {day}.")
ENDED = N_("Cette date est avant le jour où la sanction est devenue définitive, le {day}.")
NOT_IN_REPEAT = N_("Une sanction ne se publie qu'en récidive, une fois les recours épuisés (CSS R. 147-16).")


class CouncilCopy(Choices):
    """Whether the council has its copy (CSS R. 147-17)."""

    OUI = "oui", N_("Oui")
    NON = "non", N_("Pas encore")
    SANS_ORDRE = "sans_ordre", N_("Cette profession n'a pas d'ordre")


class Appeal(Choices):
    """Whether the professional contested the sanction."""

    AUCUN = "aucun", N_("Aucun recours connu")
    FORME = "forme", N_("Un recours est formé")


class Follow(Answers):
    """What is known today."""

    copie: Annotated[
        CouncilCopy,
        Radios(
            label=N_("L'ordre a-t-il reçu copie ?"), choices=CouncilCopy, missing=N_("Dites si l'ordre a reçu copie.")
        ),
    ]
    copie_le: Annotated[
        Day, Date(label=N_("Copie envoyée le"), missing=N_("Écrivez la date de la copie."), only_if=("copie", "oui"))
    ]
    recours: Annotated[
        Appeal,
        Radios(label=N_("Le professionnel conteste-t-il ?"), choices=Appeal, missing=N_("Dites s'il y a un recours.")),
    ]
    recours_le: Annotated[
        Day, Date(label=N_("Recours formé le"), missing=N_("Écrivez la date du recours."), only_if=("recours", "forme"))
    ]
    definitive: Annotated[
        Known,
        Radios(
            label=N_("La sanction est-elle définitive ?"),
            hint=N_("Les six ans de la récidive se comptent d'une sanction définitive (CSP R. 1110-14)."),
            choices=Known,
            missing=N_("Dites si la sanction est définitive."),
        ),
    ]
    definitive_le: Annotated[
        Day,
        Date(
            label=N_("Définitive depuis le"),
            missing=N_("Écrivez depuis quand la sanction est définitive."),
            only_if=("definitive", "oui"),
        ),
    ]
    publiee: Annotated[
        Known | str,
        Radios(
            label=N_("La sanction est-elle publiée ?"),
            choices=Known,
            missing=N_("Dites si la sanction est publiée."),
            only_if=("definitive", "oui"),
        ),
    ]
    publiee_le: Annotated[
        Day, Date(label=N_("Publiée le"), missing=N_("Écrivez la date de publication."), only_if=("publiee", "oui"))
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the days, in their order, and that only a repeat is published (CSS R. 147-16)."""
        for name in ("copie_le", "recours_le"):
            yield from order_checks(found, name)
        lodged, final = found.get("recours_le"), found.get("definitive_le")
        yield from order_checks({**found, AFTER: First(lodged, LODGED)} if lodged else found, "definitive_le")
        yield from order_checks({**found, AFTER: First(final, ENDED)} if final else found, "publiee_le")
        if found.get("publiee") is Known.OUI and not found[REPEAT]:
            yield "publiee", FieldError(NOT_IN_REPEAT)


class FollowPage(ActPage):
    """Said again each time that something is known; the last one counts. The person does not read of it."""

    kind, path, model, then = FOLLOWED, "directeur/suites", Follow, "conciliation.home"
    button = N_("Enregistrer les suites")
    lede = N_("Dites tout ce que vous savez aujourd'hui : ce que vous enregistrez remplace ce qui était noté.")

    def first(self, case: DeskCase) -> Typed:
        """Propose what was said the last time: it would be lost otherwise."""
        said = case.now.director.followed
        return _typed(said) if said else {}

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Know whether the sanction is a repeat."""
        ended = case.now.director.conclusion
        return {**super().known(case), REPEAT: bool(ended and ended.sealed.is_repeat)}

    def content(self, case: DeskCase, said: Follow) -> SanctionFollowed:  # noqa: ARG002
        """Keep each day that is known."""
        words = " ; ".join(_words(said))
        return SanctionFollowed(
            told_on=said.copie_le or "",
            appeal=said.recours.value,
            appealed_on=said.recours_le or "",
            final_on=said.definitive_le or "",
            published_on=said.publiee_le or "",
            words=f"{words[:1].upper()}{words[1:]}",
        )


def _typed(said: SanctionFollowed) -> Typed:
    """Fill the form with what is known; only what is certain is ticked where nothing was noted."""
    days = {
        "copie_le": said.told_on,
        "recours_le": said.appealed_on,
        "definitive_le": said.final_on,
        "publiee_le": said.published_on,
    }
    ticked = {"recours": said.appeal}
    ticked |= {name.removesuffix("_le"): Known.OUI.value for name, on in days.items() if on and name != "recours_le"}
    typed: dict[str, Sequence[str]] = {name: [value] for name, value in ticked.items()}
    for name, on in days.items():
        typed.update(typed_day(name, on) if on else {})
    return typed


def _words(said: Follow) -> Iterator[str]:
    """Say each day that is known."""
    days: tuple[tuple[str, date | None], ...] = (
        (N_("copie à l'ordre le {day}"), said.copie_le),
        (N_("recours formé le {day}"), said.recours_le),
        (N_("définitive depuis le {day}"), said.definitive_le),
        (N_("publiée le {day}"), said.publiee_le),
    )
    yield from (translate(words).format(day=date_text(on, weekday=False)) for words, on in days if on)
