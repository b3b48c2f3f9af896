"""Facts of authorisation and of proof bound to their row by a keyed code."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLES = (
    *("access_line", "account", "account_link", "auth_session", "draft", "filing", "filing_act_seen"),
    *("filing_event", "invitation", "outbox", "return_link", "stamp"),
)


def upgrade() -> None:
    """Go forward; whoever migrates binds the rows that are there, in the same transaction."""
    for table in TABLES:
        op.add_column(table, sa.Column("bound", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
