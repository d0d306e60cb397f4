"""What is done for kafka-python from outside: in one folder, and read again on an upgrade."""

import ast
import re
from importlib import metadata
from pathlib import Path

from infra.adapters.kafka import patches

ROOT = Path(__file__).parents[5]
FOLDER = Path(patches.__file__).parent
PRIVATE = re.compile(
    r"(producer|consumer|admin|client|manager)\._[a-z]|DEFAULT_CONFIG|kafka\.net\.man"
)


def test_an_upgrade_of_the_library_is_read_against_the_patches() -> None:
    assert metadata.version("kafka-python") == patches.CHECKED


def test_each_patch_says_its_upstream_issue_and_when_it_goes() -> None:
    modules = [path for path in FOLDER.glob("*.py") if path.stem != "__init__"]
    assert modules
    for path in modules:
        document = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert re.search(r"^Upstream: .+\nGoes with: .+$", document, re.MULTILINE), path.name


def test_nothing_else_touches_what_the_library_keeps_to_itself() -> None:
    elsewhere = [
        path.relative_to(ROOT).as_posix()
        for folder in ("infra", "api")
        for path in (ROOT / folder).rglob("*.py")
        if FOLDER not in path.parents
        and "import kafka"
        in (text := path.read_text(encoding="utf-8")).replace("from kafka", "import kafka")
        and PRIVATE.search(text)
    ]
    assert elsewhere == []
