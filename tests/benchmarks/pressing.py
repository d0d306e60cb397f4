"""As many requests as one connection pool can make."""

import re
import subprocess


def requests_per_second(port: int, path: str, *, coding: str = "br", seconds: int = 1) -> float:
    """What wrk gets from 32 connections in one thread.

    Raises:
        RuntimeError: Something else than 200 was answered.
    """
    command = ["wrk", "-t1", "-c32", f"-d{seconds}s", "-H", f"Accept-Encoding: {coding}"]
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"Requests/sec:\s+([0-9.]+)", said)
    if "Non-2xx" in said or found is None:
        raise RuntimeError(said)
    return float(found.group(1))
