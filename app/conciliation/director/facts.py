"""The facts notified to the professional, with the letter that says them (CSS R. 147-2 I, R. 147-14)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from app.acts.order import First
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, Day, typed_day
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import Amount, Checkboxes, LongText, Radios, Text
from app.base.i18n import translate
from app.conciliation.director.accusation import Accusation, notification
from app.conciliation.director.ceilings import PenaltyFor, highest
from app.conciliation.director.letter_fields import (
    HERE,
    Address,
    Quality,
    Signatory,
    WrittenHere,
    typed_envelope,
)
from app.conciliation.director.paper import DirectorEnvelope, sealed
from app.conciliation.director.rules import DISPLAY, PUBLICATION, Known, Proof, Sanction, mistakes
from app.conciliation.director.writing import WritingPage
from app.conciliation.fields import Months
from app.filing.sealed.director import FactsNotified, SentLetter
from app.filing.status.director import FACTS
from app.intake.desk.act_dates import AFTER, order_checks
from app.intake.desk.case import DeskCase
from app.intake.letters.frame import LetterText

SENT = N_("Cette date est avant l'envoi, le {day}.")
WORDS = N_("{way} : envoyés le {day}")
BESIDE = N_("Ce pouvoir n'attend pas la fin de la conciliation.")
COUNT = N_("Écrivez le nombre de dépassements reprochés, en chiffres.")
FEES = ("penalite_pour", PenaltyFor.HONORAIRES.value)
CAME = N_("{way} : envoyés le {day}, reçus le {came}")


class Notification(Answers):
    """How and when the facts left, and when the professional had them."""

    mode_griefs: Annotated[
        Proof,
        Radios(label=N_("Comment les griefs sont-ils notifiés ?"), choices=Proof, missing=N_("Choisissez un moyen.")),
    ]
    reference_griefs: Annotated[
        str, Text(label=N_("Référence de l'envoi"), hint=N_("Par exemple le numéro du courrier suivi."), longest=100)
    ]
    griefs_le: Annotated[date, Date(label=N_("Envoyés ou remis le"), missing=N_("Écrivez la date d'envoi."))]
    griefs_recus: Annotated[
        Known,
        Radios(
            label=N_("Le professionnel les a-t-il reçus ?"),
            hint=N_("Son mois pour répondre part de ce jour. Sans preuve, revenez ici quand vous l'aurez."),
            choices=Known,
            missing=N_("Dites si le professionnel a reçu la notification."),
        ),
    ]
    griefs_recus_le: Annotated[
        Day,
        Date(label=N_("Reçus le"), missing=N_("Écrivez la date de réception."), only_if=("griefs_recus", "oui")),
    ]

    lettre_ici: WrittenHere
    adresse_professionnel: Address
    faits: Annotated[
        str,
        LongText(
            label=N_("Faits reprochés"),
            hint=N_("Dates, lieu, paroles ou actes. Sans nom ni détail médical d'une autre personne."),
            missing=N_("Écrivez les faits reprochés."),
            longest=4000,
            rows=8,
            only_if=HERE,
        ),
    ]
    penalite_pour: Annotated[
        PenaltyFor | str,
        Radios(
            label=N_("Que reproche le directeur ?"),
            choices=PenaltyFor,
            missing=N_("Dites ce que le directeur reproche."),
            only_if=HERE,
        ),
    ]
    depassements_nombre: Annotated[
        str,
        Text(
            label=N_("Nombre de dépassements reprochés"),
            inputmode="numeric",
            width=5,
            longest=6,
            missing=COUNT,
            only_if=FEES,
        ),
    ]
    depassements: Annotated[
        str,
        Amount(
            label=N_("Montant des dépassements reprochés, en euros"),
            missing=N_("Écrivez le montant des dépassements reprochés."),
            only_if=FEES,
        ),
    ]
    plafond: Annotated[
        str,
        Amount(
            label=N_("Plafond de cette pénalité, en euros"),
            hint=N_(
                "Le service le connaît en général : laissez vide. Sinon, écrivez deux fois le plafond mensuel de "
                "la sécurité sociale de l'année."
            ),
            optional=True,
            only_if=("penalite_pour", "discrimination"),
        ),
    ]
    sanctions: Annotated[
        tuple[Sanction, ...],
        Checkboxes(
            label=N_("Sanctions envisagées"),
            choices=Sanction,
            missing=N_("Choisissez au moins une sanction."),
            only_if=HERE,
        ),
    ]
    mois_affichage: Annotated[
        int | None,
        Months(
            label=N_("Affichage envisagé, en mois"),
            hint=N_("De un à trois mois (CSS R. 147-16)."),
            least=DISPLAY.least,
            most=DISPLAY.most,
            only_if=("sanctions", "affichage"),
        ),
    ]
    publication: Annotated[
        str,
        LongText(
            label=N_("Publication envisagée en cas de récidive, et comment"),
            hint=N_("Si le directeur ne l'envisage pas, laissez vide : il ne peut ensuite la décider (CSS R. 147-14)."),
            longest=500,
            rows=2,
            optional=True,
            only_if=HERE,
        ),
    ]
    signataire: Signatory
    signataire_qualite: Quality

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the days, past and in their order, and what the letter says."""
        yield from order_checks(found, "griefs_le")
        if on := found.get("griefs_le"):
            yield from order_checks({**found, AFTER: First(on, SENT)}, "griefs_recus_le")
        yield from mistakes(found.get("sanctions", ()), _as_of_now(found)).items()
        count = found.get("depassements_nombre")
        if count and not (count.isdecimal() and int(count)):
            yield "depassements_nombre", FieldError(COUNT)


def _as_of_now(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take the ceiling of the day of the notification: that of the decision is not known yet."""
    return {**found, "decision_directeur_le": found.get("griefs_le")}


class FactsPage(WritingPage):
    """The notification, done again to say when it came; the person does not read of it."""

    kind, path, model, then = FACTS, "directeur/griefs", Notification, "conciliation.home"
    button = N_("Enregistrer la notification")
    lede = N_(
        "Le directeur de la caisse écrit au professionnel les faits reprochés et la sanction encourue. La date de "
        "réception doit être prouvée. Le professionnel a un mois à compter de cette date pour être entendu ou "
        "écrire ses observations (CSS L. 162-1-14-1, R. 147-2 I)."
    )

    def introduction(self, case: DeskCase) -> str:
        """Say that nothing waits for the meeting, where there is one."""
        said = super().introduction(case)
        return said if case.now.is_without_meeting else f"{said} {translate(BESIDE)}"

    def first(self, case: DeskCase) -> Typed:
        """Propose today, or what was said already."""
        known = case.now.director.facts
        if known is None:
            return {**typed_day("griefs_le", case.today), **typed_envelope(case)}
        kept = {"mode_griefs": [known.mode], "reference_griefs": [known.reference], "griefs_recus": ["oui"]}
        days = {**typed_day("griefs_le", known.on), **typed_day("griefs_recus_le", known.came_on or case.today)}
        return {**kept, **days, **typed_envelope(case, known.letter.to if known.letter else ())}

    def letter(self, case: DeskCase, said: Notification) -> LetterText:
        """Write it to the professional."""
        envelope = DirectorEnvelope(said.adresse_professionnel, said.signataire, said.signataire_qualite)
        assert isinstance(said.penalite_pour, PenaltyFor)  # noqa: S101 - asked of every letter
        accusation = Accusation(
            on=said.griefs_le,
            facts=said.faits,
            breach=said.penalite_pour,
            sanctions=said.sanctions,
            ceiling=highest(_as_of_now(dict(said))),
            count=said.depassements_nombre,
            excess=said.depassements,
            display_months=said.mois_affichage,
            publication=said.publication,
        )
        return notification(case, envelope, accusation)

    def _letter(self, case: DeskCase, said: Notification) -> SentLetter | None:
        """Keep the letter of that day when its reception alone is said."""
        if said.lettre_ici:
            return sealed(self.letter(case, said))
        known = case.now.director.facts
        return known.letter if known and known.on == said.griefs_le else None

    def _announced(self, case: DeskCase, said: Notification) -> Sequence[str] | None:
        """Keep what the letter announces, as the letter itself is kept."""
        if said.lettre_ici:
            return [*(one.value for one in said.sanctions), *([PUBLICATION] if said.publication else [])]
        known = case.now.director.facts
        return known.announced if known and known.on == said.griefs_le else None

    def content(self, case: DeskCase, said: Notification) -> FactsNotified:
        """Keep how it left, when it came, and the letter when it was written here."""
        on, came = said.griefs_le, said.griefs_recus_le
        told = {
            "way": translate(said.mode_griefs.label),
            "day": date_text(on, weekday=False),
            "came": date_text(came, weekday=False) if came else "",
        }
        return FactsNotified(
            on=on,
            mode=said.mode_griefs.value,
            reference=said.reference_griefs,
            came_on=came or "",
            letter=self._letter(case, said),
            announced=self._announced(case, said),
            words=translate(CAME if came else WORDS).format(**told),
        )
