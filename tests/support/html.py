"""Reading a page as a strict reader does: what is wrong with it, what it says, what its forms would send."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from tests.support import markup

OWN = {"", "127.0.0.1", "localhost"}
LOADS = {"link": "href", "script": "src"} | dict.fromkeys(("img", "iframe", "source", "audio", "video"), "src")
GOES = {"href", "src", "action", "formaction"}
SENDS = ("formaction", "hx-get", "hx-post")
REFERS = ("for", "aria-labelledby", "aria-describedby", "aria-errormessage", "list")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
INSIDE = {"<tr": "tbody", "<td": "tr", "<th": "tr", "<op": "select"}
"""What a part of a page goes into, by how it begins; anything else, into a ``div``."""
DRAWN = re.compile(
    r'type="hidden" name="\w+" value="[^"]+"|127\.0\.0\.1:\d+'
    r"|SA-\d{4}-\w{4}-\w{4}|\b\w{4}(-\w{4}){3}\b|/saisine/\w{8}\b|\b[0-9a-f]{32}\b"
)
"""What is drawn at random, and what no one sees: without it, two pages of the same words are one."""
UNSEEN = {"script", "style", "template", "head"}


class Page:
    """A page, or a part of a page, as it was received."""

    def __init__(self, source: str, *, part: bool = False) -> None:
        """Parse; a part is what htmx puts inside a page."""
        self.source, self.part = source, part
        if part:
            container = {"<tr": "tbody", "<td": "tr", "<th": "tr", "<op": "select"}.get(
                source.lstrip()[:3].lower(), "div"
            )
            self.tree, self._mistakes = markup.read_strictly(source, container=container)
        else:
            self.tree = markup.read(source)

    @cached_property
    def elements(self) -> list[Element]:
        """Every element, in order."""
        return [found for found in self.tree.iter() if is_element(found)]

    @property
    def title(self) -> str:
        """What the browser's tab says."""
        return self._one("title")

    @property
    def h1(self) -> str:
        """The question of the page."""
        return self._one("h1")

    @property
    def done(self) -> str:
        """What the page of a desk says was just done, before its title; nothing, for most pages."""
        told = [one for one in self.all("div") if one.get("role") == "status" and "inset--done" in one.get("class", "")]
        return plain(" ".join(words(one) for one in told))

    @cached_property
    def text(self) -> str:
        """All that can be read, with single spaces (those that do not break count as spaces)."""
        return plain("".join(_words(self.tree)))

    @cached_property
    def forms(self) -> list["HtmlForm"]:
        """The forms, in order."""
        return [HtmlForm(found, self) for found in self.all("form")]

    @cached_property
    def links(self) -> dict[str, str]:
        """Each link's address by its words."""
        return {words(found): found.get("href", "") for found in self.all("a")}

    def all(self, *tags: str) -> list[Element]:
        """Every element of these names, in order."""
        return [found for found in self.elements if found.tag in tags]

    def by_id(self, name: str) -> Element | None:
        """The element that has this id."""
        return next((found for found in self.elements if found.get("id") == name), None)

    def _one(self, tag: str) -> str:
        found = self.all(tag)
        return words(found[0]) if found else ""

    def faults(self) -> list[str]:
        """List all that is wrong with this page (empty: nothing)."""
        checks = [self._malformed, self._inline, self._foreign, self._ids, self._unguarded]
        if not self.part:
            checks.append(self._frame)
        return [fault for check in checks for fault in check()]

    def _malformed(self) -> Iterator[str]:
        if self.part:
            yield from markup.described(self.source, self._mistakes)
        else:
            yield from markup.mistakes(self.source, self.tree)

    def _inline(self) -> Iterator[str]:
        for found in self.elements:
            if found.tag == "style" or (found.tag == "script" and not found.get("src")):
                yield f"inline <{found.tag}>"
            for name, value in found.attrib.items():
                if name == "style" or name.startswith(("on", "hx-on")):
                    yield f'inline {name}="{value}" on <{found.tag}>'
                elif name in GOES and value.strip().lower().startswith(("javascript:", "data:text")):
                    yield f'script in {name}="{value}"'

    def _foreign(self) -> Iterator[str]:
        for found in self.elements:
            loads = LOADS.get(str(found.tag)) or ("action" if found.tag == "form" else "")
            for attribute, value in found.attrib.items():
                if attribute in {loads, *SENDS} and (urlsplit(value).hostname or "") not in OWN:
                    yield f'another host: <{found.tag} {attribute}="{value}">'

    def _ids(self) -> Iterator[str]:
        seen = Counter(found.get("id") for found in self.elements if found.get("id") is not None)
        yield from (f'id="{name}" is there {n} times' for name, n in seen.items() if n > 1)
        yield from (f"id={name!r} cannot be pointed at" for name in seen if not name or re.search(r"\s", name))
        if self.part:
            return
        for found in self.elements:
            for attribute, value in found.attrib.items():
                if attribute in REFERS:
                    for name in value.split():
                        if name not in seen:
                            yield f'<{found.tag} {attribute}="{name}">: no element has this id'

    def _unguarded(self) -> Iterator[str]:
        for form in self.forms:
            hidden = {c.name: c.value for c in form.controls if c.kind == "hidden"}
            if form.method == "post" and not hidden.get("csrf"):
                yield f'<form method="post" action="{form.action}"> has no csrf field'

    def _frame(self) -> Iterator[str]:
        if not self.tree.get("lang"):
            yield "<html> has no lang"
        if not self.title:
            yield "no <title>"
        for tag in ("h1", "main"):
            if (n := len(self.all(tag))) != 1:
                yield f"{n} <{tag}>: one is needed"
        last = 1  # the summary of mistakes stands before the h1
        summary = {id(one) for box in self.elements if "error-summary" in box.get("class", "") for one in box.iter()}
        for found in self.all(*HEADINGS):
            if id(found) in summary:
                continue  # the summary of mistakes stands before the question, as a part of its own
            level = HEADINGS[str(found.tag)]
            if level > last + 1:
                yield f"<{found.tag}> « {words(found)} » skips a level of heading"
            last = level


@dataclass
class Control:
    """One control of a form, with what it would send if nobody touched it."""

    name: str
    kind: str
    value: str
    sends: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    words: str = ""
    action: str = ""
    """Where a button sends its form, when it is not where the form says."""


class HtmlForm:
    """A form as a browser without script sees it."""

    def __init__(self, element: Element, page: Page) -> None:
        """Read its controls, those outside that name it included."""
        self.element = element
        self.action = element.get("action") or ""
        self.method = (element.get("method") or "get").lower()
        self.is_multipart = element.get("enctype") == "multipart/form-data"
        own = element.get("id")
        inside = set(element.iter())
        belongs = [e for e in page.elements if (e.get("form") == own if e.get("form") else e in inside)]
        self.controls = [control for e in belongs for control in _controls(e)]

    @property
    def names(self) -> set[str]:
        """The names of the fields a person can fill."""
        return {c.name for c in self.controls if c.kind not in {"hidden", "submit"}}

    @property
    def buttons(self) -> list[Control]:
        """The buttons that send it, in order."""
        return [c for c in self.controls if c.kind == "submit"]

    def offered(self, name: str) -> list[str] | None:
        """The values a list of choices offers; ``None``: anything can be typed."""
        found = [c for c in self.controls if c.name == name and c.kind in {"radio", "checkbox", "select"}]
        return [value for c in found for value in c.offers] if found else None

    def fill(self, fields: dict[str, str | list[str] | None], button: str | None = None) -> list[tuple[str, str]]:
        """Give what a browser sends once ``fields`` are filled (``None``: emptied) and ``button`` pressed."""
        if unknown := set(fields) - self.names - {c.name for c in self.controls if c.kind == "hidden"}:
            raise AssertionError(
                f"no field {sorted(unknown)} in the form {self.action!r}, which has {sorted(self.names)}"
            )
        sent: list[tuple[str, str]] = []
        done: set[str] = set()
        for control in self.controls:
            if control.kind in {"submit", "file"} or not control.name:
                continue
            if control.name not in fields:
                sent += [(control.name, value) for value in control.sends]
            elif control.name not in done:
                done.add(control.name)
                sent += [(control.name, value) for value in self._chosen(control.name, fields[control.name])]
        pressed = self._pressed(button)
        return [*sent, (pressed.name, pressed.value)] if pressed and pressed.name else sent

    def _chosen(self, name: str, wanted: str | list[str] | None) -> list[str]:
        values = [] if wanted is None else [wanted] if isinstance(wanted, str) else list(wanted)
        offered = self.offered(name)
        if offered is None:
            return values or [""]
        if refused := [value for value in values if value not in offered]:
            raise AssertionError(f"{name} does not offer {refused}, only {offered}")
        return values

    def _pressed(self, button: str | None) -> Control | None:
        if button is None:
            return self.buttons[0] if self.buttons else None
        found = [c for c in self.buttons if button in {c.value, c.name, c.words}]
        if not found:
            raise AssertionError(f"no button {button!r} in the form {self.action!r}: {[c.words for c in self.buttons]}")
        return found[0]


def _controls(element: Element) -> Iterator[Control]:
    if element.get("disabled") is None and element.tag in READERS:
        yield from READERS[str(element.tag)](element, element.get("name") or "")


def _textarea(element: Element, name: str) -> Iterator[Control]:
    typed = (element.text or "").removeprefix("\n").replace("\n", "\r\n")
    yield Control(name, "text", typed, [typed])


def _select(element: Element, name: str) -> Iterator[Control]:
    options = list(element.iter("option"))
    picked = [_option(e) for e in options if e.get("selected") is not None]
    offers = [_option(e) for e in options]
    yield Control(name, "select", "", picked or offers[:1], offers)


def _option(element: Element) -> str:
    return element.get("value", words(element))


def _button(element: Element, name: str) -> Iterator[Control]:
    if (element.get("type") or "submit") == "submit":
        yield Control(
            name, "submit", element.get("value") or "", words=words(element), action=element.get("formaction") or ""
        )


def _input(element: Element, name: str) -> Iterator[Control]:
    kind, value = (element.get("type") or "text").lower(), element.get("value") or ""
    if kind in {"radio", "checkbox"}:
        value = element.get("value", "on")
        yield Control(name, kind, value, [value] if element.get("checked") is not None else [], [value])
    elif kind in {"submit", "image"}:
        yield Control(name, "submit", value, words=value)
    elif kind == "file":
        yield Control(name, "file", "")
    elif kind not in {"button", "reset"}:
        yield Control(name, "hidden" if kind == "hidden" else "text", value, [value])


READERS = {"textarea": _textarea, "select": _select, "button": _button, "input": _input}


def is_element(found: Any) -> bool:
    """Tell an element from a comment."""
    return isinstance(found.tag, str)


def words(element: Element) -> str:
    """What can be read inside an element."""
    return plain("".join(_words(element)))


def plain(text: str) -> str:
    """Single spaces, straight apostrophes, hyphens of a keyboard: what a test compares."""
    return " ".join(text.replace("’", "'").replace("\u2011", "-").split())


def _words(element: Element) -> list[str]:
    found: list[str] = []
    if element.text and element.tag not in UNSEEN:
        found.append(element.text)
    for child in element:
        if is_element(child) and child.tag not in UNSEEN:
            found += _words(child)
        found.append(child.tail or "")
    return found
