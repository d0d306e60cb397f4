"""The results as tables: in PostgreSQL for analysts, and as Parquet files."""
