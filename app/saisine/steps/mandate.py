"""C4 and C5: the express mandate that a person gives to an association (CSP R. 1110-11, CRPA L. 114-5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.dates import Date, to_come
from app.base.forms.fields import Choices, FieldError, Typed
from app.base.forms.files import Files
from app.base.forms.form import Answers
from app.base.forms.reading_language import ReadingLanguageChoice
from app.base.forms.widgets import Checkboxes, LongText, Name, Radios, Text, Tick
from app.base.i18n import FRENCH, LANGUAGES
from app.evidence.rules import ACCEPT_PAPERS, is_id
from app.saisine.steps.facts import TODAY
from app.saisine.steps.identity import through_association

MANDATE_FILE = "mandat_fichier"
LANGUAGE = N_("Langue de la personne")
RECEIVES = N_(
    "La personne est jointe par l'association : cochez “Recevoir les courriers”, ou changez par où la joindre."
)
NOT_SIGNED_YET = N_("La date de signature n'est pas encore passée.")


class MandateMode(Choices):
    """How the person gives it."""

    PAPIER = "papier", N_("Elle signe un mandat sur papier")
    EMAIL = "email", N_("Elle confirme par e-mail")


class MandateScope(Choices):
    """What the person lets the association do."""

    SAISIR = "saisir", N_("Faire cette plainte en mon nom")
    RECEVOIR = "recevoir", N_("Recevoir les courriers")
    REPRESENTER = "representer", N_("Me représenter ou m'aider à la réunion de conciliation")


@dataclass(frozen=True, kw_only=True)
class SignedPaper(Files):
    """The signed mandate: the ids of its files, which came apart."""

    def read(self, typed: Sequence[str]) -> tuple[str, ...]:  # type: ignore[override]
        """Ask for one file at least."""
        found = tuple(value for value in typed if is_id(value))
        if not found and self.missing:
            raise FieldError(self.missing)
        return found


_ON_PAPER, _BY_MAIL = (("mandat_mode", mode.value) for mode in MandateMode)


class SignedMandate(Answers):
    """How the mandate is given, and the paper when it was signed on paper."""

    mandat_portee: Annotated[
        tuple[MandateScope, ...],
        Checkboxes(
            short=N_("Mandat"),
            label=N_("Ce que la personne autorise"),
            choices=MandateScope,
            private=True,
            missing=N_("Cochez au moins “Faire cette plainte en mon nom”."),
        ),
    ]
    mandat_mode: Annotated[
        MandateMode,
        Radios(
            short=N_("Façon de donner le mandat"),
            label=N_("Façon de donner le mandat"),
            choices=MandateMode,
            private=True,
        ),
    ]
    mandat_date: Annotated[
        date | None,
        Date(
            label=N_("Date de signature"),
            only_if=_ON_PAPER,
            missing=N_("Écrivez la date de signature."),
            private=True,
        ),
    ]
    mandat_autre_nom: Annotated[
        str,
        Name(
            label=N_("Nom écrit sur le mandat, s'il est différent"),
            hint=N_("Par exemple un nom d'usage. Rien si c'est le même nom que dans la plainte."),
            only_if=_ON_PAPER,
            longest=200,
            autocomplete="off",
            spellcheck=False,
            private=True,
        ),
    ]
    mandat_fichier: Annotated[
        tuple[str, ...],
        SignedPaper(
            label=N_("Le mandat signé"),
            hint=N_("Une photo ou un PDF. 15 Mo par fichier."),
            accept=ACCEPT_PAPERS,
            only_if=_ON_PAPER,
            private=True,
            missing=N_("Ajoutez le mandat signé."),
        ),
    ]
    mandat_langue: Annotated[
        str,
        ReadingLanguageChoice(
            label=LANGUAGE,
            hint=N_("L'e-mail est écrit dans cette langue, puis en français. Sans choix : en français seulement."),
            only_if=_BY_MAIL,
            private=True,
            silent=True,
        ),
    ]
    envoi_auto: Annotated[
        bool,
        Tick(
            short=N_("Envoi dès que la personne confirme"),
            label=N_("Envoyer la plainte dès que la personne confirme"),
            hint=N_("Vous déclarez tout à la dernière page, quand vous demandez le mandat."),
            only_if=_BY_MAIL,
            optional=True,
            private=True,
        ),
    ]

    @classmethod
    def settle(cls, typed: Typed) -> Typed:
        """Read a draft of before there was a choice: its mandate is on paper."""
        return typed if any(typed.get("mandat_mode", ())) else {**typed, "mandat_mode": [MandateMode.PAPIER]}

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Ask for the mandate to file, for an address to confirm from, and for a day that is not to come."""
        scope = found.get("mandat_portee")
        if scope and MandateScope.SAISIR not in scope:
            yield "mandat_portee", FieldError(N_("Cochez au moins “Faire cette plainte en mon nom”."))
        elif scope and MandateScope.RECEVOIR not in scope and through_association(found):
            yield "mandat_portee", FieldError(RECEIVES)
        if found.get("mandat_mode") == MandateMode.EMAIL and not found.get("email"):
            yield "mandat_mode", FieldError(N_("Écrivez l'adresse e-mail de la personne."))
        if mistake := to_come(found.get("mandat_date"), found.get(TODAY), NOT_SIGNED_YET):
            yield "mandat_date", mistake


def language_of(typed: Typed) -> str:
    """Return the code of the language in which the person is asked; French when none is chosen, or released no more."""
    code = ("", *typed.get("mandat_langue", ()))[-1].strip()
    return code if code in LANGUAGES else FRENCH


class MandateAnswer(Choices):
    """What the person says of the mandate that she is asked for."""

    OUI = "oui", N_("Oui, je donne mandat")
    NON = "non", N_("Non")
    CORRIGER = "corriger", N_("Il y a une erreur")


class MandateReply(Answers):
    """C5: the answer of the person, once she could read the complaint."""

    mandat_reponse: Annotated[
        MandateAnswer,
        Radios(label=N_("Votre réponse"), choices=MandateAnswer, missing=N_("Choisissez une réponse.")),
    ]
    mandat_accord: Annotated[
        bool,
        Tick(
            label=N_("J'ai lu la plainte."),
            only_if=("mandat_reponse", MandateAnswer.OUI.value),
            missing=N_("Cochez cette case après avoir lu la plainte."),
        ),
    ]
    mandat_remarque: Annotated[
        str,
        LongText(
            label=N_("Que faut-il corriger ?"),
            longest=1000,
            only_if=("mandat_reponse", MandateAnswer.CORRIGER.value),
            missing=N_("Écrivez ce qu'il faut corriger."),
        ),
    ]


class MandateCode(Answers):
    """C5: the code that the association told the person by voice."""

    mandat_code: Annotated[
        str,
        Text(
            label=N_("Code à six chiffres"),
            hint=N_("L'association vous l'a dit de vive voix."),
            missing=N_("Écrivez les six chiffres."),
            longest=20,
            inputmode="numeric",
            autocomplete="off",
            spellcheck=False,
        ),
    ]
