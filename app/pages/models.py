"""The table of the places where somebody helps to write a complaint."""

from datetime import date

from sqlalchemy import Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base


class HelpPlace(Base):
    """A France services space, as a list that the operator loaded describes it; public, and replaced with its list."""

    __tablename__ = "help_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    commune: Mapped[str] = mapped_column(String(5))
    """INSEE code of a commune of today, or of an arrondissement of Paris, Lyon or Marseille."""
    departement: Mapped[str] = mapped_column(String(3), index=True)
    address: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(60))
    hours: Mapped[str] = mapped_column(Text, default="")
    """Opening hours, as the list writes them."""
    source: Mapped[str] = mapped_column(String(200), index=True)
    """The list; a new edition replaces all the rows of the one before."""
    updated_on: Mapped[date] = mapped_column(Date)
    """Day of that edition."""
