"""What was seen, and by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "filing_act_seen",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reader", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["n"], ["filing_act.n"], name=op.f("fk_filing_act_seen_n_filing_act")),
        sa.PrimaryKeyConstraint("n", "reader", name=op.f("pk_filing_act_seen")),
    )


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
