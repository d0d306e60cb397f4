"""Options that several commands share, and the settings that follow from them."""

from pathlib import Path
from typing import Annotated

import typer

from infra.runtime.settings import Settings

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", help="組込みデータベースの置き場所（既定 .data）。DATABASE_URL があれば不要。"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="結果を一つの JSON で出力する。")]
PortOption = Annotated[
    int | None, typer.Option("--port", min=0, max=65_535, help="待ち受けるポート（既定 8000）。")
]
HostOption = Annotated[
    str | None, typer.Option("--host", help="待ち受けるアドレス（既定 127.0.0.1）。")
]


def settings_with(data: Path | None, **others: object) -> Settings:
    """Settings of the environment, with what the command line says on top."""
    given = {key: value for key, value in {"data": data, **others}.items() if value is not None}
    return Settings().model_copy(update=given)
