"""The control room's page: its shell and its data."""

from api.web.control.routes import data_router, router

__all__ = ["data_router", "router"]
