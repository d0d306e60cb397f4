"""PostgreSQL: the embedded server, the SQL of the project, and where each log lives."""
