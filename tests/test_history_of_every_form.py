"""No form writes a record past the history: every statement that it makes is noted."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client

from incidents.access import Role
from tests.builders import person
from tests.publishing import without_printing
from tests.reports.typed import Form
from tests.test_addresses import lay_sample, noting, rows

pytestmark = pytest.mark.django_db
WRITTEN = re.compile(r'(?:INTO|UPDATE|FROM) "(\w+)"')
HISTORY = "incidents_historyentry"
# What counts tries; and a second factor that is turned off, where this person has none.
NO_RECORD = {"shared_cache", "mfa_authenticator"}
# At least so many forms of the sample take what is sent here; else the test proves little.
MOST_FORMS = 15


def changed(sent: dict[str, str]) -> dict[str, str]:
    """Fill in a form as somebody does who changes its words, and says why and that it is meant."""
    words = {name: f"{typed} X" for name, typed in sent.items() if is_words(name, typed)}
    return {"seen": "yes"} | sent | words | {"why": "Because.", "reason": "Because."}


def is_words(name: str, typed: str) -> bool:
    return name not in ("seen", "shown") and bool(re.fullmatch(r"[A-Z][A-Za-z :]{3,}", typed))


def test_whatever_a_form_writes_comes_with_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    without_printing(monkeypatch)
    table = rows(lay_sample())
    administrator = person("administrator", Role.ADMINISTRATOR, email="boss@desk.example")
    kept, past = [], {}
    for row in table:
        if row.cells["administrator"] not in ("form", "send", "leads"):
            continue
        client, statements = Client(), list[str]()
        client.force_login(administrator)
        page = client.get(row.address)
        sent = Form(page.text if page.status_code == 200 else "").sent
        with transaction.atomic(), connection.execute_wrapper(noting(statements)):
            client.post(row.address, changed(sent))
            transaction.set_rollback(True)
        tables = {found[1] for found in map(WRITTEN.search, statements) if found} - NO_RECORD
        if HISTORY in tables:
            kept.append(row.address)
        elif tables:
            past[row.address] = tables
    assert past == {}
    assert len(kept) >= MOST_FORMS, kept
