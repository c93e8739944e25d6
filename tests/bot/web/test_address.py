"""Whom an address stands for."""

import pytest

from bot.web.platform.address import is_private, network_of


@pytest.mark.parametrize(
    ("address", "network", "private"),
    [
        ("8.8.8.8", "8.8.8.8", False),
        ("127.0.0.1", "127.0.0.1", True),
        ("172.17.0.1", "172.17.0.1", True),
        ("2400:3200:1:2:3:4:5:6", "2400:3200:1:2::/64", False),
        ("2400:3200:1:2::9", "2400:3200:1:2::/64", False),
        ("2400:3200:1:3::9", "2400:3200:1:3::/64", False),
        ("::1", "::/64", True),
        ("::ffff:8.8.8.8", "8.8.8.8", False),
        ("unix", "unix", True),
    ],
)
def test_an_address(address: str, network: str, private: bool) -> None:
    assert (network_of(address), is_private(address)) == (network, private)
