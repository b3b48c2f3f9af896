"""What people typed, read back from a table as a spreadsheet reads it: whole, and never a formula."""

import csv
import io

import pytest

from app.base import cells
from app.statistics.figure import Figure, FigureRow
from app.statistics.table import written

RUN = ("=1+1", "+33 1 99 00", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1")
REWRITTEN = ("00042", "06 12 34 56 78", "1234567890123456", "12E5", "12/05", "1-2", "2026-11", "1.5")
WHOLE = ('a;b "c"', "a\r\nb\nc", "", " =1", "é😀", "a\t=1", "'")


def read(table):
    assert table.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))


@pytest.mark.parametrize("cell", RUN)
def test_a_formula_is_a_text(cell):
    assert read(cells.table([("Nom", "Ville"), (cell, "Lille")])) == [["Nom", "Ville"], [f"'{cell}", "Lille"]]


@pytest.mark.parametrize("cell", WHOLE)
def test_any_other_text_is_whole(cell):
    assert read(cells.table([(cell, "Lille")])) == [[cell, "Lille"]]


@pytest.mark.parametrize("cell", REWRITTEN)
def test_a_reference_that_a_spreadsheet_would_write_otherwise_is_a_text(cell):
    assert cells.as_typed(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "0", "42", "D-42", "ES-006", "2026-11-30", "7 rue", "0A12"])
def test_any_other_reference_is_as_it_was_typed(cell):
    assert cells.as_typed(cell) == cell


def test_the_table_of_a_figure_runs_nothing():
    figure = Figure("autorites", "Autorités", "Reçue par", (FigureRow("=1+1", "3", 3),), unit="plaintes")
    assert read(written(figure))[1][0] == "'=1+1"
