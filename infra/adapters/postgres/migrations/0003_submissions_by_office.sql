-- A submission id belongs to its office: before, an id was everybody's. Whose a submission is
-- stands in its last entry.
ALTER TABLE {schema}.submissions ADD COLUMN IF NOT EXISTS office text COLLATE "C";

UPDATE {schema}.submissions AS s
SET office = convert_from(e.state, 'UTF8')::jsonb #>> '{{provenance,office}}'
FROM {schema}.stored_events AS e
WHERE e.notification_id = s.last_position AND s.office IS NULL;

ALTER TABLE {schema}.submissions
    ALTER COLUMN office SET NOT NULL,
    DROP CONSTRAINT submissions_pkey,
    ADD PRIMARY KEY (office, submission_id);
