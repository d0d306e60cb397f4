"""The version of the format of public documents: one number for all of them.

Bytes are compared only with bytes of the same version. A release renders documents in its own
version alone; what an earlier release published keeps its bytes and its address, and a document
says in its head in which version it is written. A document without a version is of version 1.

Raise the number with every change that gives the same log other bytes, and say below what changed.
"""

from types import MappingProxyType
from typing import Final

import msgspec

FIRST_FORMAT: Final = 1
"""Documents that name no version are of this one."""

FORMAT_CHANGES: Final = MappingProxyType(
    {
        1: "The documents of every release before versions had numbers.",
        2: "`head.format` names this version.",
        3: "`law` of a contest is left out while no sheet is reported, and where nobody votes.",
        4: "What nobody reported is null, not 0: votes, shares and ranks before a report, "
        "figures of sheets, electors, voters and abstainers. "
        "`progress.counted_percent` is always a number where there is a vote, with its `basis`. "
        "`sheet.voters_units`, `poll.as_of` and `estimated` of a unit are new.",
        5: "Votes in `corrections` are votes in both forms, figures not stated are null; units, "
        "offices and fields have names. `contradicted`: later figures lead to another decision. "
        "`vacant` is apart from what is not decided. `projected_seats` counts contests of "
        "candidates as `declared_seats` does. `re_election` of declarations is new. "
        "`sheet.votes_alone_units` counts interim sheets with votes alone, which a tally shows by "
        "leaving out `valid`, `invalid` and `ballots`; `list_votes` and votes of members are null "
        "while a unit gives lists alone (`list_totals`), those of the 特定枠 always.",
        6: "`head.replay` says that a past election was recorded afterwards.",
        7: "Upper House lists: `order` of elected members, `list_totals` of a unit and `list_sums` "
        "of districts are new.",
        8: "Ids in CSV say before them what they are of (`unit:13101`, `option:13-10-1`): they are "
        "no figures to spreadsheets. JSON is as before.",
        9: "`joint` of prefectures, `uncontested` and `full_seats` of their contests are new; "
        "`prefectures` of a contest are those of its units. `pools` and `pools_unstated` of units "
        "and sheets, `pools/…` of corrections, and `polling_day` of contests are new. `ballot` of "
        "declarations is new, `adopted` of those of polls, and `term` in their CSV; `long_seats` "
        "of contests, `long_terms` and `long/…` where an election fills seats of two terms.",
        10: "`results` is new: one row per contest. `candidates` has votes, places, decisions, "
        "margins and 比例復活 (`standings`, `status`, `progress`): it changes with every tally. "
        "`estimated` of corrections (which of `old` and `new`), of reports of a unit and of "
        "`law`, and `estimated_fields` of sums are new. `progress` is not reckoned from voters or "
        "ballots that were spread over units. Contests of a prefecture that are polls have "
        "`adopted` and `quorum_missed`. `dispute` of contests, `by_election_day` of who is gone "
        "and `polling_day` of contests of a unit are new.",
        11: "`last_time` of contests and of `seats`, `hold_gain` and `seat_changes` of `results`, "
        "`hold_gain` of contests of a prefecture and `swing_points` of `candidates` are new, where "
        "it is recorded what the last election was. Parts of long documents are new: "
        "`contest-candidates`, `contest-units`, `prefecture-coverage`.",
    }
)
"""What each version changed, for readers of the feed; `docs/formats/feed.md` has the same table."""

DOCUMENT_FORMAT: Final = max(FORMAT_CHANGES)
"""The version in which this release writes documents."""


class _StatedHead(msgspec.Struct):
    format: int = FIRST_FORMAT


class _StatedDocument(msgspec.Struct):
    head: _StatedHead


def stated_format(document: bytes) -> int:
    """The version of the format in which these bytes of a document say they are written.

    Raises:
        msgspec.MsgspecError: They are no document.
    """
    return msgspec.json.decode(document, type=_StatedDocument).head.format
