"""HTTP to servers of tests, on machines that have other things to do."""

import httpx

SECONDS_MAX = 60.0
"""How long an answer may take."""
PLAIN = httpx.Client(verify=False, timeout=SECONDS_MAX)  # noqa: S501
"""For a question now and then. No certificates are read, which takes 40 ms for each client."""


def client_of(address: str = "") -> httpx.Client:
    """A client of its own for a server, which tries again while that one begins; see `PLAIN`."""
    transport = httpx.HTTPTransport(retries=20, verify=False)
    return httpx.Client(base_url=address, transport=transport, timeout=SECONDS_MAX)
