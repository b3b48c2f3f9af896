"""Lines of the history that are no acts: nothing of them is in the ledger, and no right of anybody changes."""

from collections.abc import Mapping

from app.accounts.rights import Right
from app.acts.rules import By, Kind
from app.base.errors import N_

RECEIVED, RECORDED, OPENED, DATES = "recue", "enregistree", "ouverte", "dates"
ASSIGNED, NOTE, EXPORTED, DANGEROUS = "attribuee", "note", "exportee", "preuve_dangereuse"
RENEWED, CODE_POSTED, LETTER_POSTED = "nouveau_code", "code_poste", "courrier_poste"
_DESK = "Internal to the desk, which still answers for the file."

DESK_LINES: Mapping[str, Kind] = {
    ASSIGNED: Kind(
        past=N_("Attribuée"),
        do=N_("Attribuer"),
        page="intake.assign",
        is_in_menu=True,
        by=By.READER,
        right=Right.WRITE,
        after=_DESK,
        overtaken_by=(ASSIGNED,),
        is_internal=True,
        is_repeated=True,
    ),
    NOTE: Kind(
        past=N_("Note interne"),
        do=N_("Ajouter une note interne"),
        page="intake.note",
        is_in_menu=True,
        by=By.READER,
        right=Right.WRITE,
        after=_DESK,
        is_internal=True,
        is_repeated=True,
    ),
}
LINES: Mapping[str, Kind] = {
    RECEIVED: Kind(past=N_("Plainte reçue"), told=N_("Plainte reçue"), by=By.SERVICE),
    RECORDED: Kind(past=N_("Plainte enregistrée"), told=N_("Plainte enregistrée"), by=By.READER),
    OPENED: Kind(past=N_("Ouverte"), by=By.READER, right=Right.READ, is_internal=True),
    DATES: Kind(past=N_("Dates de la loi recalculées"), by=By.SERVICE),
    EXPORTED: Kind(
        past=N_("Exportée"),
        do=N_("Exporter"),
        page="intake.export",
        asks_reason=True,
        is_in_menu=True,
        right=Right.EXPORT,
        after="An ended file is still read, and asked for by a court or an archive.",
        is_internal=True,
        is_repeated=True,
    ),
    DANGEROUS: Kind(
        past=N_("Preuve dangereuse enregistrée"),
        page="intake.evidence.force",
        asks_reason=True,
        by=By.READER,
        right=Right.FORCE,
        after="An ended file is still read, its evidence too.",
        is_repeated=True,
    ),
    CODE_POSTED: Kind(
        past=N_("Nouveau code envoyé par la poste"),
        told=N_("Nouveau code envoyé par la poste"),
        do=N_("Envoyer un nouveau code par la poste"),
        page="intake.code",
        is_in_menu=True,
        after="The person still reads how it ended, and needs the code for that.",
        overtaken_by=(RENEWED, CODE_POSTED),
        is_repeated=True,
    ),
    RENEWED: Kind(
        past=N_("Nouveau code pris par la personne"),
        told=N_("Nouveau code personnel"),
        by=By.PERSON,
        after="The person still reads how it ended, and needs the code for that.",
        is_repeated=True,
    ),
    LETTER_POSTED: Kind(
        past=N_("Courrier posté"),
        right=Right.WRITE,
        after="A letter that left is said to have left, whatever became of the file since.",
        is_repeated=True,
    ),
}
