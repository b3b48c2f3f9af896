"""Routes of the pages to read, of the form to print, and of the small forms beside them."""

from collections.abc import Mapping
from contextlib import suppress
from http.cookies import CookieError

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.accounts.sign_in import current_user
from app.base import rights_defender
from app.base.errors import N_, NotFound, StorageTrouble, TooMany
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import parse
from app.base.i18n import FRENCH, code_now, in_language
from app.base.limits import Limit
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.language_prefix import apart
from app.base.web.pages import AddressOf, PortalOf, VisitorOf, download, make_form, render, see
from app.base.web.reading import FormOf
from app.pages import near, posters, service, towns
from app.pages.blank import blank_form
from app.pages.fields import AccessibilityProblem, Colours, Theme
from app.pages.rules import own_path
from app.saisine.steps.recipients import OWN_CAISSE

router = APIRouter()

PROBLEMS = 5
"""Problems told in 15 minutes from one address."""
NOT_KEPT = N_("Votre message n'est pas encore envoyé. Réessayez dans quelques minutes.")
THEME, YEAR = "theme", 365 * 24 * 3600
CLEAR = '"cache", "cookies", "storage"'
"""What the browser forgets of us (W3C Clear Site Data)."""


@router.get("/vos-droits", name="pages.rights")
def rights(request: Request) -> Response:
    """What is a discriminatory refusal of care, what is not one, and what can be done."""
    return render(request, "pages/rights.html")


@router.get("/aide", name="pages.help")
def help_page(request: Request, portal: PortalOf) -> Response:
    """Help by task."""
    can_tell = service.mailbox(portal.settings) is not None
    return render(request, "pages/help.html", can_tell=can_tell, own_caisse=OWN_CAISSE, near=near.near_form({}))


@router.get("/donnees-personnelles", name="pages.privacy")
def privacy(request: Request, portal: PortalOf) -> Response:
    """Who reads, how long, and what a person may ask."""
    return render(request, "pages/privacy.html", can_tell=service.mailbox(portal.settings) is not None)


@router.get("/donnees-personnelles/professionnel", name="pages.privacy.professional")
def privacy_professional(request: Request) -> Response:
    """What the professional is told of data that come from somebody else (RGPD, article 14)."""
    return render(request, "pages/privacy_professional.html")


@router.get("/mentions-legales", name="pages.legal")
def legal(request: Request, portal: PortalOf) -> Response:
    """Who runs the service, and how it is used (CRPA L. 112-9, R. 112-11-3)."""
    return render(request, "pages/legal.html", mail_from=portal.settings.mail_from)


@router.get("/plan-du-site", name="pages.sitemap")
def sitemap(request: Request, portal: PortalOf) -> Response:
    """Every page open to all."""
    return render(request, "pages/sitemap.html", can_tell=service.mailbox(portal.settings) is not None)


@router.get("/formulaire-a-imprimer.pdf", name="pages.blank")
def blank(portal: PortalOf) -> Response:
    """Return the form to print, with every question of the online form; in another language, beside the French."""
    return download("formulaire-a-imprimer.pdf", blank_form(portal.settings.address, code_now()), "application/pdf")


@router.get("/affiche.pdf", name="pages.poster")
@in_language(FRENCH)
def poster(portal: PortalOf) -> Response:
    """Return the poster of a waiting room (CSP L. 1110-3)."""
    return download("affiche.pdf", posters.poster(portal.settings.address), "application/pdf")


@router.get("/depliant.pdf", name="pages.leaflet")
@in_language(FRENCH)
def leaflet(portal: PortalOf) -> Response:
    """Return the leaflet of a reception desk, with the words of the poster."""
    return download("depliant.pdf", posters.leaflet(portal.settings.address), "application/pdf")


@router.get("/accessibilite", name="pages.accessibility")
def accessibility(request: Request, portal: PortalOf) -> Response:
    """The declaration of accessibility: nothing above what an audit proved."""
    can_tell = service.mailbox(portal.settings) is not None
    return render(
        request,
        "pages/accessibility.html",
        can_tell=can_tell,
        defender_phone=rights_defender.GENERAL_PHONE,
        defender_address=rights_defender.ADDRESS,
    )


@router.get("/accessibilite/probleme", name="pages.problem")
def problem(request: Request, portal: PortalOf) -> Response:
    """Ask which page blocks, and why."""
    _mailbox(portal)
    return _problem_page(request, {})


@router.post("/accessibilite/probleme", name="pages.problem.tell")
def tell_problem(request: Request, portal: PortalOf, address: AddressOf, form: FormOf) -> Response:
    """Hand the problem to whoever runs the service; whatever goes wrong, what was typed is shown again."""
    to = _mailbox(portal)
    parsed = parse(AccessibilityProblem, form.typed)
    if parsed.values is None:
        return _problem_page(request, form.typed, parsed.errors, 422)
    tries = Limit("probleme", address, PROBLEMS)
    try:
        portal.limits.take(tries)
        with portal.database.write() as session:
            service.tell_problem(session, portal.keyring, to, parsed.values, portal.clock)
    except TooMany as wait:
        told = FieldError(TooMany.says, minutes=wait.minutes)
        return _problem_page(request, form.typed, {"probleme": told}, 429)
    except StorageTrouble:
        portal.limits.give_back(tries)
        return _problem_page(request, form.typed, {"probleme": FieldError(NOT_KEPT)}, 503)
    return see(request, "pages.problem.sent")


@router.get("/accessibilite/merci", name="pages.problem.sent")
def problem_sent(request: Request) -> Response:
    """Say that the message is on its way."""
    return render(request, "pages/problem_sent.html")


def _mailbox(portal: Portal) -> str:
    to = service.mailbox(portal.settings)
    if to is None:
        raise NotFound
    return to


def _problem_page(
    request: Request, typed: Typed, mistakes: Mapping[str, FieldError] | None = None, status: int = 200
) -> Response:
    form = make_form(request, AccessibilityProblem, typed, mistakes)
    return render(request, "pages/problem.html", status=status, form=form)


@router.get("/langues", name="pages.languages")
def languages(request: Request, page: str = "/") -> Response:
    """List the languages in which a page can be read."""
    return render(request, "pages/languages.html", page=apart(own_path(page) or "/")[1])


@router.get("/couleurs", name="pages.colours")
def colours(request: Request, retour: str = "") -> Response:
    """Ask which colours, for whoever has no script; the choice now made is shown."""
    chosen = request.cookies.get(THEME, "")
    known = chosen if chosen in set(Theme) else Theme.AUTO.value
    return _colours_page(request, {"couleurs": [known]}, retour)


@router.post("/couleurs", name="pages.colours.choose")
def choose_colours(request: Request, portal: PortalOf, form: FormOf) -> Response:
    """Keep the choice in a cookie, and go back to the page that was read."""
    parsed = parse(Colours, form.typed)
    if parsed.values is None:
        return _colours_page(request, form.typed, form.get("retour"), parsed.errors, 422)
    answer = RedirectResponse(own_path(form.get("retour")) or path_of(request.app, "home"), 303)
    is_https, theme = portal.settings.is_https, parsed.values.couleurs
    if theme is Theme.AUTO:
        answer.delete_cookie(THEME, path="/", samesite="lax", secure=is_https)
    else:  # the script of the page reads it, and may change it
        answer.set_cookie(THEME, theme.value, max_age=YEAR, path="/", samesite="lax", secure=is_https)
    return answer


def _colours_page(
    request: Request, typed: Typed, back: str, mistakes: Mapping[str, FieldError] | None = None, status: int = 200
) -> Response:
    form = make_form(request, Colours, typed, mistakes)
    return render(request, "pages/colours.html", status=status, form=form, back=own_path(back) or "")


@router.get("/effacer-cet-appareil", name="pages.erase")
def erase(request: Request) -> Response:
    """Say what is erased and what is not, before anything is."""
    return render(request, "pages/erase.html")


@router.post("/effacer-cet-appareil", name="pages.erase.now")
def erase_now(request: Request, portal: PortalOf, visitor: VisitorOf, form: FormOf) -> Response:
    """End all that this browser may open, and have it forget us."""
    del form
    with portal.database.write() as session:
        service.close_device(session, {visitor, current_user.token_of(request, portal.settings)})
    answer = see(request, "pages.erased")
    answer.headers["Clear-Site-Data"] = CLEAR
    for name in request.cookies:  # for browsers that do not know the header
        with suppress(CookieError):  # a name that we could not have written is not ours
            answer.delete_cookie(name, path="/", secure=portal.settings.is_https, httponly=True, samesite="lax")
    request.state.keep_visitor = False
    return answer


@router.get("/appareil-efface", name="pages.erased")
def erased(request: Request, portal: PortalOf) -> Response:
    """Say that nothing is open, to a browser that holds nothing any more; any other one is asked first."""
    if not request.state.fresh or current_user.token_of(request, portal.settings):
        return see(request, "pages.erase")
    return render(request, "pages/erased.html")


router.include_router(near.router)
router.include_router(towns.router)
