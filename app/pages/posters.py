"""A poster for a waiting room and a leaflet for a reception desk: what the law gives, and how to use it here.

CSP L. 1110-3 lets whoever thinks a refusal of care discriminatory seize an authority; people must know it. Both sheets
bear the same words; the square opens the home page.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from app.base import rights_defender
from app.base.errors import N_
from app.base.i18n import translate
from app.printing.pdf import square, write_pdf

POSTER, LEAFLET = "affiche.typ", "depliant.typ"
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
"""The instant that the files bear: always the same, so are their bytes."""
TITLE = N_("On a refusé de vous soigner ?")
WHY = N_("Personne ne peut vous refuser des soins à cause de ce que vous êtes ou de votre situation.")
BECAUSE = N_("Par exemple à cause de :")
EXAMPLES = (
    N_("votre Complémentaire santé solidaire (C2S) ou votre aide médicale de l'État (AME)"),
    N_("votre origine, votre langue, votre religion"),
    N_("votre handicap, votre santé, votre âge, votre sexe"),
    N_("le peu d'argent que vous avez, ou le lieu où vous vivez"),
)
ALSO = N_("Un refus peut être un rendez-vous refusé, un délai trop long, un tiers payant refusé, un prix plus élevé.")
STEPS = (
    N_("Racontez ce qui s'est passé. C'est gratuit, sans avocat."),
    N_("Une autorité reçoit votre plainte : la CPAM ou l'ordre. Vous avez un récépissé avec la date."),
    N_("Elle vous répond en huit jours. En général, une réunion cherche un accord."),
)
HELP = (
    N_("Une personne de votre choix ou une association agréée peut vous aider."),
    N_("Sans internet : un formulaire à imprimer existe sur le site. Demandez-le à l'accueil."),
    N_("En cas d'urgence vitale, appelez le 15 ou le 112. Par SMS : 114."),
)
DEFENDER = N_("Défenseur des droits : {phone}, appel gratuit.")
LAW = N_("Code de la santé publique, articles L. 1110-3 et R. 1110-8 à R. 1110-14.")
SCAN = N_("Prenez ce carré en photo, ou tapez :")


@cache
def poster(address: str) -> bytes:
    """Write the poster, one page of A4: tagged PDF, made to PDF/UA-1."""
    return write_pdf(POSTER, _said(address), WRITTEN, {"square": square(address)})


@cache
def leaflet(address: str) -> bytes:
    """Write the leaflet, one page of A4 to fold in two: tagged PDF, made to PDF/UA-1."""
    return write_pdf(LEAFLET, _said(address), WRITTEN, {"square": square(address)})


def _said(address: str) -> dict[str, Any]:
    return {
        "title": translate(TITLE),
        "why": translate(WHY),
        "because": {
            "heading": translate(N_("Par exemple à cause de :")),
            "items": [translate(one) for one in EXAMPLES],
        },
        "also": translate(ALSO),
        "right": translate(N_("Vous pouvez saisir une autorité d'une plainte.")),
        "steps": [translate(one) for one in STEPS],
        "help": [*(translate(one) for one in HELP), translate(DEFENDER).format(phone=rights_defender.PHONE)],
        "scan": translate(SCAN),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "alt": translate(N_("Carré à prendre en photo. Il ouvre {address}.")).format(address=address),
        "law": translate(LAW),
        "independent": translate(N_("Saisine est un service indépendant.")),
    }
