"""Reads settings from the environment and refuses a wrong value by its name."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from tempfile import mkstemp
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
DATABASE_SCHEMES = {"sqlite", "postgres", "postgresql"}
IN_MEMORY = ":memory:"
HOST_NAME = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)
ORIGIN = re.compile(r"https?://[^/\s;,']+")
# A name that every file system takes, with or without its fields filled in.
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,119}")
# Of a provider of identities; plain HTTP is for one on this machine.
PROVIDER = re.compile(r"https://[^\s?#]+|http://(localhost|127\.0\.0\.1)(:\d+)?(/[^\s?#]*)?")
# How each scheme of a mail server guards the line, and the port that is its custom.
MAIL_SCHEMES = {"smtp": ("STARTTLS", 587), "smtps": ("TLS", 465), "smtp+plain": ("", 25)}
# The length below which Django itself warns.
SHORTEST_SECRET_KEY = 50


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over; `guard` is "STARTTLS", "TLS" or "" for none."""

    host: str
    port: int
    user: str
    password: str
    guard: str


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

    def file_name(self, name: str, default: str, fields: tuple[str, ...]) -> str:
        """Return a pattern for file names that holds each field, such as {month}, once."""
        pattern = filled = self.text(name, default)
        for field in fields:
            if pattern.count(f"{{{field}}}") != 1:
                filled = ""
            filled = filled.replace(f"{{{field}}}", "0")
        if not FILE_NAME.fullmatch(filled):
            wanted = ", ".join(f"{{{field}}}" for field in fields)
            raise self.wrong(
                name,
                f"{wanted}, each once, among letters, digits, blanks, full stops, hyphens and "
                "underscores",
            )
        return pattern

    def database(self, name: str, default: str, folder: Path) -> dict[str, Any]:
        """Return the entry of DATABASES for an address such as postgres://user@host/name.

        A relative SQLite file stands in `folder`, wherever the process was started.
        """
        address = self.text(name, default)
        expected = "sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME"
        wrong = self.wrong(name, expected, hidden=True)
        try:
            scheme = urlsplit(address).scheme
            entry: dict[str, Any] = dict(
                dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True)
            )
        except (ValueError, KeyError):
            raise wrong from None
        if scheme not in DATABASE_SCHEMES or not entry["NAME"]:
            raise wrong
        if scheme == "sqlite" and not address.endswith(IN_MEMORY):
            # Without its third slash the file is taken for a host, without the file for memory.
            if entry["HOST"] or entry["NAME"] == IN_MEMORY:
                raise wrong
            entry["NAME"] = self.database_file(name, folder / entry["NAME"])
        return entry

    def database_file(self, name: str, file: Path) -> str:
        if not file.parent.is_dir():
            raise ImproperlyConfigured(f"{name}: the folder {file.parent} does not exist.")
        return str(file)

    def secret_key(self, name: str, debug: bool, kept_in: Path) -> str:
        """Return the key that signs sessions; while debugging, one of our own making.

        It is kept in a file that never stands in the repository, so that people stay signed in
        over a restart; where the folder cannot be written, it lasts as long as the process.
        """
        if key := self.text(name):
            self.check_length(name, [key], debug)
            return key
        if not debug:
            raise ImproperlyConfigured(f"{name} is not set: production (DEBUG=0) needs one.")
        with suppress(OSError):
            return kept_key(kept_in)
        return new_key()

    def former_keys(self, name: str, debug: bool) -> list[str]:
        """Return the keys of before, separated by commas: what they signed still counts."""
        keys = self.words(name)
        self.check_length(name, keys, debug)
        return keys

    def check_length(self, name: str, keys: list[str], debug: bool) -> None:
        if not debug and any(len(key) < SHORTEST_SECRET_KEY for key in keys):
            raise self.wrong(name, f"at least {SHORTEST_SECRET_KEY} characters", hidden=True)

    def hosts(self, name: str, debug: bool) -> list[str]:
        hosts = self.words(name, "localhost,127.0.0.1,[::1]" if debug else "")
        if not hosts:
            raise ImproperlyConfigured(
                f"{name} is not set: production (DEBUG=0) needs the names that it answers to."
            )
        if not all(HOST_NAME.fullmatch(host) for host in hosts):
            raise self.wrong(name, "names such as servicedesk.example,10.0.0.5, without port")
        return hosts

    def origins(self, name: str) -> list[str]:
        origins = self.words(name)
        if not all(ORIGIN.fullmatch(origin) for origin in origins):
            raise self.wrong(name, "addresses such as https://servicedesk.example")
        return origins

    def networks(self, name: str) -> list[IPv4Network | IPv6Network]:
        try:
            return [ip_network(word) for word in self.words(name)]
        except ValueError:
            raise self.wrong(name, "addresses such as 127.0.0.1,10.0.0.0/8") from None

    def mail_server(self, name: str) -> MailServer | None:
        address = self.text(name)
        if not address:
            return None
        try:
            parts = urlsplit(address)
            guard, usual_port = MAIL_SCHEMES[parts.scheme]
            port = parts.port or usual_port
        except (ValueError, KeyError):
            parts = None
        if parts is None or not parts.hostname or parts.path.strip("/"):
            raise self.wrong(name, "smtp://USER:PASSWORD@HOST:PORT", hidden=True)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return MailServer(parts.hostname, port, user, password, guard)

    def mail_address(self, name: str, default: str) -> str:
        text = self.text(name, default)
        try:
            validate_email(parseaddr(text)[1])
        except ValidationError:
            raise self.wrong(name, "an address such as desk@example.org") from None
        return text

    def provider(self, name: str) -> str:
        address = self.text(name)
        if address and not PROVIDER.fullmatch(address):
            raise self.wrong(name, "an address such as https://login.example.org")
        return address

    def together(self, *names: str) -> bool:
        """Tell whether all of these variables are set, or none; some of them alone are refused."""
        missing = [name for name in names if not self.text(name)]
        if missing and len(missing) < len(names):
            given = " and ".join(name for name in names if name not in missing)
            raise ImproperlyConfigured(f"{missing[0]} is not set: {given} needs it.")
        return not missing

    def wrong(self, name: str, expected: str, hidden: bool = False) -> ImproperlyConfigured:
        """Say what is wrong with a variable; a hidden one may hold a password."""
        found = "the value given" if hidden else repr(self.text(name))
        return ImproperlyConfigured(f"{name}: expected {expected}, not {found}.")


def new_key() -> str:
    return secrets.token_urlsafe(50)


def kept_key(file: Path) -> str:
    """Return the key in the file, which is made first if it is missing.

    Of two processes that start at once one makes it and both read it: a link appears whole or
    not at all. Raises OSError where the folder cannot be written.
    """
    if not file.exists():
        descriptor, draft = mkstemp(prefix=file.name, dir=file.parent)
        try:
            with open(descriptor, "w") as writing:
                writing.write(new_key())
            with suppress(FileExistsError):
                os.link(draft, file)
        finally:
            os.unlink(draft)
    return file.read_text().strip()
