"""The law by kind of contest: Japan's rows put into the functions of `aggregates.law`."""

from collections.abc import Mapping, Sequence
from datetime import date

from aggregates.law import deposits, succession, vacancies
from aggregates.law.deposits import ListAmounts, Municipality
from aggregates.law.succession import Stage
from aggregates.law.thresholds import Thresholds
from aggregates.rule_package.japan import JAPAN

HOUSE_LIST = ListAmounts(6_000_000, 3_000_000)


def thresholds_for(kind: str, polling_day: date) -> Thresholds:
    return JAPAN.rule(kind, polling_day).thresholds


def block_seats(polling_day: date) -> Mapping[str, int]:
    return JAPAN.rule("house-block", polling_day).block_seats()


def regular_seats(prefectures: Sequence[str], polling_day: date) -> int | None:
    return JAPAN.rule("upper-district", polling_day).district_seats(tuple(prefectures))


def deposit(kind: str, polling_day: date, municipality: Municipality | None = None) -> int:
    return deposits.deposit(JAPAN.rule(kind, polling_day).deposits, municipality)


def list_deposit(members: int, dual: int) -> int:
    return deposits.list_deposit(members, dual, HOUSE_LIST)


def list_forfeit(deposited: int, district_winners: int, list_winners: int) -> int:
    return deposits.list_forfeit(deposited, district_winners, list_winners, HOUSE_LIST)


def all_with_minimum_succeed(kind: str, stage: Stage, day: date, polling_day: date) -> bool:
    rule = JAPAN.rule(kind, polling_day)
    return rule.succession == "with-minimum" and succession.all_with_minimum_succeed(
        stage, day, polling_day
    )


def re_election_follows(kind: str, missing: int, full_seats: int) -> bool:
    rule = JAPAN.rule(kind, date(2026, 1, 1))
    return vacancies.re_election_follows(rule.re_election, missing, full_seats)
