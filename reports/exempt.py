"""What an author keeps from the public: paragraphs marked with the ground that they rest on.

A mark stands at the very beginning of a paragraph, `[not for publication, paragraph 3]`, and holds
until the next empty line; at the beginning of an improvement it holds for the whole of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from incidents.exempt import GROUNDS, SCHEDULE

MARK = re.compile(r"\[\s*not\s+for\s+publication,?\s+paragraph\s+(\d{1,9})\s*\]\s?", re.I)
# What was meant as a mark: the words in brackets, or before all others on their line.
WORDS = r"not[\W_]{1,3}for[\W_]{1,3}publication"
MEANT = re.compile(
    rf"[\[({{<]\W{{0,3}}{WORDS}|^(?:[^\w\n]|_)*(?:\d+[.)][ \t]+)?{WORDS}", re.I | re.M
)
EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")
MISPLACED = (
    "A paragraph that is not for publication begins with its mark, before anything else: "
    "[not for publication, paragraph 3]."
)


Grounds = tuple[int | None, ...]
"""The ground of each paragraph that is left out; None where none is to be read."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a text, with the ground of its mark."""

    text: str
    is_marked: bool
    ground: int | None


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text, however its lines are broken."""
    for each in EMPTY_LINES.split(text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")):
        mark = MARK.match(each.lstrip())
        ground = int(mark[1]) if mark else None
        yield Paragraph(each, MEANT.search(each) is not None, ground if ground in GROUNDS else None)


def public(text: str) -> tuple[str, Grounds]:
    """Return a text without its marked paragraphs, and the ground of each that is gone.

    A paragraph that only looks marked goes too: it must not get out by a slip of the hand.
    """
    kept = [each for each in paragraphs(text) if not each.is_marked]
    gone = [each.ground for each in paragraphs(text) if each.is_marked]
    return ("\n\n".join(each.text for each in kept) if gone else text), tuple(gone)


def public_lines(lines: Sequence[str]) -> tuple[tuple[str, ...], Grounds]:
    """Do the same for improvements: one that begins with a mark goes as a whole."""
    kept: list[str] = []
    gone: list[int | None] = []
    for line in lines:
        first = next(paragraphs(line))
        text, grounds = ("", (first.ground,)) if first.is_marked else public(line)
        gone += grounds
        if text.strip() or not grounds:
            kept.append(text)
    return tuple(kept), tuple(gone)


def without_marks(text: str) -> str:
    return MARK.sub("", text)


def well_marked(text: str) -> None:
    """Refuse a mark in a wrong place or without a ground that is one. Raises ValidationError."""
    for each in paragraphs(text):
        mark = MARK.match(each.text.lstrip())
        rest = each.text.lstrip()[mark.end() :] if mark else each.text
        if MEANT.search(rest):
            raise ValidationError(MISPLACED, code="mark")
        if mark and each.ground is None:
            raise ValidationError(
                "%(schedule)s has paragraphs 1 to %(last)d, and no paragraph %(found)s.",
                code="mark",
                params={"schedule": SCHEDULE, "last": max(GROUNDS), "found": mark[1]},
            )


def mark(ground: int) -> str:
    return f"[not for publication, paragraph {ground}]"
