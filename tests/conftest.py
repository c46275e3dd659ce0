"""What every test gets: quick passwords, and on SQLite a file as in real life."""

from collections.abc import Iterator
from functools import cache
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings
from django.core import serializers
from django.db import connection, transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.models import Model
from django.test import Client
from hypothesis import settings as property_tests

from tests import builders, publishing

# No test times itself: how long one takes is the machine's affair.
property_tests.register_profile("untimed", deadline=None)
property_tests.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    # The real hasher is slow on purpose, which a test has no use for.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # In memory there is no write-ahead log, and the threads of a live server have to share
        # one connection, which fails when a browser still holds a line at the end of a test.
        folder = TemporaryDirectory(prefix="servicedesk-tests-")
        config.add_cleanup(folder.cleanup)
        database["NAME"] = f"{folder.name}/never-opened.sqlite3"
        database.setdefault("TEST", {})["NAME"] = f"{folder.name}/test.sqlite3"


@pytest.fixture(scope="session", autouse=True)
def _laid_at_once() -> Iterator[None]:
    """The rows that migrations lay come back after a test table by table, and not one by one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseCreation, "deserialize_db_from_string", lay)
        yield


def lay(_: BaseDatabaseCreation, rows: str) -> None:
    with transaction.atomic(), connection.constraint_checks_disabled():
        for model, several in by_model(rows).items():
            # Before the first test of this kind they are all there.
            others = [each.name for each in model._meta.concrete_fields if not each.primary_key]
            model._base_manager.bulk_create(
                several, update_conflicts=True, update_fields=others, unique_fields=["pk"]
            )


@cache
def by_model(rows: str) -> dict[type[Model], list[Model]]:
    """Read rows as Django keeps them between tests; none of theirs refers to several others."""
    found: dict[type[Model], list[Model]] = {}
    for each in serializers.deserialize("json", rows):
        assert not any((each.m2m_data or {}).values())
        found.setdefault(type(each.object), []).append(each.object)
    return found


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft is waited for, however slow the machine; the tests of waiting say how long."""
    monkeypatch.setattr("reports.publishing.drafts.PATIENCE", 300.0)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Editions are published without the seconds that printing takes."""
    publishing.without_printing(monkeypatch)


@pytest.fixture
def manager(client: Client) -> Client:
    """A service manager of the Corporation at a browser."""
    client.force_login(builders.corporation_manager())
    return client


@pytest.fixture
def administrator(client: Client) -> Client:
    """An administrator at a browser."""
    client.force_login(builders.administrator())
    return client
