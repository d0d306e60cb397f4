"""Putting the shards together again: the same documents as the single fold, to the byte.

Pure: the nation's entries and frames of all shards go in; at every cut that all shards have
published, the night as it was at that position comes out. Between such cuts the night stands
still, so no document is ever made of figures of different moments.
"""

from infra.services.streaming.divided.partial_results import (
    DocumentPartial,
    Frame,
    ShardPartial,
    Version,
)
from infra.services.streaming.divided.shard import NationalEntries, apply_sparse
from projections.documents.render import render
from projections.election_projection import ElectionProjection
from projections.state.election_state import Correction
from projections.state.records import ContestRecord, CountRecord


class NotDivisible(RuntimeError):  # noqa: N818 - it says what is the case
    """An election whose parts depend on each other across prefectures cannot be divided."""


class Merge:
    """The night put together from shards.

    Args:
        partitions: How many shards there are.

    Attributes:
        night: The night at the last common cut; without the history of single units.
        national: The entries of the nation; give them here.
    """

    def __init__(self, partitions: int) -> None:
        self._partitions = partitions
        self._frames: dict[int, list[Frame]] = {number: [] for number in range(partitions)}
        self._seen: dict[int, int] = dict.fromkeys(range(partitions), 0)
        self._documents: dict[str, DocumentPartial] = {}
        self._corrections: dict[int, Correction] = {}
        self.national = NationalEntries()
        self.night = ElectionProjection()

    @property
    def known(self) -> int:
        """The furthest cut that any shard has published."""
        return max(self._seen.values())

    def add(self, frame: Frame) -> None:
        """Take a frame; one that a shard published before, and publishes again, is dropped.

        Raises:
            NotDivisible: Divided in another number of shards.
        """
        shard = frame.shard
        if shard.partitions != self._partitions:
            raise NotDivisible(f"divided in {shard.partitions}, not in {self._partitions}")
        if shard.cut > self._seen[shard.partition]:
            self._seen[shard.partition] = shard.cut
            self._frames[shard.partition].append(frame)

    def squash(self) -> None:
        """Forget the cuts between: records kept only by their latest state do not show them."""
        for frames in self._frames.values():
            if frames:
                frames[:] = [_joined(frames)]

    def advance(self) -> bool:
        """Go to the latest cut that all shards have published; False when there is no new one."""
        common = [{frame.shard.cut for frame in frames} for frames in self._frames.values()]
        cuts = set.intersection(*common)
        reachable = [cut for cut in cuts if cut <= self.national.complete_to]
        if not reachable:
            return False
        self._go_to(max(reachable))
        return True

    def document(self, key: str) -> bytes:
        """Bytes of a document.

        Raises:
            KeyError: There is no such document.
        """
        version = self.night.versions[key]
        published = self._documents.get(key)
        if published is not None and published.version == version:
            return published.body
        return render(self.night, key)

    def _go_to(self, cut: int) -> None:
        night, after = self.night, self.night.position
        for entry in sorted(self.national.between(after, cut), key=lambda entry: entry.position):
            apply_sparse(night, entry.decoded(), entry.position)
        for partition, frames in self._frames.items():
            past = [frame for frame in frames if frame.shard.cut <= cut]
            self._frames[partition] = frames[len(past) :]
            self._pour(_joined(past))
        self._add_corrections()
        night.position = cut

    def _pour(self, frame: Frame) -> None:
        night = self.night
        touched: dict[str, ContestRecord] = {}
        for stream, partial in frame.counts.items():
            count = night.counts[stream]
            partial.pour(count)
            count.group.clear()
            touched[count.contest.facts.id] = count.contest
        for contest in touched.values():
            _figures_changed(contest)
        self._documents |= frame.documents
        for key, document in frame.documents.items():
            night.versions[key] = max(night.versions.get(key, 0), document.version)
        self._know(frame.shard)

    def _know(self, shard: ShardPartial) -> None:
        night = self.night
        for key, version in shard.versions.items():
            if version.position > night.versions.get(key, 0):
                night.versions[key] = version.position
            self._remember(version)
        if shard.last is not None:
            self._remember(shard.last)
        for partial in shard.corrections:
            self._corrections.setdefault(partial.position, partial.correction())

    def _remember(self, version: Version) -> None:
        times = self.night.times
        times.extend([version.at] * (version.position - len(times)))
        times[version.position - 1] = version.at

    def _add_corrections(self) -> None:
        """Corrections of declarations are folded here, those of reports come from the shards."""
        night = self.night
        found = {**{c.position: c for c in night.corrections}, **self._corrections}
        night.corrections[:] = [found[position] for position in sorted(found)]


def _figures_changed(contest: ContestRecord) -> None:
    if contest.dependents and not contest.local:
        raise NotDivisible(
            f"{contest.facts.id} lies in several prefectures, and lists depend on it"
        )
    contest.unsettled = sum(_unsettled(count) for count in contest.counts.values())
    contest.clear_sums()
    for dependent in contest.dependents.values():
        dependent.clear_law()


def _unsettled(count: CountRecord) -> bool:
    return not count.settled


def _joined(frames: list[Frame]) -> Frame:
    joined, *others = frames
    for frame in others:
        joined = joined.followed_by(frame)
    return joined
