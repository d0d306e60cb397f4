"""Each import contract of pyproject.toml refuses the import that it is there to refuse."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("aggregates", "projections", "infra", "api")
NAMES = [
    contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
]

BREAKING = {
    "The flow runs one way": ("projections/snapshots.py", "import infra.runtime.clock"),
    "The law stands on": ("aggregates/law/lots.py", "import msgspec"),
    "Aggregates and projections": ("aggregates/decisions/repository.py", "import psycopg"),
    "Inside infra": ("infra/adapters/kafka/topics.py", "import infra.services.queries.rebuild"),
    "Protocols could be": ("infra/protocols/tlog/tiles.py", "import aggregates.base"),
    "Pages do not import": ("api/web/colors.py", "import api.cli.common.progress"),
    "The command line does not": ("api/cli/common/progress.py", "import api.web.colors"),
    "No cycle between folders": (
        "aggregates/election/ballot.py",
        "import aggregates.counting.turnout",
    ),
}
"""Beginning of a contract's name -> module and the import that breaks it."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages and of the contracts."""
    folder = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            folder / package,
            ignore=shutil.ignore_patterns("__pycache__", "static", "templates"),
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def linted(tree: Path) -> dict[str, str]:
    """What the linter says of every contract."""
    program = "import sys; from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(tree)},
    )
    lines = done.stdout.splitlines()
    return {
        name: next(line.removeprefix(name).split()[0] for line in lines if line.startswith(name))
        for name in NAMES
    }


def test_every_contract_is_broken_once() -> None:
    assert [name for name in NAMES if not any(map(name.startswith, BREAKING))] == []
    assert len(NAMES) == len(BREAKING)


def test_the_tree_as_it_is_keeps_every_contract(tree: Path) -> None:
    assert set(linted(tree).values()) == {"KEPT"}


@pytest.mark.slow  # the linter runs for every contract; `make quick` runs it on the tree
@pytest.mark.parametrize("contract", BREAKING)
def test_a_contract_refuses_what_it_is_there_for(tree: Path, contract: str) -> None:
    file, broken = BREAKING[contract]
    module = tree / file
    before = module.read_text(encoding="utf-8")
    module.write_text(f"{before}\n{broken}\n", encoding="utf-8")
    try:
        found = linted(tree)
    finally:
        module.write_text(before, encoding="utf-8")

    assert [said for name, said in found.items() if name.startswith(contract)] == ["BROKEN"]
