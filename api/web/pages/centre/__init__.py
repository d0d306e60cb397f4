"""The counting centre's page: its shell, its data, and the worker that keeps it offline."""

from api.web.pages.centre.centre_routes import data_router, router

__all__ = ["data_router", "router"]
