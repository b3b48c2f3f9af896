"""What goes wrong in the interface: problem details in French (RFC 9457)."""

from collections.abc import Mapping

from app.base.errors import N_, Refusal

CORRECT = N_("Des réponses sont à corriger. Rien n'est enregistré.")
NO_TOKEN = N_("Donnez un jeton valable dans l'en-tête Authorization : Bearer. Demandez-en un à /api/v1/jeton.")
NO_SCOPE = N_("Cet accès n'a pas le droit “{scope}”. Demandez-le à la personne responsable de votre association.")
NOT_HERE = N_("Rien n'est ici pour cet accès.")
NOT_JSON = N_("Envoyez un objet JSON, avec Content-Type : application/json.")
UNREADABLE = N_("Le JSON de votre envoi ne peut pas être lu.")
UNKNOWN_MEMBER = N_("“{name}” n'est pas attendu ici.")
WRONG_SHAPE = N_("La valeur de “{name}” n'est pas de la bonne forme.")
TOO_HEAVY = N_("Votre envoi est trop lourd.")
NO_KEY = N_("Donnez l'en-tête Idempotency-Key : 1 à 255 signes, un autre pour chaque nouvelle demande.")
KEY_TAKEN = N_("Cette clé Idempotency-Key a déjà servi pour une autre demande.")
KEY_BUSY = N_("Une demande avec cette clé est en cours. Réessayez dans un moment.")
NO_VERSION = N_("Donnez l'en-tête If-Match, avec l'ETag que vous avez lu.")
STALE = N_("Ce brouillon a changé depuis que vous l'avez lu. Lisez-le à nouveau.")
SENT = N_("Cette plainte est envoyée : son brouillon ne change plus.")
WAIT = N_("Vous demandez trop vite. Attendez {seconds} secondes, puis recommencez.")


class ApiProblem(Refusal):
    """A refusal that a program reads: its status, its sentence, its headers and the errors by field."""

    code = "probleme"

    def __init__(
        self,
        status: int,
        says: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
        **named: object,
    ) -> None:
        """Keep the sentence untranslated; ``named``: what it names."""
        super().__init__(says)
        self.status, self.says = status, says
        self.headers, self.errors, self.named = dict(headers or {}), dict(errors or {}), named
