"""The days that acts bear: neither to come, nor before the act that they follow; how late they came."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.acts.order import First
from app.base.forms.fields import FieldError, Typed
from app.base.i18n import ntranslate
from app.saisine.steps.days import day_checks, day_of

TODAY, RECEIVED = "aujourd_hui", "recue_le"
"""What a page of acts knows beside its fields."""
AFTER = "suit"
"""The first day that the act of the page may bear: :class:`~app.acts.order.First`."""
PARTS = ("jour", "mois", "annee")


def order_checks(found: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, FieldError]]:
    """Check the day of an act: neither to come, nor before the act that it follows."""
    wrong = list(day_checks(found, prefix, found.get(TODAY)))
    yield from wrong
    if wrong or not all(found.get(f"{prefix}_{part}") for part in PARTS):
        return
    first: First = found[AFTER]
    if mistake := first.mistake(day_of(found, prefix)):
        yield f"{prefix}_jour", mistake


def typed_day(prefix: str, day: date) -> Typed:
    """Fill the three fields of a date."""
    return dict(zip((f"{prefix}_{part}" for part in PARTS), ([str(n)] for n in day.timetuple()[2::-1]), strict=True))


def with_lateness(how: str, late: int) -> str:
    """Add by how many days an act came after its last day, if it did."""
    if late <= 0:
        return how
    return ntranslate("{how} ({n} jour après la date limite)", "{how} ({n} jours après la date limite)", late).format(
        how=how, n=late
    )
