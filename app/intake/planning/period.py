"""The days that a view of the agenda shows, and the views beside it: pure rules on values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.base.dates import add_months, date_text
from app.base.errors import N_
from app.base.forms.fields import Choices, Translate

FIRST, LAST = date(2021, 1, 1), date(2099, 12, 31)
"""Before the procedure nothing was met; nobody fixes a meeting after the other."""


class AgendaView(Choices):
    """How many days are shown."""

    MONTH = "mois", N_("Mois")
    WEEK = "semaine", N_("Semaine")
    DAY = "jour", N_("Jour")


@dataclass(frozen=True)
class Period:
    """A view of the agenda, around one day."""

    view: AgendaView
    day: date

    @property
    def first(self) -> date:
        """Its first day: of the month, Monday, or the day itself."""
        match self.view:
            case AgendaView.MONTH:
                return self.day.replace(day=1)
            case AgendaView.WEEK:
                return self.day - timedelta(days=self.day.weekday())
            case AgendaView.DAY:
                return self.day

    @property
    def last(self) -> date:
        """Its last day."""
        return self._next_first - timedelta(days=1)

    @property
    def days(self) -> Sequence[date]:
        """Its days."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    @property
    def before(self) -> "Period | None":
        """The period that comes before; none before the first day."""
        day = self.first - timedelta(days=1)
        return Period(self.view, day) if day >= FIRST else None

    @property
    def after(self) -> "Period | None":
        """The period that comes after; none after the last day."""
        return Period(self.view, self._next_first) if self._next_first <= LAST else None

    @property
    def _next_first(self) -> date:
        match self.view:
            case AgendaView.MONTH:
                return add_months(self.first, 1)
            case AgendaView.WEEK:
                return self.first + timedelta(days=7)
            case AgendaView.DAY:
                return self.first + timedelta(days=1)

    @property
    def query(self) -> str:
        """Return the end of the address that asks for it."""
        return f"?vue={self.view.value}&jour={self.day.isoformat()}"

    def turned(self, view: AgendaView) -> "Period":
        """Return another view around the same day."""
        return Period(view, self.day)

    def title(self, t: Translate) -> str:
        """Write what it shows: « mai 2026 », « du 25 au 31 mai 2026 », « jeudi 28 mai 2026 »."""
        match self.view:
            case AgendaView.MONTH:
                return date_text(self.first, weekday=False).split(maxsplit=1)[1]
            case AgendaView.WEEK:
                between = (date_text(self.first, weekday=False), date_text(self.last, weekday=False))
                return t(N_("du {first} au {last}")).format(first=between[0], last=between[1])
            case AgendaView.DAY:
                return date_text(self.day)


def read_period(typed: Mapping[str, str], today: date) -> tuple[Period, bool]:
    """Read what an address asks for, and whether something of it was not understood: then the month of today."""
    view = next((one for one in AgendaView if one.value == typed.get("vue", AgendaView.MONTH.value)), None)
    try:
        day = date.fromisoformat(typed["jour"]) if "jour" in typed else today
    except ValueError:
        day = None
    is_known = view is not None and day is not None and FIRST <= day <= LAST
    if view is None or day is None or not is_known:
        return Period(view or AgendaView.MONTH, today), True
    return Period(view, day), False
