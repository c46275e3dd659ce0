"""Writing the report in a real browser: saved as one types, doubts, lists in order, a preview."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from reports.models import CommitteeReport, Improvement
from tests.browser.chromium import Browser
from tests.builders import (
    CORPORATION,
    committee_report,
    incident,
    manager_of_all,
    organisation,
)
from tests.reports.typed import CORPORATION_LIST, EDIT, opened

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SignIn = Callable[[User], Browser]
LINES = f"[data-lines={CORPORATION_LIST}]"
LINE = f"{LINES} .line:not([hidden])"
SAVED = "[data-saved]"
# Whether somebody who left the page now would be asked to stay.
IS_KEPT_BACK = "return !window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"


@pytest.fixture
def page(sign_in: SignIn) -> Browser:
    """The page of a month with one external incident and three improvements."""
    incident(cause="external")
    written = committee_report(opening_statement="A quiet month.")
    for place, text in enumerate(["First.", "Second.", "Third."], start=1):
        Improvement.objects.create(
            report=written, organisation=organisation(), text=text, position=place
        )
    browser = sign_in(manager_of_all())
    browser.open(EDIT)
    return browser


def report() -> CommitteeReport:
    return CommitteeReport.objects.get()


def improvements() -> list[str]:
    return [each.text for each in Improvement.objects.filter(organisation__name=CORPORATION)]


def click(browser: Browser, selector: str) -> WebElement:
    """Click what may lie under the bar at the foot of the page."""
    found = browser.find(selector)
    browser.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
    found.click()
    return found


def retype(browser: Browser, selector: str, text: str) -> None:
    click(browser, selector)
    browser.press_with(Keys.CONTROL, "a")
    browser.press(text)


def saved(browser: Browser) -> bool:
    """Tell whether all that was typed is saved, and the answer to it has come."""
    is_at_work = browser.driver.execute_script(IS_KEPT_BACK)
    return not is_at_work and browser.text(SAVED).startswith("Saved ")


def values(browser: Browser, selector: str) -> list[str | None]:
    found = browser.driver.find_elements(By.CSS_SELECTOR, selector)
    return [each.get_attribute("value") for each in found]


def preview(browser: Browser) -> str:
    script = "return document.querySelector('.preview iframe').contentDocument?.body?.innerText"
    return str(browser.driver.execute_script(script))


def as_another(sent: dict[str, str]) -> None:
    """Let somebody else save, who has the page open too."""
    client = Client()
    client.force_login(User.objects.get())
    assert client.post(EDIT, opened(client) | sent).status_code == 302


# Saved as one types


def test_what_is_typed_is_saved_by_itself_and_previewed(page: Browser) -> None:
    retype(page, "#id_opening_statement", "A **busy** month.")
    page.wait(lambda: saved(page))
    assert report().opening_statement == "A **busy** month."
    page.wait(lambda: "A busy month." in preview(page))
    retype(page, "#id_opening_statement", "A calm month.")
    page.wait(lambda: report().opening_statement == "A calm month.")
    page.wait(lambda: "A calm month." in preview(page))
    click(page, ".writing-bar [type=submit]")
    page.arrive("/months/2019-03/report/")
    assert "The report of March 2019 is saved." in page.text()


def test_a_number_that_contradicts_the_records_is_pointed_out_and_may_be_meant(
    page: Browser,
) -> None:
    text = "There were 4 incidents in March."
    retype(page, "#id_opening_statement", text)
    doubts = "[data-doubts=id_opening_statement]"
    page.wait(lambda: "the records say 1." in page.text(doubts))
    click(page, f"{doubts} [name=meant]")
    page.wait(lambda: report().meant)
    assert report().meant == [f"4 P1 and P2 incidents: {text}"]
    page.open(EDIT)
    assert page.find(f"{doubts} [name=meant]").is_selected()
    page.find("#id_opening_statement").send_keys(" Or so.")
    retype(page, "#id_opening_statement", "There was 1 incident in March.")
    page.wait(lambda: page.text(doubts) == "")
    page.wait(lambda: report().meant == [])


def test_what_cannot_be_saved_is_said_and_kept_until_it_can(page: Browser) -> None:
    page.find("#id_subject").clear()
    page.find("#id_report_of").send_keys("!")
    page.wait(lambda: "Not saved" in page.text(SAVED))
    assert "Subject: Fill this in." in page.text("[data-errors]")
    assert page.focused().get_attribute("id") == "id_report_of"
    assert page.access_faults() == []
    assert page.driver.execute_script(IS_KEPT_BACK)
    page.find("#id_subject").send_keys("The service")
    page.wait(lambda: saved(page))
    assert page.text("[data-errors]") == ""
    assert report().subject == "The service"
    # The console names the answer that refused.
    assert all("422" in each for each in page.complaints())


def test_what_another_saves_meanwhile_is_taken_over(page: Browser) -> None:
    as_another({"closing_statement": "Theirs.", f"{CORPORATION_LIST}-3-text": "Fourth."})
    retype(page, "#id_opening_statement", "Mine.")
    page.wait(lambda: "Somebody else changed this meanwhile" in page.text(SAVED))
    assert values(page, "#id_closing_statement") == ["Theirs."]
    assert values(page, f"{LINE} textarea") == ["First.", "Second.", "Third.", "Fourth."]
    click(page, f"{LINE}:last-child [data-move=up]")
    page.wait(lambda: improvements() == ["First.", "Second.", "Fourth.", "Third."])
    assert (report().opening_statement, report().closing_statement) == ("Mine.", "Theirs.")


def test_what_both_change_waits_for_a_person(page: Browser) -> None:
    as_another({"opening_statement": "Theirs."})
    retype(page, "#id_opening_statement", "Mine.")
    page.wait(lambda: "somebody else changed the same" in page.text(SAVED))
    assert report().opening_statement == "Theirs."
    assert all("409" in each for each in page.complaints())
    click(page, ".writing-bar [type=submit]")
    page.wait(lambda: "Opening statement now reads: Theirs." in page.text(".error-summary"))
    assert values(page, "#id_opening_statement") == ["Mine."]
    click(page, ".writing-bar [type=submit]")
    page.arrive("/months/2019-03/report/")
    assert report().opening_statement == "Mine."


# Lists


def test_lines_are_put_in_order_by_keyboard(page: Browser) -> None:
    down = click(page, f"{LINE}:nth-child(1) [data-move=down]")
    assert down.get_attribute("aria-label") == "Move down: “First.”"
    assert page.find(f"{LINES} [data-said]").get_attribute("textContent") == (
        "“First.” is now 2 of 3."
    )
    page.press(Keys.ENTER)
    assert values(page, f"{LINE} textarea") == ["Second.", "Third.", "First."]
    # At the end the focus is on the way back.
    assert page.focused().get_attribute("aria-label") == "Move up: “First.”"
    assert not page.find(f"{LINE} [name$=position]").is_displayed()
    page.wait(lambda: improvements() == ["Second.", "Third.", "First."])


def test_lines_are_put_in_order_by_dragging(page: Browser) -> None:
    handles = page.driver.find_elements(By.CSS_SELECTOR, f"{LINE} [data-handle]")
    page.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", handles[0])
    # Past the middle of the last line.
    way = handles[2].location["y"] - handles[0].location["y"] + page.find(LINE).size["height"] // 2
    drag = ActionChains(page.driver).click_and_hold(handles[0])
    drag.move_by_offset(0, way // 2).move_by_offset(0, way - way // 2).release().perform()
    assert values(page, f"{LINE} textarea") == ["Second.", "Third.", "First."]
    page.wait(lambda: saved(page))
    assert improvements() == ["Second.", "Third.", "First."]
    drag = ActionChains(page.driver).click_and_hold(handles[0])
    drag.move_by_offset(0, -way).send_keys(Keys.ESCAPE).release().perform()
    assert values(page, f"{LINE} textarea") == ["Second.", "Third.", "First."]


def test_a_line_is_added_and_taken_away_with_a_way_back(page: Browser) -> None:
    click(page, f"{LINES} [data-add]")
    page.press("Fourth.")
    page.wait(lambda: saved(page))
    assert improvements() == ["First.", "Second.", "Third.", "Fourth."]
    click(page, f"{LINE}:nth-child(2) [data-remove]")
    assert "“Second.” is taken away." in page.text(f"{LINES} [data-undo]")
    assert page.focused().text == "Undo"
    page.wait(lambda: saved(page))
    assert improvements() == ["First.", "Third.", "Fourth."]
    page.press(Keys.ENTER)
    page.wait(lambda: improvements() == ["First.", "Second.", "Third.", "Fourth."])
    assert page.focused().get_attribute("value") == "Second."


# Tools


def test_a_paragraph_is_marked_and_gone_from_the_public_preview(page: Browser) -> None:
    retype(page, "#id_opening_statement", f"Public.{Keys.ENTER}{Keys.ENTER}The bid was low.")
    tools = "[data-tools=id_opening_statement]"
    click(page, f"{tools} summary")
    click(page, f"{tools} [data-ground='3']")
    click(page, f"{tools} summary")
    click(page, f"{tools} [data-ground='7']")
    marked = "Public.\n\n[not for publication, paragraph 7] The bid was low."
    assert values(page, "#id_opening_statement") == [marked]
    page.wait(lambda: "The bid was low." in preview(page))
    page.find("[data-version]").send_keys("Public")
    page.wait(lambda: "1 paragraph is not for publication" in preview(page))
    assert "The bid was low." not in preview(page)
    page.wait(lambda: saved(page))
    click(page, f"{tools} summary")
    assert page.access_faults() == []
    page.press(Keys.ESCAPE)
    click(page, f"{tools} summary")
    click(page, f"{tools} [data-ground='']")
    assert values(page, "#id_opening_statement") == ["Public.\n\nThe bid was low."]


def test_words_are_made_bold_lists_and_links(page: Browser) -> None:
    tools = "[data-tools=id_closing_statement]"
    retype(page, "#id_closing_statement", "one")
    page.press_with(Keys.CONTROL, "a")
    click(page, f"{tools} [data-tool=bold]")
    assert values(page, "#id_closing_statement") == ["**one**"]
    click(page, f"{tools} [data-tool=list]")
    assert values(page, "#id_closing_statement") == ["- **one**"]
    click(page, f"{tools} [data-tool=list]")
    page.press(Keys.END, Keys.ENTER)
    click(page, f"{tools} [data-tool=link]")
    page.press("here")
    assert values(page, "#id_closing_statement") == ["**one**\n[here](https://)"]
    page.press_with(Keys.CONTROL, "z")
    assert values(page, "#id_closing_statement") != ["**one**\n[here](https://)"]


# Every screen, and none of the scripts


def test_the_preview_is_reached_and_read_by_keyboard(page: Browser) -> None:
    page.wait(lambda: "A quiet month." in preview(page))
    page.find("[data-version]").send_keys(Keys.TAB)
    assert page.focused().tag_name == "iframe"
    scrolled = "return document.querySelector('.preview iframe').contentWindow.scrollY"
    page.press(Keys.PAGE_DOWN)
    page.wait(lambda: page.driver.execute_script(scrolled) > 0)


def test_on_a_phone_the_preview_waits_behind_a_button(page: Browser) -> None:
    page.resize("phone")
    page.open(EDIT)
    toggle = page.find("[data-toggle-preview]")
    assert toggle.get_attribute("aria-expanded") == "false"
    assert not page.find(".preview").is_displayed()
    toggle.click()
    page.wait(lambda: "A quiet month." in preview(page))
    assert toggle.get_attribute("aria-expanded") == "true"
    assert toggle.text == "Back to writing"
    assert not page.find("#id_opening_statement").is_displayed()
    assert page.overflow() == 0
    assert page.access_faults() == []
    toggle.click()
    assert page.find("#id_opening_statement").is_displayed()


def test_without_script_everything_is_written_too(page: Browser) -> None:
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.open(EDIT)
        assert page.find(f"{LINE} [name$=position]").is_displayed()
        assert "Empty a line to take it away" in page.text(LINES)
        for hidden in ("[data-move]", "[data-handle]", "[data-tools]", ".preview"):
            assert not page.find(hidden).is_displayed()
        retype(page, f"{LINE}:nth-child(1) [name$=position]", "9")
        retype(page, "#id_opening_statement", "There were 4 incidents in March.")
        click(page, ".writing-bar [formtarget]")
        page.wait(lambda: len(page.driver.window_handles) == 2)
        first, second = page.driver.window_handles
        page.driver.switch_to.window(second)
        page.wait(lambda: "There were 4 incidents in March." in page.text("body"))
        page.driver.close()
        page.driver.switch_to.window(first)
        assert report().opening_statement == "A quiet month."
        click(page, ".writing-bar [type=submit]")
        page.wait(lambda: "1 number contradicts the records" in page.text())
        click(page, "[name=meant]")
        click(page, ".writing-bar [type=submit]")
        page.arrive("/months/2019-03/report/")
    finally:
        page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert improvements() == ["Second.", "Third.", "First."]
    assert len(report().meant) == 1


@pytest.mark.once
def test_the_page_is_accessible_on_every_screen(page: Browser) -> None:
    CommitteeReport.objects.update(opening_statement="There were 4 incidents in March.")

    def look() -> None:
        is_beside = page.find(".preview").is_displayed()
        page.wait(lambda: not is_beside or "4 incidents" in preview(page))
        assert "the records say 1." in page.text()

    assert page.faults_on(EDIT, then=look) == {}
    assert page.faults_on(f"{EDIT}preview/") == {}
