"""Proxies of the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`): which address goes through which.

What is on this machine itself never goes through one.
"""

import os
from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

USABLE = ("http", "https")
SECURE = {"https": "https", "wss": "https", "http": "http", "ws": "http"}


class BadProxy(ValueError):
    """A proxy setting that cannot be used. `variable` is where it stands, `found` what stands there, no password."""

    def __init__(self, variable: str, found: str) -> None:
        super().__init__(f"{variable}={found}")
        self.variable, self.found = variable, found


def proxy_for(address: str) -> str | None:
    """The proxy for an address, `http:`, `https:`, `ws:` or `wss:`; None: it is spoken to directly.

    Raises BadProxy.
    """
    target = urlsplit(address)
    host, scheme = target.hostname or "", SECURE.get(target.scheme, "https")
    if is_loopback(host):
        return None
    proxies = getproxies()
    name = next((name for name in (scheme, "all") if proxies.get(name)), "")
    if not name or proxy_bypass(f"{host}:{target.port}" if target.port else host):
        return None
    return _usable(name, proxies[name])


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _usable(name: str, found: str) -> str:
    proxy = urlsplit(found if "://" in found else f"http://{found}")
    try:
        usable = proxy.scheme in USABLE and bool(proxy.hostname) and proxy.port != 0
    except ValueError:  # a port that is no number
        usable = False
    if not usable or "@" in proxy.path + proxy.query + proxy.fragment:  # a password with a stroke ends the host
        raise BadProxy(_variable(name), _shown(found))
    return proxy.geturl()


def _variable(name: str) -> str:
    """Spelling of a variable in this environment; small letters win, as everywhere."""
    wanted = f"{name}_proxy"
    return wanted if os.environ.get(wanted) else wanted.upper()


def _shown(found: str) -> str:
    """Cut at the last `@`: whatever stands in a password, the host is behind it."""
    scheme, _, rest = found.partition("://") if "://" in found else ("http", "", found)
    return f"{scheme}://{rest.rpartition('@')[2]}"
