"""Every option and argument that names a file or a folder, given one that cannot be used."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from typer.main import get_group

from api.cli.main import app, main

SENDS: Final = {"--election": "e", "--as": "x", "--server": "http://127.0.0.1:1"}
REQUIRED: Final[Mapping[str, Mapping[str, str]]] = {
    "demo": {"--scale": "0.01"},
    "report": {"election": "e", "--out": "out"},
    "survey form": {"election": "e", "name": "voters-by-age", "--out": "form.xlsx"},
    "survey answers": {"name": "voters-by-age", "filled": "form.xlsx"},
    "survey status": {"election": "e"},
    "survey remind": {"election": "e", "name": "voters-by-age"},
    "office register": {"office": "x", "--name": "x", "--role": "municipality", **SENDS},
    "key request": {"office": "x", "file": "mine.key", "--election": "e"},
    "key enrol": {"office": "x", "--request": "request.json", **SENDS},
    "key approve": {"office": "x", "keyid": "k", **SENDS},
    "key rotate": {
        "office": "x",
        "--request": "request.json",
        "--election": "e",
        "--server": "http://127.0.0.1:1",
    },
    "key revoke": {"office": "x", "keyid": "k", "--reason": "r", **SENDS},
    "import check": {"file": "form.xlsx"},
    "import election": {"file": "form.xlsx", **SENDS},
    "import tallies": {"file": "form.xlsx", **SENDS},
    "import layout": {
        "file": "form.xlsx",
        "--election": "e",
        "--server": "http://127.0.0.1:1",
    },
    "post": {"file": "posting.json", "--server": "http://127.0.0.1:1"},
    "publish": {"--to": "site"},
    "follow": {"url": "http://127.0.0.1:1/v1/elections/e", "--once": ""},
    "outlet": {"--parquet": "tables"},
    "relay": {"--brokers": "127.0.0.1:1"},
    "sequence": {"--once": ""},
    "export": {"--out": "bundle"},
    "verify": {"where": "folder"},
    "witness": {"--state": "state", "--key": "witness.key", "--name": "w", "--log": "log.key"},
}
"""What else a command needs until it looks at the path."""

WRONG: Final = ("missing", "folder", "text", "broken", "text/below", "/proc/nope/below")
MAY_BE_MADE: Final = {"--data", "--state", "--out", "--outbox", "--to", "--bundle", "--pack"}
"""Of these a missing one is made, and an empty folder may be filled."""


def _path_options() -> Iterator[tuple[str, str, Sequence[str]]]:
    """Each command with the name of each of its paths."""

    def walk(command: object, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        for name, below in (getattr(command, "commands", None) or {}).items():
            yield from walk(below, (*names, name))
        if not getattr(command, "commands", None):
            yield " ".join(names), command

    for name, command in walk(get_group(app), ()):
        for param in command.params:
            described = getattr(param, "type_descriptor", None)
            if described is not None and "Path" in str(described.annotation):
                yield name, param.opts[0], [each.opts[0] for each in command.params]


def _words(command: str, order: Sequence[str], given: Mapping[str, str]) -> list[str]:
    """A command line: its options and arguments in their order."""
    told = ((name if name[0] == "-" else "", given[name]) for name in order if name in given)
    return [*command.split(), *(word for pair in told for word in pair if word)]


CASES: Final = [
    pytest.param(
        _words(command, order, {**REQUIRED.get(command, {}), path: wrong}),
        id=f"{command} {path} {wrong}".replace("/", "-"),
    )
    for command, path, order in _path_options()
    for wrong in (WRONG[2:] if path in MAY_BE_MADE or command == "key new" else WRONG)
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a file of text, bytes that are none, and an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("KAIHYO_DATA", str(tmp_path / "data"))
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("text\n")
    (tmp_path / "broken").write_bytes(b"\x00\xff\xfe broken")
    (tmp_path / "posting.json").write_text("{}")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", CASES)
def test_a_path_that_cannot_be_used_ends_with_a_sentence(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kaihyo", *words])

    with pytest.raises(SystemExit) as ended:
        main()

    code = ended.value.code
    said = capsys.readouterr().err + (code if isinstance(code, str) else "")
    assert code not in {0, None}, said
    assert not {"Errno", "codec", "Traceback"} & set(said.replace("[", " ").split()), said
    assert any("ぁ" <= letter <= "ん" for letter in said), said
