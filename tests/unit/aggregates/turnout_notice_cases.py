"""Turnout that looks wrong, and turnout that only nearly does."""

from aggregates.counting.checks import Notice
from tests import builders as b
from tests.support.gwt import Command

Met = tuple[tuple[Command, ...], Command, Notice]

HELD: tuple[Command, ...] = (
    *b.DISTRICT[:-1],
    b.contest(b.BLOCK, seats=17, block="tokyo"),
    b.party_list(b.BLOCK, "ao", b.member("ao-1"), party="ao"),
    b.OPEN,
)
"""A district and a block of the same two units, counting."""

_MORNING = b.turnout(b.figures((5000, 5400), (1000, 1000)), final=False)
_EVENING = b.figures((5000, 5400), (2600, 2800))


def _final(electors: tuple[int, int], voters: tuple[int, int]) -> Command:
    return b.turnout(b.figures(electors, voters), as_of=b.AT_23)


def _in_block(electors: tuple[int, int], voters: tuple[int, int], *, final: bool = True) -> Command:
    return b.turnout(b.figures(electors, voters), b.BLOCK, final=final)


TURNOUT_MET: dict[str, Met] = {
    "voters typed as electors": (
        (),
        _final((5000, 5400), (4750, 5130)),
        Notice(code="turnout-high", before=10_400, now=9_880),
    ),
    "turnout jumps in the day": (
        (_MORNING,),
        b.turnout(b.figures((5000, 5400), (2600, 2560)), final=False, as_of=b.AT_23),
        Notice(code="turnout-jump", before=1923, now=4961),
    ),
    "turnout jumps at the end": (
        (_MORNING,),
        _final((5000, 5400), (3600, 3800)),
        Notice(code="turnout-jump", before=1923, now=7115),
    ),
    "a digit of the electors slipped": (
        (_MORNING,),
        b.turnout(b.figures((5000, 54_000), (1000, 1000)), final=False, as_of=b.AT_23),
        Notice(code="electors-jump", before=10_400, now=59_000),
    ),
    "electors exchanged since the last report": (
        (_MORNING,),
        b.turnout(b.figures((5400, 5000), (1000, 1000)), final=False, as_of=b.AT_23),
        Notice(code="sexes-exchanged", before=5000, now=5400),
    ),
    "voters of the other contest exchanged": (
        (_in_block((5000, 5400), (2600, 2800)),),
        _final((5000, 5400), (2801, 2602)),
        Notice(code="sexes-exchanged", before=2600, now=2801),
    ),
    "other electors in another contest of the unit": (
        (_in_block((500, 540), (260, 280)),),
        _final((5000, 5400), (2600, 2800)),
        Notice(code="electors-unlike-other-contest", before=1040, now=10_400),
    ),
    "another turnout in another contest of the unit": (
        (_in_block((5000, 5400), (2600, 2800)),),
        _final((5000, 5400), (2000, 2100)),
        Notice(code="turnout-unlike-other-contest", before=5192, now=3942),
    ),
    "many more men than women voted": (
        (),
        _final((5000, 5000), (3500, 2700)),
        Notice(code="turnout-by-sex-apart", before=7000, now=5400),
    ),
    "turnout is far from the last election's": (
        (b.PREVIOUS,),
        _final((5000, 5400), (3900, 4100)),
        Notice(code="turnout-unlike-last-election", before=5450, now=7692),
    ),
    "the sheet has other voters than the final turnout": (
        (b.tally(b.sheet({b.A: 600, b.B: 399})),),
        _final((1000, 1000), (500, 500)),
        Notice(code="voters-differ-from-turnout", before=1000, now=999),
    ),
    "the interim sheet has more ballots than the final turnout voters": (
        (b.tally(b.sheet({b.A: 600, b.B: 401}, voters=None), final=False),),
        _final((1000, 1000), (500, 500)),
        Notice(code="voters-beyond-turnout", before=1000, now=1001),
    ),
    "the sheet has ballots of nearly all electors": (
        (b.tally(b.sheet({b.A: 1000, b.B: 901})),),
        b.turnout(b.figures((1000, 1000), (500, 500)), final=False),
        Notice(code="turnout-high", before=2000, now=1901),
    ),
}

TURNOUT_QUIET: dict[str, tuple[tuple[Command, ...], Command]] = {
    "nearly ninety-five percent": ((), _final((5000, 5400), (4750, 5129))),
    "thirty points in the day": (
        (_MORNING,),
        b.turnout(b.figures((5000, 5400), (2560, 2560)), final=False, as_of=b.AT_23),
    ),
    "early votes come in at the end": ((_MORNING,), _final((5000, 5400), (3500, 3700))),
    "electors differ by the notice": (
        (_MORNING,),
        b.turnout(b.figures((4990, 5380), (1000, 1000)), final=False, as_of=b.AT_23),
    ),
    "the other contest has the same": (
        (_in_block((4950, 5360), (2590, 2790)),),
        _final((5000, 5400), (2600, 2800)),
    ),
    "the other contest is of the morning": (
        (_in_block((5000, 5400), (200, 210), final=False),),
        _final((5000, 5400), (2600, 2800)),
    ),
    "estimated figures are compared with nothing": (
        (_MORNING,),
        b.turnout({**_EVENING, "electors": {"male": 50_000, "female": 5400}, "estimated": True},
                  as_of=b.AT_23),
    ),
    "a village where all vote": ((), _final((200, 200), (198, 199))),
}  # fmt: skip
