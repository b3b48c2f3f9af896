"""The hash of a file is sealed, and found again by a keyed word; what is there is sealed when the service starts."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_constraint("uq_evidence_owner_sha256", type_="unique")
        batch_op.alter_column("sha256", new_column_name="fingerprint", existing_type=sa.String(length=64))
        batch_op.add_column(sa.Column("digest", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_unique_constraint("uq_evidence_owner_fingerprint", ["owner", "fingerprint"])


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
