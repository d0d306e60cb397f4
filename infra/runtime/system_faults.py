"""What the operating system or a file refuses, in a sentence a person of an office can act on."""

import errno
import socket
from collections.abc import Mapping
from typing import Final
from urllib.error import URLError

import msgspec

from infra.protocols.protocol_errors import PolicyMalformed

_REASONS: Final[Mapping[int, str]] = {
    errno.ENOENT: "ファイルかフォルダがありません",
    errno.EISDIR: "フォルダです。ファイルを指定してください",
    errno.ENOTDIR: "フォルダではなくファイルです。フォルダを指定してください",
    errno.EEXIST: "同じ名前のファイルかフォルダがすでにあります",
    errno.EACCES: "読み書きする権限がありません",
    errno.EPERM: "読み書きする権限がありません",
    errno.EROFS: "書き込めない場所です",
    errno.ENOSPC: "ディスクに空きがありません",
    errno.EDQUOT: "使ってよい容量を使い切りました",
    errno.ENAMETOOLONG: "名前が長すぎます",
    errno.EMFILE: "開いているファイルが多すぎます",
    errno.EADDRINUSE: "ほかの処理が使っているポートです",
    errno.EADDRNOTAVAIL: "この機械にないアドレスです",
    errno.ECONNREFUSED: "接続を断られました。相手が動いているか確かめてください",
    errno.ECONNRESET: "接続が切れました",
    errno.EPIPE: "接続が切れました",
    errno.ETIMEDOUT: "時間内に応答がありません",
    errno.EHOSTUNREACH: "相手に届きません。回線を確かめてください",
    errno.ENETUNREACH: "相手に届きません。回線を確かめてください",
}


def describe_fault(error: BaseException) -> str:
    """Why something cannot be read, written or reached, and what it is.

    Args:
        error: As in `fault_reason`.

    Returns:
        The reason, behind the name of the file where the system gives one.
    """
    name = getattr(error, "filename", None)
    return f"{name}: {fault_reason(error)}" if name else fault_reason(error)


def fault_reason(error: BaseException) -> str:
    """Why something outside the program cannot be read, written or reached.

    Args:
        error: What was raised by the system, by decoding text, by reading JSON or by asking a
            server.

    Returns:
        A Japanese sentence without a full stop; of any other error its own words.
    """
    match error:
        case URLError(reason=BaseException() as inner):
            reason = fault_reason(inner)
        case socket.gaierror():
            reason = "アドレスの名前が見つかりません。つづりと回線を確かめてください"
        case TimeoutError():
            reason = _REASONS[errno.ETIMEDOUT]
        case OSError():
            reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        case UnicodeDecodeError():
            reason = f"文字コードが UTF-8 ではありません（{error.start + 1:,} バイト目）"
        case PolicyMalformed():
            reason = error.japanese
        case msgspec.ValidationError():
            reason = f"中身の形が違います（{error}）"
        case msgspec.DecodeError():
            reason = f"JSON として読めません（{error}）"
        case _:
            below = _system_error(error)
            reason = str(error) if below is None else fault_reason(below)
    return reason


def _system_error(error: BaseException) -> OSError | None:
    """What the system said to a library that then raised an error of its own."""
    below = error.__context__
    while below is not None and not isinstance(below, OSError):
        below = below.__context__
    return below
