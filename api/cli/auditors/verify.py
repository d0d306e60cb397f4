"""`kaihyo verify`: check a whole election without its server, or one receipt."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from api.cli.common.console import ERRORS, WRONG, fail
from api.cli.common.options import JsonOption
from api.cli.common.progress import show_progress
from infra.protocols.protocol_errors import KeyMalformed, PolicyMalformed
from infra.protocols.signed_note.note import Verifier
from infra.protocols.tlog.policy import Policy
from infra.runtime.system_faults import describe_fault
from infra.services.auditing.receipt_audit import Received, verify_receipt
from infra.services.auditing.sources.audit_difference import SENTENCES, AuditDifference
from infra.services.auditing.sources.open_source import NothingToVerify, open_source
from infra.services.auditing.sources.web_source import Unreachable
from infra.services.auditing.verification import verify as verify_source
from infra.services.auditing.verification_result import VerificationResult

_NOT_CHECKED = 2
"""Nothing was found wrong, because nothing could be checked."""
_RECORDED = 3
"""What could be checked is right; some decisions are recorded, and were not recomputed."""


def verify(
    where: Annotated[
        str | None,
        typer.Argument(help="一式（フォルダか .tar.gz）、公開フォルダ、または選挙の URL。"),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(help="信頼できる所から得た検証鍵（文字列かファイル）。"),
    ] = None,
    witness_policy: Annotated[
        Path | None, typer.Option(help="証人の方針ファイル（k of n）。足りなければ 1 で終わる。")
    ] = None,
    kept: Annotated[
        list[Path] | None,
        typer.Option(help="手元に残したチェックポイントや受領証。何度でも指定できる。"),
    ] = None,
    receipt: Annotated[
        Path | None, typer.Option(help="この受領証だけを確かめる（--key が必要）。")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """署名・木・すべての決定の再計算・全公開文書を確かめる。

    相違がなければ 0、最初の相違を示して 1、確かめられなければ（届かない、ない、鍵が使えない）2、
    この版が持たない規則番号の記録が含まれ、その決定を再計算していなければ 3 で終わる。
    """
    with _sentences(as_json=as_json):
        trusted = None if key is None else _key(key)
        policy = None if witness_policy is None else Policy.parse(witness_policy.read_text())
        files = [*(kept or ()), *([receipt] if receipt and where else ())]
        if where is not None:
            found = _verify(where, trusted, policy, files)
            typer.echo(_encode(found) if as_json else _describe(found))
            if found.recorded:
                raise typer.Exit(_RECORDED)
        elif receipt is not None:
            if trusted is None:
                raise fail(
                    "受領証を確かめるには、記録の検証鍵を --key で指定してください。", _NOT_CHECKED
                )
            received = verify_receipt(receipt.name, receipt.read_bytes(), trusted, policy)
            typer.echo(
                msgspec.json.encode(received).decode() if as_json else _describe_receipt(received)
            )
        else:
            raise fail(
                "確かめるもの（一式、フォルダ、URL）か --receipt を指定してください。", _NOT_CHECKED
            )


def verify_bundle(where: Path) -> str:
    """Verify a bundle that this command has just written; says so in a sentence."""
    with _sentences(as_json=False):
        return _describe(_verify(str(where), None, None, []))


def _verify(
    where: str, key: Verifier | None, policy: Policy | None, files: list[Path]
) -> VerificationResult:
    kept = [(path.name, path.read_bytes()) for path in files]
    with open_source(where) as source, show_progress() as progress:
        return verify_source(source, key=key, policy=policy, kept=kept, progress=progress)


def _key(text: str) -> Verifier:
    if Path(text).is_file():
        text = Path(text).read_text(encoding="utf-8").strip()
    elif "+" not in text:
        raise fail(
            f"--key の「{text}」というファイルはなく、検証鍵（名前+番号+公開鍵）でもありません。"
            "信頼できる所（公報など）から得た一行を、そのまま指定してください。",
            _NOT_CHECKED,
        )
    return Verifier.parse(text)


@contextmanager
def _sentences(*, as_json: bool) -> Iterator[None]:
    """Name the first difference, or say why nothing could be checked."""
    try:
        yield
    except AuditDifference as difference:
        if as_json:
            typer.echo(msgspec.json.encode({"verified": False, "difference": difference.as_dict()}))
        ERRORS.print(f"相違があります: {SENTENCES[difference.rule]}", style=WRONG)
        ERRORS.print(
            f"  箇所　{_plain(difference.where)}\n"
            f"  期待　{_plain(difference.expected)}\n"
            f"  実際　{_plain(difference.found)}",
        )
        raise typer.Exit(1) from difference
    except (NothingToVerify, Unreachable) as error:
        raise fail(f"確かめられません（{error}）。", _NOT_CHECKED) from error
    except (KeyMalformed, PolicyMalformed, OSError, UnicodeDecodeError) as error:
        raise fail(
            f"指定されたファイルまたは鍵が使えません（{describe_fault(error)}）。", _NOT_CHECKED
        ) from error


def _plain(text: str) -> str:
    """Text as it is: brackets are no markup."""
    return text.replace("[", "\\[")


def _encode(found: VerificationResult) -> str:
    fields = msgspec.structs.asdict(found)
    return msgspec.json.encode({"state": found.state, **fields}).decode()


def _describe(found: VerificationResult) -> str:
    lines = [
        f"{_verdict(found)}: {found.origin}（{found.election} {found.environment}）",
        f"  記録 {found.size:,} 件　根 {found.root}",
        f"  チェックポイント {found.checkpoints:,} 個、手元のもの {found.kept} 個と整合",
        *_describe_entries(found),
        *_describe_documents(found),
        _describe_times(found),
        f"  証人 {'、'.join(found.cosigned_by) or 'なし'}　{found.seconds:.1f} 秒",
    ]
    if found.key_from == "published":
        lines.append(
            "  注意: 検証鍵は同じ場所にあったものです。別の経路で得た鍵を --key で渡すと確実です。"
        )
    return "\n".join(lines)


def _verdict(found: VerificationResult) -> str:
    if found.recorded:
        return "記録のみ・再計算せず（確かめた範囲に相違はありません）"
    return "相違ありません"


def _describe_entries(found: VerificationResult) -> Iterator[str]:
    """What was decided again, and what nothing binds."""
    if found.signed:
        yield (
            f"  署名付き {found.signed:,} 件（署名 {found.signatures:,} 個、鍵 {found.keys:,} 本）"
        )
    else:
        yield "  署名付きの投稿はありません（unsigned）"
    rules = "、".join(map(str, found.rules))
    if found.recomputed:
        yield f"  決定の再計算 {found.recomputed:,} 件が一字一句一致（規則 {rules}）"
    if found.signed and not found.rules_signed and not found.recorded:
        yield "  規則番号は署名された定義になく、サーバが選んだものです"
    if found.recorded:
        yield (
            f"  位置 {found.size - found.recorded + 1:,} から {found.recorded:,} 件は、"
            f"この版が持たない規則（{rules}）による記録のみで、再計算していません"
        )
    if found.unsigned:
        yield (
            f"  署名なし {found.unsigned:,} 件は形と順序だけを確かめました。"
            "中身を縛るものはなく、運用者は書き換えられます"
        )


def _describe_times(found: VerificationResult) -> str:
    """What bounds the times that entries state."""
    if found.cosigned_after_seconds is None:
        return "  記録の時刻を外から縛るものは、前後の記録と、この確認をした時計だけです"
    return (
        f"  記録の時刻は {found.times_cosigned:,} 件目まで証人の連署より前です"
        f"（連署までは最大 {found.cosigned_after_seconds:,.0f} 秒）"
    )


def _describe_documents(found: VerificationResult) -> Iterator[str]:
    if found.documents:
        yield f"  公開文書 {found.documents:,} 件が一字一句一致"
    if found.documents_not_compared:
        yield (
            f"  公開文書 {found.documents_not_compared:,} 件は書式の版が違うため、比べていません"
        )
    if not found.documents and not found.documents_not_compared:
        yield "  公開文書はここにないか再計算できないため、比べていません"


def _describe_receipt(found: Received) -> str:
    return (
        f"受領証は正しいものです: {found.origin} の位置 {found.position}"
        f"（全 {found.size:,} 件中）\n"
        f"  {found.topic}　{found.recorded_at}　機関 {found.office}　受付番号 {found.submission}"
    )
