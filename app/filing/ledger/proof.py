"""What makes a récépissé stand alone: its key, the words of its time-stamp, the link and the square that check it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring
from app.base.dates import moment_text
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.base.secrets import ALPHABET
from app.filing.ledger import chain
from app.filing.models import LedgerEntry
from app.stamping.queries import StampRow, stamp_of
from app.stamping.rules import TokenState, is_doubtful

KEY_LENGTH = 8
PENDING = N_("Horodatage en cours : la date de réception ci-dessus est déjà enregistrée.")
ALTERED = N_("Horodatage à vérifier : ce que le service en garde ne concorde pas.")
STAMPED = N_("Horodatage non qualifié du {moment}.")
QUALIFIED = N_("Horodatage qualifié du {moment}, par {name}.")


@dataclass(frozen=True)
class ReceiptProof:
    """The entry of a deposit, its token, its key."""

    entry: LedgerEntry
    stamp: StampRow | None
    key: str

    @property
    def is_stamped(self) -> bool:
        """Whether a token was obtained."""
        return self.stamp is not None and self.stamp.state == TokenState.OBTAINED

    def sentence(self, t: Translate) -> str:
        """Return where the time-stamp stands.

        « qualifié » only when a qualified provider made it (eIDAS, article 42).
        """
        if self.stamp is not None and not self.stamp.is_whole:
            return t(ALTERED)
        if self.stamp is None or self.stamp.gen_time is None:
            return t(PENDING)
        moment = moment_text(self.stamp.gen_time)
        if self.stamp.qualified:
            return t(QUALIFIED).format(moment=moment, name=self.stamp.qualified)
        return t(STAMPED).format(moment=moment)

    def link(self, address: str) -> str:
        """Return the address that checks this récépissé; it holds nothing about anybody."""
        return f"{address}/verifier-recepisse?{urlencode({'numero': self.entry.number, 'cle': self.key})}"


def proof_of(session: Session, keyring: Keyring, number: str) -> ReceiptProof | None:
    """Gather the proof of a number; ``None`` when it is of no complaint."""
    entry = chain.deposit_of(session, number)
    if entry is None:
        return None
    return ReceiptProof(entry, stamp_of(session, entry.n), control_key(keyring, number, entry.hash))


def is_hour_doubtful(session: Session, number: str) -> bool:
    """Return whether the hour of a receipt must be checked by hand: two clocks were more than a minute apart."""
    entry = chain.deposit_of(session, number)
    stamp = stamp_of(session, entry.n) if entry else None
    return stamp is not None and (is_doubtful(stamp.gap) or not stamp.is_whole)


def control_key(keyring: Keyring, number: str, fingerprint: str) -> str:
    """Return the eight signs printed on the récépissé, which only this instance can make."""
    value = int(keyring.word(f"{number}|{fingerprint}", "recepisse"), 16)
    signs = []
    for _ in range(KEY_LENGTH):
        value, place = divmod(value, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)
