"""Whether readers should read here: is the log followed, how far, and since when not."""

from datetime import datetime
from typing import Final, Literal

import msgspec
import psycopg

from api.http.app_state import AppState
from api.http.log_signing_status import SigningStatus, log_signing_status
from infra.adapters.event_log.event_codec import decode
from infra.runtime.clock import Clock, SystemClock

BEHIND_SECONDS_MAX: Final = 10.0
"""How old the first entry not yet read here may be; in a burst a batch takes a fraction of it."""

_WRITE_REASON: Final = "このサーバでは今、投稿を記録できません。結果は読めます。"

State = Literal["following", "behind", "stopped", "forked", "unknown"]


class HealthStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How a process is doing.

    Attributes:
        status: `following`; anything else is a reason to read elsewhere.
        reason: Why, in a sentence; empty while it follows.
        election: Id of the election; empty before it is defined.
        environment: `live` or `rehearsal`; empty before it is defined.
        position: Position that is read here.
        root: Root of the tree of that size, in hexadecimal.
        recorded: Last position of the log, as far as this process can know; None if it cannot.
        lag: Entries recorded and not read here.
        behind_seconds: Age of the first of them.
        transparency: What attests the log; None where this process serves none.
        fault: What went wrong, for those who run this process.
        write_fault: Why this process could not record its last postings or cannot record the next
            ones, such as a full disk or a clock that jumped; empty when it can. Readers may read
            here nevertheless.
    """

    status: State
    reason: str
    election: str
    environment: str
    position: int
    root: str
    recorded: int | None
    lag: int
    behind_seconds: float
    transparency: SigningStatus | None
    fault: str = ""
    write_fault: str = ""


def health_status(services: AppState, clock: Clock | None = None) -> HealthStatus:
    """The present health of a server.

    Args:
        services: What to look at.
        clock: The time; that of this machine unless given.
    """
    now = (clock or SystemClock()).now()
    fault = services.live.fault()
    position, root, last = services.live.read_with_root(
        lambda state, root: (state.position, root, state.times[-1] if state.times else None)
    )
    recorded, behind_seconds = _measure_lag(services, position, now)
    write_fault = services.log.write_fault(last)
    lag = max(0, (recorded or 0) - position)
    transparency = _transparency(services, recorded or position, now)
    status: State = "following"
    if fault is not None:
        status = "stopped"
    elif transparency is not None and transparency.roots_differ:
        status = "forked"
    elif recorded is None:
        status = "unknown"
    elif behind_seconds > BEHIND_SECONDS_MAX:
        status = "behind"
    return HealthStatus(
        status=status,
        reason=_reason(status, lag, behind_seconds) or _WRITE_REASON * bool(write_fault),
        election=services.election,
        environment=services.environment,
        position=position,
        root=root,
        recorded=recorded,
        lag=lag,
        behind_seconds=behind_seconds,
        transparency=transparency,
        fault="" if fault is None else str(fault),
        write_fault=write_fault,
    )


def _measure_lag(services: AppState, position: int, now: datetime) -> tuple[int | None, float]:
    """Last position of the log, and how old the first entry is that is not read here."""
    try:
        recorded = services.live.recorded
        if recorded <= position:
            return recorded, 0.0
        row = services.log.reader.row(position + 1)
    except (psycopg.Error, OSError):
        return None, 0.0
    except LookupError:
        return recorded, 0.0
    age = (now - decode(row.topic, row.state).timestamp).total_seconds()
    return recorded, round(max(0.0, age), 1)


def _reason(status: State, lag: int, behind_seconds: float) -> str:
    match status:
        case "following":
            return ""
        case "behind":
            return (
                f"記録に追いついていません（あと {lag:,} 件、{behind_seconds:.0f} 秒前から）。"
                "別のサーバで読んでください。"
            )
        case "stopped":
            return "記録を追うのをやめています。別のサーバで読んでください。"
        case "forked":
            return (
                "このサーバが読んだ記録は、公開されたチェックポイントと食い違っています。"
                "別のサーバで読んでください。"
            )
        case "unknown":
            return "記録のデータベースに届かないため、最新かどうか分かりません。"


def _transparency(services: AppState, recorded: int, now: datetime) -> SigningStatus | None:
    if services.public is None:
        return None

    def known_root(size: int) -> bytes | None:
        live = services.live
        return bytes.fromhex(live.root(size)) if size <= live.position else None

    return log_signing_status(services.public, recorded, now, known_root)
