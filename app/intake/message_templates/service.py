"""What the manager of an authority does with its message templates: nothing that was written is lost."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.base.errors import N_, NotFound, Refusal
from app.intake.message_templates import queries
from app.intake.message_templates.models import MessageTemplate, MessageTemplateVersion
from app.intake.message_templates.rules import TEMPLATES_MOST, VERSIONS_MOST


class TooManyTemplates(Refusal):
    """An authority keeps so many templates that nobody would find one."""

    code, says = "trop_de_modeles", N_("Votre service a déjà 60 modèles. Archivez-en un d'abord.")


class TooManyVersions(Refusal):
    """A template was changed so often that another one is better."""

    code, says = "trop_de_versions", N_("Ce modèle a déjà 100 versions. Créez un autre modèle.")


@dataclass(frozen=True)
class Wording:
    """What is written of a template, and by whom."""

    name: str
    text: str
    by: str
    at: datetime


def create(session: Session, authority: str, act: str, wording: Wording) -> str:
    """Keep a new template, once however often it is sent; return its id. Raises :class:`TooManyTemplates`."""
    same = (one for one in queries.templates(session, authority, act) if one.last.says(wording.name, wording.text))
    if kept_already := next(same, None):
        return kept_already.id
    if queries.serving(session, authority) >= TEMPLATES_MOST:
        raise TooManyTemplates
    kept = MessageTemplate(id=uuid.uuid4().hex, authority=authority, act=act)
    session.add(kept)
    session.flush()
    _write(session, kept, 1, wording)
    return kept.id


def revise(session: Session, authority: str, template_id: str, wording: Wording) -> None:
    """Keep a new version, unless it says the same as the last. Raises :class:`TooManyVersions`."""
    kept, last = _held(session, authority, template_id)
    if last.says(wording.name, wording.text):
        return
    if last.n >= VERSIONS_MOST:
        raise TooManyVersions
    _write(session, kept, last.n + 1, wording)


def archive(session: Session, authority: str, template_id: str, at: datetime) -> None:
    """Propose it no more; it is still read, and may serve again."""
    kept, _last = _held(session, authority, template_id)
    kept.archived_at = kept.archived_at or at


def serve_again(session: Session, authority: str, template_id: str) -> None:
    """Propose it again. Raises :class:`TooManyTemplates`."""
    kept, _last = _held(session, authority, template_id)
    if kept.archived_at and queries.serving(session, authority) >= TEMPLATES_MOST:
        raise TooManyTemplates
    kept.archived_at = None


def _held(session: Session, authority: str, template_id: str) -> tuple[MessageTemplate, queries.TemplateVersion]:
    """Take a template of an authority, so that nobody else changes it meanwhile. Raises :class:`NotFound`."""
    kept = session.get(MessageTemplate, template_id, with_for_update=True)
    found = queries.template(session, authority, template_id) if kept else None
    if kept is None or found is None:
        raise NotFound
    return kept, found.last


def _write(session: Session, kept: MessageTemplate, n: int, said: Wording) -> None:
    session.add(MessageTemplateVersion(template=kept.id, n=n, name=said.name, text=said.text, by=said.by, at=said.at))
