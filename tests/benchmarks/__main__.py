"""Every benchmark in one run: `make bench`. Each prints figures taken in the same minutes.

A benchmark exits with 1 when a bar is missed; all of them are run all the same.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def modules() -> list[str]:
    """Every benchmark beside this file: a module, or a package with a `__main__`."""
    files = (path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    packages = (path.parent.name for path in HERE.glob("*/__main__.py"))
    return sorted({*files, *packages})


def main() -> int:
    """Run them one after the other, so that none disturbs another."""
    missed = []
    for name in modules():
        print(f"\n== {name}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=False)
        if done.returncode:
            missed.append(name)
    print(f"\nbars missed in: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
