"""Commands as documents show them."""

import re
import shlex

from tests.acceptance.kaihyo import ROOT

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def shown(file: str) -> list[list[str]]:
    """Every command of a file's console blocks, as words."""
    text = (ROOT / file).read_text(encoding="utf-8")
    lines = "\n".join(_BLOCK.findall(text)).splitlines()
    return [shlex.split(line.removeprefix("$ ")) for line in lines if line.startswith("$ ")]


def ours(file: str) -> list[list[str]]:
    """Those of `kaihyo`, without that word."""
    return [words[1:] for words in shown(file) if words[0] == "kaihyo"]
