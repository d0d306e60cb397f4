"""The log: every posting of one election in one order, permanently."""

from infra.adapters.event_log.event_log import Log
from infra.adapters.event_log.log_errors import LogUnavailable
from infra.adapters.event_log.submission_receipt import Receipt

__all__ = ["Log", "LogUnavailable", "Receipt"]
