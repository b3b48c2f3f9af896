"""What is asked of the journal of access: the lines of one place, or counts of all of them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.accounts.models import AccessLine
from app.base.cutting import Cut, asked_for
from app.base.errors import N_
from app.base.searching import holds

READ_BY_MEMBER = "plainte_lue"
WORDS = {
    "compte_invite": N_("Compte : invitation envoyée"),
    "acces_exceptionnel": N_("Compte : accès exceptionnel donné"),
    "compte_role": N_("Compte : rôle changé"),
    "compte_qualite": N_("Compte : qualité changée"),
    "compte_desactive": N_("Compte désactivé"),
    "compte_reactive": N_("Compte réactivé"),
    "compte_deplace": N_("Compte passé à l'autorité qui succède"),
    "compte_sessions": N_("Compte : sessions fermées"),
    "compte_reinitialise": N_("Compte : mot de passe et codes réinitialisés"),
    "fiche_changee": N_("Fiche du service changée"),
    "autorite_creee": N_("Autorité créée"),
    "autorite_annulee": N_("Création de l'autorité annulée"),
    "autorite_ouverte": N_("Autorité ouverte"),
    "autorite_fermeture": N_("Fermeture de l'autorité décidée"),
    "autorite_fermeture_annulee": N_("Fermeture de l'autorité annulée"),
    "autorite_fermee": N_("Autorité fermée"),
    "modele_change": N_("Modèle de message changé"),
    "etiquette_changee": N_("Étiquette créée, renommée ou retirée"),
    "plainte_etiquetee": N_("Étiquettes d'une plainte changées"),
    "agenda_lien": N_("Agenda : lien d'abonnement créé"),
    "agenda_lien_coupe": N_("Agenda : lien d'abonnement supprimé"),
    "agenda_lu": N_("Agenda : dates lues par un abonnement"),
    "membre_nomme": N_("Commission : membre nommé"),
    "mandat_membre_fini": N_("Commission : mandat d'un membre terminé"),
    "absence_changee": N_("Absence déclarée ou annulée"),
    "dossier_confie": N_("Dossier confié à un autre membre"),
    "logiciel_ouvert": N_("Logiciel branché"),
    "logiciel_secret": N_("Logiciel : secret changé"),
    "logiciel_coupe": N_("Logiciel coupé"),
    READ_BY_MEMBER: N_("Plainte lue par un membre de l'association"),
    "brouillon_remis": N_("Plainte remise à la personne"),
    "preuve_enregistree": N_("Fichier d'origine enregistré"),
}
"""What the journal notes beside the lines of the history of complaints."""


@dataclass(frozen=True)
class LogFilter:
    """What is looked for; what is empty asks for nothing."""

    who: str = ""
    subject: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class LogEntry:
    """A line of the journal."""

    at: datetime
    by: str
    kind: str
    subject: str
    why: bytes | None


@dataclass(frozen=True)
class Count:
    """How many times an action was done, in a day, for a place."""

    day: date
    place: str
    kind: str
    n: int


def lines(session: Session, place: str, asked: LogFilter, offset: int, limit: int) -> tuple[list[LogEntry], int]:
    """List the lines of a place, the last ones first, and count them all."""
    wanted = select(AccessLine).where(AccessLine.place == place, *_within(asked))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(wanted.order_by(AccessLine.n.desc()).offset(offset).limit(limit))
    return [LogEntry(row.at, row.by, row.kind, row.subject, row.why) for row in rows], total


def counts(session: Session, asked: LogFilter, limit: int) -> Cut[Count]:
    """Count by day, place and action, the last days first: neither names nor complaints."""
    columns = (AccessLine.day, AccessLine.place, AccessLine.kind)
    wanted = select(*columns, func.count().label("n")).where(*_within(asked)).group_by(*columns)
    wanted = wanted.order_by(AccessLine.day.desc(), AccessLine.place, AccessLine.kind)
    rows = session.execute(wanted.limit(asked_for(limit)))
    return Cut((Count(row.day, row.place, row.kind, row.n) for row in rows), limit)


def _within(asked: LogFilter) -> list[ColumnElement[bool]]:
    """Choose the lines that are looked for."""
    found: list[ColumnElement[bool]] = []
    if asked.who:
        found.append(holds(asked.who.lower(), AccessLine.by))
    if asked.subject:
        found.append(AccessLine.subject == asked.subject)
    if asked.kind:
        found.append(AccessLine.kind == asked.kind)
    if asked.since:
        found.append(AccessLine.day >= asked.since)
    if asked.until:
        found.append(AccessLine.day <= asked.until)
    return found
