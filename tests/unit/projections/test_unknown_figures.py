"""What nobody has reported is unknown in every format: null, an empty cell, no count, a dash."""

import csv
import io
from collections.abc import Iterator

import msgspec

from projections.election_projection import ElectionProjection
from projections.feeds.analyst_tables import BY_NAME, every_row
from projections.feeds.document_writer import write
from projections.feeds.layout import FORMAT
from projections.statistics.table import Table
from projections.statistics.tables.table_catalogue import build_report
from tests import builders as b
from tests.unit.projections.nights import Document, Office

CONTEST = f"contests/{b.DISTRICT_1}"
INTERIM = b.sheet({b.A: 60, b.B: 40}, voters=None)


def rows(state: ElectionProjection, document: str) -> list[dict[str, str]]:
    text = write(state, document, FORMAT[".csv"]).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def table(state: ElectionProjection, name: str) -> Table:
    return next(each for each in build_report(state).tables if each.id == name)


def sql(state: ElectionProjection, name: str) -> Iterator[dict[str, object]]:
    names = [column.name for column in BY_NAME[name].all_columns]
    for row in every_row(BY_NAME[name], state):
        yield dict(zip(names, row, strict=True))


def nist_selections(state: ElectionProjection, document: str) -> list[Document]:
    report = msgspec.json.decode(write(state, document, FORMAT[".nist.json"]))
    found: list[Document] = report["Election"][0]["Contest"][0]["ContestSelection"]
    return found


class TestTurnoutThatIsNotReported:
    def test_it_is_null_in_documents(self) -> None:
        office = Office(*b.DISTRICT, b.tally(b.sheet({b.A: 60, b.B: 40})))
        poll = office.document(CONTEST)["poll"]
        for people in ("electors", "voters", "abstainers", "overseas_electors", "rates"):
            assert set(poll[people].values()) == {None}, people
        assert office.document("districts/13101")["contests"][0]["poll"] == poll | {"units": 1}

    def test_it_is_an_empty_cell(self) -> None:
        state = Office(*b.DISTRICT, b.tally(b.sheet({b.A: 60, b.B: 40}))).night
        for row in [*rows(state, "turnout"), *rows(state, "districts/13101")]:
            asked = {key: cell for key, cell in row.items() if key.startswith("turnout_p")}
            asked |= {key: row[key] for key in ("electors_total", "voters_male", "turnout_as_of")}
            assert set(asked.values()) == {""}

    def test_it_is_blank_in_the_report(self) -> None:
        state = Office(*b.DISTRICT, b.tally(b.sheet({b.A: 60, b.B: 40}))).night
        for name in ("electorate", "turnout"):
            found = table(state, name)
            assert {cell for row in found.rows for cell in row[5:]} == {None}
            assert any("2のうち0" in note for note in found.notes)

    def test_of_some_units_it_is_a_sum_that_says_of_how_many(self) -> None:
        office = Office(
            *b.DISTRICT, b.turnout(b.figures((300, 300), (100, 200)), final=False, as_of=b.AT_22)
        )
        poll = office.document(CONTEST)["poll"]
        assert (poll["reporting"], poll["units"], poll["final"]) == (1, 2, 0)
        assert poll["voters"]["total"] == 300
        # Who stayed away is not known before the last unit is final; the hour of the report is.
        assert poll["abstainers"]["total"] is None
        assert poll["as_of"] == b.AT_22
        assert any("途中" in note for note in table(office.night, "electorate").notes)


class TestVotersOfAnInterimSheet:
    def test_voters_and_what_is_derived_from_them_are_null(self) -> None:
        office = Office(*b.DISTRICT, b.tally(INTERIM, final=False))
        sheet = office.document(CONTEST)["sheet"]
        assert [sheet[f] for f in ("voters", "taken_away", "rejected")] == [None, None, None]
        assert (sheet["ballots"], sheet.get("voters_units", 0)) == (100, 0)

    def test_a_sum_says_over_how_many_units_it_is(self) -> None:
        office = Office(*b.DISTRICT, b.tally(INTERIM, final=False))
        office.post(b.tally(b.sheet({b.A: 6, b.B: 4}, taken_away=1, voters=11), unit_code=b.CHUO))
        sheet = office.document(CONTEST)["sheet"]
        found = [sheet[f] for f in ("voters", "taken_away", "voters_units", "ballots")]
        assert found == [11, 1, 1, 110]

    def test_tables_for_analysts_and_the_report_leave_them_blank(self) -> None:
        state = Office(*b.DISTRICT, b.tally(INTERIM, final=False)).night
        [row] = [row for row in sql(state, "unit_sheets") if row["unit"] == b.CHIYODA]
        assert [row[f] for f in ("ballots", "voters", "taken_away", "rejected")] == [
            100, None, None, None,
        ]  # fmt: skip
        [printed] = table(state, "smd_ballots_by_unit").records()
        assert [printed[f] for f in ("voters", "taken_away", "rejected")] == [None, None, None]


class TestVotesBeforeAnyReport:
    def test_they_are_null_and_have_no_share(self) -> None:
        office = Office(*b.HOUSE, b.OPEN)
        [row, _] = office.document(CONTEST)["options"]
        assert (row["votes"], row["share_percent"], row["rank"]) == (None, None, None)
        for tier in office.document("national")["tiers"]:
            assert {p["votes"] for p in tier["parties"]} <= {None}
            counted = {"voters_units", "votes_alone_units", "estimated", "estimated_fields"}
            assert {tier["sheet"][each] for each in tier["sheet"].keys() - counted} == {None}

    def test_they_are_empty_cells_and_no_counts(self) -> None:
        state = Office(*b.HOUSE, b.OPEN).night
        assert {row["votes"] for row in rows(state, "national")} == {""}
        assert {row["valid"] for row in rows(state, CONTEST)} == {""}
        assert {row["votes_thousandths"] for row in sql(state, "contest_votes")} == {None}
        assert {row["votes_thousandths"] for row in sql(state, "party_votes")} == {None}
        assert all("VoteCounts" not in each for each in nist_selections(state, CONTEST))

    def test_where_nobody_votes_there_are_no_figures_at_all(self) -> None:
        office = Office(*b.HOUSE, b.withdraw(b.DISTRICT_1, "d1-aka"), b.OPEN)
        found = office.document(CONTEST)
        assert found["uncontested"] is True
        assert found["progress"]["counted_percent"] is None
        assert found["progress"]["basis"] is None
        assert {row["votes"] for row in found["options"]} == {None}
        assert {row["share_percent"] for row in found["options"]} == {None}
        assert set(found["poll"]["rates"].values()) == {None}

    def test_no_votes_that_were_reported_are_zero(self) -> None:
        office = Office(*b.DISTRICT, b.tally(b.sheet({b.A: 0, b.B: 0}), final=False))
        [row, _] = office.document(CONTEST)["options"]
        assert (row["votes"]["thousandths"], row["share_percent"], row["rank"]) == (0, None, 1)


class TestAnEstimate:
    """推計: a figure that was spread over units is marked wherever it is shown."""

    def state(self) -> ElectionProjection:
        spread = b.sheet({b.A: 60, b.B: 40}, invalid=3, estimated=["invalid", "voters"])
        turnout = b.figures((300, 300), (51, 52), estimated=True)
        return Office(*b.DISTRICT, b.turnout(turnout), b.tally(spread)).night

    def test_in_documents_and_csv(self) -> None:
        state = self.state()
        document = msgspec.json.decode(write(state, CONTEST, FORMAT[".json"]))
        assert document["sheet"]["estimated"] is True
        assert document["poll"]["estimated"] is True
        assert document["units"][0]["estimated"] == ["invalid", "voters"]
        first = next(row for row in rows(state, CONTEST) if row["unit"] == f"unit:{b.CHIYODA}")
        assert first["estimated"] == "invalid voters"
        assert rows(state, "districts/13101")[0]["tally_estimated"] == "invalid voters"
        assert rows(state, "turnout")[0]["turnout_estimated"] == "1"

    def test_in_tables_for_analysts(self) -> None:
        state = self.state()
        [sheet] = [row for row in sql(state, "unit_sheets") if row["unit"] == b.CHIYODA]
        assert sheet["estimated"] == "invalid voters"
        [turnout] = sql(state, "turnout")
        assert turnout["estimated"] is True

    def test_in_the_report_and_in_nist(self) -> None:
        state = self.state()
        for name in ("electorate", "turnout", "ballots_smd_by_pref"):
            assert any("推計" in note for note in table(state, name).notes), name
        [unit] = table(state, "smd_ballots_by_unit").records()
        assert unit["estimated"] == "無効投票数、投票者数"
        nist = msgspec.json.decode(write(state, CONTEST, FORMAT[".nist.json"]))
        assert "推計" in nist["Notes"]

    def test_a_counted_figure_is_not_marked(self) -> None:
        state = Office(*b.DISTRICT, b.tally(b.sheet({b.A: 60, b.B: 40}))).night
        assert "推計" not in write(state, CONTEST, FORMAT[".nist.json"]).decode()
        assert {row["estimated"] for row in rows(state, CONTEST)} == {""}
