"""The gauges and charts as only a browser shows them: painted, in order, open to everybody."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from tests.bench.demands import SCRIPTS, SHIFTED
from tests.browser.chromium import Browser
from tests.builders import director
from tests.sample import lay_sample_months

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
GAUGE = "/months/2019-03/gauges/p2-resolved-city-of-london-corporation/"
PAGES = ("/", "/months/", "/months/2019-03/", GAUGE, "/months/2019-03/gauges/nps/")
CHARTS = "document.querySelectorAll('[data-chart]').length"
DRAWN = "document.querySelectorAll('[data-drawn]').length"
BAR_HAS_ITS_TOKEN = """
const [dial] = document.querySelector(".gauge-large [data-chart]").data;
const missed = getComputedStyle(document.documentElement).getPropertyValue("--missed");
return dial.gauge.bar.color === missed.trim();
"""
LIES_IN_ITS_FRAME = """
return [...document.querySelectorAll("[data-chart]")].every((frame) => {
  const outer = frame.getBoundingClientRect();
  const chart = frame.querySelector(".main-svg").getBoundingClientRect();
  return chart.height > 100 && chart.top >= outer.top - 1 && chart.bottom <= outer.bottom + 1;
});
"""
COUNTS_BESIDE_PANELS = """
const panels = [...document.querySelectorAll("[data-chart] .yaxislayer-above")];
return panels.map((panel) => [...panel.querySelectorAll("text")].map((each) => each.textContent));
"""
PAINTED_BEFORE_PLOTLY = """
const paint = performance.getEntriesByName("first-contentful-paint")[0];
const loaded = performance.getEntriesByType("resource");
const plotly = loaded.find(({name}) => name.includes("plotly.min"));
return paint.startTime < plotly.startTime;
"""
# The bytes of our own scripts, whether Plotly was loaded, what came from elsewhere, and by how much
# things moved while the page came; the observer is told at once of what was before it.
WEIGHED = """
const loaded = performance.getEntriesByType("resource");
const scripts = loaded.filter(({name}) => new URL(name).pathname.endsWith(".js"));
const plotly = scripts.filter(({name}) => name.includes("plotly.min"));
const observer = new PerformanceObserver(() => {});
observer.observe({type: "layout-shift", buffered: true});
const sum = (each) => each.reduce((all, one) => all + one, 0);
const bytes = (each) => sum(each.map(({decodedBodySize}) => decodedBodySize));
return {
  scripts: bytes(scripts) - bytes(plotly),
  plotly: plotly.length,
  elsewhere: loaded.map(({name}) => name).filter((name) => !name.startsWith(location.origin)),
  shifted: sum(observer.takeRecords().map(({value}) => value)),
};
"""


@pytest.fixture
def browser_of_director(sign_in: Callable[[User], Browser]) -> Browser:
    lay_sample_months()
    return sign_in(director())


def run(browser: Browser, script: str) -> object:
    return browser.driver.execute_script(script)


def wait_for_charts(browser: Browser) -> None:
    browser.wait(lambda: run(browser, f"return {CHARTS} <= {DRAWN}"))


def open_with_charts(browser: Browser, path: str) -> None:
    browser.open(path)
    wait_for_charts(browser)


@pytest.mark.parametrize("path", ["/months/2019-03/", GAUGE])
def test_a_chart_is_drawn_inside_its_frame(browser_of_director: Browser, path: str) -> None:
    open_with_charts(browser_of_director, path)
    assert run(browser_of_director, LIES_IN_ITS_FRAME)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_is_drawn_in_the_colours_of_the_page(
    browser_of_director: Browser, scheme: str
) -> None:
    browser_of_director.prefer(scheme)
    open_with_charts(browser_of_director, GAUGE)
    assert run(browser_of_director, BAR_HAS_ITS_TOKEN)


def test_the_gauges_are_painted_before_the_large_script_is_asked_for(
    browser_of_director: Browser,
) -> None:
    open_with_charts(browser_of_director, "/months/2019-03/")
    assert run(browser_of_director, PAINTED_BEFORE_PLOTLY)


def test_a_page_without_a_chart_never_loads_plotly(browser_of_director: Browser) -> None:
    browser_of_director.open("/months/")
    assert "plotly" not in browser_of_director.driver.page_source


def test_a_gauge_leads_to_its_own_page_and_on_to_its_rows(browser_of_director: Browser) -> None:
    browser = browser_of_director
    open_with_charts(browser, "/months/2019-03/")
    browser.find(f'a[href="{GAUGE}"]').click()
    browser.arrive(GAUGE)
    wait_for_charts(browser)
    assert "▲ missed" in browser.text()
    browser.find("dl a").click()
    browser.wait(lambda: browser.path.startswith("/incidents/?"))
    assert "6 incidents" in browser.text()


def test_a_count_stands_once_beside_a_panel_however_few_there_were(
    browser_of_director: Browser,
) -> None:
    open_with_charts(browser_of_director, "/months/2019-03/")
    panels = run(browser_of_director, COUNTS_BESIDE_PANELS)
    assert isinstance(panels, list)
    assert [each for each in panels if each] == [
        ["0", "1", "2", "3", "4"],  # of at most 2 in a month
        ["0", "2", "4", "6"],
        ["0", "1", "2", "3", "4"],
        ["0", "1", "2", "3", "4"],
    ]


@pytest.mark.once
def test_the_pages_are_open_to_everybody(browser_of_director: Browser) -> None:
    browser = browser_of_director
    assert browser.faults_on(*PAGES, then=lambda: wait_for_charts(browser)) == {}


@pytest.mark.once
def test_the_pages_are_light_and_stand_still(browser_of_director: Browser) -> None:
    for path in (*PAGES, "/incidents/", "/months/2019-03/report/", "/wall/"):
        open_with_charts(browser_of_director, path)
        found = run(browser_of_director, WEIGHED)
        assert isinstance(found, dict)
        assert found["elsewhere"] == [], path
        assert 0 < found["scripts"] < SCRIPTS, path
        assert bool(found["plotly"]) is bool(run(browser_of_director, f"return {CHARTS}")), path
        assert found["shifted"] <= SHIFTED, path
