"""The figures of a year: each with its words, its rows, and what may be told of each number. Pure functions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.base.errors import N_
from app.base.forms.fields import Choices, Translate
from app.counters.rules import RECEIVED
from app.filing.status.counted_as import KEPT, LATE, NOT_SAID, WAITING
from app.filing.status.state import ComplaintState
from app.intake.filters import Channel
from app.procedure.days import LegalDay
from app.saisine.steps.facts import RefusalKind
from app.saisine.steps.motives import MotiveChoice
from app.statistics import rules
from app.statistics.counted import Counted, Month
from app.statistics.rules import Cell

MONTHS = (
    *(N_("janvier"), N_("février"), N_("mars"), N_("avril"), N_("mai"), N_("juin"), N_("juillet"), N_("août")),
    *(N_("septembre"), N_("octobre"), N_("novembre"), N_("décembre")),
)
THOUSANDS = "\u202f"
SMALL = N_("moins de 5")
RANGE = N_("de {low} à {high}")
DAYS = N_("{n} jours")
ON_TIME = N_("{share} % des accusés sont partis en 8 jours.")
ON_TIME_AT_LEAST = N_("Au moins {share} % des accusés sont partis en 8 jours.")
LEFT_OUT = N_("Le dessin ne montre pas ce qui compte moins de 5 plaintes.")
TOO_FEW = N_("trop peu pour un calcul")
COMPLAINTS, DAYS_HEAD = N_("Plaintes"), N_("Durée médiane")
HOW = {KEPT: N_("Dans le délai"), LATE: N_("Après le délai"), WAITING: N_("Pas encore")}


@dataclass(frozen=True)
class FigureRow:
    """A row of a table and of its chart."""

    label: str
    shown: str
    """What is told of the number."""
    size: int | None
    """Length of its bar; nothing when it is only known to be small."""

    @property
    def plain(self) -> str:
        """What is told, for programs: no space within a number."""
        return self.shown.replace(THOUSANDS, "")

    @property
    def count(self) -> int | None:
        """The number, when it is told as it is."""
        return int(self.plain) if self.plain.isdecimal() else None


@dataclass(frozen=True)
class Figure:
    """A table, its chart, and what they say."""

    code: str
    heading: str
    head: str
    """What the rows are."""
    lines: tuple[FigureRow, ...]
    finding: str = ""
    note: str = ""
    unit: str = COMPLAINTS
    is_long: bool = False
    """Whether its chart leaves out what is under five, and shows the largest first."""
    kind: str = "bars"
    """``columns`` by month, ``dots`` with a limit, ``bars``."""
    limit: int = 0


def all_of(counted: Counted, t: Translate) -> list[Figure]:
    """Make every figure of the page of statistics."""
    made: list[Callable[[Counted, Translate], Figure]] = [
        received, acknowledged, days_to_acknowledge, meetings, forms, motives, of_professions, channels, outcomes,
    ]  # fmt: skip
    return [make(counted, t) for make in made]


def none_of(year: int, professions: Mapping[str, str], t: Translate) -> list[Figure]:
    """Make the figures of fewer than five complaints: each number is under five, and no more is told."""
    return all_of(Counted(year, {}, professions=professions), t)


def received(counted: Counted, t: Translate) -> Figure:
    """How many came, month by month."""
    named = [(f"{counted.year}-{n:02}", MONTHS[n - 1]) for n in range(1, counted.last_month + 1)]
    total = text(counted.told([RECEIVED])[0], t)
    return Figure(
        "mois",
        t(N_("Plaintes reçues par mois")),
        t(N_("Mois")),
        _lines([t(label) for _, label in named], counted.told_by_month(RECEIVED, [code for code, _ in named]), t),
        finding=t(N_("{total} plaintes reçues en {year}.")).format(total=total, year=counted.year),
        unit=t(COMPLAINTS),
        kind="columns",
    )


def acknowledged(counted: Counted, t: Translate) -> Figure:
    """Whether the acknowledgement left in eight days (CSP R. 1110-11)."""
    cells = _kept(counted, LegalDay.ACKNOWLEDGE)
    return Figure(
        "accuses",
        t(N_("Accusés de réception en 8 jours")),
        t(N_("Accusé de réception")),
        _lines([t(words) for words in HOW.values()], cells, t),
        finding=_share(cells, t),
        unit=t(COMPLAINTS),
    )


def days_to_acknowledge(counted: Counted, t: Translate) -> Figure:
    """The median of the days to the acknowledgement, month by month, beside the eight days of the law."""
    lines = []
    for n in range(1, counted.last_month + 1):
        days = rules.median(_spread(counted.months.get(f"{counted.year}-{n:02}", {}), "accuse"))
        lines.append(_days(t(MONTHS[n - 1]), days, t))
    return Figure(
        "delais",
        t(N_("Jours jusqu'à l'accusé de réception")),
        t(N_("Mois de réception")),
        tuple(lines),
        finding=t(N_("La moitié des accusés part plus vite que la durée médiane, l'autre moitié moins vite.")),
        unit=t(DAYS_HEAD),
        kind="dots",
        limit=8,
    )


def meetings(counted: Counted, t: Translate) -> Figure:
    """Whether the meeting was held in three months, and after how many days (CSP R. 1110-11)."""
    days = rules.median(_spread(counted.total, "reunion"))
    found = t(N_("La durée médiane jusqu'à la réunion est de {n} jours.")).format(n=days) if days is not None else ""
    words = (N_("Réunion tenue en 3 mois"), N_("Réunion tenue plus tard"), N_("Pas encore de réunion"))
    return Figure(
        "reunions",
        t(N_("Jours jusqu'à la réunion")),
        t(N_("Réunion de conciliation")),
        _lines([t(one) for one in words], _kept(counted, LegalDay.MEET), t),
        finding=found or t(N_("Trop peu de réunions pour calculer une durée médiane.")),
        unit=t(COMPLAINTS),
    )


def forms(counted: Counted, t: Translate) -> Figure:
    """What happened, in the words of those who complain."""
    return _chosen(counted, t, "formes", N_("Formes du refus"), N_("Forme"), "forme", RefusalKind)


def motives(counted: Counted, t: Translate) -> Figure:
    """Why, in their opinion."""
    return _chosen(counted, t, "motifs", N_("Motifs"), N_("Motif"), "motif", MotiveChoice)


def of_professions(counted: Counted, t: Translate) -> Figure:
    """Who is complained about."""
    labels = {code: t(label) for code, label in counted.professions.items()} | {"": t(N_("Profession non précisée"))}
    made = split(counted, t, "professions", N_("Professions"), N_("Profession"), labels, "profession")
    return replace(made, is_long=True, note=t(LEFT_OUT))


def channels(counted: Counted, t: Translate) -> Figure:
    """How it came."""
    labels = {one.value: t(one.label) for one in Channel}
    return split(counted, t, "canaux", N_("Qui a écrit la plainte"), N_("Écrite par"), labels, "canal")


def outcomes(counted: Counted, t: Translate) -> Figure:
    """Where each complaint stands today."""
    labels = {one.value: t(one.label) for one in ComplaintState if one is not ComplaintState.REROUTED}
    return split(counted, t, "issues", N_("Où en sont les plaintes"), N_("État"), labels, "etat")


def duty(counted: Counted, t: Translate, code: str, label: str) -> Figure:
    """Whether a day of the law was kept."""
    cells = _kept(counted, code)
    lines = _lines([t(words) for words in HOW.values()], cells, t)
    return Figure(code, t(label), t(N_("Délai")), lines, unit=t(COMPLAINTS))


def plain(counted: Counted, t: Translate, code: str, heading: str, rows: Mapping[str, str]) -> Figure:
    """Count some codes, each by itself."""
    cells = counted.told(list(rows))
    lines = _lines([t(label) for label in rows.values()], cells, t)
    return Figure(code, t(heading), t(heading), lines, unit=t(COMPLAINTS))


def text(cell: Cell, t: Translate) -> str:
    """Write what is told of a number."""
    if cell.is_exact:
        return f"{cell.low:,}".replace(",", THOUSANDS)
    return t(SMALL) if cell.is_small else t(RANGE).format(low=cell.low, high=cell.high)


def _chosen(
    counted: Counted, t: Translate, code: str, heading: str, head: str, what: str, choices: type[Choices]
) -> Figure:  # fmt: skip
    labels = {one.value: t(one.label) for one in choices} | {NOT_SAID: t(N_("Pas de réponse"))}
    labels |= {one: one for one in _known(counted, what) if one not in labels}
    cells = counted.told([f"{what}|{one}" for one in labels])
    note = t(N_("Une plainte peut avoir plusieurs réponses."))
    lines = _lines(list(labels.values()), cells, t)
    return Figure(code, t(heading), t(head), lines, note=f"{note} {t(LEFT_OUT)}", unit=t(COMPLAINTS), is_long=True)


def split(
    counted: Counted, t: Translate, code: str, heading: str, head: str, labels: Mapping[str, str], what: str
) -> Figure:  # fmt: skip
    """Split the complaints in parts that add up to all of them."""
    named = dict(labels) | {one: one for one in _known(counted, what) if one not in labels}
    cells = counted.told([f"{what}|{one}" for one in named], adds_up=True)
    return Figure(code, t(heading), t(head), _lines(list(named.values()), cells, t), unit=t(COMPLAINTS))


def _known(counted: Counted, what: str) -> list[str]:
    """List the codes that were counted: a form of before, or of tomorrow, is shown by its code."""
    return sorted(code.partition("|")[2] for code in counted.total if code.startswith(f"{what}|"))


def _kept(counted: Counted, code: str) -> list[Cell]:
    return counted.told([f"echeance|{code}|{how}" for how in HOW], adds_up=True)


def _share(cells: Sequence[Cell], t: Translate) -> str:
    """Return the share of what was done in time; at least how much, when the exact one would tell a small number."""
    on_time, late, _ = cells
    if on_time.is_small:
        return t(N_("Trop peu d'accusés pour calculer une part."))
    is_exact = on_time.is_exact and late.is_exact
    words = ON_TIME if is_exact else ON_TIME_AT_LEAST
    return t(words).format(share=rules.share(on_time.low, on_time.low + late.high))


def _spread(month: Month, what: str) -> dict[int, int]:
    return {int(code.partition("|")[2]): n for code, n in month.items() if code.startswith(f"{what}|")}


def _lines(labels: Sequence[str], cells: Sequence[Cell], t: Translate) -> tuple[FigureRow, ...]:
    return tuple(
        FigureRow(label, text(cell, t), None if cell.is_small else cell.low)
        for label, cell in zip(labels, cells, strict=True)
    )


def _days(label: str, days: int | None, t: Translate) -> FigureRow:
    return FigureRow(label, t(TOO_FEW) if days is None else t(DAYS).format(n=days), days)
