"""Events of counts and turnouts: the mass of the night, so each costs as little as can be."""

from aggregates import count as counts
from aggregates import turnout as turnouts
from aggregates.base import Event
from aggregates.tally import Tally
from projections.state import Correction, CountRecord, NightState


def _count_event(night: NightState, event: Event, position: int) -> CountRecord:
    count = night.counts[event.originator_id]
    count.history.append((position, event))
    count.position = position
    versions = night.versions
    for document in count.documents:
        versions[document] = position
    return count


def opened(night: NightState, event: counts.CountOpened, position: int) -> None:
    _count_event(night, event, position)


def tally(night: NightState, event: counts.TallyEvent, position: int) -> None:
    count = _count_event(night, event, position)
    count.tally = event.tally
    count.as_of = event.as_of
    count.notices = tuple(notice.code for notice in event.notices) if event.notices else ()
    count.final = event.is_final
    count.state = "final" if count.final else "interim"
    count.group.clear_sums()
    count.contest.clear_sums()


def tally_corrected(night: NightState, event: counts.TallyCorrected, position: int) -> None:
    count = night.counts[event.originator_id]
    replaces = _position_of(count.history, event.supersedes)
    before = _sheet_figures(count.tally)
    tally(night, event, position)
    count.corrected = True
    night.correct(Correction(position, replaces, event, before, _sheet_figures(event.tally)))


def _position_of(history: list[tuple[int, Event]], report: int) -> int:
    return next((at for at, event in history if event.originator_version == report), 0)


def _sheet_figures(sheet: Tally | None) -> dict[str, int]:
    if sheet is None:
        return {}
    wholes = {field: getattr(sheet, field) or 0 for field in _SHEET_FIELDS}
    no = {f"no/{justice}": value for justice, value in (sheet.no or {}).items()}
    return {**{f"votes/{option}": value for option, value in sheet.votes.items()}, **no, **wholes}


_SHEET_FIELDS = (
    "cut", "nobody", "valid", "invalid", "ballots", "taken_away", "rejected", "voters",
)  # fmt: skip


def confirmed(night: NightState, event: counts.CountConfirmed, position: int) -> None:
    _count_event(night, event, position).state = "confirmed"


def returned(night: NightState, event: counts.CountReturned, position: int) -> None:
    count = _count_event(night, event, position)
    count.state = "returned"
    count.group.clear_sums()
    count.contest.clear_sums()


def turnout_reported(night: NightState, event: turnouts.TurnoutEvent, position: int) -> None:
    place = night.turnouts[event.originator_id]
    turnout = place.turnout
    turnout.figures = event.figures
    turnout.as_of = event.as_of
    turnout.final = event.is_final
    turnout.position = position
    turnout.history.append((position, event))
    place.group.clear_turnout()
    place.contest.clear_turnout()
    night.touch(position, *place.documents)


def turnout_corrected(night: NightState, event: turnouts.TurnoutCorrected, position: int) -> None:
    turnout = night.turnouts[event.originator_id].turnout
    replaces = _position_of(turnout.history, event.supersedes)
    before = _poll_figures(turnout.figures)
    turnout_reported(night, event, position)
    turnout.final = event.final
    night.correct(Correction(position, replaces, event, before, _poll_figures(event.figures)))


def _poll_figures(figures: turnouts.TurnoutFigures | None) -> dict[str, int]:
    if figures is None:
        return {}
    return {
        f"{field}/{sex}": getattr(getattr(figures, field), sex)
        for field in ("electors", "voters", "overseas_electors", "overseas_voters")
        for sex in ("male", "female")
    }
