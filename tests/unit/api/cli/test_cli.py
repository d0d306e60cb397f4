"""What an operator sees when the surroundings of a command are wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_group
from typer.testing import CliRunner

from api.cli.main import _COMMANDS, app, main
from tests.acceptance.kaihyo import ROOT


@pytest.mark.parametrize(
    ("command", "variable", "value"),
    [
        (["serve"], "KAIHYO_PORT", "eighty"),
        (["serve"], "KAIHYO_TRUSTED_PROXIES", "nginx"),
        (["relay"], "KAIHYO_KAFKA_PARTITIONS", "0"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(
    command: list[str], variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    monkeypatch.setattr(sys, "argv", ["kaihyo", *command])

    with pytest.raises(SystemExit) as ended:
        main()

    assert f"環境変数 {variable} の値「{value}」は使えません" in str(ended.value.code)


def test_a_folder_without_an_election_is_named_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("KAIHYO_DATA", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["kaihyo", "rebuild", "--json"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 1
    assert f"{tmp_path} に記録がありません" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_every_command_is_told_with_what_it_does() -> None:
    told = CliRunner().invoke(app, ["--help"])

    assert told.exit_code == 0, told.output
    for name in _COMMANDS:
        assert f" {name} " in told.output


def test_a_command_that_is_not_there_is_refused_with_what_may_be_meant() -> None:
    told = CliRunner().invoke(app, ["verfy"])

    assert told.exit_code == 2
    assert "verify" in told.output


def test_the_list_says_of_each_command_what_its_help_says() -> None:
    commands = get_group(app).commands

    for name, listed in _COMMANDS.items():
        assert (commands[name].help or "").partition("\n\n")[0] == listed.summary, name


_SERVER = {"fastapi", "uvicorn", "kafka", "jinja2"}
_DATABASE = {"psycopg", "structlog", "pydantic_settings"}
_TABLES = {"openpyxl", "pandas", "python_calamine", "xlsxwriter"}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (
            ["--help"],
            _SERVER | _DATABASE | _TABLES | {"aggregates", "infra", "pydantic", "msgspec"},
        ),
        (["post", "--status"], _SERVER | _DATABASE | _TABLES | {"asyncio", "httpx", "rich"}),
        (["post", "--help"], _SERVER | _DATABASE | _TABLES),
        (["key", "--help"], _SERVER),
        (["verify", "--help"], _SERVER),
        (["serve", "--help"], {"kafka"}),
    ],
    ids=lambda given: given[0] if isinstance(given, list) else "",
)
def test_a_command_loads_no_library_of_another(
    arguments: list[str], unwanted: set[str], tmp_path: Path
) -> None:
    """Offices sign and send on old machines: there is no server to be loaded for that.

    What is loaded decides how long a command takes to begin; a clock would judge the machine.
    """
    code = (
        "import sys; from api.cli.main import app; app(sys.argv[2:], standalone_mode=False); "
        "sys.exit(str(sorted(set(sys.argv[1].split()) & set(sys.modules))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, " ".join(unwanted), *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr.strip() == "[]", done.stderr
