"""What was measured, as tables for whoever waits for it."""

import sys
from collections.abc import Iterable

from tests.bench.demands import Load, Page

OF_PAGES = ("queries", "ms wall", "ms processor", "× bare page", "× its time with 10,000")
OF_LOADS = (
    *("ms painted", "content", "gauge", "blocked", "shifted", "requests"),
    *("KB page", "styles", "scripts", "others", "again", "own scripts", "Plotly"),
)


def say_pages(pages: dict[str, Page]) -> None:
    bare = pages["bare page"]
    say_rows(OF_PAGES, [(page["name"], *cells_of_page(page, bare)) for page in pages.values()])


def cells_of_page(page: Page, bare: Page) -> tuple[str, ...]:
    return (
        f"{page['queries']}",
        f"{page['wall']:.1f}",
        f"{page['processor']:.1f}",
        f"{page['processor'] / bare['processor']:.1f}",
        f"{page['wall'] / page['small_wall']:.2f}",
    )


def say_loads(loads: list[Load]) -> None:
    """Bytes are as they were sent, but for our own scripts, which stand as they are run."""
    say_rows(OF_LOADS, [(load["name"], *cells_of_load(load)) for load in loads])


def cells_of_load(load: Load) -> tuple[str, ...]:
    gauge = load["first_gauge"]
    return (
        f"{load['first_paint']:.0f}",
        f"{load['first_content']:.0f}",
        "–" if gauge is None else f"{gauge:.0f}",
        f"{load['blocked']:.0f}",
        f"{load['shifted']:.3f}",
        f"{load['requests']}",
        *(f"{each / 1000:.0f}" for each in load["wire"].values()),
        f"{load['again'] / 1000:.0f}",
        f"{load['scripts'] / 1000:.0f}",
        f"{load['plotly'] / 1000:.0f}",
    )


def say_rows(headings: Iterable[str], rows: list[tuple[str, ...]]) -> None:
    for name, *cells in [("page", *headings), *rows]:
        padded = (
            f"{cell:>{len(heading) + 3}}" for cell, heading in zip(cells, headings, strict=True)
        )
        say("".join([f"{name:18}", *padded]))


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
