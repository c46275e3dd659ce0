"""Texts and figures that nobody thought of: all are read, and the report never doubts itself."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reports import wording
from reports.figures import MonthlyFigures, OrganisationFigures
from reports.prose import contradictions
from tests.builders import CORPORATION, POLICE
from tests.reports.proofread import MARCH_2019, ORIGINAL, doubts, figures, organisation


@given(
    st.text(max_size=200) | st.lists(st.sampled_from(ORIGINAL.split()), max_size=40).map(" ".join)
)
def test_any_text_can_be_read(text: str) -> None:
    for claim in contradictions([text], MARCH_2019):
        assert claim.key
        assert "the records say" in str(claim)


def small(most: int = 25) -> st.SearchStrategy[int]:
    return st.integers(0, most)


@st.composite
def any_figures(draw: st.DrawFn) -> MonthlyFigures:
    def of_priority() -> tuple[int, ...]:
        total = draw(small())
        return (total, *(draw(small(total)) for _ in range(3)))

    def of(name: str) -> OrganisationFigures:
        return organisation(name, of_priority(), of_priority(), draw(small(200)), draw(small(1684)))

    names = draw(st.sampled_from([[CORPORATION], [CORPORATION, POLICE], ["A", "A & B", "C (D)"]]))
    scores = tuple(draw(st.lists(st.integers(-100, 100), min_size=3, max_size=3)))
    return figures(*map(of, names), scores=scores if draw(st.booleans()) else ())


def generated(about: MonthlyFigures) -> list[str]:
    """What the report itself says of some figures."""
    said = [wording.incidents_sentence(about), wording.nps_sentence(about.nps)]
    for each in about.organisations:
        said += [
            wording.satisfaction_sentence(each.satisfaction, each.name),
            wording.escalation_sentence(each.escalation, each.name),
            *(
                wording.priority_sentence(of.tally.total, of.name, each.name)
                for of in each.priorities
            ),
        ]
    for name in ("P1", "P2"):
        counts = [
            (each.name, of.tally.total)
            for each in about.organisations
            for of in each.priorities
            if of.name == name
        ]
        said.append(wording.counts_sentence(name, counts))
    return said


@given(any_figures())
def test_what_the_report_says_by_itself_is_never_doubted(about: MonthlyFigures) -> None:
    for sentence in generated(about):
        assert doubts(sentence, about) == []
    assert doubts("\n\n".join(generated(about)), about) == []
    assert doubts(" ".join(generated(about)), about) == []


@given(any_figures(), small(), small())
def test_a_wrong_count_is_always_pointed_out(about: MonthlyFigures, said: int, other: int) -> None:
    first = about.organisations[0]
    right = first.priorities[0].tally.total
    assume(said != right)
    (doubt,) = doubts(f"There were {said} P1 incidents for {first.name}.", about)
    assert f"says {said} P1 incident" in doubt
    assert f"the records say {right}." in doubt
    total = about.total.total
    assume(other not in (total, total + about.other_incidents))
    assert len(doubts(f"There was a total of {other} incidents in March.", about)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "9 of these were external. " * 400,
        "1% of users who " * 2000,
        "NPS of the " * 3000,
        "\n- a" * 5000,
    ],
    ids=["causes", "percent", "scores", "list"],
)
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    doubts(text)
