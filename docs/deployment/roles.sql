-- What the services may do: `kaihyo` owns the schemas of its logs and nothing else.
-- Run once by a superuser: psql --set database=kaihyo --set kaihyo=PASSWORD --set replication=PASSWORD
CREATE ROLE kaihyo LOGIN PASSWORD :'kaihyo' NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'replication';
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
-- CONNECT to come in, CREATE to make the schema of a log when it begins.
GRANT CONNECT, CREATE ON DATABASE :"database" TO kaihyo;
-- To see whether the standby follows, for the alert; it is shown nothing of what is in other schemas.
GRANT pg_read_all_stats TO kaihyo;
-- A commit is acknowledged when it is on the disks of two machines. Kept in the settings of the
-- server, not on its command line, so that it can be altered while a standby is away.
ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (standby)';
