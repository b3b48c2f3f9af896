"""The text of a mail laid out as HTML: its paragraphs, its lists, the addresses of the service as links. Pure text."""

import re
from dataclasses import dataclass

BULLET = "- "
ENDS_A_SENTENCE = ".,;:)»"


@dataclass(frozen=True)
class Run:
    """A piece of a line; ``href`` is the address that it leads to, or empty."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Lines that stand together; a list shows each as an item."""

    lines: tuple[tuple[Run, ...], ...]
    is_list: bool = False


def paragraphs(text: str, address: str) -> list[Paragraph]:
    """Take a text apart: an empty line ends a paragraph, lines that begin with « - » make a list.

    ``address``: public address of the service, without a final slash. What it begins becomes a link; any other address
    stays plain text, since somebody else may have typed it.
    """
    found: list[Paragraph] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.splitlines()]
        start = 0
        for place in range(1, len(lines) + 1):
            is_item = lines[start].startswith(BULLET)
            if place == len(lines) or lines[place].startswith(BULLET) != is_item:
                some = tuple(_runs(line.removeprefix(BULLET), address) for line in lines[start:place])
                found.append(Paragraph(some, is_item))
                start = place
    return found


def alone(text: str, address: str) -> str:
    """Put each address of the service alone on its line: programs take a mark that follows it for a part of it.

    ``address``: as for :func:`paragraphs`. A list keeps its items whole.
    """
    if not address:
        return text
    before = re.compile(rf"(?<=\S)[^\S\n]+(?={re.escape(address)}(?![\w.:@-]))")
    lines = (line if line.startswith(BULLET) else before.sub("\n", line) for line in text.split("\n"))
    return "\n".join(lines)


def _runs(line: str, address: str) -> tuple[Run, ...]:
    if not address:
        return (Run(line),)
    found, end = [], 0
    for one in re.finditer(rf"{re.escape(address)}(?![\w.:@-])[^\s]*", line):
        href = one[0].rstrip(ENDS_A_SENTENCE)
        found += [Run(line[end : one.start()]), Run(href, href)]
        end = one.start() + len(href)
    return tuple(run for run in (*found, Run(line[end:])) if run.text)
