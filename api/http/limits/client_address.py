"""Who a request is from when it comes through a proxy: limits count by that address."""

import ipaddress
from functools import lru_cache
from typing import Final

from fastapi import Request

_EVERYBODY: Final = "*"
_HOPS_MAX: Final = 20
_KNOWN_MAX: Final = 4096


class TrustedProxies:
    """Addresses whose `X-Forwarded-For` is believed.

    Args:
        trusted: Addresses or networks, by commas; `*` for everybody, where nobody but a proxy
            reaches this server.

    Raises:
        ValueError: One is neither.
    """

    def __init__(self, trusted: str) -> None:
        named = [each.strip() for each in trusted.split(",") if each.strip()]
        self._trusts_everybody = _EVERYBODY in named
        self._networks = [
            ipaddress.ip_network(each, strict=False) for each in named if each != _EVERYBODY
        ]
        self.has = lru_cache(_KNOWN_MAX)(self._has)

    def client(self, peer: str, forwarded: bytes) -> str:
        """The last address that no trusted proxy has, or the first when all are trusted.

        Args:
            peer: Who is connected.
            forwarded: The header; empty when there is none.
        """
        client = peer
        for hop in reversed(forwarded.decode("latin-1").split(",")[-_HOPS_MAX:]):
            if not self.has(client):
                break
            client = _without_port(hop.strip()) or client
        return client

    def _has(self, address: str) -> bool:
        if self._trusts_everybody:
            return True
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._networks)


def sender_address(request: Request, proxies: TrustedProxies) -> str:
    """Who sent a request, behind the proxies that are believed."""
    peer = request.client.host if request.client is not None else ""
    forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
    return proxies.client(peer, forwarded.encode("latin-1")) if forwarded else peer


def _without_port(hop: str) -> str:
    """An address as some proxies write it, without the port that differs with each connection."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
