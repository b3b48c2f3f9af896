"""What a message template may say: the acts that it serves, its variables, and how they are filled. Pure."""

import re
from collections.abc import Mapping

from app.base.errors import N_
from app.base.forms.fields import Choices
from app.filing.status.case_status import ACKNOWLEDGED, ASKED, AUTHORITY_WROTE

NAME_LONGEST, TEXT_LONGEST = 80, 2000
"""The text is as long as the shortest of the fields that it goes to."""
TEMPLATES_MOST = 60
"""Templates of one authority that serve; those that are archived are not counted."""
VERSIONS_MOST = 100


class ServedAct(Choices):
    """Acts whose free text reaches the person."""

    REPLY = AUTHORITY_WROTE, N_("Écrire à la personne")
    ASK = ASKED, N_("Demander une preuve ou une précision")
    ACKNOWLEDGE = ACKNOWLEDGED, N_("Accuser réception")


class Variable(Choices):
    """What is written of the complaint in the place of a word between braces."""

    NUMBER = "numero", N_("le numéro de la plainte")
    RECEIVED = "recue_le", N_("le jour où elle a été reçue")
    NEXT_DATE = "prochaine_date", N_("la réunion, ou le jour avant lequel elle a lieu")
    AUTHORITY = "autorite", N_("le nom de votre service")
    CONTACT = "contact", N_("le téléphone et l'adresse e-mail de la fiche du service")


_KNOWN = re.compile("{(" + "|".join(one.value for one in Variable) + ")}")
_BRACE = re.compile(r"{[^{}\s]{0,30}}?|}")


def strange(text: str) -> str:
    """Return the first brace that belongs to no variable, with what is in it; empty when all is understood."""
    found = _BRACE.search(_KNOWN.sub(" ", text))
    return found.group() if found else ""


def fill(text: str, values: Mapping[str, str]) -> str:
    """Write what is known in the place of each variable; one whose value is not known stays as it is."""
    return _KNOWN.sub(lambda found: values.get(found[1]) or found[0], text)


def left(text: str) -> str:
    """Return the first variable that still stands in a text; empty when there is none."""
    found = _KNOWN.search(text)
    return found.group() if found else ""


def joined(typed: str, text: str) -> str:
    """Put a text after what was typed, which is never replaced."""
    return f"{typed.rstrip()}\n\n{text}" if typed.strip() else text
