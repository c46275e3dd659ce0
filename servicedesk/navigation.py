"""Where one can go from every page, and where one is: the main navigation and the settings'."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse

from incidents.access import Viewer


class Entry(NamedTuple):
    """A page by the name of its address; below: how the addresses of its other pages begin.

    What lies below its own address belongs to it without being named. for_writers: shown to
    everybody who writes; of the settings, all others are for administrators.
    """

    page: str
    words: str
    below: tuple[str, ...] = ()
    for_writers: bool = False


class Place(NamedTuple):
    """An entry as a page shows it; current: "page" here, "true" on one that belongs to it."""

    address: str
    words: str
    current: str


MAIN = (
    Entry("dashboard", "Gauges"),
    Entry("incidents", "Incidents"),
    Entry("problems", "Problem records"),
    Entry("months", "Months"),
    Entry("archive", "Reports", below=("/editions/",)),
)
SETTINGS = (
    Entry("people", "People", below=("/accounts/people/",)),
    Entry("organisations", "Organisations"),
    Entry("services", "Services"),
    Entry("suppliers", "Suppliers"),
    Entry("priorities", "Priorities"),
    Entry("targets", "Targets", below=("/calendars/",)),
    Entry("score_targets", "Score targets"),
    Entry("accreditations", "Accreditations", for_writers=True),
    Entry("glossary_terms", "Glossary", for_writers=True),
    Entry("screens", "Screens"),
    Entry("two_factor_demands", "Two-factor"),
    Entry("admin:index", "Tables"),
)


def main_navigation(viewer: Viewer, path: str) -> Iterator[Place]:
    """Yield the sections of the site; settings are one, for administrators."""
    yield from (place(entry, path) for entry in MAIN)
    if viewer.administers:
        settings = settings_navigation(viewer, path)
        here = [each for each in settings if each.current]
        first = settings[0]
        belongs = first.current if here == [first] else "true" if here else ""
        yield Place(first.address, "Settings", belongs)


def settings_navigation(viewer: Viewer, path: str) -> list[Place]:
    """Return the pages of the settings that this person may open."""
    shown = (entry for entry in SETTINGS if viewer.administers or entry.for_writers)
    return [place(entry, path) for entry in shown]


def place(entry: Entry, path: str) -> Place:
    """Compare an entry with the path of the page that is shown."""
    address = reverse(entry.page)
    # Every address lies below that of the first page, and none belongs to it.
    heads = entry.below if address == "/" else (address, *entry.below)
    current = "page" if path == address else "true" if path.startswith(heads) else ""
    return Place(address, entry.words, current)
