"""A running server, as the unit tests of the HTTP interface have it."""

from tests.unit.api.conftest import client, services

__all__ = ["client", "services"]
