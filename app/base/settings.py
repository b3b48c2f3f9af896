"""Every setting, its default and its meaning; all are read from the environment, prefix ``SAISINE_``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Settings(BaseSettings):
    """How this instance runs."""

    model_config = SettingsConfigDict(env_prefix="SAISINE_", extra="ignore", frozen=True)

    env: Literal["demo", "production"] = Field(
        default="demo", description="demo shows invented data; production refuses it"
    )
    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, description="port to listen on")
    data: Path = Field(default=Path("data"), description="folder of the SQLite file, the evidence and the demo's mails")
    database_url: str = Field(
        default="", description="a PostgreSQL or SQLite address; empty: SQLite in the data folder"
    )
    keyring: Path | None = Field(
        default=None, description="file of keys, outside the data folder; made by `saisine keys init`"
    )
    public_url: str = Field(default="", description="address people type; links in mails are built from it alone")
    smtp_url: str = Field(default="", description="smtp://, smtp+starttls:// or smtps:// with user and password if any")
    mail_from: str = Field(default="saisine@exemple.invalid", description="sender of mails")
    trusted_proxies: str = Field(default="", description="addresses whose X-Forwarded-* are believed, comma separated")
    tsa_url: str = Field(
        default="",
        description="time-stamping authority (RFC 3161), http or https; empty: the embedded one, not qualified",
    )
    tsa_root: Path | None = Field(default=None, description="PEM file: the roots of that authority, pinned")
    tsa_certificates: Path | None = Field(
        default=None, description="PEM file: its own certificates, when it does not send them"
    )
    tsa_cert_req: bool = Field(default=True, description="ask the authority to send its certificates")
    tsa_policy: str = Field(default="", description="object identifier of the policy that its tokens must name")
    tsa_qualified: str = Field(
        default="", description="name of the qualified provider (eIDAS); without it the word appears nowhere"
    )
    webhook_allow: str = Field(
        default="",
        description="private names that webhooks may reach, comma separated: `name`, or `name:port`; empty: none",
    )
    lre_url: str = Field(
        default="",
        description="provider of electronic registered letters, by the contract of docs/lre.md; empty: none",
    )
    lre_token: SecretStr = Field(default=SecretStr(""), description="what that provider knows this service by")
    clamd: str = Field(default="", description="antivirus socket")
    worker: bool = Field(default=True, description="send mails from the serving process; false: `saisine work` apart")
    keep_years: int = Field(default=6, ge=1, description="years that a complaint is kept after its receipt")
    keep_withdrawn_years: int = Field(default=1, ge=1, description="years that it is kept once withdrawn")
    keep_mails_days: int = Field(default=90, ge=7, description="days that a mail that left is kept, sealed")
    help_phone: str = Field(default="", description="number shown in the help block; empty: no line")
    operator_name: str = Field(default="", description="who runs this service, shown in the legal notice")
    operator_contact: str = Field(
        default="", description="how to reach whoever runs this service; an e-mail in it receives problems told"
    )
    dpo_contact: str = Field(default="", description="how to reach the data protection officer")
    publication_director: str = Field(default="", description="shown in the legal notice")
    hosting: str = Field(default="", description="who hosts this service, shown in the legal notice")
    accessibility_audit: str = Field(default="", description="date, author and result of the last audit")
    help_hours: str = Field(default="", description="opening hours of that number")
    access_days: int = Field(
        default=365, ge=180, le=1095, description="days the journal of access is kept; beyond 365, write down why"
    )
    quick_exit_url: str = Field(
        default="https://meteofrance.com", description="neutral page opened by « Quitter vite »"
    )
    accessibility: Literal["non conforme", "partiellement conforme", "totalement conforme"] = Field(
        default="non conforme", description="state shown in the footer; never above what an audit proved"
    )

    @property
    def database(self) -> str:
        """The address to open, the embedded SQLite by default."""
        url = self.database_url or f"sqlite:///{(self.data / 'saisine.sqlite').absolute()}"
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def webhook_hosts(self) -> frozenset[str]:
        """The private names that webhooks may reach, as they were written, in lower case."""
        return frozenset(filter(None, (one.strip().lower() for one in self.webhook_allow.split(","))))

    @property
    def keyring_path(self) -> Path:
        """The keyring; the demo keeps one beside its data folder."""
        return self.keyring or self.data.absolute().parent / f"{self.data.name}-keyring.json"

    @property
    def address(self) -> str:
        """The public address, without a final slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def is_https(self) -> bool:
        """Whether people reach us by https: cookies then carry ``__Host-`` and ``Secure``."""
        return self.address.startswith("https://")

    @property
    def is_demo(self) -> bool:
        """Whether this is the demonstration."""
        return self.env == "demo"

    def unsafe(self) -> list[str]:
        """List each reason not to serve with these settings, in plain words (empty: none)."""
        checks = (
            (
                urlsplit(self.address).scheme != "https" and urlsplit(self.address).hostname not in LOOPBACK,
                "SAISINE_PUBLIC_URL must start with https:// (plain http is served on this machine only)",
            ),
            (
                urlsplit(self.lre_url).scheme != "https" and urlsplit(self.lre_url).hostname not in {None, *LOOPBACK},
                "SAISINE_LRE_URL must start with https:// (letters would travel in clear)",
            ),
            (
                bool(self.lre_url) and not self.lre_token.get_secret_value(),
                "SAISINE_LRE_TOKEN is missing: the provider would refuse every letter",
            ),
            *(self._of_demo() if self.is_demo else self._of_production()),
        )
        return [reason for is_so, reason in checks if is_so]

    def _of_demo(self) -> tuple[tuple[bool, str], ...]:
        listens = self.host not in LOOPBACK and not self.public_url
        return ((listens, "SAISINE_ENV=demo listens on this machine only: its accounts are public"),)

    def _of_production(self) -> tuple[tuple[bool, str], ...]:
        inside = self.keyring is not None and self.data.absolute() in self.keyring.absolute().parents
        return (
            (not self.public_url, "SAISINE_PUBLIC_URL is missing: mails would carry no usable link"),
            (
                self.keyring is None,
                "SAISINE_KEYRING is missing: make one with `saisine keys init`, apart from the data folder",
            ),
            (inside, "SAISINE_KEYRING lies inside SAISINE_DATA: a copy of the data would open everything"),
            (not self.smtp_url, "SAISINE_SMTP_URL is missing: nobody would receive a mail"),
            (
                self.accessibility != "non conforme" and not self.accessibility_audit,
                "SAISINE_ACCESSIBILITY claims more than an audit proved: set SAISINE_ACCESSIBILITY_AUDIT",
            ),
            (
                bool(self.tsa_url) and self.tsa_root is None,
                "SAISINE_TSA_ROOT is missing: any authority would be believed",
            ),
            (self.mail_from.endswith(".invalid"), "SAISINE_MAIL_FROM is missing: mails would have no sender"),
            *self._unsaid(),
        )

    def _unsaid(self) -> Iterator[tuple[bool, str]]:
        """Ask for what the law wants told of whoever publishes (loi n° 2004-575, art. 1-1; RGPD, art. 13)."""
        notice = ("operator_name", "operator_contact", "publication_director", "hosting", "dpo_contact")
        for name in notice:
            yield not getattr(self, name), f"SAISINE_{name.upper()} is missing: the legal notice must say it"
