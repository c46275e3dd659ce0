"""What a person may type, and what a spreadsheet may be given."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from incidents.text import as_cell, from_cell, one_line_text, plain_text, reference_text


@pytest.mark.parametrize("text", ["\0", "a\x1bb", "\ud800", "\ufffe", "\x85"])
def test_it_refuses_what_cannot_be_printed(text: str) -> None:
    with pytest.raises(ValidationError, match="cannot be printed"):
        plain_text(text)


@pytest.mark.parametrize("text", ["", "Ünïcode\n\ttext", "🔥", "שלום", "<script>"])
def test_it_lets_every_other_text_through(text: str) -> None:
    plain_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "\u200b",
        "a\u200bb",
        "a\u202eb",
        "\ufeffa",
        "\u200da",
        "a\u200d",
        "a\u200c b",
        "a\u200c\u200db",
    ],
)
def test_a_name_holds_nothing_that_cannot_be_seen(text: str) -> None:
    with pytest.raises(ValidationError, match="cannot be seen"):
        one_line_text(text)


@pytest.mark.parametrize("text", ["", "نامه\u200cها", "👩\u200d💻", "Ünïcode", "Guildhall Wi-Fi"])
def test_a_name_may_join_its_letters(text: str) -> None:
    one_line_text(text)


@pytest.mark.parametrize("reference", ["INC-000001", "a", "2019.3_x"])
def test_it_accepts_a_reference_that_can_stand_in_an_address(reference: str) -> None:
    reference_text(reference)


@pytest.mark.parametrize(
    "reference",
    ["new", "NEW", "export.csv", "..", "-1", "a/b", "a b", "é", "INC-1\n", "<b>", "x" * 31],
)
def test_it_refuses_a_reference_that_cannot(reference: str) -> None:
    with pytest.raises(ValidationError):
        reference_text(reference)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@x", "\tx", "\rx", "＝1", "'=1", "''-1"])
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert as_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "'quoted'", " =1"])
def test_other_text_stands_as_it_is(text: str) -> None:
    assert as_cell(text) == text


@given(st.text(alphabet="'=+-@ab\t\n"))
def test_a_cell_gives_its_text_back(text: str) -> None:
    assert from_cell(as_cell(text)) == text
