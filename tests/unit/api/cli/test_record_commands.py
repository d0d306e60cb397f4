"""Commands that read a record, one after the other as an operator and an auditor type them."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.common.options import settings_with
from api.cli.common.server import open_app_state, serve_in_background
from api.cli.main import app
from infra.adapters.event_log import Log
from tests.support import offices as o
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.unit.infra.services.official_results.small_folder import small_folder
from tests.unit.infra.services.signing.signed_log import FINAL, prepared, with_ballot

FEED = "v1/elections/house50"


def kaihyo(*arguments: object, ends: int = 0) -> Result:
    """Run a command in this process."""
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    assert done.exit_code == ends, done.output
    return done


@pytest.fixture
def here(log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of data beside a database, named as operators name them."""
    monkeypatch.setenv("DATABASE_URL", log.conninfo)
    monkeypatch.setenv("KAIHYO_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def recorded(here: Path, log: Log) -> Path:
    """A signed log with one final sheet."""
    prepared(log).post(with_ballot(FINAL), o.CENTRE, "centre-a")
    return here


def test_a_signed_record_is_sequenced_exported_and_verified(recorded: Path, log: Log) -> None:
    last = log.reader.last_position()
    key = re.search(r"検証鍵 (\S+)", kaihyo("sequence", "--once").stderr)
    assert key
    assert f"記録 {last} 件" in kaihyo("export", "--out", "bundle").stdout
    assert json.loads(kaihyo("export", "--out", "b.tar.gz", "--json").stdout)["size"] == last
    assert "書き出せません" in kaihyo("export", "--out", "bundle", ends=1).stderr

    told = kaihyo("verify", "b.tar.gz").stdout
    assert "相違ありません" in told
    assert "検証鍵は同じ場所にあったものです" in told
    kept = recorded / "bundle" / "checkpoint"
    found = json.loads(kaihyo("verify", "bundle", "--key", key[1], "--kept", kept, "--json").stdout)
    assert (found["size"], found["kept"], found["unsigned"]) == (last, 1, 0)
    assert "--receipt を指定" in kaihyo("verify", ends=2).stderr
    assert "--key で指定" in kaihyo("verify", "--receipt", kept, ends=2).stderr

    document = recorded / "bundle" / "documents" / "national.json"
    document.write_bytes(document.read_bytes().replace(b'"position":', b'"Position":', 1))
    assert "相違があります" in kaihyo("verify", "bundle", ends=1).stderr
    wrong = json.loads(kaihyo("verify", "bundle", "--json", ends=1).stdout)
    assert wrong["verified"] is False


@pytest.mark.usefixtures("recorded")
def test_any_moment_is_shown_from_database_and_bundle(log: Log) -> None:
    last = log.reader.last_position()
    kaihyo("sequence", "--once")
    kaihyo("export", "--out", "bundle")
    now = json.loads(kaihyo("show", "national").stdout)
    assert now["head"]["position"] <= last
    assert json.loads(kaihyo("show", "national", "--data", "bundle").stdout) == now
    assert json.loads(kaihyo("show", "national", "--as-of", last).stdout) == now
    assert "文書が変わりました" in kaihyo("show", "--diff", last - 1, last).stdout
    changed = json.loads(kaihyo("show", "--diff", last - 1, last, "--json").stdout)["changes"]
    assert {"position": last, "document": "national"} in changed
    lines = kaihyo("show", "national", "--diff", last - 1, last).stdout.splitlines()
    assert any("→" in line for line in lines)
    assert json.loads(kaihyo("show", "national", "--diff", 1, last, "--json").stdout)["changes"]
    assert "文書を指定" in kaihyo("show", ends=1).stderr
    assert "示せません" in kaihyo("show", "national", "--as-of", last + 9, ends=1).stderr


@pytest.mark.usefixtures("recorded")
def test_a_rebuild_compares_with_what_a_server_left(log: Log) -> None:
    assert "比べる記録がありません" in kaihyo("rebuild").stdout
    with open_app_state(log):
        pass
    assert "公開時と一致" in kaihyo("rebuild").stdout
    assert json.loads(kaihyo("rebuild", "--json").stdout)["equal"] is True


def test_results_leave_as_files_tables_and_reports(recorded: Path) -> None:
    assert "log/ は書き出しません" in kaihyo("publish", "--to", "early").stderr
    kaihyo("sequence", "--once")
    assert "書き出しました" in kaihyo("publish", "--to", "site").stderr
    kaihyo("verify", f"site/{FEED}")
    assert not Path("site/index.html").exists()
    assert "0 を書きました" not in kaihyo("publish", "--to", "site", "--pages").stderr
    assert "0 を書きました（0 バイト）" in kaihyo("publish", "--to", "site", "--pages").stderr
    assert "これは写しです" in Path("site/index.html").read_text()
    kaihyo("verify", f"site/{FEED}")
    Path("early/index.html").write_text("")
    assert "ほかのサイト" in kaihyo("publish", "--to", "early", "--pages", ends=1).stderr
    assert "書き込めません" in kaihyo("publish", "--to", "/proc/nowhere", ends=1).stderr

    assert "house50_rehearsal_results に" in kaihyo("outlet").stderr
    assert "seats.parquet" in kaihyo("outlet", "--parquet", "tables", "--table", "seats").stderr
    assert "表がありません: chairs" in kaihyo("outlet", "--table", "chairs", ends=1).stderr

    formats = ("--format", "csv", "--format", "html")
    assert "house50" in kaihyo("report", "house50", "--out", "report", *formats).stdout
    written = json.loads(kaihyo("report", "house50", "--out", "report", *formats, "--json").stdout)
    assert written["stamp"]["environment"] == "rehearsal"
    assert (recorded / "report" / "house50-report.html").exists()
    refused = kaihyo("report", "house50", "--out", "report", "--as-of", "昨日", ends=2)
    assert refused.stderr


def test_a_feed_is_followed_and_verified_at_its_address(recorded: Path, log: Log) -> None:
    with (
        open_app_state(log) as services,
        serve_in_background(services, settings_with(None, port=free_port())) as address,
        client_of(address),
    ):
        first = kaihyo("follow", f"{address}{FEED}", "--to", "copy", "--once").stdout
        assert json.loads(first.splitlines()[-1])["position"] == log.reader.last_position()
        assert kaihyo("follow", f"{address}{FEED}", "--to", "copy", "--once").stdout == ""
        assert (recorded / "copy" / "national.json").exists()
        (recorded / "copy" / "position").write_text("nowhere", "ascii")
        broken = kaihyo("follow", f"{address}{FEED}", "--to", "copy", "--once", ends=1)
        assert "壊れています" in broken.stderr
        assert kaihyo("follow", f"{address}v1/elections/none", "--once", ends=1).stderr


@pytest.mark.usefixtures("here")
def test_a_witness_says_which_key_cannot_be_used() -> None:
    words = ("witness", "--state", "seen", "--key", "w.key", "--name", "witness.example/a")
    assert "鍵が使えません" in kaihyo(*words, "--log", "no-key", ends=1).stderr


def test_a_past_election_is_packed_and_replayed(here: Path) -> None:
    folder = small_folder().write(here)
    kaihyo("replay-official", folder, "--pack", "small.tables", "--note", "試験のための表")
    assert "--pack には" in kaihyo("replay-official", "--pack", "again", ends=1).stderr
    done = json.loads(kaihyo("replay-official", "small.tables", "--no-bundle", "--json").stdout)
    assert done["mismatches"] == []
    assert "house48" in kaihyo("replay-official", folder, "--bundle", "bundle").stdout
    kaihyo("verify", "bundle")
