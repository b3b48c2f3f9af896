"""How many days acts took: the median by month, and for an authority alone how they are spread. Pure functions.

The classes of days and the days of the law cut the same acts in two ways: together they would tell small numbers.
"""

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.status.counted_as import LONGEST
from app.procedure.days import LegalDay
from app.statistics import rules
from app.statistics.counted import Counted
from app.statistics.figure import COMPLAINTS, DAYS_HEAD, MONTHS, Figure, days_row, lines_of
from app.statistics.rules import Cell

ACKNOWLEDGED, TRANSMITTED, MET = "accuse", "transmission", "reunion"
"""What is counted by its days, as ``counted_as`` writes it."""
SHORT, LONG = (2, 5, 8, 15, 30), (30, 60, 92, 120, 180)
"""Last day of each class: around eight days, and around three months."""
UP_TO = N_("{n} jours ou moins")
BETWEEN = N_("{low} à {high} jours")
BEYOND = N_("Plus de {n} jours")
QUARTERS = N_(
    "En jours : un quart des actes jusqu'à {first}, la moitié jusqu'à {middle}, trois quarts jusqu'à {third}."
)
NO_ACT = N_("Aucun acte n'est encore fait.")


def by_month(counted: Counted, t: Translate) -> Figure:
    """The median of the days to the acknowledgement, month by month, beside the eight days of the law."""
    months = [(MONTHS[n - 1], f"{counted.year}-{n:02}") for n in range(1, counted.last_month + 1)]
    medians = [(label, counted.median(counted.days(ACKNOWLEDGED, month))) for label, month in months]
    return Figure(
        "delais",
        t(N_("Jours jusqu'à l'accusé de réception")),
        t(N_("Mois de réception")),
        tuple(days_row(t(label), days, t) for label, days in medians),
        finding=t(N_("La moitié des accusés part plus vite que la durée médiane, l'autre moitié moins vite.")),
        unit=t(DAYS_HEAD),
        kind="dots",
        limit=8,
    )


def meetings(counted: Counted, t: Translate) -> Figure:
    """Whether the meeting was held in three months, and after how many days (CSP R. 1110-11)."""
    days = counted.median(counted.days(MET))
    found = t(N_("La durée médiane jusqu'à la réunion est de {n} jours.")).format(n=days) if days is not None else ""
    words = (N_("Réunion tenue en 3 mois"), N_("Réunion tenue plus tard"), N_("Pas encore de réunion"))
    return Figure(
        "reunions",
        t(N_("Jours jusqu'à la réunion")),
        t(N_("Réunion de conciliation")),
        lines_of([t(one) for one in words], counted.kept(LegalDay.MEET), t),
        finding=found or t(N_("Trop peu de réunions pour calculer une durée médiane.")),
        unit=t(COMPLAINTS),
    )


def spreads(counted: Counted, t: Translate) -> list[Figure]:
    """Make the figures of how days are spread."""
    return [make(counted, t) for make in (acknowledgements, transmissions, to_meeting)]


def acknowledgements(counted: Counted, t: Translate) -> Figure:
    """How the days to the acknowledgement are spread."""
    return _spread(counted, t, "jours-accuse", N_("Répartition des jours jusqu'à l'accusé"), ACKNOWLEDGED, SHORT)


def transmissions(counted: Counted, t: Translate) -> Figure:
    """How the days to the transmission to the other authority are spread."""
    heading = N_("Répartition des jours jusqu'à la transmission à l'autre autorité")
    return _spread(counted, t, "jours-transmission", heading, TRANSMITTED, SHORT)


def to_meeting(counted: Counted, t: Translate) -> Figure:
    """How the days to the meeting are spread."""
    return _spread(counted, t, "jours-reunion", N_("Répartition des jours jusqu'à la réunion"), MET, LONG)


def _spread(counted: Counted, t: Translate, code: str, heading: str, what: str, ends: tuple[int, ...]) -> Figure:
    days = counted.days(what)
    starts, stops = (0, *(end + 1 for end in ends)), (*(end + 1 for end in ends), LONGEST + 1)
    classes = [range(start, stop) for start, stop in zip(starts, stops, strict=True)]
    cells = [Cell(n, n) for one in classes for n in [sum(days.get(day, 0) for day in one)]]
    labels = [t(UP_TO).format(n=ends[0])]
    labels += [t(BETWEEN).format(low=one.start, high=one.stop - 1) for one in classes[1:-1]]
    labels.append(t(BEYOND).format(n=ends[-1]))
    quarters = rules.quartiles(days)
    told = t(QUARTERS).format(first=quarters[0], middle=quarters[1], third=quarters[2]) if quarters else t(NO_ACT)
    return Figure(code, t(heading), t(N_("Durée")), lines_of(labels, cells, t), finding=told, unit=t(COMPLAINTS))
