"""A small invented directory, around Lille."""

from pathlib import Path

from app.base.storage.database import Database
from app.directory.service import Extraction, LoadedEdition, activate, load
from tests.support import directory
from tests.support.clock import StoppedClock

LILLE = {"commune": "59350", "postal": "59000", "ville": "Lille"}
ROUBAIX = {"commune": "59512", "postal": "59100", "ville": "Roubaix"}
HEART = {"profession": "10", "libelle": "Médecin", "savoir": "Cardiologie"}
CHEMIST = {"profession": "21", "libelle": "Pharmacien"}
TILLEULS = {"numero": "12", "voie": "Rue", "rue": "des Tilleuls", "enseigne": "Cabinet des Tilleuls"}
CAMILLE = {"rpps": "810000000001", "nom": "EXEMPLE-DURAND", "prenom": "Camille", **HEART}
LINES = [
    directory.line(**CAMILLE, structure="R1", **TILLEULS, **LILLE, telephone="0300000001"),
    directory.line(**CAMILLE, structure="R1", **TILLEULS, **LILLE),
    directory.line(**CAMILLE, structure="R2", raison="CLINIQUE INVENTEE", rue="Fictive", **ROUBAIX),
    directory.line(rpps="810000000002", nom="DURAND", prenom="Zoé", **HEART, structure="R3", rue="du Test", **ROUBAIX),
    directory.line(
        rpps="810000000003", nom="ESSAI", prenom="Noé", **CHEMIST, structure="R4", section="A",
        enseigne="PHARMACIE DU BEFFROI INVENTE", rue="de l’Essai", **LILLE,
    ),
    directory.line(
        rpps="810000000004", nom="DE LA TESTE", prenom="Hélène", profession="60", libelle="Infirmier", structure="R5",
        rue="des Essais", commune="59350", cedex="LILLE CEDEX", postal="59020",
    ),
    directory.line(rpps="810000000005", nom="DURAND", prenom="Inès", **HEART, structure="R6", rue="d’Ici",
                   commune="75101", postal="75001", ville="Paris 01"),
]  # fmt: skip


def listed(
    database: Database, folder: Path, lines: list[str] | None = None, name: str = directory.NAME
) -> LoadedEdition:
    """Load lines and let them serve."""
    file = Extraction(directory.write(folder, LINES if lines is None else lines, name))
    day = file.taken_on
    assert day is not None
    loaded = load(database, file, day, StoppedClock(), lambda _done, _total: None)
    with database.write() as session:
        activate(session, loaded.edition)
    return loaded
