"""The glossary, which whoever writes the report keeps."""

from typing import Any

import pytest
from django.test import Client

from reports.models import GlossaryTerm
from tests.builders import clerk, director
from tests.clients import page, said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("someone", [clerk, director])
def test_only_who_writes_opens_it(client: Client, someone: Any) -> None:
    client.force_login(someone())
    page(client, "/glossary-terms/", status=403)


def test_the_address_fills_in_what_is_known(manager: Client) -> None:
    text = page(manager, "/glossary-terms/new/?abbreviation=%3Cb%3EVPN&other=x")
    assert 'value="&lt;b&gt;VPN"' in text


def test_a_term_is_added_changed_and_removed(manager: Client) -> None:
    said(manager, "/glossary-terms/new/", abbreviation="QVC", meaning="A queue\r\nof calls.")
    term = GlossaryTerm.objects.get(abbreviation="QVC")
    assert term.meaning == "A queue\nof calls."
    assert term.get_absolute_url() in page(manager, "/glossary-terms/?q=queue")
    said(manager, term.get_absolute_url(), abbreviation="QVC", meaning="A list of calls.")
    term.refresh_from_db()
    assert term.meaning == "A list of calls."
    assert "QVC is removed." in said(manager, f"/glossary-terms/{term.pk}/remove/")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"abbreviation": "", "meaning": "x"}, "Give the abbreviation."),
        ({"abbreviation": "QVC", "meaning": ""}, "Say what it means."),
        ({"abbreviation": "VPN", "meaning": "x"}, "The glossary explains it already."),
        ({"abbreviation": "QVC", "meaning": "\x07"}, "cannot be printed"),
    ],
)
def test_a_mistake_is_told(manager: Client, sent: dict[str, str], words: str) -> None:
    GlossaryTerm.objects.get_or_create(abbreviation="VPN", defaults={"meaning": "A tunnel."})
    text = said(manager, "/glossary-terms/new/", **sent)
    assert words in text
    assert "Not saved yet" in text
