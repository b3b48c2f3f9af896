"""Checking before sending (A19): what each reader will read, what is missing, what is declared."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.associations import registry
from app.associations.rules import agreed_on
from app.base import dates
from app.base.errors import N_
from app.base.forms.fields import NO_ANSWER, FieldError, Typed, Widget
from app.base.forms.form import widgets
from app.base.forms.widgets import Name, Tick
from app.base.i18n import translate
from app.base.web.addresses import path_of
from app.base.web.pages import in_page, portal_of
from app.evidence.purposes import MANDATE_PAGE, READ_BY_PROFESSIONAL, TITLE_PAGE
from app.evidence.queries import FileRow
from app.filing import rules
from app.filing.documents.confirmation import addressee
from app.filing.receipt.competence import complaint_of
from app.filing.web import automatic_sending
from app.saisine import attached, mandate_requests
from app.saisine.competence import Town, town_of
from app.saisine.journey import Page, Route
from app.saisine.pages import ADDRESSEE, LAST
from app.saisine.press import digest_of_all
from app.saisine.queries import OpenDraft
from app.saisine.steps.asked import recipients_on
from app.saisine.steps.mandate import MandateMode
from app.saisine.steps.said import Said
from app.saisine.steps.sending import SEND
from app.saisine.third_person import speaking
from app.saisine.web.common_page import address_of
from app.saisine.web.draft_route import route_of
from app.saisine.web.show import ShownPage, show

CHANGED = N_(
    "Depuis que cette page est ouverte, une réponse a changé. Relisez les réponses, puis appuyez encore une fois sur"
    " le dernier bouton."
)
MISSING = N_("Il manque une réponse : {label}")
KEYS = {"preuves": N_("Vos fichiers"), "titre": N_("Votre document"), "mandat": N_("Le mandat signé")}
"""What the files of each page are called."""
YOURS = Said(N_("Votre plainte"), of_helped=N_("La plainte"))
CONTACT = Said(N_("Vos coordonnées et vos besoins"), of_helped=N_("Les coordonnées et les besoins de la personne"))
WITHDRAWAL = Said(
    N_("Vous pourrez retirer votre plainte à tout moment."),
    of_helped=N_("La personne pourra retirer sa plainte à tout moment."),
)
OPTIONAL = N_("(facultatif)")


def check_page(
    request: Request,
    session: Session,
    draft: OpenDraft,
    typed: Typed,
    *,
    route: Route | None = None,
    banner: str | None = None,
    status: int = 200,
) -> Response:
    """Show the answers in two sheets, by who reads them; nothing typed is lost."""
    route = route or route_of(request, session, typed, draft, skipping=True)
    said = speaking(route.trail, in_page, recipients_on(route.trail))
    pending = route.pending
    is_whole = pending is None or pending.name == LAST.name
    mistakes: dict[str, FieldError] = dict(route.errors) if is_whole and status != 200 else {}  # noqa: PLR2004
    missing, town = None, town_of(session, route.trail)
    if pending is not None and not is_whole:
        missing = {
            "text": translate(MISSING).format(label=said(pending.heading)),
            "href": address_of(pending, draft.public, changing=True),
        }
    return show(
        request,
        session,
        ShownPage(
            LAST,
            draft,
            route,
            typed,
            mistakes=mistakes,
            banner=banner,
            version=digest_of_all(draft.typed),
            status=status,
        ),
        complaint=rows_to_read(session, draft, route, town, private=False),
        contact=rows_to_read(session, draft, route, town, private=True),
        missing=missing,
        who=_receivers(request, session, draft, route, town) if is_whole else None,
        words={"yours": said(YOURS), "contact": said(CONTACT), "withdrawal": said(WITHDRAWAL), "send": said(SEND)},
        mandate=_mandate(request, session, draft, route, is_whole=is_whole),
        hand_over=_hand_over(request, session, draft),
    )


def _receivers(request: Request, session: Session, draft: OpenDraft, route: Route, town: Town) -> dict[str, Any]:
    """Name who will receive and who will be informed, as far as they are known; ``abroad``: no text of France fits.

    ``change``: where another authority is chosen, when the law leaves the choice.
    """
    complaint = complaint_of(session, route, portal_of(request).cache, town=town)
    return {
        "receiver": addressee(complaint.receiver),
        "informed": addressee(complaint.informed),
        "abroad": town.abroad,
        "change": address_of(ADDRESSEE, draft.public, changing=True) if route.holds(ADDRESSEE) else "",
    }


def _hand_over(request: Request, session: Session, draft: OpenDraft) -> str:
    """Return where an association that is not agreed gives the complaint to the person; empty when it may send."""
    if not draft.association:
        return ""
    agreements = registry.agreements_of(session, draft.association)
    if agreed_on(agreements, dates.local_day(portal_of(request).clock())):
        return ""
    return path_of(request.app, "associations.hand", b=draft.public)


def _mandate(request: Request, session: Session, draft: OpenDraft, route: Route, *, is_whole: bool) -> Any:
    """Return where the mandate by e-mail is, whether it may be asked for now, with the declarations or without.

    ``None`` for any other mandate.
    """
    if route.trail.get("mandat_mode") != MandateMode.EMAIL:
        return None
    now, row = portal_of(request).clock(), mandate_requests.of_draft(session, draft.id)
    may_ask = is_whole and not mandate_requests.holds(session, draft)
    is_waiting = row is not None and mandate_requests.is_open(row, now)
    return {
        "said": mandate_requests.said_of(session, draft, now, translate),
        "may_ask": may_ask,
        "declares": may_ask and automatic_sending.is_wanted(route),
        "will_send": is_waiting and bool(automatic_sending.declared(session, draft)),
    }


def rows_to_read(
    session: Session, draft: OpenDraft, route: Route, town: Town, *, private: bool
) -> list[dict[str, Any]]:
    """Write one sheet: what each page was answered under short names, and the way to change it."""
    said = speaking(route.trail, translate, recipients_on(route.trail))
    place = "" if private else town.label
    rows: list[dict[str, Any]] = []
    for page in route.done:
        if page.name == "preuves" and not private:
            rows.append(_files(session, draft, page, READ_BY_PROFESSIONAL))
        elif page.name == "titre":
            rows += [_files(session, draft, page, TITLE_PAGE)] if private else []
        elif page not in {ADDRESSEE, LAST}:
            answers = rules.rows_of_page(route.answers[page.name], route.trail, said, private=private)
            rows += _rows(page, rules.said_back(answers, place), draft.public, "coordonnees" if private else "")
            if page.name == "mandat" and private and route.trail["mandat_mode"] == MandateMode.PAPIER:
                rows.append(_files(session, draft, page, MANDATE_PAGE))
    return rows


def _rows(page: Page, answers: Sequence[rules.Row], b: str, sheet: str) -> Iterator[dict[str, Any]]:
    """Write what a page was answered: a row for each short name; the first that says something is the page's place.

    ``sheet``: what tells the rows of the second sheet apart, when the page has its place in the first one.
    """
    found = _by_short_name(widgets(page.answers), answers)
    place = next((key for key, lines in found.items() if lines), next(iter(found), ""))
    of_page = f"ligne-{page.name.replace('/', '-')}"
    if sheet and any(not widget.private and not widget.silent for widget in widgets(page.answers).values()):
        of_page, place = f"{of_page}-{sheet}", ""
    for number, (key, lines) in enumerate(found.items(), 1):
        yield {
            "key": key,
            "value": lines if len(lines) > 1 else "".join(lines) or translate(NO_ANSWER),
            "href": address_of(page, b, changing=True),
            "id": of_page if key == place else f"{of_page}-{number}",
            "is_empty": not lines,
        }


def _by_short_name(fields: Mapping[str, Widget], answers: Sequence[rules.Row]) -> dict[str, list[str]]:
    """Gather the answers of a page under their short names, the values alone.

    An answer that opens another of the same short name is said by it: « je connais la date », then the date.
    """
    given = [one for one in answers if rules.is_given(one)]
    openings = {
        (first, fields[one["name"]].short) for one in given if (first := (fields[one["name"]].only_if or ("",))[0])
    }
    found: dict[str, list[str]] = {}
    before: Widget | None = None
    for one in answers:
        field = fields[one["name"]]
        lines = found.setdefault(translate(field.short) or one["label"].removesuffix(translate(OPTIONAL)).strip(), [])
        if not rules.is_given(one) or (one["name"], field.short) in openings:
            continue
        said = [one["label"]] if isinstance(field, Tick) and lines else str(one["shown"]).split("\n")
        if lines and isinstance(field, Name) and isinstance(before, Name):
            lines[-1] = f"{lines[-1]} {said[0]}"
        else:
            lines += said
        before = field
    return found


def _said_of(file: FileRow) -> str:
    """Return the name of a file, what it shows, and what is wrong with it."""
    said = file.trouble or file.doubt
    trouble = translate(said).format(nom=file.name) if said else ""
    return " – ".join(filter(None, (f"{file.name} ({file.size_text})", file.title, trouble)))


def _files(session: Session, draft: OpenDraft, page: Page, destination: str) -> dict[str, Any]:
    """Return the files of a page: proofs stand in what the professional reads, a mandate or a title never does."""
    added = attached.files_of(session, draft, destination)
    names = [_said_of(file) for file in added]
    return {
        "key": translate(KEYS[page.name]),
        "value": names or translate(NO_ANSWER),
        "href": address_of(page, draft.public, changing=True),
        "id": f"ligne-{page.name}" if page.name != "mandat" else "ligne-mandat-fichiers",
        "is_empty": not names,
    }
