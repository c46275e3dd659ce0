"""Pages in a real browser on a slow processor, each from an empty cache."""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from tests.bench.demands import Load
from tests.bench.urls import BARE
from tests.browser.chromium import Browser

ROUNDS = 5
SLOWED = 4  # times, which is what Lighthouse calls a telephone
AT_REST = 1.0  # seconds without an answer or a long task after which a page is whole
PATIENCE = 60.0
GAUGE = ".dial"
# Runs before anything of the page, and notes what only the browser knows.
WATCH = """
const seen = window.seen = { gauge: null, long: [], shifts: 0, last: 0 };
const note = (type, each) => new PerformanceObserver((list) => {
  list.getEntries().forEach(each);
}).observe({ type, buffered: true });
note("longtask", (task) => {
  seen.long.push([task.startTime, task.duration]);
  seen.last = performance.now();
});
note("layout-shift", (shift) => { if (!shift.hadRecentInput) seen.shifts += shift.value; });
note("resource", () => { seen.last = performance.now(); });
// A frame is drawn only once the style sheets are there; the next begins when it is on the screen.
const look = () => {
  const gauge = document.querySelector("GAUGE");
  if (!gauge?.getBoundingClientRect().height) return requestAnimationFrame(look);
  requestAnimationFrame((now) => { seen.gauge = now; });
};
requestAnimationFrame(look);
""".replace("GAUGE", GAUGE)
SETTLED = """
const charts = [...document.querySelectorAll("[data-chart]")];
return document.readyState === "complete"
  && charts.every((chart) => "drawn" in chart.dataset)
  && performance.now() - seen.last > 1000 * arguments[0];
"""
FOUND = """
const entries = (type) => performance.getEntriesByType(type);
const of = ({ name, transferSize, decodedBodySize, startTime }) =>
  ({ name, wire: transferSize, raw: decodedBodySize, asked: startTime });
const paints = Object.fromEntries(entries("paint").map(({ name, startTime }) => [name, startTime]));
const files = [...entries("navigation"), ...entries("resource")].map(of);
const charts = document.querySelectorAll("[data-chart]").length;
return { ...seen, paints, files, charts };
"""
KINDS = {".js": "scripts", ".css": "styles"}


def pages(month: object) -> dict[str, str]:
    gauge = "p2-resolved-city-of-london-corporation"
    return {
        "bare page": BARE,
        "gauges": "/",
        "month": f"/months/{month}/",
        "one gauge": f"/months/{month}/gauges/{gauge}/",
        "incidents": "/incidents/",
        "form to log one": "/incidents/new/",
        "report": f"/months/{month}/report/",
        "wall": "/wall/",
    }


def slow_down(browser: Browser) -> None:
    command = browser.driver.execute_cdp_cmd
    command("Network.enable", {})
    command("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    command("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})


def measured(browser: Browser, asked: dict[str, str]) -> Iterator[Load]:
    """Load pages in turn, so that whatever disturbs the machine disturbs all alike."""
    rounds = [{name: loaded(browser, asked[name]) for name in asked} for _ in range(ROUNDS)]
    for name, path in asked.items():
        loaded(browser, path)
        again = loaded(browser, path, empty=False)["files"]
        yield in_short(name, [each[name] for each in rounds], again)


def in_short(name: str, loads: list[Any], again: list[Any]) -> Load:
    """Return the medians of some loads; what a page weighs is the same in each."""
    files = loads[-1]["files"]
    plotly = [each for each in files if "plotly" in each["name"] and is_script(each)]
    ours = [each for each in files if is_script(each) and each not in plotly]
    gauges = [each["gauge"] for each in loads if each["gauge"] is not None]
    return Load(
        name=name,
        first_paint=median(each["paints"]["first-paint"] for each in loads),
        first_content=median(each["paints"]["first-contentful-paint"] for each in loads),
        first_gauge=median(gauges) if gauges else None,
        blocked=median(blocked(each) for each in loads),
        shifted=median(each["shifts"] for each in loads),
        requests=len(files),
        wire=wire(files),
        again=sum(each["wire"] for each in again if "/static/" in each["name"]),
        scripts=sum(each["raw"] for each in ours),
        plotly=sum(each["wire"] for each in plotly),
        charts=loads[-1]["charts"],
        plotly_waits=all(plotly_waits(each) for each in loads),
    )


def loaded(browser: Browser, path: str, *, empty: bool = True) -> Any:
    """Load a page, from an empty cache or not, until it is whole; return what was noted."""
    browser.driver.get("about:blank")
    if empty:
        browser.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    browser.open(path)
    give_up_at = time.monotonic() + PATIENCE
    while not browser.driver.execute_script(SETTLED, AT_REST):
        if time.monotonic() > give_up_at:
            raise RuntimeError(f"{path} is not whole after {PATIENCE} s")
        time.sleep(0.1)
    return browser.driver.execute_script(FOUND)


def blocked(load: Any) -> float:
    """Return by how much tasks after the first content took longer than 50 ms each, in all."""
    first = load["paints"]["first-contentful-paint"]
    tasks: list[tuple[float, float]] = load["long"]
    return sum(duration - 50 for began, duration in tasks if began + duration > first)


def plotly_waits(load: Any) -> bool:
    """Whether Plotly was asked for after the first gauge could be seen, where there is one."""
    asked = [each["asked"] for each in load["files"] if "plotly.min" in each["name"]]
    return not asked or load["gauge"] is None or min(asked) >= load["gauge"]


def wire(files: list[Any]) -> dict[str, int]:
    """Return the bytes that were sent, with their headers, by kind; the page itself is a kind."""
    found = dict.fromkeys(("page", *KINDS.values(), "others"), 0)
    for number, each in enumerate(files):
        found["page" if number == 0 else KINDS.get(suffix(each), "others")] += each["wire"]
    return found


def is_script(file: Any) -> bool:
    return suffix(file) == ".js"


def suffix(file: Any) -> str:
    return Path(urlsplit(file["name"]).path).suffix
