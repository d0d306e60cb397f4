"""Commands that keep running: started, waited for, and ended or killed."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.acceptance.kaihyo import ROOT
from tests.support.lines import PLAIN

_SECONDS_MAX = 180.0


def started(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    """`kaihyo` with these arguments, running."""
    return subprocess.Popen(
        [sys.executable, "-c", "from api.cli.main import main; main()", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def running(*arguments: str | Path, url: str = "", **environment: str) -> Iterator[str]:
    """The same while it is used; waits until a URL answers, and ends it as an operator would."""
    process = started(*arguments, **environment)
    try:
        if url:
            wait_for(url, process)
        yield url
    finally:
        process.terminate()
        try:
            process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def wait_for(url: str, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + _SECONDS_MAX
    while time.monotonic() < end:
        if process.poll() is not None:
            raise AssertionError(process.communicate()[1])
        try:
            PLAIN.get(url)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} does not answer")


def get(url: str) -> bytes:
    return PLAIN.get(url).raise_for_status().content
