"""Members of the commissions."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "commission_member",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("authority", sa.String(length=24), nullable=False),
        sa.Column("profession", sa.String(length=8), server_default="", nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("rank", sa.String(length=12), nullable=False),
        sa.Column("appointed_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commission_member")),
    )
    with op.batch_alter_table("commission_member", schema=None) as batch_op:
        batch_op.create_index("ix_commission_member_authority", ["authority", "until"], unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
