"""What is asked of a complaint that came on paper: its scan, its receipt, and as much of the law's content as it says.

The fields are those of the short form (CSP R. 1110-11, first paragraph): what differs is that a clerk reads them from
a paper, which is the complaint. None of them is compulsory: what lacks is asked of the person later (CRPA L. 114-5).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any

from pydantic import create_model

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import NOT_YET, Date, Day, to_come
from app.base.forms.fields import FieldError, Option, Typed, Widget
from app.base.forms.files import Files
from app.base.forms.form import Answers, widgets
from app.base.forms.hours import Hour
from app.base.forms.widgets import Checkboxes, LongText, Radios, Text
from app.evidence import rules as limits
from app.filing.sealed.recorded import ReceivedBy, WrittenBy
from app.filing.web.uploads import PAPERS
from app.intake.desk.act_dates import TODAY
from app.procedure.law import OPENING
from app.saisine.short_form import ShortForm
from app.saisine.steps.identity import postal_code_checks, ticked_by_filling

NOW = "maintenant"
"""The hour that it is at the authority, ``HH:MM``, among what the checks know."""
NO_SCAN = N_("Ajoutez le scan de la plainte.")
TOO_EARLY = N_("Cette procédure existe depuis le {day}. Vérifiez l'année.")
ASKED = (
    *("nom", "prenom", "moyens", "email", "adresse_chez", "adresse_rue", "adresse_complement", "adresse_code_postal"),
    *("adresse_ville", "adresse_pays", "telephone", "profession", "pharmacie_type", "pharmacie_titulaire"),
    *("profession_autre", "profession_autre_texte", "pro_nom", "pro_lieu", "pro_commune", "commune_insee", "recit"),
)
"""The fields of the short form that a clerk fills as far as the paper says."""


class PaperReceipt(Answers):
    """The scan, and the receipt as the authority declares it."""

    fichiers: Annotated[
        tuple[()],
        Files(
            label=N_("Scan de la plainte"),
            hint=N_("Toutes les pages, avec l'enveloppe : des PDF ou des photos. 15 Mo par fichier."),
            accept=limits.ACCEPT_PAPERS,
            optional=False,
        ),
    ]
    recu_par: Annotated[
        ReceivedBy,
        Radios(
            label=N_("Comment la plainte est-elle arrivée ?"),
            choices=ReceivedBy,
            missing=N_("Dites comment la plainte est arrivée."),
            silent=True,
        ),
    ]
    recu_le: Annotated[
        Day,
        Date(
            label=N_("Reçue le"),
            example=N_(
                "Jour de l'avis de réception ou de votre tampon : les délais en partent. Par exemple : 27 2 2026"
            ),
            missing=N_("Écrivez le jour de la réception."),
            silent=True,
        ),
    ]
    ecrite_par: Annotated[
        WrittenBy | str,
        Radios(
            short=N_("Écrite par"),
            label=N_("Qui a écrit la plainte ?"),
            choices=WrittenBy,
            optional=False,
            private=True,
        ),
    ]
    ecrite_par_nom: Annotated[
        str,
        Text(
            short=N_("Écrite par"),
            label=N_("Nom de qui a écrit, ou de l'association, et son adresse"),
            longest=300,
            optional=False,
            private=True,
            only_if=("ecrite_par", tuple(one.value for one in WrittenBy if one is not WrittenBy.PERSON)),
        ),
    ]
    recu_heure: Annotated[
        str, Hour(label=N_("Heure de réception"), hint=N_("Si vous la connaissez. Par exemple 14 h 30"), silent=True)
    ]

    @classmethod
    def settle(cls, typed: Typed) -> Typed:
        """Count a filled field as its ticked box."""
        return ticked_by_filling(typed)

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask for the scan; refuse a receipt to come, or from before the procedure."""
        if not found.get(PAPERS):
            yield "fichiers", FieldError(NO_SCAN)
        day, hour = found.get("recu_le"), found.get("recu_heure") or ""
        if mistake := to_come(day, found[TODAY]):
            yield "recu_le", mistake
        elif day and day < OPENING:
            yield "recu_le", FieldError(TOO_EARLY, day=date_text(OPENING, weekday=False))
        elif day == found[TODAY] and hour > found[NOW]:
            yield "recu_heure", FieldError(NOT_YET)
        yield from postal_code_checks(found)


@dataclass(frozen=True, kw_only=True)
class _BareChoices(Checkboxes):
    """Answers without what they promise to whoever fills the form online."""

    def options(self) -> tuple[Option, ...]:
        """List the answers with their labels alone."""
        return tuple(replace(one, hint=None) for one in super().options())


def _from_paper(widget: Widget) -> Widget:
    """Ask the same of a clerk: in the third person, nothing of it compulsory, and without the clerk's own details."""
    asked: dict[str, Any] = {
        "label": getattr(widget.label, "of_helped", widget.label),
        "missing": None,
        "optional": False,
    }
    if widget.autocomplete:
        asked["autocomplete"] = "off"
    if isinstance(widget, LongText):
        return replace(widget, **asked | {"label": N_("Récit"), "hint": N_("Le scan est la plainte."), "shortest": 0})
    if isinstance(widget, Checkboxes):
        kept = {one.name: getattr(widget, one.name) for one in fields(widget)}
        return _BareChoices(**kept | asked | {"hint": None})
    if widget is widgets(ShortForm)["nom"]:
        asked["hint"] = None
    return replace(widget, **asked)


def _field(name: str) -> Any:
    kind: Any = ShortForm.model_fields[name].annotation
    return Annotated[kind | str, _from_paper(widgets(ShortForm)[name])]


_FIELDS: dict[str, Any] = {name: (_field(name), ...) for name in ASKED}
PaperForm = create_model("PaperForm", __base__=PaperReceipt, __module__=__name__, **_FIELDS)
"""The receipt, then the fields of the short form."""
