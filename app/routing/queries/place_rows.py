"""A town as it is found, offered, and said back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlaceRow:
    """A town that may be meant; ``code`` is what to keep."""

    code: str
    """INSEE code of a commune of today, or of an arrondissement of Paris, Lyon or Marseille."""
    name: str
    former: str
    """The former name under which it was found; else empty."""
    postal_codes: tuple[str, ...]
    departement: str
    departement_name: str
    plain: str
    """« Lille (59000, Nord) »; the postal code that was typed, else the first; ``place_meant`` takes it."""
    label: str
    """The same, behind the former name under which it was found."""
    is_exact: bool
    """The whole name or the whole postal code was typed."""
    population: int
