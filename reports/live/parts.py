"""The parts of a drawn page, and which of them differ: what a page needs to change in place.

An element with data-live="KEY" is a part. Templates alone say what the parts are.
"""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import accumulate
from typing import NamedTuple


class Piece(NamedTuple):
    """Where one part stands in the text of a page."""

    key: str
    start: int
    end: int


class Parts(HTMLParser):
    """Finds the outermost parts of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Piece] = []
        self.lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self.tag = self.key = ""
        self.start = self.depth = 0
        self.feed(html)

    @property
    def place(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth:
            self.depth += tag == self.tag
        elif key := dict(attrs).get("data-live"):
            self.tag, self.key, self.start, self.depth = tag, key, self.place, 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that ends where it begins has nothing in it."""

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag == self.tag:
            self.depth -= 1
            if not self.depth:
                self.found.append(Piece(self.key, self.start, self.place + len(f"</{tag}>")))


def split(html: str) -> tuple[str, dict[str, str]]:
    """Return what stands around the parts of some HTML, and each part by its key."""
    around, last, parts = [], 0, {}
    for key, start, end in Parts(html).found:
        around.append(f"{html[last:start]}<{key}>")
        parts[key], last = html[start:end], end
    return "".join([*around, html[last:]]), parts


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Return the parts that are new or other than before, each as small as it can be.

    Where nothing changed around the parts of a part, those of them that changed stand for it.
    """
    return dict(differences(before, after))


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, html in after.items():
        if before.get(key) == html:
            continue
        around, parts = split(html)
        around_before, parts_before = split(before.get(key, ""))
        if parts and around == around_before:
            yield from ((name, part) for name, part in parts.items() if parts_before[name] != part)
        else:
            yield key, html
