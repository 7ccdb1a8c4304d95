CREATE TABLE mimic_setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE mimic_project (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL
);

-- The commit point's guard: the newest attempt, and the tombstone of an erased session.
CREATE TABLE mimic_epoch (
  project TEXT NOT NULL,
  session TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  erased_at INTEGER,
  PRIMARY KEY (project, session)
) WITHOUT ROWID;
CREATE INDEX mimic_epoch_erased ON mimic_epoch (erased_at) WHERE erased_at IS NOT NULL;

-- seen_at, ended_seen: last batch that was told of, last batch of the newest end (buffer's clock); last_event: of the segments
CREATE TABLE mimic_session (
  project TEXT NOT NULL,
  session TEXT NOT NULL,
  active INTEGER NOT NULL,
  faulty INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  ended_seen INTEGER NOT NULL,
  last_event INTEGER NOT NULL,
  landing_url TEXT,
  url TEXT,
  urls TEXT NOT NULL,
  title TEXT,
  pages INTEGER NOT NULL,
  windows INTEGER NOT NULL,
  events INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  failed_requests INTEGER NOT NULL,
  console_errors INTEGER NOT NULL,
  rage_clicks INTEGER NOT NULL,
  user_id TEXT,
  traits TEXT,
  ip TEXT,
  browser TEXT,
  browser_version TEXT,
  os TEXT,
  os_version TEXT,
  device TEXT,
  language TEXT,
  time_zone TEXT,
  country TEXT,
  country_code TEXT,
  region TEXT,
  city TEXT,
  bytes INTEGER NOT NULL,
  client TEXT,
  activity TEXT NOT NULL,
  PRIMARY KEY (project, session)
);
CREATE INDEX mimic_session_newest ON mimic_session (project, started_at, session, faulty);
CREATE INDEX mimic_session_faulty ON mimic_session (project, started_at, session) WHERE faulty = 1;
CREATE INDEX mimic_session_active ON mimic_session (project, started_at, session) WHERE active = 1;
CREATE INDEX mimic_session_user ON mimic_session (project, user_id, started_at, session) WHERE user_id IS NOT NULL;
CREATE INDEX mimic_session_ip ON mimic_session (project, ip, started_at, session) WHERE ip IS NOT NULL;
CREATE INDEX mimic_session_age ON mimic_session (started_at) WHERE active = 0;
CREATE INDEX mimic_session_quiet ON mimic_session (seen_at) WHERE active = 1;

-- One row a code, and one for its class (4 for 4xx).
CREATE TABLE mimic_session_status (
  project TEXT NOT NULL,
  status INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  session TEXT NOT NULL,
  PRIMARY KEY (project, session, status)
) WITHOUT ROWID;
CREATE INDEX mimic_session_status_newest ON mimic_session_status (project, status, started_at, session);

CREATE TABLE mimic_session_event (
  project TEXT NOT NULL,
  name TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  session TEXT NOT NULL,
  PRIMARY KEY (project, session, name)
) WITHOUT ROWID;
CREATE INDEX mimic_session_event_newest ON mimic_session_event (project, name, started_at, session);

CREATE TABLE mimic_segment (
  project TEXT NOT NULL,
  session TEXT NOT NULL,
  number INTEGER NOT NULL,
  object TEXT NOT NULL,
  codec TEXT NOT NULL,
  timeline_bytes INTEGER NOT NULL,
  dom_bytes INTEGER NOT NULL,
  raw_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  events INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  failed_requests INTEGER NOT NULL,
  console_errors INTEGER NOT NULL,
  rage_clicks INTEGER NOT NULL,
  PRIMARY KEY (project, session, number)
);
CREATE UNIQUE INDEX mimic_segment_object ON mimic_segment (object);

CREATE TABLE mimic_segment_page (
  project TEXT NOT NULL,
  session TEXT NOT NULL,
  number INTEGER NOT NULL,
  place INTEGER NOT NULL,
  page TEXT NOT NULL,
  window_id TEXT NOT NULL,
  url TEXT,
  title TEXT,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  skew_ms INTEGER NOT NULL,
  seqs TEXT NOT NULL,
  snapshots TEXT NOT NULL,
  PRIMARY KEY (project, session, number, place)
) WITHOUT ROWID;

CREATE TABLE mimic_marker (
  project TEXT NOT NULL,
  session TEXT NOT NULL,
  at INTEGER NOT NULL,
  number INTEGER NOT NULL,
  place INTEGER NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (project, session, at, number, place)
) WITHOUT ROWID;
