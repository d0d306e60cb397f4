"""What is on record already: only a report whose every figure is the same."""

from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from aggregates.commands import election_commands as c
from aggregates.counting.turnout import BySex, TurnoutFigures, VotersByMethod
from aggregates.reference.japan_time import JAPAN_TIME
from infra.services.importing.tallies.count_history import (
    CountHistory,
    contradiction,
    correction_fault,
    is_there,
    repeats_final,
    turnout_history,
)
from projections.documents.district_document import DistrictDocument
from tests.unit.infra.services.importing import tables as t
from tests.unit.infra.services.importing.folds import recorded

AS_OF = datetime(2026, 2, 8, 21, 0, tzinfo=JAPAN_TIME)
FINAL = "turnout.finalised"
FIGURES = TurnoutFigures(electors=BySex(25_000, 25_000), voters=BySex(12_000, 13_000))
OTHERS = {
    "sexes": msgspec.structs.replace(FIGURES, voters=BySex(13_000, 12_000)),
    "electors": msgspec.structs.replace(FIGURES, electors=BySex(25_100, 25_000)),
    "overseas": msgspec.structs.replace(FIGURES, overseas_electors=BySex(1, 0)),
}


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> CountHistory:
    return history(tmp_path_factory.mktemp("election"))


def history(folder: Path) -> CountHistory:
    """A unit with final turnout on record."""
    documents = recorded(folder)
    documents.post(
        c.Submission(
            election="house51",
            environment="rehearsal",
            office="nation",
            submission_id="turnout-0001",
            command=c.ReportTurnout(
                contest=t.DISTRICT, unit="13101", as_of=AS_OF, final=True, figures=FIGURES
            ),
            on_behalf=True,
        )
    )
    document = documents.find("districts/13101", DistrictDocument)
    assert document is not None
    found = next(each for each in document.contests if each.contest == t.DISTRICT)
    return turnout_history(found)


def test_the_same_figures_at_the_same_moment_are_the_same_report(past: CountHistory) -> None:
    assert is_there(past, FINAL, AS_OF, FIGURES)


@pytest.mark.parametrize("kind", OTHERS)
def test_the_same_total_of_other_figures_is_another_report(kind: str, past: CountHistory) -> None:
    assert not is_there(past, FINAL, AS_OF, OTHERS[kind])
    assert "別の数字で記録" in contradiction(past, FINAL, AS_OF, OTHERS[kind])


def test_what_the_documents_do_not_show_is_left_to_the_log(past: CountHistory) -> None:
    methods = VotersByMethod(on_the_day=20_000, early=4_000, absentee=1_000)
    more = msgspec.structs.replace(FIGURES, by_method=methods)

    assert not is_there(past, FINAL, AS_OF, more)
    assert contradiction(past, FINAL, AS_OF, more) == ""


def test_final_figures_said_again_later_change_nothing(past: CountHistory) -> None:
    later = AS_OF + timedelta(minutes=30)

    assert repeats_final(past, later, FIGURES) == AS_OF
    assert repeats_final(past, later, OTHERS["sexes"]) is None
    assert "すでに確定" in contradiction(past, FINAL, later, OTHERS["sexes"])


def test_a_wrong_moment_is_put_right_with_the_figures_as_they_are(past: CountHistory) -> None:
    assert correction_fault(past, FIGURES, "時刻の誤り", is_older=True) == ""
    assert "後の時刻" in correction_fault(past, OTHERS["sexes"], "転記の誤り", is_older=True)
    assert correction_fault(past, OTHERS["sexes"], "転記の誤り", is_older=False) == ""
    assert "理由" in correction_fault(past, FIGURES, "", is_older=False)
