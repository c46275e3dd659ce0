"""What a font cannot draw and a line cannot hold, made fit for paper."""

import re
from collections.abc import Iterable
from unicodedata import category

# Private and unassigned points, and line separators, which no font of ours has.
UNDRAWABLE = {"Co", "Cn", "Zl", "Zp"}
TAG = re.compile(r"(<[^>]*>)")
# In text that is escaped, so that no run can begin or end inside a character reference.
LONG_WORD = re.compile(r"[^\s&;]{40,}")
LETTERS_TOGETHER = re.compile(r".{10}")
# The indents of our templates before a block, which nobody sees and the parser reads.
INDENTS = re.compile(
    r"(?<=>)\s*\n\s*(?=</?(?:caption|div|h[1-5]|li|p|section|t(?:able|body|d|h|head|r)|ul)\b)"
)


def fit_for_paper(html: str) -> str:
    """Replace what no font can draw, and let words break that are longer than any line.

    A glyph that is not there makes the PDF invalid. A word of thousands of letters is measured
    anew for every line that it fills, which takes minutes; a place to break makes it quick.
    Indents are taken away.
    """
    strange = {each for each in set(html) if category(each) in UNDRAWABLE}
    parts = TAG.split(without(INDENTS.sub("", html), strange))
    parts[::2] = [LONG_WORD.sub(breakable, text) for text in parts[::2]]
    return "".join(parts)


def without(html: str, letters: Iterable[str]) -> str:
    """Put the sign for a letter that cannot be shown in the place of each of these."""
    return html.translate({ord(each): "\ufffd" for each in letters})


def breakable(word: re.Match[str]) -> str:
    """Put a place to break, which nobody sees, after every ten letters."""
    return LETTERS_TOGETHER.sub("\\g<0>\u200b", word[0])
