"""Which service of the public directory a caisse is."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("authority", schema=None) as batch_op:
        batch_op.add_column(sa.Column("directory_id", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
