"""Facts of authorisation and of proof bound to their row by a keyed code; exceptional accesses, dated and reasoned."""

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
    for table, ends in (("account", "ends_at"), ("invitation", "access_ends_at")):
        op.add_column(table, sa.Column(ends, sa.DateTime(timezone=True), nullable=True))
        op.add_column(table, sa.Column("exception", sa.String(length=300), server_default="", nullable=False))


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
