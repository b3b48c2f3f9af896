"""The directory of professionals."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WORD = sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "directory_edition",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("listings", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_edition")),
    )
    op.create_table(
        "directory_key",
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("zone", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column("word", WORD, nullable=False),
        sa.Column("ref", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("commune", sa.String(length=8), nullable=False),
        sa.Column("profession", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("edition", "zone", "kind", "word", "ref", name=op.f("pk_directory_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "directory_listing",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("rpps", sa.String(length=16), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("profession", sa.String(length=8), nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=2), nullable=False),
        sa.Column("site", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_listing")),
    )
    with op.batch_alter_table("directory_listing", schema=None) as batch_op:
        batch_op.create_index("ix_directory_listing_person", ["edition", "rpps"], unique=False)
        batch_op.create_index("ix_directory_listing_site", ["site"], unique=False)

    op.create_table(
        "directory_site",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.String(length=10), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("commune", sa.String(length=8), nullable=False),
        sa.Column("zone", sa.String(length=8), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_site")),
    )
    with op.batch_alter_table("directory_site", schema=None) as batch_op:
        batch_op.create_index("ix_directory_site_mark", ["edition", "mark"], unique=False)

    op.create_table(
        "directory_word",
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("zone", sa.String(length=8), nullable=False),
        sa.Column("word", WORD, nullable=False),
        sa.Column("reversed", WORD, nullable=False),
        sa.PrimaryKeyConstraint("edition", "zone", "word", name=op.f("pk_directory_word")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("directory_word", schema=None) as batch_op:
        batch_op.create_index("ix_directory_word_reversed", ["edition", "zone", "reversed", "word"], unique=False)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
