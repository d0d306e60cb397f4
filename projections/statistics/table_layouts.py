"""How each table is laid out, as the ministry's publication has it: data only."""

from collections.abc import Iterable

from projections.statistics.grid import Layout, PrintedGrid, grids
from projections.statistics.table import Table

_PLACES = Layout(per=("tier", "scope"), stubs=("block", "prefecture"))

_UNIT_VOTES = Layout(
    per=("prefecture", "contest"), stubs=("unit_name",), across=("name", "party"),
    figures=("votes",), hidden=("election_id", "unit", "option"),
)  # fmt: skip
_LIST_VOTES = Layout(
    per=("contest",), stubs=("prefecture", "unit_name"), across=("name",),
    figures=("votes",), hidden=("election_id", "unit", "option"),
)  # fmt: skip
_LIST_BALLOTS = Layout(
    per=("contest",), stubs=("prefecture", "unit_name"), hidden=("election_id", "unit"),
)  # fmt: skip
_UNIT_BALLOTS = Layout(
    per=("prefecture",), stubs=("contest", "unit_name"), hidden=("election_id", "unit"),
)  # fmt: skip

LAYOUTS: tuple[tuple[str, Layout], ...] = (
    ("candidacy_by_party", Layout(stubs=("section", "status"), across=("party",))),
    ("winners_by_party", Layout(
        stubs=("section", "status"), across=("party",), figures=("male", "female", "total"),
    )),
    ("candidacy_by_pref_party", Layout(stubs=("prefecture", "seats"), across=("party",))),
    ("winners_by_pref_party", Layout(stubs=("prefecture", "seats"), across=("party",))),
    ("candidacy_by_pref_age", Layout(across=("age_band",))),
    ("winners_by_pref_age", Layout(across=("age_band",))),
    ("electorate", _PLACES),
    ("turnout_by_hour", Layout(
        per=("tier", "contest"), stubs=("prefecture", "unit_name", "moment"),
    )),
    ("early_voting_by_day", Layout(
        per=("tier", "contest"), stubs=("prefecture", "unit_name", "day"),
    )),
    ("turnout", _PLACES),
    ("ballots_", Layout(per=("tier",), stubs=("block", "prefecture"))),
    ("party_votes_by_block_pref", Layout(stubs=("block", "prefecture"), across=("party",))),
    ("party_votes_by_block", Layout(
        per=("block",), stubs=("rank", "party"), figures=("votes", "share_pct"),
    )),
    ("party_votes_by_pref", Layout(stubs=("prefecture",), across=("party",))),
    ("party_votes_", Layout(stubs=("party",), across=("period",), hidden=("election_id", "tier"))),
    ("pr_list_entries", Layout(per=("block", "party"), stubs=("list_rank", "name"))),
    ("list_entries_", Layout(per=("party",), stubs=("list_rank", "name"))),
    ("dhondt_quotients", Layout(per=("block",), stubs=("divisor",), across=("party",))),
    ("member_votes_by_pref_", Layout(per=("party",), stubs=("name",), across=("prefecture",))),
    ("review_votes", Layout(per=("justice",), stubs=("prefecture",))),
    *((f"{lists}_votes_by_unit", _LIST_VOTES) for lists in ("pr", "list")),
    *((f"{lists}_ballots_by_unit", _LIST_BALLOTS) for lists in ("pr", "list")),
    ("smd_candidates", Layout(per=("prefecture",), stubs=("district_no", "order_in_district"))),
)  # fmt: skip
"""Beginning of a table's id and its layout; the first that fits. Others stand as they are."""

_SUFFIXES: tuple[tuple[str, Layout], ...] = (
    ("_votes_by_unit", _UNIT_VOTES),
    ("_ballots_by_unit", _UNIT_BALLOTS),
)


def table_layout(table: Table) -> Layout:
    """The layout of a table."""
    for beginning, layout in LAYOUTS:
        if table.id.startswith(beginning):
            return layout
    return next((layout for end, layout in _SUFFIXES if table.id.endswith(end)), Layout())


def lay_out(table: Table) -> Iterable[PrintedGrid]:
    """The grids of a table."""
    return grids(table, table_layout(table))
