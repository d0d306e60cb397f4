"""Builds and runs the Go checker of published logs, where Go and its package are installed."""

import os
import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).parent / "go" / "main.go"
GOPATH = Path("/usr/share/gocode")
PACKAGES = "golang-go golang-golang-x-mod-dev"
_CACHE = Path(__file__).parents[2] / "build" / "go"
"""What Go compiled stays: half a minute of two processors, of which every build needs the same."""


def missing() -> str:
    """What has to be installed to build it; empty when nothing."""
    there = GOPATH / "src" / "golang.org" / "x" / "mod" / "sumdb" / "tlog"
    return "" if shutil.which("go") and there.is_dir() else f"install {PACKAGES}"


def build(folder: Path, go: str = "go") -> Path:
    """The program, built without a network from Debian's package."""
    program = folder / "checker"
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": str(GOPATH),
        "GOFLAGS": "",
        "GOTOOLCHAIN": "local",
        "GOCACHE": str(_CACHE),
        "CGO_ENABLED": "0",
    }
    command = [go, "build", "-o", str(program), str(SOURCE)]
    subprocess.run(command, env=environment, check=True, cwd=folder)
    return program


def run(program: Path, public: Path, vkey: str, *options: str) -> tuple[int, str]:
    """Its exit code and what it printed."""
    command = [str(program), "-vkey", vkey, *options, str(public)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
