-- A log as version 0.1.0 of 2026-11-29 made and filled it, before migrations: no table of migrations,
-- no format of digests. Tests open it; nothing here is ever edited.

CREATE SCHEMA house50_rehearsal;

CREATE TABLE house50_rehearsal.stored_events (
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL CHECK (originator_version > 0),
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL CHECK (notification_id > 0),
    PRIMARY KEY (originator_id, originator_version)
) WITH (
    autovacuum_analyze_threshold = 50000,
    autovacuum_analyze_scale_factor = 0.5,
    autovacuum_vacuum_insert_threshold = 1000000,
    autovacuum_vacuum_insert_scale_factor = 0.5
);

CREATE UNIQUE INDEX stored_events_notification_id_idx
    ON house50_rehearsal.stored_events (notification_id);

CREATE TABLE house50_rehearsal.submissions (
    submission_id text COLLATE "C" PRIMARY KEY,
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    first_position bigint NOT NULL CHECK (first_position > 0),
    last_position bigint NOT NULL CHECK (last_position >= first_position),
    recorded_at timestamptz NOT NULL
);

CREATE TABLE house50_rehearsal.office_chains (
    office text COLLATE "C" PRIMARY KEY,
    sequence bigint NOT NULL CHECK (sequence > 0),
    sha256 text COLLATE "C" NOT NULL CHECK (length(sha256) = 64)
);

CREATE TABLE house50_rehearsal.transparency (
    origin text COLLATE "C" PRIMARY KEY,
    size bigint NOT NULL CHECK (size >= 0),
    root bytea NOT NULL CHECK (length(root) = 32),
    edge bytea NOT NULL CHECK (length(edge) % 32 = 0),
    checkpoint bytea NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE house50_rehearsal.live_digests (
    position bigint PRIMARY KEY,
    digest text NOT NULL
);

INSERT INTO house50_rehearsal.stored_events
    (originator_id, originator_version, topic, state, notification_id) VALUES
('election', 1, 'election.defined', convert_to('{"election":{"environment":"rehearsal","id":"house50","name":"第50回衆議院議員総選挙","polling_day":"2024-10-27","unsigned":true},"provenance":{"office":"nation","submission":"given-000000-000000"},"recorded_at":"2026-11-30T08:32:58.175019Z","stream":"election","stream_version":1}', 'UTF8'), 1),
('election', 2, 'election.parties-registered', convert_to('{"parties":[{"color":null,"id":"ao","name":"ao党","short":"ao"},{"color":null,"id":"aka","name":"aka党","short":"aka"}],"provenance":{"office":"nation","submission":"given-000000-000001"},"recorded_at":"2026-11-30T08:32:58.185693Z","stream":"election","stream_version":2}', 'UTF8'), 2),
('election', 3, 'election.units-registered', convert_to('{"provenance":{"office":"nation","submission":"given-000000-000002"},"recorded_at":"2026-11-30T08:32:58.193130Z","stream":"election","stream_version":3,"units":[{"code":"13101","kind":"counting-district","municipalities":[],"name":"開票区13101","prefecture":"13"}]}', 'UTF8'), 3),
('election', 4, 'election.units-registered', convert_to('{"provenance":{"office":"nation","submission":"given-000000-000003"},"recorded_at":"2026-11-30T08:32:58.195220Z","stream":"election","stream_version":4,"units":[{"code":"13102","kind":"counting-district","municipalities":[],"name":"開票区13102","prefecture":"13"}]}', 'UTF8'), 4),
('contest/house-district/13-01', 1, 'contest.defined', convert_to('{"contest":{"block":"","id":"house-district/13-01","kind":"house-district","name":"house-district/13-01","prefectures":["13"],"seats":1,"units":["13101","13102"]},"provenance":{"office":"nation","submission":"given-000000-000004"},"recorded_at":"2026-11-30T08:32:58.200843Z","stream":"contest/house-district/13-01","stream_version":1}', 'UTF8'), 5),
('contest/house-district/13-01', 2, 'contest.candidates-registered', convert_to('{"candidates":[{"age":null,"dual_list":null,"id":"13-01-a","kana":"","name":"13-01-A","occupation":"","party":"","party_label":"","registered_name":"","sex":null,"standing":null},{"age":null,"dual_list":null,"id":"13-01-b","kana":"","name":"13-01-B","occupation":"","party":"","party_label":"","registered_name":"","sex":null,"standing":null}],"provenance":{"office":"nation","submission":"given-000000-000005"},"recorded_at":"2026-11-30T08:32:58.205035Z","stream":"contest/house-district/13-01","stream_version":2}', 'UTF8'), 6),
('election', 5, 'election.counting-opened', convert_to('{"provenance":{"office":"nation","submission":"given-000000-000006"},"recorded_at":"2026-11-30T08:32:58.208691Z","stream":"election","stream_version":5}', 'UTF8'), 7),
('count/house-district/13-01/13101', 1, 'count.opened', convert_to('{"contest":"house-district/13-01","provenance":{"office":"nation","submission":"given-000000-000006"},"recorded_at":"2026-11-30T08:32:58.208691Z","stream":"count/house-district/13-01/13101","stream_version":1,"unit":"13101"}', 'UTF8'), 8),
('count/house-district/13-01/13102', 1, 'count.opened', convert_to('{"contest":"house-district/13-01","provenance":{"office":"nation","submission":"given-000000-000006"},"recorded_at":"2026-11-30T08:32:58.208691Z","stream":"count/house-district/13-01/13102","stream_version":1,"unit":"13102"}', 'UTF8'), 9),
('turnout/house-district/13-01/13101', 1, 'turnout.begun', convert_to('{"contest":"house-district/13-01","provenance":{"office":"nation","submission":"given-000000-000007"},"recorded_at":"2026-11-30T08:32:58.213315Z","stream":"turnout/house-district/13-01/13101","stream_version":1,"unit":"13101"}', 'UTF8'), 10),
('turnout/house-district/13-01/13101', 2, 'turnout.finalised', convert_to('{"as_of":"2024-10-27T22:00:00+09:00","contest":"house-district/13-01","figures":{"electors":{"female":500,"male":500},"voters":{"female":300,"male":300}},"provenance":{"office":"nation","submission":"given-000000-000007"},"recorded_at":"2026-11-30T08:32:58.213315Z","stream":"turnout/house-district/13-01/13101","stream_version":2,"unit":"13101"}', 'UTF8'), 11),
('count/house-district/13-01/13101', 2, 'count.tally-finalised', convert_to('{"as_of":"2024-10-27T22:00:00+09:00","contest":"house-district/13-01","notices":[],"provenance":{"office":"nation","submission":"given-000000-000008"},"recorded_at":"2026-11-30T08:32:58.221062Z","stream":"count/house-district/13-01/13101","stream_version":2,"tally":{"ballots":600,"invalid":10,"valid":590,"voters":600,"votes":{"13-01-a":350000,"13-01-b":240000}},"unit":"13101"}', 'UTF8'), 12);

INSERT INTO house50_rehearsal.submissions VALUES
('given-000000-000000', decode('a19b4dff5f8188bf642f7ccdb470e5d0923a399f2fa914f53c6c2adf32781049', 'hex'), 1, 1, '2026-11-30 08:32:58.175019+00'),
('given-000000-000001', decode('5d9ac77c30fe293e34512c17b01c1e6f1ab5dac72bcf40ae261eea6b31cff7db', 'hex'), 2, 2, '2026-11-30 08:32:58.185693+00'),
('given-000000-000002', decode('5b1cf7472f32800826089cb865fca7e98966cc99ffbf14dec930b958e8022f4f', 'hex'), 3, 3, '2026-11-30 08:32:58.193130+00'),
('given-000000-000003', decode('fe7f99375aacad4fba61b7eca90776151c447cc0867a7443ea038b5c85a88e78', 'hex'), 4, 4, '2026-11-30 08:32:58.195220+00'),
('given-000000-000004', decode('6867bfcb3b4a20f572a65bb9823bf6bfcfdd7eee4e226aa37edff812a39d85e0', 'hex'), 5, 5, '2026-11-30 08:32:58.200843+00'),
('given-000000-000005', decode('e41e288ca800be53b6fd9b696f3091ca84d5336a1aa08dea482047b3317f01f3', 'hex'), 6, 6, '2026-11-30 08:32:58.205035+00'),
('given-000000-000006', decode('2aa69e01f814f97608e636416b34d5762acaeb23625d0d99a34ef958672acdca', 'hex'), 7, 9, '2026-11-30 08:32:58.208691+00'),
('given-000000-000007', decode('76fe4668ccd6ba66ce280cefaec739fb06feb6b32ae12d88c19b8f01c607829a', 'hex'), 10, 11, '2026-11-30 08:32:58.213315+00'),
('given-000000-000008', decode('32aa965fba3ec3a3b23e302ec7114139516695892277b7776af7fd87940556ed', 'hex'), 12, 12, '2026-11-30 08:32:58.221062+00');

INSERT INTO house50_rehearsal.live_digests VALUES (12, 'f5ae905fde54a3eb822875fecab73bef0d2909b0e1bcdea5944a3913fb7077dd');
