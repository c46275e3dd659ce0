"""Takes a picture of every page: wide, narrow and dark; see `make screenshots`."""

import argparse
import base64
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.chromium import Browser, chromium_in
from tests.pages import PAGES, Page
from tests.screenshots import readme

HOST = "127.0.0.1"
PASSWORD = "servicedesk-demo"
LOOKS = (("wide", "desk", "light"), ("narrow", "phone", "light"), ("dark", "desk", "dark"))
# The afternoon before the last working day of the sample's last month.
IN_MARCH = "2019-03-28 16:30:00+00:00"
AT_THAT_TIME = """
import sys
from datetime import datetime
from gunicorn.app.wsgiapp import run
from time_machine import travel
travel(datetime.fromisoformat(sys.argv.pop(1))).start()
run()
"""
STARTS_WITHIN = 30  # seconds
PREPARED_BY = (
    ["migrate", "--verbosity=0"],
    ["load_sample_months"],
    ["load_sample_narrative"],
    ["create_demo_users"],
    ["publish_month", "2019-02", "--by=administrator", "--reason=The texts follow in March."],
)
COLLECT = ["collectstatic", "--noinput", "--ignore=widgetbundle.js", "--verbosity=0"]
LONGEST = 6000  # pixels of a page that a picture shows
SETTLED = """
const charts = [...document.querySelectorAll("[data-chart]")];
return document.readyState === "complete" && charts.every((chart) => "drawn" in chart.dataset);
"""


def main() -> None:
    arguments = argparse.ArgumentParser(prog="make screenshots", description=__doc__)
    arguments.add_argument("--only", default="", help="what the names of the pages begin with")
    arguments.add_argument("--into", type=Path, default=Path(".cache/screenshots"))
    given = arguments.parse_args()
    pages = [page for page in PAGES if page.name.startswith(given.only)]
    given.into.mkdir(parents=True, exist_ok=True)
    pages.sort(key=attrgetter("in_march", "person"))
    with TemporaryDirectory(prefix="servicedesk-screenshots-") as name:
        ours = prepared(Path(name))
        driver = chromium_in(Path(name) / "chromium")
        try:
            for in_march, theirs in groupby(pages, attrgetter("in_march")):
                with served(ours, in_march=in_march) as address:
                    take(theirs, Browser(driver, address), given.into)
        finally:
            driver.quit()
        if "report".startswith(given.only):
            readme.keep_paper(paper(Path(name), ours))


def prepared(folder: Path) -> dict[str, str]:
    """Load the sample months into a database of our own; return the variables that lead to it."""
    ours = {
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "SSL_REDIRECT": "0",
        "DEMO_PASSWORD": PASSWORD,
    }
    for command in PREPARED_BY:
        manage(command, ours)
    # The demo is not for production; the pages are pictured as production shows them.
    ours["DEBUG"] = "0"
    manage(COLLECT, ours)
    return ours


def paper(folder: Path, ours: dict[str, str]) -> Path:
    file = folder / "report.pdf"
    manage(["committee_report", "2019-03", f"--output={file}"], ours)
    return file


@contextmanager
def served(ours: dict[str, str], *, in_march: bool) -> Iterator[str]:
    """Serve the sample months as in production, but for TLS."""
    port = free_port()
    started = ["-c", AT_THAT_TIME, IN_MARCH] if in_march else ["-m", "gunicorn"]
    arguments = ["servicedesk.asgi", "-k", "servicedesk.worker.Worker", "--bind", f"{HOST}:{port}"]
    server = subprocess.Popen([sys.executable, *started, *arguments], env=os.environ | ours)
    try:
        wait_for(port)
        yield f"http://{HOST}:{port}"
    finally:
        server.terminate()
        server.wait()


def manage(command: list[str], ours: dict[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", *command], env=os.environ | ours, check=True)


def free_port() -> int:
    with socket.create_server((HOST, 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def wait_for(port: int) -> None:
    """Return once somebody listens. Raises OSError where nobody does in time."""
    give_up_at = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            return socket.create_connection((HOST, port)).close()
        except OSError:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.2)


def take(pages: Iterable[Page], browser: Browser, into: Path) -> None:
    """Take the pictures of pages that stand person by person."""
    for person, theirs in groupby(pages, attrgetter("person")):
        sign_in(browser, person)
        for page in theirs:
            pictures(browser, page, into)


def sign_in(browser: Browser, person: str) -> None:
    browser.driver.delete_all_cookies()
    if not person:
        return
    browser.open("/accounts/login/")
    browser.find("[name=username]").send_keys(person)
    browser.find("[name=password]").send_keys(PASSWORD)
    browser.find("main [type=submit]").click()
    browser.wait(lambda: browser.path == "/")


def pictures(browser: Browser, page: Page, into: Path) -> None:
    for look, screen, scheme in LOOKS:
        browser.resize(screen)
        browser.prefer(scheme)
        browser.open(page.path)
        browser.wait(lambda: browser.driver.execute_script(SETTLED))
        drawn = picture(browser)
        (into / f"{page.name}-{look}.png").write_bytes(drawn)
        if look == "wide" and page.name in readme.PAGES:
            readme.keep(page.name, drawn)


def picture(browser: Browser) -> bytes:
    """Return the whole page as a PNG, also what lies below the screen."""
    size = browser.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], LONGEST)}
    asked = {"captureBeyondViewport": True, "clip": clip | {"scale": 1}}
    answer = browser.driver.execute_cdp_cmd("Page.captureScreenshot", asked)
    return base64.b64decode(answer["data"])


if __name__ == "__main__":
    main()
