"""Why a form that came is not taken; each says what to do."""

from collections.abc import Mapping, Sequence

from app.base.errors import N_, Refusal


class BadForm(Refusal):
    """What came is not a form we gave."""

    code, status, keeps_words = "formulaire_illisible", 400, True
    says = N_("Votre envoi est arrivé incomplet. Revenez en arrière et réessayez.")


class TooBig(Refusal):
    """More text than any page asks for."""

    code, status, keeps_words = "trop_lourd", 413, True
    says = N_("Votre envoi est trop lourd. Revenez en arrière, raccourcissez votre texte ou retirez un fichier.")


class Expired(Refusal):
    """The page was open for too long, or its cookie is gone; carries what was typed there."""

    code, status, keeps_words, keeps_typed = "page_expiree", 403, True, True
    says = N_("Votre page était ouverte depuis longtemps. Rien n'a été envoyé.")

    def __init__(self, typed: Mapping[str, Sequence[str]] | None = None) -> None:
        """Keep what was typed."""
        super().__init__(self.code)
        self.typed = typed or {}


class NoCookie(Refusal):
    """The browser sent no cookie at all: it refuses ours, and no form can be sent without it."""

    code, status = "cookies_refuses", 403
    heading = N_("Votre navigateur refuse les cookies")
    says = N_(
        "Rien n'a pu être envoyé. Ce service a besoin d'un cookie, qui ne suit personne. Dans les réglages de votre"
        " navigateur, acceptez les cookies de ce site, ou ouvrez-le dans un autre navigateur. Puis recommencez."
    )
