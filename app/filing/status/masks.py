"""What the professional is not shown: the masks of a complaint, and the answers as they leave. Pure rules on values."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.sealed.act import Act
from app.filing.sealed.masks import AreaMasked, Masked, PassageMasked, Place, Unmasked

PASSAGE_MASKED, AREA_MASKED, UNMASKED = "passage_masque", "zone_masquee", "masque_retire"
MASKING = (PASSAGE_MASKED, AREA_MASKED, UNMASKED)
INSTEAD = N_("[passage masqué]")
"""Stands for the words, whatever their length."""
Area = tuple[int, int, int, int, int]
"""Page, left, top, width, height."""


def masks(acts: Iterable[Act]) -> dict[int, Masked]:
    """Return the masks that hold, by their numbers; the number of one that was taken back is never given again."""
    found: dict[int, Masked] = {}
    set_so_far = 0
    for act in acts:
        match act.sealed:
            case Unmasked(mask=number):
                found.pop(number, None)
            case Masked() as mask:
                set_so_far += 1
                found[set_so_far] = mask
    return found


def places_of(passage: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Place]:
    """Find a passage in answers, whatever its capitals and the spaces between its words."""
    words = passage.split()
    if not words:
        return
    wanted = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    for row in rows:
        for found in wanted.finditer(str(row["shown"])):
            yield Place(answer=row["name"], start=found.start(), end=found.end())


def masked_rows(rows: Iterable[Mapping[str, Any]], acts: Iterable[Act], t: Translate) -> list[dict[str, Any]]:
    """Give answers without the passages that are masked: their labels, and what is shown of them, alone."""
    held = [place for mask in masks(acts).values() if isinstance(mask, PassageMasked) for place in mask.places]
    return [
        {
            "name": row["name"],
            "label": row["label"],
            "shown": without(str(row["shown"]), [one for one in held if one.answer == row["name"]], t(INSTEAD)),
        }
        for row in rows
    ]


def without(text: str, places: Iterable[Place], instead: str) -> str:
    """Put the same words for each passage; passages that touch or overlap are one."""
    kept, reached, is_first = "", 0, True
    for place in sorted(places, key=lambda one: (one.start, one.end)):
        if is_first or place.start > reached:
            kept += text[reached : place.start] + instead
        reached, is_first = max(reached, place.end), False
    return kept + text[reached:]


def areas_of(acts: Iterable[Act], file_id: str) -> list[Area]:
    """List the areas of a file that are masked, in the order in which they were set."""
    return [
        (one.page, one.left, one.top, one.width, one.height)
        for one in masks(acts).values()
        if isinstance(one, AreaMasked) and one.file == file_id
    ]
