"""What goes wrong between viewers and their figures: they are right again, all by themselves.

Within tests.serving.PATIENCE, which `wait` waits for: the time that viewers are promised.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from tests.browser.chromium import STAMP, Browser
from tests.browser.test_live import COUNT, NOTE_WHAT_IS_SAID, log
from tests.builders import director
from tests.network import network
from tests.postgresql import PostgreSQL, postgresql
from tests.servicedesk.test_live import address, cookie_of, count_said
from tests.serving import WITHOUT_STREAMS, Server, Viewer, served, wait

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SQLITE = connection.vendor == "sqlite"
NOT_RELOADED = "window.isTheSame = true;"
IS_GREY = """
return getComputedStyle(document.querySelector('[data-live="figures"]')).filter !== "none";
"""
# A page for which a second is as long as five.
IN_A_HURRY = """
const { setTimeout: later, setInterval: often } = window;
const { now } = Date;
const start = now();
window.setTimeout = (what, time) => later(what, time / 5);
window.setInterval = (what, time) => often(what, time / 5);
Date.now = () => start + (now() - start) * 5;
AbortSignal.timeout = (time) => {
  const end = new AbortController();
  setTimeout(() => end.abort(), time);
  return end.signal;
};
"""
ASKED = """
return performance.getEntriesByType("resource")
  .filter((each) => each.name.endsWith("/live/state/"))
  .map((each) => each.responseStatus)
  .filter((status) => status);  // It gives up waiting for a slow machine, and asks again.
"""
LONG = 120  # seconds in which even a slow machine has come so far

Visit = Callable[[User, int], Browser]
Told = Callable[[str], None]
"""Wait until both viewers tell how many P2 incidents there are."""


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[Server]:
    with served(address(), workers=2) as running:
        yield running


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostgreSQL]:
    """A database server of the test's own, which Django uses meanwhile."""
    with postgresql() as own:
        connection.close()
        for name, value in own.settings.items():
            monkeypatch.setitem(connection.settings_dict, name, value)
        call_command("migrate", verbosity=0)
        yield own
        connection.close()


@pytest.fixture
def watch(visit: Visit) -> Iterator[Callable[[Server], Told]]:
    """A program and a page that watch, neither of which is told to begin anew."""
    programs: list[Viewer] = []

    def watching(server: Server) -> Told:
        person = director()
        programs.append(program := Viewer(server.port, cookie_of(person)))
        wait(lambda: program.is_welcome, "being welcomed")
        page = visit(person, server.port)
        page.driver.execute_script(NOT_RELOADED)

        def told(count: str) -> None:
            wait(lambda: count_said(program) == count, "telling a program")
            wait(lambda: is_live_with(count, page), "telling a page")

        return told

    yield watching
    for program in programs:
        program.stop()


def is_live_with(count: str, page: Browser) -> bool:
    assert page.driver.execute_script("return window.isTheSame === true")
    return page.text(COUNT) == count and page.text(STAMP).startswith("live · ")


@pytest.mark.skipif(SQLITE, reason="has no server that could be restarted")
def test_a_database_that_is_restarted(
    database: PostgreSQL, watch: Callable[[Server], Told]
) -> None:
    with served(address(), workers=2) as server:
        told = watch(server)
        database.stop()
        wait(lambda: server.ask("/readyz")[0] == 503, "noticing")
        connection.close()
        database.start()
        log()
        told("1")


def test_workers_that_are_killed_one_after_another(
    server: Server, watch: Callable[[Server], Told]
) -> None:
    told = watch(server)
    for count, worker in enumerate(server.workers_at_work(), start=1):
        os.kill(worker, signal.SIGKILL)
        log()
        told(str(count))


def test_a_server_that_is_killed_alone_and_then_what_it_left(
    server: Server, watch: Callable[[Server], Told]
) -> None:
    told = watch(server)
    left = server.workers_at_work()
    server.signal(signal.SIGKILL, to_all=False)
    server.launch()
    log()
    told("1")
    for worker in left:
        with suppress(ProcessLookupError):  # it has seen by itself that it was left
            os.kill(worker, signal.SIGKILL)
    wait(server.is_up, "starting the server", LONG)
    log()
    told("2")


@pytest.mark.once
def test_a_network_that_is_cut(server: Server, visit: Visit) -> None:
    with network(server.port) as cable:
        page = visit(director(), cable.port)
        page.driver.execute_script(NOT_RELOADED + NOTE_WHAT_IS_SAID)
        cable.is_cut = True
        wait(lambda: page.text(STAMP).startswith("No news since "), "owning up", 40)
        silence = page.text(STAMP)
        assert page.driver.execute_script(IS_GREY)
        assert page.access_faults() == []
        log()
        log()
        cable.is_cut = False
        wait(lambda: is_live_with("2", page), "telling")
        assert not page.driver.execute_script(IS_GREY)
        assert page.driver.execute_script("return window.said") == [
            silence,
            "P1 and P2 incidents: 2, was 0. P2 incidents City of London Police: 2, was 0",
        ]


@pytest.fixture
def in_a_hurry(browser: Browser) -> Iterator[None]:
    ask = browser.driver.execute_cdp_cmd
    hurry = ask("Page.addScriptToEvaluateOnNewDocument", {"source": IN_A_HURRY})
    yield
    ask("Page.removeScriptToEvaluateOnNewDocument", hurry)


@pytest.mark.usefixtures("in_a_hurry")
def test_a_network_that_keeps_streams_back(server: Server, visit: Visit) -> None:
    with network(server.port, buffers=True) as cable:
        assert_it_asks_instead(visit(director(), cable.port))


@pytest.mark.usefixtures("in_a_hurry")
def test_a_server_that_does_not_stream(visit: Visit) -> None:
    with served(address(), how=WITHOUT_STREAMS) as server:
        assert_it_asks_instead(visit(director(), server.port))


def assert_it_asks_instead(page: Browser) -> None:
    """Every ten seconds a page that hears nothing asks, and is sent what it has not."""
    page.driver.execute_script(NOT_RELOADED)
    # In a hurry it also gives up five times as soon: a slow machine answers some of its questions.
    wait(lambda: len(asked(page)) >= 3, "asking", LONG)
    assert set(asked(page)) == {304}
    log()
    wait(lambda: is_live_with("1", page), "telling", LONG)
    wait(lambda: 200 in asked(page), "noting what was asked")
    # It may have asked once more since.
    assert asked(page).count(200) == 1


def asked(page: Browser) -> list[int]:
    """Return how the questions of a page were answered."""
    return list(page.driver.execute_script(ASKED))
