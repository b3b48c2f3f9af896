"""An agreement that was withdrawn, and one of which the renewal was asked."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("agrement", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    op.add_column("agrement", sa.Column("withdrawal", sa.Text(), server_default="", nullable=False))
    op.add_column("agrement", sa.Column("renewal_asked_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
