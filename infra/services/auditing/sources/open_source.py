"""From what a person names to what can be verified."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.adapters.filesystem.tile_files import CHECKPOINT
from infra.services.auditing.sources.audit_source import LOG, Source
from infra.services.auditing.sources.bundle_archive import ENDING, unpack_archive
from infra.services.auditing.sources.bundle_manifest import MANIFEST
from infra.services.auditing.sources.folder_source import (
    BundleSource,
    MirrorSource,
    PublicFolderSource,
)
from infra.services.auditing.sources.web_source import WebSource
from infra.services.sequencing.log_location import FOLDER, STATUS
from projections.feeds.layout import election_path


class NothingToVerify(LookupError):  # noqa: N818 - it says what is the case
    """What was named is no bundle, no published folder and no address of an election."""


@contextmanager
def open_source(where: str) -> Iterator[Source]:
    """Open what can be verified.

    Args:
        where: A bundle (folder or `.tar.gz`), the public folder of a log, the data folder of a
            server with one log, a static mirror of an election or of a server with one election,
            or the URL of an election.

    Raises:
        NothingToVerify: It is none of them.
        Unreachable: A URL that is none.
        AuditDifference: A bundle that is damaged as a whole.
    """
    path = Path(where)
    if where.startswith(("http://", "https://")):
        web = WebSource(where)
        try:
            yield web
        finally:
            web.close()
    elif path.is_file() and path.name.endswith(ENDING):
        with unpack_archive(path) as folder:
            yield BundleSource(folder)
    else:
        yield _folder(path)


def _folder(path: Path) -> Source:
    if (path / STATUS).exists():
        return PublicFolderSource(path)
    if (path / CHECKPOINT).exists() or (path / MANIFEST).exists():
        return BundleSource(path)
    if (path / LOG / CHECKPOINT).exists():
        return MirrorSource(path)
    if not path.exists():
        raise NothingToVerify(f"{path} がありません")
    return _only_source_below(path)


def _only_source_below(path: Path) -> Source:
    """What is published below a folder: by `kaihyo publish`, or by the server of a data folder.

    Raises:
        NothingToVerify: Nothing, or more than one; names all.
    """
    elections = election_path("*").removeprefix("/")
    mirrors = sorted(each.parents[1] for each in path.glob(f"{elections}/{LOG}/{CHECKPOINT}"))
    publics = sorted(each.parent for each in path.glob(f"{FOLDER}/*/public/{CHECKPOINT}"))
    match [*mirrors, *publics]:
        case []:
            raise NothingToVerify(f"{path} に公開された記録はありません")
        case [only]:
            return MirrorSource(only) if mirrors else PublicFolderSource(only)
        case found:
            names = "、".join(map(str, found))
            raise NothingToVerify(
                f"{path} に公開された記録が {len(found)} 件あります。"
                f"一つずつ指定してください: {names}"
            )
