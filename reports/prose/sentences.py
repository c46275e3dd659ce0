"""A text as sentences: what stands in each, and whether it is about the month at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from incidents.month import NAMES
from reports import exempt
from reports.figures import MonthlyFigures
from reports.prose.claims import A_COUNT

LINKS = re.compile(r"\[([^\[\]]*)\]\([^\s()]*\)")
EMPHASIS = re.compile(r"\*\*|__")
PARAGRAPHS = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])")
BULLET = re.compile(r"\s*(?:[-*+]|\d+[.)])[ \t]+")
ENDS = re.compile(r"(?<=[.!?;])\s+")
LOOKS_BACK = 500  # characters
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Another time than the month, or one that never was.
OTHER_TIMES = re.compile(
    r"\b(?:last|past|previous|prior|earlier|next|coming|before|ago|since|averag\w+|usual\w*"
    r"|typical\w*|normal\w*|year\w*|annual\w*|quarter\w*|week\w*|days?|daily|night\w*|today"
    r"|yesterday|hours?|months)\b",
    re.IGNORECASE,
)
THAN_USUAL = re.compile(r"\b(?:higher|lower|more|fewer|less) than usual\b", re.IGNORECASE)
UNREAL = re.compile(
    r"\b(?:if|until|unless|would|could|should|might|will|expect\w*|forecast\w*|predict\w*|aim\w*"
    r"|hop(?:e|ed|ing)|each|every|per)\b(?! ?cent)",
    re.IGNORECASE,
)
# Neither more nor less than it says is only a number that stands alone.
HEDGED = re.compile(
    rf"\b(?:about|around|roughly|nearly|almost|approximately|some|over|under|above|below|up to"
    rf"|more than|fewer than|less than|at least|at most) {A_COUNT}",
    re.IGNORECASE,
)
OR_SO = re.compile(
    rf"{A_COUNT}(?: ?%| per ?cent)? (?:or|to) (?:so|more|fewer|less|{A_COUNT})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `before` is what its paragraph says before it, `opens` that nothing does.

    An item of a list opens nothing: what it is about stands above the list.
    """

    text: str
    before: str = ""
    opens: bool = False


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of an author's text, without its marks, its bold and its links."""
    plain = EMPHASIS.sub("", LINKS.sub(r"\1", exempt.without_marks(text.replace("\r\n", "\n"))))
    for paragraph in PARAGRAPHS.split(plain):
        in_list = BULLET.match(paragraph)
        words = paragraph[in_list.end() :] if in_list else paragraph
        before = ""
        for each in ENDS.split(" ".join(words.split())):
            yield Sentence(each, before, opens=not before and not in_list)
            before = f"{before} {each}".strip()[-LOOKS_BACK:]


def is_exact(sentence: str, figures: MonthlyFigures) -> bool:
    """Tell whether a sentence says what was, exactly, and in this year."""
    years = {int(each) for each in YEAR.findall(sentence)} - {figures.month.year}
    return not (years or any(each.search(sentence) for each in (UNREAL, HEDGED, OR_SO)))


def is_of_the_month(sentence: str, figures: MonthlyFigures) -> bool:
    """Tell whether a sentence names no other time than the month."""
    here = NAMES[figures.month.number - 1]
    others = (name for name in NAMES if name != here and re.search(rf"\b{name}\b", sentence))
    return not (any(others) or OTHER_TIMES.search(THAN_USUAL.sub("", sentence)))
