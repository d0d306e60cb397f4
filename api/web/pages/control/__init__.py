"""The control room's page: its shell and its data."""

from api.web.pages.control.control_routes import data_router, router

__all__ = ["data_router", "router"]
