"""Where a complaint stands, in the words that the person reads: pure rules on values."""

from collections.abc import Sequence
from datetime import date

from app.base.clock import PARIS
from app.base.dates import date_text, local_day, moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.filing.standing import CHANGE_OF_MIND, Standing
from app.procedure.queries import DueRow

RECEIVED = N_("Votre plainte est reçue depuis le {received}. L'accusé de réception arrive au plus tard le {due}.")
KNOWN = N_("L'autorité a accusé réception le {day}.")
PASSED_ON = N_("Votre plainte a été transmise à l'autre autorité et au professionnel le {day}.")
PASSED_ON_ALONE = N_("Votre plainte a été transmise au professionnel le {day}.")
WITHDRAWING = N_("Vous avez demandé le retrait le {asked}. Vous pouvez l'annuler jusqu'au {until}.")
WITHDRAWN = N_("Vous avez retiré votre plainte le {day}.")
LATE = N_(
    "L'autorité a dépassé la date du {day}. "
    "Vous pouvez l'appeler au {phone} ou demander l'aide du Défenseur des droits."
)
LATE_WITHOUT_PHONE = N_(
    "L'autorité a dépassé la date du {day}. Vous pouvez l'appeler ou demander l'aide du Défenseur des droits."
)


def sentence_of(now: Standing, days: Sequence[DueRow], *, received_on: date, today: date, phone: str) -> str:
    """Say the state, then what is late.

    A day is told to be missed once even the postponed one is past: the texts do not settle which one counts.
    """
    due = {day.code: day for day in days}
    said = _state(now, received_on, due["D2"].due_strict)
    if now.withdrawn_at or now.withdrawing_since:
        return said
    late = [code for code in now.duties if code not in now.done and due[code].due_postponed < today]
    if not late:
        return said
    words = translate(LATE if phone else LATE_WITHOUT_PHONE)
    return f"{said} {words.format(day=date_text(due[late[0]].due_strict), phone=phone)}"


def _state(now: Standing, received_on: date, due: date) -> str:
    if now.withdrawn_at:
        return translate(WITHDRAWN).format(day=date_text(local_day(now.withdrawn_at)))
    if now.withdrawing_since:
        asked, until = (
            moment_text(at, PARIS, weekday=False, seconds=False)
            for at in (now.withdrawing_since, now.withdrawing_since + CHANGE_OF_MIND)
        )
        return translate(WITHDRAWING).format(asked=asked, until=until)
    if now.state == "transmise":
        words = translate(PASSED_ON if now.informed else PASSED_ON_ALONE)
        return words.format(day=date_text(max(now.done[code].on for code in now.duties)))
    if now.state == "accusee":
        return translate(KNOWN).format(day=date_text(now.done["D2"].on))
    return translate(RECEIVED).format(received=date_text(received_on), due=date_text(due))
