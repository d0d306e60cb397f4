"""`kaihyo verify` of bundles by a dishonest server: everything is computed honestly from a lie."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

from aggregates.base import Envelope, Event
from aggregates.commands.election_commands import Submission
from aggregates.counting.count_events import TallyFinalised
from aggregates.counting.declaration import OutcomeDeclared
from aggregates.election.election_events import (
    ChangeNoted,
    ElectionClosed,
    ElectionDefined,
    RulesChanged,
)
from aggregates.rules import RECOMPUTABLE_RULES
from api.cli.main import app
from infra.services.auditing.log_entries import AuditEntry, EntryHeader
from tests.support.forged_bundle import POLICY, SIGNER, forge_bundle
from tests.support.module_watch import ROOT, ModuleWatch, profiled
from tests.support.signed_events import signed_entries, signed_events

replace = msgspec.structs.replace
SECTION = re.compile(
    r"^## The life of an envelope in verification\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL
)
MODULE = re.compile(r"`([\w/]+\.py)`")
WITHOUT_ENTRY = {
    "api/cli/auditors/verify.py",
    "infra/adapters/memory/replay_store.py",
    "infra/services/auditing/head_audit.py",
    "infra/services/auditing/sources/open_source.py",
    "infra/services/auditing/time_bounds.py",
    "infra/services/auditing/verification_result.py",
}
"""Steps that see the whole log, or aggregates, and no single entry."""
NIGHT = signed_events()
CLOSED_AT = int(NIGHT[-1].timestamp.timestamp())


def verify(bundle: Path, *more: str) -> Result:
    return CliRunner().invoke(
        app, ["verify", str(bundle), "--key", str(SIGNER.verifier), "--json", *more]
    )


def told(result: Result) -> dict[str, object]:
    found: dict[str, object] = msgspec.json.decode(result.stdout)
    return found


def changed(kind: type[Event], change: Callable[[Event], Event]) -> list[Event]:
    """The night with the first event of a kind changed that the change changes."""
    events = list(NIGHT)
    for number, event in enumerate(events):
        if isinstance(event, kind) and (other := change(event)) != event:
            events[number] = other
            return events
    raise AssertionError("nothing changes")


def outcome(**facts: object) -> list[Event]:
    def change(event: Event) -> Event:
        assert isinstance(event, OutcomeDeclared)
        if not event.outcome.list_seats:
            return event
        return replace(event, outcome=replace(event.outcome, **facts))

    return changed(OutcomeDeclared, change)


def totals(event: Event) -> Event:
    assert isinstance(event, OutcomeDeclared)
    return replace(event, totals=replace(event.totals, ballots=event.totals.counted_ballots + 1))


def warning_dropped(event: Event) -> Event:
    assert isinstance(event, TallyFinalised)
    return replace(event, notices=())


def forty_thousand_votes_more(event: Event) -> Event:
    assert isinstance(event, TallyFinalised)
    first = next(iter(event.tally.votes))
    votes = {**event.tally.votes, first: event.tally.votes[first] + 40_000_000}
    return replace(event, tally=replace(event.tally, votes=votes))


ATTACKS: dict[str, tuple[list[Event], str]] = {
    "forty seats in a block of three": (outcome(list_seats={"ao": 40}), "list_seats"),
    "a seat said to be vacant": (outcome(vacant=1), "vacant"),
    "totals of nobody's sheets": (changed(OutcomeDeclared, totals), "totals.ballots"),
    "a warning left out": (changed(TallyFinalised, warning_dropped), "notices"),
    "votes that no centre signed": (
        changed(TallyFinalised, forty_thousand_votes_more),
        "tally.votes",
    ),
    "other rules than the founders signed": (
        changed(ElectionDefined, lambda event: replace(event, rules=2)),
        "rules",
    ),
}


@pytest.mark.parametrize(("events", "field"), ATTACKS.values(), ids=ATTACKS.keys())
def test_what_a_dishonest_server_invents_is_named(
    tmp_path: Path, events: list[Event], field: str
) -> None:
    result = verify(forge_bundle(tmp_path / "bundle", signed_entries(events)))

    assert result.exit_code == 1
    difference = told(result)["difference"]
    assert isinstance(difference, dict)
    assert difference["rule"] == "decision"
    assert field in difference["where"]


def is_entry(value: object) -> bool:
    """Whether it is an entry with an envelope, or entries, in any form verification has them."""
    if isinstance(value, bytes):
        return b'"envelope"' in value or b'"submission_id"' in value
    if isinstance(value, list | tuple) and not isinstance(value, AuditEntry | EntryHeader):
        return any(map(is_entry, value[:1]))
    return isinstance(value, Envelope | Event | Submission | AuditEntry | EntryHeader)


def test_the_honest_night_is_verified_by_modules_that_the_page_names(tmp_path: Path) -> None:
    bundle = forge_bundle(tmp_path / "bundle", signed_entries())
    with profiled(ModuleWatch(is_entry)) as watch:
        watch.on = True
        result = verify(bundle)
    found = told(result)
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = SECTION.search(page)
    assert section is not None
    named = set(MODULE.findall(section[1]))

    # Which rules are asked and which figures an event changes is for aggregates and projections.
    assert {name for name in watch.modules - named if name.startswith(("infra/", "api/"))} == set()
    path = set(MODULE.findall(section[1].partition("\n### ")[0]))
    assert path - watch.modules == WITHOUT_ENTRY

    assert result.exit_code == 0
    assert (found["state"], found["recomputed"]) == ("verified", len(NIGHT))
    assert (found["rules"], found["rules_signed"]) == (sorted(RECOMPUTABLE_RULES), True)
    assert (found["recorded"], found["unsigned"], found["times_cosigned"]) == (0, 0, 0)
    assert found["documents"]


class TestTimes:
    def later(self, **delta: float) -> list[Event]:
        """The night whose end claims to be later than it was."""
        return changed(
            ElectionClosed,
            lambda event: replace(event, timestamp=event.timestamp + timedelta(**delta)),
        )

    def verify(self, folder: Path, events: list[Event]) -> Result:
        policy = folder / "policy"
        policy.write_text(POLICY)
        bundle = forge_bundle(folder / "b", signed_entries(events), cosigned_at=CLOSED_AT + 1)
        return verify(bundle, "--witness-policy", str(policy))

    def test_a_cosignature_bounds_the_times_of_what_it_covers(self, tmp_path: Path) -> None:
        result = self.verify(tmp_path, list(NIGHT))
        found = told(result)

        assert result.exit_code == 0
        assert found["times_cosigned"] == len(NIGHT)
        assert found["cosigned_after_seconds"] == CLOSED_AT + 1 - NIGHT[0].timestamp.timestamp()

    def test_an_entry_cannot_be_later_than_the_cosignature_above_it(self, tmp_path: Path) -> None:
        result = self.verify(tmp_path, self.later(minutes=3))
        difference = told(result)["difference"]

        assert result.exit_code == 1
        assert isinstance(difference, dict)
        assert difference["rule"] == "time"
        assert "cosigned by witness.example/w" in difference["expected"]

    def test_an_entry_cannot_be_later_than_who_verifies(self, tmp_path: Path) -> None:
        events = self.later(days=40_000)
        result = verify(forge_bundle(tmp_path / "bundle", signed_entries(events)))

        assert result.exit_code == 1
        assert "clock of who verifies" in result.stdout


class TestLaterRules:
    """A log goes on under rules that this release does not carry."""

    def test_they_are_recorded_and_not_called_without_a_difference(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bundle = forge_bundle(tmp_path / "bundle", signed_entries())
        module = "infra.services.auditing.decision_replay"
        monkeypatch.setattr(f"{module}.RECOMPUTABLE_RULES", frozenset({1}))
        result = verify(bundle)
        found = told(result)

        at = next(n for n, event in enumerate(NIGHT) if isinstance(event, RulesChanged))
        assert result.exit_code == 3
        assert found["state"] == "recorded-not-recomputed"
        assert (found["recomputed"], found["recorded"]) == (at, len(NIGHT) - at)
        assert found["documents"] == 0

        said = CliRunner().invoke(app, ["verify", str(bundle)])
        assert "記録のみ・再計算せず" in said.stdout
        assert "相違ありません" not in said.stdout

    def test_a_log_that_begins_under_them_is_recorded_as_a_whole(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bundle = forge_bundle(tmp_path / "bundle", signed_entries())
        module = "infra.services.auditing.decision_replay"
        monkeypatch.setattr(f"{module}.RECOMPUTABLE_RULES", frozenset({7}))
        found = told(verify(bundle))

        assert (found["recomputed"], found["recorded"]) == (0, len(NIGHT))

    def test_a_server_cannot_claim_them_against_what_was_signed(self, tmp_path: Path) -> None:
        for kind in (ElectionDefined, RulesChanged):
            events = changed(kind, lambda event: replace(event, rules=99))
            result = verify(forge_bundle(tmp_path / kind.__name__, signed_entries(events)))

            assert result.exit_code == 1
            assert "rules" in result.stdout

    def test_chains_are_followed_under_them_too(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        at = next(n for n, event in enumerate(NIGHT) if isinstance(event, ChangeNoted))
        events = [event for n, event in enumerate(NIGHT) if n != at]
        bundle = forge_bundle(tmp_path / "bundle", signed_entries(events))
        module = "infra.services.auditing.decision_replay"
        monkeypatch.setattr(f"{module}.RECOMPUTABLE_RULES", frozenset({1}))
        result = verify(bundle)

        assert result.exit_code == 1
        assert '"chain"' in result.stdout
