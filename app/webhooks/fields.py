"""What the pages of « Prévenir votre logiciel » ask."""

from datetime import date
from typing import Annotated

from app.base.errors import N_
from app.base.forms.dates import Date
from app.base.forms.form import Answers
from app.base.forms.widgets import Checkboxes, Text
from app.webhooks import target
from app.webhooks.events import WebhookEvent

EventsField = Annotated[
    tuple[WebhookEvent, ...],
    Checkboxes(
        label=N_("Que faut-il dire à votre logiciel ?"),
        choices=WebhookEvent,
        missing=N_("Choisissez au moins une chose à dire."),
    ),
]


class NewAddress(Answers):
    """Where, and what."""

    adresse: Annotated[
        str,
        Text(
            label=N_("Adresse de votre logiciel"),
            hint=N_("Elle commence par https://. La personne qui s'occupe de votre logiciel la connaît."),
            missing=N_("Écrivez l'adresse de votre logiciel."),
            longest=target.LONGEST,
            type="url",
            autocomplete="off",
            spellcheck=False,
        ),
    ]
    evenements: EventsField


class OtherEvents(Answers):
    """What an address is told."""

    evenements: EventsField


class Since(Answers):
    """Since when everything is sent again."""

    depuis: Annotated[date, Date(label=N_("Depuis quelle date ?"), missing=N_("Écrivez une date."))]
