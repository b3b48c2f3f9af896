"""Who takes care of a complaint."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("filing_desk", schema=None) as batch_op:
        batch_op.add_column(sa.Column("assignee", sa.String(length=32), server_default="", nullable=False))
        batch_op.create_index(
            "ix_filing_desk_assignee", ["authority", "assignee", "next_due_on", "filing_id"], unique=False
        )


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
