"""The sentences that every letter to a person has: said in her language too, on the side sheet."""

from app.base.errors import N_

SALUTATION = N_("Madame, Monsieur,")
CLOSING = N_("Je vous prie d'agréer, Madame, Monsieur, l'expression de ma considération distinguée.")
SUBJECT = N_("Objet : {subject}")
MESSAGE, DEMAND = N_("Message au sujet de votre plainte"), N_("Demande au sujet de votre plainte")
NEW_CODE = N_("{authority} vous envoie un nouveau code, comme vous l'avez demandé. L'ancien code ne sert plus.")
NEEDS = N_("Pour vous : {needs}")
ANSWER_BY = N_("Nous espérons votre réponse avant la fin du {day}.")
REMEDIES = N_(
    "D'autres démarches restent possibles. Vous pouvez saisir le Défenseur des droits ({phone}, appel gratuit). Vous "
    "pouvez aussi porter plainte auprès du procureur de la République."
)
