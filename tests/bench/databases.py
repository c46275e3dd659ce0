"""Where the benchmark runs: SQLite in a folder, and PostgreSQL where a server answers.

Without Django, so that the process that starts the others stays small.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2  # type: ignore[import-untyped]
from psycopg2 import sql

LOCAL_SERVER = "postgres://postgres@127.0.0.1:5432"


@dataclass
class SQLite:
    """Databases as files of a folder, which whoever made the folder removes."""

    folder: Path
    name: str = "SQLite"

    def create(self, purpose: str) -> str:
        return f"sqlite:///{self.folder / purpose}.sqlite3"

    def drop_all(self) -> None:
        for file in self.folder.glob("*.sqlite3*"):
            file.unlink()


@dataclass
class PostgreSQL:
    """Databases of our own on a server; their names carry the number of this process."""

    server: str
    name: str = "PostgreSQL"
    created: list[str] = field(default_factory=list)

    def create(self, purpose: str) -> str:
        name = f"servicedesk_bench_{os.getpid()}_{purpose}"
        self.run("CREATE DATABASE {}", name)
        self.created.append(name)
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{name}"))

    def drop_all(self) -> None:
        while self.created:
            self.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.created.pop())

    def run(self, statement: str, name: str) -> None:
        connection = psycopg2.connect(self.server, connect_timeout=3)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))
        connection.close()


Engine = SQLite | PostgreSQL


@contextmanager
def engines(folder: Path) -> Iterator[list[Engine]]:
    """Give the engines that answer; what was created on them is gone afterwards."""
    found: list[Engine] = [SQLite(folder)]
    if server := answering_server():
        found.append(PostgreSQL(server))
    try:
        yield found
    finally:
        for engine in found:
            engine.drop_all()


def answering_server() -> str | None:
    """Return the server of DATABASE_URL, else the local one; None where it does not answer.

    Raises psycopg2.OperationalError where DATABASE_URL names a server that does not answer.
    """
    address = os.environ.get("DATABASE_URL", "")
    named = address.startswith("postgres")
    server = urlunsplit(urlsplit(address if named else LOCAL_SERVER)._replace(path="/postgres"))
    try:
        psycopg2.connect(server, connect_timeout=3).close()
    except psycopg2.OperationalError:
        if named:
            raise
        return None
    return server


def environment(folder: Path, address: str) -> dict[str, str]:
    """Return the environment of a process that works on the database at an address."""
    return os.environ | {
        "BENCH_FOLDER": str(folder),
        "DATABASE_URL": address,
        "DEBUG": "0",
        "ALLOWED_HOSTS": "testserver",
        "SECRET_KEY": "for-the-benchmark-alone-it-never-signs-anything-anywhere",
        "SSL_REDIRECT": "0",
    }
