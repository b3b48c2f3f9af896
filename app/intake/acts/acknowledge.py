"""« Accuser réception »: the authority's own act, within eight days of the receipt (CSP R. 1110-11)."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import Request
from starlette.responses import Response

from app.accounts.sign_in.done import JustDone, after
from app.base.errors import N_
from app.base.forms.dates import Date, Day
from app.base.forms.fields import Choices, FieldError, Typed
from app.base.forms.form import parse
from app.base.forms.widgets import LongText, Radios
from app.base.i18n import translate
from app.base.web.pages import download
from app.base.web.reading import FormData
from app.filing.acts import postal_letters
from app.filing.documents import mandate_wording
from app.filing.status.case_status import ACKNOWLEDGED
from app.filing.status.contact import agreed_to_mails
from app.intake.acts import receipt_duties
from app.intake.acts.from_template import TemplatedPage, WithTemplate
from app.intake.desk.act_dates import order_checks
from app.intake.desk.case import DeskCase
from app.intake.desk.courtesy import Courtesy, asked_of, courtesy, french_too
from app.intake.letters import sheets
from app.intake.letters.acknowledgement import acknowledgement
from app.intake.letters.frame import LetterText, framed
from app.intake.letters.side_sheet import follows, with_words
from app.procedure.days import LegalDay

ADDRESS = "a_un_email"
"""What the page knows beside its fields and the days."""
NO_EMAIL = N_("La personne n'a pas donné d'adresse e-mail. Choisissez le courrier.")
PRINT, PREPARE = "imprimer", "preparer"
"""What the buttons that make the letter say."""
POSTED = N_("Écrivez la date d'envoi.")
More = Annotated[str, LongText(label=N_("Message"), hint=N_("Il s'ajoute à la lettre."), longest=2000, rows=4)]
"""A word more, beside the sentences of the letter."""


class How(Choices):
    """How the acknowledgement leaves."""

    EMAIL = "email", N_("Par e-mail"), N_("Le service l'envoie maintenant.")
    COURRIER = "courrier", N_("Par courrier"), N_("Imprimez la lettre, postez-la, puis écrivez la date d'envoi.")


class Acknowledge(WithTemplate):
    """How it leaves, when, and a word more."""

    canal_ar: Annotated[
        How, Radios(label=N_("Comment l'envoyer ?"), choices=How, missing=N_("Choisissez comment l'envoyer."))
    ]
    poste_le: Annotated[
        Day, Date(label=N_("Date d'envoi du courrier"), missing=POSTED, only_if=("canal_ar", "courrier"))
    ]
    message: More
    traduction: Courtesy

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day of the letter: after the receipt, and not to come; an e-mail needs an address."""
        yield from super().checks(found)
        yield from french_too(found, "message")
        if found.get("canal_ar") == How.EMAIL and not found.get(ADDRESS):
            yield "canal_ar", FieldError(NO_EMAIL)
        yield from order_checks(found, "poste_le")


class Letter(WithTemplate):
    """The letter on paper, printed now or put with those to post: the word more alone."""

    message: More
    traduction: Courtesy

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Refuse a translation of nothing."""
        yield from super().checks(found)
        yield from french_too(found, "message")


class AcknowledgePage(TemplatedPage):
    """The letter is shown whole; it leaves by e-mail at once, or by post."""

    kind, path, template, model = ACKNOWLEDGED, "accuser-reception", "intake/acknowledge.html", Acknowledge
    text_field = "message"

    def first(self, case: DeskCase) -> Typed:
        """Propose the way that was asked for: by mail if the person, or the association for her, receives them so."""
        is_by_mail = case.is_told_by_mail and (agreed_to_mails(case.opened.contact) or not case.email)
        return {"canal_ar": [(How.EMAIL if is_by_mail else How.COURRIER).value]}

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Return the days, and whether an e-mail can leave."""
        return {**super().known(case), ADDRESS: case.is_told_by_mail}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Show the letter, and who filed for the person."""
        return {
            "letter": acknowledgement(case),
            "association": mandate_wording.rows(case.opened.payload, case.now, translate),
            "has_email": case.is_told_by_mail,
            "has_sheet": follows(case),
            "late": case.late(LegalDay.ACKNOWLEDGE),
        }

    def gesture(self, request: Request, case: DeskCase, form: FormData) -> Response | None:
        """Return the letter to print, or put it with those to post; it is sent once it is dated."""
        if form.get("geste") not in {PRINT, PREPARE}:
            return super().gesture(request, case, form)
        parsed = parse(Letter, form.typed, asked_of(case))
        if parsed.values is None:
            return self.show(request, case, form.typed, parsed.errors)
        if form.get("geste") == PRINT:
            made = sheets.letter_pdf(case.opened, _letter(case, parsed.values), case.portal.clock())
            return download(f"accuse-de-reception-{case.number}.pdf", made, "application/pdf")
        with self.turn(case, form) as taken:
            letter = _letter(taken, parsed.values)
            more = {"message": parsed.values.message, "traduction": parsed.values.traduction}
            content = postal_letters.Content(letter.to, letter.said, more, framed(letter, taken.today))
            who = (taken.clerk.name, taken.clerk.authority)
            postal_letters.prepare(taken.session, taken.opened, ACKNOWLEDGED, content, who, taken.portal.clock)
        return after(request, JustDone.LETTER_PREPARED, "intake.posting")

    def do(self, case: DeskCase, said: Acknowledge) -> None:
        """Acknowledge: the act, its date, the mail and the next date in one transaction."""
        by_post = said.canal_ar == How.COURRIER
        sent_on = said.poste_le or case.today
        words = translate(receipt_duties.BY_POST if by_post else receipt_duties.BY_EMAIL)
        sending = receipt_duties.Delivery(words, sent_on, said.canal_ar.value)
        receipt_duties.acknowledge(case, sending, said.message, courtesy(case, said.traduction))


def _letter(case: DeskCase, said: Letter) -> LetterText:
    """Write the letter with the word more, and both in the language of the person on its side sheet."""
    return with_words(acknowledgement(case), said.message, said.traduction)
