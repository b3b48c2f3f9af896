"""Who may sit, when the parties may meet, and what the end of a meeting needs: pure rules on values."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.base.dates import add_days, date_text
from app.base.errors import N_
from app.base.forms.fields import Choices, FieldError
from app.base.i18n import ntranslate, translate
from app.filing.sealed.conciliation import Reported
from app.filing.status.conciliation import ConciliationState
from app.procedure.days import LegalDay
from app.procedure.law import rule_of
from app.procedure.rules import last_day_to_receive

MOST_OF_A_RANK = 2
"""Members of each rank on each side (CSP R. 1110-9)."""
LEAST_ALONE = 3
"""Members when the commission of the ordre sits alone (CSP R. 1521-1, R. 1541-1)."""
PARITY = N_("La commission doit compter autant de membres de la CPAM que de l'ordre.")
ONE_EACH = N_("Choisissez au moins un membre de chaque côté.")
TOO_MANY = N_("La commission compte au plus deux membres de chaque côté.")
THREE_ALONE = N_("Sans commission mixte, la commission de l'ordre compte au moins trois membres.")
BOTH_SIDES = N_("{nom} est des deux côtés. Choisissez quelqu'un d'autre.")
TERM = N_("Le mandat de {nom} ne couvre pas le {jour}. Choisissez quelqu'un d'autre.")
NOT_FREE = N_("Cochez “pas de lien” pour chaque membre qui siège, ou choisissez un suppléant.")
TOO_SOON = N_("Les convocations doivent arriver au plus tard le {jour}. Choisissez une réunion à partir du {premier}.")
BEFORE_RECEIPT = N_("Cette date est avant la réception.")
TOO_LATE = N_("Cette date dépasse le {jour}. Écrivez pourquoi.")
FULL = N_("Deux membres de ce rang sont déjà nommés à cette date. Mettez fin à un mandat d'abord.")
UNPROVEN = N_("{who} : rien ne prouve la réception de la convocation.")


class Rank(Choices):
    """What a member is appointed as."""

    TITULAIRE = "titulaire", N_("Titulaire")
    SUPPLEANT = "suppleant", N_("Suppléant")


class Mode(Choices):
    """How the parties meet (CSP R. 1110-12: apart from the same room, by exception only)."""

    PRESENTIEL = "presentiel", N_("Dans un même lieu")
    VISIO = "visio", N_("Par visioconférence")
    TELEPHONE = "telephone", N_("Par téléphone")


REMOTE = (Mode.VISIO.value, Mode.TELEPHONE.value)


class Issue(Choices):
    """How the meeting ended (CSP R. 1110-12)."""

    RETRAIT = "retrait", N_("Accord : la plainte est retirée")
    DESACCORD = "desaccord", N_("Pas d'accord")
    ABSENCE = "absence", N_("Une partie n'a pas répondu à la convocation")


class Party(Choices):
    """Who meets before the commission."""

    PERSONNE = "personne", N_("La personne")
    PROFESSIONNEL = "professionnel", N_("Le professionnel")


@dataclass(frozen=True)
class MeetingEnd:
    """Who came to the meeting and how it ended: what the report says, and what is sealed of it (CSP R. 1110-12)."""

    on: date
    presents: tuple[str, ...]
    """Each as the page named them."""
    issue: Issue
    points: str
    """Points of disagreement that remain, when there was no agreement."""
    absent: Party | None
    """The party that did not answer its summons, when that is how it ended."""
    warnings: tuple[str, ...] = ()
    """What the page warned of before it was recorded: a summons that came late, or that nothing proves."""

    def sealed(self) -> Reported:
        """Return what the act keeps, as the ledger commits to it."""
        return Reported(
            on=self.on,
            presents=self.presents,
            issue=self.issue.value,
            points=self.points,
            absent=self.absent.value if self.absent else "",
            warnings=self.warnings,
            words=translate(self.issue.label),
        )


class Recidive(Choices):
    """Whether a final sanction for such a refusal exists in the six years before the receipt (CSP R. 1110-14)."""

    OUI = "oui", N_("Oui"), N_("La plainte est transmise sans réunion de conciliation.")
    NON = "non", N_("Non")
    A_VERIFIER = "a_verifier", N_("À vérifier")


class Inaction(Choices):
    """What the director does when the council did not act (CSP L. 1110-3, R. 1110-15)."""

    SANCTION = "sanction", N_("Une sanction est prononcée")
    PAS_DE_SANCTION = "pas_de_sanction", N_("Pas de sanction")
    ATTENTE = "attente", N_("Pas encore de décision")


@dataclass(frozen=True)
class Seat:
    """Somebody who would sit: the side, the name, the term."""

    side: str
    name: str
    appointed_on: date | None = None
    """Empty when the other authority keeps its own list."""
    until: date | None = None


def plain(name: str) -> str:
    """Write a name so that two ways of typing it are one."""
    bare = unicodedata.normalize("NFD", name.casefold())
    return " ".join("".join(c if c.isalpha() else " " for c in bare if not unicodedata.combining(c)).split())


def quorum(seats: Sequence[Seat], sides: Sequence[str], day: date | None) -> Iterator[FieldError]:
    """Yield what is wrong with a commission that would sit that day (CSP R. 1110-9, R. 1110-10).

    ``sides``: the two authorities, or the council alone where no mixed commission exists.
    """
    counts = [sum(seat.side == side for seat in seats) for side in sides]
    if len(sides) == 1:
        if counts[0] < LEAST_ALONE:
            yield FieldError(THREE_ALONE)
    elif min(counts) == 0:
        yield FieldError(ONE_EACH)
    elif len(set(counts)) > 1:
        yield FieldError(PARITY)
    elif max(counts) > MOST_OF_A_RANK:
        yield FieldError(TOO_MANY)
    names: dict[str, str] = {}
    for seat in seats:
        if names.setdefault(plain(seat.name), seat.side) != seat.side:
            yield FieldError(BOTH_SIDES, nom=seat.name)
    yield from (FieldError(TERM, nom=seat.name, jour=_text(day)) for seat in seats if day and not _covers(seat, day))


def _covers(seat: Seat, day: date) -> bool:
    return (seat.appointed_on or day) <= day <= (seat.until or day)


def ended(sitting: Sequence[Seat], terms: Sequence[Seat], day: date) -> list[str]:
    """List who was to sit on a day, and whose term was ended since; ``terms``: all those that each side ever gave.

    Nothing is known of who was named by an authority that keeps its own list.
    """
    given = {(one.side, plain(one.name)) for one in terms}
    there = {(one.side, plain(one.name)) for one in terms if _covers(one, day)}
    return [seat.name for seat in sitting if (seat.side, plain(seat.name)) in given - there]


def session_mistake(on: date, received_on: date, today: date) -> FieldError | None:
    """Return why the parties cannot meet that day.

    Fifteen days must be left for the summons to arrive (CSP R. 1110-11 al. 5). A meeting that took place already is
    recorded as it was.
    """
    if on < received_on:
        return FieldError(BEFORE_RECEIPT)
    last = last_day_to_receive(on)
    if on >= today and last < today:
        return FieldError(
            TOO_SOON, jour=_text(last), premier=_text(add_days(today, rule_of(LegalDay.SUMMON).delay.days))
        )
    return None


def end_of_term(appointed_on: date) -> date:
    """Return the last day of a term of three years, date to date (CSP R. 1110-9)."""
    return rule_of(LegalDay.MEMBER_TERM).delay.after(appointed_on)


def is_full(terms: Iterable[tuple[date, date]], first: date, last: date) -> bool:
    """Return whether two members of a rank sit already at some time between two days."""
    others = [(start, end) for start, end in terms if start <= last and end >= first]
    starts = [first, *(start for start, _ in others if start > first)]
    return any(sum(start <= day <= end for start, end in others) >= MOST_OF_A_RANK for day in starts)


def days_before(came_on: date, session_on: date) -> int:
    """Count the days between the reception of a summons and the session; the day of the session is not one of them."""
    return (session_on - came_on).days


def is_in_time(came_on: date, session_on: date) -> bool:
    """Return whether a summons came at least fifteen days before the session (CSP R. 1110-11 al. 5)."""
    return came_on <= last_day_to_receive(session_on)


def summons_warnings(conciliation: ConciliationState) -> list[str]:
    """Return which party was not summoned as the law wants (CSP R. 1110-11 al. 5): nobody is then absent in form."""
    found: list[str] = []
    for party in Party:
        sent, on = conciliation.summons.get(party.value), conciliation.session_on
        who = translate(party.label)
        if sent is None or sent.came_on is None or on is None:
            found.append(translate(UNPROVEN).format(who=who))
        elif not is_in_time(sent.came_on, on):
            n = days_before(sent.came_on, on)
            late = ntranslate(
                "{who} : convocation reçue {n} jour avant la réunion. La loi en demande 15.",
                "{who} : convocation reçue {n} jours avant la réunion. La loi en demande 15.",
                n,
            )
            found.append(late.format(who=who, n=n))
    return found


def _text(day: date | None) -> str:
    return date_text(day, weekday=False) if day else ""
