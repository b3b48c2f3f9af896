"""What is said of the authorities, of the conciliation and of its days: one truth for the form and what follows it.

Everything is told from who receives (:class:`Recipients`), which comes from the competence and from nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.base.errors import N_
from app.routing.rules import Outcome, Receivers, may_have_ordre
from app.saisine.steps.reasons import is_fees_alone
from app.saisine.steps.said import Said


class Recipients(Enum):
    """Who receives a complaint, and why one authority is alone when it is."""

    EITHER = "either"
    """The director or the president, at the person's choice; the other one is told (CSP L. 1110-3, R. 1110-11)."""
    ORDRE = "ordre"
    """Mayotte and the Pacific: the president alone (CSP L. 1110-3-1, R. 1521-1, R. 1541-1)."""
    FEES = "fees"
    """A price alone: the director alone (CSS L. 162-1-14-1, 2° to 4°)."""
    NO_ORDRE = "no ordre"
    """A profession without an ordre: the director alone (derived from CSP R. 1110-9)."""
    SOUGHT = "sought"
    """No text names who receives: a clerk looks for it (CRPA L. 114-2)."""


@dataclass(frozen=True)
class WhatIsTold:
    """What is told: messages of the catalogue, said to the person and to who fills for another."""

    understood: Said
    """What is declared before sending."""
    readers: str
    """Who reads a part of the complaint, before and after it is written."""
    contact_readers: str
    """Who reads the contact details."""
    why_alone: Said | None = None
    meeting: str = ""
    """Name of the meeting that must be held within three months; empty when none is promised."""
    members: str = ""
    """Whom the person meets there."""
    own_caisse: str = ""
    """What is said to whoever has another caisse; empty where no caisse receives (CSP R. 1110-9 1°)."""
    tells_professional: bool = True
    """Whether a text orders that the professional is told of the complaint and of the name (CSP R. 1110-11)."""

    @property
    def has_conciliation(self) -> bool:
        """Return whether a meeting, its last day and what follows it are announced."""
        return bool(self.meeting)


ANY_RECIPIENT = Said(
    N_("J'ai compris que les autorités compétentes et le professionnel recevront ma plainte avec mon nom."),
    N_("J'ai compris que les autorités compétentes et le professionnel recevront la plainte avec nos deux noms."),
    of_helped=N_("J'ai compris que les autorités compétentes et le professionnel recevront la plainte avec son nom."),
)
"""True of every complaint: the short form, where who receives is not known yet.

It must not equal another label: ``typing`` takes equal annotations for one.
"""
ANY_READERS = N_("L'autorité compétente lira cette partie. Le professionnel peut la lire aussi.")
"""True of every complaint: who reads, where who receives is not known yet."""
_SOUGHT = Said(
    N_("J'ai compris que l'autorité compétente et le professionnel recevront ma plainte avec mon nom."),
    N_("J'ai compris que l'autorité compétente et le professionnel recevront la plainte avec nos deux noms."),
    of_helped=N_("J'ai compris que l'autorité compétente et le professionnel recevront la plainte avec son nom."),
)
_CONTACT_BY_CPAM = N_("Lus par la CPAM seulement.")
OWN_CAISSE = N_(
    "La CPAM qui compte est celle du lieu où travaille le professionnel, même avec une autre caisse (MSA, ENIM, CNMSS)."
)
"""The caisse of the place of practice, and not that of the person (CSP R. 1110-9 1°)."""
MAY_WRITE = N_("La CPAM peut écrire au professionnel.")
"""Said in place of « nous la transmettons au professionnel » where no text orders it (CSS R. 147-2)."""
CHAMBERS = frozenset({"10", "40", "50"})
"""Professions of CSP L. 4124-2: médecins, chirurgiens-dentistes, sages-femmes (RPPS codes)."""
PUBLIC_SERVICE = Said(
    N_(
        "Le refus a eu lieu dans un hôpital public, ou dans une clinique chargée d'un service public ? Vous ne pouvez "
        "pas saisir vous-même la chambre disciplinaire. Seules des autorités le peuvent : l'ordre, le ministre, le "
        "préfet, l'agence régionale de santé ou le procureur."
    ),
    of_helped=N_(
        "Le refus a eu lieu dans un hôpital public, ou dans une clinique chargée d'un service public ? La personne ne "
        "peut pas saisir elle-même la chambre disciplinaire. Seules des autorités le peuvent : l'ordre, le ministre, "
        "le préfet, l'agence régionale de santé ou le procureur."
    ),
)
"""Who may bring the case before the chamber then (CSP L. 4124-2)."""
TOLD = {
    Recipients.EITHER: WhatIsTold(
        Said(
            N_("J'ai compris que les deux autorités et le professionnel recevront ma plainte avec mon nom."),
            N_("J'ai compris que les deux autorités et le professionnel recevront la plainte avec nos deux noms."),
            of_helped=N_("J'ai compris que les deux autorités et le professionnel recevront la plainte avec son nom."),
        ),
        N_("Les deux autorités et le professionnel liront cette partie."),
        N_("Lus par les deux autorités seulement."),
        meeting=N_("réunion de conciliation"),
        members=N_("Vous y verrez le professionnel et des membres de la CPAM et de l'ordre."),
        own_caisse=OWN_CAISSE,
    ),
    Recipients.ORDRE: WhatIsTold(
        Said(
            N_("J'ai compris que l'ordre et le professionnel recevront ma plainte avec mon nom."),
            N_("J'ai compris que l'ordre et le professionnel recevront la plainte avec nos deux noms."),
            of_helped=N_("J'ai compris que l'ordre et le professionnel recevront la plainte avec son nom."),
        ),
        N_("L'ordre et le professionnel liront cette partie."),
        N_("Lus par l'ordre seulement."),
        Said(
            N_("Sur ce territoire, la loi donne votre plainte à l'ordre seul. Sa commission vous réunit."),
            of_helped=N_(
                "Sur ce territoire, la loi donne la plainte à l'ordre seul. Sa commission réunit les parties."
            ),
        ),
        N_("conciliation devant la commission de l'ordre"),
        N_("Vous y verrez le professionnel et des membres de l'ordre."),
    ),
    Recipients.FEES: WhatIsTold(
        Said(
            N_("J'ai compris que la CPAM recevra ma plainte avec mon nom et peut écrire au professionnel."),
            N_("J'ai compris que la CPAM recevra la plainte avec nos deux noms et peut écrire au professionnel."),
            of_helped=N_("J'ai compris que la CPAM recevra la plainte avec son nom et peut écrire au professionnel."),
        ),
        N_("La CPAM lira cette partie. Elle peut écrire au professionnel."),
        _CONTACT_BY_CPAM,
        Said(
            N_(
                "Votre plainte porte sur un prix, sans discrimination : la CPAM décide seule. "
                "Il n'y a pas de réunion de conciliation."
            ),
            of_helped=N_(
                "La plainte porte sur un prix, sans discrimination : la CPAM décide seule. "
                "Il n'y a pas de réunion de conciliation."
            ),
        ),
        own_caisse=OWN_CAISSE,
        tells_professional=False,
    ),
    Recipients.NO_ORDRE: WhatIsTold(
        Said(
            N_("J'ai compris que la CPAM et le professionnel recevront ma plainte avec mon nom."),
            N_("J'ai compris que la CPAM et le professionnel recevront la plainte avec nos deux noms."),
            of_helped=N_("J'ai compris que la CPAM et le professionnel recevront la plainte avec son nom."),
        ),
        N_("La CPAM et le professionnel liront cette partie."),
        _CONTACT_BY_CPAM,
        Said(
            N_(
                "Cette profession n'a pas d'ordre : le directeur de la CPAM peut recevoir votre plainte. "
                "Il n'y a pas de réunion de conciliation."
            ),
            of_helped=N_(
                "Cette profession n'a pas d'ordre : le directeur de la CPAM peut recevoir la plainte. "
                "Il n'y a pas de réunion de conciliation."
            ),
        ),
        own_caisse=OWN_CAISSE,
    ),
    Recipients.SOUGHT: WhatIsTold(
        _SOUGHT,
        N_("L'autorité compétente et le professionnel liront cette partie."),
        N_("Lus par l'autorité compétente seulement."),
        Said(
            N_(
                "La loi ne dit pas clairement qui reçoit votre plainte. Une personne du service cherche. "
                "En attendant, le service garde la plainte, avec sa date de réception."
            ),
            of_helped=N_(
                "La loi ne dit pas clairement qui reçoit la plainte. Une personne du service cherche. "
                "En attendant, le service garde la plainte, avec sa date de réception."
            ),
        ),
    ),
}


class ByRecipients(Said):
    """A sentence that says who receives; itself while that is not known (:mod:`app.saisine.third_person`)."""

    __slots__ = ("by",)
    by: Mapping[Recipients, Said]


UNDERSTOOD = ByRecipients(_SOUGHT, _SOUGHT.of_another, of_helped=_SOUGHT.of_helped)
UNDERSTOOD.by = {who: told.understood for who, told in TOLD.items()}


def may_be_public_service(profession: str, place: str) -> bool:
    """Return whether only authorities may seize the chamber, if the place has a public service (CSP L. 4124-2).

    ``profession``: its RPPS code; ``place``: the answer to « Dans quel endroit ? ».
    """
    return place == "etablissement" and profession in CHAMBERS


def recipients(receivers: Receivers, *, fees_alone: bool) -> Recipients:
    """Return who receives, before anything is sent. A price alone has no known receiver where there is no caisse."""
    if receivers is Receivers.CAISSE:
        return Recipients.FEES if fees_alone else Recipients.NO_ORDRE
    if receivers is Receivers.ORDRE:
        return Recipients.SOUGHT if fees_alone else Recipients.ORDRE
    return Recipients.EITHER if receivers is Receivers.BOTH else Recipients.SOUGHT


def recipients_of(outcome: str, profession: str, answers: Mapping[str, Any]) -> Recipients:
    """Return who receives a complaint that was sent: ``outcome`` as sealed, ``profession`` by its RPPS code.

    The caisse alone for a profession that has an ordre: it is about a price, whatever the answers mean today. A caisse
    to be confirmed is alone too when nobody else could be: the outcome does not say it.
    """
    fees_alone = is_fees_alone(answers)
    is_alone = outcome == Outcome.CPAM_SEULE
    if is_alone or (outcome == Outcome.CPAM_A_CONFIRMER and (fees_alone or not may_have_ordre(profession))):
        fees_alone = fees_alone or may_have_ordre(profession)
        return recipients(Receivers.CAISSE, fees_alone=fees_alone)
    alone = {
        Outcome.ORDRE_SEUL.value: Receivers.ORDRE,
        Outcome.A_QUALIFIER.value: Receivers.UNSETTLED,
        Outcome.HORS_CHAMP.value: Receivers.NOBODY,
    }
    return recipients(alone.get(outcome, Receivers.BOTH), fees_alone=fees_alone)


def told(outcome: str, profession: str, answers: Mapping[str, Any]) -> WhatIsTold:
    """Return all that is said of the authorities and of the conciliation of a complaint that was sent."""
    return TOLD[recipients_of(outcome, profession, answers)]
