"""The last election as two sheets: written by an export, read back to the very same record."""

from pathlib import Path

import pytest

from aggregates.election.particulars import PreviousElection
from infra.adapters.event_log.event_codec import canonical
from infra.services.importing.definition.definition_check import check
from infra.services.importing.previous_records import TOGETHER_BYTES_MAX, previous_records
from infra.services.rehearsal.rehearsal_night import rehearsal_night
from infra.services.rehearsal.scenario.last_election import last_election
from infra.services.table_export.export_folder import DEFINITION, write_tables
from tests import builders as b
from tests.support.gwt import Command
from tests.support.round_trip import play_in_memory
from tests.unit.projections.nights import Office

_WHOLE = "前回"
_CONTESTS = "前回の選挙区"


def _exported(folder: Path, *commands: Command) -> Path:
    write_tables(Office(*b.DISTRICT[:-1], *commands).night, folder)
    return folder / DEFINITION


def test_what_is_exported_is_imported_to_the_same_record(tmp_path: Path) -> None:
    more: Command = {
        "command": "record-previous",
        "previous": {
            "log": {"election": "house49", "size": 120_000, "root": "ab" * 32},
            "continuing": [{"name": "旧党", "seats": 2}, {"seats": 1}],
        },
    }
    office = Office(*b.DISTRICT[:-1], b.PREVIOUS, b.LAST_TIME, more)
    write_tables(office.night, tmp_path)

    found = check(tmp_path / DEFINITION, {})

    assert found.faults == []
    assert found.definition.previous == office.night.register().previous


def test_a_rehearsal_of_the_upper_house_comes_back_whole(tmp_path: Path) -> None:
    night = rehearsal_night("upper", seed=3, scale=0.02)
    state, _ = play_in_memory(night.definitions())
    write_tables(state, tmp_path)

    found = check(tmp_path / DEFINITION, {})

    assert found.faults == []
    assert found.definition.previous == last_election(night.setting)


def test_records_are_small_enough_for_an_entry_and_together_the_whole() -> None:
    whole = last_election(rehearsal_night("house", seed=3, scale=0.2).setting)

    records = list(previous_records(whole))

    assert len(records) > 2
    assert max(len(canonical(each)) for each in records) < TOGETHER_BYTES_MAX * 1.2
    merged = PreviousElection()
    for each in records:
        merged = merged.merge(each)
    assert merged == whole


@pytest.mark.parametrize(
    ("sheet", "row", "says"),
    [
        (_WHOLE, {"項目": "前回獲得", "党派": "無い党", "議席": "1"}, "無い党"),
        (_WHOLE, {"項目": "前回獲得", "党派": "ao", "議席": "0"}, "1 以上"),
        (_WHOLE, {"項目": "前回獲得", "党派": "ao", "名称": "旧党", "議席": "1"}, "空欄に"),
        (_WHOLE, {"項目": "記録", "内容": "house49 12"}, "ルート"),
        (_WHOLE, {"項目": "投票率", "選挙の種類": "衆議院小選挙区", "男": "156.1", "女": "1",
                  "計": "1"}, "率として"),
        (_CONTESTS, {"選挙区": "無い区", "項目": "当選"}, "無い区"),
        (_CONTESTS, {"選挙区": b.DISTRICT_1, "項目": "投票率", "時刻": "25:00", "投票率": "5"},
         "時刻"),
        (_CONTESTS, {"選挙区": b.DISTRICT_1, "項目": "得票", "得票": "-1"}, "0 以上"),
        (_CONTESTS, {"選挙区": b.DISTRICT_1, "項目": "選挙区", "関係": "新設"}, "前回はありません"),
    ],
)  # fmt: skip
def test_faults_name_their_cell(tmp_path: Path, sheet: str, row: dict[str, str], says: str) -> None:
    folder = _exported(tmp_path, b.LAST_TIME)
    file = folder / f"{sheet}.csv"
    heading, *lines = file.read_text(encoding="utf-8-sig").splitlines()
    cells = ",".join(row.get(name, "") for name in heading.split(","))
    file.write_text("\n".join([heading, *lines, cells, ""]), encoding="utf-8")

    faults = check(folder, {}).faults

    assert [each.place.sheet for each in faults] == [sheet]
    assert says in str(faults[0])
