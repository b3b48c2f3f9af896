"""The index of the acts of a complaint holds their instants: the last change is read without the sealed acts."""

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.drop_index("ix_filing_act_filing", table_name="filing_act")
    op.create_index("ix_filing_act_filing", "filing_act", ["filing_id", "n", "at"], unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
