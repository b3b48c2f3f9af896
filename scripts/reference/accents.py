"""Give back their accents to remarks and sources that were written without them."""

import re

WORDS = """
anterieure:antérieure assimile:assimilé Bethune:Béthune competent:compétent competente:compétente Conde:Condé
confirme:confirmé confirmee:confirmée confirmes:confirmés consolide:consolidé Cote:Côte creation:création
Darnetal:Darnétal decrit:décrit deduit:déduit deduite:déduite departement:département departemental:départemental
departementaux:départementaux depot:dépôt designe:désigne designee:désignée donnees:données elections:élections
eventuel:éventuel Fecamp:Fécamp geographie:géographie Henin-Beaumont:Hénin-Beaumont
interdepartemental:interdépartemental
interregionaux:interrégionaux legal:légal legale:légale libelle:libellé Lievin:Liévin listees:listées Mauleon:Mauléon
metropole:métropole parait:paraît partage:partagé penale:pénale perimetre:périmètre personnalite:personnalité
peut-etre:peut-être posterieur:postérieur present:présent president:président procedure:procédure reference:référence
regime:régime regional:régional regionaux:régionaux regions:régions regroupes:regroupés releve:relève
repertoire:répertoire Reunion:Réunion Reunion-Mayotte:Réunion-Mayotte Rhone:Rhône role:rôle
Saint-Etienne-du-Rouvray:Saint-Étienne-du-Rouvray sante:santé securite:sécurité Senat:Sénat septieme:septième
siege:siège situee:située sures:sûres verifiee:vérifiée verifier:vérifier
"""
TABLE = dict(pair.split(":") for pair in WORDS.split())
PREPOSITION = re.compile(r"(?<![\w'\u2019])a(?= )")
"""Every lone « a » of these files is « à »."""
PHRASES = (
    ("ou siège l'ARS", "où siège l'ARS"),
    ("ont change ", "ont changé "),
    ("point d'accueil rattache", "point d'accueil rattaché"),
    ("rattache aux caisses", "rattaché aux caisses"),
    ("cpam_communes_exceptions.csv", "cpam_exceptions.csv"),
)


def accented(text: str) -> str:
    """Rewrite a sentence with its accents; leave words that are not in the table."""
    text = re.sub(r"[\w-]+", lambda word: TABLE.get(word[0], word[0]), text)
    text = PREPOSITION.sub("à", text)
    for bare, right in PHRASES:
        text = text.replace(bare, right)
    return text
