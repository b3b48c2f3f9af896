"""Words under which an authority finds a complaint: keyed, one index for each authority, whole words and beginnings.

A row says that some complaint of an authority holds some word, and neither can be read without the keyring
(HMAC-SHA-256, RFC 2104, cut at 128 bits). An authority has rows for what it may read, and loses them with its key.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, or_, select, tuple_
from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring
from app.directory.rules import PARTICLES, asked_words, bare
from app.filing.models import Filing, FilingDesk, FilingWord
from app.routing.rules.names import normalise

NAMES = ("person", "filer", "professional")
"""Names at the head of what was sealed."""
MORE_NAMES = ("aidant_nom", "pro_nom", "pro_prenom", "pro_lieu")
"""Answers that name somebody, or a place of work."""
CODES = {"formes": "forme", "motifs": "motif"}
NEEDS = "signe:besoins"
"""Term of the complaints of a person who needs something to take part: the one sign that a list is asked for."""
BEGINNING = 4
"""Letters of the beginning under which a name or a town is found too: fewer would be shared by half of an index."""
_RPPS = re.compile(r"\b\d{11}\b")

Document = Mapping[str, Any]


def terms_of(document: Document) -> set[str]:
    """Give what a complaint is found by: names, towns, numbers, forms, motives, needs, who complains, of whom."""
    rows = {row["name"]: row["answer"] for part in ("complaint", "contact") for row in document[part]}
    names = [document.get(name) for name in NAMES] + [rows.get(name) for name in MORE_NAMES]
    words = {word for name in names if name for word in _name_words(str(name))}
    for town in filter(None, (document.get("town"), rows.get("pro_commune"))):
        words |= {*bare(str(town)).split(), *normalise(str(town)).split()} - PARTICLES
    if identified := document.get("identified"):
        words |= {*_name_words(identified["name"])}
    number = rpps_of(document)
    found = {f"mot:{word}" for word in (*words, *number, *_end_of(str(document.get("number", ""))))}
    found |= {f"debut:{word[:BEGINNING]}" for word in words if len(word) > BEGINNING}
    for name, kind in CODES.items():
        found |= {f"{kind}:{code}" for code in rows.get(name) or ()}
    found |= {NEEDS} & {f"signe:{sign}" for sign in str(document.get("signs", "")).split()}
    found.add(same_person(document))
    return found | set(same_professional(document, number))


def _end_of(number: str) -> list[str]:
    """Give the two last groups of the number of a complaint: those that are read out on the telephone."""
    return bare(number).split()[-2:]


def rpps_of(document: Document) -> list[str]:
    """Give the RPPS number of the professional, that was identified or chosen in the directory; none when unknown."""
    if identified := document.get("identified"):
        return [identified["rpps"]]
    source = (row["answer"] for row in document["complaint"] if row["name"] == "pro_source")
    return _RPPS.findall(str(next(source, "")))


def same_person(document: Document) -> str:
    """Give the term that complaints of one person share."""
    return f"personne:{' '.join(sorted(bare(str(document.get('person', ''))).split()))}"


def same_professional(document: Document, numbers: Sequence[str] = ()) -> Iterator[str]:
    """Give the terms that complaints about one professional share: the name, and the RPPS number when it is known."""
    name = " ".join(sorted(bare(str(document.get("professional", ""))).split()))
    yield from (f"pro:{one}" for one in (name, *numbers) if one)


def numbers_of(session: Session, keyring: Keyring, authority: str, term: str, most: int) -> list[str]:
    """List the numbers of the last complaints of an authority that share a term."""
    wanted = select(Filing.number).where(Filing.id.in_(_holding(keyring, authority, {term})))
    return list(session.scalars(wanted.order_by(Filing.received_at.desc()).limit(most)))


def about_professional(
    keyring: Keyring, authorities: Collection[str], document: Document, held: Filing
) -> ColumnElement[bool]:
    """Ask for the other complaints about the professional of a complaint, that one of these authorities may read.

    The same RPPS number, or the same name. A name alone is that of many: the profession and the town must be the same
    too, and the town known.
    """
    place = (Filing.profession == held.profession, Filing.commune == held.commune, Filing.commune != "")
    named = and_(Filing.id.in_(_held_by(keyring, authorities, same_professional(document))), *place)
    return and_(Filing.id != held.id, or_(named, of_number(keyring, authorities, document)))


def of_number(keyring: Keyring, authorities: Collection[str], document: Document) -> ColumnElement[bool]:
    """Ask for the complaints about a professional of the same RPPS number: there is no doubt then."""
    return Filing.id.in_(_held_by(keyring, authorities, [f"pro:{one}" for one in rpps_of(document)]))


def count_about(
    session: Session, keyring: Keyring, authorities: Collection[str], document: Document, held: Filing, but: str = ""
) -> int:
    """Count the other complaints about a professional that these authorities may read, but those of one of them."""
    which = [about_professional(keyring, authorities, document, held)]
    if but:
        which.append(~about_professional(keyring, [but], document, held))
    return session.scalar(select(func.count()).select_from(Filing).where(*which)) or 0


def last_about(
    session: Session, keyring: Keyring, authority: str, document: Document, held: Filing, most: int
) -> list[tuple[str, bool]]:
    """List the last complaints about a professional that an authority may read: id, whether the RPPS is the same."""
    about = about_professional(keyring, [authority], document, held)
    wanted = (
        select(Filing.id, of_number(keyring, [authority], document))
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .where(FilingDesk.authority == authority, about)
        .order_by(Filing.received_at.desc(), Filing.id)
    )
    return [(filing_id, bool(is_sure)) for filing_id, is_sure in session.execute(wanted.limit(most))]


def has_like(
    session: Session,
    keyring: Keyring,
    authority: str,
    document: Document,
    between: tuple[datetime, datetime],
) -> bool:
    """Tell whether an authority may read another complaint of the same person and professional, received then."""
    wanted = select(Filing.id).where(
        Filing.id.in_(_holding(keyring, authority, {same_person(document)})),
        Filing.id.in_(_holding(keyring, authority, same_professional(document))),
        Filing.number != document["number"],
        Filing.received_at.between(*between),
    )
    return session.scalar(wanted.limit(1)) is not None


def _name_words(name: str) -> Iterator[str]:
    """Take a name apart; what is joined by a hyphen or an apostrophe is found closed up too (« dornano »)."""
    for part in (*name.split(), *name.replace("-", " ").split()):
        words = bare(part).split()
        kept = [word for word in words if word not in PARTICLES] or words
        yield from kept
        if len(words) > 1:
            yield "".join(words)


def open_to(session: Session, keyring: Keyring, filing_id: str, document: Document, readers: Collection[str]) -> None:
    """Let the authorities that may read a complaint find it, and no other."""
    own = FilingWord.filing_id == filing_id
    known = set(session.scalars(select(FilingWord.authority).where(own).distinct()))
    if left := known.difference(readers):
        session.execute(delete(FilingWord).where(own, FilingWord.authority.in_(left)))
    index(session, keyring, filing_id, document, set(readers) - known)


def index(session: Session, keyring: Keyring, filing_id: str, document: Document, authorities: Collection[str]) -> None:
    """Write the words of a complaint for authorities that have none of it yet."""
    terms = sorted(terms_of(document)) if authorities else ()
    rows = [
        {"authority": authority, "word": _key(keyring, authority, term), "filing_id": filing_id}
        for authority in sorted(authorities)
        for term in terms
    ]
    if rows:
        session.execute(insert(FilingWord), rows)


def forget(session: Session, filing_id: str) -> None:
    """Take a complaint out of every index: its words change, or it is erased."""
    session.execute(delete(FilingWord).where(FilingWord.filing_id == filing_id))


def found_by(
    keyring: Keyring, authority: str, asked: str, codes: Iterable[str] = (), *, by_beginnings: bool = False
) -> Iterator[Select[Any]]:
    """Give one question for each word asked and each code (``forme:…``): a complaint answers to all of them.

    ``by_beginnings``: a word that begins alike, by its first :data:`BEGINNING` letters, answers too. Each question
    gives a complaint once.
    """
    for word in asked_words(asked):
        spellings = {one for one in (word, normalise(word).replace(" ", "")) if one}
        terms = {term for one in spellings for term in (_beginning_of(one) if by_beginnings else {f"mot:{one}"})}
        yield _holding(keyring, authority, terms)
    for code in codes:
        yield _holding(keyring, authority, {code})


def _beginning_of(word: str) -> set[str]:
    """Give the terms under which a word is found by its beginning; what holds a longer word holds its beginning too."""
    if word.isdigit() or len(word) < BEGINNING:
        return {f"mot:{word}"}
    beginning = {f"debut:{word[:BEGINNING]}"}
    return beginning if len(word) > BEGINNING else beginning | {f"mot:{word}"}


def _holding(keyring: Keyring, authority: str, terms: Iterable[str]) -> Select[Any]:
    keys = [_key(keyring, authority, term) for term in sorted(terms)]
    found = select(FilingWord.filing_id).where(FilingWord.authority == authority)
    return (
        found.where(FilingWord.word == keys[0]) if len(keys) == 1 else found.where(FilingWord.word.in_(keys)).distinct()
    )


def _held_by(keyring: Keyring, authorities: Collection[str], terms: Iterable[str]) -> Select[Any]:
    """Choose what holds one of these terms in the index of one of these authorities."""
    asked = sorted(terms)
    pairs = [(authority, _key(keyring, authority, term)) for authority in sorted(authorities) for term in asked]
    return select(FilingWord.filing_id).where(tuple_(FilingWord.authority, FilingWord.word).in_(pairs))


def _key(keyring: Keyring, authority: str, term: str) -> bytes:
    return bytes.fromhex(keyring.word(term, f"mots:{authority}"))[: FilingWord.BYTES]
