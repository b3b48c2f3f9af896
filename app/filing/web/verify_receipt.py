"""Checking a récépissé: by anybody, from its number and key, or from the file; nothing personal is ever shown."""

import hmac
import re
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.base import dates
from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.base.forms.files import Files
from app.base.forms.form import Answers
from app.base.forms.widgets import Text
from app.base.i18n import translate
from app.base.limits import Limit
from app.base.portal import Portal
from app.base.secrets import ALPHABET
from app.base.web.pages import AddressOf, PortalOf, make_form, render
from app.base.web.reading import FormData, read_form
from app.filing import queries
from app.filing.documents import receipt_file
from app.filing.ledger.proof import ReceiptProof, proof_of
from app.filing.sealed.recorded import CHANNEL
from app.routing import queries as routing

router = APIRouter()
TRIES = 20
FILE_MOST = 2 * 1024 * 1024
NUMBER = re.compile(rb"SA-[0-9]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
NEITHER = N_("Écrivez le numéro et la clé, ou choisissez le fichier PDF.")


class Check(Answers):
    """The number and the key, or the file."""

    numero: Annotated[
        str,
        Text(
            label=N_("Numéro du dossier"),
            hint=N_("Par exemple SA-2026-7KM4-Q9TR"),
            optional=True,
            autocomplete="off",
            spellcheck=False,
        ),
    ]
    cle: Annotated[
        str,
        Text(
            label=N_("Clé de contrôle"),
            hint=N_("8 caractères imprimés en bas du récépissé"),
            optional=True,
            autocomplete="off",
            spellcheck=False,
        ),
    ]
    fichier: Annotated[
        tuple[()], Files(label=N_("Ou le fichier PDF du récépissé"), accept=".pdf,application/pdf", optional=True)
    ]


@dataclass(frozen=True)
class Verdict:
    """What the page says: ``authentique``, ``inconnu`` or ``modifie``."""

    answer: str
    received: str = ""
    receiver: str = ""
    fingerprint: str = ""
    stamp: str = ""
    is_file: bool = False
    is_recorded: bool = False
    """Whether an authority received it: the moment is that of its recording."""


class HeldFile:
    """Keeps the one file of this form in memory, up to a limit that no récépissé reaches."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.content, self.came = bytearray(), False

    def begin(self, name: str, filename: str) -> None:
        """Begin; only the last file counts."""
        del name, filename
        self.content, self.came = bytearray(), True

    def add(self, piece: bytes) -> None:
        """Take the next bytes; those beyond the limit are let go."""
        self.content += piece[: FILE_MOST + 1 - len(self.content)]

    def end(self) -> None:
        """End."""


async def asked(request: Request) -> tuple[FormData, HeldFile]:
    """Read the form and the file."""
    held = HeldFile()
    return await read_form(request, held), held


@router.get("/verifier-recepisse", name="filing.check_receipt")
def check_receipt(request: Request, portal: PortalOf, address: AddressOf, numero: str = "", cle: str = "") -> Response:
    """G: ask, or answer at once when the square was photographed."""
    if numero and cle:
        return _show(request, _by_key(portal, address, numero, cle), {"numero": [numero], "cle": [cle]})
    return _show(request, None, {"numero": [numero], "cle": [cle]})


@router.post("/verifier-recepisse", name="filing.check_receipt.send")
def check_sent(request: Request, portal: PortalOf, address: AddressOf, got: Annotated[Any, Depends(asked)]) -> Response:
    """Answer from what was typed, or from the file."""
    form, held = got
    numero, cle = form.get("numero").strip(), form.get("cle").strip()
    if held.came and held.content:
        return _show(request, _by_file(portal, address, bytes(held.content)), form.typed)
    if not numero or not cle:
        return _show(request, None, form.typed, {"numero": FieldError(NEITHER)}, status=422)
    return _show(request, _by_key(portal, address, numero, cle), form.typed)


def _show(request: Request, verdict: Verdict | None, typed: Any, mistakes: Any = None, status: int = 200) -> Response:
    form = make_form(request, Check, typed, mistakes)
    return render(request, "filing/check_receipt.html", status=status, form=form, verdict=verdict)


def _by_key(portal: Portal, address: str, numero: str, cle: str) -> Verdict:
    """Answer from the number and the key, typed with or without dashes; guesses are slowed. Raises ``TooMany``."""
    tries = Limit("verifier", address, TRIES)
    portal.limits.take(tries)
    number = _number(numero)
    with portal.database.read() as session:
        proof = proof_of(session, portal.keyring, number) if number else None
        if proof is not None and hmac.compare_digest(proof.key.encode(), _plain(cle).encode()):
            portal.limits.give_back(tries)
            return _authentic(session, proof, is_file=False)
    return Verdict("inconnu")


def _by_file(portal: Portal, address: str, content: bytes) -> Verdict:
    """Answer from the file: the same bytes as one that we make, or made."""
    tries = Limit("verifier", address, TRIES)
    portal.limits.take(tries)
    found = NUMBER.search(content)
    with portal.database.read() as session:
        filing = queries.filing_by_number(session, found.group().decode()) if found else None
        proof = proof_of(session, portal.keyring, filing.number) if filing else None
        if filing is not None and proof is not None:
            made = receipt_file.recepisses(session, portal, filing)
            if any(hmac.compare_digest(one, content) for one in made):
                portal.limits.give_back(tries)
                return _authentic(session, proof, is_file=True)
            return Verdict("modifie")
    return Verdict("inconnu")


def _authentic(session: Any, proof: ReceiptProof, *, is_file: bool) -> Verdict:
    filing = queries.filing_by_number(session, proof.entry.number)
    receiver = routing.authority(session, filing.receiver) if filing else None
    return Verdict(
        "authentique",
        dates.moment_text(proof.entry.at),
        receiver.name if receiver else "",
        proof.entry.hash,
        proof.sentence(translate),
        is_file,
        is_recorded=bool(filing and filing.channel == CHANNEL),
    )


def _plain(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def _number(text: str) -> str:
    """Write a number as we do, however it was typed; an empty string when it cannot be one."""
    signs = _plain(text).removeprefix("SA")
    if len(signs) != 12 or not signs[:4].isdigit() or any(sign not in ALPHABET for sign in signs[4:]):  # noqa: PLR2004
        return ""
    return f"SA-{signs[:4]}-{signs[4:8]}-{signs[8:]}"
