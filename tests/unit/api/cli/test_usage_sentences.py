"""A command line that cannot be understood, told in Japanese."""

import sys

import pytest

from api.cli.main import main


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("verfy", "verfy というコマンドはありません。もしかして 'verify' ですか。"),
        ("import foo", "foo というコマンドはありません。"),
        ("demo --foo", "--foo という指定はありません。"),
        ("demo --seeed 1", "もしかして --seed"),
        ("demo --seed", "--seed には値が要ります。"),
        ("demo --stay=1", "--stay に値は付けられません。"),
        ("rebuild here", "余分な指定です：here"),
        ("demo --scale 0", "--scale の値が使えません（0.01 以上の数で指定してください）"),
        ("serve --port 99999", "--port の値が使えません（65535 以下の数で指定してください）"),
        ("serve --port x", "--port の値が使えません（整数で指定してください）"),
        ("demo --scale x", "--scale の値が使えません（数で指定してください）"),
        ("demo --election mayor", "（house, upper, prefecture, city, by-election, referendum"),
        ("report", "election を指定してください。"),
        ("export", "--out を指定してください。"),
        ("serve --environment foo", "--environment は live か rehearsal です。"),
    ],
)
def test_each_fault_of_a_command_line_is_said_with_code_2(
    words: str,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["kaihyo", *words.split()])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_group_without_a_command_shows_its_commands_and_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kaihyo", "key"])

    with pytest.raises(SystemExit) as ended:
        main()

    told = capsys.readouterr()
    assert ended.value.code == 2
    assert "rotate" in told.out + told.err
    assert "使い方は" not in told.err


def test_a_command_that_is_interrupted_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The library gives 130 for Ctrl-C, as shells do."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.cli.auditors.rebuild.open_log", interrupt)
    monkeypatch.setattr(sys, "argv", ["kaihyo", "rebuild"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 130
    assert "Traceback" not in capsys.readouterr().err
