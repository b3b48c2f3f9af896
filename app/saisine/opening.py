"""The pages of steps 1 and 2: who complains, and of whom; many only tell something."""

from app.base.errors import N_
from app.saisine.journey import Nothing, NoWayOn, Page
from app.saisine.steps import asked, describe, found, place, professional, sending, situation
from app.saisine.steps.said import Said
from app.saisine.steps.situation import CareNeeded, Quality

OPENING = (
    Page(
        name="pour-une-personne",
        answers=situation.ByAssociation,
        heading=N_("Vous faites une plainte pour une personne"),
        step=1,
        when=asked.by_member,
        template="saisine/by_association.html",
    ),
    Page(name="qui", answers=situation.Who, heading=situation.WHOSE, step=1, when=asked.by_person),
    Page(
        name="mineur",
        answers=Nothing,
        heading=N_("Vous avez moins de 18 ans"),
        step=1,
        when=asked.answered("qualite", Quality.MINEUR),
        template="saisine/tells/minor.html",
    ),
    Page(
        name="enfant",
        answers=situation.Child,
        heading=N_("Quel est votre lien avec l'enfant ?"),
        step=1,
        when=asked.answered("qualite", Quality.ENFANT),
    ),
    Page(
        name="enfant/autorite",
        answers=NoWayOn,
        heading=N_("Il faut avoir l'autorité parentale"),
        step=1,
        when=asked.lacks_parental_authority,
        template="saisine/tells/parental.html",
    ),
    Page(
        name="mesure",
        answers=situation.Protection,
        heading=N_("Quelle est la mesure de protection ?"),
        step=1,
        when=asked.answered("qualite", Quality.PROTEGE),
    ),
    Page(
        name="assister",
        answers=situation.Assisting,
        heading=N_("La plainte est faite par la personne elle-même"),
        step=1,
        when=asked.assists_protected,
        template="saisine/tells/assist.html",
    ),
    Page(
        name="aider",
        answers=situation.Helping,
        heading=N_("Vous aidez une personne"),
        step=1,
        when=asked.answered("qualite", Quality.AIDE),
        template="saisine/tells/help.html",
    ),
    Page(
        name="association",
        answers=NoWayOn,
        heading=N_("Vous travaillez pour une association agréée"),
        step=1,
        when=asked.needs_association_account,
        template="saisine/tells/association.html",
    ),
    Page(
        name="soins",
        answers=situation.Care,
        heading=situation.NEEDS_CARE,
        step=1,
        when=asked.by_person,
    ),
    Page(
        name="soins/urgence",
        answers=Nothing,
        heading=N_("Appelez maintenant"),
        step=1,
        when=asked.answered("besoin_soins", CareNeeded.URGENT),
        template="saisine/tells/emergency.html",
    ),
    Page(
        name="lieu",
        answers=professional.WhereAndProfession,
        heading=N_("Où cela s'est-il passé, et chez qui ?"),
        step=2,
        template="saisine/place.html",
    ),
    Page(
        name="etablissement",
        answers=place.Establishment,
        heading=N_("Connaissez-vous le professionnel concerné ?"),
        step=2,
        when=asked.answered("lieu_refus", *place.HOSPITALS),
    ),
    Page(
        name="etablissement/inconnu",
        answers=Nothing,
        heading=N_("Cette procédure concerne un professionnel"),
        step=2,
        when=asked.names_no_professional,
        template="saisine/tells/hospital.html",
    ),
    Page(
        name="hors-champ",
        answers=sending.Anyway,
        heading=N_("Cette démarche est faite pour les professions de santé"),
        step=2,
        when=asked.is_out_of_scope,
        template="saisine/tells/out_of_scope.html",
    ),
    Page(
        name="professionnel",
        answers=found.DirectoryChoice,
        heading=N_("Cherchez le professionnel"),
        step=2,
        when=found.has_directory,
        template="saisine/search.html",
    ),
    Page(
        name="professionnel/adresse",
        answers=found.FoundProfessional,
        heading=found.WHERE_TO,
        step=2,
        when=found.is_found,
        template="saisine/address_of_work.html",
        settled=found.has_one_address,
    ),
    Page(
        name="professionnel/decrire",
        answers=describe.Describe,
        heading=Said(
            N_("Quel professionnel vouliez-vous voir ?"), N_("Quel professionnel cette personne voulait-elle voir ?")
        ),
        step=2,
        when=found.is_described,
        template="saisine/describe.html",
    ),
    Page(
        name="sans-ordre",
        answers=Nothing,
        heading=N_("Cette profession n'a pas d'ordre"),
        step=2,
        when=asked.has_no_ordre,
        template="saisine/tells/no_ordre.html",
    ),
)
