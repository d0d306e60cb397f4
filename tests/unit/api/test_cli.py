"""What an operator sees when the surroundings of a command are wrong."""

import sys
from pathlib import Path

import pytest

from api.cli import main


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


def test_a_folder_without_an_election_says_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("KAIHYO_DATA", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["kaihyo", "rebuild", "--json"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 1
    assert "記録: なし" in capsys.readouterr().err
