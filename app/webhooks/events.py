"""What can be told to the software of an association: the one list, for the pages, the acts and the docs."""

from app.base.errors import N_
from app.base.forms.fields import Choices


class WebhookEvent(Choices):
    """Something that happened. The code is what the software reads: it never changes."""

    MANDATE_GIVEN = "mandat.donne", N_("La personne a donné son mandat en ligne")
    MANDATE_REFUSED = "mandat.refuse", N_("La personne a refusé de donner son mandat")
    MANDATE_MISTAKE = "mandat.erreur_signalee", N_("La personne a signalé une erreur dans la plainte")
    MANDATE_UNANSWERED = "mandat.expire", N_("La personne n'a pas répondu à la demande de mandat dans les quinze jours")
    MANDATE_ENDED = "mandat.termine", N_("Le mandat est terminé")
    SENT = "plainte.envoyee", N_("La plainte est envoyée")
    ACKNOWLEDGED = "plainte.accusee", N_("L'autorité a accusé réception")
    TRANSMITTED = "plainte.transmise", N_("La plainte est transmise à une autre autorité ou au professionnel")
    DAY_MISSED = "date.depassee", N_("Une date de la loi est passée sans que l'autorité l'ait tenue")
    MEETING_FIXED = "reunion.fixee", N_("La réunion de conciliation est fixée")
    MEETING_MOVED = "reunion.deplacee", N_("La réunion de conciliation est déplacée")
    MESSAGE = "message.recu", N_("L'autorité a écrit à la personne")
    WITHDRAWN = "plainte.retiree", N_("La plainte est retirée")
    CLOSED = "plainte.close", N_("Le dossier est terminé")
