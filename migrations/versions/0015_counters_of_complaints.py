"""Counters of complaints."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "tallied",
        sa.Column("filing_number", sa.String(length=20), nullable=False),
        sa.Column("portrait", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("filing_number", name=op.f("pk_tallied")),
    )
    op.create_table(
        "tally",
        sa.Column("authority", sa.String(length=24), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("profession", sa.String(length=8), nullable=False),
        sa.Column("town", sa.String(length=8), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("authority", "month", "profession", "town", "is_kept", name=op.f("pk_tally")),
    )
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.create_index("ix_tally_cut", ["town", "profession", "month"], unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
