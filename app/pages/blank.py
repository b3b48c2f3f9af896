"""The form to print: every question of the online form on paper, for whoever sends by post (CSP R. 1110-11).

It is made from the declared pages, so it cannot lag behind them. Two parts, as online: the complaint, which the
professional reads; the contact sheet, which he or she never does. In another language, each sentence has the French one
beside it: the authority reads it too, and it alone counts.
"""

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any

from app.base.errors import N_
from app.base.i18n import FRENCH, in_language, language_now, translate
from app.pages.paper import questions
from app.printing.bilingual import InBoth, as_data, both, courtesy
from app.printing.pdf import write_pdf
from app.printing.pdf_text import MISSING, drawable, printable
from app.saisine.pages import FORM_VERSION, PAGES, STEPS
from app.saisine.steps.asked import ONLY_BY_MEMBER

TEMPLATE = "formulaire.typ"
EVERY_PAGE = tuple(page for page in PAGES if page.when not in ONLY_BY_MEMBER)
"""What a person is asked; the short form asks some of it."""
LAST_STEP = len(STEPS)
"""What is declared, beside the signature, once both parts are written."""
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
"""The instant that the file bears: always the same, so are its bytes."""

BEFORE = (
    N_("Plainte : ici, c'est une lettre à la CPAM ou à l'ordre. Ce n'est pas une plainte à la police."),
    N_("C'est gratuit, sans avocat. Une personne de votre choix peut vous aider."),
    N_("La loi demande trois choses : votre nom et comment vous joindre, le professionnel, les faits."),
    N_("Vous pouvez laisser vide tout le reste. Vous manquez de place ? Continuez sur une feuille libre."),
    N_("Un rond : une seule réponse. Un carré : autant de réponses que vous voulez."),
    N_("En général, le professionnel reçoit la partie 1, avec votre nom. Il ne reçoit pas la partie 2."),
    N_("Ne joignez pas votre carte d'identité, votre titre de séjour ni votre carte Vitale."),
    N_("En cas d'urgence vitale, appelez le 15 ou le 112. Par SMS : 114."),
)
SEND = (
    N_("En général, envoyez ce formulaire à la CPAM ou au conseil de l'ordre du lieu où travaille le professionnel."),
    N_("En général, vous pouvez choisir : celui qui reçoit votre plainte la transmet à l'autre en huit jours."),
    N_("Si la profession n'a pas d'ordre, ou pour un prix sans discrimination, envoyez-le à la CPAM."),
    N_("À Mayotte, à Wallis-et-Futuna, en Nouvelle-Calédonie et en Polynésie, envoyez-le à l'ordre."),
    N_("Adresse de la CPAM : sur ameli.fr, ou au 36 46. Adresse du conseil : sur le site de l'ordre."),
    N_("Nous conseillons la lettre recommandée avec avis de réception : elle donne une date certaine."),
    N_("Gardez une copie de tout."),
)
LAW = (
    N_("Code de la santé publique, articles L. 1110-3 et R. 1110-8 à R. 1110-16 ; contenu : article R. 1110-11."),
    N_("Vos données servent à traiter votre plainte. Vous pouvez demander à les voir ou à les corriger."),
)
ONLINE = N_("En ligne, la plainte est reçue tout de suite, et vous avez un récépissé. Adresse :")
PART_ONE = N_("Partie 1 : votre plainte")
READ_BY_ALL = N_("L'autorité qui reçoit la plainte lit cette partie. En général, le professionnel aussi.")
PART_TWO = N_("Partie 2 : vos coordonnées et vos besoins")
END = N_("Vérifiez, puis signez")
READ_BY_TWO = N_("L'autorité qui reçoit la plainte lit cette partie. Le professionnel ne la reçoit pas.")


@cache
def blank_form(address: str, code: str = FRENCH) -> bytes:
    """Write the form in a language beside French: tagged PDF, to PDF/UA-1, the same bytes for the same declarations.

    In French alone when the letters of that language are not among our fonts.
    """
    with in_language(code):
        said = as_data(_said(address))
        if MISSING in json.dumps(printable(said, drawable()), ensure_ascii=False):
            return blank_form(address)
        now = language_now()
        return write_pdf(TEMPLATE, said | {"lang": now.tag.partition("-")[0], "dir": now.direction}, WRITTEN)


def _said(address: str) -> dict[str, Any]:
    title = _in_both(N_("Plainte pour refus de soins, à imprimer"))
    return {
        "title": title.own,
        "subtitle": title.french if title.is_translated else "",
        "foot": translate(N_("Formulaire {version}")).format(version=FORM_VERSION),
        "page": translate(N_("Page {n} sur {total}")),
        "translation": courtesy() if title.is_translated else "",
        "before": [
            _told(N_("Où l'envoyer"), SEND),
            _told(N_("Avant d'écrire"), BEFORE),
        ],
        "online": [_in_both(ONLINE), address],
        "parts": [_part(PART_ONE, READ_BY_ALL, private=False), _part(PART_TWO, READ_BY_TWO, private=True)],
        "end": _end(),
        "law": _told(N_("Ce que dit la loi"), LAW),
    }


def _in_both(sentence: str) -> InBoth:
    return both(lambda: translate(sentence))


def _told(heading: str, sentences: tuple[str, ...]) -> dict[str, Any]:
    return {"heading": _in_both(heading), "sentences": [_in_both(sentence) for sentence in sentences]}


def _part(heading: str, readers: str, *, private: bool) -> dict[str, Any]:
    """Gather the pages of each step before the last."""
    steps: dict[int, list[dict[str, Any]]] = {}
    for page in questions(EVERY_PAGE, lambda page, widget: page.step < LAST_STEP and widget.private is private):
        steps.setdefault(page["step"], []).append(page)
    shown = [{"heading": _in_both(STEPS[number - 1]), "pages": pages} for number, pages in sorted(steps.items())]
    return {"heading": _in_both(heading), "readers": _in_both(readers), "steps": shown}


def _end() -> dict[str, Any]:
    """Gather what is declared, then the date and the signature: the last thing to write."""
    pages = list(questions(EVERY_PAGE, lambda page, _widget: page.step == LAST_STEP))
    signed = [_in_both(N_("Date")), _in_both(N_("Signature (facultatif)"))]
    return {"heading": _in_both(END), "pages": pages, "signed": signed}
