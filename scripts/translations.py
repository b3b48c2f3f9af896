"""Bring the catalogues up to date: read every sentence, merge it in each language, compile, count what is missing."""

import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

HOME = Path(__file__).parent.parent
LOCALE = HOME / "app" / "locale"
SOURCE = LOCALE / "saisine.pot"
KEYWORDS = ["-k", "N_", "-k", "_", "-k", "ngettext:1,2"]


def babel(*words: str | Path) -> None:
    """Run one command of Babel. Stops the program when it fails."""
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", "--quiet", *words], cwd=HOME, check=True)


def main() -> int:
    """Rewrite the catalogues; 1 when a sentence lacks its translation."""
    LOCALE.mkdir(exist_ok=True)
    source = SOURCE.relative_to(HOME)
    options = ["--no-wrap", "--sort-output", "--no-location", "--omit-header"]
    babel("extract", "-F", "pyproject.toml", *KEYWORDS, *options, "-o", source, ".")
    missing = 0
    for catalogue in sorted(LOCALE.glob("*/LC_MESSAGES/saisine.po")):
        language = catalogue.parent.parent.name
        babel("update", "-D", "saisine", "-i", source, "-d", LOCALE, "-l", language, "--no-wrap", "--no-fuzzy-matching")
        babel("compile", "-D", "saisine", "-d", LOCALE, "-l", language)
        with catalogue.open("rb") as file:
            lacks = sum(1 for message in read_po(file) if message.id and not message.string)
        print(f"{language}: {lacks} sentences to translate")
        missing += lacks
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
