"""``preuve.zip``: all that proves a receipt without us, and two commands of any Debian that say so, the network off."""

import io
import zipfile
from collections.abc import Sequence

from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.ledger import chain
from app.filing.ledger.proof import ReceiptProof
from app.filing.models import LedgerEntry
from app.stamping.tokens import Trust, pem

FIXED = (2026, 1, 1, 0, 0, 0)
"""The time that each file of the archive bears: the same proof gives the same bytes."""
PAGE = N_(
    """Preuve de dépôt du dossier {number}

Ce dossier prouve, sans demander à personne, ce que vous avez envoyé et quand.
Gardez-le : il contient votre récit.

1. Vérifier les empreintes
   sha256sum -c empreintes.txt

2. Vérifier l'horodatage
   {command}

« plainte.json » est votre plainte, telle qu'elle a été reçue.
« engagement.bin » est un octet 0, puis le sel, puis ces mêmes octets : son empreinte est inscrite dans « depot.bin ».
« depot.bin » est un octet 1, puis l'inscription au registre : son empreinte est imprimée sur votre récépissé.
« jeton.tsr » est l'horodatage de « depot.bin » (RFC 3161). {stamp}
"""
)
NO_TOKEN = N_("L'horodatage n'est pas encore arrivé : téléchargez cette preuve plus tard.")
COMMAND = "openssl ts -verify -data depot.bin -in jeton.tsr -CAfile racine.pem"
UNTRUSTED = " -untrusted certificats.pem"


ADDED = N_(
    """
« ajout-1.json » est ce que vous avez ajouté ensuite, avec l'empreinte de chaque fichier : la même méthode, avec
« ajout-1-engagement.bin » et « ajout-1-inscription.bin ». Le registre de ce jour-là en porte la date.
"""
)

Salted = tuple[LedgerEntry, bytes]
"""An entry of the ledger, and the salted document that it commits to."""


def make_zip(proof: ReceiptProof, content: bytes, trust: Trust, t: Translate, added: Sequence[Salted] = ()) -> bytes:
    """Put the proof together; ``content`` is the salted document, ``added`` what the person sent after it."""
    salt, document = content[: chain.SALT], content[chain.SALT :]
    entry = proof.entry
    deposit = chain.stamped_bytes(entry)
    files = {
        "plainte.json": document,
        "sel.txt": salt.hex().encode() + b"\n",
        "engagement.bin": b"\x00" + content,
        "inscription.json": deposit[1:],
        "depot.bin": deposit,
        "empreintes.txt": f"{entry.commitment}  engagement.bin\n{entry.hash}  depot.bin\n".encode(),
    }
    command = t(NO_TOKEN)
    if proof.stamp is not None and proof.is_stamped:
        files["jeton.tsr"] = proof.stamp.token
        files["racine.pem"] = pem(trust.roots)
        command = COMMAND
        if held := [*trust.intermediates, *([trust.signer] if trust.signer else [])]:
            files["certificats.pem"] = pem(held)
            command += UNTRUSTED
    for place, (later, salted) in enumerate(added, 1):
        name, written = f"ajout-{place}", chain.stamped_bytes(later)
        files |= {
            f"{name}.json": salted[chain.SALT :],
            f"{name}-engagement.bin": b"\x00" + salted,
            f"{name}-inscription.bin": written,
        }
        sums = f"{later.commitment}  {name}-engagement.bin\n{later.hash}  {name}-inscription.bin\n"
        files["empreintes.txt"] += sums.encode()
    page = t(PAGE).format(number=entry.number, command=command, stamp=proof.sentence(t)) + (t(ADDED) if added else "")
    files["LISEZ-MOI.txt"] = page.encode()
    return _zipped(files)


def _zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(f"preuve/{name}", FIXED), files[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()
