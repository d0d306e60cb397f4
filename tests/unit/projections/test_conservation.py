"""No vote is gained or lost between the units and the nation, whatever the order of the counts."""

from collections.abc import Iterable
from itertools import chain
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.election_projection import ElectionProjection
from tests import builders as b
from tests.support.budgets import examples
from tests.support.gwt import Command
from tests.unit.projections.nights import TWO_PREFECTURES, Document, Office, folded, shown
from tests.unit.projections.streams import SEEDS, random_night

NIGHTS = settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
ELECTIONS = st.sampled_from([b.HOUSE, b.UPPER_LIST, b.GOVERNOR_RACE, TWO_PREFECTURES])
Commands = tuple[Command, ...]

_SHEET = ("cut", "nobody", "valid", "invalid", "ballots", "taken_away", "rejected", "voters")
_POLL = ("units", "reporting", "final")
_PEOPLE = ("electors", "voters", "overseas_electors", "overseas_voters")


def contests_of(night: ElectionProjection) -> list[Document]:
    return [shown(night, f"contests/{contest}") for contest in night.contests]


def tiers_of(night: ElectionProjection) -> dict[str, Document]:
    return {tier["kind"]: tier for tier in shown(night, "national")["tiers"]}


def prefectures_of(night: ElectionProjection) -> list[Document]:
    return [shown(night, key) for key in night.versions if key.startswith("prefectures/")]


def votes_of(option: Document) -> int:
    """Votes of a row; none are known as none."""
    own: int = option["votes"]["thousandths"] if option["votes"] is not None else 0
    return own


def sum_known(figures: Iterable[int | None]) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


@NIGHTS
@given(ELECTIONS, SEEDS)
def test_a_contest_is_the_sum_of_its_units(defined: Commands, seed: int) -> None:
    for contest in contests_of(random_night(defined, seed).night):
        for option in contest["options"]:
            members = [m for m in option.get("members", ()) if not m.get("withdrawn")]
            ids = {option["id"], *(member["id"] for member in members)}
            in_units = sum(
                votes
                for unit in contest["units"]
                for key, votes in unit.get("thousandths", {}).items()
                if key in ids
            )
            assert votes_of(option) == in_units
        for field in ("valid", "invalid"):
            assert contest["sheet"][field] == sum_known(unit[field] for unit in contest["units"])


@NIGHTS
@given(ELECTIONS, SEEDS)
def test_the_nation_is_the_sum_of_its_prefectures(defined: Commands, seed: int) -> None:
    night = random_night(defined, seed).night

    for kind, tier in tiers_of(night).items():
        below = [
            found
            for prefecture in prefectures_of(night)
            for found in prefecture["tiers"]
            if found["kind"] == kind
        ]
        for field in _SHEET:
            assert tier["sheet"][field] == sum_known(each["sheet"][field] for each in below)
        for field in _POLL:
            assert tier["poll"][field] == sum(each["poll"][field] for each in below)
            assert tier["progress"][field] == sum(each["progress"][field] for each in below)
        for people in _PEOPLE:
            for sex in ("male", "female", "total"):
                found = sum_known(each["poll"][people][sex] for each in below)
                assert tier["poll"][people][sex] == found
        for party in tier["parties"]:
            rows = chain.from_iterable(each["parties"] for each in below)
            same = (row for row in rows if row["id"] == party["id"])
            assert votes_of(party) == sum(votes_of(row) for row in same)


@NIGHTS
@given(ELECTIONS, SEEDS)
def test_what_is_not_reported_is_unknown_and_never_zero(defined: Commands, seed: int) -> None:
    night = random_night(defined, seed).night

    tiers = [*tiers_of(night).values(), *(t for p in prefectures_of(night) for t in p["tiers"])]
    for found in [*tiers, *contests_of(night)]:
        reported, sheet = found["progress"]["reporting"] > 0, found["sheet"]
        counted = found["progress"]["reporting"] > sheet.get("votes_alone_units", 0)
        for field in ("cut", "nobody", "valid", "invalid", "ballots"):
            assert (sheet[field] is not None) is counted
        stated = sheet.get("voters_units", 0) > 0
        for field in ("taken_away", "rejected", "voters"):
            assert (sheet[field] is not None) is stated
        for row in found.get("options", found.get("parties", [])):
            assert (row["votes"] is not None) is reported
            assert (row["share_percent"] is None) or reported
        for people in _PEOPLE:
            known = found["poll"][people]["total"] is not None
            assert known is (found["poll"]["reporting"] > 0)
        final = 0 < found["poll"]["units"] == found["poll"]["final"]
        assert (found["poll"]["abstainers"]["total"] is not None) is final
        rate = found["progress"]["counted_percent"]
        assert (rate is not None) is (found["progress"]["units"] > 0)


@NIGHTS
@given(ELECTIONS, SEEDS)
def test_the_parties_hold_every_vote_of_those_who_stand(defined: Commands, seed: int) -> None:
    night = random_night(defined, seed).night

    for kind, tier in tiers_of(night).items():
        options = [
            option
            for contest in contests_of(night)
            if contest["kind"] == kind and kind != "justices"
            for option in contest["options"]
            if not option.get("withdrawn")
        ]
        together = sum(votes_of(option) for option in options)
        assert sum(votes_of(party) for party in tier["parties"]) == together
        if together:
            shares = sum(party["share_percent"] for party in tier["parties"])
            assert abs(shares - 100) <= 0.01 * len(tier["parties"])


@NIGHTS
@given(ELECTIONS, SEEDS)
def test_turnout_says_the_same_as_the_nation(defined: Commands, seed: int) -> None:
    night = random_night(defined, seed).night

    for table in shown(night, "turnout")["tables"]:
        assert table["national"] == tiers_of(night)[table["kind"]]["poll"]


@NIGHTS
@given(ELECTIONS, SEEDS)
def test_seats_are_given_once(defined: Commands, seed: int) -> None:
    night = random_night(defined, seed).night
    seats = shown(night, "seats")

    assert seats["declared"] == sum(party["declared_seats"] for party in seats["parties"])
    for contest in seats["contests"]:
        if contest["is_declared"]:
            given_seats = sum(contest["declared_seats"].values())
            assert given_seats + contest["vacant"] == contest["seats"]
            assert len(contest["elected"]) == given_seats
        assert sum(contest["projected_seats"].values()) <= contest["seats"]


@NIGHTS
@given(ELECTIONS, SEEDS, st.integers(0, 10_000))
def test_a_prefix_never_shows_more_units_final(defined: Commands, seed: int, at: int) -> None:
    office = random_night(defined, seed)
    first = 2 + at % (len(office.events) - 1)

    prefix, whole = tiers_of(folded(office.events[:first])), tiers_of(office.night)

    for kind, tier in prefix.items():
        for field in ("reporting", "final"):
            assert tier["progress"][field] <= whole[kind]["progress"][field]


@NIGHTS
@given(ELECTIONS, SEEDS)
def test_progress_is_whole_only_when_every_unit_is_final(defined: Commands, seed: int) -> None:
    office = random_night(defined, seed)

    for until in range(2, len(office.events)):
        for tier in tiers_of(folded(office.events[:until])).values():
            progress = tier["progress"]
            whole = 0 < progress["units"] == progress["final"] and not progress["contested"]
            assert (progress["counted_percent"] == 100.0) is whole


def without_positions(found: object) -> object:
    """A document without what says when and in which order things came."""
    if isinstance(found, dict):
        # Warnings compare with what came before, so they may differ.
        gone = {
            "head", "position", "reports", "turnout_reports", "notices", "turnout_notices",
        }  # fmt: skip
        return {key: without_positions(value) for key, value in found.items() if key not in gone}
    if isinstance(found, list):
        return [without_positions(each) for each in found]
    return found


@NIGHTS
@given(st.sampled_from([b.HOUSE, b.UPPER_LIST, TWO_PREFECTURES]), SEEDS, SEEDS)
def test_the_order_of_units_never_matters(defined: Commands, figures: int, order: int) -> None:
    source = Random(figures)
    commands = []
    for contest in Office(*defined).night.contests.values():
        lists = (getattr(o, "members", ()) for o in contest.options.values())
        upper = contest.facts.kind == "upper-list"
        members = [m.id for m in chain.from_iterable(lists) if upper and m.priority is None]
        ids = [*contest.options, *members]
        for unit in contest.facts.units:
            votes = {each: source.randrange(50) for each in ids}
            sheet = b.sheet(votes, invalid=source.randrange(5))
            if contest.facts.kind == "justices":
                sheet = b.review_sheet({j: (own, own) for j, own in votes.items()}, 100)
            people = b.figures((500, 500), (400, source.randrange(400)))
            commands.append(b.tally(sheet, contest.facts.id, unit))
            commands.append(b.turnout(people, contest.facts.id, unit))
    shuffled = Random(order).sample(commands, len(commands))

    one = Office(*defined, b.OPEN, *commands).night
    other = Office(*defined, b.OPEN, *shuffled).night

    for document in one.versions:
        assert without_positions(shown(one, document)) == without_positions(shown(other, document))
