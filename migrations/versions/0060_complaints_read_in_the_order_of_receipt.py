"""A desk is read in the order of receipt through an index, as it is by day owed and by number."""

from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

COVERED = [
    *("authority", "received_at", "filing_id", "next_due_on", "number"),
    *("state", "role", "assignee", "profession", "channel", "next_code"),
]


def upgrade() -> None:
    """Go forward."""
    op.create_index("ix_filing_desk_received", "filing_desk", COVERED, unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
