"""« Écrire à la personne » and « Demander une preuve ou une précision »: kept here, told by a mail without contents."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any, ClassVar

from app.acts.kinds import KINDS
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, typed_day
from app.base.forms.fields import FieldError, Typed
from app.base.forms.widgets import LongText
from app.base.i18n import FRENCH, in_language, translate
from app.filing.acts import postal_letters
from app.filing.letter_address import letter_to
from app.filing.sealed.receipt import Asked, AuthorityWrote
from app.filing.status.case_status import ASKED, AUTHORITY_WROTE
from app.intake.acts.from_template import TemplatedPage, WithTemplate
from app.intake.desk.act_dates import TODAY
from app.intake.desk.case import DeskCase
from app.intake.desk.courtesy import Courtesy, courtesy
from app.intake.desk.reading_language import reading_language
from app.intake.desk.sender import signing
from app.intake.letters.frame import LetterText, framed
from app.intake.letters.letter_text import capital
from app.intake.letters.side_sheet import beside, follows
from app.intake.letters.usual_sentences import ANSWER_BY, DEMAND, MESSAGE
from app.notifications.kinds import Mail
from app.routing.rules.articles import the

TOMORROW = N_("Choisissez une date à partir de demain.")
USUAL = timedelta(days=15)
"""Time that is proposed to answer."""


class Reply(WithTemplate):
    """The message, and its translation."""

    message: Annotated[
        str, LongText(label=N_("Votre message"), missing=N_("Écrivez votre message."), longest=4000, rows=6)
    ]
    traduction: Courtesy


class InformationRequest(WithTemplate):
    """What is asked, its translation, and by when an answer is hoped for."""

    demande: Annotated[
        str,
        LongText(label=N_("Votre demande"), missing=N_("Écrivez ce que vous demandez."), longest=2000, rows=6),
    ]
    traduction: Courtesy
    delai: Annotated[date, Date(label=N_("Réponse attendue avant la fin du"), missing=N_("Écrivez une date."))]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Leave at least a day."""
        yield from super().checks(found)
        day = found.get("delai")
        if day and day <= found[TODAY]:
            yield "delai", FieldError(TOMORROW)


class Writing(TemplatedPage, ABC):
    """What goes to the person: a mail says that there is something new; without an address, a letter is prepared."""

    template = "intake/answer.html"
    mail = Mail.NEWS
    subject: ClassVar[str]
    """Of the letter."""

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return how it reaches the person."""
        return {
            "is_demand": self.kind == ASKED,
            "title": translate(KINDS[self.kind].do),
            "has_email": case.is_told_by_mail,
            "has_sheet": follows(case),
        }

    def tell(self, case: DeskCase, said: Any) -> None:
        """Queue the mail, or prepare the letter."""
        case.tell_person(self.mail, **self.words(case))
        if case.is_told_by_mail:
            return
        who = (case.clerk.name, case.clerk.authority)
        letter = self.letter(case, said)
        content = postal_letters.Content(letter.to, letter.paragraphs, frame=framed(letter, case.today))
        postal_letters.prepare(case.session, case.opened, self.kind, content, who, case.portal.clock)

    def letter(self, case: DeskCase, said: Any) -> LetterText:
        """Write it as a letter, hers beside it."""
        sender = signing(case.session, case.clerk)

        def french(text: str = "") -> LetterText:
            lines, subject = self.paragraphs(said, text), translate(self.subject)
            return LetterText(letter_to(case.opened), lines, case.today, subject, case.number, sender)

        return beside(case, french, partial(french, said.traduction))

    def words(self, case: DeskCase) -> dict[str, str]:  # noqa: ARG002
        """Return what the mail says beside the number."""
        return {}

    @abstractmethod
    def paragraphs(self, said: Any, own: str) -> list[str]:
        """Write the letter, with its translation in place of the French when there is one."""


class ReplyPage(Writing):
    """A message."""

    kind, path, model, text_field = AUTHORITY_WROTE, "repondre", Reply, "message"
    subject = MESSAGE

    def content(self, case: DeskCase, said: Reply) -> AuthorityWrote:
        """Keep the message."""
        return AuthorityWrote(text=said.message, translation=courtesy(case, said.traduction))

    def paragraphs(self, said: Reply, own: str) -> list[str]:
        """Write it."""
        return [own or said.message]


class AskPage(Writing):
    """A demand (CRPA L. 114-5); no date of the law stops."""

    kind, path, model, text_field = ASKED, "demander-piece", InformationRequest, "demande"
    mail, subject = Mail.QUESTION, DEMAND

    def first(self, case: DeskCase) -> Typed:
        """Propose two weeks."""
        return typed_day("delai", case.today + USUAL)

    def content(self, case: DeskCase, said: InformationRequest) -> Asked:
        """Keep what is asked, and by when an answer is hoped for."""
        return Asked(text=said.demande, until=said.delai, translation=courtesy(case, said.traduction))

    def words(self, case: DeskCase) -> dict[str, str]:
        """Return who asks, which begins a sentence; its article is French."""
        name, language = case.clerk.authority_name, reading_language(case.opened.payload)
        with in_language(language.code if language else FRENCH):
            own = capital(the(name))
        return {"authority": capital(the(name)), "authority_own": own}

    def paragraphs(self, said: InformationRequest, own: str) -> list[str]:
        """Write it, with the day."""
        day = date_text(said.delai, weekday=False)
        return [own or said.demande, translate(ANSWER_BY).format(day=day)]
