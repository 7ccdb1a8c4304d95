CREATE TABLE IF NOT EXISTS mimic_schema (part VARCHAR(20) PRIMARY KEY, version INTEGER NOT NULL, oldest INTEGER NOT NULL);

-- Errors and failed requests by what FailureName calls them, so that the sessions with the same one are found.
CREATE TABLE IF NOT EXISTS mimic_session_failure (
  project TEXT COLLATE "C" NOT NULL,
  failure TEXT COLLATE "C" NOT NULL,
  started_at BIGINT NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, session, failure)
);
CREATE INDEX IF NOT EXISTS mimic_session_failure_newest ON mimic_session_failure (project, failure, started_at, session);

INSERT INTO mimic_schema (part, version, oldest) VALUES ('catalog', 6, 1)
  ON CONFLICT (part) DO UPDATE SET version = excluded.version, oldest = excluded.oldest;
