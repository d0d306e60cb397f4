"""What the pages of offices ask the server for, besides the record."""

import httpx
import msgspec
import pytest

from aggregates.election.tally import Tally
from infra.services.importing.tallies import question_client
from projections.plausibility.report_questions import ReportQuestion
from tests import builders as b

FINDER = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]


def test_a_code_is_rows_of_modules_with_its_three_finders(client: httpx.Client) -> None:
    rows = client.get("/centre/data/code.json", params={"text": "https://kaihyo.example/1"}).json()

    many = len(rows)
    assert {len(row) for row in rows} == {many}
    assert [row[:7] for row in rows[:7]] == FINDER
    assert [row[-7:] for row in rows[:7]] == FINDER
    assert [row[:7] for row in rows[-7:]] == FINDER
    assert rows != client.get("/centre/data/code.json", params={"text": "https://other/2"}).json()


@pytest.mark.parametrize("text", ["", "x" * 301])
def test_a_text_that_makes_no_code_is_refused(client: httpx.Client, text: str) -> None:
    assert client.get("/centre/data/code.json", params={"text": text}).status_code == 422


@pytest.mark.parametrize(("path", "page"), [("/centre", "/centre/"), ("/en/centre", "/en/centre/")])
def test_each_language_has_a_worker_of_its_own(client: httpx.Client, path: str, page: str) -> None:
    assert f'"page": "{page}"' in client.get(f"{path}/worker.js").text
    moved = client.get(path)
    assert (moved.status_code, moved.headers["location"]) == (308, page)


def test_everything_the_page_imports_is_kept_for_the_time_without_a_line(
    client: httpx.Client,
) -> None:
    kept = {each.split("/", 3)[3] for each in client.get("/centre/data/files.json").json()}

    assert {
        "centre/main.js",
        "shared/signing/log_verifier.js",
        "shared/english.js",
        "site.css",
    } <= kept
    preloaded = client.get("/en/centre/").text
    assert all(
        name in preloaded for name in ("shared/signing/receipt_proof.js", "shared/english.js")
    )
    assert "english" not in client.get("/centre/").text.replace("English", "")


def test_a_broken_workbook_is_refused_in_two_languages(client: httpx.Client) -> None:
    problem = client.post("/centre/data/rows", content=b"PK\x03\x04").json()

    assert problem["detail"].startswith("表計算ファイルとして読めません")
    assert problem["title"].startswith("This is no spreadsheet")


def test_a_control_room_reads_turnout_decisions_and_what_is_registered(
    client: httpx.Client,
) -> None:
    turnout = client.get("/control/data/turnout.json?kind=house-district").json()
    assert b.CHIYODA in str(turnout[0])
    decided = client.get("/control/data/decisions.json").json()
    assert b.DISTRICT_1 in str(decided)
    registered = client.get("/control/data/contest.json", params={"contest": b.DISTRICT_1})
    assert b.A in registered.text
    assert client.get("/control/data/contest.json?contest=nowhere").status_code == 404
    sheets = client.get("/control/data/sheets.json", params={"contest": b.DISTRICT_1})
    assert sheets.json().keys() == {"lines", "sheets"}
    assert client.get("/control/data/sheets.json?contest=nowhere").status_code == 404


def test_a_centre_chooses_its_office_and_reads_its_units(client: httpx.Client) -> None:
    offices = client.get("/centre/data/offices.json?prefecture=13")
    assert offices.status_code == 200
    assert client.get("/centre/data/workbook.json?office=nobody").status_code == 404


def test_a_workbook_too_large_is_refused_with_a_sentence(client: httpx.Client) -> None:
    answer = client.post("/centre/data/rows", content=b"x" * 5_000_000)
    assert answer.status_code == 422
    assert "大き" in answer.json()["detail"]


def test_final_figures_are_held_against_other_units_before_they_are_sent(
    client: httpx.Client,
) -> None:
    contest = {"contest": b.DISTRICT_1}
    reports = [{"unit": b.CHIYODA, "tally": b.sheet({b.A: 60, b.B: 40})}]

    said = client.post("/centre/data/questions", params=contest, json=reports)
    broken = client.post("/centre/data/questions", params=contest, json=[{"unit": 7}])
    nowhere = client.post("/centre/data/questions?contest=nowhere", json=reports)

    assert said.json()["questions"] == []
    assert b.CHIYODA in said.json()["compared"]
    assert (broken.status_code, nowhere.status_code) == (422, 404)


def test_a_table_of_many_reports_is_asked_about_in_parts(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_client, "REPORTS_MAX", 1)
    asked: list[tuple[str, str]] = []

    def answer(contest: str, question: ReportQuestion) -> str:
        asked.append((contest, question.unit))
        return "確かめました"

    questions = question_client.QuestionClient(str(client.base_url), answer)
    first, second = (
        msgspec.convert(b.sheet(votes), Tally)
        for votes in ({b.A: 600, b.B: 400}, {b.A: 500, b.B: 410})
    )
    questions.prepare([(b.DISTRICT_1, b.CHIYODA, first), (b.DISTRICT_1, b.CHUO, second)])
    found = questions._ask(b.DISTRICT_1)

    assert found is not None
    assert set(found.compared) == {b.CHIYODA, b.CHUO}
    assert questions.answers(b.DISTRICT_1, b.CHIYODA, first) == ()
    assert asked == []


def test_a_published_table_is_asked_for_one_unit(client: httpx.Client) -> None:
    contest = {"contest": b.DISTRICT_1, "unit": b.CHIYODA}
    table = f"開票結果\n開票区,{b.A},{b.B},計\n開票区{b.CHIYODA},1,2,3\n合計,1,2,3\n"

    said = client.post("/centre/data/rows", params=contest, content=table.encode("cp932")).json()
    bare = client.post("/centre/data/rows", content=table.encode()).json()

    assert said["figures"] == [[f"votes/{b.A}", "1"], [f"votes/{b.B}", "2"]], said
    assert (bare["figures"], bare["doubts"]) == ([], [])
    assert bare["rows"][1][0] == "開票区"
