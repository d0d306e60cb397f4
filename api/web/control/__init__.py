"""The control room's page: its shell and its data."""

from api.web.control.routes import router

__all__ = ["router"]
