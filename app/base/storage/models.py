"""The table of what the instances of one database agree upon."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base, Instant


class Lease(Base):
    """What one instance does for all, until an instant; whoever comes after it may take the lease."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(24), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    """Drawn by each instance when it starts."""
    until: Mapped[datetime] = mapped_column(Instant)
    """As the clock of the database server reads it: those of the instances may differ."""
