"""The answers for probes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client


@contextmanager
def database_down() -> Iterator[None]:
    def refuse(*arguments: Any) -> None:
        raise OperationalError("server closed the connection, user=desk password=hunter2")

    with connection.execute_wrapper(refuse):
        yield


def test_the_process_answers_without_a_sign_in_and_without_a_database(client: Client) -> None:
    # Without the database fixture, a query would raise.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_it_is_ready_when_the_database_answers(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_it_is_not_ready_while_the_database_is_down(client: Client) -> None:
    with database_down():
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content == b"The database does not answer.\n"
