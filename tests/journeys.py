"""Whole journeys through the detailed form: what each person answers, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from app.base.i18n import FRENCH, in_language, translate
from app.base.web.language_prefix import apart, localized
from tests.support.client import SuspiciousClient
from tests.support.effort import Effort, effort_of
from tests.support.files import picture
from tests.support.html import Page, plain

Fields = Mapping[str, Any]
TRUE = {"declare_vrai": "oui", "compris_transmission": "oui"}
AGREED = {**TRUE, "accord_personne": "oui"}
ORDRE = {"destinataire": "ordre"}
PNG = picture("PNG")


@dataclass(frozen=True)
class Journey:
    """What a person answers on each page met; a page that is not named here is passed as it is."""

    pages: Mapping[str, Fields]
    receiver: str
    declarations: Fields = field(default_factory=lambda: TRUE)
    met: tuple[str, ...] = ()
    """Pages that must be met."""
    desk: str = ""
    """The authority whose clerk opens it; empty: a person must still find the authority."""

    @property
    def typed(self) -> dict[str, list[str]]:
        """All that is typed, on every page; the town was found."""
        found: dict[str, list[str]] = {"commune_insee": ["59350"]}
        for fields in [*self.pages.values(), self.declarations]:
            found |= {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
        return found


def follow(client: SuspiciousClient, journey: Journey, *, until: str = "verifier", code: str = FRENCH) -> Any:
    """Answer each page that comes, up to ``until``; give that page. ``code``: the language in which it is read."""
    seen: list[str] = []
    response = begin(client, code)
    for _ in range(60):
        name = name_of(response.url)
        seen.append(name)
        if name == until:
            break
        response = answer(client, journey, response)
    if until == "verifier":
        response = choose_receiver(client, response, journey.pages.get("destinataire", {}))
    assert until != "verifier" or set(journey.met) <= set(seen), seen
    return response


def choose_receiver(client: SuspiciousClient, response: Any, fields: Fields = ORDRE) -> Any:
    """Change who receives on the last page, when the law leaves the choice; give that page again."""
    links = [link.get("href", "") for link in Page(response.text).all("a")]
    asked = next((link for link in links if "/destinataire?" in link), "")
    return client.send_form(client.page(asked), asked, dict(fields)) if asked and fields else response


def begin(client: SuspiciousClient, code: str = FRENCH) -> Any:
    """Begin a draft in a language; give its first page."""
    with in_language(code):
        button = plain(translate("Commencer ma plainte"))
    return client.submit(localized("/avant-de-commencer", code), button=button)


def send(client: SuspiciousClient, journey: Journey, last: Any) -> Any:
    """Press « Envoyer » on the last page; give what comes."""
    return client.send_form(Page(last.text), last.url.path, dict(journey.declarations), form="/envoyer#erreurs")


def name_of(address: object) -> str:
    """Name the page of the form that is at this address."""
    return apart(urlsplit(str(address)).path)[1].split("/", 3)[3]


def answer(client: SuspiciousClient, journey: Journey, response: Any) -> Any:
    """Answer the page that is open, or follow its main link when it asks nothing; give the page that comes."""
    page = Page(response.text)
    if not any(form.method == "post" and apart(form.action)[1].startswith("/saisine/") for form in page.forms):
        return client.get(
            next(found.get("href") for found in page.all("a") if "govuk-button" in found.get("class", ""))
        )
    found = first_record(page)
    fields = {} if found else journey.pages.get(name_of(response.url), {})
    after = client.send_form(page, response.url.path, dict(fields), button=found)
    is_searched = found is None and first_record(Page(after.text)) is not None
    assert is_searched or after.url.path != response.url.path, Page(after.text).text
    return after


def first_record(page: Page) -> str | None:
    """Return the first professional whom a search found; ``None`` when the page shows none."""
    records = (one for one in page.all("button") if one.get("class") == "records__choice")
    return next((one.get("value") for one in records), None)


def effort(client: SuspiciousClient, journey: Journey, *, has_script: bool = False) -> Effort:
    """Go from home to the confirmation; count what it cost. ``has_script``: the directory is read as one types."""
    screens, filled = [client.page("/"), client.page("/avant-de-commencer")], {"verifier": journey.declarations}
    response = begin(client)
    while (name := name_of(response.url)) != "verifier":
        is_followed = has_script and first_record(Page(response.text))
        screens[-1 if is_followed else len(screens) :] = [Page(response.text)]
        filled[name] = journey.pages.get(name, {})
        response = answer(client, journey, response)
    last = Page(response.text)
    sent = client.send_form(last, response.url.path, dict(journey.declarations), form="/envoyer#erreurs")
    return effort_of([*screens, last, Page(sent.text)], filled.values())


ORDINARY = Journey(
    {
        "soins": {"besoin_soins": "bientot"},
        "qui": {"qualite": "moi"},
        "lieu": {"lieu_refus": "cabinet", "profession": "medecin"},
        "professionnel/decrire": {"pro_nom": "Camille Exemple-Durand", "pro_commune": "Lille"},
        "formes": {"formes": ["tiers_payant_refuse"]},
        "recit": {
            "date_jour": "27",
            "date_mois": "2",
            "date_annee": "2026",
            "recit": "La secrétaire a dit que le cardiologue ne faisait pas le tiers payant pour la C2S.",
        },
        "motifs": {"motifs": ["c2s"], "couverture_connue": "oui"},
        "identite": {
            "prenom": "Ana",
            "nom": "Inventée",
            "email": "ana@exemple.fr",
        },
    },
    "CPAM de Lille",
    TRUE,
    desk="595",
)
"""The one that most people make: for herself, a price to pay at once, care that is still needed."""
LISTED = replace(ORDINARY, pages={**ORDINARY.pages, "professionnel": {"q": "zoe", "ou": "Roubaix"}})
"""The same, when the directory holds the professional."""
CARDIOLOGIST = Journey(
    {
        "soins": {"besoin_soins": "urgent"},
        "qui": {"qualite": "protege"},
        "mesure": {"mesure": "curatelle"},
        "lieu": {"lieu_refus": "telephone", "profession": "medecin"},
        "professionnel/decrire": {
            "pro_nom": "Exemple-Durand", "pro_prenom": "Camille", "pro_specialite": "cardiologue",
            "pro_commune": "Lille",
        },
        "formes": {
            "formes": ["tiers_payant_refuse", "rdv_refuse"], "soins_urgents": "non", "montant_demande": "1 200,5 €",
        },
        "recit": {
            "date_precision": "exacte", "date_jour": "27", "date_mois": "fév", "date_annee": "2025",
            "recit": "La secrétaire a demandé d'avancer tout l'argent, puis elle a raccroché.",
        },
        "motifs": {
            "motifs": ["handicap", "c2s"], "couverture_connue": "oui", "couverture_connue_comment": "La carte Vitale",
        },
        "identite": {
            "prenom": "Ana", "nom": "Inventée",
            "moyens": ["courrier"],
        },
        "aidant": {"aidant_nom": "Noé Fictif", "aidant_lien": "curateur", "aidant_tel": "06 00 00 00 00"},
        "adresse": {"adresse_rue": "1 rue Fictive", "adresse_code_postal": "59000", "adresse_ville": "Lille"},
        "preuves": {"ajouts": ["complements", "besoins"]},
        "complements": {"refus_par": "secretariat"},
        "besoins": {"besoins": ["falc"]},
    },
    "CPAM de Lille",
    AGREED,
    ("soins/urgence", "assister", "aidant", "adresse"),
    desk="595",
)  # fmt: skip
DENTIST = Journey(
    {
        "soins": {"besoin_soins": "bientot"},
        "qui": {"qualite": "moi"},
        "lieu": {"lieu_refus": "cabinet", "profession": "chirurgien_dentiste"},
        "professionnel/decrire": {"pro_nom": "Durand-Fictif", "pro_commune": "Bastia"},
        "formes": {"formes": ["devis_refuse"], "soins_urgents": "ne_sait_pas"},
        "recit": {
            "date_precision": "approx",
            "date_approx": "mi-février 2026",
            "recit": "Le dentiste a dit qu'il ne faisait pas de devis pour la C2S.",
        },
        "motifs": {"motifs": ["c2s"], "couverture_connue": "oui"},
        "identite": {
            "prenom": "Léa",
            "nom": "Exemple",
            "moyens": ["email"],
            "email": "lea@exemple.fr",
        },
        "destinataire": {"destinataire": "ordre"},
    },
    "rdre des chirurgiens-dentistes",
    TRUE,
    (),
    desk="CD-2B",
)
PHARMACIST = Journey(
    {
        "soins": {"besoin_soins": "non"},
        "qui": {"qualite": "mineur"},
        "lieu": {
            "lieu_refus": "pharmacie",
            "profession": "pharmacien",
            "pharmacie_type": "officine",
            "pharmacie_titulaire": "oui",
        },
        "professionnel/decrire": {"pro_lieu": "Pharmacie Inventée", "pro_commune": "Marseille 1er"},
        "formes": {"formes": ["contraception_urgence"], "soins_urgents": "oui"},
        "recit": {
            "date_precision": "ne_sait_pas",
            "recit": "La pharmacienne a dit que j'étais trop jeune et qu'elle ne voulait pas.",
        },
        "motifs": {"motifs": ["age", "sexe"]},
        "identite": {
            "prenom": "Zoé",
            "nom": "Fictive",
            "moyens": ["telephone"],
            "telephone": "0600000000",
        },
        "destinataire": {"destinataire": "ne_sait_pas"},
    },
    "CPAM",
    TRUE,
    ("mineur",),
    desk="131",
)
PARENT = Journey(
    {
        "soins": {"besoin_soins": "ne_sait_pas"},
        "qui": {"qualite": "enfant"},
        "enfant": {"lien": "parent"},
        "lieu": {"lieu_refus": "cabinet", "profession": "autre", "profession_autre": "91"},
        "professionnel/decrire": {"pro_adresse": "12 rue des Tilleuls", "pro_commune": "59650"},
        "formes": {
            "formes": ["delai_eleve", "orientation_repetee"],
            "soins_urgents": "non", "delai_propose": "deux ans", "oriente_vers": "un hôpital",
        },
        "recit": {
            "date_precision": "plusieurs", "date_plusieurs": "En janvier, puis en mars 2026",
            "recit": "On a proposé deux ans d'attente à cause du handicap de ma fille.",
        },
        "motifs": {"motifs": ["handicap"]},
        "identite": {
            "prenom": "Awa", "nom": "Inventée",
            "moyens": ["email"], "email": "awa@exemple.fr",
        },
        "personne": {
            "pers_prenom": "Ida", "pers_nom": "Inventée", "pers_naissance_jour": "1er",
            "pers_naissance_mois": "août", "pers_naissance_annee": "2019",
        },
    },
    "CPAM",
    TRUE,
    ("sans-ordre", "personne"),
    desk="597",
)  # fmt: skip
LAWYER = Journey(
    {
        "soins": {"besoin_soins": "non"},
        "qui": {"qualite": "avocat"},
        "lieu": {"lieu_refus": "domicile", "profession": "infirmier"},
        "professionnel/decrire": {"pro_nom": "Inventé", "sans_ville": "oui", "pro_departement": "75"},
        "formes": {"formes": ["autre"], "soins_urgents": "non"},
        "recit": {
            "date_precision": "exacte",
            "date_jour": "2",
            "date_mois": "3",
            "date_annee": "2025",
            "recit": "Mon client n'a plus été soigné à domicile après sa sortie de prison.",
        },
        "identite": {
            "prenom": "Maître",
            "nom": "Fictif",
            "barreau": "Paris",
            "moyens": ["email"],
            "email": "cabinet@exemple.fr",
        },
        "couverture": {"couverture": "ne_repond_pas"},
        "personne": {"pers_prenom": "Tom", "pers_nom": "Imaginaire"},
    },
    "CPAM de Paris",
    TRUE,
    ("couverture", "personne"),
    desk="751",
)
ARABIC = Journey(
    {
        "soins": {"besoin_soins": "bientot"},
        "qui": {"qualite": "moi"},
        "lieu": {"lieu_refus": "cabinet", "profession": "ne_sait_pas"},
        "professionnel/decrire": {"pro_details": "Le cabinet en face de la gare", "pro_commune": "Roubaix"},
        "formes": {"formes": ["soins_refuses"], "soins_urgents": "oui"},
        "recit": {
            "date_precision": "approx",
            "date_approx": "الشتاء الماضي",
            "recit": "رفض الطبيب استقبالي لأنني لا أتكلم الفرنسية جيدا.",
            "langue_recit": "ar",
        },
        "motifs": {"motifs": ["langue", "origine"]},
        "identite": {
            "prenom": "",
            "nom": "أمينة",
            "sans_prenom": "oui",
            "moyens": ["telephone"],
            "telephone": "+33 6 00 00 00 00",
        },
        "preuves": {"ajouts": "besoins"},
        "besoins": {"besoins": ["interprete"], "langue": "ar"},
    },
    "",
)
NOBODY = Journey(
    {
        **ARABIC.pages,
        "lieu": {"lieu_refus": "cabinet", "profession": "sage_femme"},
        "professionnel/decrire": {"pro_lieu": "Maternité Inventée", "sans_ville": "oui", "pro_departement": "inconnu"},
        "identite": {**ARABIC.pages["identite"], "telephone": "06.00.00.00.00"},
    },
    "",
)
"""Neither e-mail nor address, and a place nobody knows."""
HOSPITAL = Journey(
    {
        **DENTIST.pages,
        "lieu": {"lieu_refus": "etablissement", "profession": "medecin"},
        "etablissement": {"pro_connu": "service"},
        "destinataire": {"destinataire": "cpam"},
        "professionnel/decrire": {"pro_lieu": "Hôpital Inventé, service de chirurgie", "pro_commune": "75013"},
    },
    "CPAM de Paris",
    TRUE,
    ("etablissement",),
    desk="751",
)
FEES = Journey(
    {
        **DENTIST.pages,
        "formes": {
            "formes": ["depassement_tact_mesure"],
            "soins_urgents": "non",
            "montant_demande": "150",
            "montant_du": "25,00",
        },
        "motifs": {"motifs": ["ne_sait_pas"]},
        "couverture": {"couverture": "aucune"},
    },
    "CPAM de la Haute-Corse",
    TRUE,
    ("depassement",),
    desk="202",
)
JOURNEYS = {
    "ordinary": ORDINARY,
    "cardiologist": CARDIOLOGIST,
    "dentist": DENTIST,
    "pharmacist": PHARMACIST,
    "parent": PARENT,
    "lawyer": LAWYER,
    "arabic": ARABIC,
    "nobody": NOBODY,
    "hospital": HOSPITAL,
    "fees": FEES,
}
SIX = ("ordinary", "parent", "pharmacist", "lawyer", "arabic", "hospital")
"""Those that are walked where all would be too long: each kind of person, of place and of receiver is met."""
