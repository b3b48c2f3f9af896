"""« Envoyer un nouveau code par la poste »: for whoever lost the code and has no e-mail; only the letter shows it."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import Request
from starlette.responses import Response

from app.acts.kinds.lines import CODE_POSTED, RENEWED
from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import Tick
from app.base.i18n import translate
from app.base.web.pages import download
from app.filing.acts.renew_code import renew
from app.filing.documents import confirmation, follow_up_sheet, receipt_file, recorded_wording
from app.filing.history import history_of
from app.filing.letter_address import letter_to, post_address
from app.filing.receipt.receive import PersonalCode
from app.filing.sealed.base import Sealed
from app.filing.sealed.recorded import RECORDED
from app.intake.desk.act_page import ActPage, Wrong
from app.intake.desk.case import DeskCase
from app.intake.desk.reading_language import reading_language
from app.intake.letters.letter_text import capital
from app.intake.letters.side_sheet import follows
from app.intake.letters.usual_sentences import NEW_CODE
from app.notifications.kinds import Mail
from app.printing import merging
from app.routing.rules.articles import the

COVER, RECEIPT = N_("Courrier"), N_("Récépissé")
NO_ADDRESS = N_("La personne n'a pas donné d'adresse postale : le code ne peut pas partir par courrier.")


class FirstPost(Answers):
    """One box, of a complaint on paper: its first code was shown to nobody."""

    code_demande: Annotated[
        bool,
        Tick(
            label=N_("Cette personne n'a pas encore de code : sa plainte est arrivée sur papier."),
            missing=N_("Cochez cette case pour envoyer son code à la personne."),
        ),
    ]


class Post(Answers):
    """One box: nobody's code is changed unasked."""

    code_demande: Annotated[
        bool,
        Tick(
            label=N_("La personne a demandé ce nouveau code."),
            missing=N_("Cochez cette case si la personne a demandé un nouveau code."),
        ),
    ]


@dataclass(frozen=True)
class NewCodeLetter:
    """A fresh code, with the letter that alone shows it; the first one brings the récépissé too."""

    code: PersonalCode
    letter: bytes


class PostCode(ActPage):
    """Where the letter goes, and what it changes; no page shows the code, then or later."""

    kind, path, template, model = CODE_POSTED, "nouveau-code", "intake/code.html", Post

    def form(self, case: DeskCase) -> type[Answers]:
        """Ask whether the person asked for it, or say that she has none yet."""
        return FirstPost if _is_first(case) else Post

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Show the address."""
        return {
            "to": post_address(case.opened),
            "filer": case.opened.payload["filer"],
            "is_first": _is_first(case),
            "has_sheet": follows(case),
        }

    def prepare(self, case: DeskCase, said: Post) -> NewCodeLetter:  # noqa: ARG002
        """Draw a code and write its letter: both are slow. Raises :class:`~app.intake.desk.act_page.Wrong`."""
        if not post_address(case.opened):
            raise Wrong({"code_demande": FieldError(NO_ADDRESS)})
        code = PersonalCode.draw(case.portal.keyring)
        return NewCodeLetter(code, _letter(case, code.code, letter_to(case.opened)))

    def do(self, case: DeskCase, said: NewCodeLetter) -> None:
        """Put the code in place of the one before; tell the person that something happened."""
        renew(case.session, case.opened.filing.id, said.code)
        done = case.write(CODE_POSTED, Sealed())
        done.tell([(done.email, Mail.CODE_CHANGED)])

    def answer(self, request: Request, case: DeskCase, said: NewCodeLetter) -> Response:  # noqa: ARG002
        """Return the letter."""
        return download(f"nouveau-code-{case.number}.pdf", said.letter, "application/pdf")


def _is_first(case: DeskCase) -> bool:
    """Return whether a complaint on paper waits for its first code: none was sent, nor taken online."""
    if RECORDED not in case.opened.payload:
        return False
    return not any(line.kind in {CODE_POSTED, RENEWED} for line in history_of(case.session, case.opened.filing.id))


def _opening(case: DeskCase) -> str:
    return capital(translate(NEW_CODE).format(authority=the(case.clerk.authority_name)))


def _letter(case: DeskCase, code: str, to: list[str]) -> bytes:
    shown = confirmation.of(case.session, case.portal, case.opened)
    is_first = _is_first(case)
    say = partial(recorded_wording.first_words, case.opened.payload, translate) if is_first else partial(_opening, case)
    day = date_text(local_day(case.portal.clock()), weekday=False)
    envelope = follow_up_sheet.Envelope(tuple(to), day, say, reading_language(case.opened.payload))
    filing = case.opened.filing
    sheet = follow_up_sheet.make_pdf(
        follow_up_sheet.Sheet(code, case.portal.settings.address, filing.received_at, shown, envelope)
    )
    if not is_first:
        return sheet
    recepisse = receipt_file.recepisse(case.session, case.portal, filing)
    return b"".join(merging.merged([(translate(COVER), sheet), (translate(RECEIPT), recepisse)]))
