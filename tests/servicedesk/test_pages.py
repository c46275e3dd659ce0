"""The pages that stand apart from the record: for everyone, signed in or not."""

import re

from django.test import Client
from pytest_django import Settings


def test_the_statement_names_whom_to_tell(client: Client, settings: Settings) -> None:
    assert "your IT service desk" in client.get("/accessibility/").text
    settings.ACCESSIBILITY_CONTACT = "help@desk.example"
    assert "help@desk.example" in client.get("/accessibility/").text


def test_what_a_browser_keeps_is_what_its_script_asks_for(client: Client) -> None:
    script = client.get("/worker.js")
    assert script["Content-Type"].startswith("text/javascript")
    assert 'PAGE = "/offline/"' in script.text
    page = client.get("/offline/").text
    assert "out of reach" in page
    for path in re.findall(r'"(/static/[^"]+)"', script.text):
        assert f'"{path}"' in page
