"""Surveys over HTTP: what is asked, who owes an answer, forms out and back, compiled tables."""

import csv
import io
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from python_calamine import CalamineWorkbook

from api.http.app_state import AppState
from api.http.routers import surveys_routes
from api.web.pages.centre import office_responses
from infra.adapters.spreadsheets.pasted_spreadsheet import first_sheet
from infra.services.surveys.answer_sheets import read_filled_in
from tests import builders as b
from tests.support.gwt import Command
from tests.support.posting import happen

BASE = "/v1/elections/house50/surveys"
DOOR = "/v1/elections/house50/submissions"
_MANY = 90
PATIENCE_SECONDS = 50.0


def post(client: httpx.Client, command: Command, number: int, **more: object) -> httpx.Response:
    sent = {"election": "house50", "environment": "rehearsal", "office": "centre-13101"}
    body = {**sent, "submission_id": f"survey-{number}", "command": command, **more}
    return client.post(DOOR, json=body)


def asked(services: AppState, *commands: Command) -> int:
    """Record commands, and give the position that a reader waits for."""
    happen(services, b.survey(), *commands)
    return services.log.reader.last_position()


def test_an_answer_is_a_posting_like_every_other(client: httpx.Client, services: AppState) -> None:
    asked(services)

    first = post(client, b.answer(), 1)
    again = post(client, b.answer(), 1)

    assert first.status_code == 201
    assert again.json() == first.json() | {"repeated": True}
    seen = first.json()["position"]
    found = client.get(f"{BASE}/places/answers", params={"seen": seen, "unit": b.CHIYODA}).json()
    (answer,) = found["answers"]
    assert (answer["state"], answer["values"]["places"]) == ("given", 5)
    assert answer["office"] == "centre-13101"


def test_a_refusal_names_the_items(client: httpx.Client, services: AppState) -> None:
    asked(services)

    refused = post(client, b.answer(usual=4, trouble="たぶん"), 1)

    problem = refused.json()
    assert refused.status_code == 422
    assert problem["facts"]["items"] == ["trouble", "places"]
    assert "内訳の合計6" in problem["facts"]["faults"][1]


def test_who_is_missing_is_counted_by_prefecture(client: httpx.Client, services: AppState) -> None:
    seen = asked(services, b.answer(), b.return_answer(), b.remind(b.CHIYODA, b.CHUO))

    (summary,) = client.get(BASE, params={"seen": seen}).json()["surveys"]
    detail = client.get(f"{BASE}/places").json()
    owing = client.get(f"{BASE}/places/answers", params={"state": "missing"}).json()["answers"]

    counts = {"asked": 2, "given": 0, "returned": 1, "missing": 1, "reminded": 2}
    assert summary["counts"] == {"prefecture": "", "name": "全国", **counts}
    (tokyo,) = detail["prefectures"]
    assert (tokyo["name"], tokyo["missing"]) == ("東京都", 1)
    assert [(each["unit"], each["reminders"]) for each in owing] == [(b.CHUO, 1)]
    assert client.get(f"{BASE}/places", params={"prefecture": "27"}).json()["total"]["asked"] == 0


@pytest.mark.parametrize("units", [(b.CHIYODA,), (b.CHIYODA, b.CHUO)])
def test_a_form_is_read_back_as_it_was_filled_in(
    client: httpx.Client, services: AppState, units: tuple[str, ...]
) -> None:
    seen = asked(services, b.answer(closed="18:30"), b.answer(b.CHUO))

    made = client.get(f"{BASE}/places/form.xlsx", params={"unit": list(units), "seen": seen})

    lines = first_sheet(made.content).lines()
    questionnaire = services.live.read(lambda night: night.surveys["places"].questionnaire)
    found = {each.unit: each.texts for each in read_filled_in(lines, questionnaire)}
    assert set(found) == set(units)
    expected = {"places": "5", "early": "2", "usual": "3", "trouble": "なし", "closed": "18:30"}
    assert found[b.CHIYODA] == expected


def test_compiled_tables_state_where_they_were_read(
    client: httpx.Client, services: AppState
) -> None:
    seen = asked(services, b.answer(), b.answer(b.CHUO, places=7, usual=5))

    sums = client.get(f"{BASE}/places/compiled.csv", params={"seen": seen})
    every = client.get(f"{BASE}/places/compiled.answers.csv")
    book = client.get(f"{BASE}/places/compiled.xlsx")

    (row,) = csv.DictReader(io.StringIO(sums.content.decode("utf-8-sig")))
    assert (row["都道府県"], row["回答"], row["投票所数（箇所）"]) == ("東京都", "2", "12")
    assert len(every.content.decode("utf-8-sig").splitlines()) == 3
    assert sums.headers["kaihyo-position"] == str(seen)
    names = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).sheet_names
    assert len(names) == 3
    assert "投票所数調" in names[1]


def test_there_is_nothing_of_what_is_not_asked(client: httpx.Client, services: AppState) -> None:
    asked(services)

    for path in (
        "none",
        "none/answers",
        "none/compiled.csv",
        "places/units/9",
        "places/compiled.x",
    ):
        assert client.get(f"{BASE}/{path}").status_code == 404


def test_the_night_proposes_what_it_knows(client: httpx.Client, services: AppState) -> None:
    reasons = {"blank": 7, "scribble": 3}
    sheet = b.sheet({b.A: 350, b.B: 240}, invalid=10) | {"invalid_by_reason": reasons}
    item = {"title": "無効", "unit": "票"}
    items = [{"id": name, **item} for name in ("invalid", "blank", "mark", "own")]
    happen(services, b.survey(id="invalid-districts", items=items, sums={}), b.tally(sheet))
    seen = services.log.reader.last_position()

    found = client.get(f"{BASE}/invalid-districts/units/{b.CHIYODA}", params={"seen": seen}).json()

    assert found["proposed"] == {"invalid": 10, "blank": 7, "mark": 0}
    assert found["answer"]["state"] == "missing"


def test_a_file_is_made_once_until_an_answer_changes_it(
    client: httpx.Client, services: AppState
) -> None:
    asked(services, b.answer())
    seen = {"seen": services.log.reader.last_position()}
    first = client.get(f"{BASE}/places/compiled.xlsx", params=seen)
    happen(services, b.NOTE)
    again = client.get(
        f"{BASE}/places/compiled.xlsx", params={"seen": services.log.reader.last_position()}
    )

    assert again.content == first.content
    assert again.headers["kaihyo-position"] == first.headers["kaihyo-position"]

    happen(services, b.answer(b.CHUO))
    now = services.log.reader.last_position()
    after = client.get(f"{BASE}/places/compiled.xlsx", params={"seen": now})
    assert after.headers["kaihyo-position"] == str(now)
    many = {"unit": [f"{number:05}" for number in range(201)]}
    assert client.get(f"{BASE}/places/form.xlsx", params=many).status_code == 422


def test_who_waits_for_a_position_keeps_nobody_from_posting(
    client: httpx.Client, services: AppState, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given more readers who wait for the next position than there are threads
    for module in (surveys_routes, office_responses):
        monkeypatch.setattr(module, "_CATCH_UP_SECONDS_MAX", PATIENCE_SECONDS)
    ahead = {"seen": asked(services) + 1}
    with ThreadPoolExecutor(_MANY) as readers:
        paths = (BASE, "/centre/data/offices.json")
        waiting = [readers.submit(client.get, paths[n % 2], params=ahead) for n in range(_MANY)]
        time.sleep(0.5)

        # When an office posts
        begun = time.monotonic()
        answer = post(client, b.answer(), 1)

        # Then it is answered, and does not wait for their patience to end; so are they
        assert answer.status_code == 201
        assert time.monotonic() - begun < PATIENCE_SECONDS / 2
        assert {each.result().status_code for each in waiting} == {200}


def test_a_remark_in_a_form_is_no_formula(client: httpx.Client, services: AppState) -> None:
    written = '=HYPERLINK("https://elsewhere.example/","13101")'
    seen = asked(services, {**b.answer(), "remark": written})

    book = client.get(f"{BASE}/places/form.xlsx", params={"seen": seen, "unit": b.CHIYODA}).content

    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert any(written in row for row in rows)
