"""The views that an authority keeps of its list, and how each clerk reads it."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "saved_view",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("authority", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_authority"), "saved_view", ["authority"])
    op.create_table(
        "list_display",
        sa.Column("account", sa.String(length=32), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("view", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_list_display")),
    )


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
