"""A complaint lies on the desk of the association that filed it too: its list reads one index."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

LAID = sa.text("""
INSERT INTO filing_desk (
    filing_id, authority, role, next_code, next_due_on, assignee, state, profession, channel, received_at, laid_by
)
SELECT f.id, 'association:' || d.association, CASE WHEN k.holder IS NULL THEN 'mandat_fini' ELSE 'mandatee' END, '',
    CASE WHEN k.holder IS NULL THEN :never ELSE o.due END, '', f.state, f.profession, f.channel, f.received_at, o.laid
FROM filing f
JOIN draft d ON d.id = f.draft_id
JOIN (SELECT filing_id, min(next_due_on) AS due, min(laid_by) AS laid FROM filing_desk GROUP BY filing_id) o
    ON o.filing_id = f.id
LEFT JOIN filing_key k ON k.filing_id = f.id AND k.holder = 'association:' || d.association
WHERE d.association <> ''
""").bindparams(sa.bindparam("never", date.max, sa.Date()))


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("filing_desk", schema=None) as batch_op:
        batch_op.alter_column("authority", existing_type=sa.String(24), type_=sa.String(48), existing_nullable=False)
    op.execute(LAID)


def downgrade() -> None:
    """Never go back: what was received stays; restore a backup instead."""
    raise NotImplementedError
