"""The nation of the rehearsal: real prefectures and districts, invented counting districts."""

import math
from dataclasses import dataclass
from random import Random

from aggregates.election.geography import BLOCKS, PREFECTURES
from infra.services.rehearsal.scenario.seeded_random import chance, split, weight

_FIGURES = (
    "12/191/4373 3/40/1036 3/33/1001 5/39/1898 3/25/803 3/35/871 4/59/1522 7/44/2376 5/26/1597 "
    "5/36/1581 16/73/6136 14/61/5255 30/70/11533 20/58/7707 5/37/1817 3/16/856 3/19/925 2/17/621 "
    "2/27/674 5/78/1694 5/42/1615 8/41/2984 16/69/6082 4/30/1442 3/19/1147 6/36/2066 19/72/7263 "
    "12/52/4498 3/40/1111 2/30/774 2/19/452 2/19/542 4/30/1533 6/30/2274 3/19/1102 2/24/601 "
    "3/19/791 3/20/1105 2/35/575 11/75/4200 2/20/660 3/21/1077 4/49/1425 3/19/929 3/26/877 "
    "4/44/1303 4/41/1175"
)
"""Per prefecture, north to south: districts, counting districts, electors in thousands (2024)."""

_ALWAYS = ("01", "13", "23", "27", "31", "39")
"""Prefectures of the smallest night: the special cases need them."""

_ELECTORS_MIN = 190
_ELECTORS_MAX = 415_000
_SPREAD_DISTRICTS = 0.06
_SPREAD_UNITS_PER_DISTRICT = 0.8
_SPREAD_SIZES = 1.3
_RATE_PER_MILLE = (510, 565)
_RATE_BOUNDS_PER_MILLE = (460, 720)
_TYPICAL_ELECTORS = 60_000


@dataclass(frozen=True, slots=True)
class Centre:
    """A counting district: its electors, and how many of a thousand vote."""

    code: str
    name: str
    prefecture: str
    electors: int
    rate_per_mille: int


@dataclass(frozen=True, slots=True)
class RehearsalDistrict:
    """A single-member district (小選挙区)."""

    contest: str
    name: str
    prefecture: str
    centres: tuple[Centre, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """Every district of the night, from north to south."""

    districts: tuple[RehearsalDistrict, ...]

    def prefectures(self) -> tuple[str, ...]:
        """Codes of the prefectures that take part, in order."""
        return tuple(dict.fromkeys(district.prefecture for district in self.districts))

    def centres(self, prefecture: str) -> tuple[Centre, ...]:
        """Every counting district of a prefecture."""
        return tuple(
            centre
            for district in self.districts
            if district.prefecture == prefecture
            for centre in district.centres
        )


def block_id(prefecture: str) -> str:
    """Id of the block a prefecture votes in."""
    return next(block.id for block in BLOCKS if prefecture in block.prefectures)


def country(seed: int, scale: float, always: tuple[str, ...] = _ALWAYS) -> Country:
    """Draw the counting districts.

    Args:
        seed: Of the night.
        scale: 1 is the whole nation; less keeps fewer prefectures, districts and units.
        always: Prefectures that take part however small the night is.

    Raises:
        ValueError: A scale outside (0, 1].
    """
    if not 0 < scale <= 1:
        raise ValueError(f"scale is above 0 and at most 1, not {scale}")
    # Shared between the two directions: fewer prefectures, and fewer districts in each.
    kept = math.sqrt(scale)
    districts: list[RehearsalDistrict] = []
    for code, figures in zip(PREFECTURES, _FIGURES.split(), strict=True):
        if code in _choose(kept, always):
            total, units, thousands = (int(figure) for figure in figures.split("/"))
            count = max(1, round(total * kept))
            districts += _prefecture(
                chance(seed, "country", code),
                code,
                count,
                max(count, round(units * kept)),
                thousands * 1000 * count // total,
            )
    return Country(tuple(districts))


def _choose(kept: float, always: tuple[str, ...]) -> frozenset[str]:
    codes = tuple(PREFECTURES)
    wanted = max(1, round(len(codes) * kept))
    every = {codes[len(codes) * place // wanted] for place in range(wanted)}
    return frozenset(every | set(always))


def _prefecture(
    source: Random, code: str, districts: int, units: int, electors: int
) -> list[RehearsalDistrict]:
    sizes = split(electors, [weight(source, _SPREAD_DISTRICTS) for _ in range(districts)])
    more = split(
        units - districts, [weight(source, _SPREAD_UNITS_PER_DISTRICT) for _ in range(districts)]
    )
    rate = source.randint(*_RATE_PER_MILLE)
    made: list[RehearsalDistrict] = []
    number = 0
    for place, (size, extra) in enumerate(zip(sizes, more, strict=True), start=1):
        weights = [weight(source, _SPREAD_SIZES) for _ in range(1 + extra)]
        centres: list[Centre] = []
        for part in split(size, weights):
            number += 1
            centres.append(_centre(source, code, number, part, rate))
        name = f"{PREFECTURES[code]}第{place}区"
        made.append(
            RehearsalDistrict(f"house-district/{code}-{place:02d}", name, code, tuple(centres))
        )
    return made


def _centre(source: Random, code: str, number: int, electors: int, rate: int) -> Centre:
    size = min(_ELECTORS_MAX, max(_ELECTORS_MIN, electors))
    # Small places vote more than large ones.
    drawn = rate + 12 * math.log(_TYPICAL_ELECTORS / size) + source.gauss(0, 12)
    low, high = _RATE_BOUNDS_PER_MILLE
    return Centre(
        code=f"{code}-{number:03d}",
        name=f"{PREFECTURES[code]} 第{number}開票区",
        prefecture=code,
        electors=size,
        rate_per_mille=round(min(high, max(low, drawn))),
    )
