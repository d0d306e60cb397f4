"""What the folder of a report remembers of its last issue."""

from pathlib import Path

import pytest

from infra.services.reporting.issued_report import ISSUED, FolderOfAnother, last_issue, leave_issue
from tests.unit.infra.services.reporting.issued import issued


def test_the_last_issue_is_remembered_and_a_new_folder_has_none(tmp_path: Path) -> None:
    stamp = issued().stamp
    assert last_issue(tmp_path, stamp.election) is None

    leave_issue(tmp_path, stamp)

    assert last_issue(tmp_path, stamp.election) == stamp.position


def test_a_report_of_another_election_is_not_written_over(tmp_path: Path) -> None:
    leave_issue(tmp_path, issued().stamp)

    with pytest.raises(FolderOfAnother, match="第50回衆議院議員総選挙"):
        last_issue(tmp_path, "house51")


def test_something_else_of_that_name_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / ISSUED).write_text('{"a": 1}', encoding="utf-8")

    with pytest.raises(FolderOfAnother, match="報告書の記録ではありません"):
        last_issue(tmp_path, "house50")
