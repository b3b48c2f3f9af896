"""Authorities that an administrator creates."""

import sqlalchemy as sa
from alembic import op

from app.base.storage.database import Instant

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "authority_opening",
        sa.Column("authority", sa.Text(), primary_key=True),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("in_force_at", Instant(), nullable=True),
    )


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
