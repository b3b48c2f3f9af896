"""The short form: the minimum that the law asks for, on one page (CSP R. 1110-11, first paragraph)."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.fields import FieldError, FieldQuestion, Typed
from app.base.forms.form import Answers
from app.saisine.journey import Page
from app.saisine.steps import facts, identity, persons, professional, proofs, sending, situation

FORM_VERSION = "court-1"
"""Sealed with the answers, so that a filing stays readable when the form has changed."""


class ShortForm(Answers):
    """Every field of the short form, in the order of the page."""

    qualite: Annotated[situation.Quality, situation.QUALITY]
    pers_prenom: situation.PersFirstName
    pers_nom: situation.PersLastName
    accord_personne: sending.PersonAgrees
    pers_nom_latin: persons.ChildLatin
    prenom: identity.FirstName
    nom: identity.LastName
    sans_prenom: identity.OneName
    nom_latin: persons.OwnLatin
    moyens: identity.MeansField
    email: identity.EmailField
    accord_email: sending.MailAgreed
    adresse_chez: identity.CareOf
    adresse_rue: identity.Street
    adresse_complement: identity.Building
    adresse_code_postal: identity.PostalCode
    adresse_ville: identity.Town
    adresse_pays: identity.Country
    telephone: identity.PhoneField
    tel_consigne: identity.PhoneNote
    profession: professional.ProfessionField
    pharmacie_type: professional.PharmacyField
    pharmacie_titulaire: professional.OwnerField
    profession_autre: professional.OtherField
    profession_autre_texte: professional.OtherText
    pro_nom: professional.ProName
    pro_lieu: professional.ProPlace
    pro_adresse: professional.ProStreet
    pro_commune: professional.ProTown
    commune_insee: professional.TownCode
    continuer_quand_meme: sending.GoOn
    recit: facts.Story
    fichiers: proofs.FileField
    destinataire: sending.AnyAddressee
    declare_vrai: sending.Truth
    compris_transmission: sending.UnderstoodByAny

    @classmethod
    def settle(cls, typed: Typed) -> Typed:
        """Count a filled field as its ticked box; drop the Latin letters of a name that needs none (any more)."""
        needless = {"nom_latin", "pers_nom_latin"} - _lacking(typed)
        return {name: value for name, value in identity.ticked_by_filling(typed).items() if name not in needless}

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the identity and the professional as a whole."""
        yield from identity.identity_checks(found)
        yield from professional.professional_checks(found)


def _lacking(typed: Typed) -> frozenset[str]:
    """Return which fields ask for Latin letters: of the names that our papers cannot show."""
    said = {name: " ".join(values[-1:]).strip() for name, values in typed.items()}
    is_for_child = said.get("qualite") == situation.Quality.ENFANT
    asked = {"nom_latin": persons.needs_own(said), "pers_nom_latin": is_for_child and persons.needs_person(said)}
    return frozenset(name for name, is_lacking in asked.items() if is_lacking)


def with_questions(typed: Typed, mistakes: Mapping[str, FieldError]) -> Mapping[str, FieldError]:
    """Add what is asked once before sending, when nothing is to be corrected: a name in Latin letters.

    An empty field that was sent is an answer: it may be left out.
    """
    if not all(isinstance(one, FieldQuestion) for one in mistakes.values()):
        return mistakes
    return {name: FieldQuestion(persons.LATIN) for name in _lacking(typed) if not typed.get(name)} | dict(mistakes)


COURT = Page(name="court", answers=ShortForm, heading=N_("Formulaire court"), template="saisine/court.html")
PAGES = (COURT,)
