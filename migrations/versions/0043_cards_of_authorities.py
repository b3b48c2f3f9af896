"""The card of an authority, and the quality of its clerks: what its letters must say of who sends them."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("authority", schema=None) as batch_op:
        for name in ("service", "hours", "dpo"):
            batch_op.add_column(sa.Column(name, sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quality", sa.String(length=120), server_default="", nullable=False))


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
