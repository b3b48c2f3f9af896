"""What is asked of the message templates: every query names the authority."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.intake.message_templates.models import MessageTemplate, MessageTemplateVersion


@dataclass(frozen=True)
class TemplateVersion:
    """What a template said since an instant."""

    n: int
    name: str
    text: str
    by: str
    at: datetime

    def says(self, name: str, text: str) -> bool:
        """Return whether it is written so, word for word."""
        return (self.name, self.text) == (name, text)


@dataclass(frozen=True)
class Template:
    """A template, as its last version says it."""

    id: str
    act: str
    is_archived: bool
    last: TemplateVersion

    @property
    def name(self) -> str:
        """What clerks choose it by."""
        return self.last.name


def templates(session: Session, authority: str, act: str = "") -> list[Template]:
    """List the templates of an authority, in the order of their names: all, or those that serve an act now."""
    wanted = _last(authority)
    if act:
        wanted = wanted.where(MessageTemplate.act == act, MessageTemplate.archived_at.is_(None))
    version = MessageTemplateVersion
    return [_template(row) for row in session.execute(wanted.order_by(version.name, MessageTemplate.id))]


def template(session: Session, authority: str, template_id: str) -> Template | None:
    """Find a template of an authority; ``None`` for that of any other."""
    row = session.execute(_last(authority).where(MessageTemplate.id == template_id)).one_or_none()
    return _template(row) if row else None


def versions(session: Session, found: Template) -> list[TemplateVersion]:
    """List what a template said, the last first."""
    version = MessageTemplateVersion
    rows = session.scalars(select(version).where(version.template == found.id).order_by(version.n.desc()))
    return [_version(row) for row in rows]


def serving(session: Session, authority: str) -> int:
    """Count the templates of an authority that are not archived."""
    counted = select(func.count()).where(MessageTemplate.authority == authority, MessageTemplate.archived_at.is_(None))
    return session.scalar(counted) or 0


def _last(authority: str) -> Select[MessageTemplate, MessageTemplateVersion]:
    version, newer = MessageTemplateVersion, MessageTemplateVersion.__table__.alias("newer")
    last = select(func.max(newer.c.n)).where(newer.c.template == MessageTemplate.id)
    return (
        select(MessageTemplate, version)
        .join(version, version.template == MessageTemplate.id)
        .where(MessageTemplate.authority == authority, version.n == last.correlate(MessageTemplate).scalar_subquery())
    )


def _template(row: Row[MessageTemplate, MessageTemplateVersion]) -> Template:
    kept, version = row
    return Template(kept.id, kept.act, kept.archived_at is not None, _version(version))


def _version(row: MessageTemplateVersion) -> TemplateVersion:
    return TemplateVersion(row.n, row.name, row.text, row.by, row.at)
