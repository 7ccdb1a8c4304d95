-- Errors and failed requests by what FailureName calls them, so that the sessions with the same one are found.
CREATE TABLE IF NOT EXISTS mimic_session_failure (
  project TEXT COLLATE "C" NOT NULL,
  failure TEXT COLLATE "C" NOT NULL,
  started_at BIGINT NOT NULL,
  session TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, session, failure)
);
CREATE INDEX IF NOT EXISTS mimic_session_failure_newest ON mimic_session_failure (project, failure, started_at, session);
