"""The table of dependencies, the locked list and what is declared say the same."""

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LICENCES = {
    "Apache-2.0", "Apache-2.0 AND BSD-2-Clause", "BSD-2-Clause", "BSD-3-Clause",
    "LGPL-2.1-or-later", "LGPL-3.0-only", "MIT", "MIT OR Apache-2.0", "MPL-2.0", "OFL-1.1",
    "PSF-2.0",
}  # fmt: skip
"""Compatible with Apache-2.0 for what is used as it is."""
ONLY_ELSEWHERE = {"colorama", "tzdata"}
"""Locked for systems that tests do not run on."""
SIZE_BYTES_MAX = 260_000_000
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}")


def table(heading: str) -> list[list[str]]:
    """The rows of a section of the page."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|\n ") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.split(" |")] for row in rows[2:]]


def declared(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(each).name) for each in requirements}


def names(heading: str) -> set[str]:
    return {row[0] for row in table(heading)}


def locked() -> dict[str, str]:
    """Package -> version, as the lock has them."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, re.MULTILINE))


def rows() -> list[list[str]]:
    return [
        row for head in ("What runs", "Optional", "Development", "Scripts of pages")
        for row in table(head)
    ]  # fmt: skip


def test_the_table_has_what_is_declared_and_nothing_else() -> None:
    extras = PROJECT["optional-dependencies"]
    assert names("What runs") == declared(PROJECT["dependencies"])
    assert names("Optional") == declared(extras["parquet"])
    assert names("Development") == declared(extras["dev"]) - names("Optional")
    scripts = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert names("Scripts of pages") == scripts["devDependencies"].keys()


def test_every_licence_is_compatible() -> None:
    assert {row[2] for row in rows()} <= LICENCES


def test_licences_are_those_of_the_installed_packages() -> None:
    for name, _, licence, *_ in table("What runs"):
        stated = metadata.metadata(name).json.get("license_expression")
        assert stated in {None, licence}, name


def test_what_had_no_release_in_a_year_says_why_it_stays() -> None:
    looked_up = re.search(r"Looked up: (\d{4})-(\d{2})\.", PAGE)
    assert looked_up is not None
    year, month = looked_up.groups()
    silent = [row for row in rows() if row[3] < f"{int(year) - 1}-{month}"]
    assert silent
    assert [row[0] for row in silent if not row[4].startswith("no release in a year: ")] == []


def test_the_lock_satisfies_what_is_declared() -> None:
    versions = locked()
    for requirement in map(Requirement, PROJECT["dependencies"]):
        name = canonicalize_name(requirement.name)
        assert requirement.specifier.contains(versions[name]), name


def test_the_lock_has_the_versions_that_tests_run_with() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    constraints = dict(line.split("==") for line in lines if "==" in line)
    tested: dict[str, str] = {canonicalize_name(name): each for name, each in constraints.items()}
    versions = locked()
    assert versions.keys() - tested.keys() == ONLY_ELSEWHERE
    assert {n for n in versions.keys() & tested.keys() if versions[n] != tested[n]} == set()


def test_the_lock_has_a_digest_of_every_file_and_names_no_index() -> None:
    lines = [line.removesuffix(" \\") for line in LOCK.splitlines() if not line.startswith("#")]
    assert all(HASH.fullmatch(line) or re.match(r"[a-z0-9-]+==\S+", line) for line in lines)
    assert len(locked()) < sum(map(bool, map(HASH.fullmatch, lines)))
    assert not re.search(r"https?:|--index|--find-links|--trusted", LOCK)
    assert "resolved" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_what_runs_stays_small() -> None:
    found = [metadata.distribution(name) for name in locked().keys() - ONLY_ELSEWHERE]
    size = sum(file.size or 0 for each in found for file in each.files or ())
    assert 50_000_000 < size <= SIZE_BYTES_MAX
