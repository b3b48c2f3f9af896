"""Codes of drafts, links for whoever lost a code, wider signs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "return_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_return_link")),
    )
    with op.batch_alter_table("return_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_link_ends_at"), ["ends_at"], unique=False)

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("code_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("email", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("email_key", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("reminded", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index(batch_op.f("ix_draft_email_key"), ["email_key"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_draft_code_hash"), ["code_hash"])

    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email_key", sa.String(length=64), nullable=True))
        batch_op.alter_column(
            "signs", existing_type=sa.VARCHAR(length=80), type_=sa.String(length=200), existing_nullable=False
        )
        batch_op.create_index(batch_op.f("ix_filing_email_key"), ["email_key"], unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
