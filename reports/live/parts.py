"""The parts of a drawn page, and which of them differ: what a page needs to change in place.

An element with data-live="KEY" is a part. Templates alone say what the parts are.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

# In what our templates draw, no text and no attribute holds a bare < or >.
BEGINNING = re.compile(r'<(\w+)[^<>]*? data-live="([^"]+)"[^<>]*>')
# Enough for every page that is watched, before a change and after it.
KEPT = 100


@lru_cache(maxsize=KEPT)
def split(html: str) -> tuple[str, Mapping[str, str]]:
    """Return what stands around the outermost parts of some HTML, and each part by its key."""
    around, last, parts = [], 0, {}
    while begins := BEGINNING.search(html, last):
        end = end_of(begins[1], html, begins.end())
        around.append(f"{html[last : begins.start()]}<{begins[2]}>")
        parts[begins[2]], last = html[begins.start() : end], end
    return "".join([*around, html[last:]]), parts


def end_of(tag: str, html: str, start: int) -> int:
    """Return where the element ends whose content begins at a place."""
    depth = 1
    for each in re.compile(rf"<(/?){tag}\b[^<>]*>").finditer(html, start):
        depth += -1 if each[1] else 1
        if not depth:
            return each.end()
    return len(html)


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
