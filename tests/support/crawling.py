"""A reader who follows every link, looks at names, and compares figures with the documents."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx
import msgspec
from lxml import html

from aggregates.commands.election_commands import DefineElection, Submission
from api.http.app_state import AppState
from infra.services.official_results.replay import AnyPlan, replay
from infra.services.official_results.table_files import (
    is_upper_folder,
    read_folder,
    read_upper_folder,
)
from infra.services.rehearsal import rehearsal_night
from infra.services.rehearsal.submission_pipeline import Pipeline
from infra.services.signing.submission_auth import admit_unsigned
from projections.election_projection import ElectionProjection
from projections.official.plan.replay_plan import plan_replay
from projections.official.upper.upper_plan import plan_upper_replay
from tests.support.waiting import SECONDS_MAX

ELECTION = "house50"
"""What the log of a test is for."""
PER_FORM_MAX = 40
"""Addresses tried of one form: positions and pairs of positions are without end."""
PAGES_MAX = 20_000

NAMES_MAX = 400
"""Pages tried that are about one kind of thing, such as the 289 districts; documents likewise."""
_WITHOUT_END = re.compile(r"\?|/audit/entries/|/log/|/receipts/")
"""Positions, pairs of positions, searches, entries of the log."""

_NAMED = re.compile(r"^(/en|/easy)?/(contests|candidates|districts|parties|prefectures|blocks)/")
"""Pages that are about somebody or something with a name."""
_COUNTED = re.compile(r"^(/en|/easy)?/((races|seats|turnout|justices|coverage)/?)?$")
"""Pages about the election as a whole whose figures are those of documents."""
_FIGURE = re.compile(r"(?<![\d.,-])\d{1,3}(?:,\d{3})+(?:\.\d{3})?(?![\d,])")
"""A figure as pages write it; those below a thousand are found in any document."""
_LINKS = "//main//a[@href][not(ancestor::p[contains(@class, 'notice')]) and not(ancestor::svg)]"
"""Links that name what they lead to; tiles of the map have an abbreviation and a figure."""
_SEPARATORS = re.compile(r"[\s\u3000・]+")
_AHEAD = 200


def play_until(services: AppState, election: str, share: float, scale: float = 0.02) -> None:
    """Record a rehearsal of an election up to a share of its night, into the log of a test."""
    night = rehearsal_night(election, seed=3, scale=scale)
    steps = list(night.timeline())[: int(len(night) * share)]
    play_all(services, (*night.definitions(), *(step.submission for step in steps)))


def play_all(services: AppState, submissions: Iterable[Submission]) -> None:
    """Record postings of any election into the log of a test."""
    with Pipeline(services.log.writer, _AHEAD, _AHEAD) as pipeline:
        for submission in submissions:
            pipeline.take(admit_unsigned(_into(submission)))
    assert services.live.wait_for(services.log.reader.last_position(), SECONDS_MAX)


class _MomentReached(Exception):  # noqa: N818 - nothing is wrong
    """As much of a night is recorded as was asked for."""


def replay_until(services: AppState, folder: Path, share: float) -> None:
    """Record a past election up to a share of its night, decisions included, into a test's log."""
    plan: AnyPlan = (
        plan_upper_replay(read_upper_folder(folder), "rehearsal")
        if is_upper_folder(folder)
        else plan_replay(read_folder(folder), "rehearsal")
    )
    before, *after = (len(stage.submissions) for stage in plan.stages)
    last = before + int((sum(after) + len(plan.declaring)) * share)
    sent = 0
    with Pipeline(services.log.writer, _AHEAD, _AHEAD) as pipeline:

        def submit(submission: Submission) -> None:
            nonlocal sent
            if sent == last:
                raise _MomentReached
            sent += 1
            pipeline.take(admit_unsigned(_into(submission)))

        def state() -> ElectionProjection:
            pipeline.drain()
            assert services.live.wait_for(services.log.reader.last_position(), SECONDS_MAX)
            return services.live.read(lambda night: night)

        with suppress(_MomentReached):
            replay(plan, submit, state)
    assert sent == last
    assert services.live.wait_for(services.log.reader.last_position(), SECONDS_MAX)


def _into(submission: Submission) -> Submission:
    command = submission.command
    if isinstance(command, DefineElection):
        facts = msgspec.structs.replace(command.election, id=ELECTION)
        command = msgspec.structs.replace(command, election=facts)
    return msgspec.structs.replace(submission, election=ELECTION, command=command)


def form(address: str) -> str:
    """An address with its numbers left out."""
    return re.sub(r"\d+", "#", address)


class Crawl:
    """What was found by following links.

    Attributes:
        statuses: Address -> status.
        faults: What is wrong with a page that answered.
    """

    def __init__(self, client: httpx.Client, figures: frozenset[str] | None = None) -> None:
        self.statuses: dict[str, int] = {}
        self.faults: list[str] = []
        self._client = client
        self._base = str(client.base_url)
        self._figures = figures
        self._texts: dict[str, set[str]] = {}
        self._headings: dict[str, str] = {}

    def follow(self, start: str, pages_max: int = PAGES_MAX, names_max: int = PER_FORM_MAX) -> None:
        """Follow links from an address.

        Args:
            start: Where to begin.
            pages_max: Most addresses in all.
            names_max: Most addresses of one form that are about something with a name; of those
                without end, as positions are, it is always `PER_FORM_MAX`.
        """
        waiting = deque([urljoin(self._base, start)])
        tried: dict[str, int] = {}
        while waiting and len(self.statuses) < pages_max:
            address = waiting.popleft()
            kind = form(address.removeprefix(self._base))
            form_max = PER_FORM_MAX if _WITHOUT_END.search(kind) else names_max
            if address in self.statuses or tried.get(kind, 0) >= form_max:
                continue
            tried[kind] = tried.get(kind, 0) + 1
            waiting.extend(sorted(self.visit(address) - self.statuses.keys()))

    def visit(self, address: str) -> set[str]:
        """Ask for an address; gives the addresses of this server that it names."""
        with self._client.stream("GET", address, follow_redirects=False) as page:
            self.statuses[address] = page.status_code
            if "event-stream" in page.headers.get("content-type", ""):
                return set()
            page.read()
        if page.has_redirect_location:
            return {urljoin(address, page.headers["location"])}
        if not page.is_success or "text/html" not in page.headers["content-type"]:
            return set()
        tree = html.document_fromstring(page.content)
        self._look_at(address, tree)
        named = tree.xpath("//@href|//@src")
        found = {urldefrag(urljoin(address, str(each))).url for each in named}
        here = urlsplit(self._base).netloc
        return {each for each in found if urlsplit(each).netloc == here}

    def wrong_names(self) -> list[str]:
        """Links whose text is in no way the heading of the page that they lead to."""
        return [
            f"{address}: {text!r} leads to {self._headings[address]!r}"
            for address, texts in sorted(self._texts.items())
            for text in sorted(texts)
            if address in self._headings and not _is_same(text, self._headings[address])
        ]

    def _look_at(self, address: str, tree: html.HtmlElement) -> None:
        path = unquote(urlsplit(address).path)
        is_now = not urlsplit(address).query
        if is_now:
            self._headings[address] = " ".join(tree.xpath("string(//h1)").split())
        for link in tree.xpath(_LINKS):
            if link.get("href").startswith("#"):
                continue  # a section of this page, which has a heading of its own
            target = urldefrag(urljoin(address, link.get("href"))).url
            text = "".join(link.itertext()).strip()
            if _NAMED.match(urlsplit(target).path) and text:
                self._texts.setdefault(target, set()).add(text)
        if self._figures is not None and is_now and (_NAMED.match(path) or _COUNTED.search(path)):
            unknown = set(_figures(tree)) - self._figures
            self.faults += [f"{address}: {each} stands in no document" for each in sorted(unknown)]


def _is_same(text: str, heading: str) -> bool:
    """Whether a link says what the page is about: its name, or the beginning or end of it."""
    said, about = (_SEPARATORS.sub("", each) for each in (text, heading))
    return said in about or about in said


def _figures(tree: html.HtmlElement) -> Iterator[str]:
    """Figures of a page; quotients are computed from votes and stand in no document.

    Those of a curve are sums of earlier moments: `test_vote_curve.py` holds them to the reports.
    """
    for decimals in tree.xpath("//span[@class='decimals']"):
        decimals.drop_tag()
    curve = "ancestor::section[@aria-labelledby='curve-heading']"
    quotients = "ancestor::table[contains(@class, 'dhondt')]"
    for part in tree.xpath(f"//main//text()[not({quotients}) and not({curve})]"):
        yield from _FIGURE.findall(str(part))


def documented_figures(client: httpx.Client) -> frozenset[str]:
    """Every whole number and every number of votes in any document, as pages write them."""
    base = f"/v1/elections/{ELECTION}/"
    found: set[str] = set()
    for head in ("head.json", "districts-head.json", "parts-head.json"):
        for document in client.get(base + head).json()["documents"]:
            _collect(client.get(f"{base}{document}.json").json(), found)
    return frozenset(found)


def _collect(value: object, found: set[str]) -> None:
    match value:
        case bool() | None:
            return
        case int():
            found.add(f"{value:,}")
            whole, rest = divmod(value, 1000)
            found.add(f"{whole:,}.{rest:03d}" if rest else f"{whole:,}")
        case dict():
            if value.get("list_votes") and value.get("votes"):
                # What members of a list have together.
                rest = value["votes"]["thousandths"] - value["list_votes"]["thousandths"]
                _collect(rest, found)
            for each in value.values():
                _collect(each, found)
        case list():
            for each in value:
                _collect(each, found)
        case _:
            return
