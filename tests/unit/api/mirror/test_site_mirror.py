"""A folder of pages and documents behind a plain web server is a whole site."""

from contextlib import closing
from pathlib import Path

import pytest

from api.http.app_state import AppState
from api.mirror.mirror_folder import LIST, FolderInUse
from api.mirror.site_mirror import SiteMirror
from infra.adapters.event_log import Log
from infra.services.publishing.publisher import Publisher
from tests import builders as b
from tests.support.crawling import NAMES_MAX, Crawl, documented_figures, play_until
from tests.support.empty_server import empty_services
from tests.support.lines import client_of
from tests.support.plain_site import serve_folder
from tests.support.posting import record

__all__ = ["empty_services"]


def texts(folder: Path) -> dict[str, bytes]:
    """Every page by its path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("index.html")}


def test_a_plain_web_server_is_a_whole_site(
    empty_services: AppState, log: Log, tmp_path: Path
) -> None:
    play_until(empty_services, "city", 0.7, scale=0.01)
    publisher = Publisher(log, tmp_path)
    publisher.catch_up()
    with closing(SiteMirror(log, publisher, tmp_path)) as mirror:
        done = mirror.write()
    assert done.missing == ()
    assert done.written == done.pages

    with serve_folder(tmp_path) as address, client_of(address) as client:
        crawl = Crawl(client, documented_figures(client))
        for start in ("/", "/en/", "/easy/", "/screen/", "/embed/national/"):
            crawl.follow(start, names_max=NAMES_MAX)
        # Nothing leads to what others frame: they have its address from the page of the contest.
        framed = {f"/{p.relative_to(tmp_path).parent}/" for p in tmp_path.rglob("index.html")}
        for path in sorted(each for each in framed if "/embed/" in each):
            crawl.visit(f"{address}{path.removeprefix('/')}")
        everything = {f"{address}{each.removeprefix('/').removeprefix('./')}" for each in framed}
        assert everything == {each for each in crawl.statuses if each.endswith("/")}

        assert {each: at for each, at in crawl.statuses.items() if at != 200} == {}
        assert "\n".join([*crawl.wrong_names(), *crawl.faults]) == ""
        pages = {each for each in crawl.statuses if each.endswith("/")}
        assert len(pages) > 30
        front = client.get("/").text
        assert "これは写しです" in front
        assert "<form" not in front
        assert "This is a mirror" in client.get("/en/").text
        assert "これは 写しです" in client.get("/easy/").text
        card = client.get("/cards/national.png")
        assert card.content.startswith(b"\x89PNG")
        scripts = [a for a in crawl.statuses if a.endswith("/public/live.js")]
        assert client.get(scripts[0]).headers["content-type"].startswith("text/javascript")


def test_only_pages_that_changed_are_written_again(log: Log, tmp_path: Path) -> None:
    record(log, *b.DISTRICT, b.tally(b.sheet({b.A: 60, b.B: 40})))
    publisher = Publisher(log, tmp_path)
    publisher.catch_up()
    with closing(SiteMirror(log, publisher, tmp_path)) as mirror:
        mirror.write()
        before = texts(tmp_path)
        again = mirror.write()
        assert (again.written, again.written_bytes, again.removed) == (0, 0, 0)

        record(log, b.correction(b.sheet({b.A: 61, b.B: 39})))
        publisher.catch_up()
        later = mirror.write()
    after = texts(tmp_path)
    changed = {path for path in after if before.get(path) != after[path]}
    assert later.written >= len(changed) > 0
    assert any(path.startswith("contests/") for path in changed)
    assert any(path.startswith("en/contests/") for path in changed)
    assert len(changed) < len(after)
    assert list(tmp_path.rglob(".*.unfinished.*")) == []


def test_what_nothing_leads_to_any_more_is_removed_whole(log: Log, tmp_path: Path) -> None:
    record(log, *b.HOUSE)
    publisher = Publisher(log, tmp_path)
    publisher.catch_up()
    with closing(SiteMirror(log, publisher, tmp_path)) as mirror:
        mirror.write()
        old = tmp_path / "contests/smd/gone/index.html"
        old.parent.mkdir(parents=True)
        for ending in ("", ".gz", ".br", ".sha256"):
            old.with_name(old.name + ending).write_bytes(b"old")
        foreign = tmp_path / "own.html"
        foreign.write_text("of whoever keeps the folder")
        listed = (tmp_path / LIST).read_text()
        (tmp_path / LIST).write_text(listed.replace("[", '["contests/smd/gone/index.html",', 1))
        assert mirror.write().removed == 1
    assert not old.parent.exists()
    review = tmp_path / "embed/contests" / b.JUSTICES / "index.html"
    assert "罷免を可としない" in review.read_text()
    assert (tmp_path / "contests").exists()
    assert foreign.exists()


def test_the_site_of_somebody_else_is_refused(log: Log, tmp_path: Path) -> None:
    record(log, *b.DISTRICT)
    publisher = Publisher(log, tmp_path)
    publisher.catch_up()
    (tmp_path / "index.html").write_text("ours")
    with pytest.raises(FolderInUse, match="ほかのサイト"):
        SiteMirror(log, publisher, tmp_path)
    assert (tmp_path / "index.html").read_text() == "ours"
