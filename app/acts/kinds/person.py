"""What the person does after the receipt, and what a passed time does in the person's name."""

from collections.abc import Mapping

from app.acts import guards
from app.acts.rules import By, Kind
from app.base.errors import N_
from app.filing.status.case_status import CONTACT_CHANGED, KEPT_ON, PERSON_WROTE, PROOFS_ADDED, WITHDRAWING, WITHDRAWN
from app.webhooks.events import WebhookEvent

PERSON: Mapping[str, Kind] = {
    PERSON_WROTE: Kind(
        past=N_("Message de la personne"),
        told=N_("Vous avez écrit un message"),
        of_association=N_("Message de l'association"),
        by=By.PERSON | By.CORRESPONDENT,
        after="An ended file is still read and asked about by the person.",
        is_repeated=True,
        given=("by", "text", "until"),
    ),
    PROOFS_ADDED: Kind(
        past=N_("Preuves ajoutées par la personne"),
        told=N_("Vous avez ajouté des preuves"),
        of_association=N_("Preuves ajoutées par l'association"),
        by=By.PERSON | By.ASSOCIATION,
        is_repeated=True,
        given=("files",),
    ),
    CONTACT_CHANGED: Kind(
        past=N_("Coordonnées changées par la personne"),
        told=N_("Vous avez changé vos coordonnées"),
        by=By.PERSON,
        overtaken_by=(CONTACT_CHANGED,),
        is_repeated=True,
        given=("contact",),
    ),
    WITHDRAWING: Kind(
        past=N_("Retrait demandé par la personne"),
        told=N_("Vous avez demandé le retrait"),
        by=By.PERSON,
        asks=guards.may_withdraw,
        given=("reason", "is_pressed"),
    ),
    KEPT_ON: Kind(
        past=N_("Retrait annulé par la personne"),
        told=N_("Vous avez annulé le retrait"),
        by=By.PERSON,
        asks=guards.is_withdrawing,
    ),
    WITHDRAWN: Kind(
        past=N_("Plainte retirée"),
        told=N_("Plainte retirée"),
        by=By.SERVICE,
        asks=guards.is_withdrawing,
        event=WebhookEvent.WITHDRAWN,
    ),
}
