"""The command line as people run it: a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def kaihyo(*arguments: str | Path, seconds_max: float = 500) -> subprocess.CompletedProcess[str]:
    """Run `kaihyo` with these arguments and wait for its end."""
    return subprocess.run(
        [sys.executable, "-c", "from api.cli.main import main; main()", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=seconds_max,
        check=False,
    )
