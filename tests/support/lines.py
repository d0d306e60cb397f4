"""HTTP to servers of tests."""

import httpx

PLAIN = httpx.Client(verify=False, timeout=10)  # noqa: S501
"""For a question now and then. No certificates are read, which takes 40 ms for each client."""


def patient() -> httpx.HTTPTransport:
    """Tries again while a server begins; see `PLAIN`."""
    return httpx.HTTPTransport(retries=20, verify=False)
