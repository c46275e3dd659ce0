"""Two people change one incident, each in a real browser of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from incidents.access import Role
from incidents.models import Incident
from tests.browser.chromium import Browser, chromium_in
from tests.builders import (
    CORPORATION,
    POLICE,
    corporation_manager,
    incident,
    manager_of_all,
    person,
)

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SignIn = Callable[[User], Browser]
EDIT, PAGE = "/incidents/INC-1/edit/", "/incidents/INC-1/"


@pytest.fixture
def mine(sign_in: SignIn) -> Browser:
    """My window, with the form open."""
    incident(reference="INC-1", reason="A line failed.")
    browser = sign_in(corporation_manager())
    browser.open(EDIT)
    return browser


@pytest.fixture
def hers(mine: Browser, tmp_path: Path) -> Iterator[Browser]:
    """A window of Anna Smith in another browser, with the same form open."""
    browser = Browser(chromium_in(tmp_path), mine.server)
    anna = person("anna", Role.SERVICE_MANAGER, CORPORATION, first_name="Anna", last_name="Smith")
    client = Client()
    client.force_login(anna)
    browser.open("/accounts/login/")
    session = client.cookies["sessionid"].value
    browser.driver.add_cookie({"name": "sessionid", "value": session})
    browser.open(EDIT)
    yield browser
    browser.driver.quit()


def write(browser: Browser, name: str, words: str) -> None:
    field = browser.find(f"[name={name}]")
    field.clear()
    field.send_keys(words)


def save(browser: Browser) -> None:
    browser.find(".entry-actions [type=submit]").click()


def asked(mine: Browser, hers: Browser) -> None:
    """Let her save first and me second, so that I am asked about the reason."""
    write(hers, "reason", "Hers.")
    save(hers)
    hers.arrive(PAGE)
    write(mine, "reason", "Mine.")
    write(mine, "resolution", "Mine, too.")
    save(mine)
    mine.meet(".between")
    # The browser notes that the answer was a refusal.
    assert all("409 (Conflict)" in each for each in mine.complaints())


@pytest.mark.parametrize(("which", "reason"), [("mine", "Mine."), ("theirs", "Hers.")])
def test_the_second_sees_the_change_of_the_first_and_chooses(
    mine: Browser, hers: Browser, which: str, reason: str
) -> None:
    asked(mine, hers)
    between = mine.text(".between")
    assert "Saved by Anna Smith" in between
    assert "Hers." in between
    assert "Mine." in between
    assert mine.find("[name=reason]").get_attribute("value") == "Mine."
    assert Incident.objects.get().reason == "Hers."
    mine.find(f".between [value^={which}]").click()
    save(mine)
    mine.arrive(PAGE)
    saved = Incident.objects.get()
    assert (saved.reason, saved.resolution) == (reason, "Mine, too.")


def test_what_only_the_first_changed_survives_the_second(mine: Browser, hers: Browser) -> None:
    write(hers, "reason", "Hers.")
    save(hers)
    hers.arrive(PAGE)
    write(mine, "resolution", "Mine.")
    save(mine)
    mine.arrive(PAGE)
    assert "it is kept: Reason." in mine.text()
    saved = Incident.objects.get()
    assert (saved.reason, saved.resolution) == ("Hers.", "Mine.")


def test_the_choice_is_accessible_on_every_screen(mine: Browser, hers: Browser) -> None:
    asked(mine, hers)
    assert mine.focused().get_attribute("class") == "error-summary"
    for screen, scheme in (("desk", "light"), ("desk", "dark"), ("phone", "light")):
        mine.resize(screen)
        mine.prefer(scheme)
        assert mine.access_faults() == []
        assert mine.overflow() == 0


def test_what_is_typed_goes_with_the_one_that_is_chosen(sign_in: SignIn) -> None:
    """Another organisation gives its reference to an incident while the form is filled in."""
    row = incident(reference="INC-1", reason="A line failed.")
    browser = sign_in(manager_of_all())
    browser.open(EDIT)
    theirs = incident(reference="INC-1", organisation=POLICE)
    write(browser, "reason", "A <b>digger</b>\ncut “it”.")
    save(browser)
    browser.meet(f"form[action$={row.organisation.slug}] button")
    assert "Two incidents carry this reference" in browser.text()
    assert browser.access_faults() == []
    browser.find(f"form[action$={row.organisation.slug}] button").click()
    browser.wait(lambda: "INC-1 is saved." in browser.text())
    browser.complaints()  # the answer 300 is one to the browser
    for each in (row, theirs):
        each.refresh_from_db()
    assert row.reason == "A <b>digger</b>\ncut “it”."
    assert theirs.reason == "A line failed."
