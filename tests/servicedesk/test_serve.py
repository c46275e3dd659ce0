"""What `make run` starts: what it does before it serves, and how it ends."""

import socket
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from pytest_django import Settings

from incidents.models import Incident, NpsScore, Recomputation
from servicedesk.management.commands import serve
from tests import builders
from tests.servicedesk.test_live import address, cookie_of
from tests.serving import Viewer, served, wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[str]:
    """Stand in for the commands that serve calls, and keep their names."""
    called: list[str] = []
    settings.DEBUG = True
    monkeypatch.setenv("PORT", str(port_that_nobody_uses()))
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    monkeypatch.setattr(serve, "call_command", lambda name, *_, **__: called.append(name))
    monkeypatch.setattr(serve, "serve", lambda _: called.append("serve"))
    return called


def port_that_nobody_uses() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def words(**options: Any) -> str:
    output = StringIO()
    call_command("serve", stdout=output, **options)
    return output.getvalue()


def test_it_fills_an_empty_database_and_then_serves(run: list[str]) -> None:
    assert not Incident.objects.exists()
    words()
    assert run == [
        "migrate",
        "load_sample_months",
        "load_sample_narrative",
        "create_demo_users",
        "serve",
    ]


def test_it_leaves_a_database_with_incidents_and_people_alone(run: list[str]) -> None:
    builders.incident()
    builders.clerk()
    words()
    assert run == ["migrate", "serve"]


def test_it_first_works_out_the_due_times_that_wait(run: list[str]) -> None:
    builders.incident()
    Recomputation.ask(builders.MARCH.first_day)
    said = words()
    assert run == ["migrate", "recompute_due_times", "create_demo_users", "serve"]
    assert "Due times wait to be worked out anew" in said


@pytest.mark.parametrize("what", ["scores", "a problem record"])
def test_it_loads_no_sample_beside_records_of_ones_own(run: list[str], what: str) -> None:
    if what == "scores":
        NpsScore.objects.create(month=builders.MARCH.first_day, score=70)
    else:
        builders.problem_record()
    words()
    assert run == ["migrate", "create_demo_users", "serve"]


def test_it_says_where_it_serves_and_who_can_sign_in(
    run: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", str(port := port_that_nobody_uses()))
    builders.clerk()
    said = words()
    assert f"http://127.0.0.1:{port}/" in said
    assert "corporation-manager or police-manager or clerk or director or administrator" in said
    assert "servicedesk-demo" in said


def test_it_does_not_repeat_a_password_that_was_given(
    run: list[str], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "hunter2")
    settings.DEMO_PASSWORD = "hunter2"
    builders.clerk()
    said = words()
    assert "the one in DEMO_PASSWORD" in said
    assert "hunter2" not in said


def test_it_names_nobody_where_people_have_accounts_of_their_own(run: list[str]) -> None:
    User.objects.create_user("ada")
    assert "corporation-manager" not in words()


@pytest.mark.parametrize("port", ["eight", "0", "65536", "-1"])
def test_it_refuses_a_wrong_port_by_its_name(
    run: list[str], monkeypatch: pytest.MonkeyPatch, port: str
) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(ImproperlyConfigured, match=r"^PORT: expected a whole number"):
        words()
    assert run == []


def test_it_refuses_a_port_in_use_before_it_touches_the_database(
    run: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        with pytest.raises(CommandError, match=r"^PORT: 127\.0\.0\.1:\d+ cannot be used"):
            words()
    assert run == []


def test_it_refuses_to_serve_in_production(run: list[str], settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match=r"^DEBUG: "):
        words()
    assert run == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_ctrl_c_ends_it_at_once_and_in_silence_while_somebody_watches(tmp_path: Path) -> None:
    builders.incident()
    cookie = cookie_of(builders.director())
    log = tmp_path / "log"
    with served(address(), command=("manage.py", "serve"), log=log) as server:
        viewer = Viewer(server.port, cookie)
        wait(lambda: viewer.is_welcome, "being welcomed")
        log.write_text("")
        server.interrupt()
        viewer.stop()
    assert log.read_text() == ""
