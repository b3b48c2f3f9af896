"""``GET /api/v1/competence``: who is competent, for other portals and for associations' own software."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from app.base.errors import N_
from app.base.i18n import translate
from app.base.web.errors import problem
from app.base.web.pages import ReadOf
from app.routing import queries
from app.routing.queries import AuthorityRow
from app.routing.rules import Outcome

router = APIRouter(prefix="/api/v1", tags=["competence"])
KEPT_SECONDS = 3600
NO_PLACE = N_("Donnez “commune” (code INSEE) ou “code_postal”.")


class Receiver(BaseModel):
    """An authority that may receive the complaint; an empty contact is not known."""

    model_config = ConfigDict(frozen=True)
    code: str = Field(description="Stable, public: 595, MED-59", examples=["595"])
    nom: str = Field(examples=["CPAM de Lille-Douai"])
    adresse: str
    code_postal: str
    ville: str
    telephone: str
    courriel: str
    fiabilite: str = Field(description="confirmed, derived or a_verifier")
    source: str


class Answer(BaseModel):
    """Who is competent, why, and what a person must still confirm."""

    model_config = ConfigDict(frozen=True)
    outcome: Outcome = Field(description="How the search ended, in one word")
    cpam: list[Receiver]
    council: list[Receiver]
    basis: list[str] = Field(description="Articles and sources", examples=[["CSP L. 1110-3"]])
    to_confirm: list[str] = Field(description="cpam, council, profession or commune")


class Problem(BaseModel):
    """What is wrong in the question (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int


@router.get(
    "/competence",
    name="routing.competence",
    summary="Competent CPAM and council for a professional at a place (CSP R. 1110-9)",
    response_model=Answer,
    responses={422: {"model": Problem, "description": "The question has no place"}},
)
def competence(
    session: ReadOf,
    profession: Annotated[str, Query(max_length=8, description="RPPS code, 10 for a physician; empty: unknown")] = "",
    commune: Annotated[str, Query(max_length=8, description="INSEE code, of today or former")] = "",
    code_postal: Annotated[str, Query(max_length=8, description="When the town is not known")] = "",
    section: Annotated[str, Query(max_length=1, description="Of a pharmacist, A to H")] = "",
) -> Response:
    """Answer from public data alone; nothing is kept of the question."""
    if not commune.strip() and not code_postal.strip():
        return problem(422, translate(NO_PLACE))
    found = queries.authorities_for(
        session,
        profession=profession,
        commune=commune or None,
        postal_code=code_postal or None,
        section=section.upper() or None,
    )
    known = {one.code: _shown(one) for one in queries.authorities(session, (*found.cpam, *found.council))}
    answer = Answer(
        outcome=found.outcome,
        cpam=[known[code] for code in found.cpam if code in known],
        council=[known[code] for code in found.council if code in known],
        basis=list(found.basis),
        to_confirm=list(found.to_confirm),
    )
    headers = {"Cache-Control": f"public, max-age={KEPT_SECONDS}", "Access-Control-Allow-Origin": "*"}
    return JSONResponse(answer.model_dump(mode="json"), headers=headers)


def _shown(one: AuthorityRow) -> Receiver:
    return Receiver(
        code=one.code,
        nom=one.name,
        adresse=one.address,
        code_postal=one.postal_code,
        ville=one.town,
        telephone=one.phone,
        courriel=one.email,
        fiabilite=one.confidence,
        source=one.source,
    )
