"""Hostile text in a real browser: nothing of it runs, calls anybody, or has to be stopped."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from tests.browser.chromium import Browser
from tests.builders import committee_report, incident, manager_of_all, problem_record
from tests.injections import MARK, hostile_texts, listening
from tests.publishing import published, without_printing

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
MARCH = "/months/2019-03"
SHOWING = (
    *("/incidents/?month=2019-03", "/incidents/INC-0666/", "/incidents/INC-0666/edit/"),
    *("/incidents/INC-0666/history/", "/incidents/INC-0666/clock/", "/problems/PRB-0666/"),
    *("/problems/", f"{MARCH}/", f"{MARCH}/report/", f"{MARCH}/report/edit/"),
    *(f"{MARCH}/report/edit/preview/", f"{MARCH}/publish/", "/archive/"),
    f"{MARCH}/gauges/p1-resolved-city-of-london-corporation/",
)


def lay(texts: list[str]) -> None:
    long, short = texts[0], texts[1]
    record = problem_record(reference="PRB-0666", title=short, root_cause=long, next_action=short)
    incident(
        reference="INC-0666",
        affected_service=short,
        supplier=f"{short} & Co",
        cause="external",
        takes=6000,
        reason=long,
        resolution=long,
        breach_reason=short,
        problem_plan="problem_record",
        problem_record=record,
    )
    committee_report(subject=short, report_of=short, opening_statement=long, recommendations=long)


def test_nothing_runs_and_nobody_is_called(
    sign_in: Callable[[User], Browser], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without_printing(monkeypatch)
    with listening() as listener:
        texts = hostile_texts(listener.address, tmp_path / "canary.css")
        lay(texts)
        manager = manager_of_all()
        published(reason=texts[0])
        browser = sign_in(manager)
        for page in SHOWING:
            browser.open(page)
            assert MARK in browser.driver.page_source, page
            assert browser.driver.execute_script(f"return window.{MARK}") is None, page
            # The policy would have stopped it; it had nothing to stop.
            assert browser.complaints() == [], page
        assert listener.calls == 0
