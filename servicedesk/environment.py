"""Reads settings from the environment and refuses a wrong value by its name."""

import os
import secrets
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
DATABASE_SCHEMES = {"sqlite", "postgres", "postgresql"}


class Environment:
    """The variables of one process, each read once and checked while reading.

    Every method raises ImproperlyConfigured with the name of the variable, the value found and
    what was expected. An empty variable counts as one that is not set.
    """

    def __init__(self, variables: Mapping[str, str] = os.environ) -> None:
        self.variables = variables

    def text(self, name: str, default: str = "") -> str:
        return self.variables.get(name, "").strip() or default

    def words(self, name: str, default: str = "") -> list[str]:
        """Return the comma-separated parts of a variable, without empty ones."""
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def boolean(self, name: str, default: bool) -> bool:
        word = self.text(name, "1" if default else "0").lower()
        if word not in TRUE_WORDS | FALSE_WORDS:
            raise self.wrong(name, "1 or 0")
        return word in TRUE_WORDS

    def whole_number(self, name: str, default: int, lowest: int, highest: int) -> int:
        expected = f"a whole number from {lowest} to {highest}"
        try:
            number = int(self.text(name, str(default)))
        except ValueError:
            raise self.wrong(name, expected) from None
        if not lowest <= number <= highest:
            raise self.wrong(name, expected)
        return number

    def decimal(self, name: str, default: str, lowest: int, highest: int) -> Decimal:
        expected = f"a number from {lowest} to {highest}"
        try:
            number = Decimal(self.text(name, default))
        except InvalidOperation:
            raise self.wrong(name, expected) from None
        if not number.is_finite() or not lowest <= number <= highest:
            raise self.wrong(name, expected)
        return number

    def time_zone(self, name: str, default: str) -> str:
        zone = self.text(name, default)
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise self.wrong(name, "a time zone such as Europe/London") from None
        return zone

    def database(self, name: str, default: str) -> dict[str, object]:
        """Return the entry of DATABASES for an address such as postgres://user@host/name."""
        address = self.text(name, default)
        expected = "sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME"
        if urlsplit(address).scheme not in DATABASE_SCHEMES:
            raise self.wrong(name, expected, hidden=True)
        try:
            entry: dict[str, object] = dict(dj_database_url.parse(address, conn_max_age=60))
        except (ValueError, KeyError):
            raise self.wrong(name, expected, hidden=True) from None
        if not entry.get("NAME"):
            raise self.wrong(name, expected, hidden=True)
        return entry

    def secret_key(self, name: str, debug: bool, kept_in: Path) -> str:
        """Return the key that signs sessions; while debugging, one that this folder keeps.

        A key of our own making survives restarts, so that people stay signed in, and never
        stands in the repository.
        """
        if key := self.text(name):
            if not debug and len(key) < 32:
                raise self.wrong(name, "at least 32 characters", hidden=True)
            return key
        if not debug:
            raise ImproperlyConfigured(f"{name} is not set: production (DEBUG=0) needs one.")
        if not kept_in.exists():
            kept_in.touch(mode=0o600)
            kept_in.write_text(secrets.token_urlsafe(50))
        return kept_in.read_text().strip()

    def hosts(self, name: str, debug: bool) -> list[str]:
        hosts = self.words(name, "localhost,127.0.0.1,[::1]" if debug else "")
        if not hosts:
            raise ImproperlyConfigured(
                f"{name} is not set: production (DEBUG=0) needs the names that it answers to."
            )
        return hosts

    def wrong(self, name: str, expected: str, hidden: bool = False) -> ImproperlyConfigured:
        """Say what is wrong with a variable; a hidden one may hold a password."""
        found = "the value given" if hidden else repr(self.text(name))
        return ImproperlyConfigured(f"{name}: expected {expected}, not {found}.")
