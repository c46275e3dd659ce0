"""Where a request comes from, by what cannot be made up."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
# All who come without an address, through a socket of this machine for one, count as one.
NOWHERE = IPv4Address(0)
# Who has one address of this size has all of it.
IPV6_NETWORK = 64


def client_address(request: HttpRequest) -> str:
    """Return the address that wrong passwords and asked-for mails are counted by.

    It is the address of the connection. Only where that belongs to a proxy of TRUSTED_PROXIES is
    the header X-Forwarded-For read, from its end: the last address that is no such proxy's is the
    client, for what stands before it may be invented.
    """
    found = parsed(request.META.get("REMOTE_ADDR", "")) or NOWHERE
    passed_on = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while passed_on and any(found in network for network in settings.TRUSTED_PROXIES):
        before = parsed(passed_on.pop())
        if before is None:
            break
        found = before
    return as_counted(found)


def parsed(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def as_counted(address: Address) -> str:
    """An address of IPv6 counts as the first of its network, which one person commands alone."""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((int(address), IPV6_NETWORK), strict=False).network_address)
