"""Words under which complaints are found; the service makes those of earlier complaints when it starts."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "filing_word",
        sa.Column("authority", sa.String(length=24), nullable=False),
        sa.Column("word", sa.LargeBinary(length=16), nullable=False),
        sa.Column("filing_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filing.id"], name=op.f("fk_filing_word_filing_id_filing")),
        sa.PrimaryKeyConstraint("authority", "word", "filing_id", name=op.f("pk_filing_word")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("filing_word", schema=None) as batch_op:
        batch_op.create_index("ix_filing_word_filing", ["filing_id"], unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
