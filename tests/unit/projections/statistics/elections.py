"""Elections of every other kind, small: what offices would send, from the register to the result.

An assembly with a district of several seats, one where nobody votes and one that stays short; a
mayor nobody elects; a governor; the Upper House with two prefectures that elect as one, and lists.
"""

from collections.abc import Iterable, Mapping

from tests import builders as b
from tests.support.gwt import Command

CITY, TOWN, VILLAGE = "31201", "31302", "32501"
TOTTORI, SHIMANE = "31", "32"


def election(name: str, day: str) -> tuple[Command, ...]:
    """An election in two prefectures with two parties."""
    return (
        b.election(name=name, polling_day=day),
        b.parties("ao", "aka"),
        b.unit(CITY, TOTTORI),
        b.unit(TOWN, TOTTORI),
        b.unit(VILLAGE, SHIMANE),
    )


def race(
    contest: str, people: Mapping[str, str], *, seats: int = 1, units: Iterable[str] = (CITY,),
    prefectures: Iterable[str] = (TOTTORI,),
) -> tuple[Command, ...]:  # fmt: skip
    """A contest of persons; each with a party, or none."""
    held = b.contest(contest, units, seats, name=contest, prefectures=list(prefectures))
    stands = [
        {"id": each, "name": each.upper(), "party": party, "sex": "female", "age": 40 + n}
        for n, (each, party) in enumerate(people.items())
    ]
    return (held, {"command": "register-candidates", "contest": contest, "candidates": stands})


def counted(day: str, contest: str, unit: str, **votes: int) -> Command:
    """The final sheet of a unit in the evening of the polling day."""
    return b.tally(b.sheet(votes), contest, unit, as_of=f"{day}T22:00:00+09:00")


LOCAL_DAY, MAYOR_DAY, UPPER_DAY = "2027-04-11", "2026-11-15", "2025-07-20"


DISTRICT_A, DISTRICT_B, DISTRICT_C = (f"prefectural-assembly/31-{n}" for n in ("a", "b", "c"))
ASSEMBLY: tuple[Command, ...] = (
    *election("県議会議員一般選挙", LOCAL_DAY),
    *race(DISTRICT_A, {"a1": "ao", "a2": "aka", "a3": "", "a4": ""}, seats=2),
    *race(DISTRICT_B, {"b1": "ao"}, units=[TOWN]),
    *race(DISTRICT_C, {"c1": "ao", "c2": "aka", "c3": "", "c4": ""}, seats=3, units=[TOWN]),
    b.OPEN,
    counted(LOCAL_DAY, DISTRICT_A, CITY, a1=500, a2=300, a3=160, a4=40),
    counted(LOCAL_DAY, DISTRICT_C, TOWN, c1=600, c2=550, c3=40, c4=10),
    b.declare(DISTRICT_A, "a1", "a2"),
    b.declare(DISTRICT_B, "b1"),
    b.declare(DISTRICT_C, "c1", "c2"),
)
"""a4 is below the deposit line of 50; c3 has fewer than 100, the minimum: one seat stays empty."""

MAYOR_ID = "mayor/31201"
MAYOR: tuple[Command, ...] = (
    *election("市長選挙", MAYOR_DAY),
    *race(MAYOR_ID, {"m1": "ao", "m2": "aka", "m3": "", "m4": "", "m5": ""}),
    b.OPEN,
    counted(MAYOR_DAY, MAYOR_ID, CITY, m1=24, m2=24, m3=23, m4=23, m5=6),
    b.declare(MAYOR_ID),
)
"""A quarter of 100 valid votes is 25, which nobody has."""

GOVERNOR_ID = "governor/31"
GOVERNOR: tuple[Command, ...] = (
    *election("知事選挙", LOCAL_DAY),
    *race(GOVERNOR_ID, {"g1": "", "g2": "", "g3": ""}, units=[CITY, TOWN]),
    b.OPEN,
    counted(LOCAL_DAY, GOVERNOR_ID, CITY, g1=60, g2=30, g3=8),
    counted(LOCAL_DAY, GOVERNOR_ID, TOWN, g1=20, g2=70, g3=2),
    b.declare(GOVERNOR_ID, "g2"),
)

JOINT, LIST = "upper-district/31-32", "upper-list/27"
UPPER: tuple[Command, ...] = (
    *election("参議院議員通常選挙", UPPER_DAY),
    *race(JOINT, {"u1": "ao", "u2": "aka", "u3": ""}, units=[CITY, TOWN, VILLAGE],
          prefectures=[TOTTORI, SHIMANE]),
    b.contest(LIST, [CITY, VILLAGE], 3, prefectures=[TOTTORI, SHIMANE]),
    b.party_list(LIST, "ao", b.member("ao-1"), b.member("ao-2"), b.member("ao-first", priority=1),
                 party="ao"),
    b.party_list(LIST, "aka", b.member("aka-1"), b.member("aka-2"), party="aka"),
    b.OPEN,
    counted(UPPER_DAY, JOINT, CITY, u1=50, u2=40, u3=4),
    counted(UPPER_DAY, JOINT, TOWN, u1=10, u2=5, u3=1),
    counted(UPPER_DAY, JOINT, VILLAGE, u1=20, u2=60, u3=1),
    counted(UPPER_DAY, LIST, CITY, **{
        "ao": 41, "ao-1": 5, "ao-2": 9, "aka": 20, "aka-1": 3, "aka-2": 2,
    }),
    counted(UPPER_DAY, LIST, VILLAGE, **{
        "ao": 10, "ao-1": 1, "ao-2": 0, "aka": 5, "aka-1": 0, "aka-2": 0,
    }),
    b.declare(JOINT, "u2"),
    b.declare(LIST, "aka-1", "ao-first", "ao-2"),
)  # fmt: skip
"""Two prefectures elect one; of the list ao wins two seats: 特定枠 first, then most votes."""

EVERY_KIND = {"assembly": ASSEMBLY, "mayor": MAYOR, "governor": GOVERNOR, "upper": UPPER}
