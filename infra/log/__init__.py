"""The log: every posting of one election in one order, for ever."""

from infra.log.errors import LogUnavailable
from infra.log.log import Log
from infra.log.receipt import Receipt

__all__ = ["Log", "LogUnavailable", "Receipt"]
