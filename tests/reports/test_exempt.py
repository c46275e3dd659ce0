"""Paragraphs marked not for publication: what the public version loses, and what is refused."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from incidents.exempt import GROUNDS
from incidents.models import Organisation
from reports.committee import CommitteeReportContent, Version, report_of
from reports.exempt import mark, public, public_lines, well_marked
from reports.models import CommitteeReport, GlossaryTerm, Improvement
from reports.pdf import html_of
from tests.builders import MARCH, committee_report, organisation

SECRET = "[not for publication, paragraph 3] The bid was low."
BREAKS = st.sampled_from(["\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n", "\r\r"])
PARAGRAPHS = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["one line", "- a\n- b", "**two**\nlines", "1. x"])),
    min_size=1,
    max_size=6,
)


@given(PARAGRAPHS, BREAKS, st.sampled_from(list(GROUNDS)))
def test_every_marked_paragraph_goes_and_every_other_stays(
    wanted: list[tuple[bool, str]], line_break: str, ground: int
) -> None:
    typed = [
        f"{mark(ground)} hidden-{n}\n{words}" if hidden else f"shown-{n} {words}"
        for n, (hidden, words) in enumerate(wanted)
    ]
    text = line_break.join(typed)
    well_marked(text)
    kept, gone = public(text)
    assert gone == (ground,) * sum(hidden for hidden, _ in wanted)
    assert "hidden" not in kept
    for n, (hidden, _) in enumerate(wanted):
        assert (f"shown-{n}" in kept) is not hidden


def test_a_text_without_marks_stays_as_it_is() -> None:
    text = "One.\r\n\r\n\r\nTwo.\n"
    assert public(text) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        f"  {SECRET}",
        "[Not for  publication\nparagraph 3] The bid was low.",
        "[NOT FOR PUBLICATION, PARAGRAPH 3]\n- The bid was low.",
        # Not as it should be, and gone all the same.
        "[not for publication] The bid was low.",
        "[not for publication, paragraph 9] The bid was low.",
        "[not-for-publication, para 3] The bid was low.",
        "Costs: [not for publication, paragraph 3] The bid was low.",
        "- [not for publication, paragraph 3] The bid was low.",
        "(not for publication) The bid was low.",
        "**Not for publication:** The bid was low.",
        "1. Not for publication: The bid was low.",
    ],
)
def test_whatever_is_or_looks_marked_is_not_public(text: str) -> None:
    kept, gone = public(f"Before.\n\n{text}\n\nAfter.")
    assert kept == "Before.\n\nAfter."
    assert len(gone) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[not for publication, paragraph 0] x", "paragraphs 1 to 7, and no paragraph 0"),
        ("One.\n\n[not for publication, paragraph 8] x", "and no paragraph 8"),
        ("Costs: [not for publication, paragraph 3] x", "begins with its mark"),
        ("- [not for publication, paragraph 3] x", "begins with its mark"),
        ("[not for publication] x", "begins with its mark"),
        ("[not for publication, paragraph three] x", "begins with its mark"),
        ("Not for publication: x", "begins with its mark"),
        (f"{SECRET}\n- {SECRET}", "begins with its mark"),
        ("[not for publication,\n\nparagraph 3] x", "begins with its mark"),
    ],
)
def test_a_mark_that_is_none_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        well_marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing of this is not for publication.",
        "Two incidents are (as agreed) not for publication.",
        "One.\n\n[not for publication, paragraph 7] Two.\n\nThree.",
    ],
)
def test_other_words_are_let_through(text: str) -> None:
    well_marked(text)


def test_an_improvement_that_begins_with_a_mark_goes_as_a_whole() -> None:
    lines = [f"{SECRET}\n\nIts second paragraph.", "Public.", f"Half.\n\n{SECRET}", ""]
    assert public_lines(lines) == (("Public.", "Half.", ""), (3, 3))


def test_a_text_made_to_be_slow_is_not() -> None:
    for text in ("[" * 50_000, "-\n" * 50_000, "[not for " * 20_000, " \n" * 50_000):
        well_marked(text)
        public(text)


# In the report


def report(version: Version) -> CommitteeReportContent:
    return report_of(MARCH, list(Organisation.objects.all()), version)


@pytest.fixture
def written() -> CommitteeReport:
    """A report with a marked paragraph in every text, and with a marked improvement."""
    texts = {name: f"Public {name}.\n\n{SECRET}" for name in CommitteeReport.NARRATIVE}
    made = committee_report(**texts)  # type: ignore[arg-type]
    for text in (f"{mark(7)} The bid was low.", "Custody is quicker."):
        Improvement.objects.create(report=made, organisation=organisation(), text=text)
    return made


@pytest.mark.django_db
@pytest.mark.usefixtures("written")
def test_the_public_version_has_no_word_of_it_and_counts_it_with_its_ground() -> None:
    content = report(Version.PUBLIC)
    assert "The bid was low" not in repr(content)
    html = html_of(content)
    assert "The bid was low" not in html
    assert all(f"Public {name}." in html for name in CommitteeReport.NARRATIVE)
    assert "Custody is quicker." in html
    assert "6 paragraphs are not for publication and left out of this version" in html
    assert "paragraph 3 of Schedule 12A to the Local Government Act 1972 (the financial" in html
    assert "paragraph 7 of Schedule 12A" in html


@pytest.mark.django_db
@pytest.mark.usefixtures("written")
def test_the_full_version_prints_the_mark_and_says_what_it_holds() -> None:
    content = report(Version.FULL)
    html = html_of(content)
    assert html.count('<span class="exempt-mark">Not for publication, paragraph 3</span>') == 5
    assert html.count("The bid was low.") == 6
    assert content.classification == "Not public: holds 6 paragraphs not for publication"
    assert content.left_out == ""


@pytest.mark.django_db
def test_an_abbreviation_of_a_hidden_paragraph_is_not_in_the_glossary() -> None:
    GlossaryTerm.objects.create(abbreviation="XYZ", meaning="A firm that bids.")
    committee_report(opening_statement=f"{mark(3)} XYZ bid low.")
    assert "XYZ" in dict(report(Version.FULL).glossary)
    assert "XYZ" not in dict(report(Version.PUBLIC).glossary)
