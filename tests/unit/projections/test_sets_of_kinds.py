"""Whatever kinds of contests an election has, and wherever: every document and report builds."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.services.reporting.charts import drawings, seats_chart
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from projections.feeds.analyst_tables import TABLES, every_row
from projections.feeds.document_writer import write
from projections.feeds.layout import document_formats
from projections.statistics.tables.table_catalogue import build_report
from tests import builders as b
from tests.builders.mixed import KINDS, MIXED_PREFECTURES, mixed, mixed_unit
from tests.support.budgets import examples
from tests.unit.projections.nights import Office

HELD = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.lists(st.sampled_from(MIXED_PREFECTURES), min_size=1, max_size=3, unique=True).map(
            lambda codes: tuple(sorted(codes))
        ),
    ),
    min_size=1,
    max_size=5,
)
VOTES = st.lists(st.sampled_from([0, 0, 7, 60]), min_size=2, max_size=2)


def play(office: Office, votes: list[int]) -> None:
    """Count every contest with the same votes, and declare what the law then says, if anything."""
    for contest in list(office.night.contests.values()):
        first, second = list(contest.options)[:2]
        sheet = b.sheet({first: votes[0], second: votes[1]})
        if contest.facts.kind == "justices":
            sheet = b.review_sheet({first: (votes[0], votes[1]), second: (0, 0)}, sum(votes))
        if contest.facts.kind == "upper-list":
            extra = {f"{party}-{n}": 0 for party in (first, second) for n in (1, 2)}
            sheet["votes"] = {first: votes[0] * 1000, second: votes[1] * 1000, **extra}
        for prefecture in contest.facts.prefectures:
            office.tries(b.tally(sheet, contest.facts.id, mixed_unit(prefecture)))
        office.tries(b.declare(contest.facts.id, first))
        office.tries(b.declare(contest.facts.id))


def build_everything(state: ElectionProjection) -> None:
    for document in state.versions:
        render(state, document)
        for form in document_formats(document):
            write(state, document, form)
    for table in TABLES:
        every_row(table, state)
    for drawing in drawings(build_report(state)):
        assert drawing.svg


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HELD, VOTES)
def test_every_document_and_report_builds(
    held: list[tuple[str, tuple[str, ...]]], votes: list[int]
) -> None:
    office = Office(*mixed(held))
    build_everything(office.night)
    office.tries(b.OPEN)
    build_everything(office.night)
    play(office, votes)
    build_everything(office.night)


def test_the_chart_of_seats_adds_every_kind() -> None:
    """Three kinds of contests, one seat each: the bar names all three and their sum."""
    held = [(kind, ("13",)) for kind in ("house-district", "upper-district", "governor")]
    office = Office(*mixed(held), b.OPEN)
    play(office, [60, 7])
    assert "3（1＋1＋1）" in seats_chart(build_report(office.night))


def test_a_chart_without_a_seat_is_none() -> None:
    """Only a mayor is decided, and nobody was elected: there is no bar to draw."""
    office = Office(*mixed([("mayor", ("13",)), ("house-district", ("14",))]), b.OPEN)
    assert seats_chart(build_report(office.night)) == ""
