"""Authorities that close, and those that succeed them."""

import sqlalchemy as sa
from alembic import op

from app.base.storage.database import Instant

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "authority_closure",
        sa.Column("authority", sa.Text(), primary_key=True),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moves_accounts", sa.Boolean(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("in_force_at", Instant(), nullable=True),
    )


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
