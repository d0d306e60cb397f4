"""A module of ours as a process of its own: limited, and the least urgent there is."""

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from typing import Final, NamedTuple

_MEMORY_BYTES_MAX: Final = 512 * 1024 * 1024
_CORE_SECONDS_MAX: Final = 10
_SECONDS_MAX: Final = 120
"""Only against a process that hangs: computing has a limit of its own, and being the least urgent
it may wait long for a core."""
_NICE: Final = 19
"""Postings and readers come first where cores are few, so this is the least urgent there is."""


class ProcessEnd(NamedTuple):
    """How a process ended.

    Attributes:
        returncode: 0 when all went well.
        stdout: What it wrote.
        stderr: What it wrote to its error output.
    """

    returncode: int
    stdout: bytes
    stderr: bytes


def run_apart(module: Sequence[str], content: bytes) -> ProcessEnd | None:
    """Run a module with its arguments; None when it hangs.

    Args:
        module: Its name and its arguments.
        content: What it reads.
    """
    command = [sys.executable, "-m", *module]
    pipe = subprocess.PIPE
    # Linux may share cores among sessions first: in one of its own, the process takes nothing of
    # what is due to the server.
    with subprocess.Popen(  # noqa: S603 - a module of ours
        command, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True
    ) as process:
        try:
            # From its first moment: beginning takes as long as reading.
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
            stdout, stderr = process.communicate(content, timeout=_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            return None
    return ProcessEnd(process.returncode, stdout, stderr)


def limit_process() -> None:
    """Hold this process to memory and computing that a sheet of a count may take."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES_MAX, _MEMORY_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_CORE_SECONDS_MAX, _CORE_SECONDS_MAX))
