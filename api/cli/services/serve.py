"""`kaihyo serve`: take postings and answer readers, for one election."""

from typing import Annotated

import typer

from aggregates.election.identifiers import Environment
from api.cli.common.console import ERRORS, fail
from api.cli.common.first_run_server import serve_logs
from api.cli.common.options import DataOption, HostOption, PortOption, settings_with
from api.cli.common.sequencer_thread import public_log
from api.cli.common.server import build_app_server, build_server, check_address, open_app_state
from infra.adapters.postgres.database import database
from infra.adapters.postgres.schemas import LogNotChosen, log_names, served_log
from infra.bootstrap import open_log
from infra.runtime.settings import Settings


def serve(
    data: DataOption = None,
    election: Annotated[str | None, typer.Option(help="選挙のコード（例 house51）。")] = None,
    environment: Annotated[str | None, typer.Option(help="live か rehearsal。")] = None,
    sequence: Annotated[
        bool,
        typer.Option(
            "--sequence/--no-sequence",
            help="透明性ログをこの処理の中で育てるか（別に kaihyo sequence を動かすなら no）。",
        ),
    ] = True,
    from_kafka: Annotated[
        str | None,
        typer.Option(help="Kafka のアドレス。指定するとデータベースなしの読取専用になる。"),
    ] = None,
    host: HostOption = None,
    port: PortOption = None,
) -> None:
    """一つの選挙の投稿を受け付け、結果を公開する。選挙がなければ、始めるページを開く。"""
    settings = settings_with(
        data, election=election, environment=_check_environment(environment), host=host, port=port
    )
    check_address(settings)
    if from_kafka is not None:
        # A server with a database of its own need not load the client of another broker.
        from api.cli.services.serve_read_node import serve_from_kafka  # noqa: PLC0415

        serve_from_kafka(from_kafka, settings)
        return
    if not settings.election and settings.environment is None:
        _serve_first(settings, sequence=sequence)
        return
    try:
        with (
            open_log(settings) as log,
            open_app_state(log, settings.data / "snapshots") as services,
            public_log(log, settings, services.live, sequence=sequence) as public,
        ):
            services.public = public
            ERRORS.print(
                f"{log.name.election}（{log.name.environment}） "
                f"http://{settings.host}:{settings.port}/ 記録位置 {services.live.position}"
            )
            if log.name.environment == "live" and not services.election and services.founding.code:
                ERRORS.print(
                    f"設立コード {services.founding.code}　"
                    "この本番の選挙を設立する投稿に --founding-code で付けてください（一度だけ）。"
                )
            build_server(services, settings).run()
    except LogNotChosen as error:
        raise fail(
            f"{error} まだ選挙がないときは --election と --environment を付けて始めてください。"
        ) from error


def _serve_first(settings: Settings, *, sequence: bool) -> None:
    """Serve the one log that there is; without one, the page that founds an election."""
    with database(settings) as conninfo:
        try:
            name = served_log(log_names(conninfo))
        except LogNotChosen as error:
            raise fail(str(error)) from error
        with serve_logs(settings, conninfo, name, sequence=sequence) as switch:
            build_app_server(switch, settings).run()


def _check_environment(environment: str | None) -> Environment | None:
    match environment:
        case None | "live" | "rehearsal":
            return environment
        case _:
            raise fail("--environment は live か rehearsal です。", 2)
