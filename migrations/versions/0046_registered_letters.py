"""Electronic registered letters that an authority sends by the provider of its operator."""

import sqlalchemy as sa
from alembic import op

from app.base.storage.database import Instant

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "registered_letter",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("filing_id", sa.String(32), sa.ForeignKey("filing.id"), nullable=False),
        sa.Column("party", sa.String(24), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("identifier", sa.String(100), nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(16), nullable=False),
        sa.Column("not_before", Instant, nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_registered_letter_due", "registered_letter", ["not_before"])
    op.create_index("ix_registered_letter_filing_id", "registered_letter", ["filing_id"])


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
