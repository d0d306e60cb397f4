"""`rules/japan.json`: Japan's rule package as a file that people read, copy and change.

Run `python -m tests.support.rule_package` after a change of `aggregates/rule_package/japan.py`.
"""

from pathlib import Path

import msgspec

from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.package import RulePackage, package_bytes
from tests import builders as b
from tests.support.gwt import Command

FILE = Path(__file__).parents[2] / "rules" / "japan.json"


def election_with(package: RulePackage, **facts: object) -> Command:
    """Define the election under a rule package of its own."""
    return {**b.election(**facts), "rule_package": msgspec.to_builtins(package)}


def readable_package() -> bytes:
    """The published bytes, indented."""
    return msgspec.json.format(package_bytes(JAPAN), indent=1) + b"\n"


if __name__ == "__main__":
    FILE.write_bytes(readable_package())
