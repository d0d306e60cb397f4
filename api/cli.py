"""`kaihyo`: every service and every task is one command."""

import signal
import sys
from types import FrameType

import psycopg
import typer
from pydantic import ValidationError
from pydantic_settings import BaseSettings

from api.commands import (
    demo,
    export,
    follow,
    key,
    moving,
    office,
    outlet,
    post,
    project,
    publish,
    rebuild,
    relay,
    replay_official,
    report,
    sequence,
    serve,
    show,
    survey,
    verify,
    witness,
)
from infra.kafka.settings import KafkaSettings
from infra.log.errors import LogUnavailable
from infra.settings import Settings

app = typer.Typer(
    name="kaihyo",
    help="開票: 開票所の数字を一つの記録に集め、市区町村・都道府県・全国の結果を読み出します。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("demo")(demo.demo)
app.command("replay-official")(replay_official.replay_official)
app.command("report")(report.report)
app.add_typer(survey.survey, name="survey")
app.add_typer(office.app)
app.add_typer(key.app)
app.add_typer(moving.app)
app.command("post")(post.post)
app.command("publish")(publish.publish)
app.command("follow")(follow.follow)
app.command("outlet")(outlet.outlet)
app.command("relay")(relay.relay)
app.command("project")(project.project)
app.command("rebuild")(rebuild.rebuild)
app.command("sequence")(sequence.sequence)
app.command("export")(export.export)
app.command("verify")(verify.verify)
app.command("show")(show.show)
app.command("witness")(witness.witness)


_SETTINGS: dict[str, type[BaseSettings]] = {
    each.__name__: each for each in (Settings, KafkaSettings)
}


def main() -> None:
    """Run the command line."""
    signal.signal(signal.SIGTERM, _end)
    try:
        app()
    except (LogUnavailable, psycopg.OperationalError) as error:
        why = str(error).strip()
        sys.exit(f"データベースに接続できません（{why}）。DATABASE_URL を確かめてください。")
    except ValidationError as error:
        if error.title not in _SETTINGS:
            raise
        sys.exit("\n".join(_misset(error)))


def _misset(error: ValidationError) -> list[str]:
    """One sentence for each variable of the environment that cannot be used."""
    prefix = _SETTINGS[error.title].model_config.get("env_prefix", "")
    sentences = []
    for fault in error.errors(include_url=False):
        name = str(fault["loc"][0]) if fault["loc"] else ""
        variable = name if name.isupper() else f"{prefix}{name.upper()}"
        sentences.append(
            f"環境変数 {variable} の値「{fault['input']}」は使えません（{fault['msg']}）。"
        )
    return sentences


def _end(number: int, _frame: FrameType | None) -> None:
    """Told to end: leave every block that is open, so that nothing is left running behind it."""
    raise SystemExit(128 + number)
