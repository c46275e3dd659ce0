"""Where one is: every page marks the entry of the navigation that it belongs to."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.addresses import every_address
from tests.builders import corporation_manager
from tests.clients import page

pytestmark = pytest.mark.django_db
NAVIGATIONS = re.compile(r'<nav class="(?:sub)?navigation".*?</nav>', re.DOTALL)
MARKED = re.compile(r'aria-current="(\w+)">([^<]+)<')
# Pages of the person who is signed in, and what is for everybody: their links stand elsewhere.
IN_NO_SECTION = ("/history/", "/accounts/", "/accessibility/", "/offline/", "/public/", "/wall/")


def marked(text: str) -> list[list[tuple[str, str]]]:
    """Return what each navigation of a page marks, the main one first."""
    return [MARKED.findall(each) for each in NAVIGATIONS.findall(text)]


@pytest.mark.parametrize(
    ("address", "section", "part"),
    [
        ("/", ("page", "Gauges"), None),
        ("/incidents/", ("page", "Incidents"), None),
        ("/incidents/new/", ("true", "Incidents"), None),
        ("/problems/new/", ("true", "Problem records"), None),
        ("/months/2019-03/", ("true", "Months"), None),
        ("/months/2019-03/scores/", ("true", "Months"), None),
        ("/archive/", ("page", "Reports"), None),
        ("/editions/check/", ("true", "Reports"), None),
        ("/people/", ("page", "Settings"), ("page", "People")),
        ("/people/invite/", ("true", "Settings"), ("true", "People")),
        ("/glossary-terms/", ("true", "Settings"), ("page", "Glossary")),
        ("/calendars/new/", ("true", "Settings"), ("true", "Targets")),
        ("/accounts/two-factor/roles/", ("true", "Settings"), ("page", "Two-factor")),
    ],
)
def test_a_page_is_marked_and_so_is_the_section_it_belongs_to(
    administrator: Client, address: str, section: Any, part: Any
) -> None:
    wanted = [[section]] + ([[part]] if part else [])
    assert marked(page(administrator, address)) == wanted


def test_every_page_of_a_section_marks_it_alone(administrator: Client) -> None:
    # Files have no navigation.
    pages = [each for each in every_address() if each.endswith("/")]
    wrong = []
    for address in pages:
        if not address.startswith(("/admin/", *IN_NO_SECTION)):
            answer: Any = administrator.get(address)
            found = marked(answer.text)
            wrong += [f"{address}: {found}" for each in found if len(each) != 1]
    assert not wrong, "\n".join(wrong)


def test_who_does_not_administer_finds_no_settings_but_the_lists_they_write(client: Client) -> None:
    client.force_login(corporation_manager())
    text = page(client, "/accreditations/")
    assert marked(text) == [[], [("page", "Accreditations")]]
    assert ">Settings</a>" not in text
    assert ">People</a>" not in text
