"""Published logs are accepted by software that nobody here wrote, and damaged ones are not."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.protocols.tlog.checkpoint import Checkpoint
from infra.services.sequencing.sequencer import Sequencer
from tests.independent import checker
from tests.unit.infra.protocols.trees import ORIGIN, entries, witness_signer
from tests.unit.infra.services.sequencing.tlog_logs import StoredLog

pytestmark = pytest.mark.skipif(bool(checker.missing()), reason=checker.missing() or "installed")

SIZES = (1, 255, 256, 257, 600, 66_000)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checker.build(tmp_path_factory.mktemp("go"))


def published(folder: Path, *sizes: int) -> StoredLog:
    stored = StoredLog(folder)
    sequencer = Sequencer.start(stored.signer, stored.parts(), cosign)
    for size in sizes:
        stored.source.all = entries(size)
        sequencer.step(limit=100_000)
    return stored


def cosign(checkpoint: Checkpoint, note: bytes) -> bytes:
    return note + str(witness_signer().sign(checkpoint.text(), time=1_770_000_000)).encode()


def test_every_size_of_a_log_is_accepted(program: Path, tmp_path: Path) -> None:
    for size in (0, *SIZES):
        stored = published(tmp_path / str(size), *(s for s in SIZES if s <= size))
        witness = str(witness_signer().verifier)
        code, said = checker.run(program, stored.public, str(stored.log), "-witness", witness)
        assert code == 0, said
        assert f"entries {size}\n" in said
        assert "signatures 2\n" in said


def test_another_key_is_refused(program: Path, tmp_path: Path) -> None:
    stored = published(tmp_path, 300)
    stranger = str(witness_signer("stranger.example").verifier)
    assert checker.run(program, stored.public, str(stored.log), "-witness", stranger)[0] == 1
    other = StoredLog(tmp_path / "other").log
    assert other.name == ORIGIN
    assert checker.run(program, stored.public, str(other).replace("example", "exampel"))[0] == 1


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-2] ^= 1
    path.unlink()
    path.write_bytes(data)


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[:-1])


@pytest.mark.parametrize("damage", [flipped, cut, Path.unlink])
def test_any_damaged_file_is_refused(
    program: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    stored = published(tmp_path, 600)
    paths = [path for path in stored.public.rglob("*") if path.is_file()]
    assert len(paths) == 8
    for path in paths:
        kept = tmp_path / "kept"
        shutil.copy(path, kept)
        damage(path)
        code, said = checker.run(program, stored.public, str(stored.log))
        assert code == 1, path
        assert said.startswith("REFUSED:")
        shutil.copy(kept, path)
    assert checker.run(program, stored.public, str(stored.log))[0] == 0
