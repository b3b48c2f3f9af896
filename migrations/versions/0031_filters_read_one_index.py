"""The filters of the list read one index of the desk, and no row."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

COLUMNS = [
    *("authority", "next_due_on", "filing_id"),
    *("state", "role", "profession", "channel", "next_code", "received_at"),
]


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("filing_desk", schema=None) as batch_op:
        batch_op.create_index("ix_filing_desk_list", COLUMNS, unique=False)
        batch_op.drop_index("ix_filing_desk_next")


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
