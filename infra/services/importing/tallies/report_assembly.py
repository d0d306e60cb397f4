"""Figures of tables put together: one report per contest, unit and moment, or why there is none.

A row that cannot be read takes its whole report away with it: a sheet without one of its figures
would be another sheet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

import msgspec

from aggregates.counting.pool_division import divide_pools, is_divided
from aggregates.counting.turnout import BySex, TurnoutFigures, VotersByMethod, require_possible
from aggregates.election.tally import Tally, require_sound
from aggregates.errors import Refusal
from aggregates.reference.name_folding import fold_width
from aggregates.rules import CURRENT_RULES
from infra.services.importing.heading_search import is_rate, is_total
from infra.services.importing.import_faults import CellPlace, Faults
from infra.services.importing.name_mapping import NOT_USED
from infra.services.importing.name_mapping import Mapping as Words
from infra.services.importing.name_matching import NotFound
from infra.services.importing.tallies import tallies_long
from infra.services.importing.tallies.pool_items import stated_pools
from infra.services.importing.tallies.recorded_register import KnownContest, RecordedRegister
from infra.services.importing.tallies.tallies_long import TURNOUT_ESTIMATED, GivenFigure
from projections.documents.models import decimal
from projections.office_tables.figure_names import THOUSANDTHS, FigureItem
from projections.office_tables.number_parsing import NotExact, moment, thousandths, whole

State = Literal["interim", "final", "correction"]

STATES: Final[dict[str, State]] = {
    "中間": "interim",
    "中間速報": "interim",
    "速報": "interim",
    "確定": "final",
    "訂正": "correction",
}
_ORDER: Final[dict[State, int]] = {"interim": 0, "final": 1, "correction": 2}
_UNUSED_HINT: Final = f"要らない列や項目なら、対応表で「{NOT_USED[0]}」にします。"
_NEEDED: Final = {"valid": "有効", "invalid": "無効", "ballots": "投票総数"}

NO_POOLS_IN_TABLE: Final = "取り込んだ表に按分の内訳がない。"
"""Said of divided figures from a table that has no pools of shared ballots."""


@dataclass(eq=False, slots=True)
class Draft:
    """Figures of one contest in one unit at one moment.

    Attributes:
        known: The contest.
        unit: Code of the unit.
        as_of: The moment.
        state: Interim, final, or a correction.
        reason: Why it is corrected.
        remark: What is written beside it.
        estimated: Names of what was spread over units, blanks between them: turnout, or fields.
        places: Its rows.
        values: Figures: votes in thousandths, everything else whole.
    """

    known: KnownContest
    unit: str
    as_of: datetime
    state: State
    reason: str
    remark: str
    estimated: str = ""
    places: list[CellPlace] = field(default_factory=list)
    values: dict[FigureItem, int] = field(default_factory=dict)

    @property
    def contest(self) -> str:
        """Id of the contest."""
        return self.known.contest.facts.id

    def order(self) -> tuple[str, str, datetime, int]:
        """Reports of one count in the order of their moments."""
        return self.contest, self.unit, self.as_of, _ORDER[self.state]

    def of(self, kind: str) -> dict[str, int]:
        """Figures of a kind by name."""
        return {item.name: value for item, value in self.values.items() if item.kind == kind}


class Compiler:
    """Puts figures together.

    Args:
        register: What is on record.
        words: Names of another system.
        faults: Where faults are noted.
    """

    def __init__(self, register: RecordedRegister, words: Words, faults: Faults) -> None:
        self._register = register
        self._words = words
        self._faults = faults
        self._drafts: dict[tuple[str, str, datetime, State], Draft] = {}
        self._broken: set[tuple[str, str]] = set()

    def drafts(self, figures: Iterable[GivenFigure]) -> list[Draft]:
        """Reports that are whole, in the order of their moments."""
        raw: dict[Draft, set[tuple[str, str]]] = {}
        for given in figures:
            draft = self._draft(given)
            if draft is not None:
                raw.setdefault(draft, set()).add((given.contest, given.unit))
                self._add(draft, given)
        whole_ones = (draft for draft, texts in raw.items() if not texts & self._broken)
        return sorted(whole_ones, key=Draft.order)

    def _draft(self, given: GivenFigure) -> Draft | None:
        """The report that a figure belongs to; None when that cannot be said."""
        column = tallies_long.CONTEST
        try:
            known = self._register.contest(given.contest)
            column = tallies_long.UNIT
            unit = known.units.find(given.unit)
            column = tallies_long.MOMENT
            as_of = moment(given.moment, self._register.head.polling_day)
        except (NotFound, NotExact) as error:
            words = given.contest, given.unit
            if column != tallies_long.MOMENT and any(map(is_total, words)):
                sentence = f"合計の行（{' '.join(filter(None, words))}）なので送っていません。"
                self._faults.note(given.place, "", sentence)
            else:
                self._fault(given, column, given.flaw or str(error))
            return None
        state = STATES.get(fold_width(given.state))
        if state is None:
            self._fault(
                given, tallies_long.STATE, f"「{given.state}」は中間・確定・訂正のどれかです。"
            )
            return None
        key = (known.contest.facts.id, unit, as_of, state)
        made = Draft(known, unit, as_of, state, given.reason, given.remark)
        return self._drafts.setdefault(key, made)

    def _add(self, draft: Draft, given: GivenFigure) -> None:
        if given.place not in draft.places:
            draft.places.append(given.place)
        for column, said, before in (
            (tallies_long.REASON, given.reason, draft.reason),
            (tallies_long.REMARK, given.remark, draft.remark),
        ):
            if said and before and said != before:
                self._fault(given, column, f"同じ報告の他の行では「{before}」です。")
        draft.reason, draft.remark = draft.reason or given.reason, draft.remark or given.remark
        draft.estimated = " ".join(dict.fromkeys(f"{draft.estimated} {given.estimated}".split()))
        if unknown := tallies_long.unknown_marks(given.estimated):
            self._fault(given, tallies_long.ESTIMATED, f"「{unknown}」という数字はありません。")
        if self._words.is_unused(given.item, draft.contest):
            return
        column = given.column
        try:
            item = draft.known.item(self._words.word(given.item, draft.contest))
            value = _number(item, given)
        except NotFound as error:
            self._leave_out(given, error)
            return
        except NotExact as error:
            self._fault(given, column, str(error))
            return
        if item in draft.values:
            self._fault(
                given, tallies_long.ITEM, f"「{given.item}」にあたる数字が同じ報告に二つあります。"
            )
        draft.values[item] = value

    def _leave_out(self, given: GivenFigure, error: NotFound) -> None:
        """What is no item: a rate is nothing that is counted, anything else is a fault."""
        if given.item and is_rate(given.item):
            place = CellPlace(given.place.sheet)
            self._faults.note(place, given.item, "率は計算で出るので読んでいません。")
        elif given.flaw and not given.item:
            self._fault(given, "", given.flaw)
        else:
            self._fault(given, tallies_long.ITEM, str(error) + _UNUSED_HINT)

    def _fault(self, given: GivenFigure, column: str, sentence: str) -> None:
        self._faults.add(given.place, column, sentence)
        self._broken.add((given.contest, given.unit))


def _number(item: FigureItem, given: GivenFigure) -> int:
    text = given.number
    if given.flaw:
        raise NotExact(given.flaw)
    if not text:
        raise NotExact("空欄です。票がなければ 0 と書いてください。")
    exact = item.kind in {"votes", "no", "sum", "share"} or item.name in THOUSANDTHS
    return thousandths(text) if exact else whole(text)


def build_tally(draft: Draft, faults: Faults) -> Tally | None:
    """The tally of a report; None when it has none, or cannot be true."""
    figures, votes = draft.of("figure"), draft.of("votes")
    if not votes and not set(figures) - {"voters"}:
        return None
    missing = [word for name, word in _NEEDED.items() if name not in figures]
    # While counting goes on, many systems show votes alone; what they do not show is not known.
    votes_alone = len(missing) == len(_NEEDED) and draft.state != "final" and bool(votes)
    if missing and not votes_alone:
        _fault(draft, faults, f"{'・'.join(missing)}がありません。")
        return None
    contest = draft.known.contest
    more: dict[str, object] = {"no": draft.of("no")} if contest.ballot == "justices" else {}
    reasons = draft.of("reason")
    more |= {"invalid_by_reason": reasons} if reasons else {}
    more |= {"list_totals": True} if _has_lists_alone(draft, votes) else {}
    more |= {"estimated": each} if (each := tallies_long.sheet_marks(draft.estimated)) else {}
    more |= {"pools": stated_pools(draft.of("pool"), draft.of("share"), draft.of("own"))}
    try:
        tally = msgspec.convert({"votes": votes, **figures, **more}, Tally)
        contest.require_fits(tally, None, rules=CURRENT_RULES)
        if not tally.pools and is_divided(tally) and not tally.list_totals:
            tally = msgspec.structs.replace(tally, pools_unstated=NO_POOLS_IN_TABLE)
        tally = divide_pools(contest, tally, rules=CURRENT_RULES)
        require_sound(tally, final=draft.state == "final", rules=CURRENT_RULES)
    except msgspec.ValidationError:
        _fault(draft, faults, "大きすぎる数があります。桁を確かめてください。")
        return None
    except Refusal as refusal:
        _fault(draft, faults, str(refusal))
        return None
    stated = draft.of("sum").get("votes")
    if stated is not None and (apart := stated - sum(tally.votes.values())):
        _fault(draft, faults, f"得票の合計が得票総数と違います（差 {decimal(apart)}）。")
        return None
    return tally


def _has_lists_alone(draft: Draft, votes: Mapping[str, int]) -> bool:
    """Whether an interim report names no member of any list although members have votes."""
    contest = draft.known.contest
    if contest.ballot != "open-lists" or draft.state == "final":
        return False
    voted_for = {name for name, member in contest.members().items() if member.priority is None}
    return bool(votes) and bool(voted_for) and voted_for.isdisjoint(votes)


def build_turnout(draft: Draft, faults: Faults) -> TurnoutFigures | None:
    """The turnout of a report; None when it has none, or cannot be true."""
    values = draft.of("turnout")
    if not values:
        return None
    missing = [
        f"{word}（{sex}）"
        for field_name, word in (("electors", "有権者数"), ("voters", "投票者数"))
        for sex, code in (("男", "male"), ("女", "female"))
        if f"{field_name}.{code}" not in values
    ]
    if missing:
        _fault(draft, faults, f"{'・'.join(missing)}がありません。")
        return None
    if draft.estimated and not draft.of("votes") and draft.estimated != TURNOUT_ESTIMATED:
        _fault(draft, faults, f"投票の推計は「{TURNOUT_ESTIMATED}」と書きます。")
        return None
    methods = {
        name.partition(".")[2]: value
        for name, value in values.items()
        if name.startswith("by_method.")
    }
    try:
        figures = TurnoutFigures(
            electors=_by_sex(values, "electors"),
            voters=_by_sex(values, "voters"),
            overseas_electors=_by_sex(values, "overseas_electors"),
            overseas_voters=_by_sex(values, "overseas_voters"),
            by_method=msgspec.convert(methods, VotersByMethod) if methods else None,
            estimated=TURNOUT_ESTIMATED in draft.estimated.split(),
        )
        msgspec.convert(msgspec.to_builtins(figures), TurnoutFigures)
        require_possible(figures)
    except msgspec.ValidationError:
        sentence = "負の数、大きすぎる数、または当日・期日前・不在者のどれかの不足があります。"
        _fault(draft, faults, sentence)
        return None
    except Refusal as refusal:
        _fault(draft, faults, str(refusal))
        return None
    return figures


def _by_sex(values: dict[str, int], name: str) -> BySex:
    return BySex(values.get(f"{name}.male", 0), values.get(f"{name}.female", 0))


def about(draft: Draft) -> str:
    """Which report, for people."""
    return f"{draft.known.contest.facts.name} {draft.unit} {draft.as_of:%m-%d %H:%M}"


def _fault(draft: Draft, faults: Faults, sentence: str) -> None:
    faults.add(draft.places[0], "", f"{about(draft)}: {sentence}")
