"""The first run: the page that founds an election, and what it asks."""

from api.web.pages.setup.key_mailbox import KeyMailbox, mailbox_router
from api.web.pages.setup.setup_data import data_router
from api.web.pages.setup.setup_routes import redirect_router, router

__all__ = ["KeyMailbox", "data_router", "mailbox_router", "redirect_router", "router"]
