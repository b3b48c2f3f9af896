"""The embedded time-stamping authority: it shows the whole chain working, and proves nothing that we could not forge.

Its keys come from the keyring, its certificates are the same at each start. It is « non qualifiée », and says so.
"""

import hashlib
import secrets
from datetime import UTC, datetime

from asn1crypto import core, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.base.clock import Clock
from app.base.crypto.vault import Keyring

POLICY = "1.3.6.1.4.1.59999.1.1"
"""Under a number of private enterprise that nobody holds: the policy of an authority that is nobody's."""
NAME = "Saisine, horodatage non qualifie"
BORN, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2076, 1, 1, tzinfo=UTC)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256 (FIPS 186-5)."""


class EmbeddedAuthority:
    """Answers requests of RFC 3161 in this process."""

    def __init__(self, seed: bytes, clock: Clock) -> None:
        """Make the keys and the certificates of this seed (32 bytes)."""
        self._clock = clock
        root = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"root" + seed).digest())
        scalar = int.from_bytes(hashlib.sha256(b"signer" + seed).digest()) % (_ORDER - 1) + 1
        self._key = ec.derive_private_key(scalar, ec.SECP256R1())
        self.root = _certificate(root, root.public_key(), f"{NAME}, racine", 1)
        self.signer = _certificate(root, self._key.public_key(), NAME, 2)
        self._certificate = self.signer.public_bytes(Encoding.DER)
        self._sid = der(SEQUENCE, self.signer.issuer.public_bytes(), number(self.signer.serial_number))
        held = der(SEQUENCE, der(OCTET_STRING, hashlib.sha256(self._certificate).digest()))
        self._attributes = (
            der(SEQUENCE, CONTENT_TYPE, der(SET, TST_INFO)),
            der(SEQUENCE, SIGNING_CERTIFICATE_V2, der(SET, der(SEQUENCE, der(SEQUENCE, held)))),
        )

    def answer(self, request: bytes) -> bytes:
        """Stamp."""
        asked = tsp.TimeStampReq.load(request)
        info = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": asked["message_imprint"],
            "serial_number": secrets.randbits(63),
            "gen_time": core.GeneralizedTime(self._clock().replace(microsecond=0)),
            "nonce": asked["nonce"].native,
        }
        return der(SEQUENCE, GRANTED, der(SEQUENCE, SIGNED_DATA, der(FIRST, self._signed(tsp.TSTInfo(info).dump()))))

    def _signed(self, content: bytes) -> bytes:
        """Write the SignedData (RFC 5652, 5.1) over a content.

        The pieces are put together by hand: the library takes a tenth of a second to write what it read.
        """
        digest = der(OCTET_STRING, hashlib.sha256(content).digest())
        attributes = b"".join(sorted([*self._attributes, der(SEQUENCE, MESSAGE_DIGEST, der(SET, digest))]))
        signature = self._key.sign(der(SET, attributes), ec.ECDSA(hashes.SHA256()))
        signer = (self._sid, SHA256, der(FIRST, attributes), ECDSA_SHA256, der(OCTET_STRING, signature))
        return der(
            SEQUENCE,
            number(3),
            der(SET, SHA256),
            der(SEQUENCE, TST_INFO, der(FIRST, der(OCTET_STRING, content))),
            der(FIRST, self._certificate),
            der(SET, der(SEQUENCE, number(1), *signer)),
        )


def der(tag: int, *pieces: bytes) -> bytes:
    """Write one value in DER (X.690, 8.1): its tag, its length, its contents."""
    body = b"".join(pieces)
    if len(body) < 0x80:  # noqa: PLR2004 - the short form
        return bytes((tag, len(body))) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + body


def number(value: int) -> bytes:
    """Write a small number in DER."""
    return der(0x02, bytes((value,)))


SEQUENCE, SET, OCTET_STRING, FIRST = 0x30, 0x31, 0x04, 0xA0
GRANTED = der(SEQUENCE, number(0))
SIGNED_DATA = core.ObjectIdentifier("1.2.840.113549.1.7.2").dump()
TST_INFO = core.ObjectIdentifier("1.2.840.113549.1.9.16.1.4").dump()
CONTENT_TYPE = core.ObjectIdentifier("1.2.840.113549.1.9.3").dump()
MESSAGE_DIGEST = core.ObjectIdentifier("1.2.840.113549.1.9.4").dump()
SIGNING_CERTIFICATE_V2 = core.ObjectIdentifier("1.2.840.113549.1.9.16.2.47").dump()
SHA256 = der(SEQUENCE, core.ObjectIdentifier("2.16.840.1.101.3.4.2.1").dump())
ECDSA_SHA256 = der(SEQUENCE, core.ObjectIdentifier("1.2.840.10045.4.3.2").dump())


def embedded(keyring: Keyring, clock: Clock) -> list[EmbeddedAuthority]:
    """Return the embedded authority of each version of the keyring, the one that stamps now last."""
    return [EmbeddedAuthority(seed, clock) for seed in keyring.seeds("horodatage")]


def _certificate(
    issuer: Ed25519PrivateKey, holder: CertificatePublicKeyTypes, name: str, serial: int
) -> x509.Certificate:
    is_root = serial == 1
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder(subject_name=_named(name), issuer_name=_named(f"{NAME}, racine"))
        .public_key(holder)
        .serial_number(serial)
        .not_valid_before(BORN)
        .not_valid_after(ENDS)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(holder), critical=False)
    )
    if not is_root:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())
        made = made.add_extension(above, critical=False)
    return made.sign(issuer, None)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
