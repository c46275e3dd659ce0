"""The check of a whole text: which of its numbers the figures contradict."""

import re
from collections.abc import Iterable, Iterator

from incidents.month import NAMES
from reports.figures import MonthlyFigures
from reports.prose.claims import Claim
from reports.prose.readers import NPS, READERS

SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
EMPHASIS = re.compile(r"\*\*|__")
OTHER_TIMES = re.compile(
    r"\b(?:last|previous|earlier|next|averag\w+|years?|yearly|twelve months)\b",
    re.IGNORECASE,
)


def contradictions(texts: Iterable[str], figures: MonthlyFigures) -> tuple[Claim, ...]:
    """Return every claim of some texts that the figures contradict, each once, in order."""
    claims = (claim for text in texts for claim in claims_of(text, figures))
    return tuple(dict.fromkeys(claim for claim in claims if not claim.holds))


def claims_of(text: str, figures: MonthlyFigures) -> Iterator[Claim]:
    """Yield every number of a text that is about something counted."""
    for sentence in SENTENCE.split(EMPHASIS.sub("", text)):
        sentence = " ".join(sentence.split())
        if not names_another_time(sentence, figures):
            for reader in READERS:
                yield from reader(sentence, figures)


def names_another_time(sentence: str, figures: MonthlyFigures) -> bool:
    """Tell whether a sentence is about another month, or about a longer time.

    The Net Promoter Score is an average of three months, which may be named.
    """
    if NPS.search(sentence):
        return False
    here = NAMES[figures.month.number - 1]
    others = (name for name in NAMES if name != here and re.search(rf"\b{name}\b", sentence))
    return any(others) or OTHER_TIMES.search(sentence) is not None
