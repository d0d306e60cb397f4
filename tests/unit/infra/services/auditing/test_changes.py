"""Random changes of whatever was published, a thousand in `make long`: each of them is found.

Every run tries a fifth of them, of each kind as many. Flip a byte, delete, duplicate, swap,
truncate: in bundles as folders and as files, with and without repairing the manifest, in public
folders, and in the rows of the log before they are exported.
"""

import hashlib
import random
import shutil
import string
from itertools import cycle
from pathlib import Path

import msgspec
import pytest

from infra.services.auditing.sources.bundle_archive import pack
from tests.support.budgets import sample
from tests.unit.infra.services.auditing.changing import (
    IN_FILE,
    Change,
    changed,
    flipped,
    is_found,
)
from tests.unit.infra.services.auditing.published import Published, copied, replace
from tests.unit.infra.services.auditing.test_row_changes import ROW_CHANGES

pytestmark = [pytest.mark.slow, pytest.mark.long]
_STEP = 5

FOLDER_KINDS: tuple[Change | str, ...] = (*IN_FILE, "delete", "duplicate", "swap")
PUBLIC_KINDS: tuple[Change | str, ...] = (*IN_FILE, "delete")

FOLDER_CHANGES = 450
REPAIRED_CHANGES = 200
ARCHIVE_CHANGES = 100
PUBLIC_CHANGES = 100
assert FOLDER_CHANGES + REPAIRED_CHANGES + ARCHIVE_CHANGES + PUBLIC_CHANGES + ROW_CHANGES == 1000


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def change_folder(chance: random.Random, folder: Path, what: Change | str) -> list[Path]:
    """Change one thing in this way and give the files that are other than before."""
    paths = files(folder)
    path = chance.choice(paths)
    if callable(what):
        replace(path, changed(chance, path.read_bytes(), what))
    elif what == "delete":
        path.unlink()
    elif what == "duplicate":
        shutil.copyfile(path, path.with_name(path.name + chance.choice(string.ascii_lowercase)))
    else:
        other = chance.choice([each for each in paths if each.read_bytes() != path.read_bytes()])
        one, two = path.read_bytes(), other.read_bytes()
        replace(path, two)
        replace(other, one)
        return [path, other]
    return [path]


def repair(folder: Path, paths: list[Path]) -> None:
    """Make the manifest fit again, as a forger would."""
    sealed = folder / "manifest.json"
    manifest = msgspec.json.decode(sealed.read_bytes())
    listed = manifest["files"]
    here = {str(path.relative_to(folder)) for path in files(folder)} - {sealed.name}
    for name in set(listed) - here:
        del listed[name]
    for name in (here - set(listed)) | {str(path.relative_to(folder)) for path in paths} & here:
        listed[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    replace(sealed, msgspec.json.encode(manifest, order="sorted"))


def test_every_change_of_a_bundle_is_found(
    bundle: Path, published: Published, tmp_path: Path
) -> None:
    chance = random.Random(4)
    kinds = cycle(FOLDER_KINDS)
    for number in sample(range(FOLDER_CHANGES), step=_STEP):
        copy = copied(bundle, tmp_path / str(number))
        touched = change_folder(chance, copy, next(kinds))
        assert is_found(copy, published), (number, touched)
        shutil.rmtree(copy)


def test_every_change_is_found_although_the_manifest_was_repaired(
    bundle: Path, published: Published, tmp_path: Path
) -> None:
    """Nothing but what nobody vouches for rests on the manifest: the choice of past checkpoints."""
    chance = random.Random(5)
    done = number = 0
    while done < len(sample(range(REPAIRED_CHANGES), step=_STEP)):
        number += 1
        copy = copied(bundle, tmp_path / str(number))
        touched = change_folder(chance, copy, FOLDER_KINDS[done % len(FOLDER_KINDS)])
        names = {path.name for path in touched}
        if names & {"manifest.json"} or touched == [copy / "checkpoints"]:
            shutil.rmtree(copy)
            continue
        repair(copy, touched)
        assert is_found(copy, published), (number, touched)
        shutil.rmtree(copy)
        done += 1


def test_every_change_of_a_packed_bundle_is_found(
    bundle: Path, published: Published, tmp_path: Path
) -> None:
    chance = random.Random(6)
    pack(bundle, tmp_path / "bundle.tar.gz")
    data = (tmp_path / "bundle.tar.gz").read_bytes()
    copy = tmp_path / "copy.tar.gz"
    kinds = cycle(IN_FILE)
    for number in sample(range(ARCHIVE_CHANGES), step=_STEP):
        copy.write_bytes(changed(chance, data, next(kinds)))
        assert is_found(copy, published), number


def test_every_change_of_a_public_folder_is_found(
    published: Published, bundle: Path, tmp_path: Path
) -> None:
    """Of what the last checkpoint vouches for; older partial tiles are nobody's any more."""
    chance = random.Random(7)
    manifest = msgspec.json.decode((bundle / "manifest.json").read_bytes())
    named = [name for name in manifest["files"] if not name.startswith("documents/")]
    kinds = cycle(PUBLIC_KINDS)
    for number in sample(range(PUBLIC_CHANGES), step=_STEP):
        copy = copied(published.public, tmp_path / str(number))
        path, what = copy / chance.choice(named), next(kinds)
        # A checkpoint less in the history says nothing false.
        if path.name == "checkpoints":
            what = flipped
        if callable(what):
            replace(path, changed(chance, path.read_bytes(), what))
        else:
            path.unlink()
        assert is_found(copy, published), (number, path)
        shutil.rmtree(copy)
