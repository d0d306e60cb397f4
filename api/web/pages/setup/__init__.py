"""The first run: the page that founds an election, and what it asks."""

from api.web.pages.setup.awaited_routes import add_awaited_routes
from api.web.pages.setup.definition_checks import check_router
from api.web.pages.setup.key_mailbox import KeyMailbox, mailbox_router
from api.web.pages.setup.setup_data import data_router
from api.web.pages.setup.setup_routes import router

__all__ = [
    "KeyMailbox",
    "add_awaited_routes",
    "check_router",
    "data_router",
    "mailbox_router",
    "router",
]
