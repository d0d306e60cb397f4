"""An election that a municipality manages by itself: no nation, no prefecture, two persons."""

import pytest

from aggregates import errors as e
from aggregates.election.election import Election
from tests import builders as b
from tests.support import offices as o
from tests.support.gwt import Command, Log

TWO = (o.keyid("city-a"), o.keyid("city-b"))
CITY: dict[str, object] = {"prefecture": "13", "units": ["13101"], "signatures_required": 2}
MAYOR = "mayor/13101"


def founded(*founders: dict[str, object], **facts: object) -> Command:
    usual = {"unsigned": False, "managed_by": "municipality"}
    return {**b.election(**usual | facts), "founders": list(founders)}


ALONE = o.founder(o.CITY, "city-a", "city-b", role="municipality", **CITY)


def city(*commands: Command) -> Log:
    """The city's own log, posted by two persons."""
    log = Log()
    for command in (founded(ALONE), b.unit(b.CHIYODA), *commands):
        log.post(command, office=o.CITY, signers=TWO)
    return log


def test_it_defines_counts_confirms_and_declares() -> None:
    ballot = (b.contest(MAYOR, [b.CHIYODA]), b.candidates(MAYOR, "m-1", "m-2"), b.OPEN)
    log = city(*ballot)
    digest = log.repository.contest(MAYOR).ballot_sha256
    tally = {
        **b.tally(b.sheet({"m-1": 60, "m-2": 40}), MAYOR),
        "ballot_sha256": digest,
        "typists": TWO,
    }

    for command in (tally, b.confirm(MAYOR), b.declare(MAYOR, "m-1"), b.CLOSE):
        assert log.post(command, office=o.CITY, signers=TWO)

    assert log.find(Election, "election").facts.managing_role == "municipality"


def test_it_registers_wards_and_centres_and_approves_their_keys() -> None:
    ward = o.register("ward", "municipality", prefecture="13", parent=o.CITY)
    centre = o.register(o.CENTRE, "centre", prefecture="13", parent="ward", units=[b.CHIYODA])
    log = city(ward, centre, o.enrol(o.CENTRE, "centre-a"))

    approval = {**o.approve(o.CENTRE, "centre-a"), "record": centre["office"]}
    assert log.post(approval, office=o.CITY, signers=TWO)


def test_it_does_not_approve_its_own_keys() -> None:
    log = city(o.enrol(o.CITY, "city-c"))

    approval = {**o.approve(o.CITY, "city-c"), "record": ALONE["office"]}
    log.refuses(e.SecondOfficeNeeded, approval, office=o.CITY, signers=TWO)


def test_it_keeps_the_keys_it_needs() -> None:
    log = city()

    log.refuses(e.LastKeyOfNation, o.revoke(o.CITY, "city-a"), office=o.CITY, signers=TWO)


@pytest.mark.parametrize("contest", ["governor/13", "house-district/13-01"])
def test_contests_of_others_are_not_held_in_its_log(contest: str) -> None:
    log = city()

    refusal = log.refuses(
        e.ContestMalformed, b.contest(contest, [b.CHIYODA]), office=o.CITY, signers=TWO
    )

    assert refusal.facts["detail"] == "市区町村が管理する選挙ではありません"


def test_one_person_alone_founds_nothing() -> None:
    single = o.founder(o.CITY, "city-a", role="municipality", prefecture="13")

    refusal = Log().refuses(
        e.FoundersMissing, founded(single), office=o.CITY, signers=(o.keyid("city-a"),)
    )

    assert refusal.facts["detail"] == "設立機関が1つ"


@pytest.mark.parametrize(
    ("managed_by", "founders", "detail"),
    [
        ("prefecture", (ALONE,), "都道府県の機関がない"),
        ("municipality", (ALONE, o.FOUNDERS[0]), "設立できるのは市区町村と都道府県だけ"),
    ],
)
def test_who_manages_is_among_the_founders(
    managed_by: str, founders: tuple[dict[str, object], ...], detail: str
) -> None:
    command = founded(*founders, managed_by=managed_by)

    refusal = Log().refuses(e.FoundersMissing, command, office=o.CITY, signers=TWO)

    assert refusal.facts["detail"] == detail


class TestWithinTheLogOfOthers:
    """A nation's log that holds the contests of a designated city and its wards as well."""

    UNITS = ("14101", "14102")
    WARD = "ward"
    COUNCIL = "municipal-assembly/14101"

    def log(self) -> Log:
        place: dict[str, object] = {"prefecture": "14"}
        yokohama = o.register(
            "yokohama", "municipality", parent="pref-14", units=list(self.UNITS), **place
        )
        offices = (
            o.register("pref-14", "prefecture", parent=o.NATION, **place),
            yokohama,
            o.register(self.WARD, "municipality", parent="yokohama", units=["14101"], **place),
            o.register("other", "municipality", parent="pref-14", **place),
        )
        units = (b.unit(code, "14") for code in self.UNITS)
        contests = (
            b.contest("mayor/14100", [*self.UNITS], prefectures=["14"]),
            b.candidates("mayor/14100", "m-1", "m-2"),
            b.contest(self.COUNCIL, ["14101"], prefectures=["14"]),
            b.candidates(self.COUNCIL, "c-1", "c-2"),
        )
        return b.log_of(o.founded(), *units, *offices, *contests, b.OPEN)

    def counted(self) -> Log:
        log = self.log()
        for unit in self.UNITS:
            sheet = b.tally(b.sheet({"m-1": 50, "m-2": 50}), "mayor/14100", unit)
            log.post(sheet, office="yokohama")
        return log

    def test_the_city_confirms_draws_and_declares(self) -> None:
        log = self.counted()

        for command in (
            b.confirm("mayor/14100", "14101"),
            b.lot("mayor/14100", "m-2", "m-1"),
            b.declare("mayor/14100", "m-2"),
        ):
            assert log.post(command, office="yokohama")

    def test_a_ward_counts_and_the_city_manages(self) -> None:
        log = self.counted()
        votes = b.tally(b.sheet({"c-1": 5, "c-2": 4}), self.COUNCIL, "14101")

        assert log.post(votes, office=self.WARD)
        log.refuses(e.OutsideScope, b.declare(self.COUNCIL, "c-1"), office=self.WARD)
        assert log.post(b.declare(self.COUNCIL, "c-1"), office="yokohama")

    def test_another_municipality_declares_nothing_there(self) -> None:
        log = self.counted()

        log.refuses(e.OutsideScope, b.lot("mayor/14100", "m-2", "m-1"), office="other")

    def test_two_persons_sign(self) -> None:
        log = self.counted()
        for key in ("yokohama-a", "yokohama-b"):
            log.given(o.enrol("yokohama", key))
            log.post({**o.approve("yokohama", key)}, office=o.SECOND)
        drawn = b.lot("mayor/14100", "m-2", "m-1")

        alone = {"office": "yokohama", "signers": (o.keyid("yokohama-a"),)}
        log.refuses(e.TwoPersonsNeeded, drawn, **alone)
        both = (o.keyid("yokohama-a"), o.keyid("yokohama-b"))
        assert log.post(drawn, office="yokohama", signers=both)

    def test_under_the_first_rules_a_municipality_declared_nothing(self) -> None:
        log = b.log_of(o.founded(), *b.REGISTER[1:], *o.OFFICES, rules=1)
        log.given(b.contest(MAYOR, [b.CHIYODA]), b.candidates(MAYOR, "m-1"), b.OPEN)

        log.refuses(e.RoleNotPermitted, b.declare(MAYOR, "m-1"), office=o.CITY)


def test_another_municipality_in_its_log_manages_nothing() -> None:
    log = city(o.register("ward", "municipality", prefecture="13", parent=o.CITY))

    unsigned = Log().given(
        {**founded(ALONE, unsigned=True)},
        o.register("ward", "municipality", prefecture="13", parent=o.CITY),
    )

    assert log.topics()[-1] == "office.registered"
    unsigned.refuses(e.RoleNotPermitted, b.unit(b.CHIYODA), office="ward")


def test_an_old_definition_keeps_its_bytes() -> None:
    log = b.log_of(b.election())

    assert b"managed_by" not in log.store.entries[0].data


def test_under_the_first_rules_no_municipality_stands_below_another() -> None:
    ward = o.register("ward", "municipality", prefecture="13", parent=o.CITY)
    log = Log(rules=1).given(o.founded(), *b.REGISTER[1:], *o.OFFICES)

    refusal = log.refuses(e.OfficeMalformed, ward)

    assert refusal.facts["detail"] == "市区町村は市区町村の下には置けません"
