"""The letter that reminds an authority of the days it missed, as text and on paper: dates, neither story nor motive."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.base.clock import PARIS
from app.base.dates import date_text
from app.base.errors import N_
from app.base.i18n import translate
from app.filing.documents.confirmation import addressee
from app.filing.documents.missed_days import MissedDay
from app.filing.queries import OpenFiling
from app.filing.receipt.competence import contact_of
from app.filing.sealed.recorded import received_text
from app.printing.pdf import write_pdf
from app.procedure.days import LegalDay
from app.routing.queries import AuthorityRow

TEMPLATE = "dossier.typ"
RECEIVED = N_("Plainte reçue le {moment} (heure de Paris)")
TITLE = N_("Relance, plainte {number}")
MISSED = {
    LegalDay.ACKNOWLEDGE: N_(
        "L'accusé de réception devait être envoyé dans les huit jours, au plus tard le {day} ({article}). Le service "
        "n'en porte pas de trace."
    ),
    LegalDay.TRANSMIT: N_(
        "La plainte devait être transmise à l'autre autorité dans les huit jours, au plus tard le {day} ({article}). "
        "Le service n'en porte pas de trace."
    ),
    LegalDay.TELL_PROFESSIONAL: N_(
        "Le professionnel devait être informé de la plainte dans les huit jours, au plus tard le {day} ({article}). "
        "Le service n'en porte pas de trace."
    ),
    LegalDay.LAST_SUMMONS: N_(
        "La réunion de conciliation doit se tenir dans les trois mois, au plus tard le {meeting}. Chaque partie doit "
        "être convoquée quinze jours avant ({article}). Le dernier jour utile était le {day}. Aucune réunion "
        "n'est fixée dans le service."
    ),
    LegalDay.MEET: N_(
        "La réunion de conciliation devait se tenir dans les trois mois, au plus tard le {day} ({article}). Aucune "
        "réunion n'est fixée dans le service."
    ),
    LegalDay.SEND_REPORT: N_(
        "Le compte rendu de la réunion devait être envoyé dans les huit jours, au plus tard le {day} ({article}). Le "
        "service n'en porte pas de trace."
    ),
    LegalDay.PASS_ON: N_(
        "Faute d'accord, la plainte devait être transmise à la chambre disciplinaire dans les trois mois, au plus tard "
        "le {day} ({article}). Le service n'en porte pas de trace."
    ),
}


@dataclass(frozen=True)
class Reminder:
    """A letter ready to be read, or printed."""

    to: Sequence[str]
    """Name and address, line by line."""
    paragraphs: Sequence[str]


def to_authority(row: AuthorityRow, paragraphs: Sequence[str]) -> Reminder:
    """Address a letter to an authority, as its address is known today."""
    known = contact_of(row)
    name = addressee(known)
    return Reminder((name[0].upper() + name[1:], *known["address"]), paragraphs)


def missed_texts(alarms: Iterable[MissedDay], due: Mapping[str, date]) -> list[str]:
    """Say each day that was missed, with its article; ``due``: the calendar by its codes."""
    return [_missed(alarm, due) for alarm in alarms]


def _missed(alarm: MissedDay, due: Mapping[str, date]) -> str:
    meeting = due.get(LegalDay.MEET)
    days = {"day": _day(alarm.due_on), "meeting": _day(meeting) if meeting else ""}
    return translate(MISSED[alarm.code]).format(article=alarm.source, **days)


def _day(day: date) -> str:
    return date_text(day, weekday=False)


def make_pdf(opened: OpenFiling, letter: Reminder, at: datetime) -> bytes:
    """Write a letter on paper; it bears the day of ``at``, in Paris."""
    received = received_text(opened.payload)
    said = {
        "title": translate(TITLE).format(number=opened.number),
        "foot": opened.number,
        "page": translate(N_("Page {n} sur {total}")),
        "received": translate(RECEIVED).format(moment=received),
        "to": list(letter.to),
        "day": _day(at.astimezone(PARIS).date()),
        "paragraphs": list(letter.paragraphs),
        "sections": [],
    }
    return write_pdf(TEMPLATE, said, at)
