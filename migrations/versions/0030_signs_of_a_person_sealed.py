"""What tells of a person's health or age leaves the clear columns: it is in what is sealed.

The words of lists and of the index follow when the service starts, which lays earlier complaints again: each row is
then written anew, and PostgreSQL keeps the bytes of a dropped column no longer than that.
"""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.drop_column("filing", "signs")
    op.drop_column("filing_desk", "has_needs")


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
