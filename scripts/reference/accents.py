"""Give back their accents to remarks and sources that were written without them."""

import re

WORDS = """
anterieure:antérieure arrondissement-municipal:arrondissement-municipal batie:bâtie beneficiaire:bénéficiaire
Bethune:Béthune caisses:caisses choix:choix competent:compétent competente:compétente Conde:Condé conciliation:conciliation
confirme:confirmé confirmes:confirmés conversion:conversion cote:côte Cote:Côte creation:création decret:décret
deduit:déduit deduite:déduite departement:département departements:départements depot:dépôt designe:désigne
designee:désignée donnees:données eventuel:éventuel existence:existence Fecamp:Fécamp generale:générale
Henin-Beaumont:Hénin-Beaumont historiquement:historiquement interdepartemental:interdépartemental
interregionaux:interrégionaux libelle:libellé Lievin:Liévin matiere:matière Mauleon:Mauléon metropole:métropole
penale:pénale posterieur:postérieur posterieure:postérieure present:présent presente:présente prevoyance:prévoyance
precaution:précaution reference:référence regional:régional regionaux:régionaux regions:régions regime:régime
releve:relève repertoire:répertoire Reunion:Réunion Reunion-Mayotte:Réunion-Mayotte role:rôle Rhone:Rhône
Saint-Etienne-du-Rouvray:Saint-Étienne-du-Rouvray sante:santé securite:sécurité Senat:Sénat siege:siège situee:située
sure:sûre sures:sûres verifier:vérifier verifiee:vérifiée decrit:décrit elections:élections parait:paraît
obligatoire:obligatoire proprietaire:propriétaire geographie:géographie deja:déjà
"""
# « confirmé » and « relève » are verbs or participles in every remark where they stand.
TABLE = dict(pair.split(":") for pair in WORDS.split())
PREPOSITION = re.compile(r"(?<![\w'’])a(?= (?!ete\b|été\b))")
PHRASES = (
    ("ou siège l'ARS", "où siège l'ARS"),
    ("comme une proposition", "comme une proposition"),
    ("ou je", "ou je"),
    ("les limites d'arrondissement à changé", "les limites d'arrondissement ont changé"),
    ("ont change ", "ont changé "),
    ("rattachement deduit", "rattachement déduit"),
    ("point d'accueil rattache", "point d'accueil rattaché"),
    ("partage entre", "partagé entre"),
    ("listees", "listées"),
    ("une a une", "une à une"),
    ("attaches", "attachés"),
    ("rattache aux", "rattaché aux"),
    ("regroupes", "regroupés"),
    ("codes repris", "codes repris"),
    ("les rattache à tort à", "les rattache à tort à"),
    ("cheque", "chèque"),
    ("article de référence", "article de référence"),
    ("MAYOTTE", "Mayotte"),
)


def accented(text: str) -> str:
    """Rewrite a sentence with its accents; leave words that are not in the table."""
    text = re.sub(r"[\w-]+", lambda word: TABLE.get(word[0], word[0]), text)
    text = PREPOSITION.sub("à", text)
    for bare, right in PHRASES:
        text = text.replace(bare, right)
    return text
