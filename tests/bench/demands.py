"""What is demanded of the speed, and which of it holds."""

from collections.abc import Iterator
from typing import NamedTuple, TypedDict


class Page(TypedDict):
    """What a page costs with a large record and with a small one: queries and milliseconds."""

    name: str
    queries: int
    queries_of_one: int | None
    wall: float
    processor: float
    small_wall: float


class Errand(TypedDict):
    """What a long task took."""

    name: str
    seconds: float
    processor: float
    megabytes: float


class Live(TypedDict):
    """How soon viewers heard of each save, in milliseconds, and what serving them takes.

    `half` and `most` (99 of 100) have one number for each save, from its answer on; `idle` is the
    processor time while nothing happens, in per cent of a core.
    """

    viewers: int
    half: list[float]
    most: list[float]
    idle: float
    megabytes: float


class Load(TypedDict):
    """What loading a page takes in a browser on a slow processor: milliseconds and bytes.

    `blocked` is how long tasks held the page up, beyond 50 ms each (total blocking time),
    `shifted` how far things moved while they were read (cumulative layout shift), `wire` what was
    sent by kind, `again` what was sent of files when the page was opened anew, `scripts` what our
    own scripts are before they are compressed, `plotly` what was sent of Plotly.
    """

    name: str
    first_paint: float
    first_content: float
    first_gauge: float | None
    blocked: float
    shifted: float
    requests: int
    wire: dict[str, int]
    again: int
    scripts: int
    plotly: int
    charts: int
    plotly_waits: bool


class Answer(NamedTuple):
    """A demand and whether it holds, with what was found."""

    demand: str
    found: str
    holds: bool


# Name: the most queries, the milliseconds of processor time, or else so many bare pages.
OF_PAGES = {
    "month": (15, 20, 6),
    "list, filtered": (8, 35, 10),
    "log an incident": (None, 15, 4),
    "published PDF": (None, 20, 6),
}
HISTORY_RATIO = 1.5
# Name: what it is, seconds, megabytes.
OF_ERRANDS = {
    "import": ("import of 100,000 rows", 60, 500),
    "due-times": ("due times of 100,000 incidents after a change of targets", 120, 200),
    "pdf": ("PDF of March 2019, warm", 1, 150),
    "large-pdf": ("PDF of 1,000 reported incidents", 30, None),
}
# Milliseconds until half of the viewers and 99 of 100 have heard of a save, per cent of a core
# while nothing happens, megabytes of all processes together.
HALF, MOST, AT_REST, ROOM = 250, 1_000, 2, 300
# Milliseconds until the first gauge is on the screen, how far things may move meanwhile, bytes of
# our own scripts before they are compressed, and of Plotly as it is sent.
VISIBLE, SHIFTED, SCRIPTS, PLOTLY = 1_000, 0.1, 120_000, 1_200_000


def judged_pages(pages: dict[str, Page], size: int) -> Iterator[Answer]:
    bare = pages["bare page"]["processor"]
    for name, (most_queries, milliseconds, times) in OF_PAGES.items():
        page = pages[name]
        if most_queries is not None:
            yield Answer(
                f"{name}: at most {most_queries} queries, the same for 1 incident and 5,000",
                f"{page['queries_of_one']} and {page['queries']}",
                page["queries_of_one"] == page["queries"] <= most_queries,
            )
        ratio = page["processor"] / bare
        yield Answer(
            f"{name}: at most {milliseconds} ms of processor time, or {times} bare pages",
            f"{page['processor']:.1f} ms, {ratio:.1f} bare pages",
            page["processor"] <= milliseconds or ratio <= times,
        )
    growth = pages["month"]["wall"] / pages["month"]["small_wall"]
    yield Answer(
        f"month: with {size:,} incidents at most {HISTORY_RATIO} × its time with 10,000",
        f"{growth:.2f} ×",
        growth <= HISTORY_RATIO,
    )


def judged_errand(errand: Errand) -> Answer:
    what, seconds, megabytes = OF_ERRANDS[errand["name"]]
    room = "" if megabytes is None else f" and {megabytes} MB"
    return Answer(
        f"{what}: less than {seconds} s{room}",
        f"{errand['seconds']:.2f} s, of which {errand['processor']:.2f} s of processor time; "
        f"{errand['megabytes']:.0f} MB",
        errand["seconds"] < seconds and (megabytes is None or errand["megabytes"] < megabytes),
    )


def judged_live(live: Live, workers: int) -> Iterator[Answer]:
    who = f"live, {live['viewers']:,} viewers, {workers} process{'es' if workers > 1 else ''}"
    saves = len(live["half"])
    for share, limit, found in (("half", HALF, live["half"]), ("99 %", MOST, live["most"])):
        yield Answer(
            f"{who}: {share} hear of a save within {limit} ms, {saves} times in a row",
            ", ".join(f"{each:.0f}" for each in found) + " ms",
            max(found) <= limit,
        )
    yield Answer(
        f"{who}: less than {AT_REST} % of a core while nothing happens",
        f"{live['idle']:.2f} %",
        live["idle"] < AT_REST,
    )
    yield Answer(
        f"{who}: less than {ROOM} MB", f"{live['megabytes']:.0f} MB", live["megabytes"] < ROOM
    )


def judged_loads(loads: list[Load]) -> Iterator[Answer]:
    bare = loads[0]["first_content"]
    for load in loads:
        if (visible := load["first_gauge"]) is not None:
            yield Answer(
                f"{load['name']}: the first gauge is visible within {VISIBLE:,} ms",
                f"{visible:.0f} ms, {visible / bare:.1f} bare pages",
                visible <= VISIBLE,
            )
    shifted = max(load["shifted"] for load in loads)
    yield Answer(
        f"every page: things move by at most {SHIFTED}", f"{shifted:.3f}", shifted <= SHIFTED
    )
    scripts = max(load["scripts"] for load in loads)
    yield Answer(
        f"every page: less than {SCRIPTS // 1000} KB of scripts other than Plotly, uncompressed",
        f"{scripts / 1000:.0f} KB",
        scripts < SCRIPTS,
    )
    again = max(load["again"] for load in loads)
    yield Answer("every page: opened anew it asks for no file", f"{again} bytes", again == 0)
    yield from judged_plotly(loads)


def judged_plotly(loads: list[Load]) -> Iterator[Answer]:
    heaviest = max(load["plotly"] for load in loads)
    yield Answer(
        f"Plotly: at most {PLOTLY / 1_000_000} MB on the wire",
        f"{heaviest / 1_000_000:.2f} MB",
        heaviest <= PLOTLY,
    )
    having = [load for load in loads if load["plotly"]]
    names = ", ".join(load["name"] for load in having)
    yield Answer("Plotly: only where a chart is", names, all(load["charts"] for load in having))
    late = [load["name"] for load in having if not load["plotly_waits"]]
    yield Answer(
        "Plotly: asked for after the first gauge is visible",
        f"not on {', '.join(late)}" if late else "on every page",
        not late,
    )
