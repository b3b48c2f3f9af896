"""What a page of a desk says was just done: its address carries a code, and its sentence stands here.

Words in an address would be those of whoever wrote it. A sentence names nobody: addresses are kept by browsers.
"""

from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse

from app.base.errors import N_
from app.base.forms.fields import Choices
from app.base.i18n import translate
from app.base.web.addresses import path_of

DONE = "fait"
"""What the address carries: one of these codes; that of a complaint, an act of the eight days as well."""


class JustDone(Choices):
    """What was done, in the words of the page that follows."""

    INVITED = "invitation_envoyee", N_("L'invitation est envoyée.")
    INVITED_TWICE = (
        "invitation_deja_partie",
        N_("L'invitation est déjà partie il y a moins d'une minute : rien n'est envoyé deux fois."),
    )
    INVITATION_CANCELLED = "invitation_annulee", N_("L'invitation est annulée. Son lien ne sert plus.")
    RESET = (
        "compte_reinitialise",
        N_("Le lien pour choisir un nouveau mot de passe et de nouveaux codes est envoyé."),
    )
    RESET_TWICE = (
        "compte_deja_reinitialise",
        N_("Le lien est déjà parti il y a moins d'une minute : rien n'est envoyé deux fois."),
    )
    ENABLED = "compte_reactive", N_("Le compte est réactivé.")
    DISABLED = "compte_desactive", N_("Le compte est désactivé.")
    SESSIONS_CLOSED = "sessions_fermees", N_("Les sessions de ce compte sont fermées.")
    ROLE_CHANGED = "role_change", N_("Le rôle est changé.")
    QUALITY_KEPT = "qualite_enregistree", N_("La qualité est enregistrée.")
    WEBHOOK_PAUSED = "adresse_en_pause", N_("Les envois à cette adresse sont arrêtés.")
    WEBHOOK_RESUMED = "adresse_reprise", N_("Les envois à cette adresse ont repris.")
    WEBHOOK_CHOSEN = "adresse_choix_enregistre", N_("Ce qui est dit à cette adresse est enregistré.")
    WEBHOOK_AGAIN = "envoi_renvoye", N_("L'envoi attend de nouveau son tour.")
    WEBHOOK_WAITS = "envoi_deja_en_attente", N_("Cet envoi attend déjà son tour : il ne part pas deux fois.")
    WEBHOOK_ALL_AGAIN = "envois_renvoyes", N_("Les envois faits depuis cette date attendent de nouveau leur tour.")
    WEBHOOK_NONE_AGAIN = "aucun_envoi_renvoye", N_("Il n'y a rien à renvoyer depuis cette date.")
    WEBHOOK_REMOVED = "adresse_supprimee", N_("L'adresse est supprimée. Rien ne lui est plus envoyé.")
    TEMPLATE_KEPT = "modele_enregistre", N_("Le modèle est enregistré.")
    TEMPLATE_ARCHIVED = "modele_archive", N_("Le modèle est archivé : il n'est plus proposé.")
    TEMPLATE_SERVES = "modele_resservi", N_("Le modèle est de nouveau proposé.")
    TEMPLATE_PUT_BACK = "modele_remis", N_("La version choisie est remise : c'est elle qui sert.")
    TAG_CREATED = "etiquette_creee", N_("L'étiquette est créée.")
    TAG_RENAMED = "etiquette_renommee", N_("L'étiquette est renommée.")
    TAG_RETIRED = "etiquette_retiree", N_("L'étiquette est retirée : elle n'est plus proposée.")
    TAG_SERVES = "etiquette_resservie", N_("L'étiquette est de nouveau proposée.")
    TAGGED = "plainte_etiquetee", N_("Les étiquettes de cette plainte sont enregistrées.")
    SEVERAL_TAGGED = (
        "plaintes_etiquetees",
        N_("Étiquettes enregistrées pour les plaintes choisies encore chez vous."),
    )
    SEVERAL_ASSIGNED = (
        "plaintes_attribuees",
        N_("Attribution enregistrée pour les plaintes choisies encore chez vous."),
    )
    ABSENCE_DECLARED = "absence_declaree", N_("L'absence est déclarée.")
    ABSENCE_CANCELLED = "absence_annulee", N_("L'absence est annulée.")
    VIEW_KEPT = "vue_enregistree", N_("La vue est enregistrée.")
    VIEW_RENAMED = "vue_renommee", N_("La vue est renommée.")
    VIEW_REMOVED = "vue_supprimee", N_("La vue est supprimée.")
    DISPLAY_KEPT = "affichage_enregistre", N_("L'affichage de la liste est enregistré.")
    LINK_MADE = "lien_cree", N_("Le lien est créé. S'il y en avait un autre, il ne sert plus.")
    LINK_REMOVED = "lien_supprime", N_("Le lien est supprimé : il ne sert plus.")
    LETTERS_POSTED = "courriers_postes", N_("Les courriers choisis sont marqués comme postés.")
    LETTER_TAKEN_BACK = "courrier_retire", N_("Le courrier est retiré : il n'est plus à envoyer.")
    LETTER_GONE = (
        "courrier_deja_parti",
        N_("Rien n'a changé : ce courrier n'attend plus. Il est posté, ou retiré."),
    )
    LETTERS_SOME_GONE = (
        "courriers_postes_en_partie",
        N_("Certains courriers n'attendaient plus : déjà postés, ou retirés. Les autres sont marqués comme postés."),
    )
    CARD_KEPT = "fiche_enregistree", N_("La fiche du service est enregistrée.")
    LETTER_PREPARED = "courrier_prepare", N_("Le courrier est prêt : il attend d'être posté.")
    COMPLAINT_MOVED = "plainte_reorientee", N_("La plainte est envoyée à l'autre autorité.")
    SOFTWARE_CUT = "logiciel_coupe", N_("L'accès du logiciel est coupé.")
    RENEWAL_KEPT = "renouvellement_enregistre", N_("La date de votre demande est enregistrée.")
    BRANCH_ADDED = "antenne_ajoutee", N_("L'antenne est ajoutée.")
    BRANCH_REMOVED = "antenne_retiree", N_("L'antenne est retirée.")
    BRANCHES_CHOSEN = "antennes_enregistrees", N_("L'antenne de chaque membre est enregistrée.")
    OWN_WORDS_KEPT = "reperes_enregistres", N_("La référence et les étiquettes sont enregistrées.")
    NOTE_ADDED = "note_ajoutee", N_("La note est ajoutée.")
    CASE_HANDED_OVER = "dossier_confie", N_("Le dossier est confié.")
    CASES_HANDED_OVER = "dossiers_confies", N_("Les dossiers sont confiés. Voici ceux de la personne qui les reçoit.")
    MANDATE_GIVEN_UP = "mandat_association_rendu", N_("Le mandat est rendu.")
    MEMBER_APPOINTED = "membre_nomme_commission", N_("Le membre est nommé.")
    TERM_ENDED = "mandat_termine", N_("Le mandat de ce membre est terminé.")
    AUTHORITY_KEPT = "autorite_enregistree", N_("La fiche de l'autorité est enregistrée.")
    AUTHORITY_CREATED = "autorite_creee", N_("L'autorité est créée.")
    CREATION_CANCELLED = "creation_annulee", N_("La création de l'autorité est annulée.")
    CLOSING_KEPT = "fermeture_enregistree", N_("La fermeture de l'autorité est enregistrée.")
    CLOSING_CANCELLED = "fermeture_annulee", N_("La fermeture de l'autorité est annulée.")
    EDITION_SERVES = "annuaire_mis_en_service", N_("L'extraction de l'annuaire est en service.")
    EDITION_BACK = "annuaire_remis", N_("L'extraction d'avant est de nouveau en service.")
    ASSOCIATION_ADDED = "association_ajoutee", N_("L'association est ajoutée.")
    ASSOCIATION_INVITED = (
        "association_ajoutee_invitee",
        N_("L'association est ajoutée, et invitée par e-mail."),
    )
    ASSOCIATION_KEPT = "association_enregistree", N_("La fiche de l'association est enregistrée.")
    ASSOCIATION_REFUSED = (
        "association_refusee",
        N_("La demande est refusée : l'association reçoit la raison."),
    )
    AGREEMENT_KEPT = "agrement_enregistre", N_("L'agrément est enregistré.")
    AGREEMENT_WITHDRAWN = (
        "agrement_retire",
        N_("Le retrait de l'agrément est enregistré."),
    )
    COMPLAINT_RECORDED = "plainte_enregistree", N_("La plainte est enregistrée.")


def after(request: Request, done: str | None, name: str, **params: Any) -> RedirectResponse:
    """Send the visitor to the page that says what was done, to be read with GET (303); nothing done, nothing said."""
    return RedirectResponse(telling(done, path_of(request.app, name, **params)), 303)


def telling(done: str | None, address: str) -> str:
    """Return the address of a page that says what was done."""
    return f"{address}{'&' if '?' in address else '?'}{DONE}={done}" if done else address


def done_of(request: Request) -> str:
    """Return what the page that is read says was done; beside a form to correct, nothing was."""
    code = request.query_params.get(DONE, "") if request.method == "GET" else ""
    return translate(JustDone(code).label) if code in set(JustDone) else ""  # type: ignore[call-arg]
