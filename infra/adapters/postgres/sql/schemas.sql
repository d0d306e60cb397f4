-- name: log_schemas
SELECT e.table_schema::text
FROM information_schema.tables AS e
JOIN information_schema.tables AS s USING (table_schema)
WHERE e.table_name = 'stored_events' AND s.table_name = 'submissions'
ORDER BY 1;
