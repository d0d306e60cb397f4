"""Ten invented parties. Any likeness of name is chance; none of them exists."""

from dataclasses import dataclass

from aggregates.election.ballot import Party
from aggregates.election.geography import BLOCKS


@dataclass(frozen=True, slots=True)
class Strength:
    """How an invented party stands: its share of a thousand, and where it has lists.

    Attributes:
        party: What is registered.
        weight: Share of the list votes, in thousandths of the nation.
        stands: How readily it nominates in a district, in percent.
        blocks: Blocks in which it has a list; empty: all.
    """

    party: Party
    weight: int
    stands: int
    blocks: tuple[str, ...] = ()

    def in_block(self, block: str) -> bool:
        """Whether it has a list there."""
        return not self.blocks or block in self.blocks


def _strength(party: tuple[str, str, str, str], weight: int, stands: int, *blocks: str) -> Strength:
    slug, name, short, color = party
    return Strength(Party(id=slug, name=name, short=short, color=color), weight, stands, blocks)


# Every colour has a contrast of at least 4.5 to white; no two are alike.
PARTIES: tuple[Strength, ...] = (
    _strength(("kokudo", "国土共生党", "共生", "#1f4e9c"), 285, 95),
    _strength(("shimin", "市民未来連合", "市民", "#c1272d"), 205, 88),
    _strength(("shinonome", "東雲改革の会", "東雲", "#0b7a4b"), 125, 55),
    _strength(("kurashi", "市民とくらしの党", "くらし", "#b35900"), 95, 40),
    _strength(("aozora", "青空党", "青空", "#0077a8"), 80, 30),
    _strength(("kagaku", "科学と教育の党", "科教", "#6b2fa0"), 65, 25),
    _strength(("rofuku", "労働福祉連盟", "労福", "#7a6200"), 55, 35),
    _strength(("akebono", "あけぼの党", "あけぼの", "#c22a7a"), 40, 15),
    _strength(
        ("satoyama", "里山ネットワーク", "里山", "#5a3e2b"),
        30,
        10,
        *("tohoku", "hokuriku-shinetsu", "chugoku", "shikoku"),
    ),
    _strength(("minamikaze", "南風の会", "南風", "#4d5358"), 20, 8, "kinki", "kyushu"),
)

SHARED_NAME = "市民"
SHORT_NAME_SHARERS = ("shimin", "kurashi")
"""Parties between whose lists a ballot that says only the shared name is divided (按分)."""


def lists_in(block: str) -> tuple[Strength, ...]:
    """The parties that have a list in a block."""
    if block not in {each.id for each in BLOCKS}:
        raise ValueError(f"no such block: {block}")
    return tuple(strength for strength in PARTIES if strength.in_block(block))
