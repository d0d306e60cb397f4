"""An office moves over: from an empty form to results, with tables and the command line alone."""

import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from infra.adapters.event_log import Log
from infra.adapters.postgres.schemas import LogName
from infra.services.importing.import_faults import Faults
from infra.services.importing.table_source import read_sheets
from tests.acceptance.kaihyo import ROOT
from tests.acceptance.moving_office import ELECTION, WHERE, Office, kaihyo, unit_rows, write_tallies
from tests.acceptance.served import started
from tests.support.lines import PLAIN, client_of
from tests.support.ports import free_port
from tests.unit.infra.services.importing import tables as t

HANDBOOK = ROOT / "docs/handbook/移行.md"
AT_22 = "2026-02-08 22:00"
AT_01 = "2026-02-09 01:00"


@pytest.fixture
def empty(conninfo: str, log_name: LogName) -> Iterator[Log]:
    """An empty log for the election of the tables."""
    assert log_name.environment == "rehearsal"
    with Log(conninfo, LogName(ELECTION, "rehearsal")) as opened:
        yield opened


@pytest.fixture
def office(empty: Log, tmp_path: Path) -> Iterator[Office]:
    with (
        open_app_state(empty) as services,
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of() as client,
    ):
        client.get(f"{address}health")
        yield Office(tmp_path, address, services)


def test_from_an_empty_form_to_results(office: Office, empty: Log) -> None:
    form = office.folder / "選挙.xlsx"
    assert kaihyo("import", "form", "--out", form, "--kind", "house").exit_code == 0
    headings = {name: lines[0].cells for name, lines in read_sheets(form, Faults()).items()}
    filled = t.sheets()
    assert all(set(rows[0]) <= set(headings[name]) for name, rows in filled.items())
    folder = t.write(office.folder / "選挙", filled)

    checked = kaihyo("import", "check", folder, "--json")
    summary = json.loads(checked.stdout)["summary"]
    assert (checked.exit_code, summary["units"], summary["commands"]) == (0, 2, 13)

    first = office.elect(folder)
    again = office.elect(folder)
    elsewhere = office.elect(folder, outbox="another")
    assert "受付 13　受付済み 0" in first.stdout, first.output
    assert "受付 0　受付済み 13" in again.stdout, again.output
    assert "受付 0" in elsewhere.stdout, elsewhere.output
    assert elsewhere.exit_code == 0
    recorded = empty.reader.last_position()

    office.post({"command": "open-counting"})
    opened = empty.reader.last_position()
    table = write_tallies(
        office.folder / "開票.csv",
        *unit_rows("千代田区", AT_22, "中間", ("1,000", "５００", "20")),
        *unit_rows("13101", AT_01, "確定", ("2000.333", "900.666", "40")),
        *unit_rows("中央区", AT_01, "確定", ("10", "2000", "7")),
    )
    taken = office.send("import", "tallies", table, "--answer", "束を数え直した")
    assert "受付 3\n" in taken.stdout, taken.output
    # The two units are unlike each other: asked before sending, and the answer is on record.
    assert "照会 千代田区" in taken.stderr, taken.stderr
    assert "unlike-others" in str(office.document("districts/13101"))
    for outbox in ("outbox", "yet-another"):
        repeated = office.send("import", "tallies", table, outbox=outbox)
        assert "受付 0　受付済み 3\n" in repeated.stdout, repeated.output
    assert empty.reader.last_position() == opened + 3
    assert opened > recorded

    result = office.document(f"contests/{t.DISTRICT}")
    options = result["options"]
    assert isinstance(options, list)
    votes = {each["id"]: each["votes"]["thousandths"] for each in options}
    assert votes == {"13-01-1": 2_010_333, "13-01-2": 2_900_666, "13-01-3": 47_000}
    page = PLAIN.get(f"{office.server}contests/{t.DISTRICT}").raise_for_status().text
    read = re.sub(r"<[^>]+>", "", page)
    # What an old system takes back, at the addresses of the handbook.
    handbook = HANDBOOK.read_text(encoding="utf-8")
    for name in ("districts/13101", f"contests/{t.DISTRICT}", "prefectures/13", "coverage"):
        assert f"`{name}.csv`" in handbook
        address = f"{office.server}v1/elections/{ELECTION}/{name}.csv?encoding=cp932"
        rows = PLAIN.get(address).raise_for_status().content.decode("cp932").splitlines()
        assert len(rows) > 1
    assert "2,900.666" in read
    assert "2,010.333" in read


def test_ten_mistakes_are_told_at_once_and_nothing_is_sent(office: Office, empty: Log) -> None:
    sheets = t.sheets()
    sheets["選挙"][4][1] = "2026-02-30"
    sheets["党派"][2][0] = "ao"
    sheets["開票区"][1][3] = "131017"
    sheets["選挙区"][2][3] = "十九"
    sheets["候補者"][1][2] = "緑の党"
    sheets["候補者"][2][3] = "不明"
    sheets["候補者"][3][4] = "17"
    sheets["名簿登載者"][2][0] = "（比例代表）大阪"
    sheets["裁判官"].append(["【例】裁判 花子", ""])
    sheets["機関"][1][2] = "支所"
    folder = t.write(office.folder / "選挙", sheets)

    checked = kaihyo("import", "check", folder)
    sent = office.elect(folder)

    assert (checked.exit_code, sent.exit_code) == (1, 1)
    assert "10 か所を直してください" in checked.stderr
    for place in ("選挙 5行目「内容」", "党派 3行目「コード」", "開票区 2行目「団体コード」",
                  "選挙区 3行目「定数」", "候補者 2行目「党派」", "候補者 3行目「性別」",
                  "候補者 4行目「年齢」", "名簿登載者 3行目「選挙区」", "裁判官 4行目",
                  "機関 2行目「役割」"):  # fmt: skip
        assert place in checked.stderr, checked.stderr
        assert place in sent.stderr
    assert empty.reader.last_position() == 0


def test_a_watched_folder_is_recorded_once_and_left_as_it_is(office: Office, empty: Log) -> None:
    assert office.elect(t.write(office.folder / "a", t.sheets())).exit_code == 0
    office.post({"command": "open-counting"})
    opened = empty.reader.last_position()
    folder = office.folder / "書出し"
    folder.mkdir()
    first = unit_rows("千代田区", AT_22, "中間", ("1", "2", "3"))
    table = write_tallies(folder / "開票.csv", *first)
    process = started(
        *("import", "tallies", "--watch", folder, "--every", "0.2", "--as", "nation", *WHERE),
        *("--server", office.server, "--outbox", office.folder / "outbox"),
        *("--alone", "集計システムの表を点検してから書き出している。"),
        *office.both_keys,
    )
    try:
        assert "受付 1\n" in told_until(process, "受付 1")
        # The system writes everything again, with the next moment below.
        write_tallies(table, *first, *unit_rows("千代田区", AT_01, "確定", ("4", "5", "6")))
        assert "受付 1　受付済み 1" in told_until(process, "受付済み 1")
    finally:
        process.terminate()
        process.communicate(timeout=120)

    assert [path.name for path in folder.iterdir()] == ["開票.csv"]
    assert empty.reader.last_position() == opened + 2


def told_until(process: subprocess.Popen[str], word: str) -> str:
    """What a process says up to the line with this word."""
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if word in line:
            return told
    raise AssertionError(told)


def test_a_changed_file_says_what_is_new_and_what_it_amends(office: Office) -> None:
    filled = t.sheets()
    assert office.elect(t.write(office.folder / "a", filled)).exit_code == 0

    filled["候補者"][2][1] = "高橋　二郎"
    amended = office.elect(t.write(office.folder / "b", filled))
    assert amended.exit_code == 0, amended.output
    assert "変更 候補者 3行目（amend-candidate）" in amended.stdout
    assert "受付 1　" in amended.stdout

    filled["候補者"].append(["東京都第1区", "新人　四郎", "赤", "男", "30", "新", "", "", ""])
    filled["開票区"].append(["", "港区", "東京都", "131032", ""])
    filled["選挙区"][2][6] = "千代田区、中央区"
    filled["選挙区"][3][6] = "千代田区、中央区"
    added = office.elect(t.write(office.folder / "c", filled))
    assert added.exit_code == 0, added.output
    assert "新 候補者 5行目" in added.stdout
    assert "新 開票区 4行目" in added.stdout
    assert "受付 2　" in added.stdout
    ballots = office.document("candidates")["contests"]
    assert isinstance(ballots, list)
    candidates = ballots[0]["candidates"]
    assert [each["id"] for each in candidates][-1] == "13-01-4"
    assert "高橋　二郎" in [each["name"] for each in candidates]


def test_a_mended_file_that_is_imported_again_is_what_the_page_shows(office: Office) -> None:
    """Before counting the file is the way to mend a name: the page follows, and each time again."""
    filled = t.sheets()
    old, new = filled["候補者"][2][1], "高橋　二郎"
    mended = {**filled, "候補者": [list(row) for row in filled["候補者"]]}
    mended["候補者"][2][1] = new
    told = []

    for folder, sheets in (("a", filled), ("a again", filled), ("b", mended), ("b again", mended)):
        imported = office.elect(t.write(office.folder / folder, sheets))
        assert imported.exit_code == 0, imported.output
        page = office.page(f"contests/{t.DISTRICT}")
        told.append(("受付 0" in imported.stdout, old in page, new in page))

    assert told == [
        (False, True, False),
        (True, True, False),
        (False, False, True),
        (True, False, True),
    ]


def test_a_file_that_contradicts_the_record_records_nothing(office: Office, empty: Log) -> None:
    filled = t.sheets()
    assert office.elect(t.write(office.folder / "a", filled)).exit_code == 0
    before = empty.reader.last_position()

    filled["選挙"][2][1] = "別の選挙"
    changed = office.elect(t.write(office.folder / "b", filled))

    assert changed.exit_code == 1
    assert "記録と違います" in changed.stderr
    assert empty.reader.last_position() == before


def test_a_correction_from_a_table_names_what_it_replaces(office: Office) -> None:
    assert office.elect(t.write(office.folder / "a", t.sheets())).exit_code == 0
    office.post({"command": "open-counting"})
    final = unit_rows("千代田区", AT_01, "確定", ("2000", "900", "40"))
    wrong = write_tallies(office.folder / "1.csv", *final)
    assert office.send("import", "tallies", wrong).exit_code == 0

    rows = unit_rows("千代田区", AT_01, "訂正", ("900", "2000", "40"))
    silent = office.send("import", "tallies", write_tallies(office.folder / "2.csv", *rows))
    assert (silent.exit_code, "訂正には理由が要ります" in silent.stderr) == (1, True)
    other = unit_rows("千代田区", AT_01, "確定", ("900", "2000", "40"))
    again = office.send("import", "tallies", write_tallies(office.folder / "3.csv", *other))
    assert (again.exit_code, "別の数字で記録されています" in again.stderr) == (1, True)

    reasoned = [[*row[:-1], "二人の票を取り違えた"] for row in rows]
    corrected = write_tallies(office.folder / "4.csv", *final, *reasoned)
    for outbox in ("outbox", "another"):
        done = office.send("import", "tallies", corrected, outbox=outbox)
        assert done.exit_code == 0, done.output
    corrections = office.document("corrections")["corrections"]
    assert isinstance(corrections, list)
    assert [each["reason"] for each in corrections] == ["二人の票を取り違えた"]


def test_without_a_line_tables_wait_and_are_recorded_once_afterwards(
    office: Office, empty: Log
) -> None:
    folder = t.write(office.folder / "a", t.sheets())
    nowhere = f"http://127.0.0.1:{free_port()}/"
    waits = office.elect(folder, server=nowhere)
    assert (waits.exit_code, "送信待ち 13" in waits.stdout) == (0, True), waits.output
    assert "送信待ち 13" in office.elect(folder, server=nowhere).stdout

    done = office.elect(folder)

    assert done.exit_code == 0, done.output
    once = empty.reader.last_position()
    assert "受付 0" in office.elect(folder).stdout
    assert empty.reader.last_position() == once
    office.post({"command": "open-counting"})
    opened = empty.reader.last_position()
    table = write_tallies(
        office.folder / "t.csv", *unit_rows("千代田区", AT_22, "中間", ("1", "2", "3"))
    )
    unknown = office.send("import", "tallies", table, server=nowhere, outbox="fresh")
    assert (unknown.exit_code, "控えもまだありません" in unknown.stderr) == (1, True)
    wrong = write_tallies(
        office.folder / "w.csv", *unit_rows("港区", AT_22, "中間", ("1", "2", "3"))
    )
    kept = office.send("import", "tallies", wrong)
    assert "港区" in kept.stderr, kept.exception  # and the register is kept
    table_waits = office.send("import", "tallies", table, server=nowhere)
    assert "送信待ち 1" in table_waits.stdout, table_waits.output
    sent = office.send("import", "tallies", table)
    assert "送信待ちだった 1 件を送りました。" in sent.stdout, sent.output
    assert "受付 0　受付済み 1" in sent.stdout
    assert empty.reader.last_position() == opened + 1


_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_what_the_handbook_shows_works_as_it_stands(
    office: Office, empty: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "DATABASE_URL": empty.conninfo,
        "KAIHYO_ELECTION": empty.name.election,
        "KAIHYO_ENVIRONMENT": empty.name.environment,
    }.items():
        monkeypatch.setenv(name, value)
    text = HANDBOOK.read_text(encoding="utf-8")
    lines = "\n".join(_BLOCK.findall(text)).replace("\\\n", " ").splitlines()
    shown = [line.removeprefix("$ kaihyo ") for line in lines if line.startswith("$ kaihyo ")]
    t.write(office.folder / "選挙", t.sheets())
    office.founders()
    rows = unit_rows("千代田区", AT_22, "中間", ("1", "2", "3"))
    write_tallies(office.folder / "開票.csv", *[["小選挙区１区", *row[1:]] for row in rows])
    mapping = "先方の名称,当方のコード,選挙区\n小選挙区１区,house-district/13-01,\n"
    (office.folder / "対応表.csv").write_text(mapping, encoding="utf-8")
    published = "開票区,髙橋一郎,高橋一郎,開票花子,有効投票数,ほかの数\n千代田区,1,2,3,6,4\n"
    (office.folder / "開票結果.csv").write_text(published, encoding="utf-8")
    places: dict[str, str | Path] = {
        "選挙.xlsx": office.folder / "選挙",
        "開票.csv": office.folder / "開票.csv",
        "対応表.csv": office.folder / "対応表.csv",
        "開票結果.xlsx": office.folder / "開票結果.csv",
        "わが県の表.csv": office.folder / "わが県の表.csv",
        "nation.key": office.key("nation"),
        "nation-2.key": office.key("nation-2"),
        "outbox": office.folder / "outbox",
        "https://kaihyo.example/": office.server,
        "nation=nation.request.json": f"nation={office.folder}/nation.request.json",
        "nation=nation-2.request.json": f"nation={office.folder}/nation-2.request.json",
        "ministry=ministry.request.json": f"ministry={office.folder}/ministry.request.json",
    }

    assert [line.split()[:2] for line in shown] == [
        ["import", "form"],
        ["import", "check"],
        ["import", "election"],
        ["import", "tallies"],
        ["import", "layout"],
        ["import", "tallies"],
        ["import", "tallies"],
        ["export", "--data"],
    ]
    for line in shown:
        words = [places.get(word, word) for word in shlex.split(line)]
        if "form" in words:
            words[words.index("--out") + 1] = office.folder / "様式.xlsx"
        if "export" in words:
            clear = published.replace(",ほかの数", "").replace(",6,4", ",6")
            (office.folder / "見本.csv").write_text(clear, encoding="utf-8")
            words[words.index("--layout") + 1] = office.folder / "見本.csv"
            words[words.index("--out") + 1] = office.folder / "わが県の開票結果.csv"
        if "--watch" in line or "--mapping わが県の表.csv" in line:
            # It runs until somebody ends it, or waits for what people fill in: tested apart.
            continue
        done = kaihyo(*words)
        assert done.exit_code == 0, (line, done.output)
        if "election" in words:
            office.post({"command": "open-counting"})
    # What nobody can know of the table is written down for people to fill in.
    assert "ほかの数" in (office.folder / "わが県の表.csv").read_text(encoding="utf-8-sig")
