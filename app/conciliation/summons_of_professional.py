"""What the summons of the professional says in words of its own: French alone."""

from app.base.errors import N_

ABOUT = N_("Une plainte déposée par {person} à votre sujet a été reçue le {day}.")
HELP = N_("Vous pouvez venir avec une personne de votre choix, ou vous faire représenter avec un mandat écrit.")
ANSWER = N_("Dites-nous si vous venez : {reach}.")
AGREEING = N_(
    "Un accord veut dire que la plainte est retirée : la procédure s'arrête alors (même code, article R. 1110-12)."
)
