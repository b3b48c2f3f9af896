"""The figures of a year: each with its words, its rows, and what may be told of each number. Pure functions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.base.errors import N_
from app.base.forms.fields import Choices, Translate
from app.base.i18n import ntranslate
from app.counters.rules import RECEIVED
from app.filing.status.counted_as import NOT_SAID
from app.filing.status.state import ComplaintState
from app.intake.filters import Channel
from app.procedure.days import LegalDay
from app.saisine.steps.facts import RefusalKind
from app.saisine.steps.motives import MotiveChoice
from app.statistics import delays, rules, years
from app.statistics.counted import Counted
from app.statistics.figure import COMPLAINTS, HOW, MONTHS, Figure, lines_of, text
from app.statistics.rules import Cell

ON_TIME = N_("{share} % des accusés sont partis en 8 jours.")
ON_TIME_AT_LEAST = N_("Au moins {share} % des accusés sont partis en 8 jours.")
LEFT_OUT = N_("Le dessin ne montre pas ce qui compte moins de 5 plaintes.")
NONE_LEFT_OUT = N_("Le dessin ne montre pas ce qui ne compte aucune plainte.")


def all_of(counted: Counted, t: Translate) -> list[Figure]:
    """Make every figure of the page of statistics."""
    made: list[Callable[[Counted, Translate], Figure]] = [
        received, acknowledged, delays.by_month, delays.meetings, forms, motives, of_professions, channels, outcomes,
        years.received, years.on_time, years.to_meeting,
    ]  # fmt: skip
    return [*(make(counted, t) for make in made), *(delays.spreads(counted, t) if counted.is_exact else ())]


def none_of(year: int, professions: Mapping[str, str], t: Translate, *, is_exact: bool = False) -> list[Figure]:
    """Make the figures of fewer than five complaints: each number is under five; of none, for ``is_exact``: zero."""
    return all_of(Counted(year, {}, professions=professions, is_exact=is_exact), t)


def total(counted: Counted, t: Translate) -> Figure:
    """How many came in the year."""
    heading, cells = t(N_("Plaintes reçues dans l'année")), counted.told([RECEIVED])
    lines = lines_of([str(counted.year)], cells, t)
    return Figure("total", heading, t(N_("Année")), lines, unit=t(COMPLAINTS))


def received(counted: Counted, t: Translate) -> Figure:
    """How many came, month by month."""
    named = [(f"{counted.year}-{n:02}", MONTHS[n - 1]) for n in range(1, counted.last_month + 1)]
    return Figure(
        "mois",
        t(N_("Plaintes reçues par mois")),
        t(N_("Mois")),
        lines_of([t(label) for _, label in named], counted.told_by_month(RECEIVED, [code for code, _ in named]), t),
        finding=_total_words(counted, t),
        unit=t(COMPLAINTS),
        kind="columns",
    )


def _total_words(counted: Counted, t: Translate) -> str:
    (total,) = counted.told([RECEIVED])
    words = ntranslate("{total} plainte reçue en {year}.", "{total} plaintes reçues en {year}.", total.high)
    return words.format(total=text(total, t), year=counted.year)


def acknowledged(counted: Counted, t: Translate) -> Figure:
    """Whether the acknowledgement left in eight days (CSP R. 1110-11)."""
    cells = counted.kept(LegalDay.ACKNOWLEDGE)
    return Figure(
        "accuses",
        t(N_("Accusés de réception en 8 jours")),
        t(N_("Accusé de réception")),
        lines_of([t(words) for words in HOW.values()], cells, t),
        finding=_share(cells, t),
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
    return replace(made, is_long=True, note=left_out(counted, t))


def left_out(counted: Counted, t: Translate) -> str:
    """Say what the chart of a long table leaves out."""
    return t(NONE_LEFT_OUT if counted.is_exact else LEFT_OUT)


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
    cells = counted.kept(code)
    lines = lines_of([t(words) for words in HOW.values()], cells, t)
    return Figure(code, t(label), t(N_("Délai")), lines, unit=t(COMPLAINTS))


def plain(counted: Counted, t: Translate, code: str, heading: str, rows: Mapping[str, str]) -> Figure:
    """Count some codes, each by itself."""
    cells = counted.told(list(rows))
    lines = lines_of([t(label) for label in rows.values()], cells, t)
    return Figure(code, t(heading), t(heading), lines, unit=t(COMPLAINTS))


def _chosen(
    counted: Counted, t: Translate, code: str, heading: str, head: str, what: str, choices: type[Choices]
) -> Figure:  # fmt: skip
    labels = {one.value: t(one.label) for one in choices} | {NOT_SAID: t(N_("Pas de réponse"))}
    labels |= {one: one for one in _known(counted, what) if one not in labels}
    cells = counted.told([f"{what}|{one}" for one in labels])
    note = t(N_("Une plainte peut avoir plusieurs réponses."))
    lines = lines_of(list(labels.values()), cells, t)
    return Figure(
        code, t(heading), t(head), lines, note=f"{note} {left_out(counted, t)}", unit=t(COMPLAINTS), is_long=True
    )


def split(
    counted: Counted, t: Translate, code: str, heading: str, head: str, labels: Mapping[str, str], what: str
) -> Figure:  # fmt: skip
    """Split the complaints in parts that add up to all of them."""
    named = dict(labels) | {one: one for one in _known(counted, what) if one not in labels}
    cells = counted.told([f"{what}|{one}" for one in named], adds_up=True)
    return Figure(code, t(heading), t(head), lines_of(list(named.values()), cells, t), unit=t(COMPLAINTS))


def _known(counted: Counted, what: str) -> list[str]:
    """List the codes that were counted: a form of before, or of tomorrow, is shown by its code."""
    return sorted(code.partition("|")[2] for code in counted.total if code.startswith(f"{what}|"))


def _share(cells: Sequence[Cell], t: Translate) -> str:
    """Return the share of what was done in time; at least how much, when the exact one would tell a small number."""
    on_time, late, _ = cells
    if on_time.is_small or not on_time.low + late.high:
        return t(N_("Trop peu d'accusés pour calculer une part."))
    is_exact = on_time.is_exact and late.is_exact
    words = ON_TIME if is_exact else ON_TIME_AT_LEAST
    return t(words).format(share=rules.share(on_time.low, on_time.low + late.high))
