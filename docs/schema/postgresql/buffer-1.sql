CREATE TABLE IF NOT EXISTS mimic_schema (part VARCHAR(20) PRIMARY KEY, version INTEGER NOT NULL, oldest INTEGER NOT NULL);

-- Sessions whose batches are not all archived, and those that may still be resumed. Times are ms since the epoch.
-- state: 0 open, 1 ended, 2 erased; due_at: when it may be claimed, null when it waits for nothing
CREATE TABLE IF NOT EXISTS mimic_open_session (
  project TEXT COLLATE "C" NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  state BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  client TEXT COLLATE "C",
  batches BIGINT NOT NULL,
  pages BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  raw_bytes BIGINT NOT NULL,
  oldest_at BIGINT NOT NULL,
  due_at BIGINT,
  not_before BIGINT NOT NULL,
  lease TEXT COLLATE "C",
  lease_until BIGINT NOT NULL,
  lease_batches BIGINT NOT NULL,
  PRIMARY KEY (project, session)
);
CREATE INDEX IF NOT EXISTS mimic_open_session_due ON mimic_open_session (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS mimic_open_session_old ON mimic_open_session (seen_at) WHERE due_at IS NULL;

-- Which session a page's batches go to.
CREATE TABLE IF NOT EXISTS mimic_page (
  project TEXT COLLATE "C" NOT NULL,
  page TEXT COLLATE "C" NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  page_no BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  PRIMARY KEY (project, page)
);
CREATE INDEX IF NOT EXISTS mimic_page_session ON mimic_page (project, session);

-- Batches that were accepted, with what was answered: 1 created, 2 resumed, 4 snapshot.
CREATE TABLE IF NOT EXISTS mimic_seen (
  project TEXT COLLATE "C" NOT NULL,
  page TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  answer BIGINT NOT NULL,
  PRIMARY KEY (project, page, seq)
);

CREATE TABLE IF NOT EXISTS mimic_chunk (
  project TEXT COLLATE "C" NOT NULL,
  page TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  page_no BIGINT NOT NULL,
  stored_at BIGINT NOT NULL,
  raw_bytes BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (project, page, seq)
);
CREATE INDEX IF NOT EXISTS mimic_chunk_session ON mimic_chunk (project, session, page_no, seq);

INSERT INTO mimic_schema (part, version, oldest) VALUES ('buffer', 1, 1)
  ON CONFLICT (part) DO UPDATE SET version = excluded.version, oldest = excluded.oldest;
