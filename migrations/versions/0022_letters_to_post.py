"""Letters to post."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "post_letter",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("filing_id", sa.String(length=32), nullable=False),
        sa.Column("authority", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filing.id"], name=op.f("fk_post_letter_filing_id_filing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_letter")),
    )
    with op.batch_alter_table("post_letter", schema=None) as batch_op:
        batch_op.create_index("ix_post_letter_waiting", ["authority", "posted_on", "made_at"], unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
