"""Whom this instance believes, as its settings say."""

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from app.base.clock import system_clock
from app.base.crypto.vault import Keyring
from app.base.settings import Settings
from app.stamping.embedded import embedded
from app.stamping.tokens import Trust


def trust_of(settings: Settings, keyring: Keyring) -> Trust:
    """Return whom this instance believes. Raises ``ValueError``, ``OSError``."""
    if not settings.tsa_url:
        own = embedded(keyring, system_clock)
        return Trust(tuple(one.root for one in own))
    roots = x509.load_pem_x509_certificates(settings.tsa_root.read_bytes()) if settings.tsa_root else []
    held = x509.load_pem_x509_certificates(settings.tsa_certificates.read_bytes()) if settings.tsa_certificates else []
    signer = next((one for one in held if _may_stamp(one)), None)
    others = tuple(one for one in held if one is not signer)
    return Trust(tuple(roots), others, signer, settings.tsa_policy, settings.tsa_qualified)


def _may_stamp(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in usage
