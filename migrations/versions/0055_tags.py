"""Tags of an authority on the complaints of its desk."""

import sqlalchemy as sa
from alembic import op

from app.base.storage.database import Instant

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "tag",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("holder", sa.String(48), nullable=False),
        sa.Column("wrapped", sa.String(120), nullable=False),
        sa.Column("name", sa.String(240), nullable=False),
        sa.Column("retired_at", Instant(), nullable=True),
    )
    op.create_index("ix_tag_holder", "tag", ["holder"])
    op.create_table(
        "filing_tag",
        sa.Column("authority", sa.String(48), primary_key=True),
        sa.Column("tag", sa.String(32), sa.ForeignKey("tag.id"), primary_key=True),
        sa.Column("filing_id", sa.String(32), primary_key=True),
        sa.ForeignKeyConstraint(
            ["filing_id", "authority"], ["filing_desk.filing_id", "filing_desk.authority"], ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_filing_tag_filing", "filing_tag", ["filing_id", "authority"])


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
