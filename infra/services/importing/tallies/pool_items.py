"""Pools of shared ballots (按分票) in tables of tallies: items of columns or rows.

| item | number |
|---|---|
| `按分票：山田（山田太郎、山田花子）` | ballots that have 山田 on them and fit both |
| `按分：山田：山田太郎` | what 山田太郎 gets of it, where the votes are divided already |
| `按分前：山田次郎` | ballots of a member of the 特定枠, or of such a list with its name alone |

Without `按分：…` the votes of the table are those before division.
"""

import re
from collections.abc import Callable
from typing import Final

from aggregates.election.identifiers import VOTE
from projections.office_tables.figure_names import FigureItem

_POOL: Final = re.compile(r"按分票[:：](?P<name>[^(（]+)[(（](?P<sharers>.+)[)）]")
_SHARE: Final = re.compile(r"按分[:：](?P<name>[^:：]+)[:：](?P<option>.+)")
_OWN: Final = re.compile(r"按分前[:：](?P<option>.+)")
_BETWEEN: Final = re.compile(r"[、,，/／]")
_MARK: Final = "\n"
"""Between what is written on ballots and ids: no name has one."""


def find_pool_item(text: str, find_option: Callable[[str], str]) -> FigureItem | None:
    """What an item says of a pool; None for one that says nothing of any.

    Args:
        text: As the table has it.
        find_option: Id of a candidate, list or member by name.

    Raises:
        NotFound: It names somebody who is not on the ballot.
    """
    written = text.strip()
    if found := _POOL.fullmatch(written):
        names = [each.strip() for each in _BETWEEN.split(found["sharers"])]
        ids = [find_option(each) for each in names if each]
        return FigureItem("pool", _MARK.join([found["name"].strip(), *ids]))
    if found := _SHARE.fullmatch(written):
        option = find_option(found["option"].strip())
        return FigureItem("share", _MARK.join([found["name"].strip(), option]))
    if found := _OWN.fullmatch(written):
        return FigureItem("own", find_option(found["option"].strip()))
    return None


def stated_pools(
    pools: dict[str, int], shares: dict[str, int], own: dict[str, int]
) -> list[dict[str, object]]:
    """Pools as a tally has them; one without a ballot is none.

    Args:
        pools: Ballots by item name of a pool.
        shares: Thousandths by item name of a share.
        own: Whole ballots by option.
    """
    found: list[dict[str, object]] = []
    for item, ballots in pools.items():
        name, *options = item.split(_MARK)
        sharers: list[dict[str, object]] = []
        for option in options:
            sharer: dict[str, object] = {"option": option}
            if option in own:
                sharer["own"] = own[option] * VOTE
            if (share := shares.get(_MARK.join((name, option)))) is not None:
                sharer["share"] = share
            sharers.append(sharer)
        if ballots:
            found.append({"name": name, "ballots": ballots, "sharers": sharers})
    return found
