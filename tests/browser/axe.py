"""axe-core: what it finds on a page, as sentences. Fetched for tests only, never shipped."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

_SCRIPT = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What is in order is not described, which takes a fifth of the time.
_RUN = """rules => axe.run(
    document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] }
)"""

# A table of two thousand rows has a handful of shapes: rows of the same elements, classes, roles,
# labels' presence and colours are judged alike, so two of each are enough to judge.
_THIN = """() => {
    const told = ["class", "role", "scope", "lang", "tabindex", "type", "fill", "aria-current"];
    const shape = (node) => {
        if (node.getAttribute("aria-hidden") === "true") return `${node.tagName} hidden`;
        const own = told.map((name) => node.getAttribute(name) ?? "").join("|");
        const named = ["aria-label", "href", "id", "alt", "for"].map((n) => node.hasAttribute(n));
        const words = [...node.childNodes].some((c) => c.nodeType === 3 && c.data.trim());
        const below = [...node.children].map(shape).join();
        return `${node.tagName}(${own};${named};${words};${below})`;
    };
    const seen = new Map();
    for (const node of document.querySelectorAll("tbody > tr, ul > li, ol > li, .tiles > *")) {
        const key = shape(node);
        seen.set(key, (seen.get(key) ?? 0) + 1);
        if (seen.get(key) > 2) node.remove();
    }
}"""


@cache
def _script() -> str:
    if not _SCRIPT.exists():
        pytest.skip("install axe-core: npm install --no-save --no-package-lock axe-core@4")
    return _SCRIPT.read_text(encoding="utf-8")


def thin(page: "Page") -> None:
    """Take away rows that are of the same shape as two others: for the last look at a page."""
    page.evaluate(_THIN)


def violations(page: "Page") -> list[str]:
    """Every violation on the page as it stands: the rule, and the first places it names."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    found = page.evaluate(_RUN, _RULES)
    return [
        f"{each['id']}: {each['help']}: "
        + "; ".join(
            " ".join(node["target"]) + " " + node["failureSummary"] for node in each["nodes"][:3]
        )
        for each in found["violations"]
    ]
