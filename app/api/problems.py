"""What goes wrong in the interface: problem details in French (RFC 9457)."""

from collections.abc import Mapping
from typing import Any

from app.base.errors import N_, Refusal

CORRECT = N_("Des réponses sont à corriger. Rien n'est enregistré.")
NO_TOKEN = N_("Donnez un jeton valable dans l'en-tête Authorization : Bearer. Demandez-en un à /api/v1/jeton.")
NO_SCOPE = N_("Cet accès n'a pas le droit “{scope}”. Demandez-le à la personne responsable de votre association.")
NOT_HERE = N_("Rien n'est ici pour cet accès.")
UNREAD = N_("L'adresse ou un en-tête de votre demande ne peut pas être lu.")
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
NOT_WHOLE = N_("La plainte n'est pas complète. Rien n'est envoyé.")
NOT_AUTOMATIC = N_("Pour envoyer dès que la personne dit oui, mettez d'abord “envoi_auto” à vrai dans le brouillon.")
NOT_BY_MAIL = N_("Ce mandat est sur papier. Pour le demander par e-mail, mettez “email” dans “mandat_mode”.")
ON_PAPER = N_("Le mandat signé est ajouté.")
NOTHING_ASKED = N_("Aucun mandat n'est ajouté ni demandé.")
NO_FILE = N_("Joignez un fichier au moins, avec Content-Type : multipart/form-data.")
NOT_KEPT = N_("Un des fichiers ne peut pas être ajouté. Aucun n'est gardé.")
NOT_WRITTEN = N_("Le service ne peut rien enregistrer en ce moment. Renvoyez la même demande dans une minute.")
WAIT = N_("Vous demandez trop vite. Attendez {seconds} secondes, puis recommencez.")


class ApiProblem(Refusal):
    """A refusal that a program reads: its status, its sentence, its headers and the errors by field.

    ``code`` tells apart the refusals of one address that share a status.
    """

    def __init__(
        self,
        status: int,
        says: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
        code: str = "",
        **named: Any,
    ) -> None:
        """Keep the sentence untranslated; ``named``: what it names."""
        super().__init__(says)
        self.status, self.says, self.code = status, says, code
        self.headers, self.errors, self.named = dict(headers or {}), dict(errors or {}), named
