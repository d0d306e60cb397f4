"""Any table as a Parquet file, with election, environment and position in it."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from projections.election_projection import ElectionProjection
from projections.feeds.analyst_tables import AnalystTable, ColumnType, every_row
from projections.feeds.pointer import warning


class ParquetMissing(Exception):  # noqa: N818 - it says what is the case
    """The package that writes Parquet is not installed."""


def _arrow() -> ModuleType:
    """Pyarrow is large and few need it, so it is an extra."""
    if find_spec("pyarrow") is None:
        raise ParquetMissing("Parquet には追加の部品が要ります: pip install 'kaihyo[parquet]'")
    return import_module("pyarrow")


def write_parquet(state: ElectionProjection, table: AnalystTable, path: Path) -> int:
    """Write one table; give the number of its rows.

    Raises:
        ParquetMissing: See there.
    """
    arrow = _arrow()
    facts, rows = state.register().facts, every_row(table, state)
    said = {
        "election": facts.id,
        "environment": facts.environment,
        "warning": warning(state),
        "position": str(state.position),
    }
    types: dict[ColumnType, object] = {
        "text": arrow.string(),
        "bigint": arrow.int64(),
        "boolean": arrow.bool_(),
        "timestamptz": arrow.timestamp("us", tz="UTC"),
    }
    fields = [
        arrow.field("environment", arrow.string()),
        *(arrow.field(column.name, types[column.type]) for column in table.all_columns),
    ]
    cells = zip(*rows, strict=True) if rows else [()] * len(table.all_columns)
    columns = [[facts.environment] * len(rows), *map(list, cells)]
    arrays = [arrow.array(cell, field.type) for cell, field in zip(columns, fields, strict=True)]
    made = arrow.Table.from_arrays(arrays, schema=arrow.schema(fields, metadata=said))
    temporary = path.with_name(f".{path.name}")
    import_module("pyarrow.parquet").write_table(made, temporary, compression="zstd")
    temporary.replace(path)
    return len(rows)
