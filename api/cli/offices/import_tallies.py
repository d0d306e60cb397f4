"""`kaihyo import tallies`: what an existing counting system exports, as signed postings."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from api.cli.common.console import ERRORS, WAITING, WRONG, fail
from api.cli.common.posting_command import Sending, sends
from api.cli.common.posting_options import SenderOption
from api.cli.offices.import_layout import REGISTER_COPIES
from api.cli.offices.watched_import import held_files, watch
from infra.runtime.settings import Settings
from infra.runtime.system_faults import describe_fault
from infra.services.importing.import_faults import Faults, TablesUnreadable
from infra.services.importing.name_mapping import Mapping, read_mapping
from infra.services.importing.server_documents import ServedDocuments
from infra.services.importing.submission_delivery import Delivered, Delivery
from infra.services.importing.table_source import read_sheets
from infra.services.importing.tallies.draft_lines import draft_line
from infra.services.importing.tallies.office_sheets import all_figures
from infra.services.importing.tallies.question_client import (
    QuestionClient,
    question_sentence,
)
from infra.services.importing.tallies.recorded_register import RecordedRegister
from infra.services.importing.tallies.report_assembly import Compiler, Draft, about
from infra.services.importing.tallies.report_sender import Posts, SendOutcome, TableSender
from infra.services.importing.tallies.tallies_long import Defaults
from infra.services.outbox.forwarding import Forwarder
from infra.services.outbox.outbox_queue import Outbox, OutboxBusy, OutboxDamaged
from infra.services.outbox.server_connection import AddressWrong, HttpConnection
from projections.plausibility.report_questions import ReportQuestion

_TWO_PERSONS: Final = 2
_IMPORTED: Final = "表を取り込んだ。"
"""Why two who sign did not type an entry each; no word of the file, so that it is sent once."""


@sends
def tallies(
    sender: SenderOption,
    sending: Sending,
    file: Annotated[Path | None, typer.Argument(help="CSV・xlsx などの表。")] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="対応表：先方の名称、当方のコード、選挙区。")
    ] = None,
    at: Annotated[str, typer.Option(help="時刻の列がない表の時刻（2024-10-27 22:00）。")] = "",
    state: Annotated[str, typer.Option(help="区分の列がない表の区分（中間・確定・訂正）。")] = "",
    contest: Annotated[
        str, typer.Option(help="表から決まらないときの選挙区か選挙の種類（コードか名称）。")
    ] = "",
    folder: Annotated[
        Path | None,
        typer.Option("--watch", help="このフォルダを見張り、新しい表を確認の後に送る。"),
    ] = None,
    alone: Annotated[
        str,
        typer.Option(help="見張るとき、確認なしに送る理由（開票の報告ごとに記録に残る）。"),
    ] = "",
    answer: Annotated[
        str, typer.Option(help="ほかの開票区と違うという照会への回答（確かめた内容）。")
    ] = "",
    one_entry: Annotated[
        str,
        typer.Option(
            help="二人が署名するとき、一人の入力である理由（記録に残る）。空なら「表を取り込んだ。」"
        ),
    ] = "",
    every: Annotated[float, typer.Option(help="見張る間隔（秒）。", min=0.1)] = 10.0,
) -> None:
    """開票・投票の報告を表から取り込む。同じ表を何度送っても二重には記録されない。"""
    if (file is None) == (folder is None):
        raise fail("表のファイルか --watch のどちらか一方を指定してください。")
    if alone and folder is None:
        raise fail("--alone は --watch と使います。")
    if folder is not None and not folder.is_dir():
        raise fail(f"{folder} はフォルダではありません。")
    try:
        words = read_mapping(mapping) if mapping is not None else Mapping()
    except TablesUnreadable as error:
        raise fail(str(error)) from error
    asks = folder is None and not answer and sys.stdin.isatty()
    reply = _Reply(answer, asks=asks)
    why = alone.strip() or one_entry
    taking = _Taking(sender, sending, words, Defaults(at, state, contest), reply, why)
    if folder is not None:
        held = None if alone.strip() else held_files(sending.outbox)
        watch(folder, every, taking, held, _report)
    elif file is not None and not _report(taking.take, file):
        raise typer.Exit(1)


class _Reply:
    """Answers what is asked before sending: with what was given, or by asking at the terminal."""

    def __init__(self, answer: str, *, asks: bool) -> None:
        self._answer = answer
        self._asks = asks
        self.names: dict[str, dict[str, str]] = {}

    def __call__(self, contest: str, question: ReportQuestion) -> str:
        """The answer; empty where nobody answers, which holds nothing up."""
        # Ids of candidates are unique within a contest only.
        names = self.names.get(contest, {})
        where = names.get(question.unit, question.unit)
        typer.echo(f"照会 {where} {question_sentence(question, names)}", err=True)
        if not self._asks:
            return self._answer
        said = typer.prompt(
            "確かめた内容（公開されます。空のままなら、未回答として送ります）", default="", err=True
        )
        return str(said).strip()


class _Taking:
    """Takes files in for one office."""

    def __init__(
        self,
        sender: str,
        sending: Sending,
        words: Mapping,
        defaults: Defaults,
        reply: _Reply,
        one_entry: str = "",
    ) -> None:
        self._reply = reply
        self._one_entry = one_entry or (_IMPORTED if len(sending.keys) >= _TWO_PERSONS else "")
        self._sender = sender
        self._sending = sending
        self._words = words
        self._defaults = defaults
        self._election = sending.election or Settings().election
        if not self._election:
            raise fail("--election で選挙のコードを指定してください。")
        self._box = Outbox(sending.outbox)
        try:
            self._forwarder = Forwarder(self._box, HttpConnection(sending.server), sending.keys)
        except AddressWrong as error:
            raise fail(str(error)) from error

    def take(self, file: Path) -> bool:
        """Take a file in; False when anything of it was not."""
        documents, register = self._register()
        faults = Faults()
        drafts = self._drafts(file, register, faults)
        who = TableSender(
            self._sender,
            self._election,
            register.head.environment,
            register.office_units(self._sender),
            self._one_entry,
        )
        delivery = Delivery(self._box, self._forwarder, stop_at_refusal=False)
        waited = _print_earlier_delivery(delivery.send(()))
        self._reply.names = {
            draft.contest: {**draft.known.unit_names, **draft.known.names()} for draft in drafts
        }
        questions = QuestionClient(self._sending.server, self._reply)
        posts = Posts(who, register, documents, delivery, questions)
        outcomes = list(posts.send(drafts, faults))
        _print_outcomes(outcomes)
        for note in faults.notes:
            typer.echo(f"注意 {note}", err=True)
        for fault in faults.in_order([]):
            typer.echo(str(fault), err=True)
        return waited and not len(faults) and all(each.word != "不受理" for each in outcomes)

    def preview(self, file: Path) -> str:
        """What a file would send, a line a report; empty where it would send nothing."""
        _, register = self._register()
        faults = Faults()
        drafts = self._drafts(file, register, faults)
        for fault in faults.in_order([]):
            typer.echo(str(fault), err=True)
        return "\n".join(f"  {draft_line(draft)}" for draft in drafts)

    def _register(self) -> tuple[ServedDocuments, RecordedRegister]:
        documents = ServedDocuments(self._sending.server, self._election)
        # Kept per election: an outbox may have served a rehearsal before.
        copies = self._sending.outbox / REGISTER_COPIES / self._election
        register = RecordedRegister(documents, copies)
        if register.head.environment != self._sending.environment:
            raise TablesUnreadable(
                f"この選挙は {register.head.environment} ですが、--environment は"
                f" {self._sending.environment} です。訓練と本番を確かめてください。"
            )
        if register.is_old:
            ERRORS.print("サーバーにつながりません。名簿の控えで読みます。", style=WAITING)
        return documents, register

    def _drafts(self, file: Path, register: RecordedRegister, faults: Faults) -> list[Draft]:
        sheets = read_sheets(file, faults, needs_all=False)
        given = all_figures(sheets, register, self._words, self._defaults, faults)
        return Compiler(register, self._words, faults).drafts(given)

    def flush(self) -> bool:
        """Send what waits; False when something of it was refused."""
        return _print_earlier_delivery(
            Delivery(self._box, self._forwarder, stop_at_refusal=False).send(())
        )


def _print_earlier_delivery(done: Delivered) -> bool:
    """What became of what waited from before; False when something was refused."""
    if done.recorded:
        typer.echo(f"送信待ちだった {len(done.recorded)} 件を送りました。")
    for refused, problem in done.refused:
        where = f"{getattr(refused.command, 'contest', '')} {getattr(refused.command, 'unit', '')}"
        typer.echo(f"不受理 {refused.command.name} {where}: {problem.detail}", err=True)
    return not done.refused


def _print_outcomes(outcomes: list[SendOutcome]) -> None:
    for each in outcomes:
        rows = f"{each.draft.places[0]}"
        told = f"{each.word} {each.what} {about(each.draft)}（{rows}）{each.detail}"
        typer.echo(told, err=each.word == "不受理")
    words = ("受付", "受付済み", "送信待ち", "不受理")
    counts = {word: sum(each.word == word for each in outcomes) for word in words}
    said = [f"{word} {n}" for word, n in counts.items() if n or word == words[0]]
    typer.echo("　".join(said))


def _report(work: Callable[..., bool], *given: Path) -> bool:
    try:
        return work(*given)
    except (TablesUnreadable, OutboxBusy, OutboxDamaged) as error:
        ERRORS.print(str(error), style=WRONG)
    except OSError as error:
        # A file may go away while a folder is watched: the next look goes on without it.
        ERRORS.print(describe_fault(error), style=WRONG)
    return False
