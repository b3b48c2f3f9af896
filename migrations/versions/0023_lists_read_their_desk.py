"""What lists are filtered by stands on the desk itself."""

import sqlalchemy as sa
from alembic import op

from app.base.storage.database import Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    columns: tuple[sa.Column[object], ...] = (
        sa.Column("state", sa.String(length=24), nullable=True),
        sa.Column("profession", sa.String(length=8), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=True),
        sa.Column("has_needs", sa.Boolean(), nullable=True),
        sa.Column("received_at", Instant(timezone=True), nullable=True),
    )
    with op.batch_alter_table("filing_desk", schema=None) as batch_op:
        for column in columns:
            batch_op.add_column(column)
    op.execute(
        """
        UPDATE filing_desk SET (state, profession, channel, has_needs, received_at) = (
            SELECT f.state, f.profession, f.channel, (' ' || f.signs || ' ') LIKE '% besoins %', f.received_at
            FROM filing AS f WHERE f.id = filing_desk.filing_id
        )
        """
    )
    with op.batch_alter_table("filing_desk", schema=None) as batch_op:
        for column in columns:
            batch_op.alter_column(column.name, existing_type=column.type, nullable=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
