"""All that an authority owes, not only what it owes first; complaints are laid again when the service starts."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "filing_duty",
        sa.Column("filing_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("authority", sa.String(length=24), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("told", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filing.id"], name=op.f("fk_filing_duty_filing_id_filing")),
        sa.PrimaryKeyConstraint("filing_id", "code", name=op.f("pk_filing_duty")),
    )
    with op.batch_alter_table("filing_duty", schema=None) as batch_op:
        batch_op.create_index("ix_filing_duty_due", ["authority", "due_on", "code"], unique=False)
    with op.batch_alter_table("filing_desk", schema=None) as batch_op:
        batch_op.add_column(sa.Column("laid_by", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
