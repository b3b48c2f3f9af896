"""The acts of the eight days, and what the desk that holds a complaint does of it (CSP R. 1110-11)."""

from collections.abc import Mapping

from app.accounts.rights import Right
from app.acts import guards
from app.acts.rules import Kind
from app.base.errors import N_
from app.filing.status.annotations import DUPLICATE, IDENTIFIED, NOT_DUPLICATE, TRANSLATED
from app.filing.status.case_status import (
    ACKNOWLEDGED,
    ASKED,
    AUTHORITY_WROTE,
    CONFIRMED,
    CONTACT_CHANGED,
    HELD,
    MOVED,
    PHONE_CALL,
    TOLD_AUTHORITY,
    TOLD_PROFESSIONAL,
)
from app.filing.status.masks import AREA_MASKED, MASKING, PASSAGE_MASKED, UNMASKED
from app.procedure.days import LegalDay
from app.webhooks.events import WebhookEvent

DUPLICATES = (DUPLICATE, NOT_DUPLICATE)
WRITTEN = ("by", "text", "until", "translation")
MASKED = ("reason", "explanation", "translation")
IN_TOUCH = "The person still writes and calls about a file that ended: the authority answers."

RECEIPT: Mapping[str, Kind] = {
    ACKNOWLEDGED: Kind(
        past=N_("Accusé de réception envoyé"),
        told=N_("Accusé de réception envoyé"),
        do=N_("Accuser réception"),
        page="intake.acknowledge",
        asks=guards.owes(LegalDay.ACKNOWLEDGE),
        overtaken_by=(CONFIRMED, CONTACT_CHANGED),
        keeps=(LegalDay.ACKNOWLEDGE,),
        given=("on", "letter", "message", "translation"),
        event=WebhookEvent.ACKNOWLEDGED,
    ),
    TOLD_AUTHORITY: Kind(
        past=N_("Transmise à l'autre autorité"),
        told=N_("Transmise à l'autre autorité"),
        do=N_("Transmettre à l'autre autorité"),
        page="intake.to_authority",
        asks=guards.may_tell_authority,
        overtaken_by=(CONFIRMED,),
        keeps=(LegalDay.TRANSMIT,),
        given=("on",),
        event=WebhookEvent.TRANSMITTED,
    ),
    TOLD_PROFESSIONAL: Kind(
        past=N_("Transmise au professionnel"),
        told=N_("Transmise au professionnel"),
        do=N_("Transmettre au professionnel"),
        page="intake.to_professional",
        asks=guards.owes(LegalDay.TELL_PROFESSIONAL),
        overtaken_by=(IDENTIFIED, *MASKING),
        keeps=(LegalDay.TELL_PROFESSIONAL,),
        given=("on",),
        event=WebhookEvent.TRANSMITTED,
    ),
    PASSAGE_MASKED: Kind(
        past=N_("Passage masqué pour le professionnel"),
        told=N_("Passage masqué pour le professionnel"),
        do=N_("Masquer un passage"),
        page="intake.mask_passage",
        asks=guards.owes(LegalDay.TELL_PROFESSIONAL),
        is_repeated=True,
        given=MASKED,
    ),
    AREA_MASKED: Kind(
        past=N_("Preuve masquée en partie pour le professionnel"),
        told=N_("Preuve masquée en partie pour le professionnel"),
        do=N_("Masquer une partie d'une preuve"),
        page="intake.mask_area",
        asks=guards.owes(LegalDay.TELL_PROFESSIONAL),
        is_repeated=True,
        given=MASKED,
    ),
    UNMASKED: Kind(
        past=N_("Masque retiré"),
        told=N_("Masque retiré"),
        do=N_("Retirer un masque"),
        page="intake.unmask",
        asks=guards.owes(LegalDay.TELL_PROFESSIONAL),
        overtaken_by=(UNMASKED,),
        is_repeated=True,
    ),
    CONFIRMED: Kind(
        past=N_("Autre autorité confirmée"),
        told=N_("Autre autorité confirmée"),
        do=N_("Confirmer l'ordre"),
        page="intake.confirm",
        asks=guards.may_confirm,
        overtaken_by=(CONFIRMED,),
        is_repeated=True,
        given=("informed",),
    ),
    AUTHORITY_WROTE: Kind(
        past=N_("Message à la personne"),
        told=N_("Message de l'autorité"),
        do=N_("Écrire à la personne"),
        page="intake.reply",
        is_in_menu=True,
        right=Right.WRITE,
        after=IN_TOUCH,
        is_repeated=True,
        given=WRITTEN,
        event=WebhookEvent.MESSAGE,
    ),
    ASKED: Kind(
        past=N_("Demande à la personne"),
        told=N_("Question de l'autorité"),
        do=N_("Demander une preuve ou une précision"),
        page="intake.ask",
        is_in_menu=True,
        right=Right.WRITE,
        is_repeated=True,
        given=WRITTEN,
        event=WebhookEvent.MESSAGE,
    ),
    PHONE_CALL: Kind(
        past=N_("Appel téléphonique"),
        told=N_("Appel téléphonique avec l'autorité"),
        do=N_("Noter un appel"),
        page="intake.call",
        is_in_menu=True,
        right=Right.WRITE,
        after=IN_TOUCH,
        is_repeated=True,
        given=("on", "text"),
    ),
    MOVED: Kind(
        past=N_("Envoyée à une autre autorité"),
        told=N_("Envoyée à l'autorité compétente"),
        do=N_("Envoyer à une autre autorité"),
        page="intake.move",
        asks_reason=True,
        is_in_menu=True,
        overtaken_by=(MOVED, CONFIRMED),
        is_repeated=True,
        given=("receiver", "informed"),
        event=WebhookEvent.TRANSMITTED,
    ),
    DUPLICATE: Kind(
        past=N_("Suivie avec une autre plainte"),
        told=N_("Vos deux plaintes sont suivies ensemble"),
        do=N_("Signaler un doublon"),
        page="intake.duplicate",
        is_in_menu=True,
        overtaken_by=DUPLICATES,
        is_repeated=True,
    ),
    NOT_DUPLICATE: Kind(
        past=N_("Suivie à part de nouveau"),
        told=N_("Vos deux plaintes sont suivies séparément"),
        overtaken_by=DUPLICATES,
        is_repeated=True,
    ),
    IDENTIFIED: Kind(
        past=N_("Professionnel identifié"),
        told=N_("Professionnel identifié"),
        do=N_("Identifier le professionnel"),
        page="intake.identify",
        is_in_menu=True,
        overtaken_by=(IDENTIFIED,),
        is_repeated=True,
    ),
    TRANSLATED: Kind(
        past=N_("Récit traduit"),
        do=N_("Traduire le récit"),
        page="intake.translate",
        is_in_menu=True,
        overtaken_by=(TRANSLATED,),
        is_repeated=True,
    ),
    HELD: Kind(
        past=N_("Gardée un an de plus"),
        do=N_("Garder ce dossier plus longtemps"),
        page="privacy.keep",
        asks_reason=True,
        is_in_menu=True,
        after="The time of keeping runs from the end: it is then that a pending case matters.",
        overtaken_by=(HELD,),
        is_repeated=True,
    ),
}
