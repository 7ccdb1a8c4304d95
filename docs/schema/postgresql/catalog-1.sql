CREATE TABLE IF NOT EXISTS mimic_schema (part VARCHAR(20) PRIMARY KEY, version INTEGER NOT NULL, oldest INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS mimic_setting (
  name TEXT COLLATE "C" PRIMARY KEY,
  value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE IF NOT EXISTS mimic_project (
  id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL UNIQUE,
  password_hash TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL
);

-- The commit point's guard: the newest attempt, and the tombstone of an erased session.
CREATE TABLE IF NOT EXISTS mimic_epoch (
  project TEXT COLLATE "C" NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  epoch BIGINT NOT NULL,
  erased_at BIGINT,
  PRIMARY KEY (project, session)
);
CREATE INDEX IF NOT EXISTS mimic_epoch_erased ON mimic_epoch (erased_at) WHERE erased_at IS NOT NULL;

-- seen_at, ended_seen: last batch that was told of, last batch of the newest end (buffer's clock); last_event: of the segments
CREATE TABLE IF NOT EXISTS mimic_session (
  project TEXT COLLATE "C" NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  active BIGINT NOT NULL,
  faulty BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  ended_seen BIGINT NOT NULL,
  last_event BIGINT NOT NULL,
  landing_url TEXT COLLATE "C",
  url TEXT COLLATE "C",
  urls TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C",
  pages BIGINT NOT NULL,
  windows BIGINT NOT NULL,
  events BIGINT NOT NULL,
  errors BIGINT NOT NULL,
  failed_requests BIGINT NOT NULL,
  console_errors BIGINT NOT NULL,
  rage_clicks BIGINT NOT NULL,
  user_id TEXT COLLATE "C",
  traits TEXT COLLATE "C",
  ip TEXT COLLATE "C",
  browser TEXT COLLATE "C",
  browser_version TEXT COLLATE "C",
  os TEXT COLLATE "C",
  os_version TEXT COLLATE "C",
  device TEXT COLLATE "C",
  language TEXT COLLATE "C",
  time_zone TEXT COLLATE "C",
  country TEXT COLLATE "C",
  country_code TEXT COLLATE "C",
  region TEXT COLLATE "C",
  city TEXT COLLATE "C",
  bytes BIGINT NOT NULL,
  client TEXT COLLATE "C",
  activity TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, session)
);
CREATE INDEX IF NOT EXISTS mimic_session_newest ON mimic_session (project, started_at, session, faulty);
CREATE INDEX IF NOT EXISTS mimic_session_faulty ON mimic_session (project, started_at, session) WHERE faulty = 1;
CREATE INDEX IF NOT EXISTS mimic_session_active ON mimic_session (project, started_at, session) WHERE active = 1;
CREATE INDEX IF NOT EXISTS mimic_session_user ON mimic_session (project, user_id, started_at, session) WHERE user_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS mimic_session_ip ON mimic_session (project, ip, started_at, session) WHERE ip IS NOT NULL;
CREATE INDEX IF NOT EXISTS mimic_session_age ON mimic_session (started_at) WHERE active = 0;
CREATE INDEX IF NOT EXISTS mimic_session_quiet ON mimic_session (seen_at) WHERE active = 1;

-- One row a code, and one for its class (4 for 4xx).
CREATE TABLE IF NOT EXISTS mimic_session_status (
  project TEXT COLLATE "C" NOT NULL,
  status BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, session, status)
);
CREATE INDEX IF NOT EXISTS mimic_session_status_newest ON mimic_session_status (project, status, started_at, session);

CREATE TABLE IF NOT EXISTS mimic_session_event (
  project TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  started_at BIGINT NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, session, name)
);
CREATE INDEX IF NOT EXISTS mimic_session_event_newest ON mimic_session_event (project, name, started_at, session);

CREATE TABLE IF NOT EXISTS mimic_segment (
  project TEXT COLLATE "C" NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  object TEXT COLLATE "C" NOT NULL,
  codec TEXT COLLATE "C" NOT NULL,
  timeline_bytes BIGINT NOT NULL,
  dom_bytes BIGINT NOT NULL,
  raw_bytes BIGINT NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  events BIGINT NOT NULL,
  errors BIGINT NOT NULL,
  failed_requests BIGINT NOT NULL,
  console_errors BIGINT NOT NULL,
  rage_clicks BIGINT NOT NULL,
  PRIMARY KEY (project, session, number)
);
CREATE UNIQUE INDEX IF NOT EXISTS mimic_segment_object ON mimic_segment (object);

CREATE TABLE IF NOT EXISTS mimic_segment_page (
  project TEXT COLLATE "C" NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  place BIGINT NOT NULL,
  page TEXT COLLATE "C" NOT NULL,
  window_id TEXT COLLATE "C" NOT NULL,
  url TEXT COLLATE "C",
  title TEXT COLLATE "C",
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  skew_ms BIGINT NOT NULL,
  seqs TEXT COLLATE "C" NOT NULL,
  snapshots TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, session, number, place)
);

CREATE TABLE IF NOT EXISTS mimic_marker (
  project TEXT COLLATE "C" NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  number BIGINT NOT NULL,
  place BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  label TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, session, at, number, place)
);

INSERT INTO mimic_schema (part, version, oldest) VALUES ('catalog', 1, 1)
  ON CONFLICT (part) DO UPDATE SET version = excluded.version, oldest = excluded.oldest;
