"""The ugliest texts that forms accept: markup, formulas, every script, words without an end."""

import sys
import unicodedata
from functools import cache


@cache
def every_script() -> str:
    """A letter of every script with a mark of that script on it, where it has marks."""
    letters: dict[str, str] = {}
    marks: dict[str, str] = {}
    for character in map(chr, range(sys.maxunicode + 1)):
        kind, name = unicodedata.category(character), unicodedata.name(character, "")
        if name and kind in ("Lo", "Ll", "Mn", "Mc"):
            (letters if kind[0] == "L" else marks).setdefault(name.split()[0], character)
    return " ".join(letter + marks.get(script, "") for script, letter in letters.items())


MARKUP = "\n".join(
    (
        "<script>alert(1)</script><img src=file:///etc/passwd>",
        "{{ report }} {% include 'x' %} &amp; &#0; ]]> <!-- ",
        "<link rel=stylesheet href=http://127.0.0.1:9/x.css>@import url(http://127.0.0.1:9/)",
    )
)
MARKDOWN = "\n".join(
    ("# No heading", "* **bold", "1. [x](javascript:alert(1))", "![y](file:///etc/passwd)", "```")
)
FORMULAS = "\n".join(('=HYPERLINK("http://127.0.0.1:9/"&A1)', "+1+1", "-1", "@SUM(A1)", "|cmd"))
LETTERS = "\n".join(
    (
        "\U0001f600 \U0001f469\U0001f3fd\u200d\U0001f692",  # emoji, one made of three
        "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd \u202e",  # from right to left
        "\u05e9\u05b8\u05c1 \u0e19\u0e49\u0e33",  # letters with marks of their own glyphs
        "\u6570\u636e \ud55c\uad6d\uc5b4 \u0939\u093f \u0e44\u0e17\u0e22 \u16a0 \U0001d518",
        "\u2028 \u00ad \u200b \ufeff \ue000 \U0001fae8 \u0378 Z\u0351\u036b\u0313",
        "lines\r\n\r\nwith\ttabs",
    )
)
HOSTILE = {
    "markup": MARKUP,
    "Markdown": MARKDOWN,
    "formulas": FORMULAS,
    "letters": LETTERS,
    "every script": every_script(),
    "a word of 10,000 letters": "w" * 10_000,
    "10,000 characters": "ten thousand characters " * 417,
}
