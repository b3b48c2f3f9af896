"""Requests and answers of RFC 3161: what is asked, and all that is checked before an answer is believed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import rfc3161_client as rfc3161
from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

SLACK = timedelta(seconds=2)
"""How far the clock of an authority may be from ours."""
SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")


class TokenRefused(Exception):
    """An answer that is not believed; ``code`` says which check failed, in one word for the journal."""

    def __init__(self, code: str, at: datetime | None = None) -> None:
        """Keep the word; ``at`` is the instant of a token that is refused for nothing else than its time."""
        super().__init__(code)
        self.code, self.at = code, at


@dataclass(frozen=True)
class Trust:
    """Whom to believe: roots pinned by the operator, the authority's own certificates if it does not send them."""

    roots: Sequence[x509.Certificate]
    intermediates: Sequence[x509.Certificate] = ()
    signer: x509.Certificate | None = None
    policy: str = ""
    """Object identifier of the policy that must be named; empty: any."""
    qualified: str = ""
    """Name of the qualified provider; empty: the word « qualifié » appears nowhere."""


@dataclass(frozen=True)
class Token:
    """A token that passed every check."""

    answer: bytes
    """The whole answer (TimeStampResp, DER), as ``openssl ts -verify -in`` reads it."""
    at: datetime
    digest: str
    """SHA-256 of the answer, in hexadecimal."""


@dataclass(frozen=True)
class PendingRequest:
    """A request, kept until its answer comes."""

    content: bytes
    """What is stamped."""
    body: bytes
    """The request (TimeStampReq, DER)."""
    nonce: int | None


def pem(certificates: Sequence[x509.Certificate]) -> bytes:
    """Write certificates as stock tools read them."""
    return b"".join(one.public_bytes(Encoding.PEM) for one in certificates)


def ask(content: bytes, *, with_certificates: bool = True) -> PendingRequest:
    """Make a request over the SHA-256 of ``content``, with a nonce."""
    builder = rfc3161.TimestampRequestBuilder().data(content).hash_algorithm(rfc3161.HashAlgorithm.SHA256)
    request = builder.cert_request(cert_request=with_certificates).nonce(nonce=True).build()
    return PendingRequest(content, request.as_bytes(), request.nonce)


def believe(asked: PendingRequest, answer: bytes, trust: Trust, *, not_before: datetime, now: datetime) -> Token:
    """Check an answer that just came. Raises :class:`TokenRefused`."""
    if nonce_of(answer) != asked.nonce:
        raise TokenRefused("nonce")
    token = recheck(asked.content, answer, trust)
    if not not_before - SLACK <= token.at <= now + SLACK:
        raise TokenRefused("time", token.at)
    return token


def nonce_of(answer: bytes) -> int | None:
    """Read the nonce that an answer repeats. Raises :class:`TokenRefused`."""
    try:
        return _decoded(answer).tst_info.nonce
    except ValueError as garbage:
        raise TokenRefused("garbage") from garbage


def recheck(content: bytes, answer: bytes, trust: Trust) -> Token:
    """Check a kept answer again, years later if need be. Raises :class:`TokenRefused`."""
    try:
        return _checked(content, answer, trust)
    except TokenRefused:
        raise
    except Exception as trouble:  # bytes of a stranger: a decoder may raise anything
        raise TokenRefused("garbage") from trouble


def _checked(content: bytes, answer: bytes, trust: Trust) -> Token:
    read = _decoded(answer)
    info = read.tst_info
    imprint = (info.message_imprint.hash_algorithm, info.message_imprint.message)
    if imprint != (SHA256, hashlib.sha256(content).digest()):
        raise TokenRefused("imprint")
    if trust.policy and info.policy.dotted_string != trust.policy:
        raise TokenRefused("policy")
    at = info.gen_time if info.gen_time.tzinfo else info.gen_time.replace(tzinfo=UTC)
    _check_signer(read, trust, at)
    builder = rfc3161.VerifierBuilder(
        tsa_certificate=trust.signer, intermediates=list(trust.intermediates), roots=list(trust.roots)
    )
    try:
        builder.build().verify_message(read, content)
    except (rfc3161.VerificationError, ValueError) as wrong:
        raise TokenRefused("signature") from wrong
    return Token(answer, at, hashlib.sha256(answer).hexdigest())


def _decoded(answer: bytes) -> rfc3161.TimeStampResponse:
    try:
        return rfc3161.decode_timestamp_response(_in_order(answer))
    except TokenRefused:
        raise
    except Exception as garbage:  # bytes of a stranger: a decoder may raise anything
        raise TokenRefused("garbage") from garbage


def _in_order(answer: bytes) -> bytes:
    """Put the certificates in the order of DER, which common authorities do not keep and the reader asks for.

    They are not under the signature; what is kept is the answer as it came. Raises ``ValueError``.
    """
    read = tsp.TimeStampResp.load(answer, strict=True)
    if read["status"]["status"].native not in {"granted", "granted_with_mods"}:
        raise TokenRefused("rejected")
    signed = read["time_stamp_token"]["content"]
    sent = [(bytes(one.dump()), one) for one in signed["certificates"]]
    if [der for der, _ in sent] == sorted(der for der, _ in sent):
        return answer  # writing it again takes a hundred times as long as reading it
    signed["certificates"] = cms.CertificateSet([one for _, one in sorted(sent, key=lambda pair: pair[0])])
    ordered: bytes = read.dump()
    return ordered


def _check_signer(read: rfc3161.TimeStampResponse, trust: Trust, at: datetime) -> None:
    """Refuse a certificate that was not valid when the token was made."""
    sent = [x509.load_der_x509_certificate(der) for der in read.signed_data.certificates]
    known = [*sent, *([trust.signer] if trust.signer else [])]
    signers = {(info.issuer.public_bytes(), info.serial_number) for info in read.signed_data.signer_infos}
    found = [one for one in known if (one.issuer.public_bytes(), one.serial_number) in signers]
    if not found:
        raise TokenRefused("certificate")
    if not all(one.not_valid_before_utc <= at <= one.not_valid_after_utc for one in found):
        raise TokenRefused("expired")
