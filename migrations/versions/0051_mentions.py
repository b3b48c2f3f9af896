"""Complaints of which a colleague told a clerk, until they are opened."""

import sqlalchemy as sa
from alembic import op

from app.base.storage.database import Instant

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "filing_mention",
        sa.Column("account", sa.String(32), primary_key=True),
        sa.Column("filing_id", sa.String(32), sa.ForeignKey("filing.id"), primary_key=True),
        sa.Column("at", Instant, nullable=False),
    )


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
