"""Message templates of the authorities, with all that they said."""

import sqlalchemy as sa
from alembic import op

from app.base.storage.database import Instant

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "message_template",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("authority", sa.String(24), nullable=False),
        sa.Column("act", sa.String(24), nullable=False),
        sa.Column("archived_at", Instant, nullable=True),
    )
    op.create_index("ix_message_template_authority", "message_template", ["authority"])
    op.create_table(
        "message_template_version",
        sa.Column("template", sa.String(32), sa.ForeignKey("message_template.id"), primary_key=True),
        sa.Column("n", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", Instant, nullable=False),
    )


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
