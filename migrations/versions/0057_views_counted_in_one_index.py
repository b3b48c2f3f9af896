"""The views of a desk are counted in one passage of its index, who takes care of a complaint included."""

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

COLUMNS = [
    *("authority", "next_due_on", "filing_id"),
    *("state", "role", "assignee", "profession", "channel", "next_code", "received_at"),
]


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("filing_desk", schema=None) as batch_op:
        batch_op.drop_index("ix_filing_desk_list")
        batch_op.create_index("ix_filing_desk_list", COLUMNS, unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
