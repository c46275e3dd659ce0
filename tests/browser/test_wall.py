"""The wall in a real browser: it fits, it turns, it is signed out, and it takes no more memory."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from incidents.screens import revoke
from tests.browser.chromium import Browser
from tests.builders import (
    CORPORATION,
    POLICE,
    director,
    incident,
    organisation,
    screen_and_token,
)
from tests.sample import lay_sample_months

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SCREENS = {"1080p": (1920, 1080), "4K": (3840, 2160)}
# What is cut off, and the smallest letters, as a share of the height of the screen.
CUT_OFF = """
const boxes = ".wall-page, .wall-gauge, .wall-top > *, .wall-organisation";
const isCutOff = (box) =>
  box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;
return [document.documentElement, ...document.querySelectorAll(boxes)]
  .filter(isCutOff)
  .map((box) => box.className);
"""
SMALLEST = """
const words = document.querySelectorAll(".wall :is(h1, h2, h3, li, p, span)");
const isSeen = (each) =>
  each.checkVisibility() && each.textContent.trim() && !each.closest(".visually-hidden");
const sizes = [...words].filter(isSeen).map((each) => parseFloat(getComputedStyle(each).fontSize));
return Math.min(...sizes) / innerHeight;
"""
# What turns the pages is called by the test; one who looks now and then may always miss a page.
TURNED_BY_HAND = """
const real = setInterval;
window.setInterval = (call, time) => time === 15000 ? window.turnPage = call : real(call, time);
"""
# Both states in full, and each with one gauge alone, as the stream sends them.
LIVE_THROUGH = """
const [states, events, done] = arguments;
const stamp = document.querySelector("[data-live-stamp]");
const line = new BroadcastChannel("/wall/live/");
const gauge = (html) => {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const { dataset, outerHTML } = parsed.querySelector(".wall-row .wall-gauge");
  return { [dataset.live]: outerHTML };
};
const small = states.map(({ parts }) => gauge(parts.wall));
for (let each = 0; each < events; each += 1) {
  const state = states[each % 2];
  const parts = each % 20 ? small[each % 2] : state.parts;
  line.postMessage({ figures: { ...state, parts, since: null, id: `${events}-${each}` } });
  line.postMessage({ clock: "12:00:00" });
}
line.postMessage({ clock: `${events} done` });
const wait = setInterval(() => {
  if (!stamp.textContent.endsWith(`${events} done`)) return;
  clearInterval(wait);
  line.close();
  done();
}, 50);
"""
AN_HOUR, A_DAY = 120, 24 * 120  # events, one in thirty seconds
NOISE = 50_000  # bytes, by which measuring itself differs: a score for each event


@pytest.fixture
def browser_of_director(sign_in: Callable[[User], Browser]) -> Browser:
    lay_sample_months()
    for name in (CORPORATION, POLICE):
        incident(organisation=name, opened_at=timezone.now(), takes=1000)
    return sign_in(director())


@pytest.fixture
def on_a_wall(browser: Browser) -> Iterator[Browser]:
    show(browser, "1080p")
    yield browser
    browser.resize("desk")


def show(browser: Browser, screen: str) -> None:
    width, height = SCREENS[screen]
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def measured(browser: Browser) -> dict[str, float]:
    """Return the nodes, the listeners and the memory of the page's script, garbage apart."""
    ask = browser.driver.execute_cdp_cmd
    ask("Performance.enable", {})
    for _ in range(3):
        ask("HeapProfiler.collectGarbage", {})
    return {each["name"]: each["value"] for each in ask("Performance.getMetrics", {})["metrics"]}


def states(browser: Browser) -> list[object]:
    """Return two states of the wall, with an incident between them."""
    asked = (
        "const done = arguments[0]; fetch('/wall/state/').then((each) => each.json()).then(done)"
    )
    before = browser.driver.execute_async_script(asked)
    incident(organisation=POLICE, opened_at=timezone.now(), takes=1000)
    return [before, browser.driver.execute_async_script(asked)]


@pytest.mark.once
def test_two_organisations_fit_on_a_screen_in_large_letters(
    browser_of_director: Browser, on_a_wall: Browser
) -> None:
    for screen, colours in product(SCREENS, ("light", "dark")):
        show(on_a_wall, screen)
        on_a_wall.prefer(colours)
        on_a_wall.open("/wall/")
        assert on_a_wall.driver.execute_script(CUT_OFF) == [], screen
        assert on_a_wall.driver.execute_script(SMALLEST) > 0.023, screen
        assert on_a_wall.access_faults() == [], (screen, colours)


def test_pages_turn_by_themselves_where_there_are_many(
    browser_of_director: Browser, on_a_wall: Browser
) -> None:
    for name in ("Barbican Centre", "Bridge House", "Guildhall School"):
        organisation(name).members.add(User.objects.get(username="director"))
    by_hand = on_a_wall.driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": TURNED_BY_HAND}
    )
    on_a_wall.open("/wall/")
    on_a_wall.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", by_hand)
    on_a_wall.wait(lambda: on_a_wall.driver.execute_script("return Boolean(window.turnPage)"))
    for page in ("1 of 3", "2 of 3", "3 of 3", "1 of 3"):
        assert on_a_wall.text(".wall-page:not([hidden]) .wall-turn") == page
        assert on_a_wall.driver.execute_script(CUT_OFF) == []
        on_a_wall.driver.execute_script("turnPage()")


def test_a_screen_that_is_signed_out_says_so_by_itself(on_a_wall: Browser) -> None:
    made, token = screen_and_token()
    on_a_wall.open(f"/wall/enter/{token}/")
    assert on_a_wall.path == "/wall/"
    revoke(made)
    on_a_wall.driver.execute_script("dispatchEvent(new Event('pageshow'))")  # It asks at once.
    on_a_wall.wait(lambda: "This screen was signed out" in on_a_wall.text())
    assert "wall-gauge" not in on_a_wall.driver.page_source
    on_a_wall.complaints()  # The console names every answer that is an error.


@pytest.mark.once
def test_after_a_day_it_takes_no_more_memory_than_after_an_hour(
    browser_of_director: Browser, on_a_wall: Browser
) -> None:
    on_a_wall.open("/wall/")
    both = states(on_a_wall)
    # The browser compiles what runs often, once: that is no memory which the page takes.
    on_a_wall.driver.execute_async_script(LIVE_THROUGH, both, A_DAY)
    on_a_wall.driver.execute_async_script(LIVE_THROUGH, both, AN_HOUR)
    hour = measured(on_a_wall)
    on_a_wall.driver.execute_async_script(LIVE_THROUGH, both, A_DAY - AN_HOUR)
    day = measured(on_a_wall)
    assert day["Nodes"] <= hour["Nodes"]
    assert day["JSEventListeners"] <= hour["JSEventListeners"]
    assert day["JSHeapUsedSize"] <= hour["JSHeapUsedSize"] + NOISE
