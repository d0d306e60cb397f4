"""An election that a workbook defines, put right by its cells and begun on the page."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from infra.adapters.spreadsheets.text_workbook import text_workbook
from infra.services.founding.typed_tables import TypedDefinition, TypedRow, typed_sheets
from tests.browser.device import Pictures
from tests.browser.setup.conftest import device, first_run, pictures
from tests.browser.setup.person import ActionCount, Person
from tests.browser.setup.steps import found_election
from tests.support.first_run import FirstRunPlace
from tests.support.lines import client_of

__all__ = ["device", "first_run", "pictures"]

UNITS = {"332020": "倉敷市", "332038": "津山市"}
FOUNDER = {
    "code": "pref-33",
    "name": "岡山県選挙管理委員会",
    "role": "prefecture",
    "prefecture": "33",
    "signatures": "2",
    "founder": "○",
}


def write_governor(path: Path, age: str) -> None:
    """A governor over two municipalities, and a by-election of one."""
    candidates: list[TypedRow] = [
        {"contest": "岡山県知事", "name": "青山 一郎", "age": age},
        {"contest": "岡山県知事", "name": "赤井 花子", "age": "50"},
        {"contest": "津山市選挙区", "name": "白木 次郎"},
        {"contest": "津山市選挙区", "name": "黒田 三郎"},
    ]
    typed = TypedDefinition(
        election={
            "code": "governor-33",
            "name": "岡山県知事選挙",
            "environment": "live",
            "polling_day": "2026-11-30",
        },
        units=[
            {"name": name, "prefecture": "33", "municipality": code} for code, name in UNITS.items()
        ],
        contests=[
            {"kind": "知事", "name": "岡山県知事", "seats": "1", "units": "すべて"},
            {
                "kind": "都道府県議会",
                "name": "津山市選挙区",
                "seats": "1",
                "full_seats": "2",
                "causes": "補欠選挙",
                "units": "津山市",
            },
        ],
        candidates=candidates,
        offices=[
            FOUNDER,
            *(
                {"name": f"{name}選挙管理委員会", "role": "市区町村", "prefecture": "33",
                 "parent": "pref-33", "units": name}
                for name in UNITS.values()
            ),
        ],
    )  # fmt: skip
    with text_workbook(path) as book:
        for name, lines in typed_sheets(typed).items():
            sheet = book.add_worksheet(name)
            for line in lines:
                sheet.write_row(line.number - 1, 0, line.cells)


def test_a_workbook_is_put_right_by_its_cells_and_begins_the_election(
    first_run: FirstRunPlace, device: Callable[[], Page], pictures: Pictures, tmp_path: Path
) -> None:
    clerk = Person(device(), ActionCount())
    book = tmp_path / "知事選挙.xlsx"
    write_governor(book, "9")
    clerk.open(f"{first_run.address}/setup#{first_run.code}")
    clerk.press("#whole summary")
    with clerk.page.expect_download() as form:
        clerk.press("text=様式：知事")
    assert form.value.suggested_filename == "kaihyo-governor.xlsx"
    clerk.page.locator("#field-whole").set_input_files(book)
    clerk.sees("#faults", "候補者 ")
    clerk.sees("#faults", "「年齢」: 「9」は使えません")
    pictures(clerk.page, "workbook-faults")
    write_governor(book, "49")
    clerk.page.locator("#field-whole").set_input_files(book)
    clerk.sees("#next", "直すところはありません")
    pictures(clerk.page, "workbook")
    found_election(clerk, pictures)
    with client_of(first_run.address) as client:
        client.get("/v1/elections/governor-33/national.json").raise_for_status()
    clerk.press("#centres")
    expect(clerk.page.locator("[data-office]")).to_have_count(len(UNITS))
