"""Address of a caller: the network's own, or what a proxy said that `server.trusted_proxies` names."""

from ipaddress import IPv4Address, ip_address, ip_network

from starlette.types import Scope

UNKNOWN = "?"
A_CUSTOMERS = 64
"""Bits of an IPv6 address that are one customer's; the others they choose as they like."""


def address_of(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else UNKNOWN


def network_of(address: str) -> str:
    """Whom an address stands for: an IPv4 address for itself, one of IPv6 for its network."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if mapped := getattr(parsed, "ipv4_mapped", None):
        return str(mapped)
    return str(parsed) if isinstance(parsed, IPv4Address) else str(ip_network((int(parsed), A_CUSTOMERS), strict=False))


def is_private(address: str) -> bool:
    """Check whether an address is of this machine or of the networks of a company, and not the internet's."""
    try:
        return ip_address(address).is_private
    except ValueError:
        return True
