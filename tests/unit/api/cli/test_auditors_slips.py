"""What auditors mistype is said in their language, and nothing is made by it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.main import app

KEY_OF_NOBODY = "key-of-nobody"


@pytest.fixture(autouse=True)
def at_an_empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No database is set and none lies around."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("KAIHYO_DATA", raising=False)
    monkeypatch.chdir(tmp_path)


def said(*words: str, exit_code: int = 1) -> str:
    """What a command that is refused tells."""
    done = CliRunner().invoke(app, words)
    assert done.exit_code == exit_code, done.output
    return done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("show", "national"),
        ("show", "national", "--data", "mistyped"),
        ("export", "--data", "mistyped", "--out", "bundle"),
        ("rebuild", "--data", "mistyped"),
    ],
    ids=" ".join,
)
def test_a_folder_without_a_record_is_named_and_left_as_it_is(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    folder = "mistyped" if "mistyped" in words else ".data"

    assert f"{folder} に記録がありません" in said(*words)

    assert not list(tmp_path.iterdir())


def test_what_is_to_be_verified_is_missing() -> None:
    assert "mistyped がありません" in said("verify", "mistyped", exit_code=2)


def test_a_key_that_is_neither_key_nor_file_is_called_so(tmp_path: Path) -> None:
    told = said("verify", str(tmp_path), "--key", KEY_OF_NOBODY, exit_code=2)

    assert f"「{KEY_OF_NOBODY}」というファイルはなく、検証鍵（" in told


@pytest.mark.parametrize(
    ("older", "newer"), [("9", "10"), ("2026-02-08T22:00", "2026-02-08T22:30+09:00")]
)
def test_two_moments_in_the_wrong_order_are_no_difference(
    tmp_path: Path, older: str, newer: str
) -> None:
    (tmp_path / "checkpoint").touch()

    told = said("show", "--data", str(tmp_path), "--diff", newer, older)

    assert "古いほうを先に" in told
