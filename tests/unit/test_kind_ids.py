"""Kinds of contest are rows of a rule package: what asks for one by its id does not know others."""

import re
from pathlib import Path

from aggregates.rule_package.japan import JAPAN
from tests.unit.test_structure import ROOT

_LAYERS = ("aggregates", "projections", "infra", "api")
_BALLOTS = {row.ballot for row in JAPAN.kinds}
_KINDS = sorted({row.kind for row in JAPAN.kinds} - _BALLOTS)
"""`justices` is a ballot as well, and a ballot may be asked for."""
_NAMED = re.compile(rf"""["'`](?:{"|".join(_KINDS)})(?:/[^"'`]*)?["'`]|kind === "justices\"""")

MAY_NAME = {
    "aggregates/rule_package": "the package itself",
    "projections/official": "general elections of Japan that were held and published",
    "infra/services/rehearsal": "invented elections of Japan",
    "infra/services/importing/sheet_layouts.py": "words of the blank form, which has Japan's kinds",
    "infra/services/importing/definition/blank_form.py": "its examples",
    "projections/statistics/grid.py": "words of printed headings",
    "api/web/pages/setup/setup_data.py": "usual titles of what a municipality of Japan elects",
    "api/web/static/setup/workbook_part.js": "names of forms that a founder chooses from",
    "api/cli/auditors/demo.py": "names of rehearsals",
    "api/http/openapi": "examples of the description",
}
"""Where ids may stand, and why."""


def _naming_files() -> dict[str, list[str]]:
    found = {}
    for layer in _LAYERS:
        for path in sorted(Path(ROOT, layer).rglob("*")):
            if path.suffix in {".py", ".js", ".html"}:
                text = re.sub(r'""".*?"""', "", path.read_text(), flags=re.DOTALL)
                if named := _NAMED.findall(text):
                    found[str(path.relative_to(ROOT))] = named
    return found


def test_only_the_package_and_what_is_about_japan_names_kinds_by_id() -> None:
    others = {
        path: named
        for path, named in _naming_files().items()
        if not any(path == each or path.startswith(f"{each}/") for each in MAY_NAME)
    }

    assert others == {}


def test_every_exception_is_one() -> None:
    paths = _naming_files().keys()

    idle = [e for e in MAY_NAME if not any(p == e or p.startswith(f"{e}/") for p in paths)]
    assert idle == []
