"""axe-core: what it finds on a page, as sentences. Fetched for tests only, never shipped."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

_SCRIPT = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _script() -> str:
    if not _SCRIPT.exists():
        pytest.skip("install axe-core: npm install --no-save --no-package-lock axe-core@4")
    return _SCRIPT.read_text(encoding="utf-8")


def violations(page: "Page") -> list[str]:
    """Every violation on the page as it stands: the rule, and the first places it names."""
    page.evaluate(_script())
    found = page.evaluate(
        "rules => axe.run(document, { runOnly: { type: 'tag', values: rules } })", _RULES
    )
    return [
        f"{each['id']}: {each['help']}: "
        + "; ".join(
            " ".join(node["target"]) + " " + node["failureSummary"] for node in each["nodes"][:3]
        )
        for each in found["violations"]
    ]
