"""What Prometheus has of the running deployment: every figure that alerts and dashboard name."""

import json
import re
from collections.abc import Iterator

import httpx
import yaml

from tests.deployment.compose import DOCS
from tests.deployment.processes import wait_until

_NAME = re.compile(r"\bkaihyo_\w+")


def alert_expressions() -> list[str]:
    """The expressions of the alerts."""
    file = yaml.safe_load((DOCS / "alerts.yaml").read_text("utf-8"))
    return [rule["expr"] for group in file["groups"] for rule in group["rules"]]


def dashboard_expressions() -> list[str]:
    """The expressions of the dashboard's panels."""
    file = json.loads((DOCS / "dashboard.json").read_text("utf-8"))
    return [target["expr"] for panel in file["panels"] for target in panel["targets"]]


def figures() -> set[str]:
    """Names of the figures that alerts and dashboard go by."""
    return set(_names([*alert_expressions(), *dashboard_expressions()]))


def require_figures(address: str) -> int:
    """Every target is up, every figure is there, every panel shows something.

    Returns:
        How many figures.
    """
    wanted, panels = figures(), dashboard_expressions()
    missing: list[object] = []

    def all_there() -> bool:
        missing[:] = [each for each in (*wanted, *panels, "up") if not _asked(address, each)]
        missing.extend(_asked(address, "up == 0"))
        return not missing

    try:
        wait_until(all_there, "figures are there")
    except TimeoutError:
        raise AssertionError(f"not there: {missing}") from None
    return len(wanted)


def _names(expressions: list[str]) -> Iterator[str]:
    for expression in expressions:
        yield from _NAME.findall(expression)


def _asked(address: str, expression: str) -> list[object]:
    answer = httpx.get(
        f"http://{address}:9090/api/v1/query", params={"query": expression}, timeout=60
    )
    found: list[object] = answer.raise_for_status().json()["data"]["result"]
    return found
