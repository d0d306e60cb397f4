"""Second runs of tests that wait: made, named, and refused where no cause is named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLAKY = "tests/browser/test_later.py::test_later"


def retried(tmp_path: Path, log: str, named: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "log").write_text(log, encoding="utf-8")
    (tmp_path / "list").write_text(named, encoding="utf-8")
    words = [".ci/retried", str(tmp_path / "log"), str(tmp_path / "list")]
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_second_run_without_a_cause_is_refused(tmp_path: Path) -> None:
    done = retried(tmp_path, f"...\nRETRIED {FLAKY}[one]\n", f"# {FLAKY} -- no\n{FLAKY}\n")
    assert done.returncode == 1
    assert f"{FLAKY}[one]: NO CAUSE NAMED" in done.stdout


@pytest.mark.parametrize("case", ["", "[one]"])
def test_a_second_run_with_its_cause_is_told_and_taken(tmp_path: Path, case: str) -> None:
    done = retried(tmp_path, f"RETRIED {FLAKY}[one]\n", f"{FLAKY}{case} -- brokers elect slowly\n")
    assert done.returncode == 0
    assert "brokers elect slowly" in done.stdout


def test_a_run_without_second_runs_is_taken(tmp_path: Path) -> None:
    assert retried(tmp_path, "100 passed\n", "").returncode == 0


def test_a_test_that_waits_runs_twice_and_others_do_not(tmp_path: Path) -> None:
    # Given tests that fail when they are run first
    for folder in ("browser", "unit"):
        place = tmp_path / "tests" / folder
        place.mkdir(parents=True)
        (place / "test_later.py").write_text(
            "from pathlib import Path\n\n\ndef test_later():\n"
            "    seen = Path(__file__).with_name('seen')\n"
            "    there = seen.exists()\n    seen.touch()\n    assert there\n",
            encoding="utf-8",
        )
    words = ["-P", "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, *words, "--import-mode=importlib", str(tmp_path / "tests")],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    # Then the one that waits for a browser passes and is named, the other one fails
    assert "1 failed, 1 passed, 1 rerun" in done.stdout, done.stdout + done.stderr
    named = [line for line in done.stdout.splitlines() if line.startswith("RETRIED ")]
    assert named == [f"RETRIED {FLAKY}"]
