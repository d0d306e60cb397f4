"""A demo that leaves a prefecture open: a newcomer enters its counts from the papers it wrote."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.cli.common.server import open_app_state
from api.http.app_state import AppState
from infra.adapters.event_log import Log
from infra.adapters.postgres.schemas import LogName
from infra.services.rehearsal import RehearsalNight, national_night, play, write_papers
from infra.services.rehearsal.scenario.define_rehearsal import ELECTION
from infra.services.signing.submission_auth import admit_unsigned
from tests.browser.offices.centre import choose, count_of, onward, open_sheet, set_up, step

TOKYO, UNIT = "13", "13-001"


@pytest.fixture
def log_name(log_name: LogName) -> LogName:
    """The rehearsal's own, where no log is."""
    return LogName(ELECTION, log_name.environment)


@pytest.fixture(scope="module")
def night() -> RehearsalNight:
    return national_night(scale=0.02, reports=1).left_open(TOKYO)


@pytest.fixture
def services(log: Log, night: RehearsalNight) -> Iterator[AppState]:
    """A server after the night, in which Tokyo is still to be counted."""
    sent = []
    play(night, lambda each: sent.append(log.writer.take(admit_unsigned(each))))
    for each in sent:
        each.result()
    with open_app_state(log) as opened:
        yield opened


def test_every_paper_of_a_unit_goes_through_both_entries(
    page: Page, address: str, services: AppState, night: RehearsalNight, tmp_path: Path
) -> None:
    made = night.setting
    write_papers(made, TOKYO, tmp_path)
    set_up(page, address, f"centre-{UNIT}")
    for poll in made.polls:
        if poll.unit == UNIT:
            page.click('#menu a:text-is("開票区")')
            enter(page, poll.contest, tmp_path / f"{UNIT}-{poll.kind}.csv")

            latest = count_of(services, poll.contest, UNIT).latest
            assert latest is not None
            assert latest.is_final
            assert latest.tally == made.sheets[poll.serial]


def enter(page: Page, contest: str, paper: Path) -> None:
    """Two officers enter a paper, which is then sent."""
    open_sheet(page, contest, UNIT)
    choose(page, "stage", "final")
    for after in ("二人目の入力", "照合"):
        page.click(".file summary")
        page.set_input_files("#file", paper)
        # Read beside the page: what came of it is said once the figures stand in their fields.
        expect(page.locator('.entry-form > p[role="status"]')).not_to_be_empty()
        expect(page.locator("#file-error")).to_be_hidden()
        onward(page)
        step(page, after)
    onward(page)
    step(page, "確認と送信")
    onward(page)
    expect(page.locator("h1")).to_have_text("受領証")
