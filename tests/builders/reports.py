"""What units report: sheets, turnout, corrections; and what a prefecture says to them."""

from collections.abc import Mapping

from tests.builders.naming import AT_22, AT_23, CHIYODA, DISTRICT_1
from tests.support.gwt import Command


def sheet(votes: Mapping[str, int], invalid: int = 0, **figures: object) -> dict[str, object]:
    """A balanced final sheet; votes in whole votes. `figures` replace what was derived."""
    valid = sum(votes.values())
    usual: dict[str, object] = {
        "votes": {option: own * 1000 for option, own in votes.items()},
        "valid": valid,
        "invalid": invalid,
        "ballots": valid + invalid,
        "voters": valid + invalid,
    }
    return usual | figures


def pool(name: str, ballots: int, *between: str | tuple[str, int], **shares: int) -> Command:
    """Ballots that fit several: (option, own whole votes) where the sheet has no line for it.

    `shares` are thousandths, of a pool that was divided by who sends it.
    """
    sharers: list[dict[str, object]] = [
        {"option": each} if isinstance(each, str) else {"option": each[0], "own": each[1] * 1000}
        for each in between
    ]
    sharers += [{"option": option, "share": share} for option, share in shares.items()]
    return {"name": name, "ballots": ballots, "sharers": sharers}


def sheet_with_pools(
    own: Mapping[str, int], *pools: Mapping[str, object], **figures: object
) -> dict[str, object]:
    """A balanced final sheet as it lies on the table: whole votes of each, and pools."""
    valid = sum(own.values()) + sum(int(str(each["ballots"])) for each in pools)
    totals = {"valid": valid, "ballots": valid, "voters": valid}
    return {**sheet(own), **totals, "pools": list(pools), **figures}


def divided_sheet(
    votes: Mapping[str, int], valid: int, *pools: Mapping[str, object], cut: int
) -> dict[str, object]:
    """A final sheet that its office divided: votes in thousandths."""
    totals = {"valid": valid, "ballots": valid, "voters": valid, "cut": cut}
    return {"votes": dict(votes), "invalid": 0, **totals, "pools": list(pools)}


def votes_alone(full: Mapping[str, object]) -> dict[str, object]:
    """The same sheet as many systems show it while counting goes on: nothing but votes."""
    return {name: own for name, own in full.items() if name in {"votes", "no", "list_totals"}}


def review_sheet(answers: Mapping[str, tuple[int, int]], valid: int) -> dict[str, object]:
    """A sheet of the review of justices: justice -> (yes to dismissal, blank)."""
    return {
        "votes": {justice: yes * 1000 for justice, (yes, _) in answers.items()},
        "no": {justice: no * 1000 for justice, (_, no) in answers.items()},
        "valid": valid,
        "invalid": 0,
        "ballots": valid,
        "voters": valid,
    }


def tally(
    tally_sheet: Mapping[str, object],
    contest_id: str = DISTRICT_1,
    unit_code: str = CHIYODA,
    *,
    final: bool = True,
    as_of: str = AT_22,
    **more: object,
) -> Command:
    return {
        "command": "post-tally",
        "contest": contest_id,
        "unit": unit_code,
        "as_of": as_of,
        "final": final,
        "tally": tally_sheet,
        **more,
    }


def correction(
    tally_sheet: Mapping[str, object],
    contest_id: str = DISTRICT_1,
    unit_code: str = CHIYODA,
    *,
    supersedes: int = 2,
    final: bool = True,
    as_of: str = AT_23,
) -> Command:
    posted = tally(tally_sheet, contest_id, unit_code, final=final, as_of=as_of)
    named = {"command": "correct-tally", "reason": "読み違い", "supersedes": supersedes}
    return {**posted, **named}


def confirm(contest_id: str = DISTRICT_1, unit_code: str = CHIYODA, **looked_at: int) -> Command:
    return {"command": "confirm-count", "contest": contest_id, "unit": unit_code, **looked_at}


def give_back(contest_id: str = DISTRICT_1, unit_code: str = CHIYODA, **looked_at: int) -> Command:
    named = {"contest": contest_id, "unit": unit_code, **looked_at}
    return {"command": "return-count", **named, "reason": "前回と差が大きい"}


def figures(electors: tuple[int, int], voters: tuple[int, int], **more: object) -> Command:
    """Turnout figures by sex: (men, women)."""
    return {
        "electors": {"male": electors[0], "female": electors[1]},
        "voters": {"male": voters[0], "female": voters[1]},
        **more,
    }


def turnout(
    reported: Mapping[str, object],
    contest_id: str = DISTRICT_1,
    unit_code: str = CHIYODA,
    *,
    final: bool = True,
    as_of: str = AT_22,
) -> Command:
    return {
        "command": "report-turnout",
        "contest": contest_id,
        "unit": unit_code,
        "as_of": as_of,
        "final": final,
        "figures": reported,
    }


def turnout_correction(
    reported: Mapping[str, object],
    contest_id: str = DISTRICT_1,
    *,
    supersedes: int = 2,
    final: bool = True,
    as_of: str = AT_23,
) -> Command:
    posted = turnout(reported, contest_id, final=final, as_of=as_of)
    named = {"command": "correct-turnout", "reason": "男女の入れ違い", "supersedes": supersedes}
    return {**posted, **named}
