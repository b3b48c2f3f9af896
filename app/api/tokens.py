"""Bearer tokens by client credentials (RFC 6749, 4.4): what Authlib asks of us, and nothing else.

A token is signed and kept nowhere: it says which access, until when and for what. The row of the access is read again
at each request, so that cutting it cuts its tokens at once.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, InvalidScopeError, OAuth2Payload, OAuth2Request
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6749.util import extract_basic_authorization
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from app.api import clients
from app.api.models import ApiClient
from app.api.rules import TOKEN_LASTS, ApiScope, granted
from app.base.crypto.vault import Keyring

HTTPS = "https://saisine.invalid/api/v1/jeton"
"""Authlib refuses plain http; whether this instance is reached by TLS is the trade of the proxy and the settings."""
BASIC, POST = "client_secret_basic", "client_secret_post"


@dataclass(frozen=True)
class ApiToken:
    """What a token says."""

    client: str
    scopes: str


class TokenClient(ClientMixin):  # type: ignore[misc]
    """An access as Authlib asks about it."""

    def __init__(self, row: ApiClient, now: datetime) -> None:
        """Look at one row."""
        self.row, self._now = row, now

    def check_client_secret(self, client_secret: str) -> bool:
        """Compare with both secrets."""
        return clients.holds_secret(self.row, client_secret, self._now)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Accept both ways of giving the secret."""
        del endpoint
        return method in {BASIC, POST}

    def check_grant_type(self, grant_type: str) -> bool:
        """Accept the one grant that there is."""
        return bool(grant_type == ClientCredentialsGrant.GRANT_TYPE)

    def get_allowed_scope(self, scope: str) -> str:
        """Keep the scopes that the access has; all of them when none is asked for."""
        return granted(self.row.scopes.split(), scope or "")


class _Grant(ClientCredentialsGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = (BASIC, POST)


class _Form(OAuth2Payload):  # type: ignore[misc]
    """The form of a request."""

    def __init__(self, form: Mapping[str, list[str]]) -> None:
        self._form = form

    @property
    def data(self) -> dict[str, str]:
        return {name: values[-1] for name, values in self._form.items()}

    @property
    def datalist(self) -> defaultdict[str, list[str]]:
        return defaultdict(list, self._form)


class _Asked(OAuth2Request):  # type: ignore[misc]
    def __init__(self, form: Mapping[str, list[str]], headers: Mapping[str, str]) -> None:
        super().__init__("POST", HTTPS, headers=_read_by_authlib(headers))
        self.payload = _Form(form)

    @property
    def form(self) -> dict[str, str]:
        data: dict[str, str] = self.payload.data
        return data


def _read_by_authlib(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Give the headers, without a secret that is no UTF-8 (RFC 7617): Authlib stumbles over it."""
    try:
        extract_basic_authorization(headers)
    except ValueError:
        return {"Authorization": "Basic"}
    return headers


class TokenServer(AuthorizationServer):  # type: ignore[misc]
    """Gives tokens to the accesses of one database."""

    def __init__(self, session: Session, keyring: Keyring, now: datetime) -> None:
        """Answer as of this instant."""
        super().__init__(scopes_supported=[scope.value for scope in ApiScope])
        self._session, self._keyring, self._now = session, keyring, now
        self.register_grant(_Grant)

    def query_client(self, client_id: str) -> TokenClient | None:
        """Find an access that opens now."""
        row = clients.opened(self._session, client_id, self._now)
        return TokenClient(row, self._now) if row else None

    def generate_token(self, grant_type: str, client: TokenClient, **asked: Any) -> dict[str, Any]:
        """Sign a token."""
        del grant_type
        scope = client.get_allowed_scope(asked.get("scope") or "")
        if not scope:
            raise InvalidScopeError
        ends = self._now + TOKEN_LASTS
        signed = _signer(self._keyring).dumps([client.row.id, int(ends.timestamp()), scope])
        lasts = int(TOKEN_LASTS.total_seconds())
        return {"token_type": "Bearer", "access_token": signed, "expires_in": lasts, "scope": scope}

    def save_token(self, token: Mapping[str, Any], request: OAuth2Request) -> None:
        """Keep nothing of the token: note that the access serves."""
        del token
        clients.note_use(self._session, request.client.row.id, self._now)

    def create_oauth2_request(self, request: _Asked) -> _Asked:
        """Take it as it is: the page has read the form."""
        return request

    def handle_response(self, status: int, body: Any, headers: Any) -> tuple[int, dict[str, Any], dict[str, str]]:
        """Leave the answer to the page."""
        return status, dict(body), dict(headers)

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Tell nobody."""

    def answer(
        self, form: Mapping[str, list[str]], headers: Mapping[str, str]
    ) -> tuple[int, dict[str, Any], dict[str, str]]:
        """Return the status, the words and the headers that answer a form (RFC 6749, 5)."""
        found: tuple[int, dict[str, Any], dict[str, str]] = self.create_token_response(_Asked(form, headers))
        return found


def read_token(keyring: Keyring, token: str, now: datetime) -> ApiToken | None:
    """Read a token; ``None`` when it is not ours, or past."""
    try:
        client, ends, scopes = _signer(keyring).loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return ApiToken(client, scopes) if now.timestamp() < ends else None


def _signer(keyring: Keyring) -> URLSafeSerializer:
    return URLSafeSerializer(keyring.signature, salt="api")
