"""What is seen of the clock; points of the register are found by their kind."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "clock_jump",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_jump")),
    )
    with op.batch_alter_table("clock_jump", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clock_jump_at"), ["at"], unique=False)

    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_kind", ["kind", "n"], unique=False)

    with op.batch_alter_table("stamp", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gap", sa.Float(), nullable=True))


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
