"""The end of an association's mandate: by the person, by a paper that an authority registers, by the association."""

from collections.abc import Mapping

from app.acts import guards
from app.acts.rules import By, Kind
from app.base.errors import N_
from app.filing.status.mandate import MANDATE_GIVEN_UP, MANDATE_REVOKED, MANDATE_REVOKED_ON_PAPER
from app.webhooks.events import WebhookEvent

AT_ANY_TIME = "A mandate ends whenever its giver wants (Code civil, article 2004), or its holder gives it up (2007)."

MANDATE: Mapping[str, Kind] = {
    MANDATE_REVOKED: Kind(
        past=N_("Mandat de l'association annulé par la personne"),
        told=N_("Vous avez annulé le mandat de l'association"),
        by=By.PERSON,
        asks=guards.is_mandated,
        after=AT_ANY_TIME,
        event=WebhookEvent.MANDATE_ENDED,
    ),
    MANDATE_REVOKED_ON_PAPER: Kind(
        past=N_("Mandat de l'association annulé par un écrit de la personne"),
        told=N_("Le mandat de l'association est annulé par votre écrit"),
        do=N_("Enregistrer la fin du mandat"),
        page="intake.mandate",
        is_in_menu=True,
        by=By.READER,
        asks=guards.is_mandated,
        after=AT_ANY_TIME,
        given=("on",),
        event=WebhookEvent.MANDATE_ENDED,
    ),
    MANDATE_GIVEN_UP: Kind(
        past=N_("Mandat rendu par l'association"),
        told=N_("L'association a rendu son mandat"),
        by=By.ASSOCIATION,
        asks=guards.is_mandated,
        after=AT_ANY_TIME,
        event=WebhookEvent.MANDATE_ENDED,
    ),
}
