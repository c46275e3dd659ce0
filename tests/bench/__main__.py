"""Measures the speed on SQLite and PostgreSQL, and says which demands hold; see `make bench`."""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.databases import Engine, engines, environment
from tests.bench.demands import (
    OF_ERRANDS,
    Answer,
    Load,
    Page,
    judged_errand,
    judged_live,
    judged_loads,
    judged_pages,
)
from tests.bench.tables import say, say_loads, say_pages

# How many processes serve the live gauges: PostgreSQL has to tell every one of them.
WORKERS = {"SQLite": 1, "PostgreSQL": 2}


def main() -> int:
    """Return the exit status: 1 where a demand does not hold."""
    arguments = argparse.ArgumentParser(prog="make bench", description=__doc__)
    arguments.add_argument("--size", type=int, default=1_000_000, help="incidents in all")
    arguments.add_argument(
        "--rounds", type=int, default=30, help="answers of which the median counts"
    )
    alone = arguments.add_mutually_exclusive_group()
    alone.add_argument("--live", action="store_true", help="measure the live gauges alone")
    alone.add_argument("--browser", action="store_true", help="measure pages in a browser alone")
    given = arguments.parse_args()
    say("Times are medians of pages asked in turn; read them as ratios.")
    answers: list[Answer] = []
    with TemporaryDirectory(prefix="servicedesk-bench-") as folder, engines(Path(folder)) as found:
        for engine in [] if given.browser else found:
            say(f"\n{engine.name}, {given.size:,} incidents")
            if not given.live:
                answers += judged(engine, Path(folder), given.size, given.rounds)
            answers += told(measured_live(engine, Path(folder)))
            engine.drop_all()
        if not given.live:
            answers += told(judged_in_browser(found[-1], Path(folder)))
        if len(found) == 1:
            say("\nPostgreSQL: not measured, since no server answers at 127.0.0.1:5432.")
    return 0 if all(answer.holds for answer in answers) else 1


def judged(engine: Engine, folder: Path, size: int, rounds: int) -> list[Answer]:
    """Measure one engine, print what was found, and return which demands hold."""
    pages = measured_pages(engine, folder, size, rounds)
    say_pages(pages)
    answers = told([*judged_pages(pages, size), *measured_errands(engine, folder)])
    engine.drop_all()
    return answers


def told(answers: Iterable[Answer]) -> list[Answer]:
    found = list(answers)
    for answer in found:
        say(f"{'holds' if answer.holds else 'FAILS'}  {answer.demand}: {answer.found}")
    return found


def measured_live(engine: Engine, folder: Path) -> Iterator[Answer]:
    address = engine.create("live")
    workers = WORKERS[engine.name]
    (found,) = lines_of(["measure_live", address, str(workers)], folder, address)
    yield from judged_live(found, workers)


def judged_in_browser(engine: Engine, folder: Path) -> Iterator[Answer]:
    """Measure pages in a browser, which asks little of the database: on one engine alone."""
    say(f"\nA browser on a processor four times slower, from an empty cache; {engine.name}")
    address = engine.create("browser")
    settings = "tests.bench.compressed"
    loads: list[Load] = lines_of(["measure_browser", address], folder, address, settings)
    say_loads(loads)
    return judged_loads(loads)


def measured_pages(engine: Engine, folder: Path, size: int, rounds: int) -> dict[str, Page]:
    small, large = engine.create("small"), engine.create("large")
    arguments = ["--size", str(size), "--rounds", str(rounds), "--small", small]
    found: Iterable[Page] = lines_of(["measure_pages", *arguments], folder, large)
    return {page["name"]: page for page in found}


def measured_errands(engine: Engine, folder: Path) -> Iterator[Answer]:
    for number, name in enumerate(OF_ERRANDS):
        (errand,) = lines_of(["measure_errand", name], folder, engine.create(f"errand_{number}"))
        yield judged_errand(errand)


def lines_of(
    command: list[str], folder: Path, address: str, settings: str = "tests.bench.settings"
) -> list[Any]:
    """Run a command as a process of its own, and return the lines of JSON that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "django", *command],
        env=environment(folder, address) | {"DJANGO_SETTINGS_MODULE": settings},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


if __name__ == "__main__":
    sys.exit(main())
