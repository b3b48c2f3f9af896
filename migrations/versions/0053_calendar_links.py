"""Links under which the calendars of clerks read the dates of their desk."""

import sqlalchemy as sa
from alembic import op

from app.base.storage.database import Instant

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "calendar_link",
        sa.Column("account", sa.String(32), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("bound", sa.String(64), nullable=True),
    )


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
