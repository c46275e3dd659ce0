"""Sheets: how a file is written, what its header says, and what is wrong with a row."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.importing.sheet import Fault, Refused, Row, Sheet, read_sheet

REQUIRED, OPTIONAL = ("month", "organisation", "score"), ("note",)


def sheet(content: str | bytes) -> Sheet:
    return read_sheet(
        content if isinstance(content, bytes) else content.encode(), REQUIRED, OPTIONAL
    )


def rows(content: str | bytes) -> list[Row]:
    return list(sheet(content).rows())


def texts(content: str | bytes) -> list[list[str]]:
    return [[row.text(name) for name in REQUIRED] for row in rows(content)]


PLAIN = "month,organisation,score\n2019-03,Café – Bar,70\n"
READ = [["2019-03", "Café – Bar", "70"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_it_reads_every_way_of_writing_a_file(encoding: str, line_end: str, delimiter: str) -> None:
    content = PLAIN.replace("\n", line_end).replace(",", delimiter).encode(encoding)
    assert texts(content) == READ


def test_it_says_that_a_file_was_taken_for_windows_1252() -> None:
    assert sheet(PLAIN.encode("cp1252")).notes == ("read as Windows-1252, since it is not UTF-8",)
    assert sheet(PLAIN).notes == ()


def test_it_takes_columns_in_any_order_whatever_their_capitals() -> None:
    assert texts(" Score ,MONTH,Organisation\n70,2019-03,Police\n") == [["2019-03", "Police", "70"]]


def test_it_notes_columns_that_it_does_not_know_and_does_not_read_them() -> None:
    found = sheet("month,colour,organisation,score,,\n2019-03,red,Police,70,,\n")
    assert found.notes == (
        "column not known, not read: “colour”",
        "column not known, not read: empty",
        "column not known, not read: empty",
    )
    assert [row.faults for row in found.rows()] == [[]]


def test_it_reads_commas_line_breaks_and_quotation_marks_within_a_cell() -> None:
    content = 'month,organisation,score\n2019-03,"Police, ""City""\nof London",70\n2019-04,B,1\n'
    assert texts(content)[0][1] == 'Police, "City"\nof London'
    assert [row.line for row in rows(content)] == [2, 4]


def test_it_leaves_out_rows_in_which_nothing_stands() -> None:
    content = "\nmonth,organisation,score\n\n,,\n2019-03,A,1\n , ,\n\n"
    assert [row.line for row in rows(content)] == [5]


def test_it_takes_away_the_apostrophe_that_keeps_a_cell_from_being_a_formula() -> None:
    assert texts("month,organisation,score\n'=1+1,'quoted,''-5\n") == [["=1+1", "'quoted", "'-5"]]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2019-03,A", "line 2: 2 cells, where the header has 3"),
        ("2019-03,A,1,2", "line 2: 4 cells, where the header has 3"),
        ('2019-03,"A,1', "line 2: a quotation mark is left open"),
        ('2019-03,"A"b,1', "line 2: a quotation mark is left open"),
        ("2019-03," + "x" * 200_000 + ",1", "line 2: a cell holds more than 131072 characters"),
    ],
)
def test_it_says_where_a_row_cannot_be_taken_apart(row: str, words: str) -> None:
    first, *others = rows(f"month,organisation,score\n{row}\n")
    assert str(first.faults[0]).startswith(words)
    assert others == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n ,,\n", "empty"),
        (b"\x81\x8d\x8f", "not text in UTF-8 or Windows-1252"),
        (PLAIN.encode("utf-16"), "not a text file|not text|no header"),
        (b"PK\x03\x04\x14\x00,score\n", "not a text file"),
        (b"2019-03,Police,70\n", "no header"),
        (b'"month,organisation,score\n', "no header"),
        (b"month,points\n", "lacks organisation, score. Not known: “points”"),
        (b"month,organisation\n", "lacks score\\."),
        (b"month,organisation,score,score\n", "“score” more than once"),
        (b"month,organisation,score,x,X\n", "“x” more than once"),
    ],
)
def test_it_refuses_a_file_that_it_cannot_understand(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        sheet(content)


@given(
    st.binary(max_size=200)
    | st.text(alphabet='month,organs;"\n\r\x00é', max_size=80).map(str.encode)
)
@settings(deadline=None)
def test_it_refuses_or_reads_any_file_and_never_fails(content: bytes) -> None:
    for start in (b"", b"month,organisation,score\n"):
        with suppress(Refused):
            assert all(row.line > 1 for row in sheet(start + content).rows())


def test_a_fault_names_line_column_value_and_what_was_expected() -> None:
    assert str(Fault(7, "score", "lots", "a number")) == "line 7, score: “lots”; expected a number"
    assert str(Fault(7, "score", "", "a number")) == "line 7, score: empty; expected a number"


def test_a_fault_shows_a_long_or_unprintable_value_safely() -> None:
    assert "“a\\x00\\n”" in str(Fault(2, "reason", "a\x00\n", "text"))
    assert len(str(Fault(2, "reason", "x" * 5000, "text"))) < 120
