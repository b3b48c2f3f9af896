"""What was learnt of each file, and reasons in the history."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reading", sa.String(length=12), server_default="attend", nullable=False))
        batch_op.add_column(sa.Column("scan", sa.String(length=12), server_default="non_analyse", nullable=False))
        batch_op.add_column(sa.Column("copy_type", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("pages", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("seconds", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index(batch_op.f("ix_evidence_reading"), ["reading"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_scan"), ["scan"], unique=False)

    with op.batch_alter_table("filing_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("why", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
