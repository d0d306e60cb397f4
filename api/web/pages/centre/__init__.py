"""The counting centre's page: its shell, its data, and the worker that keeps it offline."""

from api.web.pages.centre.centre_routes import code_router, data_router, router

__all__ = ["code_router", "data_router", "router"]
