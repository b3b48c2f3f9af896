"""Tables of the list: the views that an authority keeps, and how each clerk lays the list."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base


class SavedView(Base):
    """A list that the clerks of an authority ask for often, under a name of theirs."""

    __tablename__ = "saved_view"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    authority: Mapped[str] = mapped_column(String(24), index=True)
    name: Mapped[str] = mapped_column(String(40))
    asked: Mapped[str] = mapped_column(Text)
    """The end of the address that asks for it: neither number nor words, so that it names no complaint."""


class ListDisplay(Base):
    """How one clerk reads the list; without a row, as everybody does."""

    __tablename__ = "list_display"

    account: Mapped[str] = mapped_column(String(32), primary_key=True)
    columns: Mapped[str] = mapped_column(Text)
    """Codes of the columns, separated by spaces."""
    view: Mapped[str] = mapped_column(String(32))
    """Id of the saved view that is shown on arrival; empty for the whole list."""
