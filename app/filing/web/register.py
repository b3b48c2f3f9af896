"""``/registre``: the points of control as plain text, for anybody to keep, and what checks each of them offline."""

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from app.base.errors import N_, NotFound
from app.base.i18n import translate
from app.base.web.pages import PortalOf, ReadOf, download
from app.filing.ledger import chain, register
from app.stamping.queries import stamp_of
from app.stamping.tokens import pem
from app.stamping.trust import trust_of

router = APIRouter()
TITLE = N_(
    """Registre des points de contrôle de Saisine
Une ligne par jour : jour, numéro de l'écriture, empreinte de cette écriture, empreinte de son horodatage.
L'empreinte dépend de toutes les écritures d'avant : une ligne gardée prouve que rien n'a été retiré ni changé.
Ce registre ne contient aucune donnée personnelle. Gardez-en une copie.
Pour vérifier l'horodatage d'un jour, sans réseau :
{address}/registre/AAAA-MM-JJ/ecriture
{address}/registre/AAAA-MM-JJ/jeton
{address}/registre/racine
openssl ts -verify -data AAAA-MM-JJ.bin -in AAAA-MM-JJ.tsr -CAfile racine.pem"""
)


@router.get("/registre", name="filing.register")
def show(session: ReadOf, portal: PortalOf) -> Response:
    """Publish every point, the oldest first."""
    points = register.points(session)
    title = translate(TITLE).format(address=portal.settings.address)
    lines = [*(f"# {line}" for line in title.splitlines()), *(point.line for point in points)]
    return PlainTextResponse("\n".join(lines) + "\n", headers={"Content-Language": "fr"})


@router.get("/registre/racine", name="filing.register.root")
def root(portal: PortalOf) -> Response:
    """Return the certificates that our time-stamps go back to; take them elsewhere too, where they are published."""
    trust = trust_of(portal.settings, portal.keyring)
    return download("racine.pem", pem(trust.roots), "application/x-pem-file")


@router.get("/registre/{day}/ecriture", name="filing.register.entry")
def entry(session: ReadOf, day: str) -> Response:
    """Return the bytes whose SHA-256 is published, and which are stamped."""
    point = register.point_of(session, day)
    if point is None:
        raise NotFound
    return download(f"{point.number}.bin", chain.stamped_bytes(point), "application/octet-stream")


@router.get("/registre/{day}/jeton", name="filing.register.token")
def token(session: ReadOf, day: str) -> Response:
    """Return the token of a day."""
    point = register.point_of(session, day)
    stamp = stamp_of(session, point.n) if point else None
    if point is None or stamp is None or not stamp.token:
        raise NotFound
    return download(f"{point.number}.tsr", stamp.token, "application/timestamp-reply")
