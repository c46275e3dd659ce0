"""Settings from the environment: what is read, and how a wrong value is refused."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from servicedesk.environment import Environment, MailServer

LONG_KEY = "k" * 50
Reader = Callable[[Environment], object]


def read_pattern(environment: Environment) -> str:
    return environment.file_name("NAME", "{month}-{version}", ("month", "version"))


def read_database(address: str, folder: Path = Path("/")) -> dict[str, object]:
    return Environment({"DATABASE_URL": address}).database("DATABASE_URL", "", folder)


@pytest.mark.parametrize("word", ["1", "true", "YES", " on "])
def test_it_reads_a_yes(word: str) -> None:
    assert Environment({"DEBUG": word}).boolean("DEBUG", default=False) is True


@pytest.mark.parametrize("word", ["0", "false", "No", "off"])
def test_it_reads_a_no(word: str) -> None:
    assert Environment({"DEBUG": word}).boolean("DEBUG", default=True) is False


def test_it_takes_an_empty_variable_for_one_that_is_not_set() -> None:
    environment = Environment({"DEBUG": "", "PORT": " "})
    assert environment.boolean("DEBUG", default=True) is True
    assert environment.whole_number("PORT", 8000, lowest=1, highest=65535) == 8000


def test_it_drops_empty_words() -> None:
    assert Environment({"NAMES": "a, ,b,"}).words("NAMES") == ["a", "b"]


def test_it_reads_a_decimal_without_rounding() -> None:
    environment = Environment({"NPS_VERY_GOOD": "49.95"})
    assert environment.decimal("NPS_VERY_GOOD", "50", -100, 100) == Decimal("49.95")


REFUSALS: dict[str, tuple[str, Reader]] = {
    "a word for a yes or no": ("maybe", lambda e: e.boolean("NAME", default=True)),
    "a word for a number": ("many", lambda e: e.whole_number("NAME", 1, 0, 10)),
    "a number below the lowest": ("-1", lambda e: e.whole_number("NAME", 1, 0, 10)),
    "a number above the highest": ("11", lambda e: e.whole_number("NAME", 1, 0, 10)),
    "a fraction for a whole number": ("1.5", lambda e: e.whole_number("NAME", 1, 0, 10)),
    "a word for a decimal": ("high", lambda e: e.decimal("NAME", "1", 0, 10)),
    "a decimal that is no number": ("NaN", lambda e: e.decimal("NAME", "1", 0, 10)),
    "an endless decimal": ("Infinity", lambda e: e.decimal("NAME", "1", 0, 10)),
    "a decimal out of range": ("10.1", lambda e: e.decimal("NAME", "1", 0, 10)),
    "a time zone that does not exist": ("Europe/Utopia", lambda e: e.time_zone("NAME", "UTC")),
    "a time zone that is a folder": ("Europe", lambda e: e.time_zone("NAME", "UTC")),
    "a time zone that is a path": ("../../etc/passwd", lambda e: e.time_zone("NAME", "UTC")),
    "a host with a scheme": ("https://desk.example", lambda e: e.hosts("NAME", debug=False)),
    "a host with a port": ("desk.example:8000", lambda e: e.hosts("NAME", debug=False)),
    "an origin without a scheme": ("desk.example", lambda e: e.origins("NAME")),
    "a file name without a field": ("report-{month}", read_pattern),
    "a file name with a field twice": ("{month}{month}-{version}", read_pattern),
    "a file name with a field unknown": ("{month}-{version}-{user}", read_pattern),
    "a file name in a folder": ("{month}/{version}", read_pattern),
    "a hidden file": (".{month}-{version}", read_pattern),
    "a file name with a quote": ('"{month}-{version}"', read_pattern),
    "a file name that is too long": ("x" * 120 + "{month}{version}", read_pattern),
    "a proxy that is a name": ("proxy.example", lambda e: e.networks("NAME")),
    "a network with too many bits": ("10.0.0.1/8", lambda e: e.networks("NAME")),
    "a sender without a domain": ("servicedesk", lambda e: e.mail_address("NAME", "")),
    "a provider over plain HTTP": ("http://login.example", lambda e: e.provider("NAME")),
    "a provider that looks local": ("http://127.0.0.1.example", lambda e: e.provider("NAME")),
    "a provider with a query": ("https://login.example?a=b", lambda e: e.provider("NAME")),
    "an origin with a path": ("https://desk.example/x", lambda e: e.origins("NAME")),
}


@pytest.mark.parametrize(("value", "read"), REFUSALS.values(), ids=REFUSALS.keys())
def test_it_refuses_a_wrong_value_by_its_name(value: str, read: Reader) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(Environment({"NAME": value}))
    assert str(refusal.value).startswith("NAME: expected ")
    assert repr(value) in str(refusal.value)


@pytest.mark.parametrize(
    "address",
    [
        "hunter2",
        "mysql://desk:hunter2@db.example/desk",
        "postgres://desk:hunter2@db.example",
        "postgres://desk:hunter2@db.example:port/desk",
        "postgres://desk:hunter2@[::1/desk",
        "sqlite://hunter2.sqlite3",
        "sqlite://folder/hunter2.sqlite3",
        "sqlite:///",
        "sqlite://",
    ],
)
def test_it_refuses_a_wrong_database_without_showing_its_password(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL: expected ") as refusal:
        read_database(address)
    assert "hunter2" not in str(refusal.value)


def test_it_refuses_a_database_file_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL: the folder .*nowhere"):
        read_database("sqlite:///nowhere/desk.sqlite3", tmp_path)


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 587, "", "", "STARTTLS")),
        (
            "smtps://desk:p%40ss@mail.example",
            MailServer("mail.example", 465, "desk", "p@ss", "TLS"),
        ),
        ("smtp+plain://127.0.0.1:2525/", MailServer("127.0.0.1", 2525, "", "", "")),
        ("", None),
    ],
)
def test_it_reads_an_address_of_a_mail_server(address: str, server: MailServer | None) -> None:
    assert Environment({"EMAIL_URL": address}).mail_server("EMAIL_URL") == server


@pytest.mark.parametrize(
    "address",
    ["hunter2", "http://desk:hunter2@mail.example", "smtp://desk:hunter2@", "smtp://hunter2:port"],
)
def test_it_refuses_a_wrong_mail_server_without_showing_its_password(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL: expected ") as refusal:
        Environment({"EMAIL_URL": address}).mail_server("EMAIL_URL")
    assert "hunter2" not in str(refusal.value)


def test_variables_that_need_each_other_are_set_all_or_none() -> None:
    assert Environment({"ONE": "1", "TWO": "2"}).together("ONE", "TWO") is True
    assert Environment({}).together("ONE", "TWO") is False
    with pytest.raises(ImproperlyConfigured, match=r"^TWO is not set: ONE needs it\.$"):
        Environment({"ONE": "1"}).together("ONE", "TWO")


def test_it_reads_addresses_and_networks() -> None:
    networks = Environment({"NAME": "127.0.0.1, 10.0.0.0/8, fd00::/8"}).networks("NAME")
    assert [str(each) for each in networks] == ["127.0.0.1/32", "10.0.0.0/8", "fd00::/8"]


def test_it_reads_a_pattern_for_file_names() -> None:
    assert read_pattern(Environment({})) == "{month}-{version}"
    chosen = "Report of {month} {version}"
    assert read_pattern(Environment({"NAME": chosen})) == chosen


def test_it_reads_an_address_of_postgresql() -> None:
    entry = read_database("postgres://desk:p%40ss@db.example:5433/desk?sslmode=require")
    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert (entry["USER"], entry["PASSWORD"]) == ("desk", "p@ss")
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example", 5433, "desk")
    assert entry["OPTIONS"] == {"sslmode": "require"}


def test_it_tries_a_kept_connection_before_using_it() -> None:
    assert read_database("postgres://desk@db.example/desk")["CONN_HEALTH_CHECKS"] is True


def test_it_looks_for_a_relative_file_in_the_folder_of_the_project(tmp_path: Path) -> None:
    assert read_database("sqlite:///desk.sqlite3", tmp_path)["NAME"] == f"{tmp_path}/desk.sqlite3"


def test_it_leaves_an_absolute_file_where_it_is(tmp_path: Path) -> None:
    entry = read_database(f"sqlite:///{tmp_path}/desk.sqlite3", Path("/elsewhere"))
    assert entry["NAME"] == f"{tmp_path}/desk.sqlite3"


@pytest.mark.parametrize("address", ["sqlite://:memory:", "sqlite:///:memory:"])
def test_it_keeps_a_database_in_memory_when_asked(address: str) -> None:
    assert read_database(address)["NAME"] == ":memory:"


def test_it_refuses_a_short_secret_key_without_showing_it(tmp_path: Path) -> None:
    environment = Environment({"SECRET_KEY": "hunter2"})
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY: expected ") as refusal:
        environment.secret_key("SECRET_KEY", debug=False, kept_in=tmp_path / "key")
    assert "hunter2" not in str(refusal.value)


def test_it_takes_the_secret_key_that_is_given(tmp_path: Path) -> None:
    environment = Environment({"SECRET_KEY": LONG_KEY})
    assert environment.secret_key("SECRET_KEY", False, tmp_path / "key") == LONG_KEY
    assert not (tmp_path / "key").exists()


def test_it_takes_the_keys_of_before_and_refuses_a_short_one_without_showing_it() -> None:
    environment = Environment(
        {"OLD": f"{LONG_KEY}, {LONG_KEY[::-1]}", "SHORT": f"{LONG_KEY},hunter2"}
    )
    assert environment.former_keys("OLD", debug=False) == [LONG_KEY, LONG_KEY[::-1]]
    assert environment.former_keys("SHORT", debug=True) == [LONG_KEY, "hunter2"]
    assert environment.former_keys("NONE", debug=False) == []
    with pytest.raises(ImproperlyConfigured, match=r"^SHORT: expected ") as refusal:
        environment.former_keys("SHORT", debug=False)
    assert "hunter2" not in str(refusal.value)


def test_it_makes_a_secret_key_once_and_lets_nobody_else_read_it(tmp_path: Path) -> None:
    file = tmp_path / "key"
    first = Environment({}).secret_key("SECRET_KEY", debug=True, kept_in=file)
    assert len(first) >= 50
    assert Environment({}).secret_key("SECRET_KEY", debug=True, kept_in=file) == first
    assert file.stat().st_mode & 0o777 == 0o600


def test_it_gives_all_who_start_at_once_the_same_secret_key(tmp_path: Path) -> None:
    file = tmp_path / "key"
    with ThreadPoolExecutor(8) as pool:
        keys = pool.map(
            lambda _: Environment({}).secret_key("SECRET_KEY", debug=True, kept_in=file), range(64)
        )
    assert set(keys) == {file.read_text()}
    assert os.listdir(tmp_path) == ["key"]


def test_it_makes_do_with_a_passing_secret_key_where_nothing_can_be_written(tmp_path: Path) -> None:
    key = Environment({}).secret_key("SECRET_KEY", True, tmp_path / "no such folder" / "key")
    assert len(key) >= 50


def test_it_answers_to_this_machine_alone_while_debugging() -> None:
    assert Environment({}).hosts("ALLOWED_HOSTS", debug=True) == ["localhost", "127.0.0.1", "[::1]"]


def test_it_accepts_every_shape_of_host() -> None:
    names = "desk.example,.desk.example,10.0.0.5,[2001:db8::5],*"
    assert Environment({"ALLOWED_HOSTS": names}).hosts("ALLOWED_HOSTS", debug=False) == (
        names.split(",")
    )
