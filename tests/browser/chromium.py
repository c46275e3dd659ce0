"""A Chromium without a window, and what a test or a picture asks of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import axe_core_python
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
# Every rule; only what they find wrong is put together.
RUN_AXE = """
const done = arguments[arguments.length - 1];
const asked = { resultTypes: ["violations"] };
axe.run(asked).then(({ violations }) => done(JSON.stringify(violations)));
"""
LOOKS = [*product(("desk", "phone"), ("light", "dark"))]
STAMP = "[data-live-stamp]"  # what says how fresh the gauges are
# What is wanted takes the focus when the page is first drawn, which may be after it is there whole;
# where an address names a part of the page, that part is first.
WHOLE = """
const isThere = document.readyState === "complete";
const wanted = document.querySelector("[autofocus]") && !document.querySelector(":target");
return isThere && !(wanted && document.activeElement === document.body);
"""
# In seconds: until a page that does not come counts as a fault, however slow the machine is, and
# between two looks at it.
PATIENCE, BETWEEN_LOOKS = 60, 0.05


@dataclass
class Browser:
    """A signed-in person at a screen; addresses are paths of the test's own server."""

    driver: Chrome
    server: str

    def open(self, path: str) -> None:
        self.driver.get(self.server + path)
        self.wait(self.is_whole)

    def is_whole(self) -> bool:
        """Tell whether the page is there to its end, and the focus where the page wants it."""
        return bool(self.driver.execute_script(WHOLE))

    @property
    def path(self) -> str:
        """The path of the page once it is there whole; its address is there before its words."""
        address = self.driver.execute_script(f"return (() => {{{WHOLE}}})() ? location.href : ''")
        return str(address).removeprefix(self.server)

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector: str = "main") -> str:
        return self.find(selector).text

    def focused(self) -> WebElement:
        return self.driver.switch_to.active_element

    def press(self, *keys: str) -> None:
        """Type on the keyboard, wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def press_with(self, held: str, key: str) -> None:
        ActionChains(self.driver).key_down(held).send_keys(key).key_up(held).perform()

    def wait(self, until: Callable[[], object]) -> None:
        # A page that is loaded anew takes away what has just been found.
        missing = [NoSuchElementException, StaleElementReferenceException]
        WebDriverWait(self.driver, PATIENCE, BETWEEN_LOOKS, missing).until(lambda _: until())

    def arrive(self, path: str) -> None:
        """Wait for the page of a path, after a key or a click that leads to it."""
        self.wait(lambda: self.path == path)

    def meet(self, selector: str) -> WebElement:
        """Wait for a whole page that has such an element, and return it."""
        self.wait(lambda: self.is_whole() and self.find(selector))
        return self.find(selector)

    def resize(self, screen: str) -> None:
        """Show the page on a "desk" or a "phone"; a real window is never as narrow as that."""
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        if screen == "phone":
            size = {"width": 320, "height": 700, "deviceScaleFactor": 1, "mobile": True}
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def prefer(self, colours: str) -> None:
        """Ask for "light", "dark" or "forced" colours, and for pages that do not glide.

        While a page scrolls smoothly, a click lands where its target was.
        """
        forced = colours == "forced"
        wishes = {
            "prefers-color-scheme": "light" if forced else colours,
            "forced-colors": "active" if forced else "none",
            "prefers-reduced-motion": "reduce",
        }
        features = [{"name": name, "value": value} for name, value in wishes.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def overflow(self) -> int:
        """Return how many pixels of the page stand beyond the right edge of the screen."""
        root = "document.documentElement"
        script = f"return {root}.scrollWidth - {root}.clientWidth"
        # A short page is narrower than the screen by the room kept for a scroll bar.
        return max(0, int(self.driver.execute_script(script)))

    def access_faults(self) -> list[str]:
        """Return what axe-core finds wrong with the page: the rule and the first element."""
        self.driver.execute_script(AXE)
        violations = json.loads(self.driver.execute_async_script(RUN_AXE))
        return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in violations]

    def faults_on(
        self, *paths: str, then: Callable[[], object] = lambda: None
    ) -> dict[str, list[str]]:
        """Open each page in every look, and return what is wrong where something is.

        then: what is done with a page that is open before it is looked at.
        """
        found = {}
        for screen, colours in LOOKS:
            self.resize(screen)
            self.prefer(colours)
            for path in paths:
                self.open(path)
                then()
                found[f"{path} ({screen}, {colours})"] = self.faults()
        return {path: faults for path, faults in found.items() if faults}

    def faults(self) -> list[str]:
        """Return what is wrong with the page as it stands, its width included."""
        beyond = self.overflow()
        return self.access_faults() + ([f"{beyond} pixels beyond the edge"] if beyond else [])

    def complaints(self) -> list[str]:
        """Return what stands in the console since it was last asked: errors, blocked content."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]


def chromium_in(folder: Path) -> Chrome:
    """Start a Chromium that keeps what it must in a folder; whoever starts it quits it."""
    options = ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--disable-gpu",  # a machine that has none would feign one, at a price
        # Debian's speaks American alone: let fields for days follow the language of the page.
        "--enable-blink-features=LangAttributeAwareFormControlUI",
        "--window-size=1280,900",
        f"--user-data-dir={folder}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.set_page_load_timeout(PATIENCE)
    driver.set_script_timeout(PATIENCE)
    return driver
