"""`kaihyo report` told something that cannot end well: a sentence that says what to do, and 2."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.main import app


def report(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["report", "house50", *map(str, arguments)])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder that looks like one with a database; nothing here comes as far as to start it."""
    (tmp_path / "data" / "pgdata").mkdir(parents=True)
    return tmp_path / "data"


def refused(result: Result) -> str:
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    return "".join(result.output.split())


def test_nothing_to_do(data: Path) -> None:
    assert "--out（書き出すフォルダ）か--compare" in refused(report("--data", data))


def test_a_folder_without_a_record_is_named_and_not_filled(tmp_path: Path) -> None:
    missing = tmp_path / "no-such"

    said = refused(report("--data", missing, "--out", tmp_path / "out"))

    assert "記録がありません" in said
    assert "--dataで指定" in said
    assert not missing.exists()


def test_a_file_where_a_folder_is_to_be_made(data: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x", encoding="utf-8")

    assert "書き出せません" in refused(report("--data", data, "--out", tmp_path / "taken"))
    assert "書き出せません" in refused(report("--data", data, "--out", tmp_path / "taken" / "in"))


def test_a_folder_nobody_may_write_to(data: Path) -> None:
    assert "--out" in refused(report("--data", data, "--out", "/proc/kaihyo"))


def test_a_format_there_is_not(data: Path, tmp_path: Path) -> None:
    said = refused(report("--data", data, "--out", tmp_path, "--format", "docx"))

    assert all(name in said for name in ("csv", "xlsx", "pdf", "html", "sheets"))


def test_an_environment_there_is_not(data: Path, tmp_path: Path) -> None:
    said = refused(report("--data", data, "--out", tmp_path, "--environment", "test"))

    assert "liveかrehearsal" in said


def test_a_folder_to_compare_with_that_is_not_there(data: Path, tmp_path: Path) -> None:
    said = refused(report("--data", data, "--compare", tmp_path / "none"))

    assert "フォルダがありません" in said


def test_the_help_names_every_option() -> None:
    said = CliRunner().invoke(app, ["report", "--help"], env={"COLUMNS": "200"}).output

    for option in ("--out", "--format", "--compare", "--as-of", "--json", "--strict", "--site"):
        assert option in said
