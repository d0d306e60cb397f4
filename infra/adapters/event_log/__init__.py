"""The log: every posting of one election in one order, permanently.

What this package is known by is loaded when it is asked for: an office that signs and sends needs
the encoding of events, and neither a database nor its driver.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from infra.adapters.event_log.event_log import Log
    from infra.adapters.event_log.log_errors import LogUnavailable
    from infra.adapters.event_log.submission_receipt import Receipt

__all__ = ["Log", "LogUnavailable", "Receipt"]

_MODULES: Final = {
    "Log": "event_log",
    "LogUnavailable": "log_errors",
    "Receipt": "submission_receipt",
}


def __getattr__(name: str) -> object:
    """A class of this package, from its module (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
