"""What an association keeps for itself beside a complaint, its branches, and the words under which it finds."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "association_record",
        sa.Column("draft", sa.String(length=32), nullable=False),
        sa.Column("holder", sa.String(length=48), nullable=False),
        sa.Column("wrapped", sa.String(length=120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("draft", name=op.f("pk_association_record")),
    )
    op.create_table(
        "association_word",
        sa.Column("holder", sa.String(length=48), nullable=False),
        sa.Column("word", sa.LargeBinary(length=16), nullable=False),
        sa.Column("draft", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("holder", "word", "draft", name=op.f("pk_association_word")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_association_word_draft", "association_word", ["draft"], unique=False)
    op.create_table(
        "association_branch",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("association", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association_branch")),
        sa.UniqueConstraint("association", "name", name=op.f("uq_association_branch_association_name")),
    )
    op.create_table(
        "association_branch_member",
        sa.Column("account", sa.String(length=32), nullable=False),
        sa.Column("branch", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch"], ["association_branch.id"], name=op.f("fk_association_branch_member_branch_association_branch")
        ),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_association_branch_member")),
    )
    op.create_index("ix_association_branch_member_branch", "association_branch_member", ["branch"], unique=False)
    with op.batch_alter_table("filing_word", table_kwargs={"sqlite_with_rowid": False}) as batch_op:
        batch_op.alter_column("authority", existing_type=sa.String(length=24), type_=sa.String(length=48))


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
