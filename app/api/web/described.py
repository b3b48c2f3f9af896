"""What the interface answers, as OpenAPI describes it; tests compare each answer with it."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

PROBLEM_TYPE = "application/problem+json"


class Shape(BaseModel):
    """A JSON object that has these members, and no other."""

    model_config = ConfigDict(extra="forbid")


class ApiRefusal(Shape):
    """A refusal (RFC 9457): ``title`` is the French sentence, ``erreurs`` the sentences by field."""

    type: str
    title: str
    status: int
    code: str | None = None
    erreurs: dict[str, str] = Field(default_factory=dict)


class DraftRow(Shape):
    """A draft, without its answers."""

    id: str
    etat: str
    reference_externe: str
    essai: bool
    page: str | None
    modifie_le: datetime
    expire_le: date


class WholeDraft(DraftRow):
    """A draft, with what lacks or is wrong by field, and what is kept although it is likely mistyped."""

    reponses: dict[str, Any]
    erreurs: dict[str, str]
    doutes: dict[str, str]


class DraftList(Shape):
    """One page of drafts."""

    brouillons: list[DraftRow]
    suite: str | None


class DraftBody(Shape):
    """What is sent of a draft; ``reponses`` is described by ``/api/v1/schema``."""

    reponses: dict[str, Any] = Field(default_factory=dict)
    reference_externe: str = Field("", max_length=60)


class Piece(Shape):
    """A file."""

    id: str
    nom: str
    type: str
    taille: int
    sha256: str
    usage: str
    description: str
    ajoutee_le: datetime
    probleme: str | None


class PieceList(Shape):
    """Files."""

    pieces: list[Piece]


class MandateTold(Shape):
    """Where a mandate is."""

    etat: str
    phrase: str


class MandateAsked(Shape):
    """The code to tell by voice, given once; ``envoi_auto``: whether the yes of the person will send."""

    code: str
    envoi_auto: bool
    essai: bool


class Declared(Shape):
    """What is declared on the last page of the form."""

    declare_vrai: bool
    compris_transmission: bool
    accord_personne: bool = False
    accord_email: bool = False


class SentTold(Shape):
    """What was sent."""

    numero: str
    recue_le: datetime
    recepisse: str | None
    essai: bool


class ComplaintRow(Shape):
    """A complaint, as a list tells it."""

    numero: str
    recue_le: datetime
    etat: str
    phrase: str
    recepisse: str


class ComplaintListed(ComplaintRow):
    """A complaint of the list, with its last change."""

    modifiee_le: datetime


class ComplaintList(Shape):
    """One page of complaints."""

    plaintes: list[ComplaintListed]
    suite: str | None


class Due(Shape):
    """A day that an authority still owes."""

    code: str
    quoi: str
    au_plus_tard: date


class HistoryShape(Shape):
    """A line of the history."""

    code: str
    le: datetime
    quoi: str


class WholeComplaint(ComplaintRow):
    """Where a complaint stands."""

    destinataire: str
    informee: str
    echeances: list[Due]
    historique: list[HistoryShape]
    courriers: dict[str, Any] | None


def answers(*statuses: int, **by_status: type[Shape]) -> dict[int | str, dict[str, Any]]:
    """Describe the refusals of an address, and what it answers else: ``s201=WholeDraft``."""
    refused = {"content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/ApiRefusal"}}}}
    found: dict[int | str, dict[str, Any]] = {
        status: {"description": "Problem", **refused} for status in (401, 403, 429, 503, *statuses)
    }
    return found | {int(name[1:]): {"model": shape, "description": "OK"} for name, shape in by_status.items()}


def body(shape: type[Shape], kind: str = "application/json", *, required: bool = True) -> dict[str, Any]:
    """Describe what is sent to an address."""
    return {"requestBody": {"required": required, "content": {kind: {"schema": shape.model_json_schema()}}}}


FILES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["fichiers"],
                    "properties": {
                        "fichiers": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "usage": {"enum": ["preuve", "titre", "mandat"], "default": "preuve"},
                        "description": {"type": "string", "maxLength": 120},
                    },
                }
            }
        },
    }
}
