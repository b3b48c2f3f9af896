"""What an association does for the person after the sending, in its own name and by the powers that she gave it.

CSP R. 1110-11 and R. 1110-12, Code civil, art. 1989: nothing is done beyond the mandate.
"""

from abc import ABC, abstractmethod
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo

from app.acts.case import Case
from app.acts.kinds import KINDS, may
from app.acts.rules import mandated_roles
from app.acts.summons_answer import is_ahead, keep
from app.base.dates import local_day
from app.base.errors import N_
from app.base.forms.fields import Choices, FieldError, Typed
from app.base.forms.files import Files
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText, Name, Radios, Tick
from app.base.i18n import translate
from app.base.portal import Portal
from app.evidence.purposes import EVIDENCE
from app.evidence.rules import ACCEPT
from app.evidence.store import Received
from app.filing.acts.attachments import join
from app.filing.acts.messages import is_too_many
from app.filing.documents.wording import meeting_moment
from app.filing.queries import OpenFiling
from app.filing.sealed.person import PersonWrote, ProofsAdded
from app.filing.status.attendance import ABSENT, COMES, REPRESENTED
from app.filing.status.case_status import PERSON_WROTE, PROOFS_ADDED
from app.filing.status.conciliation import ANSWERED
from app.filing.web.uploads import PAPERS
from app.notifications.kinds import Mail

MANY_MESSAGES = N_("Vingt messages ont déjà été écrits aujourd'hui pour cette plainte. Continuez demain.")
MANY_ANSWERS = N_("La réponse a déjà changé 20 fois. Écrivez plutôt un message à l'autorité.")
NO_FILE = N_("Choisissez au moins un fichier.")


class TooOften(Exception):
    """The day, or the meeting, allows no more; holds the field and the sentence."""


class OwnAct(ABC):
    """One act of the association: its page, what it asks, what it writes."""

    name: ClassVar[str]
    """Last part of its address."""
    code: ClassVar[str]
    """The kind that it writes (:data:`~app.acts.kinds.KINDS`)."""
    heading: ClassVar[str]
    model: ClassVar[type[Answers]]
    button: ClassVar[str]

    def is_possible(self, opened: OpenFiling, portal: Portal) -> bool:
        """Return whether the association may do it now, by its powers and where the complaint stands."""
        del portal
        return bool(KINDS[self.code].by & mandated_roles(opened.now)) and may(opened.now, self.code)

    def about(self, opened: OpenFiling) -> list[str]:
        """Return what is told before the questions."""
        del opened
        return []

    @abstractmethod
    def do(self, case: Case, said: Any, files: list[Received]) -> list[Received]:
        """Write it and tell whom it is for; return the copies of files to be removed. Raises :class:`TooOften`."""


class OwnMessage(Answers):
    """One field: the message."""

    message: Annotated[str, LongText(label=N_("Message"), missing=N_("Écrivez votre message."), longest=4000, rows=6)]


class WriteMessage(OwnAct):
    """« Écrire à l'autorité », with the power to receive the letters."""

    name, code, model = "message", PERSON_WROTE, OwnMessage
    heading, button = N_("Écrire à l'autorité"), N_("Envoyer le message")

    def about(self, opened: OpenFiling) -> list[str]:  # noqa: ARG002
        """Say who reads it."""
        return [N_("L'autorité lit votre message, et la personne aussi. Le professionnel ne le lit pas.")]

    def do(self, case: Case, said: OwnMessage, files: list[Received]) -> list[Received]:  # noqa: ARG002
        """Write the message."""
        written = PersonWrote(text=said.message)
        if case.is_written(PERSON_WROTE, written):
            return []
        if is_too_many(case.opened.acts, case.portal.clock()):
            raise TooOften("message", MANY_MESSAGES)
        done = case.write(PERSON_WROTE, written)
        done.tell([*((one, Mail.PERSON_WROTE) for one in done.addresses(done.now.receiver)), (done.email, Mail.NEWS)])
        return []


class OwnEvidence(Answers):
    """The files alone."""

    fichiers: Annotated[
        tuple[()],
        Files(
            label=N_("Choisir des fichiers"),
            hint=N_("Photos, PDF ou sons. 15 Mo par fichier, 20 fichiers à la fois."),
            accept=ACCEPT,
            optional=False,
        ),
    ]

    @classmethod
    def checks(cls, found: Typed) -> Any:
        """Ask for one file at least."""
        if not found.get(PAPERS):
            yield "fichiers", FieldError(NO_FILE)


class AddEvidence(OwnAct):
    """« Ajouter des preuves »."""

    name, code, model = "preuves", PROOFS_ADDED, OwnEvidence
    heading, button = N_("Ajouter des preuves"), N_("Envoyer à l'autorité")

    def about(self, opened: OpenFiling) -> list[str]:  # noqa: ARG002
        """Say what not to send, and that it stays."""
        return [
            N_("N'envoyez ni carte d'identité, ni titre de séjour, ni carte Vitale."),
            N_("L'autorité reçoit les fichiers dès l'envoi. On ne peut plus les retirer ensuite."),
        ]

    def do(self, case: Case, said: OwnEvidence, files: list[Received]) -> list[Received]:  # noqa: ARG002
        """Name the files in one act."""
        named, twice = join(case.session, case.opened, files, case.portal.clock, EVIDENCE.value)
        added = ProofsAdded(files=named)
        if case.is_written(PROOFS_ADDED, added):
            return twice
        done = case.write(PROOFS_ADDED, added)
        readers = [(one, Mail.EVIDENCE_ADDED) for one in done.addresses(*done.now.readers)]
        done.tell([*readers, (done.email, Mail.NEWS)])
        return twice


class WhoComes(Choices):
    """Who comes to the meeting for the person's side; the codes are those of the person's own answer."""

    OUI = COMES, N_("La personne vient"), N_("L'association peut l'accompagner.")
    REPRESENTE = REPRESENTED, N_("L'association représente la personne"), N_("Le mandat exprès le permet.")
    NON = ABSENT, N_("Ni la personne ni l'association ne peut venir")


class AnswerForPerson(Answers):
    """The answer to the summons, by the association that represents the person (CSP R. 1110-12)."""

    presence: Annotated[
        WhoComes, Radios(label=N_("Qui vient à la réunion ?"), choices=WhoComes, missing=N_("Choisissez une réponse."))
    ]
    representant: Annotated[
        str,
        Name(
            label=N_("Prénom et nom de qui représente la personne"),
            missing=N_("Écrivez le nom de qui représente la personne."),
            longest=120,
            only_if=("presence", REPRESENTED),
        ),
    ]
    empechement: Annotated[
        str,
        LongText(
            label=N_("Pourquoi ?"),
            missing=N_("Écrivez pourquoi personne ne peut venir."),
            longest=1000,
            rows=2,
            only_if=("presence", ABSENT),
        ),
    ]
    observations: Annotated[
        str,
        LongText(
            label=N_("Observations pour la commission"),
            hint=N_("Votre texte est envoyé à l'autorité qui prépare la réunion."),
            longest=10000,
            rows=6,
        ),
    ]
    distance: Annotated[bool, Tick(label=N_("La personne accepte une réunion à distance"), optional=False)]


class AnswerSummons(OwnAct):
    """« Répondre pour la réunion », with the power to represent."""

    name, code, model = "reunion", ANSWERED, AnswerForPerson
    heading, button = N_("Répondre pour la réunion"), N_("Envoyer la réponse")

    def is_possible(self, opened: OpenFiling, portal: Portal) -> bool:
        """Ask too that the meeting is to come."""
        today = local_day(portal.clock(), ZoneInfo(opened.filing.zone))
        return super().is_possible(opened, portal) and is_ahead(opened.now, today)

    def about(self, opened: OpenFiling) -> list[str]:
        """Say when and where."""
        fixed = opened.now.conciliation.fixed
        return [meeting_moment(fixed.on, fixed.hour), ", ".join(fixed.place.splitlines())]

    def do(self, case: Case, said: AnswerForPerson, files: list[Received]) -> list[Received]:
        """Write the answer."""
        twice = keep(case, said, files)
        if twice is None:
            raise TooOften("presence", MANY_ANSWERS)
        case.tell([(case.email, Mail.NEWS)])
        return twice


OWN_ACTS: tuple[OwnAct, ...] = (WriteMessage(), AddEvidence(), AnswerSummons())
"""In the order of the page of a complaint."""


def offered(opened: OpenFiling, portal: Portal) -> list[tuple[str, str]]:
    """List what the association may do now: the name of each address, and its words."""
    return [(f"associations.{one.name}", translate(one.heading)) for one in OWN_ACTS if one.is_possible(opened, portal)]
