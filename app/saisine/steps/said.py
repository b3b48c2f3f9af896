"""A sentence of the form, with what it becomes when the person who was refused care is not the one who types."""

from typing import Self


class Said(str):
    """A sentence said to whoever was refused care, and whole again when care was refused to another.

    Translated like any sentence; :func:`~app.saisine.third_person.speaking` chooses.
    """

    __slots__ = ("of_another", "of_giver", "of_helped")
    of_another: str
    """To a parent, a representative, a lawyer."""
    of_helped: str
    """To whoever only helps: how to reach the person is asked of that person too."""
    of_giver: str
    """To an association whose mandate somebody gives in the person's place."""

    def __new__(cls, sentence: str, of_another: str = "", *, of_helped: str = "", of_giver: str = "") -> Self:
        """Pair the sentences; without one for helpers, theirs is that of the others; without of_giver, of_helped."""
        said = super().__new__(cls, sentence)
        said.of_another = of_another or sentence
        said.of_helped = of_helped or said.of_another
        said.of_giver = of_giver or said.of_helped
        return said
