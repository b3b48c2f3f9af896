"""Tables of the reference: towns, authorities, and what the forms offer.

``load-reference`` rewrites them from the files carried by the product. Rows of authorities, professions, motives and
forms are updated in place, so that other tables may point at their codes; rows of towns are replaced: keep a copy of a
town's code and name, never a foreign key.
"""

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base, Instant


class ReferenceVersion(Base):
    """The one set of reference files in force."""

    __tablename__ = "reference_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(Text)
    """SHA-256 of the files and of the way they are read."""
    loaded_at: Mapped[datetime] = mapped_column(Instant)


class Departement(Base):
    """A département or collectivity, by COG code."""

    __tablename__ = "departement"
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    region: Mapped[str] = mapped_column(Text)
    region_name: Mapped[str] = mapped_column(Text)


class Commune(Base):
    """A commune of today, or an arrondissement of Paris, Lyon or Marseille, by INSEE code."""

    __tablename__ = "commune"
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(Text)
    """The city of an arrondissement municipal; ``None`` for a commune."""
    departement: Mapped[str] = mapped_column(Text, index=True)
    arrondissement: Mapped[str] = mapped_column(Text)
    """COG arrondissement (sous-préfecture); empty overseas where there is none."""
    postal_codes: Mapped[str] = mapped_column(Text)
    """Postal codes in order, separated by ``;``."""
    population: Mapped[int]


class CommunePostcode(Base):
    """A postal code and one of its communes."""

    __tablename__ = "commune_postcode"
    postcode: Mapped[str] = mapped_column(Text, primary_key=True)
    commune: Mapped[str] = mapped_column(Text, primary_key=True)


class CommuneName(Base):
    """A name under which a town may be looked for: its own, or the former name of a part of it."""

    __tablename__ = "commune_name"
    id: Mapped[int] = mapped_column(primary_key=True)
    commune: Mapped[str] = mapped_column(Text, index=True)
    """The commune of today, or the arrondissement municipal."""
    name: Mapped[str] = mapped_column(Text)
    is_former: Mapped[bool]
    key: Mapped[str] = mapped_column(Text)
    """Bare words (``rules.names.normalise``)."""
    compact: Mapped[str] = mapped_column(Text)
    """The key closed up."""
    __table_args__ = (Index(None, "compact"),)


class CommuneAlias(Base):
    """A former INSEE code, or the code of a commune déléguée or associée, and the commune of today."""

    __tablename__ = "commune_alias"
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    commune: Mapped[str] = mapped_column(Text)


class Authority(Base):
    """A body that may receive a complaint: a caisse or the council of an ordre."""

    __tablename__ = "authority"
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    """Stable and public: ``595``, ``MED-59``."""
    kind: Mapped[str] = mapped_column(Text, index=True)
    """``cpam``, ``ccss``, ``cgss``, ``cssm``, ``cps``, ``msa_cps``, or ``ordre_`` + ``departemental``,
    ``interdepartemental``, ``regional``, ``interregional``, ``central``, ``territorial``."""
    name: Mapped[str] = mapped_column(Text)
    ordre: Mapped[str] = mapped_column(Text, default="")
    """Plural of the profession, as in « ordre des médecins »; empty for a caisse."""
    profession: Mapped[str] = mapped_column(Text, default="", index=True)
    """RPPS code; empty for a caisse."""
    section: Mapped[str] = mapped_column(Text, default="")
    departements: Mapped[str] = mapped_column(Text)
    """COG codes separated by ``;``; empty: the whole country."""
    address: Mapped[str] = mapped_column(Text, default="")
    """Lines of the address, without postal code and town; empty: not known."""
    postal_code: Mapped[str] = mapped_column(Text, default="")
    town: Mapped[str] = mapped_column(Text, default="")
    """Town of the postal address, or of the seat when the address is not known."""
    address_date: Mapped[str] = mapped_column(Text, default="")
    """When the address was true: ``2016-02``."""
    email: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(Text, default="")
    service: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Designation of the service in charge (CRPA R. 112-5 2°), as its letters name it; empty: not known."""
    hours: Mapped[str] = mapped_column(Text, default="", server_default="")
    """When the service answers: « du lundi au vendredi, de 9 h à 17 h »."""
    dpo: Mapped[str] = mapped_column(Text, default="", server_default="")
    """How to reach its data protection officer (GDPR, art. 14.1 b)."""
    logo: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Digest of the picture at the head of its letters; empty: none."""
    directory_id: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Identifier of its seat in the public directory, once it was read there."""
    contact_checked_on: Mapped[date | None]
    """When an operator checked address, e-mail and telephone; from then on a reload leaves them alone."""
    zone: Mapped[str] = mapped_column(Text)
    """IANA time zone of the seat."""
    confidence: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(Text)
    is_retired: Mapped[bool] = mapped_column(default=False)
    """Not offered: no longer in the reference, but named by filings; closed; or created here and not open yet."""


class AuthorityClosure(Base):
    """The end of an authority, said by an administrator: no reload undoes it."""

    __tablename__ = "authority_closure"
    authority: Mapped[str] = mapped_column(Text, primary_key=True)
    closes_on: Mapped[date]
    """First day on which it receives nothing, where it sits."""
    successor: Mapped[str] = mapped_column(Text, default="")
    """Code of the authority that takes its territory and its open complaints; empty: none."""
    reason: Mapped[str] = mapped_column(Text)
    moves_accounts: Mapped[bool]
    """Whether its accounts go to the successor; else they are disabled."""
    decided_at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[str] = mapped_column(Text)
    in_force_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it took effect; nothing before."""


class AuthorityOpening(Base):
    """The creation of an authority by an administrator: no reload changes or retires it."""

    __tablename__ = "authority_opening"
    authority: Mapped[str] = mapped_column(Text, primary_key=True)
    opens_on: Mapped[date]
    """First day on which it receives complaints, where it sits."""
    decided_at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[str] = mapped_column(Text)
    in_force_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it opened; nobody is sent to it before."""


class AuthorityLogo(Base):
    """A picture at the head of letters; those of before stay, for the letters that name them."""

    __tablename__ = "authority_logo"
    digest: Mapped[str] = mapped_column(String(24), primary_key=True)
    """First digits of the SHA-256 of its content."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """A PNG that the reader of files wrote."""


class CpamException(Base):
    """Where a commune or an arrondissement belongs, when its département has several caisses."""

    __tablename__ = "cpam_exception"
    id: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(Text)
    """``decision`` (a clerk), ``directory`` (public directory imported by an operator) or ``reference``; the strongest
    first. A reload replaces only ``reference``."""
    scope: Mapped[str] = mapped_column(Text)
    """``commune`` or ``arrondissement``."""
    scope_code: Mapped[str] = mapped_column(Text)
    scope_name: Mapped[str] = mapped_column(Text)
    departement: Mapped[str] = mapped_column(Text)
    caisses: Mapped[str] = mapped_column(Text)
    """Codes of authorities separated by ``;``, the most likely first."""
    status: Mapped[str] = mapped_column(Text)
    """``certain``, ``probable``, ``presume`` or ``ambigu``."""
    confidence: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (UniqueConstraint("origin", "scope", "scope_code"),)


class ProfessionRow(Base):
    """A profession of the RPPS, and the procedure open against it."""

    __tablename__ = "profession"
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    """RPPS code; empty: « je ne sais pas »."""
    position: Mapped[int]
    label: Mapped[str] = mapped_column(Text)
    ordre: Mapped[str] = mapped_column(Text)
    level: Mapped[str] = mapped_column(Text)
    is_health: Mapped[bool]
    """A profession of the fourth part of the CSP."""
    procedure: Mapped[str] = mapped_column(Text)
    """``L1110-3``, ``cpam_seule``, ``hors_champ`` or ``a_qualifier``."""
    confidence: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(Text)


class Motive(Base):
    """A prohibited ground (CSP L. 1110-3, R. 1110-8)."""

    __tablename__ = "motive"
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(Text)
    article: Mapped[str] = mapped_column(Text)
    is_sensitive: Mapped[bool]
    """Sensitive data under article 9 of the GDPR."""
    is_legal: Mapped[bool]
    """False for « je ne sais pas », which is never a ground."""
    confidence: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(Text)


class RefusalForm(Base):
    """A form that a refusal takes (CSP R. 1110-8)."""

    __tablename__ = "refusal_form"
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(Text)
    article: Mapped[str] = mapped_column(Text)
    procedure: Mapped[str] = mapped_column(Text)
    """``L1110-3``, or ``cpam_seule`` for excess fees."""
    confidence: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(Text)
