"""H3, what is asked of a summons that leaves: the way, then what this way needs."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.dates import Date, Day
from app.base.forms.fields import Choices, FieldError
from app.base.forms.form import Answers
from app.base.forms.widgets import Email, Radios, Text, Tick
from app.intake.desk.act_dates import order_checks


class SummonsMethod(Choices):
    """How a summons leaves: each way proves the day of its reception."""

    RECOMMANDE = "courrier_recommande", N_("Lettre recommandée avec avis de réception")
    REMISE = "remise", N_("Remise en main propre contre signature")
    ELECTRONIQUE = "recommande_electronique", N_("Lettre recommandée électronique")
    PAR_LE_SERVICE = "par_le_service", N_("Lettre recommandée électronique, envoyée par ce service")
    """Asked, never kept: it is noted as electronic, once the provider proves its deposit."""


NOTED = (SummonsMethod.RECOMMANDE, SummonsMethod.REMISE, SummonsMethod.ELECTRONIQUE)
_BY_SERVICE = ("mode", SummonsMethod.PAR_LE_SERVICE.value)
_CHOOSE = N_("Choisissez comment elle part.")
_NO_DAY = N_("Écrivez la date d'envoi.")


class SummonsSent(Answers):
    """A summons that left."""

    mode: Annotated[
        SummonsMethod,
        Radios(label=N_("Comment est-elle partie ?"), choices=SummonsMethod, only=NOTED, missing=_CHOOSE),
    ]
    envoyee_le: Annotated[Day, Date(label=N_("Envoyée le"), missing=_NO_DAY)]
    reference_envoi: Annotated[str, Text(label=N_("Référence de l'envoi"), longest=100)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day: since the meeting was fixed, not to come."""
        yield from order_checks(found, "envoyee_le")


class SummonsToProfessional(Answers):
    """A summons that left, or that the provider of the operator is to send; a professional needs not consent."""

    mode: Annotated[SummonsMethod, Radios(label=N_("Comment part-elle ?"), choices=SummonsMethod, missing=_CHOOSE)]
    courriel_lre: Annotated[
        str,
        Email(
            label=N_("Adresse e-mail du destinataire"),
            missing=N_("Écrivez l'adresse e-mail du destinataire."),
            only_if=_BY_SERVICE,
            autocomplete="off",
        ),
    ]
    envoyee_le: Annotated[Day, Date(label=N_("Envoyée le, si elle est déjà partie"), optional=True)]
    reference_envoi: Annotated[str, Text(label=N_("Référence de l'envoi"), longest=100)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day of what left already: since the meeting was fixed, not to come."""
        if found.get("mode") in NOTED:
            if not found.get("envoyee_le"):
                yield "envoyee_le", FieldError(_NO_DAY)
            yield from order_checks(found, "envoyee_le")


class SummonsToPerson(SummonsToProfessional):
    """The same to the person, who must have consented to electronic registered letters (CPCE L. 100)."""

    accord_lre: Annotated[
        bool,
        Tick(
            label=N_("La personne a accepté de recevoir des recommandés électroniques."),
            missing=N_("Sans son accord, choisissez un autre envoi (CPCE L. 100)."),
            only_if=_BY_SERVICE,
        ),
    ]


SummonsSending = SummonsSent | SummonsToProfessional
