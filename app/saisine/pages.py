"""The detailed form: its pages in the order people see them, and when each is asked."""

from functools import cache

from app.base.errors import N_
from app.base.forms.form import widgets
from app.saisine.journey import Nothing, Page, always
from app.saisine.opening import OPENING
from app.saisine.steps import (
    asked,
    facts,
    identity,
    mandate,
    needs,
    persons,
    proofs,
    reasons,
    sending,
    situation,
    when,
)
from app.saisine.steps.said import Said

FORM_VERSION = "detail-3"
STEPS = (
    N_("Votre situation"),
    N_("Le professionnel"),
    N_("Les faits"),
    N_("Vos preuves"),
    N_("Vous"),
    N_("Vérifier et envoyer"),
)

PAGES = (
    *OPENING,
    Page(name="formes", answers=facts.Forms, heading=N_("Que s'est-il passé ?"), step=3),
    Page(
        name="recit",
        answers=when.WhenAndStory,
        heading=N_("Racontez ce qui s'est passé"),
        step=3,
        template="saisine/story.html",
    ),
    Page(
        name="motifs",
        answers=reasons.Motives,
        heading=N_("Selon vous, pourquoi a-t-on refusé ? (facultatif)"),
        step=3,
        template="saisine/motives.html",
    ),
    Page(
        name="depassement",
        answers=Nothing,
        heading=N_("Un prix, sans discrimination"),
        step=3,
        when=reasons.is_fees_alone,
        template="saisine/tells/fees.html",
    ),
    Page(
        name="couverture",
        answers=reasons.CoverAnswers,
        heading=Said(
            N_("Quelle couverture santé aviez-vous ?"), N_("Quelle couverture santé cette personne avait-elle ?")
        ),
        step=3,
        when=reasons.asks_cover,
    ),
    Page(
        name="preuves",
        answers=proofs.Additions,
        heading=N_("Voulez-vous ajouter autre chose ? (facultatif)"),
        step=4,
        template="saisine/proofs.html",
    ),
    Page(
        name="complements",
        answers=reasons.Complements,
        heading=N_("Témoins et autres démarches (facultatif)"),
        step=4,
        when=proofs.adds(proofs.Addition.COMPLEMENTS),
    ),
    Page(
        name="identite",
        answers=persons.IdentityAndReach,
        heading=Said(N_("Qui êtes-vous ?"), of_helped=N_("Qui est cette personne ?")),
        step=5,
        when=asked.by_person,
        template="saisine/identity.html",
    ),
    Page(
        name="identite/mandant",
        answers=persons.Identity,
        heading=Said(
            N_("Comment s'appelle cette personne ?"), of_giver=N_("Comment s'appelle la personne qui donne le mandat ?")
        ),
        step=5,
        when=asked.by_member,
        template="saisine/identity.html",
    ),
    Page(
        name="identite/latin", answers=persons.OwnLatinName, heading=persons.OWN_LATIN, step=5, when=persons.needs_own
    ),
    Page(
        name="aidant",
        answers=persons.Helper,
        heading=N_("Et vous, qui aidez cette personne ? (facultatif)"),
        step=5,
        when=situation.assists,
    ),
    Page(
        name="personne",
        answers=persons.RefusedPerson,
        heading=N_("Quelle personne n'a pas reçu les soins ?"),
        step=5,
        when=asked.writes_for_another,
        template="saisine/person.html",
    ),
    Page(
        name="personne-representee",
        answers=persons.RepresentedPerson,
        heading=N_("Quelle personne n'a pas reçu les soins ?"),
        step=5,
        when=asked.gives_for_another,
    ),
    Page(
        name="personne/latin",
        answers=persons.PersonLatinName,
        heading=persons.HERS_LATIN,
        step=5,
        when=persons.needs_person,
    ),
    Page(
        name="titre",
        answers=proofs.Mandate,
        heading=Said(
            N_("Avez-vous un document qui montre que vous la représentez ?"),
            of_giver=N_("Avez-vous un document qui montre qui représente cette personne ?"),
        ),
        step=5,
        when=asked.represents_protected,
        template="saisine/mandate.html",
    ),
    Page(
        name="joindre-par",
        answers=identity.Through,
        heading=identity.REACHED,
        step=5,
        when=asked.by_member,
    ),
    Page(
        name="joindre",
        answers=identity.Reach,
        heading=identity.HOW_TO_REACH,
        step=5,
        when=asked.tells_how_to_reach,
        template="saisine/reach.html",
    ),
    Page(
        name="adresse",
        answers=identity.Address,
        heading=Said(N_("Quelle est votre adresse ?"), of_helped=N_("Quelle est son adresse ?")),
        step=5,
        when=asked.by_post,
        template="saisine/address.html",
    ),
    Page(
        name="besoins",
        answers=needs.Needs,
        heading=Said(
            N_("De quoi avez-vous besoin pour participer ? (facultatif)"),
            N_("De quoi cette personne a-t-elle besoin pour participer ? (facultatif)"),
        ),
        step=5,
        when=proofs.adds(proofs.Addition.BESOINS),
        template="saisine/needs.html",
    ),
    Page(
        name="mandat",
        answers=mandate.SignedMandate,
        heading=Said(
            N_("Comment la personne donne-t-elle son mandat ?"), of_giver=N_("Comment le mandat est-il donné ?")
        ),
        step=5,
        when=asked.by_member,
        template="saisine/express_mandate.html",
    ),
    Page(
        name="destinataire",
        answers=sending.SendingAnswers,
        heading=N_("À qui envoyer votre plainte ?"),
        step=6,
        when=asked.has_choice,
        settled=always,
        template="saisine/addressee.html",
    ),
    Page(
        name="verifier",
        answers=sending.Declarations,
        heading=N_("Vérifiez vos réponses, puis envoyez"),
        step=6,
        template="saisine/check.html",
    ),
)
"""A page without fields tells something, and is passed by whoever needs it."""
MOVED = {
    "precisions": "formes",
    "couverture/connue": "motifs",
    "soins/trouver": "lieu",
    "profession": "lieu",
    "date": "recit",
}
"""Addresses of pages that are gone, and the page that asks their questions now."""
BY_NAME = {page.name: page for page in PAGES}
ASKED = PAGES[:-1]
"""All but the last one, where the complaint is checked and sent."""
ADDRESSEE, LAST = BY_NAME["destinataire"], PAGES[-1]


@cache
def asked_elsewhere(page: Page) -> frozenset[str]:
    """Return the fields that this page asks after some answers, and another page after others.

    Not sent by the one, such a field keeps what was answered on the other.
    """
    after = {name: widget.only_if for name, widget in widgets(page.answers).items() if widget.only_if}
    others = [widgets(other.answers) for other in PAGES]
    return frozenset(
        name
        for name, first in after.items()
        if any(name in fields and fields[name].only_if != first for fields in others)
    )
