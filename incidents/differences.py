"""How two texts differ, word by word: what a person has to read of both. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

WORDS = re.compile(r"\S+|\s+")
KEPT = 12  # words and blanks that stay on each side of what differs
# Of longer texts, or of more pairs of the same word, nobody waits for an answer.
LONGEST = 4000  # words and blanks of both
MOST_PAIRS = 2500
CUT = " … "


class Piece(NamedTuple):
    """A stretch of a text, and whether the other text says something else there."""

    text: str
    differs: bool


Step = tuple[str, int, int, int, int]
Sides = tuple[list[Piece], list[Piece]]


def sides(before: str, after: str) -> Sides:
    """Return both texts in pieces; of what they share no more than some words beside the rest."""
    left, right = WORDS.findall(before), WORDS.findall(after)
    steps = steps_between(left, right)
    if shares_little(left, right, steps):
        return whole(before), whole(after)
    return (
        list(pieces(left, [(tag, start, end) for tag, start, end, _, _ in steps])),
        list(pieces(right, [(tag, start, end) for tag, _, _, start, end in steps])),
    )


def shares_little(left: list[str], right: list[str], steps: list[Step]) -> bool:
    """Tell whether less than half of the longer text is the other's: then it is another text."""
    equal = sum(end - start for tag, start, end, _, _ in steps if tag == "equal")
    return 2 * equal < max(len(left), len(right))


def whole(text: str) -> list[Piece]:
    return [Piece(text, True)] if text else []


def steps_between(left: list[str], right: list[str]) -> list[Step]:
    """Return what leads from one text to the other, as difflib does: a tag and the two spans.

    What lies between the first word that differs and the last is told apart where it is short.
    """
    start = shared(left, right)
    end = shared(left[start:][::-1], right[start:][::-1])
    ends = len(left) - end, len(right) - end
    middle = left[start : ends[0]], right[start : ends[1]]
    steps: list[Step] = [("equal", 0, start, 0, start)]
    if is_soon_compared(*middle):
        found = SequenceMatcher(str.isspace, *middle, autojunk=False).get_opcodes()
        steps += [(tag, *(start + place for place in places)) for tag, *places in found]  # type: ignore[misc]
    else:
        steps.append(("replace", start, ends[0], start, ends[1]))
    return [*steps, ("equal", ends[0], len(left), ends[1], len(right))]


def is_soon_compared(left: list[str], right: list[str]) -> bool:
    """Tell whether two texts are worth comparing: time is spent on each pair of the same word."""
    counts = Counter(word for word in right if not word.isspace())
    pairs = sum(counts[word] for word in left)
    return len(left) + len(right) <= LONGEST and pairs <= MOST_PAIRS


def shared(left: list[str], right: list[str]) -> int:
    """Return how many words two texts have in common at their beginning."""
    pairs = zip(left, right, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def pieces(words: list[str], steps: list[tuple[str, int, int]]) -> Iterator[Piece]:
    for place, (tag, start, end) in enumerate(steps):
        stretch = words[start:end]
        if tag == "equal":
            is_last = place == len(steps) - 1
            stretch = shortened(stretch, is_first=place == 0, is_last=is_last)
        if stretch:
            yield Piece("".join(stretch), tag != "equal")


def shortened(words: list[str], *, is_first: bool, is_last: bool) -> list[str]:
    """Cut what is shared down to the words beside what differs, before it and after it."""
    start = [] if is_first else words[:KEPT]
    end = [] if is_last else words[-KEPT:]
    return words if len(words) <= 2 * KEPT else [*start, CUT, *end]
