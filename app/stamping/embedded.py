"""The embedded time-stamping authority: it shows the whole chain working, and proves nothing that we could not forge.

Its keys come from the keyring, its certificates are the same at each start. It is « non qualifiée », and says so.
"""

import hashlib
import secrets
from datetime import UTC, datetime

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.base.clock import Clock
from app.base.vault import Keyring

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
        token = cms.ContentInfo({"content_type": "signed_data", "content": self._signed(tsp.TSTInfo(info).dump())})
        done: bytes = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump()
        return done

    def _signed(self, content: bytes) -> cms.SignedData:
        der = self.signer.public_bytes(Encoding.DER)
        certificate = asn1.Certificate.load(der)
        names = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(der).digest()})]})
        told = {
            "content_type": "tst_info",
            "message_digest": hashlib.sha256(content).digest(),
            "signing_certificate_v2": names,
        }
        attributes = cms.CMSAttributes([cms.CMSAttribute({"type": k, "values": [v]}) for k, v in told.items()])
        issuer = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
        signature = {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": issuer}),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": self._key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
        }
        return cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [{"algorithm": "sha256"}],
                "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
                "certificates": [certificate],
                "signer_infos": [cms.SignerInfo(signature)],
            }
        )


def embedded(keyring: Keyring, clock: Clock) -> list[EmbeddedAuthority]:
    """Give the embedded authority of each version of the keyring, the one that stamps now last."""
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
