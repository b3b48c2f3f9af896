"""Where something may be sent: an address over https, whose name leads to the public Internet and nowhere else.

OWASP, « Server-Side Request Forgery Prevention »: whoever types an address must not reach what this server reaches.
"""

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

import httpx

from app.base.errors import N_
from app.base.forms.fields import FieldError

PORTS = frozenset({443, 8443})
LONGEST = 500
GLOBAL_UNICAST = IPv6Network("2000::/3")
"""RFC 4291, 2.4, as assigned so far: all the rest is reserved, local, mapped or compatible."""
NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: the IPv4 address lies in its last bytes."""
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
"""A part of a name (RFC 1123, 2.1), with the underscore that some networks use."""
HTTPS = N_("Écrivez une adresse qui commence par https://.")
INVALID = N_("Cette adresse n'est pas valable. Vérifiez-la.")
NO_USER = N_("Écrivez l'adresse sans nom d'utilisateur ni mot de passe : la signature suffit.")
NO_FRAGMENT = N_("Écrivez l'adresse sans ce qui suit le signe #.")
PORT = N_("Le port doit être 443 ou 8443.")
PRIVATE = N_("Cette adresse est celle d'un réseau privé. Donnez une adresse publique.")
TOO_LONG = N_("Écrivez une adresse de 500 caractères au plus.")


class NotPublic(Exception):
    """The name leads to an address that is not public."""


@dataclass(frozen=True)
class Target:
    """An address that was read: its normalised URL, its name and its port."""

    url: str
    host: str
    """In ASCII (RFC 5891), lower case, without a final dot."""
    port: int
    is_allowed: bool = False
    """Whether this installation names it among the private ones that it trusts."""


def read(text: str, allowed: frozenset[str] = frozenset()) -> Target:
    """Read an address. ``allowed``: names, or ``name:port``, that may be private. Raises :class:`FieldError`."""
    if len(text) > LONGEST:
        raise FieldError(TOO_LONG)
    try:
        parts, url = urlsplit(text), httpx.URL(text)
        host, port = url.raw_host.decode("ascii").lower().rstrip("."), 443 if parts.port is None else parts.port
    except (ValueError, httpx.InvalidURL) as wrong:
        raise FieldError(INVALID) from wrong
    is_allowed = (host in allowed and port in PORTS) or f"{host}:{port}" in allowed
    checks = (
        (url.scheme != "https", HTTPS),
        (not _is_name(host) and _literal(host) is None, INVALID),
        ("@" in parts.netloc, NO_USER),
        ("#" in text, NO_FRAGMENT),
        (port not in PORTS and not is_allowed, PORT),
        (_is_private_literal(host) and not is_allowed, PRIVATE),
    )
    for is_wrong, says in checks:
        if is_wrong:
            raise FieldError(says)
    return Target(str(url.copy_with(host=host)), host, port, is_allowed)


def addresses(target: Target) -> list[str]:
    """Resolve the name once, and return what it leads to.

    Raises ``OSError`` for an unknown name, :class:`NotPublic` if one address at least is not public.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except UnicodeError as wrong:  # a label that is too long
        raise OSError(str(wrong)) from wrong
    every = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not target.is_allowed and not all(is_public(one) for one in every):
        raise NotPublic(target.host)
    return every


def is_public(address: str) -> bool:
    """Return whether an IP address, and each IPv4 one that lies in it, is globally routable (IANA registries)."""
    return all(map(_is_global, _within(address)))


def _within(address: str) -> Iterator[IPv4Address | IPv6Address]:
    ip = ip_address(address)
    yield ip
    if isinstance(ip, IPv6Address):
        if ip in NAT64:
            yield IPv4Address(int(ip) & 0xFFFFFFFF)
        if ip.sixtofour:
            yield ip.sixtofour


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address) and ip not in GLOBAL_UNICAST and ip not in NAT64:
        return False
    return ip.is_global and not ip.is_multicast


def _is_private_literal(host: str) -> bool:
    return host == "localhost" or (_literal(host) is not None and not is_public(host))


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_name(host: str) -> bool:
    return all(map(LABEL.fullmatch, host.split(".")))
