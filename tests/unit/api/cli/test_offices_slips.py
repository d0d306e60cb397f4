"""Where an office names a place that cannot be used, it is told so, and nothing is made."""

from pathlib import Path

from typer.testing import CliRunner

from api.cli.main import app


def test_a_key_that_cannot_be_written_there() -> None:
    done = CliRunner().invoke(app, ["key", "new", "/proc/nowhere/centre.key"])

    assert done.exit_code == 1
    assert "書き込めません" in done.stderr
    assert "フォルダがあるか" in done.stderr


def test_a_watched_folder_that_is_not_there(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox"
    where = ("--as", "nation", "--election", "house50", "--outbox", str(outbox))

    done = CliRunner().invoke(app, ["import", "tallies", "--watch", str(tmp_path / "none"), *where])

    assert done.exit_code == 1
    assert "フォルダではありません" in done.stderr
    assert not outbox.exists()
