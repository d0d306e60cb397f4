"""Breaks the product on purpose, one fault at a time, and demands that the named tests fail.

`tests/support/seeded_faults.toml` lists kinds of fault with the tests that hold each, and a change
that brings the fault back. The tests run in a copy of the tree, so nothing here is touched:

    python -m tests.support.seeded_faults            # every fault; about five seconds each
    python -m tests.support.seeded_faults moment     # those whose kind or file has the word
    python -m tests.support.seeded_faults --page     # writes docs/faults.md
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "faults.md"
_LIST: Final = Path(__file__).with_suffix(".toml")
_SEEN: Final = re.compile(r"^FAILED (\S+?)(?:\[.*)?(?: - .*)?$", re.MULTILINE)
_HEAD: Final = """\
# Faults and the tests that hold them

Each row is a kind of fault: something that was once wrong, or that somebody may try.
`python -m tests.support.seeded_faults` brings every one of them back for a moment, in a copy of the
tree, and demands that each test of its row fails; `make long` does so too. With `--page` the same
command writes this page from `tests/support/seeded_faults.toml`, where the changes stand; a test
holds it.
"""


class SeededFault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of fault.

    Attributes:
        area: The section of the page.
        kind: What would be wrong.
        file: What is changed to bring it back.
        old: Text that stands there once.
        new: What stands there with the fault.
        tests: Ids of tests that fail then, without parameters.
    """

    area: str
    kind: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def with_fault(self, root: Path) -> str:
        """The file with the fault in it.

        Raises:
            ValueError: What is to be changed does not stand there once.
        """
        text = (root / self.file).read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise ValueError(f"{self.file} has {text.count(self.old)} times {self.old!r}")
        return text.replace(self.old, self.new)


def seeded_faults() -> list[SeededFault]:
    """Every fault of the list, in its order."""
    found = tomllib.loads(_LIST.read_text(encoding="utf-8"))
    return msgspec.convert(found["fault"], list[SeededFault])


def page(faults: Sequence[SeededFault]) -> str:
    """The page of the faults."""
    areas = dict.fromkeys(fault.area for fault in faults)
    return "\n".join([_HEAD, *(_section(area, faults) for area in areas)])


def _section(area: str, faults: Sequence[SeededFault]) -> str:
    rows = [
        f"| {each.kind} | `{each.file}` | {' '.join(f'`{test}`' for test in each.tests)} |"
        for each in faults
        if each.area == area
    ]
    return "\n".join(
        [f"## {area}\n", "| fault | broken here | tests |", "|---|---|---|", *rows, ""]
    )


def surviving_tests(copy: Path, fault: SeededFault) -> list[str]:
    """The tests of a fault that do not fail although it is there.

    Args:
        copy: A copy of the tree, which is whole again afterwards.
        fault: What to bring back.
    """
    place = copy / fault.file
    whole = place.read_text(encoding="utf-8")
    place.write_text(fault.with_fault(copy), encoding="utf-8")
    try:
        failed = set(_SEEN.findall(_run_tests(copy, fault.tests)))
    finally:
        place.write_text(whole, encoding="utf-8")
    return [test for test in fault.tests if test not in failed]


def _run_tests(copy: Path, tests: Sequence[str]) -> str:
    options = ("-q", "-n", "0", "-p", "no:cacheprovider", "--tb=no", "-rf", "-W", "ignore")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def copy_tree(place: Path) -> None:
    """Copy every file that is kept under version control."""
    git = shutil.which("git") or "git"
    names = subprocess.run(
        [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, place / name)


def _chosen(words: Sequence[str]) -> Iterator[SeededFault]:
    for fault in seeded_faults():
        if not words or any(word in f"{fault.kind} {fault.file}" for word in words):
            yield fault


def main(words: Sequence[str]) -> int:
    """Bring back what was asked for; 1 where a test did not notice."""
    if "--page" in words:
        PAGE.write_text(page(seeded_faults()), encoding="utf-8")
        return 0
    tried, unseen = 0, 0
    with tempfile.TemporaryDirectory(prefix="kaihyo-faults-") as folder:
        copy_tree(Path(folder))
        for fault in _chosen(words):
            survivors = surviving_tests(Path(folder), fault)
            tried, unseen = tried + 1, unseen + bool(survivors)
            print(f"{'NOT SEEN' if survivors else 'seen'}: {fault.kind}", *survivors, flush=True)
    print(f"{tried} faults, {unseen} not seen by every test that is named")
    return 1 if unseen or not tried else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
