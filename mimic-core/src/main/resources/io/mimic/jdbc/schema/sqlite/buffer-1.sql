-- Sessions whose batches are not all archived, and those that may still be resumed. Times are ms since the epoch.
-- state: 0 open, 1 ended, 2 erased; due_at: when it may be claimed, null when it waits for nothing
CREATE TABLE mimic_open_session (
  project TEXT NOT NULL,
  session TEXT NOT NULL,
  state INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  client TEXT,
  batches INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  raw_bytes INTEGER NOT NULL,
  oldest_at INTEGER NOT NULL,
  due_at INTEGER,
  not_before INTEGER NOT NULL,
  lease TEXT,
  lease_until INTEGER NOT NULL,
  lease_batches INTEGER NOT NULL,
  PRIMARY KEY (project, session)
) WITHOUT ROWID;
CREATE INDEX mimic_open_session_due ON mimic_open_session (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX mimic_open_session_old ON mimic_open_session (seen_at) WHERE due_at IS NULL;

-- Which session a page's batches go to.
CREATE TABLE mimic_page (
  project TEXT NOT NULL,
  page TEXT NOT NULL,
  session TEXT NOT NULL,
  page_no INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  PRIMARY KEY (project, page)
) WITHOUT ROWID;
CREATE INDEX mimic_page_session ON mimic_page (project, session);

-- Batches that were accepted, with what was answered: 1 created, 2 resumed, 4 snapshot.
CREATE TABLE mimic_seen (
  project TEXT NOT NULL,
  page TEXT NOT NULL,
  seq INTEGER NOT NULL,
  session TEXT NOT NULL,
  answer INTEGER NOT NULL,
  PRIMARY KEY (project, page, seq)
) WITHOUT ROWID;

CREATE TABLE mimic_chunk (
  project TEXT NOT NULL,
  page TEXT NOT NULL,
  seq INTEGER NOT NULL,
  session TEXT NOT NULL,
  page_no INTEGER NOT NULL,
  stored_at INTEGER NOT NULL,
  raw_bytes INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (project, page, seq)
);
CREATE INDEX mimic_chunk_session ON mimic_chunk (project, session, page_no, seq);
