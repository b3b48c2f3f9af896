"""Legal acts on a complaint after its receipt."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "filing_act",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("filing_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filing.id"], name=op.f("fk_filing_act_filing_id_filing")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_filing_act")),
    )
    with op.batch_alter_table("filing_act", schema=None) as batch_op:
        batch_op.create_index("ix_filing_act_filing", ["filing_id", "n"], unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
