"""The days that acts bear: neither to come, nor before the act that they follow; how late they came."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.acts.order import First
from app.base.forms.dates import Day, to_come
from app.base.forms.fields import FieldError
from app.base.i18n import ntranslate

TODAY, RECEIVED = "aujourd_hui", "plainte_recue_le"
"""What a page of acts knows beside its fields."""
AFTER = "suit"
"""The first day that the act of the page may bear: :class:`~app.acts.order.First`."""


def order_checks(found: Mapping[str, Any], name: str) -> Iterator[tuple[str, FieldError]]:
    """Check the day of an act: neither to come, nor before the act that it follows."""
    day: Day = found.get(name)
    if day is None:
        return
    first: First = found[AFTER]
    if mistake := to_come(day, found.get(TODAY)) or first.mistake(day):
        yield name, mistake


def with_lateness(how: str, late: int) -> str:
    """Add by how many days an act came after its last day, if it did."""
    if late <= 0:
        return how
    return ntranslate("{how} ({n} jour après la date limite)", "{how} ({n} jours après la date limite)", late).format(
        how=how, n=late
    )
