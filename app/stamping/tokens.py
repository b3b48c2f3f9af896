"""Requests and answers of RFC 3161: what is asked, and all that is checked before an answer is believed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

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
        read = _read(answer)
    except Exception as garbage:  # bytes of a stranger: a decoder may raise anything
        raise TokenRefused("garbage") from garbage
    if read.status not in {rfc3161.PKIStatus.GRANTED, rfc3161.PKIStatus.GRANTED_WITH_MODS}:
        raise TokenRefused("rejected")
    return read


def _read(answer: bytes) -> rfc3161.TimeStampResponse:
    """Read an answer. Raises ``ValueError``.

    Common authorities do not keep the certificates in the order of DER, which the reader asks for.
    """
    try:
        return rfc3161.decode_timestamp_response(answer)
    except ValueError:
        return rfc3161.decode_timestamp_response(_in_order(answer))


def _in_order(answer: bytes) -> bytes:
    """Put the certificates in order; they are not under the signature, and what is kept is the answer as it came.

    It takes a hundred times as long as reading. Raises ``ValueError``.
    """
    read = tsp.TimeStampResp.load(answer, strict=True)
    signed = read["time_stamp_token"]["content"]
    sent = sorted(signed["certificates"], key=lambda one: bytes(one.dump()))
    signed["certificates"] = cms.CertificateSet(sent)
    ordered: bytes = read.dump()
    return ordered


@dataclass(frozen=True)
class _Signer:
    """What is looked at in a certificate, which thousands of tokens have in common."""

    name: tuple[bytes, int]
    """Its issuer and its number, by which a signature names it (RFC 5652, 10.2.4)."""
    begins: datetime
    ends: datetime


@lru_cache(maxsize=64)
def _signer(certificate: bytes) -> _Signer:
    read = x509.load_der_x509_certificate(certificate)
    name = (read.issuer.public_bytes(), read.serial_number)
    return _Signer(name, read.not_valid_before_utc, read.not_valid_after_utc)


def _check_signer(read: rfc3161.TimeStampResponse, trust: Trust, at: datetime) -> None:
    """Refuse a certificate that was not valid when the token was made."""
    signed = read.signed_data  # read again each time that it is asked for
    known = [*signed.certificates, *([trust.signer.public_bytes(Encoding.DER)] if trust.signer else [])]
    signers = {(info.issuer.public_bytes(), info.serial_number) for info in signed.signer_infos}
    found = [one for one in map(_signer, known) if one.name in signers]
    if not found:
        raise TokenRefused("certificate")
    if not all(one.begins <= at <= one.ends for one in found):
        raise TokenRefused("expired")
