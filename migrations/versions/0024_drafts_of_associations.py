"""Drafts of associations."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("association", sa.String(length=32), server_default="", nullable=False))
        batch_op.add_column(sa.Column("member", sa.String(length=32), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_draft_association"), ["association"], unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
