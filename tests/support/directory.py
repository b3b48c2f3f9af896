"""Invented files of the directory, in the layout of the published one."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

HEADER = [
    "Type d'identifiant PP",
    "Identifiant PP",
    "Identification nationale PP",
    "Code civilité d'exercice",
    "Libellé civilité d'exercice",
    "Code civilité",
    "Libellé civilité",
    "Nom d'exercice",
    "Prénom d'exercice",
    "Code profession",
    "Libellé profession",
    "Code catégorie professionnelle",
    "Libellé catégorie professionnelle",
    "Code type savoir-faire",
    "Libellé type savoir-faire",
    "Code savoir-faire",
    "Libellé savoir-faire",
    "Code mode exercice",
    "Libellé mode exercice",
    "Numéro SIRET site",
    "Numéro SIREN site",
    "Numéro FINESS site",
    "Numéro FINESS établissement juridique",
    "Identifiant technique de la structure",
    "Raison sociale site",
    "Enseigne commerciale site",
    "Complément destinataire (coord. structure)",
    "Complément point géographique (coord. structure)",
    "Numéro Voie (coord. structure)",
    "Indice répétition voie (coord. structure)",
    "Code type de voie (coord. structure)",
    "Libellé type de voie (coord. structure)",
    "Libellé Voie (coord. structure)",
    "Mention distribution (coord. structure)",
    "Bureau cedex (coord. structure)",
    "Code postal (coord. structure)",
    "Code commune (coord. structure)",
    "Libellé commune (coord. structure)",
    "Code pays (coord. structure)",
    "Libellé pays (coord. structure)",
    "Téléphone (coord. structure)",
    "Téléphone 2 (coord. structure)",
    "Télécopie (coord. structure)",
    "Adresse e-mail (coord. structure)",
    "Code Département (structure)",
    "Libellé Département (structure)",
    "Ancien identifiant de la structure",
    "Autorité d'enregistrement",
    "Code secteur d'activité",
    "Libellé secteur d'activité",
    "Code section tableau pharmaciens",
    "Libellé section tableau pharmaciens",
    "Code rôle",
    "Libellé rôle",
    "Code genre activité",
    "Libellé genre activité",
]
PROFESSIONS = {
    "10": "Médecin",
    "21": "Pharmacien",
    "40": "Chirurgien-Dentiste",
    "50": "Sage-Femme",
    "60": "Infirmier",
    "70": "Masseur-Kinésithérapeute",
}
SYLLABLES = (
    "bar",
    "cal",
    "dou",
    "fen",
    "gri",
    "jol",
    "kar",
    "lan",
    "mor",
    "nul",
    "pel",
    "qui",
    "rou",
    "sen",
    "tal",
    "vio",
)
GIVEN = (
    "Camille",
    "Dominique",
    "Élodie",
    "François",
    "Gaëlle",
    "Hélène",
    "Inès",
    "Jérôme",
    "Louise",
    "Maël",
    "Noé",
    "Zoé",
)
NAME = "PS_LibreAcces_Personne_activite_202610080912.txt"


def line(**cells: str) -> str:
    """Write one line; names of columns may be given by their beginning, letters and digits only."""
    found = dict.fromkeys(HEADER, "")
    short = {"rpps": "Identification nationale PP", "nom": "Nom d'exercice", "prenom": "Prénom d'exercice"}
    short |= {"profession": "Code profession", "libelle": "Libellé profession", "savoir": "Libellé savoir-faire"}
    short |= {"structure": "Identifiant technique de la structure", "raison": "Raison sociale site"}
    short |= {"enseigne": "Enseigne commerciale site", "numero": "Numéro Voie (coord. structure)"}
    short |= {"voie": "Libellé type de voie (coord. structure)", "rue": "Libellé Voie (coord. structure)"}
    short |= {"postal": "Code postal (coord. structure)", "commune": "Code commune (coord. structure)"}
    short |= {"ville": "Libellé commune (coord. structure)", "cedex": "Bureau cedex (coord. structure)"}
    short |= {"pays": "Code pays (coord. structure)", "telephone": "Téléphone (coord. structure)"}
    short |= {"section": "Code section tableau pharmaciens"}
    for name, value in cells.items():
        found[short[name]] = value
    return "|".join(found.values())


def write(folder: Path, lines: Sequence[str], name: str = NAME, header: Sequence[str] = HEADER) -> Path:
    """Write a file of the directory."""
    path = folder / name
    path.write_text("\n".join(["|".join(header), *lines]) + "\n", encoding="utf-8")
    return path


def invented(count: int, towns: Sequence[tuple[str, str, str]], seed: int = 1) -> Iterator[str]:
    """Invent lines; ``towns`` are INSEE code, postal code and name, as often as they should come.

    A professional in four has a second place of work, one in six a second line for the same place.
    """
    chance, made = random.Random(seed), 0
    while made < count:
        syllables = chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4)))
        family = "".join(syllables).upper()
        if chance.random() < 0.06:
            family = f"{chance.choice(('LE', 'DE LA', 'VAN', 'D’'))} {family}"
        if chance.random() < 0.05:
            family += "-" + "".join(chance.choices(SYLLABLES, k=2)).upper()
        code = chance.choice(list(PROFESSIONS))
        who = {"rpps": f"8{10_000_000_000 + made:011d}", "nom": family, "prenom": chance.choice(GIVEN)}
        who |= {"profession": code, "libelle": PROFESSIONS[code]}
        for _ in range(1 + (chance.random() < 0.25)):
            commune, postal, town = chance.choice(towns)
            where = {"commune": commune, "postal": postal, "ville": town, "voie": "Rue", "rue": "des Tilleuls inventés"}
            where |= {"numero": str(chance.randint(1, 99)), "structure": f"R{made}{commune}"}
            where["enseigne"] = (
                f"Cabinet {chance.choice(SYLLABLES)}{chance.choice(SYLLABLES)}" if chance.random() < 0.4 else ""
            )
            for _ in range(1 + (chance.random() < 1 / 6)):
                yield line(**who, **where)
                made += 1
