"""Colours have one home, static/tokens.css, whoever draws with them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.tokens import ON_PAPER, SHEET
from reports.verdicts import Verdict

ROOT = Path(__file__).parents[2]
COLOUR = re.compile(r"(?<!&)#[0-9a-f]{3}(?:[0-9a-f]{3})?\b", re.IGNORECASE)
USED = re.compile(r"var\(--([\w-]+)|colour\(\"--([\w-]+)\"\)")
DEFINED = re.compile(r"--([\w-]+):")
NOT_OURS = {"plotly.css"}  # the rules that Plotly would write into the page
PLACES = ("static/*.css", "static/*.js", "reports/**/*.py", "templates/**/*.html")


def files() -> Iterator[Path]:
    for place in PLACES:
        yield from (each for each in ROOT.glob(place) if each.name not in NOT_OURS)


def test_no_colour_is_written_anywhere_else() -> None:
    found = {
        str(each.relative_to(ROOT)): colours
        for each in files()
        if each != SHEET and (colours := COLOUR.findall(each.read_text()))
    }
    assert found == {}


def test_every_token_that_is_used_exists() -> None:
    texts = {each: each.read_text() for each in files()}
    defined = {name for text in texts.values() for name in DEFINED.findall(text)}
    used = {first or second for text in texts.values() for first, second in USED.findall(text)}
    assert {"ink", "met", "link"} <= used
    assert {name for name in used if not name.startswith("bs-")} <= defined


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_has_the_colour_of_light_paper(verdict: Verdict) -> None:
    assert COLOUR.fullmatch(verdict.colour)
    assert verdict.colour == ON_PAPER[verdict.token]
