"""What an authority owes by a day is read from one index of its days, and no row."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("filing_duty", schema=None) as batch_op:
        batch_op.drop_index("ix_filing_duty_due")
        batch_op.create_index("ix_filing_duty_due", ["authority", "due_on", "code", "until", "filing_id"], unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
