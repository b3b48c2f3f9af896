"""Approved associations."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "association",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("acronym", sa.String(length=40), nullable=False),
        sa.Column("rna", sa.String(length=10), nullable=True),
        sa.Column("siren", sa.String(length=9), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("mandate_text", sa.String(length=8), nullable=False),
        sa.Column("is_open", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association")),
        sa.UniqueConstraint("rna", name=op.f("uq_association_rna")),
    )
    op.create_table(
        "association_request",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association_request")),
    )
    with op.batch_alter_table("association_request", schema=None) as batch_op:
        batch_op.create_index("ix_association_request_answered_at", ["answered_at", "asked_at"], unique=False)

    op.create_table(
        "agrement",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("association", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["association"], ["association.id"], name=op.f("fk_agrement_association_association")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_agrement")),
    )
    with op.batch_alter_table("agrement", schema=None) as batch_op:
        batch_op.create_index("ix_agrement_association", ["association", "starts_on"], unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
