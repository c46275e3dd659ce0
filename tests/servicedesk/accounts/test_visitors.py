"""The address that wrong passwords are counted by: what is believed, and what is not."""

from ipaddress import ip_network

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from servicedesk.accounts.visitors import client_address


def address(connection: str, forwarded_for: str | None = None) -> str:
    headers = {} if forwarded_for is None else {"x-forwarded-for": forwarded_for}
    return client_address(RequestFactory(REMOTE_ADDR=connection).get("/", headers=headers))


def test_a_header_is_believed_from_nobody_by_default() -> None:
    assert address("127.0.0.1", "198.51.100.1") == "127.0.0.1"


@pytest.mark.parametrize(
    ("connection", "forwarded_for", "client"),
    [
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "invented, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.5, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.5, unknown, 10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "10.0.0.1", "10.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("", "198.51.100.1", "0.0.0.0"),  # noqa: S104
    ],
)
def test_a_trusted_proxy_is_believed_up_to_the_last_that_is_none(
    settings: Settings, connection: str, forwarded_for: str | None, client: str
) -> None:
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1"), ip_network("10.0.0.0/8")]
    assert address(connection, forwarded_for) == client


def test_a_network_of_ipv6_counts_as_one_address() -> None:
    assert address("2001:db8:1:2:aaaa::1") == address("2001:db8:1:2:bbbb::2") == "2001:db8:1:2::"
    assert address("2001:db8:1:3::1") == "2001:db8:1:3::"
