"""`kaihyo import layout`: a table shown, what is not clear written once, nothing recorded."""

from pathlib import Path

import httpx
from typer.testing import CliRunner

from api.cli.main import app
from api.http.app_state import AppState
from tests import builders as b

TABLE = f"""開票結果　令和8年2月9日　0時30分　確定
開票区,{b.A},{b.B},点検票
開票区{b.CHIYODA},1,2,7
"""


def test_what_is_not_clear_is_asked_once_and_then_read(
    client: httpx.Client, services: AppState, tmp_path: Path
) -> None:
    table, kept = tmp_path / "表.csv", tmp_path / "わが県の表.csv"
    table.write_text(TABLE, encoding="cp932")
    where = ["--election", "house50", "--server", str(client.base_url)]
    where += ["--outbox", str(tmp_path / "outbox")]
    before = services.log.reader.last_position()
    shown = ["import", "layout", str(table), *where]

    first = CliRunner().invoke(app, [*shown, "--out", str(kept)])
    again = CliRunner().invoke(app, [*shown, "--out", str(kept)])
    empty = CliRunner().invoke(app, [*shown, "--mapping", str(kept)])
    kept.write_text(kept.read_text("utf-8-sig").replace("点検票,,", "点検票,使わない,"), "utf-8")
    filled = CliRunner().invoke(app, [*shown, "--mapping", str(kept)])

    assert first.exit_code == 0, first.output
    assert "要確認 D列 「点検票」が何の数か分かりません" in first.output
    assert "上書きしません" in again.output
    assert "空欄です" in empty.output
    assert "読めた開票区 1" in filled.output
    assert "対応表に書くことはありません" in filled.output
    assert services.log.reader.last_position() == before


def test_a_contest_that_is_not_there(client: httpx.Client, tmp_path: Path) -> None:
    table = tmp_path / "表.csv"
    table.write_text(TABLE, encoding="utf-8")
    where = ["--election", "house50", "--server", str(client.base_url)]
    where += ["--outbox", str(tmp_path / "outbox")]

    done = CliRunner().invoke(app, ["import", "layout", str(table), "--contest", "第99区", *where])

    assert done.exit_code == 1
    assert "「第99区」という選挙区はありません" in done.output
