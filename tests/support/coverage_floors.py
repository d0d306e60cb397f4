"""Coverage of each package against its floor: `python -m tests.support.coverage_floors`.

Reads what the processes of `make test` counted (lines and branches, by the unit tests) and prints
what was not reached.
"""

import json
import sys
from typing import Any

from slipcover import merge_coverage, print_coverage

from tests.support.counted_lines import FOLDER

FLOORS = {"aggregates": 95, "projections": 95, "infra": 90, "api": 90}
"""Percent; a floor only rises. What acceptance tests run in processes of their own is not in it."""

Counted = dict[str, Any]


def counted() -> Counted:
    """What all processes of the last run counted, together."""
    first, *others = (json.loads(each.read_bytes()) for each in sorted(FOLDER.glob("*.json")))
    for other in others:
        merge_coverage(first, other)
    return dict(first)


def percent(package: str, files: Counted) -> float:
    """Lines and branches of a package that were reached, of all it has."""
    reached = missing = 0
    for name, found in files.items():
        if name.startswith(f"{package}/"):
            reached += len(found["executed_lines"]) + len(found["executed_branches"])
            missing += len(found["missing_lines"]) + len(found["missing_branches"])
    return 100 * reached / (reached + missing)


def main() -> int:
    """Print each package with its floor; 1 when one is below."""
    found = counted()
    print_coverage(found, skip_covered=True, missing_width=80)
    below = 0
    for package, floor in FLOORS.items():
        share = percent(package, found["files"])
        below += share < floor
        print(f"{package:<12} {share:5.1f} %  (at least {floor})")
    return int(below > 0)


if __name__ == "__main__":
    sys.exit(main())
