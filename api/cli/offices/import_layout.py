"""`kaihyo import layout`: how a table would be read, and a file in which an office confirms it."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.common.console import fail
from api.cli.common.posting_options import (
    DEFAULT_OUTBOX,
    DEFAULT_SERVER,
    ElectionOption,
    OutboxOption,
    ServerOption,
)
from infra.runtime.settings import Settings
from infra.services.importing.import_faults import Faults, TablesUnreadable
from infra.services.importing.name_mapping import Mapping, read_mapping
from infra.services.importing.name_matching import NotFound
from infra.services.importing.server_documents import ServedDocuments
from infra.services.importing.table_source import read_sheets
from infra.services.importing.tallies.layout_file import (
    lines_to_confirm,
    told_layout,
    write_layout,
)
from infra.services.importing.tallies.office_sheets import as_grid, confirmed_defaults
from infra.services.importing.tallies.recorded_register import RecordedRegister
from infra.services.importing.tallies.table_words import table_vocabulary
from infra.services.importing.tallies.tallies_long import Defaults
from projections.office_tables.table_reading import read_table

REGISTER_COPIES = "register"
"""Folder of the copies of the register beside an outbox."""


def layout(
    file: Annotated[Path, typer.Argument(help="公表している表（xlsx・ods・xls・CSV など）。")],
    mapping: Annotated[Path | None, typer.Option(help="すでにある対応表。")] = None,
    contest: Annotated[str, typer.Option(help="選挙区か選挙の種類（コードか名称）。")] = "",
    out: Annotated[Path | None, typer.Option(help="確かめることを書き出す対応表（CSV）。")] = None,
    election: ElectionOption = "",
    server: ServerOption = DEFAULT_SERVER,
    outbox: OutboxOption = DEFAULT_OUTBOX,
) -> None:
    """表をどう読むかを示す。何も送らない。分からないことを対応表に書き出す。"""
    if out is not None and out.exists():
        raise fail(f"{out} はすでにあります。記入済みの対応表は上書きしません。")
    code = election or Settings().election
    if not code:
        raise fail("--election で選挙のコードを指定してください。")
    try:
        words = read_mapping(mapping) if mapping is not None else Mapping()
        documents = ServedDocuments(server, code)
        register = RecordedRegister(documents, outbox / REGISTER_COPIES / code)
        sheets = read_sheets(file, Faults(), needs_all=False)
        grids = [as_grid(name, lines) for name, lines in sheets.items()]
        said = confirmed_defaults(words, Defaults(contest=contest))
        vocabulary = table_vocabulary(register, grids, words.folded(), said.contest)
    except (TablesUnreadable, NotFound) as error:
        raise fail(str(error)) from error
    if not vocabulary.contests:
        raise fail(
            "どの選挙区の表か分かりません。選挙区か選挙の種類を --contest で示してください。"
        )
    tables = [read_table(grid, vocabulary) for grid in grids]
    for table in tables:
        typer.echo("\n".join(told_layout(table, vocabulary)))
    lines = lines_to_confirm(tables, said.contest, said.state)
    if out is not None and lines:
        write_layout(out, lines)
        typer.echo(f"{out} を書きました。「当方のコード」を埋め、--mapping で使ってください。")
    elif not lines:
        typer.echo("対応表に書くことはありません。")
