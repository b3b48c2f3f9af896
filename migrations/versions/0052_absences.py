"""Absences of the clerks of an authority."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "absence",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("authority", sa.String(24), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("replacement", sa.String(32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_absence_authority", "absence", ["authority"])


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
