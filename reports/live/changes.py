"""Hears that the database changed, whoever changed it, on a connection of its own.

PostgreSQL tells by NOTIFY, which triggers send (see the migration of this app that lays them);
SQLite counts what other connections committed.
"""

import select
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any, Protocol

from django.db import connection

CHANNEL = "servicedesk_live"
# How often SQLite is asked; a question takes some 20 microseconds.
EVERY = 0.04
# A server that is gone without a word is noticed, instead of being waited for, within so long.
SILENCE = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "connect_timeout": 5,
}


class Changes(Protocol):
    """What tells of changes. Raises a database error where it cannot."""

    def wait(self, seconds: float, *wakers: int) -> bool:
        """Wait for a change, or until one of the files can be read; tell whether it changed."""

    def check(self) -> None:
        """Make sure that changes would still be heard."""


def wait_for(files: Iterable[Any], seconds: float | None = None) -> bool:
    """Wait until a file can be read, however high its number; tell whether one can."""
    poll = select.poll()
    for each in files:
        poll.register(each, select.POLLIN)
    return bool(poll.poll(None if seconds is None else ceil(seconds * 1000)))


class PostgresChanges:
    """Notifications of PostgreSQL."""

    def __init__(self, to_server: Any) -> None:
        self.to_server = to_server
        to_server.autocommit = True
        with to_server.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")

    def wait(self, seconds: float, *wakers: int) -> bool:
        # What came along with the answer to a check is here already.
        if not self.to_server.notifies:
            wait_for([self.to_server, *wakers], max(seconds, 0))
            self.to_server.poll()
        heard = bool(self.to_server.notifies)
        self.to_server.notifies.clear()
        return heard

    def check(self) -> None:
        with self.to_server.cursor() as cursor:
            cursor.execute("SELECT 1")


class SQLiteChanges:
    """The number that SQLite gives to the state of its file."""

    def __init__(self, to_file: Any) -> None:
        self.to_file = to_file
        self.known = self.version()

    def version(self) -> int:
        return int(self.to_file.execute("PRAGMA data_version").fetchone()[0])

    def wait(self, seconds: float, *wakers: int) -> bool:
        until = time.monotonic() + seconds
        while True:
            left = max(until - time.monotonic(), 0)
            awake = wait_for(wakers, min(left, EVERY))
            before, self.known = self.known, self.version()
            if self.known != before:
                return True
            if awake or left <= EVERY:
                return False

    def check(self) -> None:
        """A file does not go away."""


@contextmanager
def heard_changes() -> Iterator[Changes]:
    """Listen on a new connection. Raises a database error where there is none to be had."""
    parameters = connection.get_connection_params()
    if connection.vendor == "postgresql":
        parameters |= SILENCE
    with connection.wrap_database_errors:
        own = connection.get_new_connection(parameters)
        try:
            yield PostgresChanges(own) if connection.vendor == "postgresql" else SQLiteChanges(own)
        finally:
            own.close()
