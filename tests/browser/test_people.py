"""The pages of people in a real browser: by keyboard, and accessible on every screen."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core import mail
from selenium.webdriver.common.keys import Keys

from incidents import people
from incidents.access import Role
from tests.browser.chromium import Browser
from tests.builders import CORPORATION, person

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SignIn = Callable[[User], Browser]


@pytest.fixture
def administrator(sign_in: SignIn) -> Browser:
    return sign_in(person("administrator", Role.ADMINISTRATOR))


def test_a_person_is_invited_by_keyboard(administrator: Browser) -> None:
    administrator.open("/people/invite/")
    administrator.press("Anna Smith", Keys.TAB, "anna@desk.example", Keys.TAB)
    # To the clerks, and past the other roles to the first organisation.
    administrator.press(Keys.TAB, Keys.SPACE, Keys.TAB, Keys.TAB, Keys.TAB, Keys.SPACE)
    administrator.press_with(Keys.CONTROL, Keys.ENTER)
    administrator.arrive("/people/")
    assert "Anna Smith gets an e-mail at anna@desk.example." in administrator.text()
    anna = User.objects.get(username="anna@desk.example")
    assert [group.name for group in anna.groups.all()] == ["Committee clerks"]
    assert [each.name for each in anna.organisations.all()] == [CORPORATION]
    assert len(mail.outbox) == 1


@pytest.mark.once
def test_the_pages_of_people_are_accessible_on_every_screen(administrator: Browser) -> None:
    clerk = person("clerk", Role.CLERK, CORPORATION, email="clerk@desk.example")
    gone = person("gone", Role.CLERK, CORPORATION, email="gone@desk.example")
    people.deactivate(gone)
    pages = (
        "/people/",
        "/people/?q=nobody",
        "/people/invite/",
        f"/people/{clerk.pk}/",
        f"/people/{clerk.pk}/deactivate/",
        f"/people/{gone.pk}/reactivate/",
    )
    assert administrator.faults_on(*pages) == {}

    def send_empty() -> None:
        administrator.find("main button[type=submit]").click()
        administrator.meet(".error-summary")

    assert administrator.faults_on("/people/invite/", then=send_empty) == {}
