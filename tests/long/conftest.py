"""A running server with an empty log."""

from tests.support.empty_server import empty_client, empty_services

__all__ = ["empty_client", "empty_services"]
