"""Coverage of each package against its floor: `python -m tests.support.coverage_floors`.

Reads what `make test` measured (lines and branches, by the unit tests).
"""

import io
import sys

from coverage import Coverage

FLOORS = {"aggregates": 95, "projections": 95, "infra": 90, "api": 90}
"""Percent; a floor only rises. What acceptance tests run in processes of their own is not in it."""


def main() -> int:
    """Print each package with its floor; 1 when one is below."""
    measured = Coverage()
    measured.load()
    below = 0
    for package, floor in FLOORS.items():
        found = measured.report(include=[f"{package}/*"], file=io.StringIO())
        below += found < floor
        print(f"{package:<12} {found:5.1f} %  (at least {floor})")
    return int(below > 0)


if __name__ == "__main__":
    sys.exit(main())
