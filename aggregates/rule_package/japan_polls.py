"""Polls with options in Japan: 賛成 or 反対, or the options of an ordinance.

None has a minimum, a deposit, seats or a lot; equal votes adopt nothing. Read in the statutes of
June 2025; each act is older than 2024, and no earlier poll was checked. What ordinances say of
their polls is theirs: a poll whose ordinance says something else needs a package of its own.
"""

from datetime import date
from functools import partial

from aggregates.rule_package.kind_rule import Answer, KindRule, Quorum

_SINCE = date(2024, 1, 1)
_FOR_OR_AGAINST = (
    Answer(id="yes", name="賛成", english="For"),
    Answer(id="no", name="反対", english="Against"),
)
_poll = partial(
    KindRule,
    since=_SINCE,
    ballot="options",
    managed_by="municipality",
    seats="none",
    full_seats="as-seats",
)
_for_or_against = partial(_poll, answers=_FOR_OR_AGAINST)

POLLS = (
    # RF 98(2), 126: more than half of the votes for and against together, which all valid ones are.
    _for_or_against(
        kind="national-referendum",
        name="国民投票",
        english="National referendum",
        managed_by="nation",
        source="RF 47, 57, 81, 82, 98(2), 126",
    ),
    _for_or_against(
        kind="assembly-dissolution",
        name="議会の解散の投票",
        english="Dissolution of an assembly",
        source="LAA 76, 78",
    ),
    _for_or_against(
        kind="member-recall",
        name="議員の解職の投票",
        english="Recall of a member",
        source="LAA 80, 83",
    ),
    _for_or_against(
        kind="head-recall",
        name="長の解職の投票",
        english="Recall of a head",
        source="LAA 81, 83",
    ),
    _for_or_against(
        kind="special-law",
        name="特別法の住民投票",
        english="Vote on a special law",
        source="憲法 95; LAA 261, 262",
    ),
    _for_or_against(
        kind="merger-council",
        name="合併協議会設置の投票",
        english="Vote on a merger council",
        source="市町村の合併の特例に関する法律 4(17), 5(26)",
    ),
    _for_or_against(
        kind="special-wards",
        name="特別区設置の投票",
        english="Vote on special wards",
        source="大都市地域における特別区の設置に関する法律 8",
    ),
    _poll(
        kind="ordinance-poll",
        name="条例による住民投票",
        english="Poll by ordinance",
        majority="most",
    ),
    _poll(
        kind="ordinance-poll-half",
        name="条例による住民投票（成立要件あり）",
        english="Poll by ordinance with a quorum",
        majority="most",
        quorum=Quorum(share=(1, 2), unopened=True),
    ),
)
