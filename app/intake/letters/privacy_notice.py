"""What the professional is told of the data that somebody else gave (GDPR, art. 14)."""

from app.base.errors import N_
from app.base.i18n import translate
from app.intake.desk.sender import Sender

CONTROLLER = N_(
    "Vos données personnelles (RGPD, article 14). Responsable du traitement : {name}. But : instruire la plainte, par "
    "obligation légale et mission d'intérêt public (RGPD, article 6.1 c et e). Source : la personne qui porte plainte. "
    "Données : votre identité, votre lieu d'exercice et les faits décrits."
)
RETENTION = N_(
    "Elles sont lues par les autorités que la loi désigne et, s'il y a lieu, par la juridiction. Elles sont gardées "
    "six ans après la réception de la plainte, plus longtemps si une procédure est en cours."
)
RIGHTS = N_(
    "Vous pouvez demander l'accès à ces données, leur rectification ou la limitation de leur usage. Vous pouvez vous "
    "y opposer dans les cas prévus par la loi. Délégué à la protection des données : {dpo}. Réclamation : CNIL, "
    "3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07."
)


def notice_of(sender: Sender | None) -> list[str]:
    """Write the notice, for the authority that sends the letter."""
    if sender is None:
        return []
    lines = (translate(CONTROLLER), translate(RETENTION), translate(RIGHTS))
    return [line.format(name=sender.name, dpo=sender.dpo) for line in lines]
