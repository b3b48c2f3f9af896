"""A year beside those before it: how many complaints, how many acknowledged in time, how long to the meeting."""

from collections.abc import Sequence

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.counters.rules import RECEIVED
from app.procedure.days import LegalDay
from app.statistics import rules
from app.statistics.counted import Counted
from app.statistics.delays import MET
from app.statistics.figure import COMPLAINTS, DAYS_HEAD, TOO_FEW, Figure, FigureRow, days_row, lines_of

YEAR = N_("Année de réception")
PERCENT = N_("{share} %")
NOT_OVER = N_("Une année en cours n'est pas complète.")


def received(counted: Counted, t: Translate) -> Figure:
    """How many came each year."""
    rows = [row for one in _all(counted) for row in lines_of([str(one.year)], one.told([RECEIVED]), t)]
    heading = t(N_("Plaintes reçues, année par année"))
    return Figure("annees", heading, t(YEAR), tuple(rows), note=t(NOT_OVER), unit=t(COMPLAINTS))


def on_time(counted: Counted, t: Translate) -> Figure:
    """Which part of the acknowledgements left in eight days, each year (CSP R. 1110-11)."""
    heading, unit = t(N_("Accusés partis en 8 jours, année par année")), t(N_("Part des accusés"))
    return Figure("annees-accuses", heading, t(YEAR), tuple(_share(one, t) for one in _all(counted)), unit=unit)


def to_meeting(counted: Counted, t: Translate) -> Figure:
    """The median of the days to the meeting, each year."""
    rows = tuple(days_row(str(one.year), one.median(one.days(MET)), t) for one in _all(counted))
    heading = t(N_("Jours jusqu'à la réunion, année par année"))
    return Figure("annees-reunions", heading, t(YEAR), rows, unit=t(DAYS_HEAD))


def _all(counted: Counted) -> Sequence[Counted]:
    return [counted, *counted.before]


def _share(counted: Counted, t: Translate) -> FigureRow:
    """Write a part when both its numbers are told as they are."""
    on_time, late, _ = counted.kept(LegalDay.ACKNOWLEDGE)
    if not (on_time.is_exact and late.is_exact and on_time.low + late.low):
        return FigureRow(str(counted.year), t(TOO_FEW), None)
    share = rules.share(on_time.low, on_time.low + late.low)
    return FigureRow(str(counted.year), t(PERCENT).format(share=share), share)
