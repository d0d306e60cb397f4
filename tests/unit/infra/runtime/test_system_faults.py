"""Faults of the system, as sentences."""

import errno
import socket
from pathlib import Path
from urllib.error import URLError

import httpx
import msgspec
import pytest

from infra.runtime.system_faults import describe_fault, fault_reason
from tests.support.ports import free_port


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        (tmp_path / "missing").read_bytes()

    assert describe_fault(raised.value) == f"{tmp_path / 'missing'}: ファイルかフォルダがありません"


def test_a_server_that_does_not_listen_is_told_through_every_library() -> None:
    address = f"http://127.0.0.1:{free_port()}/"

    with pytest.raises(httpx.HTTPError) as raised:
        httpx.get(address, timeout=5)

    assert "接続を断られました" in fault_reason(raised.value)
    assert "接続を断られました" in fault_reason(
        URLError(ConnectionRefusedError(errno.ECONNREFUSED, "refused"))
    )


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "空きがありません"),
        (socket.gaierror(-2, "Name or service not known"), "アドレスの名前"),
        (TimeoutError(), "時間内に"),
        (UnicodeDecodeError("utf-8", b"a\xff", 1, 2, "invalid"), "（2 バイト目）"),
        (msgspec.DecodeError("malformed"), "JSON として"),
        (msgspec.ValidationError("Expected `str`"), "中身の形"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (ValueError("another"), "another"),
    ],
)
def test_each_kind_has_a_reason(error: Exception, words: str) -> None:
    assert words in fault_reason(error)
