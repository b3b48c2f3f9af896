"""Bring the catalogues up to date: read every sentence, give those of the public to each language, count the gaps."""

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from app.base.i18n import digest_of

HOME = Path(__file__).parent.parent
LOCALE = HOME / "app" / "locale"
SOURCE, PUBLIC, SOURCES = LOCALE / "saisine.pot", LOCALE / "public.pot", LOCALE / "public.txt"
MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands in the catalogues for the day on which their source was read: two of them differ by their sentences alone."""
KEYWORDS = ["-k", "N_", "-k", "_", "-k", "ngettext:1,2", "-k", "NN_:1,2"]


def extracted() -> Catalog:
    """Read every sentence of the code and of the templates, each with where it stands. Stops when Babel fails."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder, "found.pot")
        babel = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "-F", "pyproject.toml"]
        subprocess.run([*babel, *KEYWORDS, "-o", found, "."], cwd=HOME, check=True)
        with found.open("rb") as file:
            return read_po(file)


def of_public(catalogue: Catalog) -> Catalog:
    """Keep what the public reads."""
    lines = SOURCES.read_text(encoding="utf-8").splitlines()
    places = tuple(line for line in lines if line and not line.startswith("#"))
    kept = Catalog(creation_date=MADE)
    for message in catalogue:
        if message.id and any(path.startswith(places) for path, _line in message.locations):
            kept.add(message.id, flags=message.flags)
    return kept


def keep(catalogue: Catalog, path: Path, *, is_source: bool) -> None:
    """Write a catalogue so that two of them differ by their sentences alone."""
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, sort_output=True, no_location=True, omit_header=is_source)


def _is_said(message: Message) -> bool:
    """Return whether a sentence has its translation, in each form of its plural."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    return all(forms)


def main() -> int:
    """Rewrite the catalogues; 1 when a sentence lacks its translation."""
    everything = extracted()
    public = of_public(everything)
    keep(everything, SOURCE, is_source=True)
    keep(public, PUBLIC, is_source=True)
    missing = 0
    for path in sorted(LOCALE.glob("*/saisine.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.name.replace("-", "_"))
        catalogue.update(public, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        keep(catalogue, path, is_source=False)
        lacks = sum(bool(message.id) and not _is_said(message) for message in catalogue)
        print(f"{path.parent.name}: {lacks} sentences to translate; signed as {digest_of(path.read_bytes())}")
        missing += lacks
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
