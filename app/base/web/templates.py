"""The templates of the pages: what each may call, and the addresses that they write."""

import hashlib
from functools import cache
from typing import Any

from jinja2 import FileSystemLoader, pass_context
from jinja2.runtime import Context

from app.base.i18n import LANGUAGES, french, ntranslate, translate
from app.base.resources import STATIC, TEMPLATES
from app.base.settings import Settings
from app.base.web.addresses import path_of
from app.base.web.language_prefix import localized
from app.base.web.wording import FIELDS_MOST, FrenchPages, Once, Pages, Templates, in_french, say


def make_pages(settings: Settings) -> Templates:
    """Build the templates: everything is escaped, words go through the catalogue."""
    return Templates(_pages(settings, FrenchPages), _pages(settings, Pages))


def _pages(settings: Settings, kind: type[Pages]) -> Pages:
    pages = kind(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    pages.install_gettext_callables(translate, ntranslate, newstyle=True)  # type: ignore[attr-defined]
    pages.filters["french"] = french
    pages.globals.update(
        _=say,
        once=Once(FIELDS_MOST),
        static_url=static_url,
        url=url,
        languages=LANGUAGES.values(),
        localized=localized,
        in_french=in_french,
        help_phone=settings.help_phone,
        help_hours=settings.help_hours,
        accessibility=settings.accessibility,
        operator_name=settings.operator_name,
        operator_contact=settings.operator_contact,
        dpo_contact=settings.dpo_contact,
        publication_director=settings.publication_director,
        hosting=settings.hosting,
        accessibility_audit=settings.accessibility_audit,
        is_demo=settings.is_demo,
        address=settings.address,
    )
    return pages


@cache
def static_url(name: str) -> str:
    """Return the address of a static file; it changes with the content, so that it can be kept for ever."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]}"


@pass_context
def url(context: Context, name: str, **params: Any) -> str:
    """Return the path of a page by the name of its route."""
    return path_of(context["request"].app, name, **params)
