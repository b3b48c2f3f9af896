"""The views of a desk are added up by where its complaints stand: an index of that is read in its order."""

from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    columns = ["authority", "role", "state", "next_code", "assignee"]
    op.create_index("ix_filing_desk_standing", "filing_desk", columns, unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
