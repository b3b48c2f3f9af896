"""The logo of an authority, at the head of its letters: a picture never changes, the card says which one is shown."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "authority_logo",
        sa.Column("digest", sa.String(length=24), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_authority_logo")),
    )
    with op.batch_alter_table("authority", schema=None) as batch_op:
        batch_op.add_column(sa.Column("logo", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
