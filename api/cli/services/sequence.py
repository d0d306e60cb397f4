"""`kaihyo sequence`: grow the transparency log of one election, in a process of its own."""

import threading
from pathlib import Path
from typing import Annotated

import typer

from api.cli.common.console import ERRORS, fail
from api.cli.common.options import DataOption, settings_with
from api.cli.common.sequencer_thread import read_policy, refusals
from api.cli.common.signals import run_until_signal
from infra.adapters.event_log.event_log import Log
from infra.adapters.postgres.schemas import LogNotChosen
from infra.bootstrap import open_log
from infra.protocols.protocol_errors import SequencerEnded
from infra.runtime.settings import Settings
from infra.services.sequencing.log_location import LogPlace
from infra.services.sequencing.sequencing_service import Sequencing


def sequence(
    data: DataOption = None,
    witness_policy: Annotated[
        Path | None,
        typer.Option(help="証人の方針ファイル（k of n）。既定は KAIHYO_WITNESS_POLICY。"),
    ] = None,
    until_caught_up: Annotated[
        bool, typer.Option("--once", help="今ある記録をすべて取り込んだら終わる。")
    ] = False,
) -> None:
    """記録を順に透明性ログへ取り込み、署名したチェックポイントを公開し続ける。"""
    settings = settings_with(data, witness_policy=witness_policy)
    try:
        with open_log(settings) as log:
            _run(log, settings, once=until_caught_up)
    except LogNotChosen as error:
        raise fail(str(error)) from error
    except SequencerEnded as error:
        # Not tried again here: only a start reads what the disk and the database really hold.
        raise fail(f"{error}　もう一度始めてください。") from error


def _run(log: Log, settings: Settings, *, once: bool) -> None:
    with refusals():
        policy = read_policy(settings)
        sequencing = Sequencing(log, LogPlace.of(settings, log.name), policy=policy)
    ERRORS.print(
        f"{sequencing.checkpoint.origin} {sequencing.checkpoint.size}件から\n"
        f"検証鍵 {sequencing.verifier}",
    )
    stop = threading.Event()
    try:
        if once:
            sequencing.catch_up()
        else:
            run_until_signal(lambda: sequencing.run(stop), stop.set)
    except SequencerEnded as error:
        sequencing.close("failed", str(error))
        raise
    sequencing.close()
